// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// Two matrices into a third, entry by entry. What bounds imply counts on both sides, and goes from the result.
extension OctagonKernel {
    /// The greater of both. False if a weight is too large to stay.
    static func join<Weight: OctagonWeight>(
        _ matrices: OctagonSides<Weight>, _ bounds: OctagonSides<Weight>, side: Int
    ) -> Bool {
        combine(matrices, bounds, side: side) { mine, other in other < mine ? mine : other }
    }

    /// The left one where the right one is not greater. False if a weight is too large to stay.
    static func widen<Weight: OctagonWeight>(
        _ matrices: OctagonSides<Weight>, _ bounds: OctagonSides<Weight>, side: Int
    ) -> Bool {
        combine(matrices, bounds, side: side) { mine, other in mine < other ? .absent : mine }
    }

    @inline(__always)
    private static func combine<Weight: OctagonWeight>(
        _ matrices: OctagonSides<Weight>, _ bounds: OctagonSides<Weight>, side: Int,
        _ combined: (Weight, Weight) -> Weight
    ) -> Bool {
        let limit = Weight.presentLimit, largest = Weight.largest
        let leftBounds = bounds.left, rightBounds = bounds.right, resultBounds = bounds.result
        var excess: Weight = 0
        var p = 0
        while p < side {
            let left = matrices.left + p &* side, right = matrices.right + p &* side
            let result = matrices.result + p &* side
            let leftBound = leftBounds[p], rightBound = rightBounds[p], resultBound = resultBounds[p]
            var q = 0
            while q < side {
                let leftSum = leftBound &+ leftBounds[q], rightSum = rightBound &+ rightBounds[q]
                let mine = left[q] < leftSum ? left[q] : leftSum, other = right[q] < rightSum ? right[q] : rightSum
                let value = combined(mine, other), sum = resultBound &+ resultBounds[q]
                let keeps = value < sum && value < limit
                excess |= keeps && (value > largest || value < -largest) ? 1 : 0
                result[q] = keeps ? value : .absent
                q &+= 1
            }
            result[p] = .absent
            result[p ^ 1] = 0
            p &+= 1
        }
        if excess == 0 { return true }
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
}
