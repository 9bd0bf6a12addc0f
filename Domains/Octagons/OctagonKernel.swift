// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// What a change of a matrix led to.
enum OctagonOutcome {
    /// No integer point is left.
    case empty
    case inRange
    /// Weights became too large for those at rest; they still are exact.
    case outOfRange
}

/// The loops over matrices. They are written without checked arithmetic, ranges or optionals, so that they vectorise;
/// `OctagonWeight` says why nothing overflows.
///
/// Every path through a unary constraint is implied by bounds once these are tight (A. Miné, "The octagon abstract
/// domain", section 4.3; R. Bagnara, P. M. Hill, E. Zaffanella, "Weakly-relational shapes for numeric abstractions",
/// theorem 5: shortest paths, then halved and floored bounds, then strengthening, give the tight closure). So matrices
/// are closed by themselves, and bounds follow.
enum OctagonKernel {
    /// Closes a matrix and its bounds from scratch. `scratch` has room for two rows.
    static func close<Weight: OctagonWeight>(
        _ matrix: UnsafeMutablePointer<Weight>, side: Int, bounds: UnsafeMutablePointer<Int128>,
        scratch: UnsafeMutablePointer<Weight>
    ) -> OctagonOutcome {
        var pivot = 0
        while pivot < side {
            if !relax(matrix, side: side, through: pivot, scratch: scratch) { return .empty }
            pivot &+= 2
        }
        return finish(matrix, side: side, bounds: bounds)
    }

    /// Closes a matrix in which only relations of one dimension, whose first literal is `pivot`, are not closed.
    ///
    /// First that dimension's rows, through every other dimension, then all others through it.
    static func close<Weight: OctagonWeight>(
        _ matrix: UnsafeMutablePointer<Weight>, side: Int, around pivot: Int, bounds: UnsafeMutablePointer<Int128>,
        scratch: UnsafeMutablePointer<Weight>
    ) -> OctagonOutcome {
        let upper = matrix + pivot &* side, lower = upper + side
        scratch.update(from: upper, count: 2 &* side)
        var q = 0
        while q < side {
            let fromQ = matrix + (q ^ 1) &* side
            if q | 1 != pivot | 1 {
                let u = scratch[q], v = scratch[side &+ q]
                if u < Weight.presentLimit { OctagonKernel.lower(upper, by: u, fromQ, side) }
                if v < Weight.presentLimit { OctagonKernel.lower(lower, by: v, fromQ, side) }
            }
            q &+= 1
        }
        if upper[pivot &+ 1] < 0 || lower[pivot] < 0 { return .empty }
        // The columns are those rows; where both rows have an entry of the pivot's own, it is the lesser.
        let own = min(upper[pivot &+ 1], lower[pivot])
        upper[pivot &+ 1] = own
        lower[pivot] = own
        q = 0
        while q < side {
            matrix[q &* side &+ pivot] = upper[q]
            matrix[q &* side &+ pivot &+ 1] = lower[q]
            q &+= 1
        }
        if !relax(matrix, side: side, through: pivot, scratch: scratch) { return .empty }
        return finish(matrix, side: side, bounds: bounds)
    }

    /// A step of Floyd and Warshall's algorithm with both literals of a dimension as pivots. Only entries `(p, q)` with
    /// `q <= p | 1` are read and written. False if a negative cycle is found.
    private static func relax<Weight: OctagonWeight>(
        _ matrix: UnsafeMutablePointer<Weight>, side: Int, through pivot: Int, scratch: UnsafeMutablePointer<Weight>
    ) -> Bool {
        let upper = scratch, lower = scratch + side, limit = Weight.presentLimit
        let width = pivot &+ 2
        upper.update(from: matrix + pivot &* side, count: width)
        lower.update(from: matrix + (pivot &+ 1) &* side, count: width)
        var p = width
        while p < side {
            upper[p] = matrix[p &* side &+ pivot]
            lower[p] = matrix[p &* side &+ pivot &+ 1]
            p &+= 1
        }
        p = 0
        while p < side {
            let u = upper[p], v = lower[p]
            if u < limit || v < limit {
                let row = matrix + p &* side
                OctagonKernel.lower(row, by: u, lower, v, upper, (p | 1) &+ 1)
                if row[p ^ 1] < 0 { return false }
            }
            p &+= 1
        }
        return true
    }

