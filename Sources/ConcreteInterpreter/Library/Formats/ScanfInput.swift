// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// What a call of a scanf function reads from, one byte after the other.
struct ScanfInput {
    private enum Source {
        case stream(Stream)
        case text([UInt8])
    }

    private let source: Source
    private var position = 0
    /// Bytes read and not given back: what `%n` stores.
    private(set) var count = 0

    init(_ stream: Stream) { source = .stream(stream) }
    init(_ text: [UInt8]) { source = .text(text) }

    /// Nil at the end of the input.
    mutating func next() -> UInt8? {
        let byte: UInt8?
        switch source {
        case .stream(let stream): byte = stream.next()
        case .text(let text):
            byte = position < text.count ? text[position] : nil
            position += byte == nil ? 0 : 1
        }
        if byte != nil { count += 1 }
        return byte
    }

    /// Gives back the byte that came last; nothing where that was the end.
    mutating func giveBack(_ byte: UInt8?) {
        guard let byte else { return }
        count -= 1
        switch source {
        case .stream(let stream): stream.pushBack(byte)
        case .text: position -= 1
        }
    }

    /// Skips white space.
    mutating func skipSpace() {
        var byte = next()
        while let space = byte, isSpace(space) { byte = next() }
        giveBack(byte)
    }
}

/// isspace in the C locale.
func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || (9...13).contains(byte) }

func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

/// A letter's lower case in the C locale; other bytes as they are.
func lowercase(_ byte: UInt8) -> UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte }

func isHexadecimalDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(lowercase(byte))
}
