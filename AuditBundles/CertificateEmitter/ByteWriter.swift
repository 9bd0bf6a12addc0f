// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Bytes as FORMAT.md section 1 encodes them.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func byte(_ value: UInt8) { bytes.append(value) }

    mutating func bytes(_ values: [UInt8]) { bytes += values }

    mutating func unsigned(_ value: Int) { leb(UInt128(truncatingIfNeeded: max(value, 0))) }

    mutating func signed(_ value: Int128) {
        let zigzag = value >= 0 ? UInt128(value) << 1 : (UInt128(bitPattern: ~value) << 1) | 1
        leb(zigzag)
    }

    mutating func optional(_ value: Int128?) {
        guard let value else { return byte(0) }
        byte(1)
        signed(value)
    }

    mutating func double(_ value: Double) {
        let bits = value.bitPattern
        for shift in stride(from: UInt64(0), to: 64, by: 8) { byte(UInt8(truncatingIfNeeded: bits >> shift)) }
    }

    private mutating func leb(_ value: UInt128) {
        var rest = value
        while rest >= 128 {
            byte(UInt8(truncatingIfNeeded: rest) | 128)
            rest >>= 7
        }
        byte(UInt8(truncatingIfNeeded: rest))
    }
}
