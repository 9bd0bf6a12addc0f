// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices
import Numbers

// Shifts, bitwise operations and wrapping.
extension Congruence {
    /// `x * 2^y`, y not negative.
    ///
    /// Soundness: an unknown amount is at least its remainder, the least member that is not negative; so the result is
    /// a multiple of the common divisor of x times two to that power.
    @inlinable
    public func shiftedLeft(by other: Congruence) -> Congruence {
        if isBottom || other.isBottom || (other.modulus == 0 && other.remainder < 0) { return .bottom }
        if constant == 0 { return self }
        let amount = Swift.min(other.remainder, 126)
        let power = Congruence(constant: Int128(1) &<< amount)
        if other.modulus == 0 {
            if other.remainder <= 126 { return multiplied(by: power) }
            // At least 2^127 divides the result.
            return Congruence(lowBits: 126, of: 0)
        }
        let divisor = commonDivisor
        let multiples =
            divisor <= UInt128(1) &<< 126
            ? Congruence(magnitude: divisor, remainder: 0) : Congruence(lowBits: divisor.trailingZeroBitCount, of: 0)
        return multiples.multiplied(by: power)
    }

    /// `floor(x / 2^y)`, y not negative.
    @inlinable
    public func shiftedRight(by other: Congruence) -> Congruence {
        if isBottom || other.isBottom || (other.modulus == 0 && other.remainder < 0) { return .bottom }
        guard other.modulus == 0 else { return constant == 0 || constant == -1 ? self : .top }
        let amount = other.remainder
        if let constant { return Congruence(constant: constant &>> Swift.min(amount, 127)) }
        if amount == 0 { return self }
        return amount > 126 ? .top : dividedFloor(by: Int128(1) &<< amount)
    }

    /// `x & y`
    @inlinable
    public func bitwiseAnd(_ other: Congruence) -> Congruence {
        let (left, right) = (lowBitMask, other.lowBitMask)
        // A bit of the result is known if it is in both operands, or if it is known to be zero in one.
        let known = (left & right) | (left & ~remainder) | (right & ~other.remainder)
        return bitwise(other, result: remainder & other.remainder, known: known)
    }

    /// `x | y`
    @inlinable
    public func bitwiseOr(_ other: Congruence) -> Congruence {
        let (left, right) = (lowBitMask, other.lowBitMask)
        // A bit of the result is known if it is in both operands, or if it is known to be one in one.
        let known = (left & right) | (left & remainder) | (right & other.remainder)
        return bitwise(other, result: remainder | other.remainder, known: known)
    }

    /// `x ^ y`
    @inlinable
    public func bitwiseXor(_ other: Congruence) -> Congruence {
        bitwise(other, result: remainder ^ other.remainder, known: lowBitMask & other.lowBitMask)
    }

    /// The integer congruent to x modulo `2^width` in the range of the machine type.
    @inlinable
    public func wrapped(width: Int, signed: Bool) -> Congruence {
        if isBottom { return .bottom }
        if let constant {
            let low = width >= 128 ? constant : constant & ((Int128(1) &<< Int128(width)) &- 1)
            if signed {
                let unused = Int128(128 - width)
                return Congruence(constant: (constant &<< unused) &>> unused)
            }
            // An unsigned result of 2^127 or more does not fit.
            return width >= 128 && low < 0 ? Congruence(lowBits: 126, of: low) : Congruence(constant: low)
        }
        return Congruence(lowBits: Swift.min(width, knownLowBits), of: remainder)
    }

    /// The mask of the low bits that all members share.
    @inlinable
    var lowBitMask: Int128 {
        let count = knownLowBits
        return count >= 128 ? -1 : (Int128(1) &<< Int128(count)) &- 1
    }

    /// The class of a bitwise result from the bits of it that are known: the run of known bits from the lowest.
    @inlinable
    func bitwise(_ other: Congruence, result: Int128, known: Int128) -> Congruence {
        if isBottom || other.isBottom { return .bottom }
        if modulus == 0 && other.modulus == 0 { return Congruence(constant: result) }
        if known == -1 {
            // All bits are known: x & 0, x | -1.
            return Congruence(constant: result)
        }
        return Congruence(lowBits: (~known).trailingZeroBitCount, of: result)
    }
}
