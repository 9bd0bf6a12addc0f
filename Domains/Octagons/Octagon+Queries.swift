// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Numbers

// What a state says.
extension Octagon {
    /// The least upper bound of a literal: minus infinity if no point is left.
    public func upperBound(of literal: OctagonLiteral) -> ExtendedInteger {
        isBottom ? .negativeInfinity : Octagon.extended(store.bound(literal.index))
    }

    /// The least upper bound of the sum of two literals, which may be of one dimension.
    public func upperBound(of first: OctagonLiteral, _ second: OctagonLiteral) -> ExtendedInteger {
        if isBottom { return .negativeInfinity }
        if first == second.negated { return .zero }
        if first == second {
            let bound = store.bound(first.index)
            return Octagon.extended(OctagonBound.sum(bound, bound))
        }
        return Octagon.extended(store.effective(first.index, second.index))
    }

    /// The bounds of a dimension: the lower one greater than the upper one if no point is left.
    public func bounds(of dimension: Int) -> (lower: ExtendedInteger, upper: ExtendedInteger) {
        if isBottom { return (.positiveInfinity, .negativeInfinity) }
        let lower = Octagon.extended(store.bound(2 * dimension + 1)).negatedRoundedDown()
        return (lower, Octagon.extended(store.bound(2 * dimension)))
    }

    /// The only value of a dimension, if there is just one.
    public func constant(of dimension: Int) -> Int128? {
        if isBottom { return nil }
        let upper = store.bound(2 * dimension), lower = store.bound(2 * dimension + 1)
        return OctagonBound.areOpposite(upper, lower) ? upper : nil
    }

    /// The relations that bounds do not imply: what a state has beyond intervals. Empty for bottom.
    ///
    /// They are closed, so some imply others. Ordered by their dimensions; each relation is listed once.
    public var relations: [OctagonalConstraint] {
        var result: [OctagonalConstraint] = []
        if isBottom { return result }
        store.forEachBlock { block in
            for q in 2..<block.side {
                for p in 0..<(q & ~1) {
                    let bound = block.relation(p, q)
                    if bound == .max { continue }
                    let first = 2 * Int(block.dimensions[p >> 1]) + p & 1
                    let second = 2 * Int(block.dimensions[q >> 1]) + q & 1
                    result.append(
                        OctagonalConstraint(OctagonLiteral(index: first), OctagonLiteral(index: second), atMost: bound))
                }
            }
        }
        return result
    }

    /// The finite bounds of all dimensions. Empty for bottom.
    public var boundConstraints: [OctagonalConstraint] {
        if isBottom { return [] }
        return (0..<(2 * dimensionCount)).compactMap { literal in
            let bound = store.bound(literal)
            return bound == .max ? nil : OctagonalConstraint(OctagonLiteral(index: literal), atMost: bound)
        }
    }

    /// Bounds and relations: their conjunction is the state, unless it is bottom.
    public var constraints: [OctagonalConstraint] { boundConstraints + relations }

    /// The dimensions that relations connect with one, itself among them, in ascending order.
    public func relatedDimensions(of dimension: Int) -> [Int] {
        guard !isBottom, let block = store.block(of: dimension) else { return [dimension] }
        return (0..<block.count).map { Int(block.dimensions[$0]) }
    }

    static func extended(_ bound: Int128) -> ExtendedInteger {
        bound == .max ? .positiveInfinity : ExtendedInteger(roundingUp: bound)
    }
}

extension Octagon: CustomStringConvertible {
    public var description: String {
        isBottom ? "empty" : "{" + constraints.map(\.description).joined(separator: ", ") + "}"
    }
}
