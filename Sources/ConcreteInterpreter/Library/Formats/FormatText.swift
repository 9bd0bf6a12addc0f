// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The text of a format, read from the front.
struct FormatText {
    private let bytes: [UInt8]
    private(set) var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var next: UInt8? { position < bytes.count ? bytes[position] : nil }
    /// The byte behind the next one.
    var second: UInt8? { position + 1 < bytes.count ? bytes[position + 1] : nil }

    mutating func take() -> UInt8? {
        guard position < bytes.count else { return nil }
        position += 1
        return bytes[position - 1]
    }

    mutating func take(_ wanted: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: wanted) else { return false }
        position += 1
        return true
    }

    /// The bytes up to the next `%`.
    mutating func takeText() -> ArraySlice<UInt8> {
        let end = bytes[position...].firstIndex(of: UInt8(ascii: "%")) ?? bytes.count
        defer { position = end }
        return bytes[position..<end]
    }

    /// A decimal number; nil without a digit. One that no int holds is the largest int.
    mutating func takeNumber() -> Int? {
        var value: Int?
        while let digit = next, digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") {
            position += 1
            value = min((value ?? 0) * 10 + Int(digit - UInt8(ascii: "0")), Int(Int32.max))
        }
        return value
    }

    mutating func takeLength() -> FormatLength {
        if take("h") { return take("h") ? .char : .short }
        if take("l") { return take("l") ? .longLong : .long }
        if take("j") { return .intmax }
        if take("z") { return .size }
        if take("t") { return .difference }
        if take("L") { return .longDouble }
        return .none
    }
}

/// A length modifier (C11 7.21.6.1p7).
enum FormatLength {
    case none, char, short, long, longLong, intmax, size, difference, longDouble

    /// The bits of the integer type it names.
    var bits: UInt8 {
        switch self {
        case .none, .longDouble: 32
        case .char: 8
        case .short: 16
        case .long, .longLong, .intmax, .size, .difference: 64
        }
    }

    /// The bits of that type as an argument: after the promotions.
    var argumentBits: UInt8 { max(32, bits) }
}
