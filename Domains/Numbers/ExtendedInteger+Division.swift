// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// Quotients of bounds. All are exact on finite operands: the least finite value is `-(2^127 - 1)`, so no quotient
// overflows; `-(2^127 - 1) / -1` alone is rounded. An infinite dividend gives an infinite quotient; a finite dividend
// over an infinite divisor gives the limit. Infinity over infinity gives zero, the limit along a fixed dividend:
// whoever hulls the corners of two intervals has the other limit in another corner. Dividing by zero gives zero; it is
// excluded by the callers and is defined only so that no call traps.
extension ExtendedInteger {
    /// `trunc(self / divisor)`
    @inlinable
    public func dividedTruncating(by divisor: ExtendedInteger, rounding: BoundRounding) -> ExtendedInteger {
        guard isFinite && divisor.isFinite else { return infiniteQuotient(by: divisor) }
        if divisor.storage == 0 { return .zero }
        if divisor.storage == -1 { return .rounded(0 - storage, rounding: rounding) }
        return ExtendedInteger(storage: storage.quotient(truncatingBy: divisor.storage))
    }

    /// `floor(self / divisor)`
    @inlinable
    public func dividedFloor(by divisor: ExtendedInteger, rounding: BoundRounding) -> ExtendedInteger {
        guard isFinite && divisor.isFinite else {
            let limit = infiniteQuotient(by: divisor)
            return isFinite && storage != 0 && isNegative != divisor.isNegative ? ExtendedInteger(-1) : limit
        }
        if divisor.storage == 0 { return .zero }
        if divisor.storage == -1 { return .rounded(0 - storage, rounding: rounding) }
        return ExtendedInteger(storage: storage.quotient(flooredBy: divisor.storage))
    }

    /// `ceiling(self / divisor)`
    @inlinable
    public func dividedCeiling(by divisor: ExtendedInteger, rounding: BoundRounding) -> ExtendedInteger {
        guard isFinite && divisor.isFinite else {
            let limit = infiniteQuotient(by: divisor)
            return isFinite && storage != 0 && isNegative == divisor.isNegative ? ExtendedInteger(1) : limit
        }
        if divisor.storage == 0 { return .zero }
        if divisor.storage == -1 { return .rounded(0 - storage, rounding: rounding) }
        let quotient = storage.quotient(flooredBy: divisor.storage)
        // The floor times the divisor may not fit; modulo 2^128 it still tells whether the division is exact.
        return ExtendedInteger(storage: quotient &* divisor.storage == storage ? quotient : quotient + 1)
    }

    /// `self * 2^exponent`; a negative exponent counts as zero.
    @inlinable
    public func shiftedLeft(by exponent: ExtendedInteger, rounding: BoundRounding) -> ExtendedInteger {
        if storage == 0 || !isFinite || exponent.storage <= 0 { return self }
        if exponent.storage > 126 { return .outOfRange(negative: isNegative, rounding: rounding) }
        let shifted = storage &<< exponent.storage
        if shifted &>> exponent.storage == storage { return .rounded(shifted, rounding: rounding) }
        return .outOfRange(negative: isNegative, rounding: rounding)
    }

    /// `floor(self / 2^exponent)`; a negative exponent counts as zero.
    @inlinable
    public func shiftedRight(by exponent: ExtendedInteger) -> ExtendedInteger {
        if !isFinite || exponent.storage <= 0 { return self }
        if exponent.storage > 126 { return isNegative ? ExtendedInteger(-1) : .zero }
        return ExtendedInteger(storage: storage &>> exponent.storage)
    }

    /// `2^exponent`, exact up to `2^126`; a negative exponent counts as zero.
    @inlinable
    public static func powerOfTwo(_ exponent: Int, rounding: BoundRounding) -> ExtendedInteger {
        exponent <= 126
            ? ExtendedInteger(storage: Int128(1) &<< Int128(max(exponent, 0)))
            : .outOfRange(negative: false, rounding: rounding)
    }

    @inlinable
    func infiniteQuotient(by divisor: ExtendedInteger) -> ExtendedInteger {
        if isFinite || !divisor.isFinite || divisor.storage == 0 { return .zero }
        return isNegative == divisor.isNegative ? .positiveInfinity : .negativeInfinity
    }
}