    /// Mirrors the lower half, moves what it says of single dimensions to the bounds, and makes these tight.
    private static func finish<Weight: OctagonWeight>(
        _ matrix: UnsafeMutablePointer<Weight>, side: Int, bounds: UnsafeMutablePointer<Int128>
    ) -> OctagonOutcome {
        var isInRange = true
        var p = 0
        while p < side {
            let row = matrix + p &* side
            let double = row[p]
            if double < Weight.presentLimit {
                let half = Int128(double >> 1)
                if half < bounds[p] { bounds[p] = half }
            }
            row[p] = .absent
            row[p ^ 1] = 0
            if !settle(row, (p | 1) &+ 1) { isInRange = false }
            p &+= 1
        }
        mirror(matrix, side: side)
        return propagate(matrix, side: side, bounds: bounds) ? (isInRange ? .inRange : .outOfRange) : .empty
    }

    /// Copies the lower half of a matrix to the upper one: a line of the cache is written at once.
    private static func mirror<Weight: OctagonWeight>(_ matrix: UnsafeMutablePointer<Weight>, side: Int) {
        let lanes = 8
        var first = 2
        while first < side {
            let last = min(first &+ lanes, side)
            var q = 0
            while q < last {
                let target = matrix + q &* side
                var p = max(first, (q | 1) &+ 1)
                while p < last {
                    target[p] = matrix[p &* side &+ q]
                    p &+= 1
                }
                q &+= 1
            }
            first = last
        }
    }

    /// Lowers each bound by every relation and the other bound of it. False if that excludes every point.
    static func propagate<Weight: OctagonWeight>(
        _ matrix: UnsafeMutablePointer<Weight>, side: Int, bounds: UnsafeMutablePointer<Int128>
    ) -> Bool {
        var p = 0
        while p < side {
            // V_q <= (V_p + V_q) + V_(not p)
            let bound = bounds[p ^ 1]
            if bound != .max {
                let row = matrix + p &* side
                var q = 0
                while q < side {
                    let weight = row[q]
                    if weight < Weight.presentLimit {
                        let sum = OctagonBound.sum(Int128(weight), bound)
                        if sum < bounds[q] { bounds[q] = sum }
                    }
                    q &+= 1
                }
            }
            p &+= 1
        }
        p = 0
        while p < side {
            if OctagonBound.isNegativeSum(bounds[p], bounds[p &+ 1]) { return false }
            p &+= 2
        }
        return true
    }

    /// Makes relations that bounds imply absent. `scratch` has room for a row.
    static func strip<Weight: OctagonWeight>(
        _ matrix: UnsafeMutablePointer<Weight>, side: Int, bounds: UnsafePointer<Int128>,
        scratch: UnsafeMutablePointer<Weight>
    ) {
        let areSmall = load(bounds, side, into: scratch)
        var p = 0
        while p < side {
            let row = matrix + p &* side
            // Its own entries are none.
            row[p] = .absent
            row[p ^ 1] = .absent
            let excess =
                areSmall ? strip(row, 0, side, scratch[p], scratch).excess : strip(row, p, side, bounds).excess
            if excess < 0 { _ = settle(row, side) }
            row[p ^ 1] = 0
            p &+= 1
        }
    }

    /// Bounds as weights, `absent` for infinity. False if a finite one is too large to be added to another as such.
    static func load<Weight: OctagonWeight>(
        _ bounds: UnsafePointer<Int128>, _ side: Int, into target: UnsafeMutablePointer<Weight>
    ) -> Bool {
        let small = Int128(Weight.largest) << 8
        var areSmall = true
        var p = 0
        while p < side {
            let bound = bounds[p]
            if bound == .max {
                target[p] = .absent
            } else if bound <= small && bound >= -small {
                target[p] = Weight(truncatingIfNeeded: bound)
            } else {
                // Rounded up, and to infinity: weaker, for those who go on with it.
                target[p] = bound > 0 ? .absent : Weight(truncatingIfNeeded: -small)
                areSmall = false
            }
            p &+= 1
        }
        return areSmall
    }

