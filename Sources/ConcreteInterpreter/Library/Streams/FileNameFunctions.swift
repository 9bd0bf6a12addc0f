// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc
import ProgramIR

/// <stdio.h> and <stdlib.h>: names of files (C11 7.21.4).
extension HostLibrary {
    static let fileNames: [String: HostFunction] = [
        "remove": remove, "rename": rename, "tmpnam": tmpnam, "mkstemp": mkstemp,
    ]

    private static func remove(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try machine.result(Glibc.remove(try machine.path(at: arguments.pointer(0))))
    }

    private static func rename(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let old = try machine.path(at: arguments.pointer(0))
        return try machine.result(Glibc.rename(old, try machine.path(at: arguments.pointer(1))))
    }

    /// A name that no file has; a null buffer stands for one of the library's own.
    private static func tmpnam(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let given = arguments.pointer(0), size = 20
        let target = given.isNull ? try machine.ownObject("tmpnam", size: size) : given
        let file = TemporaryFile()
        if file.descriptor < 0 { return .null }
        _ = Glibc.close(file.descriptor)
        unlink(file.path)
        try machine.write(file.path.map { UInt8(bitPattern: $0) }, at: target)
        return .pointer(target)
    }

    /// POSIX: the last six characters become others.
    private static func mkstemp(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let pointer = arguments.pointer(0)
        var name = try machine.path(at: pointer)
        let length = name.count - 1
        let host = Glibc.mkstemp(&name)
        if host < 0 { return try machine.failure() }
        try machine.write(name[(length - 6)..<length].map { UInt8(bitPattern: $0) }, at: pointer + (length - 6))
        return .number(machine.library.streams.descriptors.add(host))
    }
}
