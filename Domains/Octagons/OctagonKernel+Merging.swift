// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// Two matrices into a third, entry by entry. What bounds imply counts on both sides, and goes from the result.
extension OctagonKernel {
    /// The greater of both. False if a weight is too large to stay.
    static func join<Weight: OctagonWeight>(
        _ matrices: OctagonSides<Weight>, _ bounds: OctagonSides<Weight>, side: Int
    ) -> Bool {
        combine(matrices, bounds, side: side) { mine, other in mine &+ other &- Weight.least(mine, other) }
    }

    /// The left one where the right one is not greater. False if a weight is too large to stay.
    static func widen<Weight: OctagonWeight>(
        _ matrices: OctagonSides<Weight>, _ bounds: OctagonSides<Weight>, side: Int
    ) -> Bool {
        combine(matrices, bounds, side: side) { mine, other in mine &+ ((.absent &- mine) & Weight.isLess(mine, other))
        }
    }

    @inline(__always)
    private static func combine<Weight: OctagonWeight>(
        _ matrices: OctagonSides<Weight>, _ bounds: OctagonSides<Weight>, side: Int,
        _ combined: (Weight, Weight) -> Weight
    ) -> Bool {
        let limit = Weight.presentLimit, largest = Weight.largest
        let leftBounds = bounds.left, rightBounds = bounds.right, resultBounds = bounds.result
        // Negative if a weight is.
        var excess: Weight = 0
        var p = 0
        while p < side {
            let left = matrices.left + p &* side, right = matrices.right + p &* side
            let result = matrices.result + p &* side
            let leftBound = leftBounds[p], rightBound = rightBounds[p], resultBound = resultBounds[p]
            var q = 0
            while q < side {
                let leftSum = leftBound &+ leftBounds[q], rightSum = rightBound &+ rightBounds[q]
                let mine = Weight.least(left[q], leftSum), other = Weight.least(right[q], rightSum)
                let value = combined(mine, other)
                let keeps = Weight.isLess(value, Weight.least(resultBound &+ resultBounds[q], limit))
                excess |= ((value &+ largest) | (largest &- value)) & keeps
                result[q] = .absent &+ ((value &- .absent) & keeps)
                q &+= 1
            }
            result[p] = .absent
            result[p ^ 1] = 0
            p &+= 1
        }
        if excess >= 0 { return true }
        if Weight.bitWidth != 128 { return false }
        // No tier is wider: what is too large goes.
        var index = 0
        while index < side &* side {
            let value = matrices.result[index]
            if value > largest || value < -largest { matrices.result[index] = .absent }
            index &+= 1
        }
        return true
    }

    /// Whether every entry of a matrix, or what bounds imply instead, is at most that of another.
    static func isAtMost<Weight: OctagonWeight>(
        _ matrix: UnsafePointer<Weight>, _ bounds: UnsafePointer<Weight>, _ other: UnsafePointer<Weight>, side: Int
    ) -> Bool {
        var p = 2
        while p < side {
            let row = matrix + p &* side, others = other + p &* side, bound = bounds[p], width = p & ~1
            // Negative if any difference is; both sides are `absent` where there is no relation.
            var exceeds: Weight = 0
            var q = 0
            while q < width {
                exceeds |= others[q] &- Weight.least(row[q], bound &+ bounds[q])
                q &+= 1
            }
            if exceeds < 0 { return false }
            p &+= 1
        }
        return true
    }
}
