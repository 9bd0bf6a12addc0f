// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Why bytes are not a program file, and where.
public struct DecodingFailure: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        case fileTooLarge
        case wrongMagic
        case unexpectedEnd
        case trailingBytes
        /// A number not in its shortest form.
        case overlongNumber
        /// A number that its field cannot hold.
        case numberOutOfRange
        /// More elements than the format allows, or than there are bytes.
        case tooManyElements
        case invalidText
        /// A code that the format does not define, in the named field.
        case unknownCode(field: String)
    }

    public var reason: Reason
    /// In bytes from the start of the file.
    public var offset: Int

    public var description: String {
        let text =
            switch reason {
            case .fileTooLarge: "the file is too large"
            case .wrongMagic: "this is not a program file"
            case .unexpectedEnd: "the file ends too early"
            case .trailingBytes: "there are bytes behind the end of the program"
            case .overlongNumber: "a number is not in its shortest form"
            case .numberOutOfRange: "a number is out of range"
            case .tooManyElements: "a list is too long"
            case .invalidText: "a text is not valid UTF-8"
            case .unknownCode(let field): "the \(field) is unknown"
            }
        return "byte \(offset): \(text)"
    }
}

/// Limits of FORMAT.md section 1.
enum FormatLimit {
    static let fileBytes = 256 << 20
    static let elements = 1 << 24
    /// Of a linear form.
    static let terms = 64
}

/// Reads the primitives of FORMAT.md section 1; every deviation throws.
struct ByteReader {
    private let bytes: [UInt8]
    private(set) var offset = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func failure(_ reason: DecodingFailure.Reason) -> DecodingFailure { .init(reason: reason, offset: offset) }

    var isAtEnd: Bool { offset == bytes.count }

    mutating func byte() throws(DecodingFailure) -> UInt8 {
        guard offset < bytes.count else { throw failure(.unexpectedEnd) }
        defer { offset += 1 }
        return bytes[offset]
    }

    mutating func flag(_ field: String) throws(DecodingFailure) -> Bool {
        let value = try byte()
        guard value <= 1 else { throw failure(.unknownCode(field: field)) }
        return value == 1
    }

    mutating func code<Code: RawRepresentable<UInt8>>(_ field: String) throws(DecodingFailure) -> Code {
        guard let code = Code(rawValue: try byte()) else { throw failure(.unknownCode(field: field)) }
        return code
    }

    /// Unsigned LEB128 in its shortest form, at most `bits` bits.
    private mutating func leb128(bits: Int) throws(DecodingFailure) -> UInt128 {
        var value: UInt128 = 0
        var shift = 0
        while true {
            let next = try byte()
            let payload = UInt128(next & 0x7F)
            guard shift < bits, bits - shift >= 7 || payload >> UInt128(bits - shift) == 0 else {
                throw failure(.numberOutOfRange)
            }
            value |= payload << UInt128(shift)
            if next < 0x80 {
                guard next != 0 || shift == 0 else { throw failure(.overlongNumber) }
                return value
            }
            shift += 7
        }
    }

    /// `u`, as far as the type holds it.
    mutating func unsigned<Number: FixedWidthInteger>(_: Number.Type = Number.self) throws(DecodingFailure) -> Number {
        guard let number = Number(exactly: try leb128(bits: 63)) else { throw failure(.numberOutOfRange) }
        return number
    }

    /// `s`.
    mutating func signed() throws(DecodingFailure) -> Int128 {
        let zigzag = try leb128(bits: 128)
        return Int128(bitPattern: zigzag >> 1) ^ (zigzag & 1 == 1 ? -1 : 0)
    }

    /// `s`, as far as 64 bits hold it.
    mutating func signed64() throws(DecodingFailure) -> Int64 {
        guard let number = Int64(exactly: try signed()) else { throw failure(.numberOutOfRange) }
        return number
    }

    /// `id`: -1 for none.
    mutating func id() throws(DecodingFailure) -> Int32 {
        let value = try unsigned(Int64.self) - 1
        guard let id = Int32(exactly: value) else { throw failure(.numberOutOfRange) }
        return id
    }

    /// A count of elements that take at least one byte each.
    private mutating func count() throws(DecodingFailure) -> Int {
        let count = try unsigned(Int.self)
        guard count <= FormatLimit.elements, count <= bytes.count - offset else { throw failure(.tooManyElements) }
        return count
    }

    mutating func text() throws(DecodingFailure) -> String {
        let count = try count()
        guard let text = String(validating: bytes[offset..<offset + count], as: UTF8.self) else {
            throw failure(.invalidText)
        }
        offset += count
        return text
    }

    mutating func float() throws(DecodingFailure) -> UInt64 {
        var bits: UInt64 = 0
        for shift in stride(from: 0, to: 64, by: 8) { bits |= UInt64(try byte()) << UInt64(shift) }
        return bits
    }

    mutating func list<Element>(
        _ read: (inout ByteReader) throws(DecodingFailure) -> Element
    ) throws(DecodingFailure) -> [Element] {
        var elements: [Element] = []
        let count = try count()
        elements.reserveCapacity(min(count, 4096))
        for _ in 0..<count { elements.append(try read(&self)) }
        return elements
    }

    mutating func operand() throws(DecodingFailure) -> Operand {
        let kind: Operand.Kind = try code("kind of an operand")
        let index = try unsigned(Int32.self)
        guard index == 0 || (kind != .none && kind != .null) else { throw failure(.numberOutOfRange) }
        return Operand(kind, index)
    }

    mutating func type() throws(DecodingFailure) -> ScalarType {
        switch try byte() {
        case 0:
            let bits = try byte()
            guard (1...128).contains(bits) else { throw failure(.numberOutOfRange) }
            return .integer(IntegerType(bits: bits, isSigned: try flag("signedness")))
        case 1: return .pointer
        case 2: return .float(try code("float format"))
        default: throw failure(.unknownCode(field: "class of a type"))
        }
    }

    mutating func range() throws(DecodingFailure) -> PoolRange {
        let start = try unsigned(Int32.self)
        let count = try unsigned(Int32.self)
        guard start <= FormatLimit.elements, count <= FormatLimit.elements else { throw failure(.numberOutOfRange) }
        return PoolRange(start: start, count: count)
    }
}
