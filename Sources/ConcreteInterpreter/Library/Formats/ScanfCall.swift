// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc
import ProgramIR

/// A call of a scanf function (C11 7.21.6.2).
struct ScanfCall {
    private var input: ScanfInput
    private var arguments: VariableArguments
    private let machine: Machine
    private var matched = 0

    init(_ input: ScanfInput, _ arguments: VariableArguments, _ machine: Machine) {
        self.input = input
        self.arguments = arguments
        self.machine = machine
    }

    /// The number of conversions that were stored; EOF where the input ended before the first.
    mutating func run(_ format: Pointer) throws(Stop) -> Int {
        var text = FormatText(try machine.text(at: format))
        var skipsSpace = false
        while let byte = text.take() {
            if byte != UInt8(ascii: "%") {
                if isSpace(byte) {
                    skipsSpace = true
                    continue
                }
                if skipsSpace { input.skipSpace() }
                skipsSpace = false
                if let end = match(byte) { return end }
                continue
            }
            guard let conversion = ScanfConversion(&text) else {
                throw machine.violation(.libraryPrecondition, "the format has an invalid conversion")
            }
            if skipsSpace || conversion.skipsSpace { input.skipSpace() }
            skipsSpace = false
            if conversion.character == "%" {
                if let end = match(conversion.specifier) { return end }
            } else if let failure = try convert(conversion) {
                return failure == .input && matched == 0 ? Int(EOF) : matched
            }
        }
        if skipsSpace { input.skipSpace() }
        return matched
    }

    /// Takes a byte that must come; else the call's result.
    private mutating func match(_ byte: UInt8) -> Int? {
        guard let found = input.next() else { return matched == 0 ? Int(EOF) : matched }
        if found == byte { return nil }
        input.giveBack(found)
        return matched
    }

    private mutating func convert(_ conversion: ScanfConversion) throws(Stop) -> ScanfFailure? {
        if conversion.length == .long, ["c", "s", "["].contains(conversion.character) {
            throw .unsupported("wide characters in a format")
        }
        let isStored = !conversion.isSuppressed
        // An argument that is missing is one although the input ends before it.
        let target = isStored ? try arguments.pointer(in: machine) : .null
        if conversion.character == "n" {
            if isStored { try store(Int64(input.count), conversion.length, at: target) }
            return nil
        }
        let item: Item
        do throws(ScanfFailure) {
            item = try self.item(conversion)
        } catch {
            return error
        }
        guard isStored else { return nil }
        switch item {
        case .integer(let value): try store(value, conversion.length, at: target)
        case .pointer(let address): try machine.store(pointer: machine.memory.pointee.pointer(at: address), at: target)
        case .float(let value, let format): try machine.store(value, .float(format), at: target)
        case .bytes(let bytes): try machine.write(bytes, at: target)
        case .text(let bytes): try machine.storeText(bytes, at: target)
        }
        matched += 1
        return nil
    }

    private enum Item {
        case integer(Int64)
        case pointer(UInt64)
        case float(Value, FloatFormat)
        case bytes([UInt8])
        case text([UInt8])
    }

    private mutating func item(_ conversion: ScanfConversion) throws(ScanfFailure) -> Item {
        switch conversion.character {
        case "d", "i":
            var base: Int32 = conversion.character == "i" ? 0 : 10
            let text = try input.integer(&base, width: conversion.width)
            return .integer(Int64(strtol(terminated(text), nil, base)))
        case "u", "o", "x", "X":
            var base: Int32 = ["u": 10, "o": 8][conversion.character] ?? 16
            let text = try input.integer(&base, width: conversion.width)
            return .integer(Int64(bitPattern: UInt64(strtoul(terminated(text), nil, base))))
        case "p":
            var base: Int32 = 16
            let text = try input.integer(&base, width: conversion.width, isPointer: true)
            return .pointer(UInt64(strtoul(terminated(text), nil, base)))
        case "c": return .bytes(try input.bytes(conversion.width ?? 1))
        case "s": return .text(try input.bytes(in: { !isSpace($0) }, width: conversion.width))
        case "[": return .text(try input.bytes(in: { conversion.set[Int($0)] }, width: conversion.width))
        default: return try float(conversion)
        }
    }

    /// Where the bytes taken begin no number the conversion fails.
    private mutating func float(_ conversion: ScanfConversion) throws(ScanfFailure) -> Item {
        let text = terminated(try input.float(width: conversion.width))
        let (value, format, length) = FloatText.convert(text, as: conversion.length)
        if length == 0 { throw .matching }
        return .float(value, format)
    }

    private func terminated(_ text: [UInt8]) -> [CChar] { text.map { CChar(bitPattern: $0) } + [0] }

    /// Stores the low bits.
    private func store(_ value: Int64, _ length: FormatLength, at target: Pointer) throws(Stop) {
        let unused = 64 - Int64(length.bits)
        try machine.store(.number((value << unused) >> unused), .signed(length.bits), at: target)
    }
}

/// glibc's conversion of a text to a floating number.
enum FloatText {
    /// The value, its format, and the number of bytes that were converted.
    static func convert(_ text: [CChar], as length: FormatLength) -> (Value, FloatFormat, Int) {
        text.withUnsafeBufferPointer { buffer in
            let start = buffer.baseAddress!
            var end: UnsafeMutablePointer<CChar>?
            let value: Value
            let format: FloatFormat
            switch length {
            case .long:
                value = .float(strtod(start, &end))
                format = .binary64
            case .longDouble:
                #if arch(x86_64) || arch(i386)
                value = .extended(strtold(start, &end))
                #else
                value = .extended(strtod(start, &end))
                #endif
                format = .extended80
            default:
                value = .float(Double(strtof(start, &end)))
                format = .binary32
            }
            return (value, format, end.map { UnsafePointer($0) - start } ?? 0)
        }
    }
}
