// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices
import Numbers

/// The integers congruent to a remainder modulo a modulus.
///
/// - Concretization: modulus 0 is the constant `remainder`; modulus m > 0 is `{ remainder + k * m | k in Z }`; a
///   negative modulus is the empty set. Modulus 1 is top.
/// - Order: `m + r` lies in `m' + r'` if m' divides both m and `r - r'`; decided exactly.
/// - Representation: `0 <= remainder < modulus` unless constant; empty is (-1, 0). A modulus has at most 2^126; a
///   constant that does not fit `Int128` is kept modulo a power of two.
/// - Widening: the join; each step of an ascending chain replaces the modulus by a proper divisor, so a chain has at
///   most about 128 steps.
/// - Cost: 32 bytes; a few divisions and greatest common divisors per operation.
/// - Known imprecision: no union of classes; quotients only where the divisor divides modulus and remainder; bitwise
///   operations keep only the low bits both operands know.
/// - Reference: P. Granger, "Static analysis of arithmetical congruences", Int. J. Computer Mathematics 30, 1989.
@frozen
public struct Congruence: Hashable, Sendable {
    public let modulus: Int128
    public let remainder: Int128

    @inlinable
    init(normalModulus modulus: Int128, remainder: Int128) {
        self.modulus = modulus
        self.remainder = remainder
    }

    /// The class of `remainder` modulo `modulus`; modulus 0 makes a constant, a negative one stands for its magnitude.
    @inlinable
    public init(modulus: Int128, remainder: Int128) {
        self.init(magnitude: modulus.magnitude, remainder: remainder)
    }

    /// A modulus beyond 2^126 is weakened to the greatest power of two that divides it.
    @inlinable
    init(magnitude: UInt128, remainder: Int128) {
        if magnitude == 0 {
            self.init(normalModulus: 0, remainder: remainder)
        } else if magnitude == 1 {
            self.init(normalModulus: 1, remainder: 0)
        } else if magnitude <= UInt128(1) &<< 126 {
            let modulus = Int128(bitPattern: magnitude)
            self.init(normalModulus: modulus, remainder: remainder.residue(modulo: modulus))
        } else {
            self.init(lowBits: magnitude.trailingZeroBitCount, of: remainder)
        }
    }

    /// The integers whose low `count` bits are those of `pattern`.
    @inlinable
    init(lowBits count: Int, of pattern: Int128) {
        let modulus = Int128(1) &<< Int128(Swift.min(count, 126))
        self.init(normalModulus: modulus, remainder: pattern & (modulus - 1))
    }

    @inlinable
    public init(constant: Int128) { self.init(normalModulus: 0, remainder: constant) }

    @inlinable public static var bottom: Congruence { Congruence(normalModulus: -1, remainder: 0) }
    @inlinable public static var top: Congruence { Congruence(normalModulus: 1, remainder: 0) }

    @inlinable public var isBottom: Bool { modulus < 0 }
    @inlinable public var isTop: Bool { modulus == 1 }
    @inlinable public var constant: Int128? { modulus == 0 ? remainder : nil }

    @inlinable
    public func contains(_ concrete: Int128) -> Bool {
        if modulus > 1 { return concrete.residue(modulo: modulus) == remainder }
        return modulus == 1 || (modulus == 0 && concrete == remainder)
    }

    /// How many low bits all members share: the power of two in the modulus; 128 for a constant.
    @inlinable
    var knownLowBits: Int { modulus == 0 ? 128 : modulus.trailingZeroBitCount }

    /// The greatest integer, up to 2^126, known to divide every member; 0 for the constant 0.
    @inlinable
    var commonDivisor: UInt128 { greatestCommonDivisor(modulus.magnitude, remainder.magnitude) }
}

extension Congruence: CustomStringConvertible {
    public var description: String {
        switch modulus {
        case ..<0: "empty"
        case 0: "\(remainder)"
        case 1: "any"
        default: "\(remainder) mod \(modulus)"
        }
    }
}
