// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Congruences
import Intervals
import Lattices
import Numbers

extension IntegerValue {
    /// The x for which some y satisfies `x < y`.
    @inlinable
    public func assumingLess(than other: IntegerValue) -> IntegerValue {
        restricted(to: interval.assumingLess(than: other.interval))
    }

    /// The x for which some y satisfies `x <= y`.
    @inlinable
    public func assumingLessOrEqual(to other: IntegerValue) -> IntegerValue {
        restricted(to: interval.assumingLessOrEqual(to: other.interval))
    }

    /// The x for which some y satisfies `x > y`.
    @inlinable
    public func assumingGreater(than other: IntegerValue) -> IntegerValue {
        restricted(to: interval.assumingGreater(than: other.interval))
    }

    /// The x for which some y satisfies `x >= y`.
    @inlinable
    public func assumingGreaterOrEqual(to other: IntegerValue) -> IntegerValue {
        restricted(to: interval.assumingGreaterOrEqual(to: other.interval))
    }

    /// The x for which some y satisfies `x == y`.
    @inlinable
    public func assumingEqual(to other: IntegerValue) -> IntegerValue { meet(other) }

    /// The x for which some y satisfies `x != y`; a bound that is cut off moves by a whole stride.
    @inlinable
    public func assumingNotEqual(to other: IntegerValue) -> IntegerValue {
        restricted(to: interval.assumingNotEqual(to: other.interval))
    }

    /// The possible outcomes of `x < y`.
    @inlinable
    public func isLess(than other: IntegerValue) -> Truth { interval.isLess(than: other.interval) }

    /// The possible outcomes of `x == y`.
    @inlinable
    public func isEqual(to other: IntegerValue) -> Truth {
        let outcome = interval.isEqual(to: other.interval)
        if outcome.mayBeTrue && outcome.mayBeFalse && meet(other).isBottom { return .alwaysFalse }
        return outcome
    }
}
