// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Why a text is not the JSON it must be, and at which byte.
public struct JSONError: Error, Equatable, CustomStringConvertible, Sendable {
    public enum Reason: Equatable, Sendable {
        case notUTF8
        case tooDeep(limit: Int)
        case unexpectedEnd
        case unexpectedByte(UInt8, expected: String)
        case duplicateKey(String)
        case keysOutOfOrder(String)
        case numberIsNotAnExactInteger
        case invalidEscape
        case loneSurrogate
        case controlCharacterInString
        case notCanonical(String)
        case trailingBytes
        case missingLineEnd
    }

    public let reason: Reason
    /// Bytes from the start of the text.
    public let offset: Int
    /// 1-based line and column (in bytes) of ``offset``.
    public let line: Int
    public let column: Int

    init(_ reason: Reason, at offset: Int, in bytes: [UInt8]) {
        self.reason = reason
        self.offset = offset
        let before = bytes[..<Swift.min(offset, bytes.count)]
        let lineEnd = UInt8(ascii: "\n")
        line = 1 + before.count { $0 == lineEnd }
        column = offset - (before.lastIndex(of: lineEnd).map { $0 + 1 } ?? 0) + 1
    }

    public var description: String {
        "line \(line), column \(column) (byte \(offset)): \(reason)"
    }
}

extension JSONError.Reason: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notUTF8: "not valid UTF-8"
        case .tooDeep(let limit): "nested deeper than \(limit) levels"
        case .unexpectedEnd: "the text ends in the middle of a value"
        case .unexpectedByte(let byte, let expected):
            "found \(JSONError.Reason.spelling(of: byte)) where \(expected) was expected"
        case .duplicateKey(let key): "the key \"\(key)\" appears twice"
        case .keysOutOfOrder(let key): "the key \"\(key)\" is not in canonical order"
        case .numberIsNotAnExactInteger: "the number is not an integer between -(2^53-1) and 2^53-1"
        case .invalidEscape: "not an escape that JSON knows"
        case .loneSurrogate: "half of a surrogate pair"
        case .controlCharacterInString: "a control character must be escaped inside a string"
        case .notCanonical(let what): "not in canonical form: \(what)"
        case .trailingBytes: "more text after the end of the value"
        case .missingLineEnd: "the last line does not end with a line end"
        }
    }

    private static func spelling(of byte: UInt8) -> String {
        (0x21..<0x7F).contains(byte)
            ? "'\(Character(UnicodeScalar(byte)))'"
            : "the byte 0x" + String(byte, radix: 16)
    }
}
