// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Numbers

// Assignments. `x` is the dimension assigned; everything known about its old value is lost.
extension Octagon {
    /// `x := any integer`
    public mutating func forget(_ x: Int) {
        if isBottom { return }
        unclosed = nil
        store.forget(x)
    }

    /// `x := any of lower ... upper`; no point is left if there is none.
    public mutating func assign(_ x: Int, lower: ExtendedInteger, upper: ExtendedInteger) {
        if isBottom { return }
        if upper < lower || lower == .positiveInfinity || upper == .negativeInfinity { return becomeBottom() }
        forget(x)
        store.setBounds(x, upper: upper.storage, negatedLower: lower.negatedRoundedUp().storage)
    }

    /// `x := constant`
    public mutating func assign(_ x: Int, constant: Int128) {
        assign(x, lower: ExtendedInteger(roundingDown: constant), upper: ExtendedInteger(roundingUp: constant))
    }

    /// `x := literal + constant`: another dimension or x itself, negated or not.
    ///
    /// Exact, as it only copies or moves what is known of the literal.
    public mutating func assign(_ x: Int, _ literal: OctagonLiteral, plus constant: Int128) {
        assign(x, literal, plusLower: constant, upper: constant)
    }

    /// `x := literal + v` for any v in `lower ... upper`, which is not empty; the least octagon.
    mutating func assign(_ x: Int, _ literal: OctagonLiteral, plusLower lower: Int128, upper: Int128) {
        if isBottom { return }
        unclosed = nil
        let source = literal.index
        // The extreme values are infinite, or are rounded so.
        let up = Swift.max(upper, .min + 1)
        let down = lower == .min ? .max : 0 - lower
        let bound = OctagonBound.sum(store.bound(source), up)
        let negated = OctagonBound.sum(store.bound(source ^ 1), down)
        if literal.dimension == x {
            store.setBounds(x, upper: bound, negatedLower: negated)
            store.shift(2 * x, from: source, up, down)
        } else {
            let isConstant = OctagonBound.areOpposite(store.bound(source), store.bound(source ^ 1))
            store.forget(x)
            store.setBounds(x, upper: bound, negatedLower: negated)
            if !isConstant { store.relate(2 * x, to: source, up, down) }
        }
    }
}

extension OctagonStore {
    /// Takes a dimension out of its block and unbounds it.
    mutating func forget(_ x: Int) {
        if let block = block(of: x) {
            let place = block.position(of: x), count = block.count
            remove(block)
            if count > 2 {
                let rest = (0..<count).filter { $0 != place }.map { Int32(truncatingIfNeeded: $0) }
                let part = rest.withUnsafeBufferPointer { self.part(of: block, $0) }
                withUnsafeTemporaryAllocation(of: Int128.self, capacity: part.side) { memory in
                    let bounds = memory.baseAddress!
                    loadBounds(of: part, into: bounds)
                    settle(part, bounds: bounds)
                }
            }
        }
        setBounds(x, upper: .max, negatedLower: .max)
    }

    /// Replaces the relations of dimension x, whose first literal is `target`, by those of its literal `source`, moved:
    /// `V_target := V_source + v`, where `v <= up` and `-v <= down`. The bounds are the new ones already.
    mutating func shift(_ target: Int, from source: Int, _ up: Int128, _ down: Int128) {
        guard let block = block(of: target >> 1) else { return }
        let place = 2 * block.position(of: target >> 1)
        let isWide = block.isWide || !OctagonStore.isSmall(up) || !OctagonStore.isSmall(down)
        let copy = block.copy(isWide: isWide)
        let isWhole =
            isWide
            ? copy.move(Int128.self, from: block, place, place + source & 1, up, down)
            : copy.move(Int64.self, from: block, place, place + source & 1, up, down)
        replace(block, by: copy, isWhole: isWhole)
    }

