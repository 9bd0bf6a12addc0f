// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Numbers
import ProgramIR

// Bytes that are initialised from one form up to another: FORMAT.md section 6.4, "Written segment" and "Segment sources".
extension Executor {
    /// How many segments of one object a tree remembers, the latest.
    private static let mostSegments = 6

    /// The segment that a write of `size` bytes makes; nil where its ends cannot be represented.
    func writtenSegment(_ pointer: SymbolicPointer, immediate: Int64, size: LinearForm) -> (
        from: LinearForm, to: LinearForm
    )? {
        guard let from = pointer.offset.adding(LinearForm(Int128(immediate))), let to = from.adding(size),
            from.isNegatable, to.isNegatable
        else { return nil }
        return (from, to)
    }

    mutating func addSegment(_ tag: Tag, from: LinearForm, to: LinearForm, fact: Int32) {
        if memory[Int(tag)] == nil { memory[Int(tag)] = ObjectMemory() }
        memory.update(Int(tag)) { object in
            object.segments.removeAll { $0.from == from && $0.to == to }
            if object.segments.count >= Self.mostSegments { object.segments.removeFirst() }
            object.segments.append(.init(from: from, to: to, fact: fact))
        }
    }

    /// Why the bytes from one form up to another, as far as they lie in the objects with the tag, are initialised.
    func showSegment(_ tag: Tag, from: LinearForm, to: LinearForm) -> Shown? {
        guard from.isNegatable, to.isNegatable else { return nil }
        var search = SegmentSearch(self, tag, to)
        guard let end = search.reach(from, depth: 0) else { return nil }
        noteUse(tag, BitRanges.everywhere)
        var shown = Shown(atoms: [.unsigned(search.steps.count)])
        for step in search.steps {
            shown.atoms += step.atoms
            shown.label = union(shown.label, step.label)
        }
        shown.atoms += end.atoms
        shown.label = union(shown.label, end.label)
        return shown
    }

    /// How far what is known reaches from a form on: the end, or nil if every byte from there on is initialised.
    func segmentEnd(_ tag: Tag, from: LinearForm) -> LinearForm? {
        var search = SegmentSearch(self, tag, nil)
        var current = from
        while search.steps.count < SegmentSearch.longest {
            if search.isBehind(current) { return nil }
            guard let next = search.furthest(from: current) else { break }
            current = next
        }
        return current
    }

    /// What the callee's exit says of segments of objects that it may have written or made.
    mutating func takeOverSegments(
        _ exit: NodeState, _ effects: Effects, _ value: (Register) -> Value?, _ importer: inout Importer
    ) {
        let tags =
            effects.everything
            ? exit.memory.keys.map { Tag($0) } : effects.allocated.sorted() + effects.written.keys.sorted()
        for tag in tags {
            for segment in exit.memory[Int(tag)]?.segments ?? [] {
                let fact = MemoryFact(tag: tag, content: .segment(from: segment.from, to: segment.to))
                guard importer.facts[.memory(fact)] == nil, isAvailable(.memory(fact), importer), !isUnmentioned(tag),
                    let from = segment.from.replaced({ number(value($0)) }),
                    let to = segment.to.replaced({ number(value($0)) })
                else { continue }
                let made = newMemory(
                    MemoryFact(tag: tag, content: .segment(from: from, to: to)), label(.memory(fact), importer))
                note(.memory(fact), [.memory(made)], &importer)
                addSegment(tag, from: from, to: to, fact: made)
            }
        }
    }

    /// `left <= right`, with what shows it.
    fileprivate func atMost(_ left: LinearForm, _ right: LinearForm) -> Shown? {
        guard let gap = left.gap(to: right) else { return nil }
        if gap.isConstant && gap.constant > 0 { return nil }
        // A proof takes the trouble; the analysis asks often, and mostly in vain.
        if recorder == nil { return isAtMostZero(gap) ? Shown() : nil }
        guard let bound = upper(gap, atMost: .zero, combines: false) else { return nil }
        return Shown(atoms: [.derivation(bound.derivation)], label: label(of: bound.derivation))
    }

    /// The end of each object with the tag is at most the form, with what shows it.
    func endsBefore(_ tag: Tag, _ form: LinearForm) -> Shown? {
        func end(_ kind: UInt8, _ size: LinearForm, _ uses: [Atom], _ label: Int32) -> Shown? {
            atMost(size, form).map {
                Shown(atoms: [.byte(kind)] + uses + $0.atoms, label: union(label, $0.label))
            }
        }
        if let size = tags.staticSize(of: tag) { return end(2, LinearForm(Int128(size)), [], LabelTable.empty) }
        guard let object = memory[Int(tag)] else { return nil }
        if let size = object.exactSize, let shown = end(1, size.form, usePlace(size.place), size.label) { return shown }
        guard let greatest = object.size?.upper.finite else { return nil }
        return end(3, LinearForm(greatest), [.memory(object.sizeFact)], memoryLabel(object.sizeFact))
    }
}

