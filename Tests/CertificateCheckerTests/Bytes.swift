// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Writes the fields of FORMAT.md section 1, for tests: independent of the producer's writer.
struct Bytes {
    var bytes: [UInt8] = []

    init(_ body: (inout Bytes) -> Void = { _ in }) { body(&self) }

    mutating func byte(_ value: UInt8) { bytes.append(value) }
    mutating func raw(_ other: [UInt8]) { bytes += other }

    mutating func u(_ value: Int) {
        var rest = UInt64(value)
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7f) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func s(_ value: Int128) {
        var rest = value >= 0 ? UInt128(value) << 1 : (UInt128(-(value + 1)) << 1) | 1
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7f) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func optional(_ value: Int128?) {
        byte(value == nil ? 0 : 1)
        if let value { s(value) }
    }

    mutating func id(_ value: Int?) { u(value.map { $0 + 1 } ?? 0) }

    mutating func text(_ value: String) {
        u(value.utf8.count)
        bytes += Array(value.utf8)
    }

    mutating func list<Element>(_ elements: [Element], _ write: (inout Bytes, Element) -> Void) {
        u(elements.count)
        for element in elements { write(&self, element) }
    }

    // Hints.

    /// A derivation that names one linear fact.
    mutating func fact(_ number: Int) {
        u(1)
        u(number)
    }

    /// A derivation without premises, for constants.
    mutating func none() { u(0) }

    mutating func combination(_ premises: [(Int, Int128)], over divisor: Int128 = 1) {
        u(premises.count + 1)
        for (fact, coefficient) in premises {
            u(fact)
            s(coefficient)
        }
        s(divisor)
    }
}
