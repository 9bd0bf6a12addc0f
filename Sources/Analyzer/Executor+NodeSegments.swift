// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Numbers
import ProgramIR

// Where a path ends: segments whose ends registers and places say, for what they stood for is forgotten.
extension Executor {
    /// Registers and places by which the ends of segments may be said, and what they hold.
    struct SegmentNames {
        var forms: [(register: Register, form: LinearForm)]
        /// By symbol: registers that hold it plus a constant.
        fileprivate var holders: [Int32: [(register: Register, distance: Int128)]] = [:]

        init(_ forms: [(register: Register, form: LinearForm)]) {
            self.forms = forms
            for (register, form) in forms {
                guard form.terms.count == 1, form.terms[0].coefficient == 1, form.isNegatable else { continue }
                holders[form.terms[0].symbol, default: []].append((register, form.constant))
            }
        }
    }

    /// The end of a segment that reaches to each object's end: no object is that long (FORMAT.md section 2).
    static let wholeEnd = LinearForm(1 << 62)

    private static let mostNamed = 3

    /// What is known of the object's segments, in terms of the names. `wanted` are segments that would be good to have, over the
    /// same names.
    func named(_ object: ObjectMemory, _ tag: Tag, _ names: SegmentNames, wanted: [ObjectMemory.Segment])
        -> [ObjectMemory.Segment]
    {
        var result: [ObjectMemory.Segment] = []
        func add(_ from: LinearForm, _ to: LinearForm) {
            if from == to || result.count >= Self.mostNamed { return }
            if result.contains(where: { $0.from == from && $0.to == to }) { return }
            result.append(.init(from: from, to: to))
        }
        // Those that have been said again need no other name.
        var kept: [ObjectMemory.Segment] = []
        for segment in wanted {
            guard let from = value(of: segment.from, names), let to = value(of: segment.to, names) else { continue }
            if let same = object.segments.first(where: { $0.from == from && $0.to == to }) {
                kept.append(same)
            } else if showSegment(tag, from: from, to: to) == nil {
                continue
            }
            add(segment.from, segment.to)
        }
        if object.exactSize != nil, endsBefore(tag, LinearForm(0)) != nil { add(LinearForm(0), Self.wholeEnd) }
        let others = object.segments.filter { segment in
            !kept.contains { $0.from == segment.from && $0.to == segment.to }
        }
        guard !others.isEmpty else { return result }
        var starts: [LinearForm] = []
        let known = others.map(\.from) + object.initialisedBytes.map { LinearForm(Int128($0.lowerBound)) }
        for start in known where !starts.contains(start) { starts.append(start) }
        for start in starts.prefix(3) {
            guard let end = segmentEnd(tag, from: start) else {
                for from in said(start, isUpper: true, names) { add(from, Self.wholeEnd) }
                continue
            }
            let ends = said(end, isUpper: false, names)
            for from in said(start, isUpper: true, names) { for to in ends { add(from, to) } }
        }
        return result
    }

    /// The form with its names replaced by what they hold.
    private func value(of form: LinearForm, _ names: SegmentNames) -> LinearForm? {
        form.replaced { register in names.forms.first { $0.register == register }?.form }
    }

    /// Forms over the names that are at least (`isUpper`), or at most, the form over the tree's symbols.
    private func said(_ form: LinearForm, isUpper: Bool, _ names: SegmentNames) -> [LinearForm] {
        if form.isConstant { return [form] }
        var result = exactly(form, names)
        if form.terms.count == 1 { result += nearly(form, isUpper: isUpper, names) }
        let bound = isUpper ? upper(form) : lower(form)
        if let constant = bound.finite, abs(constant) < 1 << 62 { result.append(LinearForm(constant)) }
        return Array(result.prefix(3))
    }

    private func exactly(_ form: LinearForm, _ names: SegmentNames) -> [LinearForm] {
        var result = [LinearForm(form.constant)]
        for term in form.terms {
            let holders = names.holders[term.symbol] ?? []
            // Many ways to say one symbol count, of several symbols the first.
            result = holders.prefix(form.terms.count == 1 ? 4 : 1).flatMap { holder in
                result.compactMap { known in
                    LinearForm(symbol: holder.register).adding(LinearForm(holder.distance), times: -1)
                        .flatMap { known.adding($0, times: term.coefficient) }
                }
            }
        }
        return result
    }

    /// By relations of the form's one symbol with others.
    private func nearly(_ form: LinearForm, isUpper: Bool, _ names: SegmentNames) -> [LinearForm] {
        let term = form.terms[0]
        guard form.isNegatable else { return [] }
        // With v the symbol with the coefficient's sign: v >= other - bound, or v <= other + bound.
        let isNegative = term.coefficient < 0
        let factor = isNegative ? -term.coefficient : term.coefficient
        let start = SignedSymbol(term.symbol, isNegative: isNegative != isUpper)
        var result: [LinearForm] = []
        for (other, bound) in chainedDifferences(from: start) where other.isNegative == (isNegative != isUpper) {
            for holder in names.holders[other.symbol] ?? [] {
                guard
                    let symbol = LinearForm(symbol: holder.register).adding(LinearForm(holder.distance), times: -1),
                    let near = symbol.scaled(by: isNegative ? -1 : 1)?
                        .adding(LinearForm(bound), times: isUpper ? 1 : -1),
                    let said = LinearForm(form.constant).adding(near, times: factor), said.isNegatable
                else { continue }
                result.append(said)
            }
        }
        return Array(result.prefix(4))
    }
}

extension LinearForm {
    /// The form with its symbols replaced; nil where one has no replacement, or a number leaves its range.
    func replaced(_ value: (Int32) -> LinearForm?) -> LinearForm? {
        var result = LinearForm(constant)
        for term in terms {
            guard let form = value(term.symbol), let sum = result.adding(form, times: term.coefficient) else {
                return nil
            }
            result = sum
        }
        return result
    }
}
