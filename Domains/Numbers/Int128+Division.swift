// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// Exact integer division in the senses the domains need. Operands that fit a machine word take a machine division.
extension Int128 {
    /// `trunc(self / divisor)`; the divisor is neither 0 nor -1.
    @inlinable
    public func quotient(truncatingBy divisor: Int128) -> Int128 {
        if let left = Int64(exactly: self), let right = Int64(exactly: divisor) { return Int128(left / right) }
        return self / divisor
    }

    /// `floor(self / divisor)`; the divisor is neither 0 nor -1.
    @inlinable
    public func quotient(flooredBy divisor: Int128) -> Int128 {
        let quotient = quotient(truncatingBy: divisor)
        let remainder = self &- quotient &* divisor
        return remainder != 0 && (remainder < 0) != (divisor < 0) ? quotient - 1 : quotient
    }

    /// The representative of `self` modulo `modulus` in `0 ..< modulus`; the modulus is positive.
    @inlinable
    public func residue(modulo modulus: Int128) -> Int128 {
        if modulus & (modulus - 1) == 0 { return self & (modulus - 1) }
        let remainder: Int128
        if let left = Int64(exactly: self), let right = Int64(exactly: modulus) {
            remainder = Int128(left % right)
        } else {
            remainder = self % modulus
        }
        return remainder < 0 ? remainder + modulus : remainder
    }
}

/// The greatest common divisor; that of 0 and x is x.
@inlinable
public func greatestCommonDivisor(_ left: UInt128, _ right: UInt128) -> UInt128 {
    var a = left
    var b = right
    while b != 0 {
        if a >> 64 == 0 && b >> 64 == 0 {
            return UInt128(greatestCommonDivisor(UInt64(truncatingIfNeeded: a), UInt64(truncatingIfNeeded: b)))
        }
        (a, b) = (b, a % b)
    }
    return a
}

/// The greatest common divisor of machine words; that of 0 and x is x.
@inlinable
public func greatestCommonDivisor(_ left: UInt64, _ right: UInt64) -> UInt64 {
    if left == 0 { return right }
    if right == 0 { return left }
    let shift = (left | right).trailingZeroBitCount
    var a = left >> UInt64(left.trailingZeroBitCount)
    var b = right >> UInt64(right.trailingZeroBitCount)
    while a != b {
        if a > b {
            a -= b
            a >>= UInt64(a.trailingZeroBitCount)
        } else {
            b -= a
            b >>= UInt64(b.trailingZeroBitCount)
        }
    }
    return a << UInt64(shift)
}
