// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices
import Numbers

// Bitwise operations on two's complement with infinite sign extension.
//
// Each operand is split by sign. On operands of one sign each, bounded ones are contiguous ranges of unsigned bit
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
        if lower.isNegative == upper.isNegative && other.lower.isNegative == other.upper.isNegative {
            return operation(self, other)
        }
        let (negative, positive) = (meet(.negative), meet(.nonNegative))
        let (otherNegative, otherPositive) = (other.meet(.negative), other.meet(.nonNegative))
        var result = IntegerInterval.bottom
        func include(_ left: IntegerInterval, _ right: IntegerInterval) {
            if !left.isBottom && !right.isBottom { result = result.join(operation(left, right)) }
        }
        include(negative, otherNegative)
        include(negative, otherPositive)
        include(positive, otherNegative)
        include(positive, otherPositive)
        return result
    }

    /// `x | y`, neither operand empty nor of both signs.
    ///
    /// Soundness: setting bits never lowers a number whose sign bit stays, so `x | y` is at least the greater operand
    /// if the signs agree, and at least the negative one if they do not.
    @inlinable
    func orOfOneSign(_ other: IntegerInterval) -> IntegerInterval {
        guard isBounded && other.isBounded else {
            let sameSign = lower.isNegative == other.lower.isNegative
            return IntegerInterval(
                normalLower: sameSign ? lower.maximum(other.lower) : lower.minimum(other.lower),
                upper: lower.isNegative || other.lower.isNegative ? ExtendedInteger(-1) : .positiveInfinity)
        }
        if let (a, b, c, d) = machineWords(other) {
            return IntegerInterval(
                normalLower: ExtendedInteger(Int64(bitPattern: WordBounds.leastOr(a, b, c, d))),
                upper: ExtendedInteger(Int64(bitPattern: WordBounds.greatestOr(a, b, c, d))))
        }
        let (a, b, c, d) = wideWords(other)
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
        if let (a, b, c, d) = machineWords(other) {
            return IntegerInterval(
                normalLower: ExtendedInteger(Int64(bitPattern: WordBounds.leastXor(a, b, c, d))),
                upper: ExtendedInteger(Int64(bitPattern: WordBounds.greatestXor(a, b, c, d))))
        }
        let (a, b, c, d) = wideWords(other)
        return IntegerInterval(
            normalLower: ExtendedInteger(roundingDown: Int128(bitPattern: WordBounds.leastXor(a, b, c, d))),
            upper: ExtendedInteger(roundingUp: Int128(bitPattern: WordBounds.greatestXor(a, b, c, d))))
    }

    /// The bit patterns of the four bounds, if they fit machine words: ranges of one sign stay contiguous.
    @inlinable
    func machineWords(_ other: IntegerInterval) -> (UInt64, UInt64, UInt64, UInt64)? {
        guard let a = Int64(exactly: lower.storage), let b = Int64(exactly: upper.storage),
            let c = Int64(exactly: other.lower.storage), let d = Int64(exactly: other.upper.storage)
        else { return nil }
        return (UInt64(bitPattern: a), UInt64(bitPattern: b), UInt64(bitPattern: c), UInt64(bitPattern: d))
    }

    /// The bit patterns of the four bounds.
    @inlinable
    func wideWords(_ other: IntegerInterval) -> (UInt128, UInt128, UInt128, UInt128) {
        (
            UInt128(bitPattern: lower.storage), UInt128(bitPattern: upper.storage),
            UInt128(bitPattern: other.lower.storage), UInt128(bitPattern: other.upper.storage)
        )
    }
}

/// Warren's bounds of `x | y` and `x ^ y` for unsigned x in `a ... b` and y in `c ... d` ("Hacker's Delight", 2nd ed.,
/// figures 4-3 to 4-6), visiting only the bits that can matter.
@usableFromInline
enum WordBounds {
    @inlinable
    static func leastOr<Word: FixedWidthInteger & UnsignedInteger>(
        _ a: Word, _ b: Word, _ c: Word, _ d: Word
    ) -> Word {
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
    static func greatestOr<Word: FixedWidthInteger & UnsignedInteger>(
        _ a: Word, _ b: Word, _ c: Word, _ d: Word
    ) -> Word {
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
    static func leastXor<Word: FixedWidthInteger & UnsignedInteger>(
        _ a: Word, _ b: Word, _ c: Word, _ d: Word
    ) -> Word {
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
    static func greatestXor<Word: FixedWidthInteger & UnsignedInteger>(
        _ a: Word, _ b: Word, _ c: Word, _ d: Word
    ) -> Word {
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
    static func bitsBelowFirstDifference<Word: FixedWidthInteger & UnsignedInteger>(
        _ a: Word, _ b: Word, _ c: Word, _ d: Word
    ) -> Word {
        let difference = (a ^ b) | (c ^ d)
        return difference == 0 ? 0 : (highestBit(difference) &<< 1) &- 1
    }

    @inlinable
    static func highestBit<Word: FixedWidthInteger & UnsignedInteger>(_ word: Word) -> Word {
        Word(1) &<< Word(truncatingIfNeeded: Word.bitWidth - 1 - word.leadingZeroBitCount)
    }
}
