// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import MemoryCells

extension NodeState {
    /// Takes from what is said of memory that a clone may write all that reaches beyond: a caller takes over facts about
    /// what was written, and calls that share the clone need not agree on the rest.
    mutating func clip(to effects: Effects) {
        if effects.everything { return }
        for (tag, bits) in effects.written where !effects.allocated.contains(tag) {
            memory.update(Int(tag)) { $0.clip(to: bits) }
        }
    }
}

extension ObjectMemory {
    fileprivate mutating func clip(to bits: BitRanges) {
        if bits.ranges == [BitRanges.everywhere] { return }
        cells = cells.flatMap { cell in
            cell.range.parts(overlapping: bits.ranges).map { range in
                var part = cell
                part.range = range
                return part
            }
        }
        initialised = initialised.flatMap { stretch in
            bits.parts(of: stretch.bits).map { Stretch(bits: $0, fact: stretch.fact) }
        }
        raws = raws.flatMap { stretch in bits.parts(of: stretch.bits).map { Stretch(bits: $0, fact: stretch.fact) } }
        fills = fills.flatMap { fill in
            // Bytes facts speak of whole bytes.
            bits.parts(of: fill.bits).compactMap { part -> Fill? in
                let whole = (part.lowerBound + 7) / 8 * 8..<max((part.lowerBound + 7) / 8 * 8, part.upperBound / 8 * 8)
                return whole.isEmpty ? nil : Fill(bits: whole, byte: fill.byte, fact: fill.fact)
            }
        }
    }
}

extension BitRanges {
    /// What a range has in common with these.
    func parts(of bits: Range<Int>) -> [Range<Int>] {
        ranges.map { $0.clamped(to: bits) }.filter { !$0.isEmpty }
    }
}

extension CellRange {
    /// The cells that share a bit with one of the ranges, which ascend.
    fileprivate func parts(overlapping ranges: [Range<Int>]) -> [CellRange] {
        var result: [CellRange] = []
        var next = 0
        for bits in ranges where overlaps(bits) {
            let first = max(next, before(bits)?.count ?? 0)
            let end = count - (after(bits)?.count ?? 0)
            if first < end {
                result.append(CellRange(first: position(first), count: end - first, stride: stride, width: width))
            }
            next = max(next, end)
        }
        return result
    }
}