    /// Makes entries from `start` to `end` of a row absent that bounds imply or that are not finite. Negative numbers
    /// say that a relation was lost, and that one that remains is too large to stay.
    @inline(__always)
    private static func strip<Weight: OctagonWeight>(
        _ row: UnsafeMutablePointer<Weight>, _ start: Int, _ end: Int, _ bound: Weight,
        _ bounds: UnsafeMutablePointer<Weight>
    ) -> (lost: Weight, excess: Weight) {
        let limit = Weight.presentLimit, largest = Weight.largest
        var lost: Weight = 0, excess: Weight = 0
        var q = start
        while q < end {
            let weight = row[q], isFinite = Weight.isLess(weight, limit)
            let keeps = Weight.isLess(weight, bound &+ bounds[q]) & isFinite
            row[q] = .absent &+ ((weight &- .absent) & keeps)
            lost |= isFinite & ~keeps
            excess |= ((weight &+ largest) | (largest &- weight)) & keeps
            q &+= 1
        }
        return (lost, excess)
    }

    /// The same for a whole row whose bounds are too large to be added as weights.
    static func strip<Weight: OctagonWeight>(
        _ row: UnsafeMutablePointer<Weight>, _ p: Int, _ end: Int, _ bounds: UnsafePointer<Int128>
    ) -> (lost: Weight, excess: Weight) {
        let limit = Weight.presentLimit, largest = Weight.largest, bound = bounds[p]
        var lost: Weight = 0, excess: Weight = 0
        var q = 0
        while q < end {
            let weight = row[q]
            if weight >= limit || q | 1 == p | 1 {
                row[q] = .absent
            } else if OctagonBound.isSum(bound, bounds[q], atMost: Int128(weight)) {
                row[q] = .absent
                lost = -1
            } else {
                excess |= (weight &+ largest) | (largest &- weight)
            }
            q &+= 1
        }
        return (lost, excess)
    }

    /// Whether a relation of literal `p` is implied by bounds.
    static func hasImplied<Weight: OctagonWeight>(
        _ row: UnsafePointer<Weight>, side: Int, _ p: Int, bounds: UnsafePointer<Int128>
    ) -> Bool {
        let bound = bounds[p]
        if bound == .max { return false }
        var q = 0
        while q < side {
            let weight = row[q]
            if weight < Weight.presentLimit && q != p ^ 1
                && OctagonBound.isSum(bound, bounds[q], atMost: Int128(weight))
            {
                return true
            }
            q &+= 1
        }
        return false
    }

    // MARK: Rows

    @inline(__always)
    private static func lower<Weight: OctagonWeight>(
        _ row: UnsafeMutablePointer<Weight>, by u: Weight, _ first: UnsafeMutablePointer<Weight>, _ count: Int
    ) {
        var q = 0
        while q < count {
            row[q] = Weight.least(row[q], u &+ first[q])
            q &+= 1
        }
    }

    @inline(__always)
    static func lower<Weight: OctagonWeight>(
        _ row: UnsafeMutablePointer<Weight>, by u: Weight, _ first: UnsafeMutablePointer<Weight>, _ v: Weight,
        _ second: UnsafeMutablePointer<Weight>, _ count: Int
    ) {
        var q = 0
        while q < count {
            row[q] = Weight.least(row[q], Weight.least(u &+ first[q], v &+ second[q]))
            q &+= 1
        }
    }

    /// Makes whatever is not finite equal to `absent`. False if a finite weight is too large to stay; weights of 128
    /// bits that are become absent, which is sound for upper bounds.
    @inline(__always)
    static func settle<Weight: OctagonWeight>(_ row: UnsafeMutablePointer<Weight>, _ count: Int) -> Bool {
        let limit = Weight.presentLimit, largest = Weight.largest
        var excess: Weight = 0
        var q = 0
        if Weight.bitWidth == 128 {
            while q < count {
                let weight = row[q]
                row[q] = weight > largest || weight < -largest ? .absent : weight
                q &+= 1
            }
            return true
        }
        while q < count {
            let weight = row[q]
            row[q] = weight < limit ? weight : .absent
            let magnitude = weight < 0 ? 0 &- weight : weight
            excess |= weight < limit && magnitude > largest ? 1 : 0
            q &+= 1
        }
        return excess == 0
    }
}
