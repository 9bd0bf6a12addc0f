// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension Octagon {
    /// The least octagon around both states, which have the same dimensions.
    ///
    /// Besides relations that hold on both sides it has those that arise when bounds move together: after
    /// `i = 0, j = 0` and `i = 1, j = 1`, it says `i - j = 0`, which no bound implies any more.
    public func join(_ other: Octagon) -> Octagon {
        if isBottom { return other.closedOnly }
        if other.isBottom { return closedOnly }
        precondition(dimensionCount == other.dimensionCount, "states of different dimensions")
        if store.isSame(as: other.store) { return closedOnly }
        var merge = OctagonMerge(left: store, right: other.store)
        merge.joinBounds()
        merge.relateMovedBounds()
        return Octagon(store: merge.finished())
    }

    /// The state without the memory of how a widening reached it.
    var closedOnly: Octagon {
        if unclosed == nil { return self }
        var result = self
        result.unclosed = nil
        return result
    }
}

/// A state made of two others: bounds first, then relations, group by group of dimensions.
struct OctagonMerge {
    let left: OctagonStore
    let right: OctagonStore
    /// Has the bounds of the result; blocks of the left state that stay.
    var result: OctagonStore
    /// Literals whose bound is finite in both and greater on the left, or on the right.
    private var higherOnTheLeft: [Int] = []
    private var higherOnTheRight: [Int] = []
    /// Blocks that only one of the states has.
    private var differingLeft: [OctagonBlock] = []
    private var differingRight: [OctagonBlock] = []
    /// Pairs of dimensions that are related in the result.
    private var ties: [(Int, Int)] = []

    init(left: OctagonStore, right: OctagonStore) {
        self.left = left
        self.right = right
        self.result = left
        for index in left.pages.indices where left.pages[index] !== right.pages[index] {
            let mine = left.pages[index].blocks, others = right.pages[index].blocks
            for slot in 0..<OctagonPage.size where mine[slot] !== others[slot] {
                if let block = mine[slot] { differingLeft.append(block) }
                if let block = others[slot] { differingRight.append(block) }
            }
        }
    }

    /// The greater of both bounds.
    mutating func joinBounds() {
        for index in left.pages.indices where left.pages[index] !== right.pages[index] {
            let mine = left.pages[index].bounds, others = right.pages[index].bounds
            for literal in 0..<(2 * OctagonPage.size) where mine[literal] != others[literal] {
                let place = index * 2 * OctagonPage.size + literal
                if mine[literal] < others[literal] {
                    result.setBound(place, others[literal])
                    if others[literal] != .max { higherOnTheRight.append(place) }
                } else if mine[literal] != .max {
                    higherOnTheLeft.append(place)
                }
            }
        }
    }

    /// Finds pairs of a literal whose bound rose and one whose bound fell, the sum of which has a better bound than
    /// they have. Blocks that both states share are not looked into: what they say stays.
    mutating func relateMovedBounds() {
        for p in higherOnTheLeft {
            for q in higherOnTheRight where p >> 1 != q >> 1 {
                if joined(p, q) < OctagonBound.sum(result.bound(p), result.bound(q)) { ties.append((p >> 1, q >> 1)) }
            }
        }
    }

    /// The least upper bound of `V_p + V_q` on both sides.
    @inline(__always)
    private func joined(_ p: Int, _ q: Int) -> Int128 {
        let mine = left.effective(p, q), other = right.effective(p, q)
        return mine < other ? other : mine
    }

    /// Rebuilds what differs, and returns the join.
    mutating func finished() -> OctagonStore {
        finished { merge, p, q in merge.joined(p, q) }
    }

    /// Rebuilds what differs: `value` gives the bound of the sum of two literals in the result.
    mutating func finished(_ value: (borrowing OctagonMerge, Int, Int) -> Int128) -> OctagonStore {
        for block in differingLeft + differingRight {
            let dimensions = block.dimensions
            for p in 2..<block.side {
                let first = 2 &* Int(dimensions[p >> 1]) &+ p & 1
                for q in 0..<(p & ~1) {
                    if block.relation(p, q) == .max { continue }
                    let second = 2 &* Int(dimensions[q >> 1]) &+ q & 1
                    let joined = value(self, first, second)
                    if joined < OctagonBound.sum(result.bound(first), result.bound(second)) {
                        ties.append((first >> 1, second >> 1))
                    }
                }
            }
        }
        for block in differingLeft { result.remove(block) }
        if ties.isEmpty { return result }
        for dimensions in groups() { rebuild(dimensions, value) }
        return result
    }

    /// The groups of dimensions connected by ties and by the blocks that stay; groups that are such a block are left
    /// out.
    private mutating func groups() -> [[Int32]] {
        var places: [Int32: Int] = [:], members: [Int32] = []
        func place(_ dimension: Int) -> Int {
            let key = Int32(truncatingIfNeeded: dimension)
            if let place = places[key] { return place }
            places[key] = members.count
            members.append(key)
            return members.count - 1
        }
        var pairs: [(Int, Int)] = []
        for (first, second) in ties { pairs.append((place(first), place(second))) }
        var next = 0
        while next < members.count {
            // Appends to the array it runs along: members of a block have the same block.
            if let block = result.block(of: Int(members[next])) {
                for position in 0..<block.count { pairs.append((next, place(Int(block.dimensions[position])))) }
            }
            next += 1
        }
        var groups = OctagonGroups(count: members.count)
        for (first, second) in pairs { groups.unite(first, second) }
        return groups.groups().map { group in group.map { members[$0] }.sorted() }
    }

    private mutating func rebuild(
        _ dimensions: [Int32], _ value: (borrowing OctagonMerge, Int, Int) -> Int128
    ) {
        let block = OctagonBlock.empty(count: dimensions.count, isWide: true)
        for (position, dimension) in dimensions.enumerated() { block.dimensions[position] = dimension }
        let matrix = block.matrix(Int128.self), side = block.side
        for p in 2..<side {
            let first = 2 &* Int(dimensions[p >> 1]) &+ p & 1
            for q in 0..<(p & ~1) {
                let sum = value(self, first, 2 &* Int(dimensions[q >> 1]) &+ q & 1)
                if sum > Int128.largest || sum < -Int128.largest { continue }
                matrix[p &* side &+ q] = sum
                matrix[q &* side &+ p] = sum
            }
        }
        for dimension in dimensions {
            if let old = result.block(of: Int(dimension)) { result.remove(old) }
        }
        withUnsafeTemporaryAllocation(of: Int128.self, capacity: side) { memory in
            let bounds = memory.baseAddress!
            result.loadBounds(of: block, into: bounds)
            result.settle(block, bounds: bounds)
        }
    }
}
