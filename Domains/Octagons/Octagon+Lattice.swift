// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices

extension Octagon: AbstractDomain {
    public typealias Concrete = [Int128]

    /// The empty state of no dimensions; it is below every state and equal to every empty one.
    public static var bottom: Octagon { .bottom(dimensions: 0) }

    /// Whether both describe the same points, however they are represented.
    public static func == (left: Octagon, right: Octagon) -> Bool {
        if left.isBottom || right.isBottom { return left.isBottom && right.isBottom }
        return left.dimensionCount == right.dimensionCount && left.isSubset(of: right) && right.isSubset(of: left)
    }

    /// Whether every point of `self` is one of `other`, which has the same dimensions: decided by what differs.
    public func isSubset(of other: Octagon) -> Bool {
        if isBottom { return true }
        return !other.isBottom && store.isSubset(of: other.store)
    }
}

extension OctagonStore {
    func isSubset(of other: OctagonStore) -> Bool {
        if count != other.count { return false }
        for index in pages.indices where pages[index] !== other.pages[index] {
            let bounds = pages[index].bounds, others = other.pages[index].bounds
            var exceeds = false
            for literal in 0..<(2 &* OctagonPage.size) where bounds[literal] > others[literal] { exceeds = true }
            if exceeds { return false }
        }
        for index in pages.indices where pages[index] !== other.pages[index] {
            let blocks = pages[index].blocks, others = other.pages[index].blocks
            for slot in 0..<OctagonPage.size {
                guard let theirs = others[slot] else { continue }
                let mine = blocks[slot]
                if mine === theirs { continue }
                if let mine, !mine.isWide, !theirs.isWide, mine.hasSameDimensions(as: theirs) {
                    if !hasRelations(mine, atMost: theirs) { return false }
                } else if !hasRelations(atMost: theirs) {
                    return false
                }
            }
        }
        return true
    }

    /// Whether all relations of a block of another state hold here.
    private func hasRelations(atMost block: OctagonBlock) -> Bool {
        let dimensions = block.dimensions
        for p in 2..<block.side {
            let first = 2 &* Int(dimensions[p >> 1]) &+ p & 1
            for q in 0..<(p & ~1) {
                let bound = block.relation(p, q)
                if bound != .max && effective(first, 2 &* Int(dimensions[q >> 1]) &+ q & 1) > bound { return false }
            }
        }
        return true
    }

    /// The same for a block of this state with the same dimensions; both are narrow.
    private func hasRelations(_ mine: OctagonBlock, atMost theirs: OctagonBlock) -> Bool {
        let side = mine.side, left = mine.matrix(Int64.self), right = theirs.matrix(Int64.self)
        var p = 2
        while p < side {
            let row = left + p &* side, bounds = right + p &* side, width = p & ~1
            var exceeds: Int64 = 0, q = 0
            // Both are `absent` where there is no relation.
            while q < width {
                exceeds |= row[q] > bounds[q] ? 1 : 0
                q &+= 1
            }
            if exceeds != 0 {
                let first = 2 &* Int(mine.dimensions[p >> 1]) &+ p & 1
                for q in 0..<width where row[q] > bounds[q] {
                    let second = 2 &* Int(mine.dimensions[q >> 1]) &+ q & 1
                    // Bounds may imply what the block does not have.
                    if !OctagonBound.isSum(bound(first), bound(second), atMost: Int128(bounds[q])) { return false }
                }
            }
            p &+= 1
        }
        return true
    }
}
