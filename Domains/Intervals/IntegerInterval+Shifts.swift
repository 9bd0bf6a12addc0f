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
    /// Soundness: if both bounds lie in the same period of the type, the whole interval moves by one multiple of the
    /// modulus; else every value of the type is possible. Only finite intervals are compared with the range, because
    /// for the widest types the range itself is rounded to infinity.
    @inlinable
    public func wrapped(width: Int, signed: Bool) -> IntegerInterval {
        if isBottom { return .bottom }
        let range = IntegerInterval.machine(width: width, signed: signed)
        guard isBounded else { return range }
        if isSubset(of: range) { return self }
        if width > 126 { return range }
        let modulus = ExtendedInteger.powerOfTwo(width, rounding: .down)
        let lowPeriod = lower.subtractingRoundedDown(range.lower).dividedFloor(by: modulus, rounding: .down)
        let highPeriod = upper.subtractingRoundedUp(range.lower).dividedFloor(by: modulus, rounding: .up)
        guard lowPeriod == highPeriod, lowPeriod.isFinite else { return range }
        let offset = lowPeriod.multipliedRoundedDown(by: modulus)
        return IntegerInterval(lower.subtractingRoundedDown(offset), upper.subtractingRoundedUp(offset)).meet(range)
    }
}
