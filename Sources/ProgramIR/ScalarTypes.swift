// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// An integer machine type: `bits` from 1 (bit-fields) to 128, two's complement where signed (C11 6.2.6.2).
public struct IntegerType: Hashable, Sendable {
    public var bits: UInt8
    public var isSigned: Bool

    @inlinable public init(bits: UInt8, isSigned: Bool) {
        self.bits = bits
        self.isSigned = isSigned
    }

    @inlinable public static func signed(_ bits: UInt8) -> IntegerType { .init(bits: bits, isSigned: true) }
    @inlinable public static func unsigned(_ bits: UInt8) -> IntegerType { .init(bits: bits, isSigned: false) }

    /// The smallest value.
    @inlinable public var minimum: Int128 {
        guard isSigned else { return 0 }
        return bits == 128 ? .min : -(Int128(1) << Int128(bits - 1))
    }

    /// The largest value; nil for the one type whose largest value exceeds 128 signed bits.
    @inlinable public var maximum: Int128? {
        if isSigned { return bits == 128 ? .max : (Int128(1) << Int128(bits - 1)) - 1 }
        if bits == 128 { return nil }
        return bits == 127 ? .max : (Int128(1) << Int128(bits)) - 1
    }

    /// 2^bits; nil where it exceeds 128 signed bits.
    @inlinable public var modulus: Int128? { bits < 127 ? Int128(1) << Int128(bits) : nil }
}

/// A binary floating-point format: IEEE 754 binary32 and binary64, and x87's 80-bit extended format.
public enum FloatFormat: UInt8, Hashable, Sendable, CaseIterable {
    case binary32, binary64, extended80

    /// Bits of storage (C's `sizeof` times 8 on the target).
    @inlinable public var storageBits: Int {
        switch self {
        case .binary32: 32
        case .binary64: 64
        case .extended80: 128
        }
    }
}

/// What a register or a memory cell holds.
public enum ScalarType: Hashable, Sendable {
    case integer(IntegerType)
    case pointer
    case float(FloatFormat)

    /// Bits that a cell of this type takes in memory.
    @inlinable public var storageBits: Int {
        switch self {
        case .integer(let type): Int(type.bits)
        case .pointer: 64
        case .float(let format): format.storageBits
        }
    }

    @inlinable public static func signed(_ bits: UInt8) -> ScalarType { .integer(.signed(bits)) }
    @inlinable public static func unsigned(_ bits: UInt8) -> ScalarType { .integer(.unsigned(bits)) }
}
