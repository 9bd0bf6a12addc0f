// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Reads the fields of FORMAT.md section 1 from bytes, strictly: each value has one encoding.
struct Reader {
    let bytes: [UInt8]
    private(set) var position: Int
    let end: Int

    /// Limits of section 1.
    static let maximumCount = 1 << 24
    static let maximumFile = 256 << 20

    init(_ bytes: [UInt8]) throws(CheckFailure) {
        guard bytes.count <= Self.maximumFile else { throw CheckFailure(.limit, "the file is larger than 256 MiB") }
        self.bytes = bytes
        position = 0
        end = bytes.count
    }

    private init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    var isAtEnd: Bool { position >= end }

    /// A reader of a part that an earlier `part` returned.
    func reading(_ range: Range<Int>) throws(CheckFailure) -> Reader {
        guard range.lowerBound >= 0, range.upperBound <= bytes.count else {
            throw CheckFailure(.truncated, "a part lies outside of the file")
        }
        return Reader(bytes, range)
    }

    @inline(__always)
    mutating func byte() throws(CheckFailure) -> UInt8 {
        guard position < end, position >= 0, position < bytes.count else {
            throw CheckFailure(.truncated, "the bytes end inside a field")
        }
        let value = bytes[position]
        position += 1
        return value
    }

    mutating func flag() throws(CheckFailure) -> Bool {
        let value = try byte()
        guard value < 2 else { throw CheckFailure(.malformed, "a flag is \(value)") }
        return value == 1
    }

    /// `u`: unsigned LEB128 in its shortest form, below 2^63.
    @inline(__always)
    mutating func unsigned() throws(CheckFailure) -> Int {
        let first = try byte()
        if first < 0x80 { return Int(first) }
        var value = UInt64(first & 0x7f)
        var shift: UInt64 = 7
        while true {
            let next = try byte()
            guard shift < 63 else { throw CheckFailure(.malformed, "a number is not below 2^63") }
            value |= UInt64(next & 0x7f) << shift
            if next < 0x80 {
                guard next != 0 else { throw CheckFailure(.malformed, "a number is not in its shortest form") }
                break
            }
            shift += 7
        }
        guard let result = Int(exactly: value) else { throw CheckFailure(.malformed, "a number is not below 2^63") }
        return result
    }

    /// `s`: a signed 128-bit integer, zigzag and LEB128.
    @inline(__always)
    mutating func signed() throws(CheckFailure) -> Int128 {
        let first = try byte()
        if first < 0x80 {
            let half = Int128(first >> 1)
            return first & 1 == 0 ? half : -half - 1
        }
        return try longSigned(first)
    }

    private mutating func longSigned(_ first: UInt8) throws(CheckFailure) -> Int128 {
        var value = UInt128(first & 0x7f)
        var shift = 7
        while true {
            let next = try byte()
            guard shift < 126 || (shift == 126 && next < 4) else {
                throw CheckFailure(.malformed, "a number leaves 128 bits")
            }
            value |= UInt128(next & 0x7f) << UInt128(shift)
            if next < 0x80 {
                guard next != 0 else { throw CheckFailure(.malformed, "a number is not in its shortest form") }
                break
            }
            shift += 7
        }
        guard let half = Int128(exactly: value >> 1) else { throw .overflow }
        return value & 1 == 0 ? half : -half - 1
    }

    mutating func optionalSigned() throws(CheckFailure) -> Int128? { try flag() ? try signed() : nil }

    /// `id`: nil for 0.
    mutating func identifier() throws(CheckFailure) -> Int? {
        let value = try unsigned()
        return value == 0 ? nil : value - 1
    }

    /// A count of things of which each takes at least `size` bytes.
    mutating func count(ofSize size: Int = 1) throws(CheckFailure) -> Int {
        let value = try unsigned()
        guard value <= Self.maximumCount else { throw CheckFailure(.limit, "more than 2^24 of something: \(value)") }
        guard value * size <= end - position else { throw CheckFailure(.truncated, "a list is longer than the file") }
        return value
    }

    /// 8 bytes little endian: the bits of a binary64 value.
    mutating func double() throws(CheckFailure) -> Double {
        var bits: UInt64 = 0
        for shift in 0..<8 { bits |= UInt64(try byte()) << UInt64(shift * 8) }
        return Double(bitPattern: bits)
    }

    mutating func text() throws(CheckFailure) -> String {
        let range = try part()
        guard let text = String(validating: bytes[range], as: UTF8.self) else {
            throw CheckFailure(.malformed, "a text is not UTF-8")
        }
        return text
    }

    /// `u` length and that many bytes: where they lie.
    mutating func part() throws(CheckFailure) -> Range<Int> {
        let length = try unsigned()
        guard length <= end - position else { throw CheckFailure(.truncated, "a part is longer than the file") }
        let range = position..<(position + length)
        position += length
        return range
    }

    mutating func magic(_ name: String) throws(CheckFailure) {
        for expected in name.utf8 {
            guard try byte() == expected else { throw CheckFailure(.malformed, "the file does not begin with \(name)") }
        }
    }

    func finish() throws(CheckFailure) {
        guard position == end else { throw CheckFailure(.malformed, "bytes follow the last field") }
    }
}
