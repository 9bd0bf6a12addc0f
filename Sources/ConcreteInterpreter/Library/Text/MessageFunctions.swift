// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc
import ProgramIR

/// <string.h>: the texts of errors and signals, and copies of strings on the heap.
extension HostLibrary {
    static let messages: [String: HostFunction] = [
        "strerror": strerror, "strsignal": strsignal, "strerror_r": strerrorR, "__xpg_strerror_r": strerrorPosix,
        "strdup": strdup, "strndup": strndup,
    ]

    /// glibc's text for an error number.
    static func errorMessage(_ number: Int32) -> [UInt8] { bytes(Glibc.strerror(number)) }

    private static func bytes(_ text: UnsafePointer<CChar>?) -> [UInt8] {
        guard let text else { return [] }
        return Array(UnsafeRawBufferPointer(start: text, count: Glibc.strlen(text)))
    }

    private static func number(_ arguments: HostArguments) -> Int32 { Int32(truncatingIfNeeded: arguments.int(0)) }

    private static func strerror(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        .pointer(try machine.ownText(errorMessage(number(arguments))))
    }

    private static func strsignal(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        .pointer(try machine.ownText(bytes(Glibc.strsignal(number(arguments)))))
    }

    /// The GNU function: glibc's own text for a number that it knows, for others one in the buffer given.
    private static func strerrorR(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let message = errorMessage(number(arguments))
        guard message.starts(with: "Unknown error".utf8) else { return .pointer(try machine.ownText(message)) }
        let size = Int(clamping: arguments.integer(2))
        if size > 0 { try machine.storeText(message.prefix(size - 1), at: arguments.pointer(1)) }
        return .pointer(arguments.pointer(1))
    }

    private static func strerrorPosix(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let message = errorMessage(number(arguments))
        let size = Int(clamping: arguments.integer(2))
        if size > 0 { try machine.storeText(message.prefix(size - 1), at: arguments.pointer(1)) }
        if message.starts(with: "Unknown error".utf8) { return .number(EINVAL) }
        return .number(message.count < size ? 0 : ERANGE)
    }

    private static func copy(_ text: [UInt8], _ machine: Machine) throws(Stop) -> Value {
        guard let copy = try machine.allocate(Int64(text.count) + 1) else {
            try machine.setErrno(ENOMEM)
            return .null
        }
        try machine.storeText(text, at: copy)
        return .pointer(copy)
    }

    private static func strdup(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try copy(try machine.text(at: arguments.pointer(0)), machine)
    }

    private static func strndup(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let limit = Int(clamping: arguments.integer(1))
        try machine.requirePointer(arguments.pointer(0), limit)
        return try copy(try machine.text(at: arguments.pointer(0), limit: limit), machine)
    }
}
