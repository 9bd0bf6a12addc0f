// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A format of the scanf family, taken apart (C11 7.21.6.2). White space and ordinary characters store nothing; the
/// helpers let the input end or differ before any conversion, so only conversions are listed.
public struct ScanfFormat: Sendable, Hashable {
    public struct Conversion: Sendable, Hashable {
        public enum Kind: Sendable, Hashable {
            /// One object: `__ai_scanf_value`.
            case value(bytes: Int)
            /// `%s` and `%[`: `__ai_scanf_string`.
            case string
            /// `%c`: `__ai_scanf_characters`.
            case characters
            /// `%n`, which does not count: `__ai_scanf_count`.
            case count(bytes: Int)
        }

        public let kind: Kind
        /// The largest number of characters; 0 for no limit. `%c` without a width reads 1.
        public let width: Int
        /// The argument: a pointer to what is stored.
        public let argument: FormatArgument
    }

    /// The conversions that store, in order; those with `*` are left out.
    public let conversions: [Conversion]

    /// Takes a format apart. `nil` where it is invalid or uses what has no model: wide characters, numbered arguments,
    /// `m` (allocation). The call is then lowered as one whose format is unknown.
    public init?(_ bytes: [UInt8]) {
        var scanner = FormatScanner(bytes)
        var conversions: [Conversion] = []
        while let character = scanner.take() {
            if character != "%" || scanner.take("%") { continue }
            let isSuppressed = scanner.take("*")
            guard let conversion = Self.conversion(&scanner) else { return nil }
            if !isSuppressed { conversions.append(conversion) }
        }
        self.conversions = conversions
    }

    private static func conversion(_ scanner: inout FormatScanner) -> Conversion? {
        var width = 0
        if let digit = scanner.next, digit.isASCII, digit.isNumber {
            guard let number = scanner.takeNumber(), number > 0 else { return nil }
            width = number
        }
        let modifier = scanner.takeLengthModifier()
        guard let specifier = scanner.take() else { return nil }
        switch specifier {
        case "d", "i", "u", "o", "x", "X", "n":
            guard modifier != .longDouble else { return nil }
            let bytes = modifier?.bytes ?? 4
            let kind = specifier == "n" ? Conversion.Kind.count(bytes: bytes) : .value(bytes: bytes)
            return Conversion(kind: kind, width: width, argument: .object(bytes: bytes))
        case "a", "A", "e", "E", "f", "F", "g", "G":
            guard let bytes = floatBytes(modifier) else { return nil }
            return Conversion(kind: .value(bytes: bytes), width: width, argument: .object(bytes: bytes))
        case "p":
            guard modifier == nil else { return nil }
            return Conversion(kind: .value(bytes: 8), width: width, argument: .object(bytes: 8))
        case "c":
            guard modifier == nil else { return nil }
            return Conversion(kind: .characters, width: max(width, 1), argument: .characters)
        case "s":
            guard modifier == nil else { return nil }
            return Conversion(kind: .string, width: width, argument: .characters)
        case "[":
            guard modifier == nil, skipSet(&scanner) else { return nil }
            return Conversion(kind: .string, width: width, argument: .characters)
        default:
            return nil
        }
    }

    private static func floatBytes(_ modifier: LengthModifier?) -> Int? {
        switch modifier {
        case nil: 4
        case .long: 8
        case .longDouble: 16
        default: nil
        }
    }

    /// The set after `[`: a `]` at its start, or after `^`, is an element.
    private static func skipSet(_ scanner: inout FormatScanner) -> Bool {
        _ = scanner.take("^")
        _ = scanner.take("]")
        while let character = scanner.take() {
            if character == "]" { return true }
        }
        return false
    }
}