/// A search for sources that lie one behind the other.
private struct SegmentSearch {
    static let longest = 4

    let executor: Executor
    let tag: Tag
    /// nil: any end will do.
    let to: LinearForm?
    private(set) var steps: [Shown] = []
    private let segments: [ObjectMemory.Segment]
    private let stretches: [Range<Int>]
    private var used: Set<Int> = []
    private let object: ObjectMemory
    private var patience = 10

    init(_ executor: Executor, _ tag: Tag, _ to: LinearForm?) {
        self.executor = executor
        self.tag = tag
        self.to = to
        object = executor.memory[Int(tag)] ?? ObjectMemory()
        segments = object.segments.reversed()
        stretches = object.initialisedBytes
    }

    /// Sources from `current` up to the wanted end; the last part of the hint.
    mutating func reach(_ current: LinearForm, depth: Int) -> Shown? {
        if let to, let shown = executor.atMost(to, current) {
            return Shown(atoms: [.byte(0)] + shown.atoms, label: shown.label)
        }
        if let shown = executor.endsBefore(tag, current) { return shown }
        guard depth < Self.longest, patience > 0 else { return nil }
        patience -= 1
        for (index, segment) in segments.enumerated() where !used.contains(index) {
            guard let step = step(segment, from: current) else { continue }
            used.insert(index)
            steps.append(step)
            if let end = reach(segment.to, depth: depth + 1) { return end }
            steps.removeLast()
            used.remove(index)
        }
        for (index, stretch) in stretches.enumerated() where !used.contains(segments.count + index) {
            guard let step = step(stretch, from: current) else { continue }
            used.insert(segments.count + index)
            steps.append(step)
            if let end = reach(LinearForm(Int128(stretch.upperBound)), depth: depth + 1) { return end }
            steps.removeLast()
            used.remove(segments.count + index)
        }
        return nil
    }

    /// One step that leads beyond `current`.
    mutating func furthest(from current: LinearForm) -> LinearForm? {
        for (index, segment) in segments.enumerated() where !used.contains(index) {
            guard let step = step(segment, from: current), executor.atMost(current, segment.to) != nil else { continue }
            used.insert(index)
            steps.append(step)
            return segment.to
        }
        for (index, stretch) in stretches.enumerated() where !used.contains(segments.count + index) {
            let end = LinearForm(Int128(stretch.upperBound))
            guard let step = step(stretch, from: current), executor.atMost(current, end) != nil else { continue }
            used.insert(segments.count + index)
            steps.append(step)
            return end
        }
        return nil
    }

    func isBehind(_ current: LinearForm) -> Bool { executor.endsBefore(tag, current) != nil }

    private func step(_ segment: ObjectMemory.Segment, from current: LinearForm) -> Shown? {
        executor.atMost(segment.from, current).map {
            Shown(
                atoms: [.byte(0), .memory(segment.fact)] + $0.atoms,
                label: executor.union(executor.memoryLabel(segment.fact), $0.label))
        }
    }

    private func step(_ stretch: Range<Int>, from current: LinearForm) -> Shown? {
        guard let shown = executor.atMost(LinearForm(Int128(stretch.lowerBound)), current),
            let evidence = executor.evidence(tag, object, 8 * stretch.lowerBound..<8 * stretch.upperBound)
        else { return nil }
        return Shown(
            atoms: [.byte(1), .signed(Int128(stretch.lowerBound)), .signed(Int128(stretch.upperBound))]
                + evidence.atoms + shown.atoms,
            label: executor.union(evidence.label, shown.label))
    }
}

extension ObjectMemory {
    /// Without what names registers and places, which mean nothing elsewhere.
    var nameless: ObjectMemory {
        var result = self
        result.segments = []
        result.absentIfNull = []
        return result
    }

    /// Bytes that are certainly initialised, by single facts and contents: ascending, disjoint, at most a few.
    var initialisedBytes: [Range<Int>] {
        var ranges = initialised.map(\.bits) + fills.map(\.bits) + contents.map(\.bits)
        for cell in cells where !cell.mayBeUninitialised {
            if cell.range.isDense {
                ranges.append(cell.range.extent)
            } else {
                for index in 0..<min(cell.range.count, 16) {
                    let position = cell.range.position(index)
                    ranges.append(position..<(position + cell.range.width))
                }
            }
        }
        return ranges.filter { !$0.isEmpty }.united.compactMap { bits -> Range<Int>? in
            let first = (bits.lowerBound + 7) >> 3, end = bits.upperBound >> 3
            return first < end ? first..<end : nil
        }.suffix(8)
    }
}
