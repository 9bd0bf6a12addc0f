// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import MemoryCells
import ProgramIR

// Memory lemmas that save knowledge from a write that takes its carrier away, or give it the form that a load needs.
extension Executor {
    /// Before a write to `written`: what it overlaps stays initialised, though its value is no longer known.
    ///
    /// `isExact` says that the write initialises all these bits, so only what reaches beyond them matters.
    mutating func keepInitialised(_ tag: Tag, _ written: Range<Int>?, isExact: Bool = false) {
        guard let object = memory[Int(tag)] else { return }
        let written = written ?? BitRanges.everywhere
        var ranges: [Range<Int>] = []
        func add(_ bits: Range<Int>) {
            if isExact && written.lowerBound <= bits.lowerBound && bits.upperBound <= written.upperBound { return }
            ranges.append(bits)
        }
        for content in object.contents where content.bits.overlaps(written) { add(content.bits) }
        for cell in object.cells where !cell.mayBeUninitialised && cell.range.overlaps(written) {
            if keptInAnalysis.contains(where: { $0.0 == tag && $0.1 == cell.range }) { continue }
            if cell.range.isDense { add(cell.range.extent); continue }
            let reach = cell.range.extent.clamped(to: written.expanded(by: cell.range.width))
            let first = max(0, (reach.lowerBound - cell.range.first) / cell.range.stride)
            for index in first..<min(cell.range.count, first + 64) {
                let position = cell.range.position(index)
                if (position..<(position + cell.range.width)).overlaps(written) {
                    add(position..<(position + cell.range.width))
                }
            }
        }
        for fill in object.fills where fill.bits.overlaps(written) { add(fill.bits) }
        for range in ranges.united { addInitialised(tag, range) }
    }

    /// The same for a write anywhere.
    mutating func keepAllInitialised() {
        for key in memory.keys { keepInitialised(Tag(key), nil) }
    }

    /// Makes cells facts of the contents and fills that a load from one of several places may read.
    mutating func exposeCells(_ tag: Tag, _ positions: PositionSet, _ type: ScalarType) {
        guard !positions.isSingle, let object = memory[Int(tag)] else { return }
        let width = type.storageBits
        guard positions.step >= width else { return }
        let extent = positions.extent(width: width)
        for content in object.contents where content.bits.overlaps(extent) && content.type.sameCell(as: type) {
            if object.cells.contains(where: {
                $0.range.index(at: content.position) != nil && $0.type.sameCell(as: type)
            }) {
                continue
            }
            addCells(
                tag, CellRange(first: content.position, width: width), content.type, false,
                abstraction(of: content.value, content.type))
        }
        for fill in object.fills where fill.bits.overlaps(extent) {
            if fill.bits.lowerBound <= extent.lowerBound && extent.upperBound <= fill.bits.upperBound { continue }
            guard
                let pattern = AbstractValue.pattern(
                    fill.byte, type, first: positions.lower, step: positions.isSingle ? 0 : positions.step),
                let range = cellRange(in: fill.bits, positions, width)
            else { continue }
            addCells(tag, range, type, false, pattern)
        }
        keptInAnalysis = []
    }
}

extension Range<Int> {
    fileprivate func expanded(by distance: Int) -> Range<Int> { (lowerBound - distance)..<(upperBound + distance) }
}
