// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Cells of one width at equal distances in an object: cell k lies at bit `first + k * stride`, k < `count`.
/// All numbers are bits. `stride` is 0 exactly if there is one cell, else at least `width`.
public struct CellRange: Hashable, Sendable {
    public var first: Int
    public var count: Int
    public var stride: Int
    public var width: Int

    @inlinable public init(first: Int, count: Int = 1, stride: Int = 0, width: Int) {
        self.first = first
        self.count = count
        self.stride = count == 1 ? 0 : stride
        self.width = width
    }

    /// Position of the last cell.
    @inlinable public var last: Int { first + (count - 1) * stride }

    /// From the first bit of the first cell to behind the last bit of the last.
    @inlinable public var extent: Range<Int> { first..<(last + width) }

    /// True if cells lie side by side without gaps.
    @inlinable public var isDense: Bool { count == 1 || stride == width }

    @inlinable public func position(_ index: Int) -> Int { first + index * stride }

    /// The number of the cell at `position`, if one begins there.
    @inlinable public func index(at position: Int) -> Int? {
        guard position >= first, position <= last else { return nil }
        if count == 1 { return 0 }
        let distance = position - first
        return distance % stride == 0 ? distance / stride : nil
    }

    /// The cells that end before `range` begins.
    public func before(_ range: Range<Int>) -> CellRange? {
        let room = range.lowerBound - width - first
        guard room >= 0 else { return nil }
        let kept = count == 1 ? 1 : min(count, room / stride + 1)
        return CellRange(first: first, count: kept, stride: stride, width: width)
    }

    /// The cells that begin at or behind the end of `range`.
    public func after(_ range: Range<Int>) -> CellRange? {
        guard last >= range.upperBound else { return nil }
        if count == 1 { return self }
        let skipped = max(0, (range.upperBound - first + stride - 1) / stride)
        guard skipped < count else { return nil }
        return CellRange(first: position(skipped), count: count - skipped, stride: stride, width: width)
    }

    /// True if some cell shares a bit with `range`.
    public func overlaps(_ range: Range<Int>) -> Bool {
        guard !range.isEmpty, extent.overlaps(range) else { return false }
        return (before(range)?.count ?? 0) + (after(range)?.count ?? 0) < count
    }

    /// True if every cell that an access at one of `positions` (same width) touches is a cell of this range, exactly,
    /// or lies outside of its extent.
    public func isAligned(with positions: PositionSet) -> Bool {
        guard positions.lower != positions.upper else {
            return index(at: positions.lower) != nil
                || !extent.overlaps(positions.lower..<(positions.lower + width))
        }
        if count == 1 {
            return positions.step % width == 0 && (first - positions.lower) % width == 0
        }
        return positions.step % stride == 0 && (positions.lower - first) % stride == 0
    }
}

/// Possible bit positions of an access: `lower`, `lower + step`, ..., at most `upper`.
public struct PositionSet: Hashable, Sendable {
    public var lower: Int
    public var upper: Int
    /// At least 1; a multiple of 8 for byte addresses.
    public var step: Int

    @inlinable public init(lower: Int, upper: Int, step: Int) {
        self.lower = lower
        self.upper = upper
        self.step = step
    }

    @inlinable public var isSingle: Bool { lower == upper }

    /// All bits that an access of `width` bits may touch.
    @inlinable public func extent(width: Int) -> Range<Int> { lower..<(upper + width) }
}
