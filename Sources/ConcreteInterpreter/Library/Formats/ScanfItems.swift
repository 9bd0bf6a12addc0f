// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Why a conversion gave nothing (C11 7.21.6.2p10).
enum ScanfFailure: Error {
    /// The input ended before it.
    case input
    case matching
}

/// The longest inputs that conversions take (C11 7.21.6.2p9). Where glibc departs from the standard, it is followed: it
/// takes `0x` without digits for 0, and keeps `1e` though nothing follows.
extension ScanfInput {
    /// An integer in base 2 to 16; base 0: as its prefix says, which changes `base`.
    mutating func integer(_ base: inout Int32, width: Int?, isPointer: Bool = false) throws(ScanfFailure) -> [UInt8] {
        var left = width ?? .max
        var text: [UInt8] = []
        guard var byte = next() else { throw .input }
        var current: UInt8? = byte
        if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") {
            text.append(byte)
            left -= 1
            current = next()
        }
        if left > 0, current == UInt8(ascii: "0") {
            left -= 1
            text.append(UInt8(ascii: "0"))
            current = next()
            if left > 0, let letter = current, lowercase(letter) == UInt8(ascii: "x") {
                if base == 0 { base = 16 }
                if base == 16 {
                    left -= 1
                    current = next()
                }
            } else if base == 0 {
                base = 8
            }
        }
        if base == 0 { base = 10 }
        while left > 0, let digit = current {
            byte = digit
            let isMember = base == 16 ? isHexadecimalDigit(byte) : isDigit(byte) && Int32(byte - 48) < base
            guard isMember else { break }
            text.append(byte)
            left -= 1
            current = next()
        }
        let isEmpty = text.isEmpty || text == [UInt8(ascii: "+")] || text == [UInt8(ascii: "-")]
        if isEmpty, text.isEmpty, isPointer, left >= 5, current == UInt8(ascii: "(") {
            for letter in "nil)".utf8 {
                guard let found = next(), lowercase(found) == letter else { throw .matching }
            }
            return [UInt8(ascii: "0")]
        }
        giveBack(current)
        if isEmpty { throw .matching }
        return text
    }

    /// A floating number, an infinity or a NaN.
    mutating func float(width: Int?) throws(ScanfFailure) -> [UInt8] {
        var left = width ?? .max
        var text: [UInt8] = []
        guard let first = next() else { throw .input }
        var byte = first
        left -= 1
        if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") {
            text.append(byte)
            byte = try required(&left)
        }
        let signLength = text.count
        if lowercase(byte) == UInt8(ascii: "n") {
            text.append(byte)
            try take("an", &left, &text)
            return text
        }
        if lowercase(byte) == UInt8(ascii: "i") {
            text.append(byte)
            try take("nf", &left, &text)
            if left > 0, let letter = next() {
                guard lowercase(letter) == UInt8(ascii: "i") else {
                    giveBack(letter)
                    return text
                }
                left -= 1
                text.append(letter)
                try take("nity", &left, &text)
            }
            return text
        }
        return try finite(byte, &left, text, signLength)
    }

    private mutating func finite(_ first: UInt8, _ left: inout Int, _ sign: [UInt8], _ signLength: Int)
        throws(ScanfFailure) -> [UInt8]
    {
        var text = sign
        var current: UInt8? = first
        var hasDigit = false, hasPoint = false, hasExponent = false, isHexadecimal = false
        if left > 0, first == UInt8(ascii: "0") {
            text.append(first)
            current = next()
            left -= 1
            if left >= 0, let letter = current, lowercase(letter) == UInt8(ascii: "x"), left > 0 {
                text.append(letter)
                isHexadecimal = true
                current = next()
                left -= 1
            } else {
                hasDigit = true
            }
        }
        let exponentLetter = UInt8(ascii: isHexadecimal ? "p" : "e")
        while let byte = current {
            let followsLetter = text.last.map(lowercase) == exponentLetter
            if isDigit(byte) || isHexadecimal && !hasExponent && isHexadecimalDigit(byte) {
                hasDigit = true
            } else if hasExponent, followsLetter, byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") {
                // The exponent's sign.
            } else if hasDigit, !hasExponent, lowercase(byte) == exponentLetter {
                hasExponent = true
                hasPoint = true
            } else if !hasPoint, byte == UInt8(ascii: ".") {
                hasPoint = true
            } else {
                break
            }
            text.append(byte)
            guard left > 0 else {
                current = nil
                break
            }
            current = next()
            left -= 1
        }
        giveBack(current)
        if text.count == signLength || isHexadecimal && text.count == signLength + 2 { throw .matching }
        return text
    }

    private mutating func required(_ left: inout Int) throws(ScanfFailure) -> UInt8 {
        guard left > 0, let byte = next() else { throw .matching }
        left -= 1
        return byte
    }

    private mutating func take(_ letters: String, _ left: inout Int, _ text: inout [UInt8]) throws(ScanfFailure) {
        for letter in letters.utf8 {
            let byte = try required(&left)
            guard lowercase(byte) == letter else { throw .matching }
            text.append(byte)
        }
    }

    /// Exactly `count` bytes, fewer only where the input ends.
    mutating func bytes(_ count: Int) throws(ScanfFailure) -> [UInt8] {
        guard let first = next() else { throw .input }
        var text = [first]
        while text.count < count, let byte = next() { text.append(byte) }
        return text
    }

    /// Bytes that are all in a set, at least one.
    mutating func bytes(in set: (UInt8) -> Bool, width: Int?) throws(ScanfFailure) -> [UInt8] {
        var text: [UInt8] = []
        while text.count < width ?? .max {
            guard let byte = next() else {
                if text.isEmpty { throw .input }
                break
            }
            guard set(byte) else {
                giveBack(byte)
                if text.isEmpty { throw .matching }
                break
            }
            text.append(byte)
        }
        return text
    }
}
