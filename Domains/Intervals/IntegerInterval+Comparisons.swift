// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices
import Numbers

// Comparisons as filters and as outcomes.
extension IntegerInterval {
    /// The x for which some y satisfies `x < y`.
    @inlinable
    public func assumingLess(than other: IntegerInterval) -> IntegerInterval {
        if other.isBottom { return .bottom }
        return IntegerInterval(lower, upper.minimum(other.upper.subtractingRoundedUp(ExtendedInteger(1))))
    }

    /// The x for which some y satisfies `x <= y`.
    @inlinable
    public func assumingLessOrEqual(to other: IntegerInterval) -> IntegerInterval {
        IntegerInterval(lower, upper.minimum(other.upper))
    }

    /// The x for which some y satisfies `x > y`.
    @inlinable
    public func assumingGreater(than other: IntegerInterval) -> IntegerInterval {
        if other.isBottom { return .bottom }
        return IntegerInterval(lower.maximum(other.lower.addingRoundedDown(ExtendedInteger(1))), upper)
    }

    /// The x for which some y satisfies `x >= y`.
    @inlinable
    public func assumingGreaterOrEqual(to other: IntegerInterval) -> IntegerInterval {
        IntegerInterval(lower.maximum(other.lower), upper)
    }

    /// The x for which some y satisfies `x == y`.
    @inlinable
    public func assumingEqual(to other: IntegerInterval) -> IntegerInterval { meet(other) }

    /// The x for which some y satisfies `x != y`; a hole at a bound is cut off.
    @inlinable
    public func assumingNotEqual(to other: IntegerInterval) -> IntegerInterval {
        if other.isBottom { return .bottom }
        guard other.lower == other.upper else { return self }
        let one = ExtendedInteger(1)
        return IntegerInterval(
            lower == other.lower ? lower.addingRoundedDown(one) : lower,
            upper == other.lower ? upper.subtractingRoundedUp(one) : upper)
    }

    /// The possible outcomes of `x < y`.
    @inlinable
    public func isLess(than other: IntegerInterval) -> Truth {
        if isBottom || other.isBottom { return .bottom }
        return Truth(
            mayBeFalse: !(upper < other.lower), mayBeTrue: lower < other.upper)
    }

    /// The possible outcomes of `x == y`.
    @inlinable
    public func isEqual(to other: IntegerInterval) -> Truth {
        if isBottom || other.isBottom { return .bottom }
        return Truth(
            mayBeFalse: !(lower == upper && other.lower == other.upper && lower == other.lower),
            mayBeTrue: !meet(other).isBottom)
    }
}
