// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Congruences
import Intervals
import Lattices
import Numbers

extension IntegerValue {
    /// The reduced value of a non-empty interval and a class that is neither empty nor everything.
    ///
    /// Soundness: each finite bound moves inward to the next member of the class, past no member; a bound that would
    /// leave the finite range is rounded outward.
    @inlinable
    static func reduced(_ interval: IntegerInterval, modulus: Int128, remainder: Int128) -> IntegerValue {
        if modulus == 0 {
            guard interval.contains(remainder) else { return .bottom }
            // The two extreme integers have no interval of their own; they keep their low bits.
            guard ExtendedInteger(exactly: remainder) == nil else { return IntegerValue(constant: remainder) }
            return weakened(interval, modulus: Int128(1) << 62, remainder: remainder)
        }
        var lower = interval.lower
        var upper = interval.upper
        if lower.isFinite {
            let gap = (remainder - lower.storage.residue(modulo: modulus)).residue(modulo: modulus)
            lower = lower.adding(ExtendedInteger(roundingDown: gap), rounding: .down)
        }
        if upper.isFinite {
            let gap = (upper.storage.residue(modulo: modulus) - remainder).residue(modulo: modulus)
            upper = upper.subtracting(ExtendedInteger(roundingDown: gap), rounding: .up)
        }
        let tightened = IntegerInterval(lower, upper)
        if tightened.upper <= tightened.lower {
            return IntegerValue(normalInterval: tightened, stride: 0, offset: 0)
        }
        return weakened(tightened, modulus: modulus, remainder: remainder)
    }

    /// Stores a class that already agrees with the bounds, modulo what fits a machine word.
    @inlinable
    static func weakened(_ interval: IntegerInterval, modulus: Int128, remainder: Int128) -> IntegerValue {
        if let stride = Int64(exactly: modulus) {
            return IntegerValue(
                normalInterval: interval, stride: stride,
                offset: Int64(truncatingIfNeeded: remainder.residue(modulo: modulus)))
        }
        let stride = Int64(1) << Int64(min(modulus.trailingZeroBitCount, 62))
        return IntegerValue(
            normalInterval: interval, stride: stride, offset: Int64(truncatingIfNeeded: remainder) & (stride - 1))
    }

    /// An operation on both parts, reduced; the congruences are not looked at while both strides are 1, so it must be
    /// one whose congruence then is top.
    @inlinable
    func reducing(
        _ other: IntegerValue,
        _ intervals: (IntegerInterval, IntegerInterval) -> IntegerInterval,
        _ congruences: (Congruence, Congruence) -> Congruence
    ) -> IntegerValue {
        let interval = intervals(self.interval, other.interval)
        if (stride == 1 && other.stride == 1) || interval.upper <= interval.lower { return IntegerValue(interval) }
        return IntegerValue(interval, congruences(congruence, other.congruence))
    }

    /// Another interval for the same class.
    @inlinable
    func restricted(to interval: IntegerInterval) -> IntegerValue {
        if interval == self.interval { return self }
        if stride <= 1 || interval.upper < interval.lower { return IntegerValue(interval) }
        return IntegerValue.reduced(interval, modulus: Int128(stride), remainder: Int128(offset))
    }
}
