// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices

extension Octagon {
    /// An upper bound of `self` and `next`, which contains `self`, such that repeated widening ends.
    ///
    /// The left operand is the previous result as it was before closure: closing it would bring back, by way of others,
    /// what a widening dropped, and chains might not end (A. Miné 2006, section 4.7). The state returned is closed, and
    /// remembers its unclosed form until something else is done to it. Thresholds are for bounds.
    public func widening(next: Octagon, thresholds: Thresholds) -> Octagon {
        if isBottom { return next }
        if next.isBottom { return self }
        precondition(dimensionCount == next.dimensionCount, "states of different dimensions")
        var merge = OctagonMerge(left: unclosed?.store ?? store, right: next.store)
        merge.widenBounds(thresholds)
        // A relation that bounds implied on the left, and that holds still, outlives the bounds.
        let open = merge.finished(isWidening: true)
        var closed = open
        if !closed.closeAll(except: store) { return .bottom(dimensions: dimensionCount) }
        var result = Octagon(store: closed)
        result.unclosed = OctagonUnclosed(open)
        return result
    }

    /// Takes over from `next` the bounds and relations of which `self` has none; each is replaced once, so chains end.
    public func narrowing(next: Octagon) -> Octagon {
        if isBottom || next.isBottom { return .bottom(dimensions: dimensionCount) }
        return refined(by: next) { $0 == .max }
    }

    /// The points in both states, which have the same dimensions.
    public func meet(_ other: Octagon) -> Octagon {
        if isBottom || other.isBottom { return .bottom(dimensions: dimensionCount) }
        return refined(by: other) { _ in true }
    }

    /// Adds the constraints of `other` that are better than those of `self`, where `replaces` says so of the latter.
    private func refined(by other: Octagon, _ replaces: (Int128) -> Bool) -> Octagon {
        precondition(dimensionCount == other.dimensionCount, "states of different dimensions")
        var result = closedOnly
        for index in store.pages.indices where store.pages[index] !== other.store.pages[index] {
            let mine = store.pages[index].bounds, others = other.store.pages[index].bounds
            for literal in 0..<(2 * OctagonPage.size) where others[literal] < mine[literal] && replaces(mine[literal]) {
                result.assumeBound(index * 2 * OctagonPage.size + literal, others[literal])
                if result.isBottom { return result }
            }
        }
        for index in store.pages.indices where store.pages[index] !== other.store.pages[index] {
            let mine = store.pages[index].blocks, others = other.store.pages[index].blocks
            for slot in 0..<OctagonPage.size where mine[slot] !== others[slot] {
                guard let block = others[slot] else { continue }
                result.assumeRelations(of: block) { replaces(store.effective($0, $1)) }
                if result.isBottom { return result }
            }
        }
        return result
    }

    /// Adds the relations of a block that are not implied, if `isWanted`.
    private mutating func assumeRelations(of block: OctagonBlock, where isWanted: (Int, Int) -> Bool) {
        var added: [OctagonStore.Relation] = []
        let dimensions = block.dimensions
        for p in 2..<block.side {
            let first = 2 * Int(dimensions[p >> 1]) + p & 1
            for q in 0..<(p & ~1) {
                let bound = block.relation(p, q), second = 2 * Int(dimensions[q >> 1]) + q & 1
                if bound < store.effective(first, second) && isWanted(first, second) {
                    added.append(OctagonStore.Relation(first: first, second: second, bound: bound))
                }
            }
        }
        assumeRelations(added)
    }

    /// Adds relations: closing once costs as much as a few single steps.
    mutating func assumeRelations(_ relations: [OctagonStore.Relation]) {
        if isBottom { return }
        let added = relations.filter { $0.bound < store.effective($0.first, $0.second) }
        // The kernels' sums stay in range only up to so many dimensions.
        if added.count > 3 && dimensionCount <= OctagonBlock.largestCount {
            unclosed = nil
            if !store.addRelations(added) { becomeBottom() }
            return
        }
        for relation in added where !isBottom { assumeRelation(relation.first, relation.second, relation.bound) }
    }
}

extension OctagonMerge {
    /// The left bound where the right one is not greater, else the next threshold.
    mutating func widenBounds(_ thresholds: Thresholds) {
        for index in left.pages.indices where left.pages[index] !== right.pages[index] {
            let mine = left.pages[index].bounds, others = right.pages[index].bounds
            for literal in 0..<(2 * OctagonPage.size) where mine[literal] < others[literal] {
                let bound = others[literal]
                var widened = OctagonBound.infinity
                if bound != .max {
                    if literal & 1 == 0 {
                        widened = thresholds.integer(atLeast: bound) ?? .max
                    } else if let threshold = thresholds.integer(atMost: 0 - bound) {
                        // -x <= bound, where a threshold is for x.
                        widened = threshold == .min ? .max : 0 - threshold
                    }
                }
                result.setBound(index * 2 * OctagonPage.size + literal, widened)
            }
        }
    }
}

extension OctagonStore {
    /// A bound of the sum of two literals of different dimensions.
    struct Relation {
        var first: Int
        var second: Int
        var bound: Int128
    }

