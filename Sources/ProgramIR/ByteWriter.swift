// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Writes the primitives of FORMAT.md section 1.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func byte(_ value: UInt8) { bytes.append(value) }
    mutating func flag(_ value: Bool) { byte(value ? 1 : 0) }

    /// `u`. A negative number, which a well-formed program does not have, becomes one that no decoder takes.
    mutating func unsigned(_ value: some BinaryInteger) {
        var rest = UInt64(truncatingIfNeeded: value)
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// `s`.
    mutating func signed(_ value: Int128) {
        // The usual zigzag: 2n, or -2n-1 for negative n, without overflow at either end.
        var rest = UInt128(bitPattern: (value << 1) ^ (value >> 127))
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// `id`.
    mutating func id(_ value: Int32) { unsigned(Int64(value) + 1) }

    mutating func text(_ value: String) {
        unsigned(value.utf8.count)
        bytes.append(contentsOf: value.utf8)
    }

    /// Eight bytes, little endian.
    mutating func float(_ bits: UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift))) }
    }

    mutating func list<Element>(
        _ elements: some Collection<Element>, _ write: (inout ByteWriter, Element) -> Void
    ) {
        unsigned(elements.count)
        for element in elements { write(&self, element) }
    }

    mutating func operand(_ operand: Operand) {
        byte(operand.kind.rawValue)
        unsigned(operand.index)
    }

    mutating func type(_ type: ScalarType) {
        switch type {
        case .integer(let type):
            byte(0)
            byte(type.bits)
            flag(type.isSigned)
        case .pointer:
            byte(1)
        case .float(let format):
            byte(2)
            byte(format.rawValue)
        }
    }

    mutating func range(_ range: PoolRange) {
        unsigned(range.start)
        unsigned(range.count)
    }

    mutating func ascii(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }
}
