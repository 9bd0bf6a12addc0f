// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import MemoryCells

/// What a function clone may do to memory that its caller sees.
public struct Effects: Sendable, Equatable {
    /// It may change any memory and end any lifetime.
    public internal(set) var everything = false
    /// Bits that it may write, by tag.
    public internal(set) var written: [Tag: BitRanges] = [:]
    public internal(set) var freed: Set<Tag> = []
    public internal(set) var allocated: Set<Tag> = []
    /// What the knowledge of these effects rests on.
    public internal(set) var label: Int32 = LabelTable.empty

    mutating func write(_ tag: Tag, _ bits: Range<Int>) { written[tag, default: BitRanges()].insert(bits) }

    /// Adds a callee's effects; its own automatic objects are gone.
    mutating func add(_ other: Effects, except isOwn: (Tag) -> Bool, labels: LabelTable?) {
        everything = everything || other.everything
        for (tag, bits) in other.written where !isOwn(tag) { written[tag, default: BitRanges()].formUnion(bits) }
        freed.formUnion(other.freed)
        allocated.formUnion(other.allocated)
        if let labels { label = labels.union(label, other.label) }
    }
}
