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
        return Octagon(store: merge.finished(isWidening: false))
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
///
/// A group is what blocks of either state connect, blocks that both share aside, and what moving bounds connect. It is
/// put together as one matrix, and falls apart again where the result has no relations.
struct OctagonMerge {
    let left: OctagonStore
    let right: OctagonStore
    /// Has the bounds of the result, and blocks of the left state.
    var result: OctagonStore
    private var groups: OctagonDimensionGroups

    init(left: OctagonStore, right: OctagonStore) {
        self.left = left
        self.right = right
        self.result = left
        self.groups = OctagonDimensionGroups(count: left.count)
        for index in left.pages.indices where left.pages[index] !== right.pages[index] {
            let mine = left.pages[index].blocks, others = right.pages[index].blocks
            for slot in 0..<OctagonPage.size where mine[slot] !== others[slot] {
                if let block = mine[slot] { groups.unite(block) }
                if let block = others[slot] { groups.unite(block) }
            }
        }
    }

    /// Takes the greater of both bounds, and finds what moved.
    ///
    /// Let p have a greater bound on the left and q on the right, both finite. Then `V_p + V_q` is bounded by less than
    /// the bounds of the result, since the two greater ones never go together: a relation arises.
    mutating func joinBounds() {
        var higherOnTheLeft: [Int] = [], higherOnTheRight: [Int] = []
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
        guard let p = higherOnTheLeft.first, let q = higherOnTheRight.first else { return }
        // One dimension alone, whose range moved, has no relation.
        let moved = higherOnTheLeft + higherOnTheRight
        if p >> 1 == q >> 1 && !moved.contains(where: { $0 >> 1 != p >> 1 }) { return }
        for literal in moved {
            let isNew = !groups.has(literal >> 1)
            groups.unite(p >> 1, literal >> 1)
            // What both states share goes along; whatever differs is there already.
            if isNew, let block = left.block(of: literal >> 1) { groups.unite(block) }
        }
    }

    /// Rebuilds the groups, and returns the result.
    mutating func finished(isWidening: Bool) -> OctagonStore {
        var groups = groups
        groups.forEach { dimensions in
            if dimensions.count > OctagonBlock.largestCount {
                // Too many for the kernels' sums: their relations are dropped.
                for dimension in dimensions { result.removeBlock(of: Int(dimension)) }
            } else {
                rebuild(dimensions, isWidening: isWidening)
            }
        }
        return result
    }

    private mutating func rebuild(_ dimensions: UnsafeBufferPointer<Int32>, isWidening: Bool) {
        let side = 2 * dimensions.count
        withUnsafeTemporaryAllocation(of: Int128.self, capacity: 3 * side) { memory in
            let bounds = OctagonSides(
                left: memory.baseAddress!, right: memory.baseAddress! + side, result: memory.baseAddress! + 2 * side)
            left.loadBounds(of: dimensions, into: bounds.left)
            right.loadBounds(of: dimensions, into: bounds.right)
            result.loadBounds(of: dimensions, into: bounds.result)
            let block =
                merged(dimensions, Int64.self, bounds, isWidening)
                ?? merged(dimensions, Int128.self, bounds, isWidening)
            guard let block else { return }
            for dimension in dimensions { result.removeBlock(of: Int(dimension), unlessLike: block) }
            result.installComponents(of: block, bounds: bounds.result)
        }
    }

    /// The matrix of a group, in a tier; nil if numbers do not fit it.
    private func merged<Weight: OctagonWeight>(
        _ dimensions: UnsafeBufferPointer<Int32>, _ type: Weight.Type, _ bounds: OctagonSides<Int128>,
        _ isWidening: Bool
    ) -> OctagonBlock? {
        let isWide = Weight.bitWidth == 128, side = 2 * dimensions.count
        guard let mine = left.matrix(of: dimensions, isWide: isWide),
            let others = right.matrix(of: dimensions, isWide: isWide)
        else { return nil }
        let block = OctagonBlock.uninitialised(count: dimensions.count, isWide: isWide)
        block.dimensions.update(from: dimensions.baseAddress!, count: dimensions.count)
        return withUnsafeTemporaryAllocation(of: Weight.self, capacity: 3 * side) { memory -> OctagonBlock? in
            let small = OctagonSides(
                left: memory.baseAddress!, right: memory.baseAddress! + side, result: memory.baseAddress! + 2 * side)
            let areSmall = [
                OctagonKernel.load(bounds.left, side, into: small.left),
                OctagonKernel.load(bounds.right, side, into: small.right),
                OctagonKernel.load(bounds.result, side, into: small.result),
            ]
            if !isWide && areSmall.contains(false) { return nil }
            let matrices = OctagonSides(
                left: mine.matrix(type), right: others.matrix(type), result: block.matrix(type))
            let fits =
                isWidening
                ? OctagonKernel.widen(matrices, small, side: side) : OctagonKernel.join(matrices, small, side: side)
            return withExtendedLifetime((mine, others)) { fits ? block : nil }
        }
    }
}

/// The same of both operands and of the result.
struct OctagonSides<Weight> {
    var left: UnsafeMutablePointer<Weight>
    var right: UnsafeMutablePointer<Weight>
    var result: UnsafeMutablePointer<Weight>
}

extension OctagonStore {
    /// The bounds of the literals of some dimensions.
    func loadBounds(of dimensions: UnsafeBufferPointer<Int32>, into target: UnsafeMutablePointer<Int128>) {
        for position in 0..<dimensions.count {
            let dimension = Int(dimensions[position])
            let source = pages[dimension >> 4].bounds + 2 &* (dimension & 15)
            target[2 &* position] = source[0]
            target[2 &* position &+ 1] = source[1]
        }
    }

    /// The relations between some dimensions as one matrix; no block has only some of them. Nil if not in this tier.
    fileprivate func matrix(of dimensions: UnsafeBufferPointer<Int32>, isWide: Bool) -> OctagonBlock? {
        if let block = block(of: Int(dimensions[0])), block.count == dimensions.count {
            if block.isWide == isWide { return block }
            return isWide ? block.copy(isWide: true) : nil
        }
        let result = OctagonBlock.empty(count: dimensions.count, isWide: isWide)
        result.dimensions.update(from: dimensions.baseAddress!, count: dimensions.count)
        for dimension in dimensions {
            // Each block once, at its leader.
            guard let block = block(ledBy: Int(dimension)) else { continue }
            if block.isWide && !isWide { return nil }
            block.embed(into: result)
        }
        return result
    }

    /// Takes out the block of a dimension, unless one with the same dimensions will replace it.
    mutating func removeBlock(of dimension: Int, unlessLike other: OctagonBlock? = nil) {
        guard let block = block(of: dimension) else { return }
        if let other, block.hasSameDimensions(as: other) { return }
        remove(block)
    }
}
