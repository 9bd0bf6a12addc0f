// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc
import ProgramIR

/// <stdlib.h>: texts to floating numbers (C11 7.22.1.3), converted by the C library of this machine.
extension HostLibrary {
    static let floats: [String: HostFunction] = [
        "strtod": strtod, "strtof": strtof, "strtold": strtold, "atof": atof,
    ]

    private static func convert(
        _ machine: Machine, _ arguments: HostArguments, _ length: FormatLength, hasEnd: Bool
    ) throws(Stop) -> Value {
        let start = arguments.pointer(0), end = hasEnd ? arguments.pointer(1) : .null
        let text = try floatCandidate(at: start, machine).map { CChar(bitPattern: $0) } + [0]
        errno = 0
        let (value, _, count) = FloatText.convert(text, as: length)
        if errno != 0 { try machine.setErrno(errno) }
        if !end.isNull { try machine.store(pointer: start + count, at: end) }
        return value
    }

    private static func strtod(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try convert(machine, arguments, .long, hasEnd: true)
    }

    private static func strtof(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try convert(machine, arguments, .none, hasEnd: true)
    }

    private static func strtold(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try convert(machine, arguments, .longDouble, hasEnd: true)
    }

    private static func atof(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try convert(machine, arguments, .long, hasEnd: false)
    }

    /// The bytes at the start of a string that can belong to a floating number, white space before it included. Nothing
    /// behind the first byte that cannot is read.
    private static func floatCandidate(at start: Pointer, _ machine: Machine) throws(Stop) -> [UInt8] {
        var text: [UInt8] = []
        func next() throws(Stop) -> UInt8 { try machine.byte(at: start + text.count) }
        while isSpace(try next()) { text.append(try next()) }
        let sign = try next()
        if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { text.append(sign) }
        let first = lowercase(try next())
        if first == UInt8(ascii: "i") || first == UInt8(ascii: "n") {
            // A name: infinity, or nan with an optional text in parentheses.
            let name = Array((first == UInt8(ascii: "i") ? "infinity" : "nan(").utf8)
            for letter in name {
                guard lowercase(try next()) == letter else { return text }
                text.append(try next())
            }
            while text.last != UInt8(ascii: ")"), name.last == UInt8(ascii: "("), isNameByte(try next()) {
                text.append(try next())
            }
            return text
        }
        var isHexadecimal = false, hasExponent = false
        let begin = text.count
        while true {
            let byte = try next()
            let letter = lowercase(byte)
            if letter == UInt8(ascii: "x"), text.count == begin + 1, text.last == UInt8(ascii: "0") {
                isHexadecimal = true
            } else if !hasExponent, letter == UInt8(ascii: isHexadecimal ? "p" : "e") {
                hasExponent = true
            } else if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") {
                guard hasExponent, let last = text.last,
                    lowercase(last) == UInt8(ascii: isHexadecimal ? "p" : "e")
                else { return text }
            } else if byte != UInt8(ascii: "."), !isDigit(byte) {
                guard isHexadecimal, !hasExponent, isHexadecimalDigit(byte) else { return text }
            }
            text.append(byte)
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lowercase(byte)) || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: ")")
    }
}
