// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension JSONParser {
    /// An integer without sign on zero, leading zeros, fraction or exponent.
    mutating func integer() throws(JSONError) -> Int {
        let start = position
        if peek() == UInt8(ascii: "-") { position += 1 }
        let digits = position
        while let byte = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position > digits else {
            guard let byte = peek() else { throw error(.unexpectedEnd) }
            throw error(.unexpectedByte(byte, expected: "a digit"))
        }
        let isZero = bytes[digits] == UInt8(ascii: "0")
        if isZero, position > digits + 1 || digits > start {
            throw error(.notCanonical("zero has one spelling, and no number starts with it"), at: start)
        }
        if let byte = peek(), byte == UInt8(ascii: ".") || byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            throw error(.numberIsNotAnExactInteger, at: start)
        }
        guard position - start <= 17, let value = Int(String(decoding: bytes[start..<position], as: UTF8.self)),
            JSONValue.exactIntegers.contains(value)
        else { throw error(.numberIsNotAnExactInteger, at: start) }
        return value
    }

    /// A string, from its opening to its closing quote.
    mutating func string() throws(JSONError) -> String {
        position += 1
        var text: [UInt8] = []
        var plain = position
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\""):
                text += bytes[plain..<position]
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                text += bytes[plain..<position]
                text += try escape()
                plain = position
            case 0..<0x20: throw error(.controlCharacterInString)
            default: position += 1
            }
        }
        throw error(.unexpectedEnd)
    }

    private mutating func escape() throws(JSONError) -> [UInt8] {
        let start = position
        guard position + 1 < bytes.count else { throw error(.unexpectedEnd) }
        let letter = bytes[position + 1]
        position += 2
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): return [letter]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "/"):
            if form == .canonical { throw error(.notCanonical("'/' is not escaped"), at: start) }
            return [letter]
        case UInt8(ascii: "u"): return try unicodeEscape(from: start)
        default: throw error(.invalidEscape, at: start)
        }
    }

    private mutating func unicodeEscape(from start: Int) throws(JSONError) -> [UInt8] {
        let unit = try fourHexadecimalDigits()
        if form == .canonical {
            let hasShortForm: Set<UInt32> = [0x08, 0x09, 0x0A, 0x0C, 0x0D]
            let spelling = bytes[(start + 2)..<position]
            guard unit < 0x20, !hasShortForm.contains(unit),
                spelling.allSatisfy({ !(UInt8(ascii: "A")...UInt8(ascii: "F")).contains($0) })
            else { throw error(.notCanonical("the character has a shorter spelling"), at: start) }
        }
        guard (0xD800...0xDFFF).contains(unit) else { return try scalar(unit, from: start) }
        guard unit < 0xDC00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { throw error(.loneSurrogate, at: start) }
        position += 2
        let low = try fourHexadecimalDigits()
        guard (0xDC00...0xDFFF).contains(low) else { throw error(.loneSurrogate, at: start) }
        return try scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00), from: start)
    }

    private func scalar(_ value: UInt32, from start: Int) throws(JSONError) -> [UInt8] {
        guard let scalar = Unicode.Scalar(value) else { throw error(.loneSurrogate, at: start) }
        return Array(String(Character(scalar)).utf8)
    }

    private mutating func fourHexadecimalDigits() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek() else { throw error(.unexpectedEnd) }
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue, byte < 0x80 else {
                throw error(.invalidEscape)
            }
            value = value << 4 + UInt32(digit)
            position += 1
        }
        return value
    }
}
