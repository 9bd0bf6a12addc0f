// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Congruences
import Intervals
import Lattices
import Numbers

extension IntegerValue {
    /// `x + y`
    @inlinable
    public func adding(_ other: IntegerValue) -> IntegerValue {
        let interval = interval.adding(other.interval)
        if stride == 1 || other.stride == 1 { return IntegerValue(interval) }
        return IntegerValue(interval, congruence.adding(other.congruence))
    }

    /// `x - y`
    @inlinable
    public func subtracting(_ other: IntegerValue) -> IntegerValue {
        let interval = interval.subtracting(other.interval)
        if stride == 1 || other.stride == 1 { return IntegerValue(interval) }
        return IntegerValue(interval, congruence.subtracting(other.congruence))
    }

    /// `x * y`
    @inlinable
    public func multiplied(by other: IntegerValue) -> IntegerValue {
        reducing(other, { $0.multiplied(by: $1) }, { $0.multiplied(by: $1) })
    }

    /// `trunc(x / y)`, y not 0.
    @inlinable
    public func dividedTruncating(by other: IntegerValue) -> IntegerValue {
        let interval = interval.dividedTruncating(by: other.interval)
        if stride == 1 || interval.upper <= interval.lower { return IntegerValue(interval) }
        if let divisor = other.constant, divisor > 1, lower >= .zero {
            // On dividends that are not negative truncation is the floor, which keeps more classes.
            return IntegerValue(interval, congruence.dividedFloor(by: divisor))
        }
        return IntegerValue(interval, congruence.dividedTruncating(by: other.congruence))
    }

    /// `x - y * trunc(x / y)`, y not 0.
    @inlinable
    public func remainderTruncating(dividingBy other: IntegerValue) -> IntegerValue {
        reducing(
            other, { $0.remainderTruncating(dividingBy: $1) }, { $0.remainderTruncating(dividingBy: $1) })
    }

    /// `-x`
    @inlinable
    public func negated() -> IntegerValue {
        stride <= 1 ? IntegerValue(interval.negated()) : IntegerValue(interval.negated(), congruence.negated())
    }

    /// `~x`
    @inlinable
    public func complemented() -> IntegerValue {
        stride <= 1
            ? IntegerValue(interval.complemented()) : IntegerValue(interval.complemented(), congruence.complemented())
    }

    /// `|x|`
    @inlinable
    public func absoluteValue() -> IntegerValue {
        if lower >= .zero { return self }
        if upper <= .zero { return negated() }
        let interval = interval.absoluteValue()
        return stride <= 1 ? IntegerValue(interval) : IntegerValue(interval, congruence.absoluteValue())
    }

    /// `min(x, y)`
    @inlinable
    public func minimum(_ other: IntegerValue) -> IntegerValue {
        if upper <= other.lower && !isBottom && !other.isBottom { return self }
        if other.upper <= lower && !isBottom && !other.isBottom { return other }
        return reducing(other, { $0.minimum($1) }, { $0.minimum($1) })
    }

    /// `max(x, y)`
    @inlinable
    public func maximum(_ other: IntegerValue) -> IntegerValue {
        if upper <= other.lower && !isBottom && !other.isBottom { return other }
        if other.upper <= lower && !isBottom && !other.isBottom { return self }
        return reducing(other, { $0.maximum($1) }, { $0.maximum($1) })
    }
}
