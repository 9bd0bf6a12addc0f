// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Intervals
import MemoryCells
import Numbers
import ProgramIR

// Segments where paths meet. Their ends are forms over registers and places, so what is known of these decides what
// segments have in common.
extension NodeState {
    private static let mostSegments = 4

    /// Segments of the merged object that both states know.
    func commonSegments(
        _ mine: ObjectMemory, _ other: NodeState, _ theirs: ObjectMemory, moved: [MovedRegister]
    ) -> [ObjectMemory.Segment] {
        if moved.isEmpty, mine.segments.isEmpty, theirs.segments.isEmpty { return [] }
        var result: [ObjectMemory.Segment] = []
        func add(_ from: LinearForm, _ to: LinearForm) {
            if result.count >= Self.mostSegments || result.contains(where: { $0.from == from && $0.to == to }) {
                return
            }
            result.append(.init(from: from, to: to))
        }
        let mineBytes = mine.initialisedBytes, theirBytes = theirs.initialisedBytes
        for segment in mine.segments where other.knows(segment, theirs, theirBytes) { add(segment.from, segment.to) }
        for segment in theirs.segments where knows(segment, mine, mineBytes) { add(segment.from, segment.to) }
        for (from, to) in Self.movingEnds(mine.ends(mineBytes), theirs.ends(theirBytes), moved) { add(from, to) }
        return result
    }

    /// Segments of this state that the next one still has. None is added, so that there is an end.
    func lastingSegments(_ mine: ObjectMemory, _ next: NodeState, _ theirs: ObjectMemory) -> [ObjectMemory.Segment] {
        if mine.segments.isEmpty { return [] }
        let bytes = theirs.initialisedBytes
        return mine.segments.filter { next.knows($0, theirs, bytes) }.map { .init(from: $0.from, to: $0.to) }
    }

    func knows(_ segments: [ObjectMemory.Segment], _ object: ObjectMemory) -> Bool {
        let bytes = object.initialisedBytes
        return segments.allSatisfy { knows($0, object, bytes) }
    }

    /// Whether what the state says of the object implies the segment.
    func knows(_ segment: ObjectMemory.Segment, _ object: ObjectMemory, _ bytes: [Range<Int>]) -> Bool {
        if object.segments.contains(where: { $0.from == segment.from && $0.to == segment.to }) { return true }
        // Behind the object's end nothing is said.
        let end = object.size?.upper.finite.map { LinearForm($0) }
        func covers(_ known: LinearForm) -> Bool {
            atMost(segment.to, known) || end.map { atMost($0, known) } ?? false
        }
        if covers(segment.from) { return true }
        if object.segments.contains(where: { atMost($0.from, segment.from) && covers($0.to) }) { return true }
        return bytes.contains {
            atMost(LinearForm(Int128($0.lowerBound)), segment.from)
                && covers(LinearForm(Int128($0.upperBound)))
        }
    }

    /// Ends that moved together with a register from the one state to the other: `to = k * register + constant` holds in both.
    private static func movingEnds(
        _ before: [(from: LinearForm, to: LinearForm)], _ after: [(from: LinearForm, to: LinearForm)],
        _ moved: [MovedRegister]
    ) -> [(LinearForm, LinearForm)] {
        var result: [(LinearForm, LinearForm)] = []
        for end in after {
            // Where nothing is known a segment is there all the same: the empty one.
            let olds = before.filter { $0.from == end.from }.map(\.to) + (end.from.isConstant ? [end.from] : [])
            for old in olds where old.terms == end.to.terms && old.constant != end.to.constant {
                for register in moved.prefix(4) {
                    let (distance, overflow) = end.to.constant.subtractingReportingOverflow(old.constant)
                    guard !overflow, distance % register.by == 0, abs(distance / register.by) < 1 << 32,
                        let start = LinearForm(symbol: register.register).adding(LinearForm(register.from), times: -1),
                        let to = old.adding(start, times: distance / register.by), to.isNegatable
                    else { continue }
                    result.append((end.from, to))
                }
            }
        }
        return result
    }

    /// A register that has one value in the one state and another in the other.
    struct MovedRegister {
        var register: Register
        var from: Int128
        var by: Int128
    }

    func movedRegisters(_ other: NodeState, among registers: Set<Register>) -> [MovedRegister] {
        var result: [MovedRegister] = []
        for register in registers {
            guard let from = relations.bounds[register]?.constant, let to = other.relations.bounds[register]?.constant,
                from != to
            else { continue }
            let (distance, overflow) = to.subtractingReportingOverflow(from)
            if !overflow { result.append(MovedRegister(register: register, from: from, by: distance)) }
        }
        return result.sorted { $0.register < $1.register }
    }

    private func atMost(_ left: LinearForm, _ right: LinearForm) -> Bool {
        guard let gap = left.gap(to: right) else { return false }
        return relations.upper(gap) <= .zero
    }
}

extension ObjectMemory {
    /// Where initialised bytes begin and end: segments and stretches of the object.
    fileprivate func ends(_ bytes: [Range<Int>]) -> [(from: LinearForm, to: LinearForm)] {
        segments.map { ($0.from, $0.to) }
            + bytes.map { (LinearForm(Int128($0.lowerBound)), LinearForm(Int128($0.upperBound))) }
    }

    /// Leaves out segments that speak of one of the registers.
    mutating func forgetSegments(of registers: Set<Register>) {
        segments.removeAll { segment in
            (segment.from.terms + segment.to.terms).contains { registers.contains($0.symbol) }
        }
    }
}

extension RegisterRelations {
    /// The greatest value that bounds of registers, and relations of two at a time, allow the form.
    func upper(_ form: LinearForm) -> ExtendedInteger {
        upper(form.terms[...]).addingRoundedUp(ExtendedInteger(roundingUp: form.constant))
    }

    private func upper(_ terms: ArraySlice<LinearForm.Term>) -> ExtendedInteger {
        guard let first = terms.first else { return .zero }
        // Each way of pairing few terms; many are taken one by one.
        if terms.count > 4 { return terms.reduce(.zero) { $0.addingRoundedUp(bound($1)) } }
        let rest = terms.dropFirst()
        var best = bound(first).addingRoundedUp(upper(rest))
        for second in rest
        where second.coefficient.magnitude == first.coefficient.magnitude && first.coefficient != .min {
            let pair = RegisterPair(
                first.symbol, first.coefficient > 0 ? 1 : -1, second.symbol, second.coefficient > 0 ? 1 : -1)
            guard let related = self.bound(of: pair) else { continue }
            let factor = ExtendedInteger(roundingUp: first.coefficient > 0 ? first.coefficient : -first.coefficient)
            let others = Array(rest.filter { $0.symbol != second.symbol })
            best = min(
                best,
                ExtendedInteger(roundingUp: related).multipliedRoundedUp(by: factor)
                    .addingRoundedUp(upper(others[...])))
        }
        return best
    }

    private func bound(_ term: LinearForm.Term) -> ExtendedInteger {
        guard let interval = bounds[term.symbol] else { return .positiveInfinity }
        let end = term.coefficient > 0 ? interval.upper : interval.lower
        guard end.isFinite else { return .positiveInfinity }
        return end.multipliedRoundedUp(by: ExtendedInteger(roundingUp: term.coefficient))
    }
}
