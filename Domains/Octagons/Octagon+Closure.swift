// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// Adding constraints to a closed state, which is closed again afterwards.
extension Octagon {
    /// `assume(constraint)`: keeps the points that satisfy it.
    public mutating func assume(_ constraint: OctagonalConstraint) {
        if isBottom { return }
        let first = constraint.first.index
        guard let second = constraint.second?.index, second != first else {
            let isDouble = constraint.second != nil
            assumeBound(first, isDouble ? constraint.bound >> 1 : constraint.bound)
            return
        }
        if second == first ^ 1 {
            if constraint.bound < 0 { becomeBottom() }
        } else {
            assumeRelation(first, second, constraint.bound)
        }
    }

    /// `assume` for many constraints: blocks are closed once.
    public mutating func assume(_ constraints: [OctagonalConstraint]) {
        var added: [OctagonStore.Relation] = []
        for constraint in constraints where !isBottom {
            guard let second = constraint.second, second.dimension != constraint.first.dimension else {
                assume(constraint)
                continue
            }
            added.append(
                OctagonStore.Relation(first: constraint.first.index, second: second.index, bound: constraint.bound))
        }
        assumeRelations(added)
    }

    /// `V_p <= bound`
    mutating func assumeBound(_ p: Int, _ bound: Int128) {
        if bound >= store.bound(p) { return }
        // Rounded up: the least value of 128 bits is no bound.
        let bound = Swift.max(bound, .min + 1)
        if OctagonBound.isNegativeSum(bound, store.bound(p ^ 1)) { return becomeBottom() }
        unclosed = nil
        guard let block = store.block(of: p >> 1) else { return store.setBound(p, bound) }
        let place = 2 * Int(store.link(p >> 1).position) + p & 1
        if block.isWide {
            assumeBound(block, Int128.self, place, bound)
        } else {
            assumeBound(block, Int64.self, place, bound)
        }
    }

    private mutating func assumeBound<Weight: OctagonWeight>(
        _ block: OctagonBlock, _ type: Weight.Type, _ place: Int, _ bound: Int128
    ) {
        let side = block.side, matrix = block.matrix(type)
        let isEmpty = withUnsafeTemporaryAllocation(of: Int128.self, capacity: side) { memory in
            let bounds = memory.baseAddress!
            store.loadBounds(of: block, into: bounds)
            bounds[place] = bound
            // A closed row has every way to another bound.
            let row = matrix + (place ^ 1) &* side
            func isImplied(_ p: Int) -> Bool {
                OctagonKernel.hasImplied(matrix + p &* side, side: side, p, bounds: bounds)
            }
            var hasImplied = isImplied(place)
            for q in 0..<side where q != place {
                let weight = row[q]
                if weight >= Weight.presentLimit { continue }
                let sum = OctagonBound.sum(Int128(weight), bound)
                if sum < bounds[q] {
                    bounds[q] = sum
                    if OctagonBound.isNegativeSum(sum, bounds[q ^ 1]) { return true }
                    hasImplied = hasImplied || isImplied(q)
                }
            }
            if !hasImplied {
                // Of two bounds that fell, the later one's row was looked at with both.
                store.storeBounds(of: block, from: bounds)
                return false
            }
            store.settle(block.copy(isWide: block.isWide), bounds: bounds)
            return false
        }
        if isEmpty { becomeBottom() }
    }

    /// `V_p + V_q <= bound` for literals of different dimensions.
    mutating func assumeRelation(_ p: Int, _ q: Int, _ bound: Int128) {
        let upperP = store.bound(p), upperQ = store.bound(q), lowerP = store.bound(p ^ 1), lowerQ = store.bound(q ^ 1)
        if OctagonBound.isSum(upperP, upperQ, atMost: bound) { return }
        let relation = store.relation(p, q)
        if relation <= bound { return }
        // A constant takes part in no relation.
        if OctagonBound.areOpposite(upperQ, lowerQ) { return assumeBound(p, OctagonBound.sum(bound, lowerQ)) }
        if OctagonBound.areOpposite(upperP, lowerP) { return assumeBound(q, OctagonBound.sum(bound, lowerP)) }
        if bound > Int128.largest || bound < -Int128.largest {
            // Such a relation is not kept, but what it says of each bound is.
            assumeBound(p, OctagonBound.sum(bound, lowerQ))
            if !isBottom { assumeBound(q, OctagonBound.sum(bound, lowerP)) }
            return
        }
        unclosed = nil
        if !store.addRelation(p, q, bound) { becomeBottom() }
    }
}

