// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc
import ProgramIR

/// <stdio.h>: positions and states of streams (C11 7.21.9, 7.21.10).
extension HostLibrary {
    static let positions: [String: HostFunction] = [
        "fseek": fseek, "fseeko": fseek, "ftell": ftell, "ftello": ftell, "rewind": rewind,
        "fgetpos": fgetpos, "fsetpos": fsetpos, "feof": feof, "ferror": ferror, "clearerr": clearerr,
    ]

    /// fpos_t: the position, then a state of conversion.
    private static let positionSize = 16

    private static func fseek(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let stream = try machine.stream(arguments.pointer(0))
        let origin = Int32(truncatingIfNeeded: arguments.int(2))
        guard (SEEK_SET...SEEK_END).contains(origin) else { return try machine.failure(EINVAL) }
        return try machine.result(stream.seek(Int64(arguments.int(1)), from: origin), of: stream)
    }

    private static func ftell(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let stream = try machine.stream(arguments.pointer(0))
        let position = stream.position()
        try machine.tellFailure(of: stream)
        return .number(position ?? -1)
    }

    private static func rewind(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let stream = try machine.stream(arguments.pointer(0))
        _ = stream.seek(0, from: SEEK_SET)
        stream.hasFailed = false
        stream.isAtEnd = false
        try machine.tellFailure(of: stream)
        return nil
    }

    private static func fgetpos(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let stream = try machine.stream(arguments.pointer(0))
        guard let position = stream.position() else { return try machine.result(false, of: stream) }
        try machine.write([UInt8](repeating: 0, count: positionSize), at: arguments.pointer(1))
        try machine.store(int64: position, at: arguments.pointer(1))
        return .zero
    }

    private static func fsetpos(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let stream = try machine.stream(arguments.pointer(0))
        _ = try machine.bytes(at: arguments.pointer(1), count: positionSize)
        let position = try machine.int64(at: arguments.pointer(1))
        return try machine.result(stream.seek(position, from: SEEK_SET), of: stream)
    }

    private static func feof(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        .number(try machine.stream(arguments.pointer(0)).isAtEnd ? 1 : 0)
    }

    private static func ferror(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        .number(try machine.stream(arguments.pointer(0)).hasFailed ? 1 : 0)
    }

    private static func clearerr(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let stream = try machine.stream(arguments.pointer(0))
        stream.isAtEnd = false
        stream.hasFailed = false
        return nil
    }
}
