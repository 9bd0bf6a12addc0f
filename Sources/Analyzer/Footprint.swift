// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import MemoryCells
import ProgramIR

/// The parts of memory that the result of a function clone depends on.
struct Footprint: Sendable, Equatable {
    /// It depends on all of memory.
    var everything = false
    /// Bits by tag; a tag without bits: only on whether such objects are alive, and on their size.
    private(set) var regions: [Tag: BitRanges] = [:]

    mutating func insert(_ tag: Tag, _ bits: Range<Int>) { regions[tag, default: BitRanges()].insert(bits) }
    mutating func insert(lifetimeOf tag: Tag) { if regions[tag] == nil { regions[tag] = BitRanges() } }

    /// Adds what a callee depends on; its own automatic objects are not there when it is called.
    mutating func add(_ other: Footprint, except isOwn: (Tag) -> Bool) {
        everything = everything || other.everything
        for (tag, bits) in other.regions where !isOwn(tag) { regions[tag, default: BitRanges()].formUnion(bits) }
    }
}

extension NodeState {
    /// Everything that `other` says of registers and of this part of memory holds here too.
    func isSubset(of other: NodeState, on footprint: Footprint, _ tags: TagTable) -> Bool {
        if footprint.everything { return isSubset(of: other, tags) }
        if other.heapIsKnown && !heapIsKnown { return false }
        guard registersAreSubset(of: other) else { return false }
        return footprint.regions.allSatisfy { tag, bits in
            let mine = memory[Int(tag)], theirs = other.memory[Int(tag)]
            if let mine, let theirs, mine.isIdentical(to: theirs) { return true }
            guard let wanted = other.object(Int(tag), theirs, tags) else { return true }
            let object = object(Int(tag), mine, tags) ?? ObjectMemory()
            let part = object.restricted(to: bits), wantedPart = wanted.restricted(to: bits)
            return part.isSubset(of: wantedPart) && (wantedPart.segments.isEmpty || knows(wantedPart.segments, object))
                && wanted.absentIfNull.allSatisfy { knows(absentIfNull: $0.name, object) }
        }
    }
}

extension ObjectMemory {
    /// What is known of some of the bits, and of lifetime and size.
    fileprivate func restricted(to bits: BitRanges) -> ObjectMemory {
        if bits.ranges == [BitRanges.everywhere] { return self }
        func isPart(_ range: Range<Int>) -> Bool { bits.ranges.contains { $0.overlaps(range) } }
        var result = self
        // Who uses a segment depends on the whole object.
        result.segments = []
        result.cells = cells.filter { cell in bits.ranges.contains { cell.range.overlaps($0) } }
        result.contents = contents.filter { isPart($0.bits) }
        result.fills = fills.filter { isPart($0.bits) }.map { fill in
            var part = fill
            part.bits = Self.hull(fill.bits, bits)
            return part
        }
        result.initialised = initialised.filter { isPart($0.bits) }.map { Stretch(bits: Self.hull($0.bits, bits)) }
        result.raws = raws.filter { isPart($0.bits) }.map { Stretch(bits: Self.hull($0.bits, bits)) }
        return result
    }

    /// The least range that holds what both have in common.
    private static func hull(_ range: Range<Int>, _ bits: BitRanges) -> Range<Int> {
        let parts = bits.ranges.filter { $0.overlaps(range) }.map { $0.clamped(to: range) }
        return parts[0].lowerBound..<parts[parts.count - 1].upperBound
    }
}
