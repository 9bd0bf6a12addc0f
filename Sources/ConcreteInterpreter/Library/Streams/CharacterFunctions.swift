// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc
import ProgramIR

/// <stdio.h>: single characters, and texts (C11 7.21.7).
extension HostLibrary {
    static let characters: [String: HostFunction] = [
        "fgetc": fgetc, "getc": fgetc, "getc_unlocked": fgetc, "fgetc_unlocked": fgetc, "__uflow": fgetc,
        "getchar": getchar, "getchar_unlocked": getchar,
        "fputc": fputc, "putc": fputc, "putc_unlocked": fputc, "fputc_unlocked": fputc, "__overflow": overflow,
        "putchar": putchar, "putchar_unlocked": putchar,
        "ungetc": ungetc, "fputs": fputs, "puts": puts, "fgets": fgets, "perror": perror,
    ]

    private static func get(_ stream: Stream, _ machine: Machine) throws(Stop) -> Value {
        if let byte = stream.next() { return .number(byte) }
        return try machine.result(false, of: stream)
    }

    private static func fgetc(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try get(try machine.stream(arguments.pointer(0)), machine)
    }

    private static func getchar(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try get(try machine.stream(.input), machine)
    }

    private static func put(_ character: Int, _ stream: Stream, _ machine: Machine) throws(Stop) -> Value {
        let byte = UInt8(truncatingIfNeeded: character)
        return try machine.result(stream.put(CollectionOfOne(byte)), of: stream, success: .number(byte))
    }

    private static func fputc(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try put(arguments.int(0), try machine.stream(arguments.pointer(1)), machine)
    }

    private static func overflow(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try put(arguments.int(1), try machine.stream(arguments.pointer(0)), machine)
    }

    private static func putchar(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try put(arguments.int(0), try machine.stream(.output), machine)
    }

    private static func ungetc(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let stream = try machine.stream(arguments.pointer(1))
        if arguments.int(0) == Int(EOF) { return .minusOne }
        let byte = UInt8(truncatingIfNeeded: arguments.int(0))
        stream.pushBack(byte)
        return .number(byte)
    }

    private static func fputs(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let text = try machine.text(at: arguments.pointer(0))
        let stream = try machine.stream(arguments.pointer(1))
        return try machine.result(stream.put(text), of: stream, success: .integer(1))
    }

    private static func puts(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let text = try machine.text(at: arguments.pointer(0)) + [UInt8(ascii: "\n")]
        let stream = try machine.stream(.output)
        return try machine.result(
            stream.put(text), of: stream, success: .number(min(text.count, Int(Int32.max))))
    }

    /// C11 7.21.7.2: at the end of the file, where nothing was read, the array stays as it is.
    private static func fgets(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let target = arguments.pointer(0), size = arguments.int(1)
        let stream = try machine.stream(arguments.pointer(2))
        if size <= 0 { return .null }
        let hadFailed = stream.hasFailed
        stream.hasFailed = false
        let line = size == 1 ? [] : stream.read(to: UInt8(ascii: "\n"), count: size - 1)
        let failsNow = stream.hasFailed
        stream.hasFailed = hadFailed || failsNow
        try machine.tellFailure(of: stream)
        if failsNow || line.isEmpty && size > 1 {
            try machine.write(line, at: target)
            return .null
        }
        try machine.storeText(line, at: target)
        return .pointer(target)
    }

    private static func perror(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let place = try machine.errnoPlace()
        let message = errorMessage(try machine.int32(at: place))
        var text: [UInt8] = []
        if !arguments.pointer(0).isNull {
            let prefix = try machine.text(at: arguments.pointer(0))
            text = prefix.isEmpty ? [] : prefix + Array(": ".utf8)
        }
        let stream = try machine.stream(.errors)
        _ = stream.put(text + message + [UInt8(ascii: "\n")])
        try machine.tellFailure(of: stream)
        return nil
    }
}
