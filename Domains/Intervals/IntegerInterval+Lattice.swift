// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices
import Numbers

extension IntegerInterval: IntegerDomain {
    @inlinable
    public static var bottom: IntegerInterval {
        IntegerInterval(normalLower: .positiveInfinity, upper: .negativeInfinity)
    }

    @inlinable
    public static var top: IntegerInterval {
        IntegerInterval(normalLower: .negativeInfinity, upper: .positiveInfinity)
    }

    @inlinable
    public func isSubset(of other: IntegerInterval) -> Bool {
        // The empty interval has the greatest lower and the least upper bound: no case of its own.
        other.lower <= lower && upper <= other.upper
    }

    @inlinable
    public func join(_ other: IntegerInterval) -> IntegerInterval {
        IntegerInterval(normalLower: lower.minimum(other.lower), upper: upper.maximum(other.upper))
    }

    @inlinable
    public func meet(_ other: IntegerInterval) -> IntegerInterval {
        IntegerInterval(lower.maximum(other.lower), upper.minimum(other.upper))
    }

    @inlinable
    public func widening(next: IntegerInterval, thresholds: Thresholds) -> IntegerInterval {
        if isBottom { return next }
        var lower = lower
        var upper = upper
        if next.lower < lower {
            lower =
                next.lower.finite.flatMap { thresholds.integer(atMost: $0) }
                .map { ExtendedInteger(roundingDown: $0) } ?? .negativeInfinity
        }
        if upper < next.upper {
            upper =
                next.upper.finite.flatMap { thresholds.integer(atLeast: $0) }
                .map { ExtendedInteger(roundingUp: $0) } ?? .positiveInfinity
        }
        return IntegerInterval(normalLower: lower, upper: upper)
    }

    @inlinable
    public func narrowing(next: IntegerInterval) -> IntegerInterval {
        if isBottom || next.isBottom { return .bottom }
        return IntegerInterval(lower.isFinite ? lower : next.lower, upper.isFinite ? upper : next.upper)
    }
}
