// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A lattice that means something: each value stands for a set of concrete ones.
///
/// Iteration towards a post-fixpoint always goes `previous.widening(next: previous.join(candidate), thresholds:)`,
/// so a widening may rely on `self.isSubset(of: next)`; and back down by `previous.narrowing(next:)`, where
/// `next` is the result of one more application of the function to `previous`.
public protocol AbstractDomain: Lattice {
    associatedtype Concrete

    /// Membership in the concretization.
    func contains(_ concrete: Concrete) -> Bool

    /// An upper bound of `self` and `next` such that every chain built by repeated widening with the same
    /// thresholds is finite.
    func widening(next: Self, thresholds: Thresholds) -> Self

    /// A value between `self.meet(next)` and `self` such that every chain of repeated narrowing is finite.
    func narrowing(next: Self) -> Self
}

/// An abstract domain in which every strictly ascending chain is finite, so that joins alone end.
///
/// The only domains that get a widening for free.
public protocol FiniteHeightDomain: AbstractDomain {}

extension FiniteHeightDomain {
    @inlinable
    public func widening(next: Self, thresholds: Thresholds) -> Self { next }

    /// Keeps `self`: sound, and ends at once. Domains that can gain override it.
    @inlinable
    public func narrowing(next: Self) -> Self { self }
}

/// An abstract domain for one value: an integer, a float, a pointer.
public protocol ValueDomain: AbstractDomain, BoundedLattice {
    /// The most precise abstraction of one concrete value.
    init(constant: Concrete)
}

/// An abstract domain for a whole state: a value for each variable, and possibly relations between them.
public protocol StateDomain: AbstractDomain, BoundedLattice {
    associatedtype Variable: Hashable
    associatedtype Value: ValueDomain

    /// What the state knows about one variable, its relations to others projected away.
    func value(of variable: Variable) -> Value

    /// `variable := v` for any v in `value`; everything known about the old value is lost.
    mutating func assign(_ value: Value, to variable: Variable)

    /// Keeps the states in which `variable` has a value in `value`.
    mutating func restrict(_ variable: Variable, to value: Value)

    /// `variable := anything`.
    mutating func forget(_ variable: Variable)
}
