// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import MemoryCells
import Testing

/// Cell ranges against the lists of their cells, for every small range and every small access.
@Suite("Cell ranges")
struct CellRangeTests {
    static let all: [CellRange] = (-3...3).flatMap { first in
        (1...4).flatMap { count in
            (1...3).flatMap { width in
                (width...(width + 3)).map { CellRange(first: first, count: count, stride: $0, width: width) }
            }
        }
    }
    static let stretches: [Range<Int>] = (-8...20).flatMap { lower in (0...7).map { lower..<(lower + $0) } }

    private func positions(_ range: CellRange) -> [Int] { (0..<range.count).map { range.first + $0 * range.stride } }

    private func positions(_ range: CellRange?) -> [Int] { range.map { positions($0) } ?? [] }

    @Test func oneCellHasNoStride() {
        let one = CellRange(first: 8, count: 1, stride: 32, width: 16)
        #expect(one.stride == 0 && one.last == 8 && one.extent == 8..<24 && one.isDense)
        #expect(one == CellRange(first: 8, width: 16))
        let two = CellRange(first: 8, count: 2, stride: 32, width: 16)
        #expect(two.stride == 32 && two.last == 40 && two.extent == 8..<56 && !two.isDense)
        #expect(CellRange(first: 8, count: 2, stride: 16, width: 16).isDense)
    }

    @Test func positionsAndNumbersBelongTogether() {
        for range in Self.all {
            let cells = positions(range)
            #expect(range.last == cells.last && range.extent == cells[0]..<(cells[cells.count - 1] + range.width))
            #expect(cells == (0..<range.count).map { range.position($0) })
            for position in -6...25 { #expect(range.index(at: position) == cells.firstIndex(of: position)) }
        }
    }

    @Test func whatLiesBeforeAndAfter() {
        for range in Self.all {
            let cells = positions(range)
            for bits in Self.stretches {
                let before = range.before(bits), after = range.after(bits)
                guard positions(before) == cells.filter({ $0 + range.width <= bits.lowerBound }),
                    positions(after) == cells.filter({ $0 >= bits.upperBound }),
                    [before, after].allSatisfy({ $0.map { $0.width == range.width && $0.count > 0 } ?? true })
                else {
                    Issue.record("\(range) around \(bits): \(positions(before)), \(positions(after))")
                    return
                }
            }
        }
    }

    @Test func overlapIsASharedBit() {
        for range in Self.all {
            for bits in Self.stretches {
                let shared = positions(range).contains { $0 < bits.upperBound && bits.lowerBound < $0 + range.width }
                guard range.overlaps(bits) == (shared && !bits.isEmpty) else {
                    Issue.record("\(range) and \(bits): \(range.overlaps(bits))")
                    return
                }
            }
        }
    }

    /// An aligned access hits a cell exactly or none of them; where one does at every position, it is called aligned
    /// unless there is more than one position and the steps differ.
    @Test func anAlignedAccessHitsCellsExactly() {
        for range in Self.all {
            for lower in -6...14 {
                for step in 1...6 {
                    for count in 0...3 {
                        let access = PositionSet(lower: lower, upper: lower + count * step, step: step)
                        let places = (0...count).map { lower + $0 * step }
                        let isExact = places.allSatisfy { place in
                            range.index(at: place) != nil || !range.extent.overlaps(place..<(place + range.width))
                        }
                        guard !range.isAligned(with: access) || isExact else {
                            Issue.record("\(range) and \(access)")
                            return
                        }
                        if count == 0 { #expect(range.isAligned(with: access) == isExact) }
                    }
                }
            }
            let same = PositionSet(
                lower: range.first, upper: range.first + 5 * max(range.stride, range.width),
                step: max(range.stride, range.width))
            #expect(range.isAligned(with: same))
        }
    }

    @Test func positionSetsHaveAnExtent() {
        let positions = PositionSet(lower: 8, upper: 40, step: 16)
        #expect(positions.extent(width: 32) == 8..<72 && !positions.isSingle)
        #expect(PositionSet(lower: 8, upper: 8, step: 1).isSingle)
    }
}
