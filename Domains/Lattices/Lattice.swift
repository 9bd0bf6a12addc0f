// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A partially ordered set of abstract values with joins and meets.
///
/// The order is an approximation of inclusion of concretizations: `isSubset` true is a proof that every concrete
/// value of `self` is one of `other`; `isSubset` false only means "not shown".
public protocol Lattice: Equatable, Sendable {
    /// The value that describes nothing: unreachable, contradictory.
    static var bottom: Self { get }

    /// Whether the value is known to describe nothing. False only means "not shown".
    var isBottom: Bool { get }

    func isSubset(of other: Self) -> Bool

    /// *An* upper bound of both operands; the least one where a domain has it.
    func join(_ other: Self) -> Self

    /// A value that contains what lies in both operands.
    func meet(_ other: Self) -> Self
}

/// A lattice that has a greatest value, which describes everything.
public protocol BoundedLattice: Lattice {
    static var top: Self { get }
}

extension BoundedLattice {
    /// Whether the value is known to exclude nothing.
    @inlinable
    public var isTop: Bool { Self.top.isSubset(of: self) }
}
