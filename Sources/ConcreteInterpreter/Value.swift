// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// What a pointer points into: nothing, a function, or an object of the execution. Every `start` and `allocate` makes a
/// new object.
public struct Base: Hashable, Sendable {
    @usableFromInline let number: Int32
    @inlinable init(_ number: Int32) { self.number = number }
    public static let null = Base(0)
}

/// A base and an offset in bytes.
public struct Pointer: Hashable, Sendable {
    public var base: Base
    public var offset: Int64

    public init(base: Base, offset: Int64 = 0) {
        self.base = base
        self.offset = offset
    }

    public static let null = Pointer(base: .null)
    public var isNull: Bool { base == .null }
    public static func + (pointer: Pointer, bytes: Int) -> Pointer {
        Pointer(base: pointer.base, offset: pointer.offset &+ Int64(bytes))
    }
}

/// The extended format of x87; where the machine that interprets has none, what it has of binary64.
#if arch(x86_64) || arch(i386)
public typealias Extended = Float80
#else
public typealias Extended = Double
#endif

/// The value of a register: what functions that the interpreter provides get and give.
public enum Value: Hashable, Sendable {
    case integer(Int128)
    case pointer(Pointer)
    /// binary32 or binary64; binary64 holds both exactly.
    case float(Double)
    case extended(Extended)
}

/// A register or constant of the running program: an integer in two's complement; a pointer with its base above its
/// offset; the bits of a binary64; or those of an extended80.
typealias Slot = Int128

extension Slot {
    @inline(__always) init(_ pointer: Pointer) { self.init(base: pointer.base.number, offset: pointer.offset) }
    @inline(__always) init(base: Int32, offset: Int64) {
        self = Int128(base) &<< 64 | Int128(UInt64(bitPattern: offset))
    }
    @inline(__always) init(_ value: Double) { self = Int128(value.bitPattern) }

    @inline(__always) var low: Int64 { Int64(truncatingIfNeeded: self) }
    @inline(__always) var unsignedLow: UInt64 { UInt64(truncatingIfNeeded: self) }
    @inline(__always) var base: Int32 { Int32(truncatingIfNeeded: self &>> 64) }
    @inline(__always) var offset: Int64 { low }
    @inline(__always) var pointer: Pointer { Pointer(base: Base(base), offset: offset) }
    @inline(__always) var double: Double { Double(bitPattern: unsignedLow) }
    /// Whether it is an integer that 64 bits with a sign hold.
    @inline(__always) var isNarrow: Bool { Int128(low) == self }
}

extension IntegerType {
    /// The number of this type that has these low bits. Of an unsigned type of 128 bits: as if it had a sign.
    @inline(__always) func number(_ bits: UInt128) -> Slot {
        let unused = UInt128(128 - self.bits)
        let shifted = bits << unused
        return isSigned
            ? Slot(truncatingIfNeeded: shifted) >> Slot(unused) : Slot(truncatingIfNeeded: shifted >> unused)
    }
}

extension Slot {
    #if arch(x86_64) || arch(i386)
    init(_ value: Extended) {
        let top = UInt64(value.exponentBitPattern) | (value.sign == .minus ? 0x8000 : 0)
        self = Int128(top) &<< 64 | Int128(value.encodedSignificand)
    }

    var extended: Extended {
        let top = UInt64(truncatingIfNeeded: self &>> 64), significand = unsignedLow
        let sign: FloatingPointSign = top & 0x8000 == 0 ? .plus : .minus
        let exponent = UInt(top & 0x7fff)
        return Extended(
            sign: sign, exponentBitPattern: exponent, significandBitPattern: significand & (UInt64.max >> 1))
    }
    #else
    var extended: Extended { double }
    #endif
}

#if arch(x86_64) || arch(i386)
extension Float80 {
    /// The significand as it is stored, with its explicit integer bit.
    fileprivate var encodedSignificand: UInt64 {
        significandBitPattern | (exponentBitPattern == 0 ? 0 : 1 << 63)
    }
}
#endif