    /// Copies the relations of literal `source` to dimension x, whose first literal is `target` and which has none,
    /// moved as above, and relates the two.
    mutating func relate(_ target: Int, to source: Int, _ up: Int128, _ down: Int128) {
        let isWide = !OctagonStore.isSmall(up) || !OctagonStore.isSmall(down)
        let block = gather([source >> 1, target >> 1], isWide: isWide)
        let place = 2 * block.position(of: target >> 1)
        let from = 2 * block.position(of: source >> 1) + source & 1
        let isWhole =
            block.isWide
            ? block.duplicate(Int128.self, from, to: place, up, down)
            : block.duplicate(Int64.self, from, to: place, up, down)
        replace(nil, by: block, isWhole: isWhole)
    }

    /// A block of which no relation was lost goes in as it is: a move makes none implied by bounds.
    private mutating func replace(_ old: OctagonBlock?, by block: OctagonBlock, isWhole: Bool) {
        if isWhole && block.count <= maximumBlockSize && !block.isWide { return install(block) }
        if let old { remove(old) }
        withUnsafeTemporaryAllocation(of: Int128.self, capacity: block.side) { memory in
            let bounds = memory.baseAddress!
            loadBounds(of: block, into: bounds)
            settle(isWhole || block.isWide ? block : block.copy(isWide: true), bounds: bounds)
        }
    }

    /// Whether a weight or displacement is in the range of 64 bits' weights, or infinite.
    static func isSmall(_ value: Int128) -> Bool {
        value == .max || value <= Int128(Int64.largest) && value >= -Int128(Int64.largest)
    }
}

extension OctagonBlock {
    /// Sets the rows of the dimension at `target` from those of its literal `source` in the block this is a copy of.
    /// False if a relation is lost or a weight too large to stay.
    func move<Weight: OctagonWeight>(
        _ type: Weight.Type, from block: OctagonBlock, _ target: Int, _ source: Int, _ up: Int128, _ down: Int128
    ) -> Bool {
        let side = side, matrix = matrix(type)
        // The copy has the old rows still.
        return withUnsafeTemporaryAllocation(of: Weight.self, capacity: 2 * side) { memory in
            let rows = memory.baseAddress!
            rows.update(from: matrix + source &* side, count: side)
            (rows + side).update(from: matrix + (source ^ 1) &* side, count: side)
            var isInRange = true
            for q in 0..<side where q >> 1 != target >> 1 {
                if !set(type, target, q, rows[q], up) { isInRange = false }
                if !set(type, target + 1, q, rows[side + q], down) { isInRange = false }
            }
            return isInRange
        }
    }

    /// Fills the empty rows of the dimension at `target`: `V_target := V_source + v`, `v <= up`, `-v <= down`.
    /// False if a relation is lost or a weight too large to stay.
    func duplicate<Weight: OctagonWeight>(
        _ type: Weight.Type, _ source: Int, to target: Int, _ up: Int128, _ down: Int128
    ) -> Bool {
        let side = side, matrix = matrix(type)
        var isInRange = true
        for q in 0..<side where q >> 1 != target >> 1 && q >> 1 != source >> 1 {
            if !set(type, target, q, matrix[source &* side &+ q], up) { isInRange = false }
            if !set(type, target + 1, q, matrix[(source ^ 1) &* side &+ q], down) { isInRange = false }
        }
        if !set(type, target, source ^ 1, 0, up) { isInRange = false }
        if !set(type, target + 1, source, 0, down) { isInRange = false }
        return isInRange
    }

    /// Writes `weight + displacement` at both places of an entry; infinity for an infinite displacement.
    /// False if the relation is lost or too large to stay.
    @inline(__always)
    private func set<Weight: OctagonWeight>(
        _ type: Weight.Type, _ p: Int, _ q: Int, _ weight: Weight, _ displacement: Int128
    ) -> Bool {
        let side = side, matrix = matrix(type)
        var sum = Weight.absent
        var isInRange = true
        if weight < Weight.presentLimit {
            if displacement <= Int128(Weight.largest) && displacement >= -Int128(Weight.largest) {
                sum = weight &+ Weight(truncatingIfNeeded: displacement)
                isInRange = sum <= Weight.largest && sum >= -Weight.largest
                // Weights of 128 bits have no wider tier.
                if !isInRange && Weight.bitWidth == 128 { sum = .absent }
            } else {
                isInRange = false
            }
        }
        matrix[p &* side &+ q] = sum
        matrix[q &* side &+ p] = sum
        return isInRange
    }
}
