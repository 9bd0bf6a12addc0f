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
        let side = mine.side
        return withUnsafeTemporaryAllocation(of: Int128.self, capacity: side) { memory in
            let bounds = memory.baseAddress!
            loadBounds(of: mine, into: bounds)
            return withUnsafeTemporaryAllocation(of: Int64.self, capacity: side) { memory in
                let small = memory.baseAddress!
                if !OctagonKernel.load(bounds, side, into: small) { return hasRelations(atMost: theirs) }
                return OctagonKernel.isAtMost(
                    mine.matrix(Int64.self), small, theirs.matrix(Int64.self), side: side)
            }
        }
    }
}
