// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc
import ProgramIR

/// <fcntl.h>, <unistd.h>: files by descriptor (POSIX), with real effects.
extension HostLibrary {
    static let descriptors: [String: HostFunction] = [
        "open": openPath, "openat": openBelow, "creat": createPath, "close": closeDescriptor, "read": readBytes,
        "write": writeBytes, "lseek": moveDescriptor, "isatty": isTerminal, "ftruncate": truncateFile,
        "fsync": synchronizeFile, "dup": duplicate, "dup2": duplicateTo, "pipe": makePipe, "fchmod": changeMode,
        "fchown": changeOwner,
    ]

    private static func host(_ machine: Machine, _ arguments: HostArguments, _ index: Int = 0) -> Int32 {
        let number = Int32(truncatingIfNeeded: arguments.int(index))
        // AT_FDCWD is no descriptor.
        return number == AT_FDCWD ? number : machine.library.streams.descriptors.host(number)
    }

    private static func opened(_ host: Int32, _ machine: Machine) throws(Stop) -> Value {
        let number = errno
        guard host >= 0 else { return try machine.failure(number) }
        return .number(machine.library.streams.descriptors.add(host))
    }

    /// The part of O_TMPFILE that is not O_DIRECTORY (x86_64 Linux).
    private static let temporary: Int32 = 0o20000000

    /// The mode is an argument only where a file may be made (POSIX open).
    private static func mode(_ flags: Int32, _ arguments: HostArguments, _ index: Int, _ machine: Machine)
        throws(Stop) -> mode_t
    {
        guard flags & (O_CREAT | temporary) != 0 else { return 0 }
        var values = VariableArguments(arguments.pointer(index))
        return mode_t(truncatingIfNeeded: try values.integer(bits: 32, isSigned: false, in: machine))
    }

    private static func openPath(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let path = try machine.path(at: arguments.pointer(0))
        let flags = Int32(truncatingIfNeeded: arguments.int(1))
        return try opened(Glibc.open(path, flags, try mode(flags, arguments, 2, machine)), machine)
    }

    private static func openBelow(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let path = try machine.path(at: arguments.pointer(1))
        let flags = Int32(truncatingIfNeeded: arguments.int(2))
        let mode = try mode(flags, arguments, 3, machine)
        return try opened(Glibc.openat(host(machine, arguments), path, flags, mode), machine)
    }

    private static func createPath(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let path = try machine.path(at: arguments.pointer(0))
        return try opened(Glibc.creat(path, mode_t(truncatingIfNeeded: arguments.int(1))), machine)
    }

    private static func closeDescriptor(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let number = Int32(truncatingIfNeeded: arguments.int(0))
        return try machine.result(machine.library.streams.descriptors.close(number))
    }

    /// The largest number of bytes that Linux transfers at once.
    private static let mostBytes = 0x7fff_f000

    private static func readBytes(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let wanted = min(Int(clamping: arguments.integer(2)), mostBytes)
        let host = host(machine, arguments)
        // No larger than what may come; the access decides whether there is room for what came.
        var buffer = [UInt8](repeating: 0, count: min(wanted, 1 << 20))
        let got = Glibc.read(host, &buffer, buffer.count)
        if got < 0 { return try machine.failure() }
        try machine.write(buffer[..<got], at: arguments.pointer(1))
        return .number(got)
    }

    private static func writeBytes(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let count = min(Int(clamping: arguments.integer(2)), mostBytes)
        let content = try machine.bytes(at: arguments.pointer(1), count: count)
        return try machine.result(Glibc.write(host(machine, arguments), content, content.count))
    }

    private static func moveDescriptor(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let origin = Int32(truncatingIfNeeded: arguments.int(2))
        return try machine.result(Glibc.lseek(host(machine, arguments), off_t(arguments.int(1)), origin))
    }

    private static func isTerminal(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        if Glibc.isatty(host(machine, arguments)) == 1 { return .integer(1) }
        try machine.setErrno(errno)
        return .zero
    }

    private static func truncateFile(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try machine.result(Glibc.ftruncate(host(machine, arguments), off_t(arguments.int(1))))
    }

    private static func synchronizeFile(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try machine.result(Glibc.fsync(host(machine, arguments)))
    }

    private static func duplicate(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let number = Int32(truncatingIfNeeded: arguments.int(0))
        return try machine.result(machine.library.streams.descriptors.duplicate(number))
    }

    private static func duplicateTo(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let number = Int32(truncatingIfNeeded: arguments.int(0)), wanted = Int32(truncatingIfNeeded: arguments.int(1))
        return try machine.result(machine.library.streams.descriptors.duplicate(number, to: wanted))
    }

    private static func makePipe(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        var ends: [Int32] = [0, 0]
        if Glibc.pipe(&ends) != 0 { return try machine.failure() }
        for (index, end) in ends.enumerated() {
            let number = machine.library.streams.descriptors.add(end)
            try machine.store(int32: number, at: arguments.pointer(0) + 4 * index)
        }
        return .zero
    }

    private static func changeMode(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let mode = mode_t(truncatingIfNeeded: arguments.int(1))
        return try machine.result(Glibc.fchmod(host(machine, arguments), mode))
    }

    private static func changeOwner(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let user = uid_t(truncatingIfNeeded: arguments.int(1)), group = gid_t(truncatingIfNeeded: arguments.int(2))
        return try machine.result(Glibc.fchown(host(machine, arguments), user, group))
    }
}
