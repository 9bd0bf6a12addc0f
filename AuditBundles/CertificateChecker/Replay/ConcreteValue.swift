// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A pointer of an execution: the number of its base and an offset in bytes.
struct ConcretePointer: Hashable {
    var base: Int
    var offset: Int64

    static let null = ConcretePointer(base: 0, offset: 0)
    var isNull: Bool { base == 0 }
}

/// The value of a register in a replay.
enum ConcreteValue {
    case integer(Int128)
    case pointer(ConcretePointer)
    /// binary32 and binary64: a binary64 holds both.
    case float(Double)
    /// The bits of an extended80.
    case extended(UInt128)

    /// What a register holds that was not assigned (section 7).
    static func unassigned(_ type: ScalarType) -> ConcreteValue {
        switch type.kind {
        case .integer: .integer(0)
        case .pointer: .pointer(.null)
        case .float: type.format == .extended80 ? .extended(0) : .float(0)
        }
    }
}

extension ScalarType {
    /// The number of this integer type that has these low bits; nil: it needs more than 128 bits with a sign.
    func number(_ bits: UInt128) -> Int128? {
        let unused = UInt128(128 - self.bits)
        let shifted = bits << unused
        if isSigned { return Int128(bitPattern: shifted) >> Int128(unused) }
        return Int128(exactly: shifted >> unused)
    }

    /// Whether an integer is a value of this type.
    func holds(_ number: Int128) -> Bool { Bounds(lower: number, upper: number).isInside(range) }
}

/// The extended format of x87, where the machine that replays has it.
enum ExtendedFormat {
    #if arch(x86_64) || arch(i386)
    typealias Number = Float80

    static func number(_ bits: UInt128) throws(ReplayStop) -> Number {
        let top = UInt(truncatingIfNeeded: bits >> 64), significand = UInt64(truncatingIfNeeded: bits)
        return Float80(
            sign: top & 0x8000 == 0 ? .plus : .minus, exponentBitPattern: top & 0x7fff,
            significandBitPattern: significand & (.max >> 1))
    }

    static func bits(_ number: Number) throws(ReplayStop) -> UInt128 {
        let top = UInt128(number.exponentBitPattern) | (number.sign == .minus ? 0x8000 : 0)
        let leading: UInt64 = number.exponentBitPattern == 0 ? 0 : 1 << 63
        return top << 64 | UInt128(number.significandBitPattern | leading)
    }
    #else
    typealias Number = Double

    static func number(_ bits: UInt128) throws(ReplayStop) -> Number {
        if bits == 0 { return 0 }
        throw .unsupported("this machine has no extended80 arithmetic")
    }

    static func bits(_ number: Number) throws(ReplayStop) -> UInt128 {
        throw .unsupported("this machine has no extended80 arithmetic")
    }
    #endif
}
