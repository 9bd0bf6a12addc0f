// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc
import ProgramIR

/// The text that a call of a printf function makes (C11 7.21.6.1). Numbers are written by the C library of this machine,
/// one conversion at a time.
struct PrintfOutput {
    private(set) var bytes: [UInt8] = []
    /// Where the strings of `%s` lie, with the bytes that were taken of each.
    private(set) var strings: [(start: Pointer, count: Int)] = []
    private let machine: Machine
    private var arguments: VariableArguments

    init(_ format: Pointer, _ arguments: VariableArguments, _ machine: Machine) throws(Stop) {
        self.machine = machine
        self.arguments = arguments
        var text = FormatText(try machine.text(at: format))
        while true {
            bytes += text.takeText()
            guard text.take() != nil else { break }
            if text.take("%") {
                bytes.append(UInt8(ascii: "%"))
                continue
            }
            guard let conversion = PrintfConversion(&text) else {
                throw machine.violation(.libraryPrecondition, "the format has an invalid conversion")
            }
            try append(conversion)
        }
    }

    private mutating func append(_ conversion: PrintfConversion) throws(Stop) {
        var flags = conversion.flags
        var width = try number(conversion.width)
        if let given = width, given < 0 {
            flags.append(UInt8(ascii: "-"))
            width = -given
        }
        var precision = try number(conversion.precision)
        if let given = precision, given < 0 { precision = nil }
        let shape = Shape(flags: flags, width: width, precision: precision, length: conversion.length)
        switch conversion.character {
        case "n": try storeCount(conversion.length)
        case "s": try appendString(shape)
        case "c":
            if conversion.length == .long { throw .unsupported("wide characters in a format") }
            let value = try arguments.integer(bits: 32, in: machine)
            pad([UInt8(truncatingIfNeeded: value)], shape)
        case "p":
            let address = Memory.address(of: try arguments.pointer(in: machine))
            bytes += shape.formatted("p", Int(truncatingIfNeeded: address))
        case "m":
            let place = try machine.errnoPlace()
            let message = HostLibrary.errorMessage(try machine.int32(at: place))
            pad(Array(message.prefix(shape.precision ?? .max)), shape)
        case "d", "i":
            let value = try arguments.integer(bits: conversion.length.argumentBits, in: machine)
            bytes += shape.formatted(conversion.character, Int64(truncatingIfNeeded: value))
        case "u", "o", "x", "X":
            let bits = conversion.length.argumentBits
            let value = try arguments.integer(bits: bits, isSigned: false, in: machine)
            bytes += shape.formatted(conversion.character, UInt64(truncatingIfNeeded: value))
        default: try appendFloat(conversion, shape)
        }
    }

    private mutating func number(_ number: PrintfConversion.Number) throws(Stop) -> Int? {
        switch number {
        case .none: return nil
        case .constant(let value): return value
        case .argument: return Int(try arguments.integer(bits: 32, in: machine))
        }
    }

    private mutating func appendFloat(_ conversion: PrintfConversion, _ shape: Shape) throws(Stop) {
        let isLong = conversion.length == .longDouble
        switch try arguments.take(isLong ? .longDouble : .double, in: machine) {
        case .float(let value): bytes += shape.formatted(conversion.character, value)
        case .extended(let value): bytes += shape.formatted(conversion.character, value)
        case .integer, .pointer: break
        }
    }

    /// With a precision the terminator is needed only where fewer bytes come before it.
    private mutating func appendString(_ shape: Shape) throws(Stop) {
        if shape.length == .long { throw .unsupported("wide characters in a format") }
        let pointer = try arguments.pointer(in: machine)
        if let precision = shape.precision { try machine.requirePointer(pointer, precision) }
        let text = try machine.text(at: pointer, limit: shape.precision ?? .max)
        strings.append((pointer, text.count))
        pad(text, shape)
    }

    private mutating func pad(_ text: [UInt8], _ shape: Shape) {
        let padding = [UInt8](repeating: UInt8(ascii: " "), count: max(0, (shape.width ?? 0) - text.count))
        bytes += shape.flags.contains(UInt8(ascii: "-")) ? text + padding : padding + text
    }

    private mutating func storeCount(_ length: FormatLength) throws(Stop) {
        let pointer = try arguments.pointer(in: machine)
        let type = ScalarType.signed(length.bits)
        let unused = 64 - Int64(length.bits)
        try machine.store(.number((Int64(bytes.count) << unused) >> unused), type, at: pointer)
    }
}

/// Flags, width and precision of a conversion as a call of vsnprintf has them.
private struct Shape {
    var flags: [UInt8]
    var width: Int?
    var precision: Int?
    var length: FormatLength

    private func format(_ specifier: Character, _ modifier: String) -> [CChar] {
        var text = "%" + String(decoding: flags, as: UTF8.self)
        if let width { text += String(width) }
        if let precision { text += "." + String(precision) }
        return Array((text + modifier + String(specifier)).utf8CString)
    }

    /// Integers come extended to 64 bits; `hh` and `h` make the library look at the low ones only.
    func formatted(_ specifier: Character, _ value: Int64) -> [UInt8] {
        printed(format(specifier, integerModifier), value)
    }

    func formatted(_ specifier: Character, _ value: UInt64) -> [UInt8] {
        printed(format(specifier, integerModifier), value)
    }

    /// An address.
    func formatted(_ specifier: Character, _ value: Int) -> [UInt8] { printed(format(specifier, ""), value) }

    func formatted(_ specifier: Character, _ value: Double) -> [UInt8] { printed(format(specifier, ""), value) }

    #if arch(x86_64) || arch(i386)
    func formatted(_ specifier: Character, _ value: Extended) -> [UInt8] { printed(format(specifier, "L"), value) }
    #endif

    private var integerModifier: String {
        switch length {
        case .char: "hh"
        case .short: "h"
        case .none, .longDouble: ""
        case .long, .longLong, .intmax, .size, .difference: "l"
        }
    }

    private func printed(_ format: [CChar], _ value: any CVarArg) -> [UInt8] {
        Self.print(format, [value])
    }

    static func print(_ format: [CChar], _ values: [any CVarArg]) -> [UInt8] {
        var capacity = 128
        while true {
            var needed: Int32 = 0
            let result = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                buffer.withMemoryRebound(to: CChar.self) { target in
                    needed = withVaList(values) { vsnprintf(target.baseAddress, capacity, format, $0) }
                }
                count = needed < 0 ? 0 : min(Int(needed), capacity)
            }
            if needed < 0 || Int(needed) < capacity { return result }
            capacity = Int(needed) + 1
        }
    }
}
