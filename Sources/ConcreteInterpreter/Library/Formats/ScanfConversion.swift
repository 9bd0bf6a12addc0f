// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// One conversion of a scanf format (C11 7.21.6.2p3).
struct ScanfConversion {
    var isSuppressed = false
    /// The largest number of bytes; nil: none is given.
    var width: Int?
    var length = FormatLength.none
    var specifier: UInt8 = 0
    /// For `[` the bytes that match.
    var set: [Bool] = []

    var character: Character { Character(Unicode.Scalar(specifier)) }

    /// Whether white space is skipped before it (p8).
    var skipsSpace: Bool { !["[", "c", "n"].contains(character) }

    /// Takes what follows a `%`; nil where that is no conversion.
    init?(_ text: inout FormatText) {
        isSuppressed = text.take("*")
        width = text.takeNumber()
        // C11 7.21.6.2p3: greater than zero.
        if width == 0 { return nil }
        length = text.takeLength()
        guard let specifier = text.take() else { return nil }
        self.specifier = specifier
        guard isValid else { return nil }
        if specifier == UInt8(ascii: "[") {
            guard let set = Self.set(&text) else { return nil }
            self.set = set
        }
    }

    private var isValid: Bool {
        switch character {
        case "d", "i", "u", "o", "x", "X", "n": length != .longDouble
        case "f", "F", "e", "E", "g", "G", "a", "A": length == .none || length == .long || length == .longDouble
        case "c", "s", "[": length == .none || length == .long
        case "p", "%": length == .none
        default: false
        }
    }

    /// The set behind `[`: a `]` or `-` at its start is an element, as `-` is at its end; else `-` makes a range (glibc).
    private static func set(_ text: inout FormatText) -> [Bool]? {
        let isInverted = text.take("^")
        var contains = [Bool](repeating: false, count: 256)
        var previous: UInt8 = 0
        if text.next == UInt8(ascii: "]") || text.next == UInt8(ascii: "-"), let first = text.take() {
            contains[Int(first)] = true
            previous = first
        }
        while let byte = text.take() {
            if byte == UInt8(ascii: "]") { return isInverted ? contains.map { !$0 } : contains }
            if byte == UInt8(ascii: "-"), let last = text.next, last != UInt8(ascii: "]"), previous <= last {
                for element in previous..<last { contains[Int(element)] = true }
            } else {
                contains[Int(byte)] = true
            }
            previous = byte
        }
        return nil
    }
}
