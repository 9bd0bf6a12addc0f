// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The argument a conversion takes, after the default argument promotions; sizes are those of x86_64 Linux.
public enum FormatArgument: Sendable, Hashable {
    /// An integer of that many bytes. The signed and the unsigned type of one size may stand for each other.
    case integer(bytes: Int)
    case double
    case longDouble
    /// `%p`: the standard wants a pointer to void; every object pointer is represented alike here.
    case pointer
    /// A pointer to characters: a string to read, or an array to fill.
    case characters
    /// A pointer to an object of that many bytes into which the call stores.
    case object(bytes: Int)
}

/// A width or precision.
public enum FormatNumber: Sendable, Hashable {
    case none
    case constant(Int)
    /// `*`: the next argument, an int.
    case argument
}

/// A length modifier, C11 7.21.6.1p7.
enum LengthModifier: String, CaseIterable {
    case char = "hh"
    case short = "h"
    case longLong = "ll"
    case long = "l"
    case intmax = "j"
    case size = "z"
    case ptrdiff = "t"
    case longDouble = "L"

    /// The bytes of the integer type it names; `L` names none.
    var bytes: Int? {
        switch self {
        case .char: 1
        case .short: 2
        case .long, .longLong, .intmax, .size, .ptrdiff: 8
        case .longDouble: nil
        }
    }
}

/// The text of a format, read from the front.
struct FormatScanner {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    /// A format ends at the first null byte.
    var isAtEnd: Bool { rest.isEmpty || rest.first == 0 }
    var next: Character? { isAtEnd ? nil : rest.first.map { Character(Unicode.Scalar($0)) } }

    mutating func take() -> Character? {
        guard let next else { return nil }
        rest.removeFirst()
        return next
    }

    mutating func take(_ wanted: Character) -> Bool {
        guard next == wanted else { return false }
        rest.removeFirst()
        return true
    }

    /// A decimal number; `nil` without a digit, and where it exceeds an int, which no format may.
    mutating func takeNumber() -> Int? {
        var value: Int?
        while let digit = next?.wholeNumberValue, next?.isASCII == true {
            rest.removeFirst()
            let larger = (value ?? 0) * 10 + digit
            guard larger <= Int(Int32.max) else { return nil }
            value = larger
        }
        return value
    }

    mutating func takeLengthModifier() -> LengthModifier? {
        for modifier in LengthModifier.allCases where rest.starts(with: modifier.rawValue.utf8) {
            rest.removeFirst(modifier.rawValue.utf8.count)
            return modifier
        }
        return nil
    }
}