    /// Closes every block and the bounds, except those that a closed state has just so. False if no point is left.
    mutating func closeAll(except known: OctagonStore) -> Bool {
        var blocks: [OctagonBlock] = []
        for index in pages.indices where pages[index] !== known.pages[index] {
            let mine = pages[index].blocks
            for slot in 0..<OctagonPage.size {
                if let block = mine[slot],
                    known.pages[index].blocks[slot] !== block || !hasBounds(of: known, for: block)
                {
                    blocks.append(block)
                }
            }
        }
        // In pages that are shared, leaders of blocks whose bounds elsewhere are not.
        for index in pages.indices where pages[index] === known.pages[index] {
            let mine = pages[index].blocks
            for slot in 0..<OctagonPage.size {
                if let block = mine[slot], !hasBounds(of: known, for: block) { blocks.append(block) }
            }
        }
        for block in blocks {
            if !closeAndSettle(block.copy(isWide: block.isWide)) { return false }
            // Where nothing changed, the next widening finds the same block.
            let leader = Int(block.dimensions[0])
            if let new = self.block(ledBy: leader), new !== block, new.isEqual(to: block) {
                page(leader >> 4).blocks[leader & 15] = block
            }
        }
        return true
    }

    /// Whether the dimensions of a block have the same bounds in both states.
    private func hasBounds(of other: OctagonStore, for block: OctagonBlock) -> Bool {
        let dimensions = block.dimensions
        for position in 0..<block.count {
            let upper = 2 &* Int(dimensions[position])
            if pages[upper >> 5] === other.pages[upper >> 5] { continue }
            if bound(upper) != other.bound(upper) || bound(upper &+ 1) != other.bound(upper &+ 1) { return false }
        }
        return true
    }

    /// Adds relations and closes the blocks they touch from scratch. False if no point is left.
    mutating func addRelations(_ relations: [Relation]) -> Bool {
        let target = gather(relations.flatMap { [$0.first >> 1, $0.second >> 1] }, isWide: true)
        let matrix = target.matrix(Int128.self), side = target.side
        var places = Array(repeating: 0, count: count)
        for position in 0..<target.count { places[Int(target.dimensions[position])] = position }
        for relation in relations where OctagonBlock.isRepresentable(relation.bound) {
            let p = 2 * places[relation.first >> 1] + relation.first & 1
            let q = 2 * places[relation.second >> 1] + relation.second & 1
            if relation.bound < matrix[p * side + q] {
                matrix[p * side + q] = relation.bound
                matrix[q * side + p] = relation.bound
            }
        }
        return closeAndSettle(target.fitsNarrow ? target.copy(isWide: false) : target)
    }

    /// A new block with the relations of the blocks of some dimensions, which are taken out. It has to be put in, or
    /// what is left of it.
    mutating func gather(_ wanted: [Int], isWide: Bool) -> OctagonBlock {
        var dimensions: [Int32] = [], blocks: [OctagonBlock] = []
        var isWide = isWide
        for dimension in wanted.count > OctagonPage.size ? Array(Set(wanted)) : wanted {
            if dimensions.contains(Int32(truncatingIfNeeded: dimension)) { continue }
            if let block = block(of: dimension) {
                dimensions.append(contentsOf: UnsafeBufferPointer(start: block.dimensions, count: block.count))
                blocks.append(block)
                isWide = isWide || block.isWide
                takeOut(block)
            } else {
                dimensions.append(Int32(truncatingIfNeeded: dimension))
            }
        }
        dimensions.sort()
        let result = OctagonBlock.empty(count: dimensions.count, isWide: isWide)
        for (position, dimension) in dimensions.enumerated() { result.dimensions[position] = dimension }
        for block in blocks { block.embed(into: result) }
        return result
    }

    /// Closes a new block that has no part in the state yet, and puts it in.
    private mutating func closeAndSettle(_ block: OctagonBlock) -> Bool {
        var block = block
        return withUnsafeTemporaryAllocation(of: Int128.self, capacity: block.side) { memory in
            let bounds = memory.baseAddress!
            loadBounds(of: block, into: bounds)
            let outcome =
                block.isWide
                ? block.close(Int128.self, bounds: bounds) : block.close(Int64.self, bounds: bounds)
            if outcome == .empty { return false }
            if outcome == .outOfRange { block = block.copy(isWide: true) }
            settle(block, bounds: bounds)
            return true
        }
    }
}

extension OctagonBlock {
    func close<Weight: OctagonWeight>(_ type: Weight.Type, bounds: UnsafeMutablePointer<Int128>) -> OctagonOutcome {
        withUnsafeTemporaryAllocation(of: Weight.self, capacity: 2 * side) { scratch in
            OctagonKernel.close(matrix(type), side: side, bounds: bounds, scratch: scratch.baseAddress!)
        }
    }

    func close<Weight: OctagonWeight>(
        _ type: Weight.Type, around literal: Int, bounds: UnsafeMutablePointer<Int128>
    ) -> OctagonOutcome {
        withUnsafeTemporaryAllocation(of: Weight.self, capacity: 2 * side) { scratch in
            OctagonKernel.close(
                matrix(type), side: side, around: literal, bounds: bounds, scratch: scratch.baseAddress!)
        }
    }
}
