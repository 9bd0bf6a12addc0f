// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A format of the printf family, taken apart (C11 7.21.6.1).
public struct PrintfFormat: Sendable, Hashable {
    public enum Piece: Sendable, Hashable {
        /// So many ordinary characters.
        case text(count: Int)
        case conversion(Conversion)
    }

    public struct Conversion: Sendable, Hashable {
        /// The conversion specifier, for instance `d` or `s`.
        public let specifier: Character
        public let width: FormatNumber
        public let precision: FormatNumber
        /// What the conversion takes after the arguments of `*`; `nil` for `%m`, which takes nothing.
        public let argument: FormatArgument?
        /// The least and the largest number of characters the conversion makes before padding to `width`. `nil` for
        /// `%s`, whose length is the string's. A precision of `*` makes the largest `UInt64.max`.
        public let length: ClosedRange<UInt64>?
    }

    public let pieces: [Piece]

    /// Takes a format apart. `nil` where it is invalid or uses what has no model: wide characters, numbered arguments,
    /// decimal floating types. The call is then lowered as one whose format is unknown.
    public init?(_ bytes: [UInt8]) {
        var scanner = FormatScanner(bytes)
        var pieces: [Piece] = []
        var text = 0
        while let character = scanner.take() {
            if character != "%" || scanner.take("%") {
                text += 1
                continue
            }
            if text > 0 { pieces.append(.text(count: text)) }
            text = 0
            guard let conversion = Self.conversion(&scanner) else { return nil }
            pieces.append(.conversion(conversion))
        }
        if text > 0 { pieces.append(.text(count: text)) }
        self.pieces = pieces
    }

    private static func conversion(_ scanner: inout FormatScanner) -> Conversion? {
        var flags: Set<Character> = []
        while let flag = scanner.next, "-+ #0'".contains(flag) {
            flags.insert(flag)
            _ = scanner.take()
        }
        let width: FormatNumber
        if scanner.take("*") {
            width = .argument
        } else if let digit = scanner.next, digit.isASCII, digit.isNumber {
            guard let number = scanner.takeNumber() else { return nil }
            width = .constant(number)
        } else {
            width = .none
        }
        var precision = FormatNumber.none
        if scanner.take(".") {
            if scanner.take("*") {
                precision = .argument
            } else if let digit = scanner.next, digit.isASCII, digit.isNumber {
                guard let number = scanner.takeNumber() else { return nil }
                precision = .constant(number)
            } else {
                precision = .constant(0)
            }
        }
        let modifier = scanner.takeLengthModifier()
        guard let specifier = scanner.take() else { return nil }
        let shape = Shape(flags: flags, precision: precision, modifier: modifier)
        guard let (argument, length) = shape.meaning(of: specifier) else { return nil }
        return Conversion(
            specifier: specifier, width: width, precision: precision, argument: argument, length: length)
    }
}

/// What decides a conversion's argument and length.
private struct Shape {
    let flags: Set<Character>
    let precision: FormatNumber
    let modifier: LengthModifier?

    typealias Meaning = (argument: FormatArgument?, length: ClosedRange<UInt64>?)

    func meaning(of specifier: Character) -> Meaning? {
        switch specifier {
        case "d", "i", "u", "o", "x", "X": return integer(specifier)
        case "f", "F", "e", "E", "g", "G", "a", "A": return floating(specifier)
        case "c": return modifier == nil ? (.integer(bytes: 4), 1...1) : nil
        case "s": return modifier == nil ? (.characters, nil) : nil
        // glibc prints "(nil)" or a hexadecimal number with its prefix.
        case "p": return modifier == nil ? (.pointer, 3...19) : nil
        case "n": return storing()
        // glibc: the text of errno.
        case "m": return (nil, 0...255)
        default: return nil
        }
    }

    private func storing() -> Meaning? {
        guard modifier != .longDouble else { return nil }
        return (.object(bytes: modifier?.bytes ?? 4), 0...0)
    }

    /// The precision, `absent` where there is none; `nil` where an argument gives it.
    private func precision(absent: UInt64) -> UInt64? {
        switch precision {
        case .none: absent
        case .constant(let number): UInt64(number)
        case .argument: nil
        }
    }

    private func integer(_ specifier: Character) -> Meaning? {
        guard modifier != .longDouble else { return nil }
        let bytes = modifier?.bytes ?? 4
        // The largest number of digits: bits over the digit's bits, rounded up; log10(2) is below 0.30103.
        let bits = Double(bytes * 8)
        let digits: Double =
            switch specifier {
            case "o": (bits / 3).rounded(.up)
            case "x", "X": bits / 4
            default: (bits * 0.30103).rounded(.up)
            }
        let argument = FormatArgument.integer(bytes: max(bytes, 4))
        guard let least = precision(absent: 1) else { return (argument, 0...UInt64.max) }
        // The locale's grouping may set a separator of up to 16 bytes before every digit.
        let grouped = flags.contains("'") ? UInt64(digits) * 17 : UInt64(digits)
        // A sign, or the prefix 0x.
        return (argument, min(least, 1)...(max(grouped, least) + 2))
    }

    private func floating(_ specifier: Character) -> Meaning? {
        guard modifier == nil || modifier == .long || modifier == .longDouble else { return nil }
        let isLong = modifier == .longDouble
        let argument = isLong ? FormatArgument.longDouble : .double
        let isHexadecimal = specifier == "a" || specifier == "A"
        // Without a precision %a prints every digit of the fraction.
        guard let precision = precision(absent: isHexadecimal ? 28 : 6) else { return (argument, 1...UInt64.max) }
        let sign: UInt64 = 1, point: UInt64 = 4
        var most: UInt64
        switch specifier {
        case "f", "F":
            let whole: UInt64 = isLong ? 4933 : 309
            most = sign + (flags.contains("'") ? whole * 17 : whole) + point + precision
        case "e", "E":
            // A digit, and an exponent such as e-308 or e+4932.
            most = sign + 1 + point + precision + 6
        case "g", "G":
            // As %e with precision - 1 digits behind the point, or as %f with at most four zeros after it.
            let digits = max(precision, 1)
            most = sign + digits + point + (isLong ? 6 : 5)
            if flags.contains("'") { most += digits * 16 }
        default:
            // 0x, a digit, and an exponent such as p-1074 or p+16383.
            most = sign + 3 + point + precision + 7
        }
        return (argument, 1...most)
    }
}
