// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// How strictly a text is read.
public enum JSONForm: Sendable {
    /// Exactly the bytes that ``JSONValue/canonicalBytes`` writes: what bundles hold.
    case canonical
    /// Any layout, key order and escapes (RFC 8259); duplicate keys stay errors. For files that people write.
    case anyLayout
}

extension JSONValue {
    /// The deepest nesting that is read. Bundles need five levels.
    public static let depthLimit = 64

    /// Reads one JSON text.
    public init(parsing bytes: [UInt8], as form: JSONForm = .canonical) throws(JSONError) {
        if let offset = firstInvalidUTF8(in: bytes) { throw JSONError(.notUTF8, at: offset, in: bytes) }
        var parser = JSONParser(bytes: bytes, form: form)
        self = try parser.document()
    }

    /// Reads a file of canonical JSON texts, each on a line of its own, the last line ended too.
    public static func lines(parsing bytes: [UInt8]) throws(JSONError) -> [JSONValue] {
        if let offset = firstInvalidUTF8(in: bytes) { throw JSONError(.notUTF8, at: offset, in: bytes) }
        var parser = JSONParser(bytes: bytes, form: .canonical)
        return try parser.lines()
    }
}

/// Recursive descent over valid UTF-8.
struct JSONParser {
    let bytes: [UInt8]
    let form: JSONForm
    var position = 0
    private var depth = 0

    init(bytes: [UInt8], form: JSONForm) {
        self.bytes = bytes
        self.form = form
    }

    mutating func document() throws(JSONError) -> JSONValue {
        skipSpace()
        let value = try value()
        skipSpace()
        if position < bytes.count { throw error(.trailingBytes) }
        return value
    }

    mutating func lines() throws(JSONError) -> [JSONValue] {
        var values: [JSONValue] = []
        while position < bytes.count {
            values.append(try value())
            guard let byte = peek() else { throw error(.missingLineEnd) }
            guard byte == UInt8(ascii: "\n") else { throw error(.unexpectedByte(byte, expected: "a line end")) }
            position += 1
        }
        return values
    }

    func error(_ reason: JSONError.Reason, at offset: Int? = nil) -> JSONError {
        JSONError(reason, at: offset ?? position, in: bytes)
    }

    func peek() -> UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    /// Canonical texts have no space between tokens, so there it is left for the caller to stumble over.
    private mutating func skipSpace() {
        guard form == .anyLayout else { return }
        while let byte = peek(), byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        guard let byte = peek() else { throw error(.unexpectedEnd) }
        switch byte {
        case UInt8(ascii: "{"): return try nested { parser throws(JSONError) in try parser.object() }
        case UInt8(ascii: "["): return try nested { parser throws(JSONError) in try parser.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .integer(try integer())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: throw error(.unexpectedByte(byte, expected: "a value"))
        }
    }

    private mutating func nested(
        _ body: (inout JSONParser) throws(JSONError) -> JSONValue
    ) throws(JSONError) -> JSONValue {
        guard depth < JSONValue.depthLimit else { throw error(.tooDeep(limit: JSONValue.depthLimit)) }
        depth += 1
        position += 1
        let value = try body(&self)
        depth -= 1
        return value
    }

    private mutating func word(_ text: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for expected in text.utf8 {
            guard let byte = peek() else { throw error(.unexpectedEnd) }
            guard byte == expected else { throw error(.unexpectedByte(byte, expected: text)) }
            position += 1
        }
        return value
    }

    /// Consumes `separator` (true) or `end` (false).
    private mutating func more(_ separator: Character, end: Character) throws(JSONError) -> Bool {
        skipSpace()
        guard let byte = peek() else { throw error(.unexpectedEnd) }
        guard byte == separator.asciiValue || byte == end.asciiValue else {
            throw error(.unexpectedByte(byte, expected: "'\(separator)' or '\(end)'"))
        }
        position += 1
        return byte == separator.asciiValue
    }

    private mutating func closesAtOnce(_ end: Character) -> Bool {
        skipSpace()
        guard peek() == end.asciiValue else { return false }
        position += 1
        return true
    }

    private mutating func array() throws(JSONError) -> JSONValue {
        if closesAtOnce("]") { return .array([]) }
        var elements: [JSONValue] = []
        repeat {
            skipSpace()
            elements.append(try value())
        } while try more(",", end: "]")
        return .array(elements)
    }

    private mutating func object() throws(JSONError) -> JSONValue {
        if closesAtOnce("}") { return .object(JSONObject()) }
        var members: [JSONObject.Member] = []
        var seen: Set<[UInt8]> = []
        repeat {
            skipSpace()
            let start = position
            guard let quote = peek() else { throw error(.unexpectedEnd) }
            guard quote == UInt8(ascii: "\"") else { throw error(.unexpectedByte(quote, expected: "a key")) }
            let key = try string()
            try admit(key, at: start, after: members.last?.key, &seen)
            skipSpace()
            guard let colon = peek() else { throw error(.unexpectedEnd) }
            guard colon == UInt8(ascii: ":") else { throw error(.unexpectedByte(colon, expected: "':'")) }
            position += 1
            skipSpace()
            members.append(JSONObject.Member(key: key, value: try value()))
        } while try more(",", end: "}")
        if form == .anyLayout { members.sort { JSONObject.precedes($0.key, $1.key) } }
        return .object(JSONObject(sorted: members))
    }

    /// Refuses a key that was there before. In canonical texts keys ascend, so the last one tells.
    private func admit(
        _ key: String, at start: Int, after last: String?, _ seen: inout Set<[UInt8]>
    ) throws(JSONError) {
        switch form {
        case .canonical:
            guard let last, !JSONObject.precedes(last, key) else { return }
            throw error(last.utf8.elementsEqual(key.utf8) ? .duplicateKey(key) : .keysOutOfOrder(key), at: start)
        case .anyLayout:
            guard seen.insert(Array(key.utf8)).inserted else { throw error(.duplicateKey(key), at: start) }
        }
    }
}
