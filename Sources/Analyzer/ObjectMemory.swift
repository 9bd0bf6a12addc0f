// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import MemoryCells
import ProgramIR
import Reductions

/// What is known of the memory of the objects of one tag.
///
/// The parts correspond to the memory facts of FORMAT.md section 5.2. `fact` members number the facts of the tree that
/// is being executed; -1 where no proof is recorded or the knowledge is a content only.
struct ObjectMemory: Sendable {
    struct Cell: Sendable {
        var range: CellRange
        var type: ScalarType
        /// Some cells may not be initialised.
        var mayBeUninitialised: Bool
        /// What every initialised cell satisfies.
        var value: AbstractValue
        var fact: Int32 = -1
    }

    /// The exact value of one cell of a single object, in terms of the tree's symbols.
    struct Content: Sendable {
        var position: Int
        var type: ScalarType
        var value: Value
        var label: Int32
        /// The place of the tree's start, or of a callee's exit, that the content has come from.
        var place: PlaceFact?

        var bits: Range<Int> { position..<(position + type.storageBits) }
    }

    /// The exact size in bytes, in terms of the tree's symbols.
    struct ExactSize: Sendable {
        var form: LinearForm
        var label: Int32
        var place: PlaceFact?
    }

    /// The record's number of a place that was taken over.
    typealias PlaceFact = Int32

    struct Stretch: Sendable {
        var bits: Range<Int>
        var fact: Int32 = -1
    }

    /// Bytes from one offset up to another, as far as they lie inside the object.
    struct Segment: Sendable {
        var from: LinearForm
        var to: LinearForm
        var fact: Int32 = -1

        var isConstant: Bool { from.isConstant && to.isConstant }
    }

    /// There is no object if the base symbol, in a node's state the register, is null.
    struct AbsentIfNull: Sendable {
        var name: Int32
        var fact: Int32 = -1
    }

    struct Fill: Sendable {
        var bits: Range<Int>
        var byte: UInt8
        var fact: Int32 = -1
    }

    /// Without overlap.
    var cells: [Cell] = []
    /// Only while a tree is executed.
    var contents: [Content] = []
    /// Bits known to be initialised, ascending, without overlap; cells and fills need not be listed.
    var initialised: [Stretch] = []
    /// Bytes known to be initialised, in terms of the tree's symbols; in a node's state of its registers and places.
    var segments: [Segment] = []
    /// Bytes of known value.
    var fills: [Fill] = []
    /// Bits known not to be initialised.
    var raws: [Stretch] = []
    /// Heap: the number of the fact that all these objects are alive; nil if unknown.
    var alive: Int32?
    /// Heap and dynamic objects: size in bytes.
    var size: IntegerValue?
    var sizeFact: Int32 = -1
    /// Single objects of dynamic size, only while a tree is executed.
    var exactSize: ExactSize?
    /// Heap: the fact that there is no such object; nil if unknown.
    var absent: Int32?
    /// Heap: pointers that are null only where there is no such object.
    var absentIfNull: [AbsentIfNull] = []

    var isEmpty: Bool {
        cells.isEmpty && contents.isEmpty && initialised.isEmpty && segments.isEmpty && fills.isEmpty && raws.isEmpty
            && alive == nil && size == nil && exactSize == nil && absent == nil
            && absentIfNull.isEmpty
    }

    /// Indices of the cells that share a bit with `bits`. The ranges of an array of structures interleave, so this looks
    /// at all of them.
    func cells(overlapping bits: Range<Int>) -> [Int] {
        cells.indices.filter { cells[$0].range.overlaps(bits) }
    }

    mutating func insert(_ cell: Cell) {
        var index = cells.count
        while index > 0, cells[index - 1].range.first > cell.range.first { index -= 1 }
        cells.insert(cell, at: index)
    }
}

extension Range<Int> {
    /// What lies before and behind `other`.
    func subtracting(_ other: Range<Int>) -> [Range<Int>] {
        if !overlaps(other) { return isEmpty ? [] : [self] }
        return [
            lowerBound..<Swift.max(lowerBound, other.lowerBound), Swift.min(upperBound, other.upperBound)..<upperBound,
        ]
        .filter { !$0.isEmpty }
    }
}
