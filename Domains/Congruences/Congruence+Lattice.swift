// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices
import Numbers

extension Congruence: IntegerDomain, FiniteHeightDomain {
    /// The interval is forgotten, but for a single value.
    @inlinable
    public static func range(_ lower: Int128, _ upper: Int128) -> Congruence {
        if lower > upper { return .bottom }
        return lower == upper ? Congruence(constant: lower) : .top
    }

    @inlinable
    public func isSubset(of other: Congruence) -> Bool {
        if isBottom || other.modulus == 1 { return true }
        if other.modulus <= 0 { return self == other }
        return modulus.residue(modulo: other.modulus) == 0
            && remainder.residue(modulo: other.modulus) == other.remainder
    }

    @inlinable
    public func join(_ other: Congruence) -> Congruence {
        if isBottom || other.modulus == 1 { return other }
        if other.isBottom || modulus == 1 { return self }
        let distance =
            remainder > other.remainder
            ? UInt128(bitPattern: remainder &- other.remainder) : UInt128(bitPattern: other.remainder &- remainder)
        let moduli = greatestCommonDivisor(modulus.magnitude, other.modulus.magnitude)
        return Congruence(magnitude: greatestCommonDivisor(moduli, distance), remainder: remainder)
    }

    /// The Chinese remainder theorem; the operand with the larger modulus where the exact meet does not fit.
    @inlinable
    public func meet(_ other: Congruence) -> Congruence {
        if isBottom || other.isBottom { return .bottom }
        if modulus == 0 { return other.contains(remainder) ? self : .bottom }
        if other.modulus == 0 { return contains(other.remainder) ? other : .bottom }
        if modulus == 1 { return other }
        if other.modulus == 1 { return self }
        let (divisor, inverse) = Congruence.bezout(modulus, other.modulus)
        // Both remainders are in 0 ..< 2^126: no overflow.
        let distance = other.remainder - remainder
        guard distance.residue(modulo: divisor) == 0 else { return .bottom }
        let larger = modulus < other.modulus ? other : self
        let rest = other.modulus.quotient(truncatingBy: divisor)
        let (common, overflow) = modulus.multipliedReportingOverflow(by: rest)
        if overflow || common > Int128(1) &<< 126 { return larger }
        let quotient = (distance == 0 ? 0 : distance / divisor).residue(modulo: rest)
        let (steps, tooLarge) = quotient.multipliedReportingOverflow(by: inverse.residue(modulo: rest))
        if tooLarge { return larger }
        // steps is reduced below rest, so the product is below the common multiple.
        return Congruence(modulus: common, remainder: remainder + modulus * steps.residue(modulo: rest))
    }

    /// The greatest common divisor g of two positive numbers, and s with `s * a = g` modulo `b`, `|s| <= b`.
    @inlinable
    static func bezout(_ a: Int128, _ b: Int128) -> (divisor: Int128, inverse: Int128) {
        var (previous, current) = (a, b)
        var (previousFactor, factor) = (Int128(1), Int128(0))
        while current != 0 {
            let quotient = previous / current
            (previous, current) = (current, previous - quotient * current)
            (previousFactor, factor) = (factor, previousFactor - quotient * factor)
        }
        return (previous, previousFactor)
    }
}
