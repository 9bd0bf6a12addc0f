// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices
import Numbers

// Shifts, and reduction to the range of a machine type.
extension IntegerInterval {
    /// `x * 2^y`, y not negative.
    @inlinable
    public func shiftedLeft(by other: IntegerInterval) -> IntegerInterval {
        let amount = other.meet(.nonNegative)
        if isBottom || amount.isBottom { return .bottom }
        return IntegerInterval(
            normalLower: lower.shiftedLeft(by: lower.isNegative ? amount.upper : amount.lower, rounding: .down),
            upper: upper.shiftedLeft(by: upper.isNegative ? amount.lower : amount.upper, rounding: .up))
    }

    /// `floor(x / 2^y)`, y not negative.
    @inlinable
    public func shiftedRight(by other: IntegerInterval) -> IntegerInterval {
        let amount = other.meet(.nonNegative)
        if isBottom || amount.isBottom { return .bottom }
        return IntegerInterval(
            normalLower: lower.shiftedRight(by: lower.isNegative ? amount.lower : amount.upper),
            upper: upper.shiftedRight(by: upper.isNegative ? amount.upper : amount.lower))
    }

    /// The integer congruent to x modulo `2^width` in the range of the machine type.
    ///
    /// Soundness: let the interval have fewer than `2^width` values. A value t above the lower bound wraps to t above
    /// the wrapped lower bound, or to `2^width` less than that, which is below it. If the upper bound wraps to a value
    /// not below the wrapped lower bound, neither it nor any value before it is of the second kind. Only finite
    /// intervals are compared with the range, because for the widest types the range itself is rounded to infinity.
    @inlinable
    public func wrapped(width: Int, signed: Bool) -> IntegerInterval {
        if isBottom { return .bottom }
        let range = IntegerInterval.machine(width: width, signed: signed)
        guard isBounded else { return range }
        if isSubset(of: range) { return self }
        let (extent, overflow) = upper.storage.subtractingReportingOverflow(lower.storage)
        if overflow || width > 127 || (width < 127 && extent >= Int128(1) &<< Int128(width)) { return range }
        let low = IntegerInterval.wrap(lower.storage, width: width, signed: signed)
        let high = IntegerInterval.wrap(upper.storage, width: width, signed: signed)
        return low <= high ? .range(low, high) : range
    }

    /// The wrapped value of one integer, for a width of at most 127.
    @inlinable
    static func wrap(_ value: Int128, width: Int, signed: Bool) -> Int128 {
        let unused = Int128(128 - width)
        // Shifting out the high bits; the way back extends the sign, or does not.
        if signed { return (value &<< unused) &>> unused }
        return Int128(bitPattern: UInt128(bitPattern: value &<< unused) &>> UInt128(unused))
    }
}
