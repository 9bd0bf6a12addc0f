// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// Dimensions come and go. Adding and dropping the last one is cheap; whatever moves others rebuilds their blocks.
extension Octagon {
    /// Adds an unbounded dimension behind the others, and returns it.
    @discardableResult
    public mutating func addDimension() -> Int {
        unclosed = nil
        store.appendDimension()
        return store.count - 1
    }

    /// Adds a dimension that equals another one: a copy.
    @discardableResult
    public mutating func addDimension(equalTo other: Int) -> Int {
        let dimension = addDimension()
        assign(dimension, .plus(other), plus: 0)
        return dimension
    }

    /// Removes the dimension behind all others, whatever is known of it.
    public mutating func removeLastDimension() {
        if isBottom {
            store.dropLastDimension()
            return
        }
        forget(dimensionCount - 1)
        store.dropLastDimension()
    }

    /// Removes a dimension. The last one takes its place and number, unless it is the one removed; so nothing else moves.
    public mutating func removeDimension(_ x: Int) {
        let last = dimensionCount - 1
        if x != last { rename(last, to: x) }
        removeLastDimension()
    }

    /// `x := y; forget y`: what was known of y is known of x, and nothing of y.
    public mutating func rename(_ y: Int, to x: Int) {
        if isBottom || x == y { return }
        forget(x)
        assign(x, .plus(y), plus: 0)
        forget(y)
    }

    /// The state over `count` dimensions in which dimension `target[d]` is what d was. Dimensions without a target are
    /// removed; those that are no target are unbounded. Targets are distinct.
    public func renamed(_ target: [Int?], dimensions count: Int) -> Octagon {
        precondition(target.count == dimensionCount, "a target, or nil, for each dimension")
        var source = self
        for dimension in 0..<dimensionCount where target[dimension] == nil { source.forget(dimension) }
        var result = Octagon.top(dimensions: count, maximumBlockSize: store.maximumBlockSize)
        result.isBottom = isBottom
        if isBottom { return result }
        for (dimension, place) in target.enumerated() {
            guard let place else { continue }
            let upper = source.store.bound(2 * dimension), negated = source.store.bound(2 * dimension + 1)
            if upper != .max || negated != .max { result.store.setBounds(place, upper: upper, negatedLower: negated) }
        }
        source.store.forEachBlock { block in
            // No dimension of a block was forgotten.
            let targets = (0..<block.count).compactMap { target[Int(block.dimensions[$0])] }
            result.store.install(block.renamed(targets))
        }
        return result
    }
}

extension OctagonBlock {
    /// The block with other dimensions, given in the order of its own.
    func renamed(_ targets: [Int]) -> OctagonBlock {
        let order = targets.indices.sorted { targets[$0] < targets[$1] }
        let result = OctagonBlock.empty(count: count, isWide: isWide)
        var places = Array(repeating: Int32(0), count: count)
        for (place, position) in order.enumerated() {
            result.dimensions[place] = Int32(truncatingIfNeeded: targets[position])
            places[position] = Int32(truncatingIfNeeded: place)
        }
        let positions = (0..<count).map { Int32(truncatingIfNeeded: $0) }
        positions.withUnsafeBufferPointer { positions in
            places.withUnsafeBufferPointer { copy(positions, into: result, at: $0.baseAddress!) }
        }
        return result
    }
}
