// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Congruences
import Intervals
import Lattices
import Numbers

extension IntegerValue: IntegerDomain {
    @inlinable
    public func isSubset(of other: IntegerValue) -> Bool {
        guard interval.isSubset(of: other.interval) else { return false }
        if other.stride <= 1 || isBottom { return true }
        if let constant = interval.constant { return other.contains(constant) }
        return stride == other.stride
            ? offset == other.offset : stride % other.stride == 0 && offset % other.stride == other.offset
    }

    @inlinable
    public func join(_ other: IntegerValue) -> IntegerValue {
        if isBottom { return other }
        if other.isBottom { return self }
        let interval = interval.join(other.interval)
        if stride == 1 || other.stride == 1 { return IntegerValue(interval) }
        if self == other { return self }
        // The bounds of the hull are bounds of the operands, hence members of the joined class already.
        let congruence = congruence.join(other.congruence)
        return congruence.isTop
            ? IntegerValue(interval)
            : IntegerValue.weakened(interval, modulus: congruence.modulus, remainder: congruence.remainder)
    }

    @inlinable
    public func meet(_ other: IntegerValue) -> IntegerValue {
        let interval = interval.meet(other.interval)
        if stride == 1 && other.stride == 1 { return IntegerValue(interval) }
        return IntegerValue(interval, congruence.meet(other.congruence))
    }

    @inlinable
    public func widening(next: IntegerValue, thresholds: Thresholds) -> IntegerValue {
        if isBottom { return next }
        let interval = interval.widening(next: next.interval, thresholds: thresholds)
        if stride == 1 || next.stride == 1 { return IntegerValue(interval) }
        return IntegerValue(interval, congruence.join(next.congruence))
    }

    @inlinable
    public func narrowing(next: IntegerValue) -> IntegerValue {
        restricted(to: interval.narrowing(next: next.interval))
    }
}
