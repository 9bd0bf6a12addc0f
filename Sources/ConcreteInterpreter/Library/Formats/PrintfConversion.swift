// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// One conversion of a printf format (C11 7.21.6.1p4).
struct PrintfConversion {
    enum Number {
        case none
        case constant(Int)
        /// `*`: the next argument.
        case argument
    }

    var flags: [UInt8] = []
    var width = Number.none
    var precision = Number.none
    var length = FormatLength.none
    var specifier: UInt8 = 0

    var character: Character { Character(Unicode.Scalar(specifier)) }

    /// Takes what follows a `%`; nil where that is no conversion.
    init?(_ text: inout FormatText) {
        while let flag = text.next, "-+ #0'".utf8.contains(flag) {
            flags.append(flag)
            _ = text.take()
        }
        if text.take("*") {
            width = .argument
        } else if let number = text.takeNumber() {
            width = .constant(number)
        }
        if text.take(".") {
            if text.take("*") {
                precision = .argument
            } else {
                precision = .constant(text.takeNumber() ?? 0)
            }
        }
        length = text.takeLength()
        guard let specifier = text.take() else { return nil }
        self.specifier = specifier
        if !isValid { return nil }
    }

    /// C11 7.21.6.1p9: an invalid conversion is undefined behaviour, as is a length modifier that does not fit (p7).
    private var isValid: Bool {
        switch character {
        case "d", "i", "u", "o", "x", "X", "n": length != .longDouble
        case "f", "F", "e", "E", "g", "G", "a", "A": length == .none || length == .long || length == .longDouble
        case "c", "s": length == .none || length == .long
        case "p": length == .none
        // glibc: the text of errno.
        case "m": true
        default: false
        }
    }
}
