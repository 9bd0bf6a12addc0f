// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Congruences
import Intervals
import Lattices
import Numbers

extension IntegerValue {
    /// `x * 2^y`, y not negative.
    @inlinable
    public func shiftedLeft(by other: IntegerValue) -> IntegerValue {
        let interval = interval.shiftedLeft(by: other.interval)
        if interval.upper <= interval.lower { return IntegerValue(interval) }
        // An amount of at least k makes multiples of 2^k, whatever the class of the amount.
        let least = min(max(other.lower.storage, 0), 62)
        let multiples = Congruence(modulus: Int128(1) &<< least, remainder: 0)
        if stride == 1 && other.stride == 1 { return IntegerValue(interval, multiples) }
        return IntegerValue(interval, congruence.shiftedLeft(by: other.congruence).meet(multiples))
    }

    /// `floor(x / 2^y)`, y not negative.
    @inlinable
    public func shiftedRight(by other: IntegerValue) -> IntegerValue {
        reducing(other, { $0.shiftedRight(by: $1) }, { $0.shiftedRight(by: $1) })
    }

    /// `x & y`
    @inlinable
    public func bitwiseAnd(_ other: IntegerValue) -> IntegerValue {
        reducing(other, { $0.bitwiseAnd($1) }, { $0.bitwiseAnd($1) })
    }

    /// `x | y`
    @inlinable
    public func bitwiseOr(_ other: IntegerValue) -> IntegerValue {
        reducing(other, { $0.bitwiseOr($1) }, { $0.bitwiseOr($1) })
    }

    /// `x ^ y`
    @inlinable
    public func bitwiseXor(_ other: IntegerValue) -> IntegerValue {
        reducing(other, { $0.bitwiseXor($1) }, { $0.bitwiseXor($1) })
    }

    /// The integer congruent to x modulo `2^width` in the range of the machine type.
    @inlinable
    public func wrapped(width: Int, signed: Bool) -> IntegerValue {
        let wrapped = interval.wrapped(width: width, signed: signed)
        if stride <= 1 && (stride == 1 || wrapped.upper <= wrapped.lower) { return IntegerValue(wrapped) }
        if wrapped == interval { return self }
        return IntegerValue(wrapped, congruence.wrapped(width: width, signed: signed))
    }
}
