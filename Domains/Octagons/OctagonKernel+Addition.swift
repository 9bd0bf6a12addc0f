// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// What a new relation is added to, and room to work in.
struct OctagonAddition<Weight: OctagonWeight, Bound: OctagonBoundWidth> {
    /// A closed matrix in normal form, and how many rows it has.
    let matrix: UnsafeMutablePointer<Weight>
    let side: Int
    /// Tight bounds of its literals.
    let bounds: UnsafeMutablePointer<Bound>
    /// Room for four rows.
    let scratch: UnsafeMutablePointer<Weight>
    /// Room for the numbers of all rows. Behind an addition: twice the number of each literal that has gained
    /// something, and 1 more if its bound has fallen.
    let changed: UnsafeMutablePointer<Int32>
    /// How many literals have gained something.
    var changes = 0
    /// Whether a relation was dropped, so that the matrix may fall apart.
    var hasLost = false

    init(
        _ matrix: UnsafeMutablePointer<Weight>, side: Int, bounds: UnsafeMutablePointer<Bound>,
        scratch: UnsafeMutablePointer<Weight>, changed: UnsafeMutablePointer<Int32>
    ) {
        self.matrix = matrix
        self.side = side
        self.bounds = bounds
        self.scratch = scratch
        self.changed = changed
    }

    /// Adds `V_a + V_b <= weight`, for literals of different dimensions, closes matrix and bounds again, and drops what
    /// bounds imply now: one pass (A. Chawdhary, E. Robbins, A. King, "Incrementally closing octagons", Formal Methods
    /// in System Design 2019).
    ///
    /// A new entry `(p, q)` leads over the new relation from both sides, so that only entries of two literals that gain
    /// something become less. Where a literal's bound falls, its relations with any other may be implied from now on.
    mutating func add(_ a: Int, _ b: Int, _ weight: Weight) -> OctagonOutcome {
        // Rows of the old matrix, and how the literals reach b and a over the new relation: absent where that is no gain.
        let fromA = scratch, fromB = scratch + side, toB = scratch + 2 &* side, toA = scratch + 3 &* side
        fromA.update(from: matrix + (a ^ 1) &* side, count: side)
        fromB.update(from: matrix + (b ^ 1) &* side, count: side)
        if !reach(a, b, weight, fromA, fromB, toB, toA) { return .empty }
        var isInRange = true
        var index = 0
        while index < changes {
            let p = Int(changed[index] >> 1), row = matrix + p &* side
            // Of two rows that gain, the later has the entry.
            let width = changed[index] & 1 == 0 ? p & ~1 : side
            let (lost, excess) = Bound.lowerAndStrip(row, p, width, toB[p], fromB, toA[p], fromA, bounds)
            row[p] = .absent
            row[p ^ 1] = 0
            hasLost = hasLost || lost
            if excess {
                isInRange = OctagonKernel.settle(row, side) && isInRange
                hasLost = true
            }
            index &+= 1
        }
        mirror()
        return isInRange ? .inRange : .outOfRange
    }

    /// Which literals gain something, and their new bounds. False if no point is left.
    @inline(__always)
    private mutating func reach(
        _ a: Int, _ b: Int, _ weight: Weight,
        _ fromA: UnsafeMutablePointer<Weight>, _ fromB: UnsafeMutablePointer<Weight>,
        _ toB: UnsafeMutablePointer<Weight>, _ toA: UnsafeMutablePointer<Weight>
    ) -> Bool {
        if fromA[b ^ 1] &+ weight < 0 { return false }
        let limit = Weight.presentLimit
        let oldA = matrix + a &* side, oldB = matrix + b &* side
        let upperA = bounds[a], upperB = bounds[b], lowerA = bounds[a ^ 1], lowerB = bounds[b ^ 1]
        var count = 0
        var p = 0
        while p < side {
            var u = fromA[p] &+ weight, v = fromB[p] &+ weight
            // What bounds implied gives nothing that they do not.
            if u >= oldB[p] || u >= limit || Bound.isSum(bounds[p], upperB, atMost: u) { u = .absent }
            if v >= oldA[p] || v >= limit || Bound.isSum(bounds[p], upperA, atMost: v) { v = .absent }
            toB[p] = u
            toA[p] = v
            if u < limit || v < limit {
                if Weight.least(u &+ fromB[p ^ 1], v &+ fromA[p ^ 1]) < 0 { return false }
                let double = Weight.least(u &+ fromB[p], v &+ fromA[p]), old = bounds[p]
                var bound = old
                if double < limit { bound = min(bound, Bound(truncatingIfNeeded: double >> 1)) }
                if u < limit { bound = min(bound, Bound.sum(lowerB, u)) }
                if v < limit { bound = min(bound, Bound.sum(lowerA, v)) }
                bounds[p] = bound
                changed[count] = Int32(truncatingIfNeeded: 2 &* p) | (bound < old ? 1 : 0)
                count &+= 1
            }
            p &+= 1
        }
        changes = count
        var index = 0
        while index < count {
            let p = Int(changed[index] >> 1)
            if Bound.isNegativeSum(bounds[p], bounds[p ^ 1]) { return false }
            index &+= 1
        }
        return true
    }

