// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// Bits of floating constants as binary64 values.
enum FloatingBits {
    /// Nil if binary64 cannot hold the value exactly.
    static func double(_ bits: BitPattern, _ format: FloatFormat) -> Double? {
        switch format {
        case .binary32: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits.limbs.first ?? 0)))
        case .binary64: Double(bitPattern: bits.limbs.first ?? 0)
        case .extended80: extended(bits)
        }
    }

    private static func extended(_ bits: BitPattern) -> Double? {
        let significand = bits.limbs.first ?? 0
        let high = bits.limbs.count > 1 ? bits.limbs[1] : 0
        let sign: FloatingPointSign = high & 0x8000 != 0 ? .minus : .plus
        let exponent = Int(high & 0x7fff)
        if exponent == 0 && significand == 0 { return sign == .minus ? -0.0 : 0.0 }
        guard exponent != 0x7fff else {
            return significand << 1 == 0 ? (sign == .minus ? -Double.infinity : .infinity) : .nan
        }
        // significand * 2^(exponent - 16383 - 63), exact only if both steps are.
        guard let whole = Double(exactly: significand), abs(exponent - 16383) < 1000 else { return nil }
        return Double(sign: sign, exponent: exponent - 16383 - 63, significand: whole)
    }
}
