// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Which outcomes a condition may have: the powerset of {false, true}.
///
/// - Concretization: `false` if `mayBeFalse`, `true` if `mayBeTrue`.
/// - Order: inclusion; height 2, so widening is the join.
@frozen
public struct Truth: FiniteHeightDomain, ValueDomain, Hashable {
    public var mayBeFalse: Bool
    public var mayBeTrue: Bool

    @inlinable
    public init(mayBeFalse: Bool, mayBeTrue: Bool) {
        self.mayBeFalse = mayBeFalse
        self.mayBeTrue = mayBeTrue
    }

    @inlinable
    public init(constant: Bool) { self.init(mayBeFalse: !constant, mayBeTrue: constant) }

    @inlinable public static var bottom: Truth { Truth(mayBeFalse: false, mayBeTrue: false) }
    @inlinable public static var top: Truth { Truth(mayBeFalse: true, mayBeTrue: true) }
    @inlinable public static var alwaysTrue: Truth { Truth(constant: true) }
    @inlinable public static var alwaysFalse: Truth { Truth(constant: false) }

    @inlinable public var isBottom: Bool { !mayBeFalse && !mayBeTrue }
    @inlinable public var isAlwaysTrue: Bool { mayBeTrue && !mayBeFalse }
    @inlinable public var isAlwaysFalse: Bool { mayBeFalse && !mayBeTrue }

    @inlinable
    public func contains(_ concrete: Bool) -> Bool { concrete ? mayBeTrue : mayBeFalse }

    @inlinable
    public func isSubset(of other: Truth) -> Bool {
        (!mayBeFalse || other.mayBeFalse) && (!mayBeTrue || other.mayBeTrue)
    }

    @inlinable
    public func join(_ other: Truth) -> Truth {
        Truth(mayBeFalse: mayBeFalse || other.mayBeFalse, mayBeTrue: mayBeTrue || other.mayBeTrue)
    }

    @inlinable
    public func meet(_ other: Truth) -> Truth {
        Truth(mayBeFalse: mayBeFalse && other.mayBeFalse, mayBeTrue: mayBeTrue && other.mayBeTrue)
    }

    /// Logical negation of each outcome.
    @inlinable
    public func negated() -> Truth { Truth(mayBeFalse: mayBeTrue, mayBeTrue: mayBeFalse) }
}
