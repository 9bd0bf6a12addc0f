// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices
import Numbers

// Sums, differences, products, quotients and remainders.
extension IntegerInterval {
    /// `x + y`
    @inlinable
    public func adding(_ other: IntegerInterval) -> IntegerInterval {
        if isBottom || other.isBottom { return .bottom }
        return IntegerInterval(
            normalLower: lower.addingRoundedDown(other.lower), upper: upper.addingRoundedUp(other.upper))
    }

    /// `x - y`
    @inlinable
    public func subtracting(_ other: IntegerInterval) -> IntegerInterval {
        if isBottom || other.isBottom { return .bottom }
        return IntegerInterval(
            normalLower: lower.subtractingRoundedDown(other.upper), upper: upper.subtractingRoundedUp(other.lower))
    }

    /// `-x`
    @inlinable
    public func negated() -> IntegerInterval {
        if isBottom { return .bottom }
        return IntegerInterval(normalLower: upper.negatedRoundedDown(), upper: lower.negatedRoundedUp())
    }

    /// `~x`, that is `-1 - x`
    @inlinable
    public func complemented() -> IntegerInterval {
        IntegerInterval(normalLower: ExtendedInteger(-1), upper: ExtendedInteger(-1)).subtracting(self)
    }

    /// `|x|`
    @inlinable
    public func absoluteValue() -> IntegerInterval {
        if isBottom || lower >= .zero { return self }
        if upper <= .zero { return negated() }
        return IntegerInterval(normalLower: .zero, upper: lower.negatedRoundedUp().maximum(upper))
    }

    /// `min(x, y)`
    @inlinable
    public func minimum(_ other: IntegerInterval) -> IntegerInterval {
        if isBottom || other.isBottom { return .bottom }
        return IntegerInterval(normalLower: lower.minimum(other.lower), upper: upper.minimum(other.upper))
    }

    /// `max(x, y)`
    @inlinable
    public func maximum(_ other: IntegerInterval) -> IntegerInterval {
        if isBottom || other.isBottom { return .bottom }
        return IntegerInterval(normalLower: lower.maximum(other.lower), upper: upper.maximum(other.upper))
    }

    /// `x * y`
    ///
    /// Soundness: a product is monotone or antitone in each factor, so its extremes over a box lie in the corners.
    @inlinable
    public func multiplied(by other: IntegerInterval) -> IntegerInterval {
        if isBottom || other.isBottom { return .bottom }
        if let a = Int64(exactly: lower.storage), let b = Int64(exactly: upper.storage),
            let c = Int64(exactly: other.lower.storage), let d = Int64(exactly: other.upper.storage)
        {
            let ac = Int128(a) * Int128(c)
            if a == b && c == d {
                return IntegerInterval(
                    normalLower: ExtendedInteger(roundingDown: ac), upper: ExtendedInteger(roundingUp: ac))
            }
            let ad = Int128(a) * Int128(d)
            let bc = Int128(b) * Int128(c)
            let bd = Int128(b) * Int128(d)
            return IntegerInterval(
                normalLower: ExtendedInteger(roundingDown: min(min(ac, ad), min(bc, bd))),
                upper: ExtendedInteger(roundingUp: max(max(ac, ad), max(bc, bd))))
        }
        return hullOfCorners(other) { $0.multiplied(by: $1, rounding: $2) }
    }

    /// `trunc(x / y)`, y not 0.
    ///
    /// Soundness: on divisors of one sign the quotient is monotone in the dividend and, for a dividend of either sign,
    /// monotone or antitone in the divisor; so the extremes over a box lie in its corners.
    @inlinable
    public func dividedTruncating(by other: IntegerInterval) -> IntegerInterval {
        if isBottom { return .bottom }
        let positive = other.meet(IntegerInterval(normalLower: ExtendedInteger(1), upper: .positiveInfinity))
        let negative = other.meet(.negative)
        var result = IntegerInterval.bottom
        if !positive.isBottom {
            result = hullOfCorners(positive) { $0.dividedTruncating(by: $1, rounding: $2) }
        }
        if !negative.isBottom {
            result = result.join(hullOfCorners(negative) { $0.dividedTruncating(by: $1, rounding: $2) })
        }
        return result
    }

    /// `x - y * trunc(x / y)`, y not 0.
    @inlinable
    public func remainderTruncating(dividingBy other: IntegerInterval) -> IntegerInterval {
        // The sign of the divisor does not matter.
        let divisor = other.absoluteValue().meet(
            IntegerInterval(normalLower: ExtendedInteger(1), upper: .positiveInfinity))
        if isBottom || divisor.isBottom { return .bottom }
        let fromPositive = meet(.nonNegative).remainderOfNonNegative(by: divisor)
        if lower >= .zero { return fromPositive }
        return fromPositive.join(meet(.negative).negated().remainderOfNonNegative(by: divisor).negated())
    }

    /// `x mod y` for x not negative and y positive.
    ///
    /// Soundness: the remainder is at most x and less than y. If every quotient is the same q, it is `x - q * y`.
    @inlinable
    func remainderOfNonNegative(by divisor: IntegerInterval) -> IntegerInterval {
        if isBottom { return .bottom }
        let largest = divisor.upper.subtractingRoundedUp(ExtendedInteger(1)).minimum(upper)
        let bounds = IntegerInterval(normalLower: .zero, upper: largest)
        let quotient = dividedTruncating(by: divisor)
        guard quotient.constant != nil else { return bounds }
        return subtracting(quotient.multiplied(by: divisor)).meet(bounds)
    }

    /// The hull of an operation's results in the four corners of a box of non-empty intervals.
    @inlinable
    func hullOfCorners(
        _ other: IntegerInterval,
        _ operation: (ExtendedInteger, ExtendedInteger, BoundRounding) -> ExtendedInteger
    ) -> IntegerInterval {
        let low = operation(lower, other.lower, .down).minimum(operation(lower, other.upper, .down))
            .minimum(operation(upper, other.lower, .down)).minimum(operation(upper, other.upper, .down))
        let high = operation(lower, other.lower, .up).maximum(operation(lower, other.upper, .up))
            .maximum(operation(upper, other.lower, .up)).maximum(operation(upper, other.upper, .up))
        return IntegerInterval(normalLower: low, upper: high)
    }
}