    /// Copies what has changed in rows to columns.
    @inline(__always)
    private func mirror() {
        var index = 0
        while index < changes {
            let p = Int(changed[index] >> 1), row = matrix + p &* side, column = matrix + p
            if changed[index] & 1 == 0 {
                var other = 0
                while other < index {
                    let q = Int(changed[other] >> 1)
                    column[q &* side] = row[q]
                    other &+= 1
                }
            } else {
                var q = 0
                while q < side {
                    column[q &* side] = row[q]
                    q &+= 1
                }
            }
            index &+= 1
        }
    }
}

/// How bounds are added to each other and to weights: those of 128 bits may be anything, those of 64 bits are so small
/// that nothing overflows.
protocol OctagonBoundWidth: FixedWidthInteger, SignedInteger {
    /// Whether `left + right <= value`.
    static func isSum<Weight: OctagonWeight>(_ left: Self, _ right: Self, atMost value: Weight) -> Bool

    /// Whether `left + right < 0`.
    static func isNegativeSum(_ left: Self, _ right: Self) -> Bool

    /// A bound and a weight; no less than any bound if the former is infinite.
    static func sum<Weight: OctagonWeight>(_ bound: Self, _ weight: Weight) -> Self

    /// Lowers the first entries of row `p` by two other rows, and makes those absent that bounds imply or that are not
    /// finite: whether a relation was lost, and whether one that remains is too large to stay. The row's own two
    /// entries may become anything.
    static func lowerAndStrip<Weight: OctagonWeight>(
        _ row: UnsafeMutablePointer<Weight>, _ p: Int, _ width: Int,
        _ u: Weight, _ first: UnsafeMutablePointer<Weight>, _ v: Weight, _ second: UnsafeMutablePointer<Weight>,
        _ bounds: UnsafeMutablePointer<Self>
    ) -> (lost: Bool, excess: Bool)
}

extension Int128: OctagonBoundWidth {
    @inline(__always)
    static func isSum<Weight: OctagonWeight>(_ left: Int128, _ right: Int128, atMost value: Weight) -> Bool {
        OctagonBound.isSum(left, right, atMost: Int128(value))
    }

    @inline(__always)
    static func isNegativeSum(_ left: Int128, _ right: Int128) -> Bool { OctagonBound.isNegativeSum(left, right) }

    @inline(__always)
    static func sum<Weight: OctagonWeight>(_ bound: Int128, _ weight: Weight) -> Int128 {
        OctagonBound.sum(bound, Int128(weight))
    }

    @inline(__always)
    static func lowerAndStrip<Weight: OctagonWeight>(
        _ row: UnsafeMutablePointer<Weight>, _ p: Int, _ width: Int,
        _ u: Weight, _ first: UnsafeMutablePointer<Weight>, _ v: Weight, _ second: UnsafeMutablePointer<Weight>,
        _ bounds: UnsafeMutablePointer<Int128>
    ) -> (lost: Bool, excess: Bool) {
        OctagonKernel.lower(row, by: u, first, v, second, width)
        let (lost, excess) = OctagonKernel.strip(row, p, width, bounds)
        return (lost < 0, excess < 0)
    }
}

extension Int64: OctagonBoundWidth {
    /// The greatest magnitude of a finite bound that is added as it is.
    static var largestBound: Int64 { 1 << 57 }

    /// Stands for infinity: no finite weight is above it, nor above its sum with any bound, and whatever has an absent
    /// part is above its sum with itself.
    static var unbounded: Int64 { 3 << 58 }

    @inline(__always)
    static func isSum<Weight: OctagonWeight>(_ left: Int64, _ right: Int64, atMost value: Weight) -> Bool {
        left &+ right <= Int64(truncatingIfNeeded: value)
    }

    @inline(__always)
    static func isNegativeSum(_ left: Int64, _ right: Int64) -> Bool { left &+ right < 0 }

    @inline(__always)
    static func sum<Weight: OctagonWeight>(_ bound: Int64, _ weight: Weight) -> Int64 {
        bound == unbounded ? bound : bound &+ Int64(truncatingIfNeeded: weight)
    }

    @inline(__always)
    static func lowerAndStrip<Weight: OctagonWeight>(
        _ row: UnsafeMutablePointer<Weight>, _ p: Int, _ width: Int,
        _ u: Weight, _ first: UnsafeMutablePointer<Weight>, _ v: Weight, _ second: UnsafeMutablePointer<Weight>,
        _ bounds: UnsafeMutablePointer<Int64>
    ) -> (lost: Bool, excess: Bool) {
        let bound = Weight(truncatingIfNeeded: bounds[p]), offset = Weight.largest &- 1
        // Negative where a relation was lost; what remains is in range if its distance from the least such number has
        // no other bits than that of the greatest, or of `absent`.
        var lost: Weight = 0, distances: Weight = 0
        var q = 0
        while q < width {
            let old = row[q], sum = bound &+ Weight(truncatingIfNeeded: bounds[q])
            let new = Weight.least(old, u &+ first[q], v &+ second[q], ifBelow: sum)
            row[q] = new
            lost |= old &- new
            distances |= new &+ offset
            q &+= 1
        }
        return (lost < 0, distances & ~(.absent | (2 &* Weight.largest &- 1)) != 0)
    }
}
