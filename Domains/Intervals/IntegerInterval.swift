// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices
import Numbers

/// A contiguous range of mathematical integers.
///
/// - Concretization: all integers v with `lower <= v <= upper`.
/// - Order: inclusion, decided exactly. The join is the hull, the meet the intersection.
/// - Representation: two extended bounds. In normal form `lower` is never plus infinity nor `upper` minus infinity, but
///   for the one empty value, which has both. Bounds outside `ExtendedInteger`'s finite range are rounded outward.
/// - Widening: an unstable bound moves to the next threshold outward and past the last one to infinity; each bound
///   moves at most once per threshold, so chains end. Narrowing replaces infinite bounds only, so each moves once.
/// - Cost: constant time and 32 bytes; bitwise operations take a step per bit.
/// - Known imprecision: no holes, so `x != c` is lost inside the range; a wrap that crosses a multiple of the modulus
///   loses both bounds. Sums, products, quotients, remainders by constants, shifts, and bitwise operations on bounded
///   operands give the tightest interval (*checked* by `IntegerIntervalTests` against enumeration; remainders by
///   intervals may be wider).
/// - Reference: P. Cousot, R. Cousot, "Static determination of dynamic properties of programs", Int. Symp. on
///   Programming 1976. H. S. Warren, "Hacker's Delight", 2nd ed., section 4-3 for bitwise bounds.
@frozen
public struct IntegerInterval: Hashable, Sendable {
    public let lower: ExtendedInteger
    public let upper: ExtendedInteger

    /// The interval between two bounds; empty if they exclude every integer.
    @inlinable
    public init(_ lower: ExtendedInteger, _ upper: ExtendedInteger) {
        if upper < lower || lower == .positiveInfinity || upper == .negativeInfinity {
            self.lower = .positiveInfinity
            self.upper = .negativeInfinity
        } else {
            self.lower = lower
            self.upper = upper
        }
    }

    @inlinable
    init(normalLower lower: ExtendedInteger, upper: ExtendedInteger) {
        self.lower = lower
        self.upper = upper
    }

    @inlinable
    public init(constant: Int128) {
        self.init(normalLower: ExtendedInteger(roundingDown: constant), upper: ExtendedInteger(roundingUp: constant))
    }

    @inlinable
    public static func range(_ lower: Int128, _ upper: Int128) -> IntegerInterval {
        lower > upper
            ? .bottom : IntegerInterval(ExtendedInteger(roundingDown: lower), ExtendedInteger(roundingUp: upper))
    }

    /// The values of a machine integer type: `0 ..< 2^width`, or `-2^(width-1) ..< 2^(width-1)` if `signed`.
    @inlinable
    public static func machine(width: Int, signed: Bool) -> IntegerInterval {
        if signed {
            if width >= 128 { return .top }
            let half = Int128(1) &<< Int128(width - 1)
            return IntegerInterval(ExtendedInteger(roundingDown: -half), ExtendedInteger(roundingUp: half - 1))
        }
        if width >= 127 { return .nonNegative }
        return IntegerInterval(.zero, ExtendedInteger(roundingUp: (Int128(1) &<< Int128(width)) - 1))
    }

    @inlinable
    public static var nonNegative: IntegerInterval { IntegerInterval(normalLower: .zero, upper: .positiveInfinity) }

    @inlinable
    public static var negative: IntegerInterval {
        IntegerInterval(normalLower: .negativeInfinity, upper: ExtendedInteger(-1))
    }

    @inlinable public var isBottom: Bool { upper < lower }

    @inlinable public var isTop: Bool { lower == .negativeInfinity && upper == .positiveInfinity }

    /// Whether both bounds are finite; false if empty.
    @inlinable public var isBounded: Bool { lower.isFinite && upper.isFinite }

    @inlinable
    public var constant: Int128? { lower == upper ? lower.storage : nil }

    @inlinable
    public func contains(_ concrete: Int128) -> Bool { lower.storage <= concrete && concrete <= upper.storage }
}

extension IntegerInterval: CustomStringConvertible {
    public var description: String { isBottom ? "empty" : "[\(lower), \(upper)]" }
}
