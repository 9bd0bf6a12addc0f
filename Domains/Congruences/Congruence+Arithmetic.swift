// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices
import Numbers

// Sums, products, quotients and remainders.
//
// Machine overflow while computing a remainder is harmless modulo a power of two: where an exact result does not fit,
// the result is kept modulo the power of two that divides its modulus.
extension Congruence {
    /// `x + y`
    @inlinable
    public func adding(_ other: Congruence) -> Congruence {
        if isBottom || other.isBottom { return .bottom }
        if modulus == 1 || other.modulus == 1 { return .top }
        let common = greatestCommonDivisor(modulus.magnitude, other.modulus.magnitude)
        let (sum, overflow) = remainder.addingReportingOverflow(other.remainder)
        return overflow
            ? Congruence(lowBits: common.trailingZeroBitCount, of: sum) : Congruence(magnitude: common, remainder: sum)
    }

    /// `-x`
    @inlinable
    public func negated() -> Congruence {
        if modulus == 1 || isBottom { return self }
        let (negative, overflow) = Int128(0).subtractingReportingOverflow(remainder)
        return overflow
            ? Congruence(lowBits: knownLowBits, of: negative) : Congruence(modulus: modulus, remainder: negative)
    }

    /// `x - y`
    @inlinable
    public func subtracting(_ other: Congruence) -> Congruence {
        if isBottom || other.isBottom { return .bottom }
        if modulus == 1 || other.modulus == 1 { return .top }
        let common = greatestCommonDivisor(modulus.magnitude, other.modulus.magnitude)
        let (difference, overflow) = remainder.subtractingReportingOverflow(other.remainder)
        return overflow
            ? Congruence(lowBits: common.trailingZeroBitCount, of: difference)
            : Congruence(magnitude: common, remainder: difference)
    }

    /// `~x`, that is `-1 - x`; it never overflows.
    @inlinable
    public func complemented() -> Congruence {
        isBottom ? self : Congruence(modulus: modulus, remainder: -1 - remainder)
    }

    /// `x * y`
    ///
    /// Soundness: `(r + k m)(r' + k' m') = r r' + k m r' + k' m' r + k k' m m'`.
    @inlinable
    public func multiplied(by other: Congruence) -> Congruence {
        if isBottom || other.isBottom { return .bottom }
        let (remainders, overflow0) = remainder.multipliedReportingOverflow(by: other.remainder)
        let (left, overflow1) = modulus.magnitude.multipliedReportingOverflow(by: other.remainder.magnitude)
        let (right, overflow2) = other.modulus.magnitude.multipliedReportingOverflow(by: remainder.magnitude)
        let (moduli, overflow3) = modulus.magnitude.multipliedReportingOverflow(by: other.modulus.magnitude)
        if overflow0 || overflow1 || overflow2 || overflow3 {
            let bits = Swift.min(
                Congruence.factorsOfTwo(modulus, other.remainder), Congruence.factorsOfTwo(other.modulus, remainder),
                Congruence.factorsOfTwo(modulus, other.modulus))
            return Congruence(lowBits: bits, of: remainders)
        }
        return Congruence(
            magnitude: greatestCommonDivisor(greatestCommonDivisor(left, right), moduli), remainder: remainders)
    }

    /// The exponent of two in `a * b`, at most 128; 128 if the product is zero.
    @inlinable
    static func factorsOfTwo(_ a: Int128, _ b: Int128) -> Int {
        Swift.min(a.trailingZeroBitCount + b.trailingZeroBitCount, 128)
    }

    /// `trunc(x / y)`, y not 0.
    @inlinable
    public func dividedTruncating(by other: Congruence) -> Congruence {
        if isBottom || other.isBottom || other.constant == 0 { return .bottom }
        guard let divisor = other.constant else { return constant == 0 ? self : .top }
        if divisor == 1 { return self }
        if divisor == -1 { return negated() }
        if let dividend = constant { return Congruence(constant: dividend.quotient(truncatingBy: divisor)) }
        // Exact division only: else truncation rounds up or down by the sign, which is unknown.
        return remainder % divisor == 0 ? dividedFloor(by: divisor) : .top
    }

    /// `floor(x / divisor)`, for a divisor neither 0 nor -1.
    @inlinable
    public func dividedFloor(by divisor: Int128) -> Congruence {
        if isBottom { return .bottom }
        guard modulus % divisor == 0 else { return .top }
        return Congruence(modulus: modulus / divisor, remainder: remainder.quotient(flooredBy: divisor))
    }

    /// `x - y * trunc(x / y)`, y not 0.
    ///
    /// Soundness: the result differs from x by a multiple of y, and y is a multiple of its common divisor.
    @inlinable
    public func remainderTruncating(dividingBy other: Congruence) -> Congruence {
        if isBottom || other.isBottom || other.constant == 0 { return .bottom }
        if let dividend = constant, let divisor = other.constant {
            return Congruence(constant: divisor == -1 ? 0 : dividend % divisor)
        }
        if constant == 0 { return self }
        return Congruence(
            magnitude: greatestCommonDivisor(modulus.magnitude, other.commonDivisor), remainder: remainder)
    }

    /// `|x|`
    @inlinable
    public func absoluteValue() -> Congruence {
        guard let constant else { return join(negated()) }
        return constant < 0 ? negated() : self
    }

    /// `min(x, y)`
    @inlinable
    public func minimum(_ other: Congruence) -> Congruence {
        if isBottom || other.isBottom { return .bottom }
        guard let left = constant, let right = other.constant else { return join(other) }
        return Congruence(constant: Swift.min(left, right))
    }

    /// `max(x, y)`
    @inlinable
    public func maximum(_ other: Congruence) -> Congruence {
        if isBottom || other.isBottom { return .bottom }
        guard let left = constant, let right = other.constant else { return join(other) }
        return Congruence(constant: Swift.max(left, right))
    }
}
