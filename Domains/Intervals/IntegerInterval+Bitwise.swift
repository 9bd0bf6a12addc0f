// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices
import Numbers

// Bitwise operations on two's complement with infinite sign extension.
//
// Each operand is split by sign. On operands of one sign each, bounded ones are contiguous ranges of 128-bit unsigned
// patterns whose result has a known sign, so Warren's bounds for unsigned words are the tightest ones.
extension IntegerInterval {
    /// `x & y`
    @inlinable
    public func bitwiseAnd(_ other: IntegerInterval) -> IntegerInterval {
        // De Morgan; a negative operand becomes a small one.
        complemented().bitwiseOr(other.complemented()).complemented()
    }

    /// `x | y`
    @inlinable
    public func bitwiseOr(_ other: IntegerInterval) -> IntegerInterval {
        if let left = constant, let right = other.constant { return IntegerInterval(constant: left | right) }
        return hullOverSigns(other) { $0.orOfOneSign($1) }
    }

    /// `x ^ y`
    @inlinable
    public func bitwiseXor(_ other: IntegerInterval) -> IntegerInterval {
        if let left = constant, let right = other.constant { return IntegerInterval(constant: left ^ right) }
        return hullOverSigns(other) { $0.xorOfOneSign($1) }
    }

    @inlinable
    func hullOverSigns(
        _ other: IntegerInterval, _ operation: (IntegerInterval, IntegerInterval) -> IntegerInterval
    ) -> IntegerInterval {
        if isBottom || other.isBottom { return .bottom }
        var result = IntegerInterval.bottom
        for left in [meet(.negative), meet(.nonNegative)] where !left.isBottom {
            for right in [other.meet(.negative), other.meet(.nonNegative)] where !right.isBottom {
                result = result.join(operation(left, right))
            }
        }
        return result
    }

    /// `x | y`, neither operand empty nor of both signs.
    ///
    /// Soundness: setting bits never lowers a number whose sign bit stays, so `x | y` is at least the greater operand if
    /// the signs agree, and at least the negative one if they do not.
    @inlinable
    func orOfOneSign(_ other: IntegerInterval) -> IntegerInterval {
        guard isBounded && other.isBounded else {
            let sameSign = lower.isNegative == other.lower.isNegative
            return IntegerInterval(
                normalLower: sameSign ? lower.maximum(other.lower) : lower.minimum(other.lower),
                upper: lower.isNegative || other.lower.isNegative ? ExtendedInteger(-1) : .positiveInfinity)
        }
        let a = UInt128(bitPattern: lower.storage)
        let b = UInt128(bitPattern: upper.storage)
        let c = UInt128(bitPattern: other.lower.storage)
        let d = UInt128(bitPattern: other.upper.storage)
        return IntegerInterval(
            normalLower: ExtendedInteger(roundingDown: Int128(bitPattern: WordBounds.leastOr(a, b, c, d))),
            upper: ExtendedInteger(roundingUp: Int128(bitPattern: WordBounds.greatestOr(a, b, c, d))))
    }

    /// `x ^ y`, neither operand empty nor of both signs.
    @inlinable
    func xorOfOneSign(_ other: IntegerInterval) -> IntegerInterval {
        guard isBounded && other.isBounded else {
            return lower.isNegative == other.lower.isNegative ? .nonNegative : .negative
        }
        let a = UInt128(bitPattern: lower.storage)
        let b = UInt128(bitPattern: upper.storage)
        let c = UInt128(bitPattern: other.lower.storage)
        let d = UInt128(bitPattern: other.upper.storage)
        return IntegerInterval(
            normalLower: ExtendedInteger(roundingDown: Int128(bitPattern: WordBounds.leastXor(a, b, c, d))),
            upper: ExtendedInteger(roundingUp: Int128(bitPattern: WordBounds.greatestXor(a, b, c, d))))
    }
}

/// Warren's bounds of `x | y` and `x ^ y` for unsigned x in `a ... b` and y in `c ... d` ("Hacker's Delight", 2nd ed.,
/// figures 4-3 to 4-6), visiting only the bits that can matter.
@usableFromInline
enum WordBounds {
    @inlinable
    static func leastOr(_ a: UInt128, _ b: UInt128, _ c: UInt128, _ d: UInt128) -> UInt128 {
        var candidates = (a ^ c) & bitsBelowFirstDifference(a, b, c, d)
        while candidates != 0 {
            let bit = highestBit(candidates)
            if c & bit != 0 {
                let raised = (a | bit) & (0 &- bit)
                if raised <= b { return raised | c }
            } else {
                let raised = (c | bit) & (0 &- bit)
                if raised <= d { return a | raised }
            }
            candidates ^= bit
        }
        return a | c
    }

    @inlinable
    static func greatestOr(_ a: UInt128, _ b: UInt128, _ c: UInt128, _ d: UInt128) -> UInt128 {
        var candidates = b & d & bitsBelowFirstDifference(a, b, c, d)
        while candidates != 0 {
            let bit = highestBit(candidates)
            let loweredLeft = (b &- bit) | (bit &- 1)
            if loweredLeft >= a { return loweredLeft | d }
            let loweredRight = (d &- bit) | (bit &- 1)
            if loweredRight >= c { return b | loweredRight }
            candidates ^= bit
        }
        return b | d
    }

    @inlinable
    static func leastXor(_ a: UInt128, _ b: UInt128, _ c: UInt128, _ d: UInt128) -> UInt128 {
        var (a, c) = (a, c)
        var remaining = bitsBelowFirstDifference(a, b, c, d)
        while true {
            let candidates = (a ^ c) & remaining
            if candidates == 0 { return a ^ c }
            let bit = highestBit(candidates)
            if c & bit != 0 {
                let raised = (a | bit) & (0 &- bit)
                if raised <= b { a = raised }
            } else {
                let raised = (c | bit) & (0 &- bit)
                if raised <= d { c = raised }
            }
            remaining = bit &- 1
        }
    }

    @inlinable
    static func greatestXor(_ a: UInt128, _ b: UInt128, _ c: UInt128, _ d: UInt128) -> UInt128 {
        var (b, d) = (b, d)
        var remaining = bitsBelowFirstDifference(a, b, c, d)
        while true {
            let candidates = b & d & remaining
            if candidates == 0 { return b ^ d }
            let bit = highestBit(candidates)
            let loweredLeft = (b &- bit) | (bit &- 1)
            if loweredLeft >= a {
                b = loweredLeft
            } else {
                let loweredRight = (d &- bit) | (bit &- 1)
                if loweredRight >= c { d = loweredRight }
            }
            remaining = bit &- 1
        }
    }

    /// A bound can only move by a bit at or below the first one in which the bounds of one operand differ.
    @inlinable
    static func bitsBelowFirstDifference(_ a: UInt128, _ b: UInt128, _ c: UInt128, _ d: UInt128) -> UInt128 {
        let difference = (a ^ b) | (c ^ d)
        return difference == 0 ? 0 : (highestBit(difference) << 1) &- 1
    }

    @inlinable
    static func highestBit(_ word: UInt128) -> UInt128 { UInt128(1) << UInt128(127 - word.leadingZeroBitCount) }
}
