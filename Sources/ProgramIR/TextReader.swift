// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Why a text is not a program, and where.
public struct ParseFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// From 1.
    public var line: Int
    /// In characters (Unicode scalars), from 1.
    public var column: Int
    /// In plain English, without the place.
    public var message: String

    public var description: String { "\(line):\(column): \(message)" }
}

/// Reads the words of the text form. Works on bytes: a quotation mark ends a quotation also where a combining
/// character follows it.
struct TextReader {
    private let bytes: [UInt8]
    private(set) var offset = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    func failure(_ message: String, at offset: Int? = nil) -> ParseFailure {
        let before = bytes[..<min(offset ?? self.offset, bytes.count)]
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        // Bytes 10xxxxxx continue a character.
        let column = before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
        return ParseFailure(line: before.count { $0 == UInt8(ascii: "\n") } + 1, column: column, message: message)
    }

    /// Passes white space and comments.
    mutating func skipSpace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\t"), UInt8(ascii: "\r"): offset += 1
            case UInt8(ascii: ";"):
                while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
            default: return
            }
        }
    }

    mutating func isAtEnd() -> Bool {
        skipSpace()
        return offset == bytes.count
    }

    func peek(_ distance: Int = 0) -> UInt8? {
        offset + distance < bytes.count ? bytes[offset + distance] : nil
    }

    /// Passes the mark if it stands here, behind space.
    mutating func take(_ mark: StaticString) -> Bool {
        skipSpace()
        let matches = mark.withUTF8Buffer { bytes[offset...].starts(with: $0) }
        if matches { offset += mark.utf8CodeUnitCount }
        return matches
    }

    mutating func expect(_ mark: StaticString) throws(ParseFailure) {
        guard take(mark) else { throw failure("'\(mark)' is expected") }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        TextNames.isNameByte(byte) && byte != UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }

    /// Letters, digits, `_` and `-`; empty if none stands here.
    mutating func word() -> String {
        skipSpace()
        let start = offset
        while let byte = peek(), Self.isWordByte(byte) { offset += 1 }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    /// Passes the word if it stands here.
    mutating func takeWord(_ expected: String) -> Bool {
        let start = offset
        if word() == expected { return true }
        offset = start
        return false
    }

    mutating func expectWord(_ expected: String) throws(ParseFailure) {
        guard takeWord(expected) else { throw failure("'\(expected)' is expected") }
    }

    /// One of the words, as its place among them.
    mutating func choice(_ words: [String], _ what: String) throws(ParseFailure) -> UInt8 {
        skipSpace()
        let start = offset
        guard let index = words.firstIndex(of: word()) else { throw failure("a \(what) is expected", at: start) }
        return UInt8(index)
    }

    /// A decimal number that the type holds.
    mutating func number<Number: FixedWidthInteger>(_: Number.Type = Number.self) throws(ParseFailure) -> Number {
        skipSpace()
        let start = offset
        if peek() == UInt8(ascii: "-") { offset += 1 }
        while let byte = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { offset += 1 }
        guard let number = Number(String(decoding: bytes[start..<offset], as: UTF8.self)) else {
            throw failure(start == offset ? "a number is expected" : "the number is out of range", at: start)
        }
        return number
    }

    /// The bits of a float, if one stands here: it has a point or an exponent, or is `inf` or `nan:`.
    mutating func float() -> UInt64? {
        skipSpace()
        let start = offset
        var end = offset
        while end < bytes.count,
            Self.isWordByte(bytes[end]) || bytes[end] == UInt8(ascii: ".")
                || bytes[end] == UInt8(ascii: "+") || bytes[end] == UInt8(ascii: ":")
        {
            end += 1
        }
        let text = String(decoding: bytes[start..<end], as: UTF8.self)
        if text.hasPrefix("nan:") {
            guard let bits = UInt64(text.dropFirst(4), radix: 16), Double(bitPattern: bits).isNaN else { return nil }
            offset = end
            return bits
        }
        guard text.contains(".") || text.contains("e") || text.hasSuffix("inf"), let value = Double(text),
            !value.isNaN
        else { return nil }
        offset = end
        return value.bitPattern
    }

    /// A quotation.
    mutating func quotation() throws(ParseFailure) -> String {
        try expect("\"")
        let start = offset - 1
        var content: [UInt8] = []
        while let byte = peek(), byte != UInt8(ascii: "\n") {
            offset += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: content, as: UTF8.self)
            case UInt8(ascii: "\\"): content += try escape().utf8
            default: content.append(byte)
            }
        }
        throw failure("the quotation does not end", at: start)
    }

    private mutating func escape() throws(ParseFailure) -> String {
        let start = offset - 1
        let next = peek()
        offset += 1
        switch next {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "u"):
            guard peek() == UInt8(ascii: "{"), let end = bytes[offset...].firstIndex(of: UInt8(ascii: "}")),
                let code = UInt32(String(decoding: bytes[offset + 1..<end], as: UTF8.self), radix: 16),
                let scalar = Unicode.Scalar(code)
            else { break }
            offset = end + 1
            return String(Character(scalar))
        default: break
        }
        throw failure("the escape is unknown", at: start)
    }

    /// The name behind a number: `.name`; nil if there is none.
    mutating func suffix() -> String? {
        guard peek() == UInt8(ascii: "."), let first = peek(1), first != UInt8(ascii: "."),
            TextNames.isNameByte(first)
        else { return nil }
        let start = offset + 1
        offset = start
        while let byte = peek(), TextNames.isNameByte(byte) { offset += 1 }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }
}
