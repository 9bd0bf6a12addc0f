// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices
import Numbers

// Conversions between formats and between floats and integers (C11 6.3.1.4, 6.3.1.5, F.4). All are monotone.
extension FloatInterval {
    /// `(format) x`: exact to a wider format, rounded to nearest to a narrower one.
    @inlinable
    public func converted(to format: FloatFormat) -> FloatInterval {
        if isNumericEmpty { return FloatInterval(lower, upper, mayBeNaN: mayBeNaN, format: format) }
        return FloatInterval(format.rounded(lower), format.rounded(upper), mayBeNaN: mayBeNaN, format: format)
    }

    /// `(format) n`: rounded to nearest.
    ///
    /// A bound that is infinite, or rounded outward by `ExtendedInteger`, becomes an infinity.
    @inlinable
    public init(converting integers: IntegerInterval, to format: FloatFormat) {
        if integers.isBottom {
            self = .bottom(format)
        } else {
            self.init(
                integers.lower.isFinite ? format.rounded(integers.lower.storage) : -.infinity,
                integers.upper.isFinite ? format.rounded(integers.upper.storage) : .infinity, format: format)
        }
    }

    /// `trunc(x)` as integers. NaN and infinities have none: whether they, or integers out of the target type's range,
    /// are possible is the caller's obligation (C11 6.3.1.4p1).
    @inlinable
    public func truncatedToInteger() -> IntegerInterval {
        if isNumericEmpty { return .bottom }
        if lower == upper && lower.isInfinite { return .bottom }
        return IntegerInterval(
            FloatInterval.bound(lower, beyond: lower < 0 ? .negativeInfinity : .greatestFinite),
            FloatInterval.bound(upper, beyond: upper < 0 ? .leastFinite : .positiveInfinity))
    }

    /// The truncation of a bound, or `beyond` if it is not a finite `ExtendedInteger`.
    @inlinable
    static func bound(_ value: Double, beyond: ExtendedInteger) -> ExtendedInteger {
        // 2^127; below it in magnitude every double converts, and none truncates to a sentinel.
        guard value.magnitude < 0x1p127 else { return beyond }
        return ExtendedInteger(exactly: Int128(value)) ?? beyond
    }
}