extension OctagonStore {
    /// Adds a relation that is not implied. False if no point is left.
    mutating func addRelation(_ p: Int, _ q: Int, _ weight: Int128) -> Bool {
        let isWide = !OctagonStore.isSmall(weight)
        let left = link(p >> 1), right = link(q >> 1)
        let known =
            left.leader >= 0 && left.leader == right.leader
            ? mutableBlock(ledBy: Int(left.leader), isWide: isWide) : nil
        let block = known ?? gather([p >> 1, q >> 1], isWide: isWide)
        let a = 2 &* block.position(of: p >> 1) &+ p & 1, b = 2 &* block.position(of: q >> 1) &+ q & 1
        if !block.isWide, let isLeft = addSmall(block, a, b, Int64(truncatingIfNeeded: weight), isNew: known == nil) {
            return isLeft
        }
        return withUnsafeTemporaryAllocation(of: Int128.self, capacity: block.side) { memory in
            let bounds = memory.baseAddress!
            loadBounds(of: block, into: bounds)
            let (outcome, hasLost) =
                block.isWide
                ? block.add(Int128.self, a, b, weight, bounds: bounds)
                : block.add(Int64.self, a, b, weight, bounds: bounds)
            if outcome == .empty { return false }
            storeBounds(of: block, from: bounds)
            if hasLost || known == nil || outcome == .outOfRange || block.isWide {
                installComponents(of: outcome == .outOfRange ? block.copy(isWide: true) : block, bounds: bounds)
            }
            return true
        }
    }

    /// The same where bounds are small enough to be added as weights are; nil where they are not.
    private mutating func addSmall(
        _ block: OctagonBlock, _ a: Int, _ b: Int, _ weight: Int64, isNew: Bool
    ) -> Bool? {
        let side = block.side
        return withUnsafeTemporaryAllocation(of: Int64.self, capacity: 5 &* side &+ side >> 1) { memory -> Bool? in
            let bounds = memory.baseAddress!, changed = UnsafeMutableRawPointer(bounds + 5 &* side)
            if !loadSmallBounds(of: block, into: bounds) { return nil }
            var addition = OctagonAddition(
                block.matrix(Int64.self), side: side, bounds: bounds, scratch: bounds + side,
                changed: changed.bindMemory(to: Int32.self, capacity: side))
            let outcome = addition.add(a, b, weight)
            if outcome == .empty { return false }
            for index in 0..<addition.changes where addition.changed[index] & 1 != 0 {
                let literal = Int(addition.changed[index] >> 1)
                setBound(2 &* Int(block.dimensions[literal >> 1]) &+ literal & 1, Int128(bounds[literal]))
            }
            if isNew || outcome == .outOfRange || addition.hasLost && !block.hasRelationsOfFirst() {
                let block = outcome == .outOfRange ? block.copy(isWide: true) : block
                withUnsafeTemporaryAllocation(of: Int128.self, capacity: side) { memory in
                    loadBounds(of: block, into: memory.baseAddress!)
                    installComponents(of: block, bounds: memory.baseAddress!)
                }
            }
            return true
        }
    }
}

extension OctagonBlock {
    fileprivate func add<Weight: OctagonWeight>(
        _ type: Weight.Type, _ a: Int, _ b: Int, _ weight: Int128, bounds: UnsafeMutablePointer<Int128>
    ) -> (outcome: OctagonOutcome, hasLost: Bool) {
        let side = side
        return withUnsafeTemporaryAllocation(of: Weight.self, capacity: 4 * side) { scratch in
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: side) { changed in
                var addition = OctagonAddition(
                    matrix(type), side: side, bounds: bounds, scratch: scratch.baseAddress!,
                    changed: changed.baseAddress!)
                return (addition.add(a, b, Weight(truncatingIfNeeded: weight)), addition.hasLost)
            }
        }
    }

    /// Whether the first dimension is related to every other, so that a narrow block does not fall apart.
    fileprivate func hasRelationsOfFirst() -> Bool {
        let row = matrix(Int64.self), side = side
        for position in 1..<count where !OctagonStore.areRelated(row, side, position) { return false }
        return true
    }

    /// Writes all relations into a block that has at least the same dimensions.
    func embed(into target: OctagonBlock) {
        let count = count
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * count) { memory in
            let positions = memory.baseAddress!, places = positions + count
            var place = 0
            for position in 0..<count {
                while target.dimensions[place] != dimensions[position] { place += 1 }
                positions[position] = Int32(truncatingIfNeeded: position)
                places[position] = Int32(truncatingIfNeeded: place)
            }
            copy(UnsafeBufferPointer(start: positions, count: count), into: target, at: places)
        }
    }
}
