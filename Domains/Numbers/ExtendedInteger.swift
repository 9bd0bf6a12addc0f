// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// An integer bound: minus infinity, an exact integer, or plus infinity.
///
/// Finite values lie in `-(2^127 - 1) ... 2^127 - 2`. The two extreme bit patterns of `Int128` are the infinities,
/// so the order of bounds is the order of their bit patterns, and no finite value equals a sentinel.
///
/// Arithmetic is *directed*: an exact result outside the finite range becomes the next bound in the direction asked
/// for, `RoundedDown` for lower bounds and `RoundedUp` for upper ones. It never traps and never wraps.
@frozen
public struct ExtendedInteger: Hashable, Comparable, Sendable {
    /// The value, or `Int128.min` or `Int128.max` for the infinities.
    public let storage: Int128

    @inlinable
    init(storage: Int128) { self.storage = storage }

    @inlinable public static var negativeInfinity: ExtendedInteger { ExtendedInteger(storage: .min) }
    @inlinable public static var positiveInfinity: ExtendedInteger { ExtendedInteger(storage: .max) }
    @inlinable public static var leastFinite: ExtendedInteger { ExtendedInteger(storage: .min + 1) }
    @inlinable public static var greatestFinite: ExtendedInteger { ExtendedInteger(storage: .max - 1) }
    @inlinable public static var zero: ExtendedInteger { ExtendedInteger(storage: 0) }

    /// A value that always is finite.
    @inlinable
    public init(_ value: Int64) { self.storage = Int128(value) }

    /// The greatest bound that is at most `value`: a lower bound for it.
    @inlinable
    public init(roundingDown value: Int128) { self.storage = value == .max ? .max - 1 : value }

    /// The least bound that is at least `value`: an upper bound for it.
    @inlinable
    public init(roundingUp value: Int128) { self.storage = value == .min ? .min + 1 : value }

    /// The exact value, or nil if it is one of the two that are taken by the infinities.
    @inlinable
    public init?(exactly value: Int128) {
        if value == .min || value == .max { return nil }
        self.storage = value
    }

    @inlinable public var isFinite: Bool { storage != .min && storage != .max }

    /// The integer, or nil if infinite.
    @inlinable public var finite: Int128? { isFinite ? storage : nil }

    @inlinable public var isNegative: Bool { storage < 0 }

    @inlinable
    public static func < (left: ExtendedInteger, right: ExtendedInteger) -> Bool { left.storage < right.storage }

    /// The lesser of the two; a comparison the compiler turns into a select.
    @inlinable
    public func minimum(_ other: ExtendedInteger) -> ExtendedInteger { other.storage < storage ? other : self }

    /// The greater of the two.
    @inlinable
    public func maximum(_ other: ExtendedInteger) -> ExtendedInteger { storage < other.storage ? other : self }

    /// The negation; exact but for `-(2^127 - 1)`, whose negation is not a finite value and is rounded.
    @inlinable
    public func negatedRoundedDown() -> ExtendedInteger {
        if storage == .min { return .positiveInfinity }
        if storage == .max { return .negativeInfinity }
        return ExtendedInteger(roundingDown: 0 - storage)
    }

    /// See `negatedRoundedDown`.
    @inlinable
    public func negatedRoundedUp() -> ExtendedInteger {
        if storage == .min { return .positiveInfinity }
        if storage == .max { return .negativeInfinity }
        return ExtendedInteger(roundingUp: 0 - storage)
    }
}

extension ExtendedInteger: ExpressibleByIntegerLiteral {
    @inlinable
    public init(integerLiteral value: Int64) { self.init(value) }
}

extension ExtendedInteger: CustomStringConvertible {
    public var description: String {
        switch self {
        case .negativeInfinity: "-inf"
        case .positiveInfinity: "+inf"
        default: "\(storage)"
        }
    }
}
