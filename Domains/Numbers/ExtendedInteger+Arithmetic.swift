// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The direction in which an inexact result is rounded: down for lower bounds, up for upper bounds.
@frozen
public enum BoundRounding: Sendable {
    case down, up
}

// Sums, differences and products. Where infinities of opposite sign meet, the result is the infinity of the direction:
// no information. Zero times infinity is zero, as in products of intervals, whose infinite bounds are never reached.
extension ExtendedInteger {
    @inlinable
    public func addingRoundedDown(_ other: ExtendedInteger) -> ExtendedInteger { adding(other, rounding: .down) }

    @inlinable
    public func addingRoundedUp(_ other: ExtendedInteger) -> ExtendedInteger { adding(other, rounding: .up) }

    @inlinable
    public func subtractingRoundedDown(_ other: ExtendedInteger) -> ExtendedInteger {
        subtracting(other, rounding: .down)
    }

    @inlinable
    public func subtractingRoundedUp(_ other: ExtendedInteger) -> ExtendedInteger { subtracting(other, rounding: .up) }

    @inlinable
    public func multipliedRoundedDown(by other: ExtendedInteger) -> ExtendedInteger {
        multiplied(by: other, rounding: .down)
    }

    @inlinable
    public func multipliedRoundedUp(by other: ExtendedInteger) -> ExtendedInteger {
        multiplied(by: other, rounding: .up)
    }

    @inlinable
    public func adding(_ other: ExtendedInteger, rounding: BoundRounding) -> ExtendedInteger {
        if isFinite && other.isFinite {
            let (sum, overflow) = storage.addingReportingOverflow(other.storage)
            return overflow
                ? .outOfRange(negative: isNegative, rounding: rounding) : .rounded(sum, rounding: rounding)
        }
        if !isFinite && !other.isFinite && storage != other.storage { return .unknown(rounding) }
        return isFinite ? other : self
    }

    @inlinable
    public func subtracting(_ other: ExtendedInteger, rounding: BoundRounding) -> ExtendedInteger {
        if isFinite && other.isFinite {
            let (difference, overflow) = storage.subtractingReportingOverflow(other.storage)
            return overflow
                ? .outOfRange(negative: isNegative, rounding: rounding) : .rounded(difference, rounding: rounding)
        }
        if storage == other.storage { return .unknown(rounding) }
        if !isFinite { return self }
        return other == .positiveInfinity ? .negativeInfinity : .positiveInfinity
    }

    @inlinable
    public func multiplied(by other: ExtendedInteger, rounding: BoundRounding) -> ExtendedInteger {
        if let left = Int64(exactly: storage), let right = Int64(exactly: other.storage) {
            return ExtendedInteger(storage: Int128(left) * Int128(right))
        }
        if storage == 0 || other.storage == 0 { return .zero }
        let negative = isNegative != other.isNegative
        guard isFinite && other.isFinite else { return negative ? .negativeInfinity : .positiveInfinity }
        let (product, overflow) = storage.multipliedReportingOverflow(by: other.storage)
        return overflow ? .outOfRange(negative: negative, rounding: rounding) : .rounded(product, rounding: rounding)
    }

    /// A finite result that may have the bit pattern of a sentinel.
    @inlinable
    static func rounded(_ value: Int128, rounding: BoundRounding) -> ExtendedInteger {
        switch rounding {
        case .down: ExtendedInteger(roundingDown: value)
        case .up: ExtendedInteger(roundingUp: value)
        }
    }

    /// The bound for a finite result too large in magnitude to be represented.
    @inlinable
    static func outOfRange(negative: Bool, rounding: BoundRounding) -> ExtendedInteger {
        switch (rounding, negative) {
        case (.down, true): .negativeInfinity
        case (.down, false): .greatestFinite
        case (.up, true): .leastFinite
        case (.up, false): .positiveInfinity
        }
    }

    /// The bound that says nothing.
    @inlinable
    static func unknown(_ rounding: BoundRounding) -> ExtendedInteger {
        switch rounding {
        case .down: .negativeInfinity
        case .up: .positiveInfinity
        }
    }
}
