// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// What decides where the program leaves a choice open: `havoc`, the bytes of `scramble`, whether `allocate` succeeds.
/// Every answer gives an execution that the program's meaning allows.
public protocol ChoiceSource {
    /// A value of the type: its bits, of which as many count as the type has.
    mutating func bits(of type: ScalarType) -> UInt128
    /// The bytes of a range of memory.
    mutating func bytes(_ count: Int) -> [UInt8]
    /// Whether there is memory for an object of so many bytes.
    mutating func allocates(_ size: Int64) -> Bool
}

/// Choices from a file of bytes, each value little endian in as many bytes as it has; zeros after the end. Memory is always
/// found.
public struct RecordedChoices: ChoiceSource, Sendable {
    private let recorded: [UInt8]
    private var next = 0

    public init(bytes: [UInt8]) { recorded = bytes }

    public mutating func bits(of type: ScalarType) -> UInt128 {
        bytes((type.storageBits + 7) / 8).reversed().reduce(0) { $0 << 8 | UInt128($1) }
    }

    public mutating func bytes(_ count: Int) -> [UInt8] {
        let taken = recorded[min(next, recorded.count)..<min(next + count, recorded.count)]
        next += taken.count
        return taken + Array(repeating: 0, count: count - taken.count)
    }

    public mutating func allocates(_ size: Int64) -> Bool { true }
}

/// Choices from a seed: the same ones on every machine. Small numbers and limits of types come more often than chance
/// would have them, since programs behave differently there.
public struct SeededChoices: ChoiceSource, Sendable {
    private var state: UInt64
    /// Of 2^16 allocations, how many find no memory.
    private let failures: UInt64

    /// - Parameter allocationFailures: the share of allocations that find no memory, from 0 to 1.
    public init(seed: UInt64, allocationFailures: Double = 0) {
        state = seed
        failures = UInt64(allocationFailures * 65536)
    }

    /// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014).
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    public mutating func bits(of type: ScalarType) -> UInt128 {
        let random = UInt128(next()) << 64 | UInt128(next())
        guard case .integer(let integer) = type else {
            if case .float(let format) = type { return float(format, random) }
            return 0
        }
        switch next() % 8 {
        case 0: return UInt128(truncatingIfNeeded: Int128(truncatingIfNeeded: random) & 15)
        case 1: return UInt128(truncatingIfNeeded: integer.minimum)
        case 2: return UInt128(truncatingIfNeeded: integer.maximum ?? -1)
        case 3: return UInt128(truncatingIfNeeded: -(Int128(truncatingIfNeeded: random) & 15))
        case 4, 5: return random & 0xff
        default: return random
        }
    }

    /// Numbers of ordinary size as often as any pattern of bits.
    private mutating func float(_ format: FloatFormat, _ random: UInt128) -> UInt128 {
        let isOrdinary = next() % 2 == 0
        let number = Double(Int64(truncatingIfNeeded: random) % 100_000) / 64
        switch format {
        case .binary32: return isOrdinary ? UInt128(Float(number).bitPattern) : random & 0xffff_ffff
        case .binary64: return isOrdinary ? UInt128(number.bitPattern) : random & UInt128(UInt64.max)
        case .extended80: return UInt128(truncatingIfNeeded: Slot(Extended(number)))
        }
    }

    public mutating func bytes(_ count: Int) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(count)
        while result.count < count {
            let bits = next()
            for shift in stride(from: UInt64(0), to: 64, by: 8) where result.count < count {
                result.append(UInt8(truncatingIfNeeded: bits >> shift))
            }
        }
        return result
    }

    public mutating func allocates(_ size: Int64) -> Bool { failures == 0 || next() & 0xffff >= failures }
}
