// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices
import Numbers

/// Relations `±x ±y <= c` between integer dimensions, with their bounds.
///
/// - Concretization: the points, one mathematical integer per dimension, that satisfy every bound and every relation.
/// - Order: inclusion. A state at rest is tightly closed: each bound and each relation, with those that bounds imply, is
///   the least that holds at all its integer points. So inclusion is decided exactly, the join is the least octagon
///   around both, and emptiness is known at once, as long as nothing was dropped (see "known imprecision").
/// - Representation: split normal form. Bounds are kept apart, as in the interval domain, in pages of sixteen dimensions.
///   Relations that no two bounds imply are in blocks, one for each group of dimensions connected by them; a block is a
///   small matrix that never changes. Pages and blocks are shared between states, and what two states share is skipped
///   when they are compared or joined. Weights of relations have 64 bits where all of a block fit, else 128: a block
///   moves between the tiers by itself, and a bound, always of 128 bits, never makes it. What does not fit 128 bits is
///   absent.
/// - Widening: an unstable bound moves to the next threshold outward, then to infinity; an unstable relation goes. The
///   left operand is taken as the last widening left it, before its closure, which could bring back what was dropped.
///   Bounds rise finitely often; a relation that goes leaves what bounds imply, so it falls only when a bound has risen.
/// - Cost: a copy shares everything. An operation touches the blocks of its dimensions only: of k dimensions each, a
///   bound takes k steps, a relation or an assignment k^2, closure after a widening k^3. Joins and inclusions take what
///   differs, and a step per page.
/// - Known imprecision: a block has at most `maximumBlockSize` dimensions; beyond that the weakest ties are dropped.
///   Weights beyond 2^113 are dropped. Meets and transfers are exact on what is expressible (*checked* by
///   `OctagonTransferTests` against enumeration, and by `OctagonClosureTests` against a textbook closure).
/// - Reference: A. Miné, "The octagon abstract domain", Higher-Order and Symbolic Computation 2006. R. Bagnara, P. M.
///   Hill, E. Zaffanella, "Weakly-relational shapes for numeric abstractions", Formal Methods in System Design 2009
///   (integers). A. Chawdhary, E. Robbins, A. King, "Incrementally closing octagons", 2019. G. Gange et al.,
///   "Exploiting sparsity in difference-bound matrices", SAS 2016 (split form). G. Singh, M. Püschel, M. Vechev, "Making
///   numerical program analysis fast", PLDI 2015 (decomposition).
public struct Octagon: Sendable {
    /// What holds when the state is not empty; of an empty one only the number of dimensions counts.
    var store: OctagonStore

    /// Whether no point is left.
    public internal(set) var isBottom: Bool

    /// The result of a widening before its closure; nil for everything else.
    var unclosed: OctagonUnclosed?

    /// Blocks of at most so many dimensions, unless the maker of a state says otherwise.
    public static let defaultMaximumBlockSize = 24

    init(store: OctagonStore) {
        self.store = store
        self.isBottom = false
        self.unclosed = nil
    }

    /// All points.
    public static func top(
        dimensions count: Int, maximumBlockSize: Int = Octagon.defaultMaximumBlockSize
    ) -> Octagon {
        let limit = Swift.min(Swift.max(maximumBlockSize, 1), OctagonBlock.largestCount)
        return Octagon(store: OctagonStore(count: count, maximumBlockSize: limit))
    }

    /// No point.
    public static func bottom(dimensions count: Int) -> Octagon {
        var result = top(dimensions: count)
        result.isBottom = true
        return result
    }

    /// How many dimensions there are: they are `0 ..< dimensionCount`.
    public var dimensionCount: Int { store.count }

    /// Drops everything but the number of dimensions.
    mutating func becomeBottom() {
        store = OctagonStore(count: store.count, maximumBlockSize: store.maximumBlockSize)
        isBottom = true
        unclosed = nil
    }

    /// Whether a point, which has a value for each dimension, is in the concretization.
    public func contains(_ point: [Int128]) -> Bool {
        if isBottom || point.count != dimensionCount { return false }
        return store.contains(point)
    }
}

/// A state that is not closed: the left operand of the next widening.
final class OctagonUnclosed: Sendable {
    let store: OctagonStore

    init(_ store: OctagonStore) { self.store = store }
}
