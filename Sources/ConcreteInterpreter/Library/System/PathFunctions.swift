// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc
import ProgramIR

/// <unistd.h>, <sys/stat.h>, <utime.h>: files by name (POSIX), with real effects.
extension HostLibrary {
    static let paths: [String: HostFunction] = [
        "unlink": unlinkPath, "rmdir": removeDirectory, "chdir": changeDirectory, "access": mayAccess,
        "chown": changeOwnerOfPath, "chmod": changeModeOfPath, "mkdir": makeDirectory, "umask": changeMask,
        "utime": changeTimes, "getcwd": currentDirectory, "stat": statusOfPath, "lstat": statusOfLink,
        "fstat": statusOfDescriptor,
    ]

    private static func mode(_ arguments: HostArguments, _ index: Int) -> mode_t {
        mode_t(truncatingIfNeeded: arguments.int(index))
    }

    private static func unlinkPath(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try machine.result(Glibc.unlink(try machine.path(at: arguments.pointer(0))))
    }

    private static func removeDirectory(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try machine.result(Glibc.rmdir(try machine.path(at: arguments.pointer(0))))
    }

    private static func changeDirectory(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try machine.result(Glibc.chdir(try machine.path(at: arguments.pointer(0))))
    }

    private static func mayAccess(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let path = try machine.path(at: arguments.pointer(0))
        return try machine.result(Glibc.access(path, Int32(truncatingIfNeeded: arguments.int(1))))
    }

    private static func changeOwnerOfPath(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let path = try machine.path(at: arguments.pointer(0))
        let user = uid_t(truncatingIfNeeded: arguments.int(1)), group = gid_t(truncatingIfNeeded: arguments.int(2))
        return try machine.result(Glibc.chown(path, user, group))
    }

    private static func changeModeOfPath(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try machine.result(Glibc.chmod(try machine.path(at: arguments.pointer(0)), mode(arguments, 1)))
    }

    private static func makeDirectory(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try machine.result(Glibc.mkdir(try machine.path(at: arguments.pointer(0)), mode(arguments, 1)))
    }

    private static func changeMask(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        .number(Glibc.umask(mode(arguments, 0)))
    }

    private static func changeTimes(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let path = try machine.path(at: arguments.pointer(0)), times = arguments.pointer(1)
        if times.isNull { return try machine.result(Glibc.utime(path, nil)) }
        var values = utimbuf()
        values.actime = time_t(try machine.int64(at: times))
        values.modtime = time_t(try machine.int64(at: times + 8))
        return try machine.result(Glibc.utime(path, &values))
    }

    /// A null buffer makes the library allocate one, as large as needed where its size is 0 (glibc).
    private static func currentDirectory(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        var buffer = arguments.pointer(0)
        let size = Int(clamping: arguments.integer(1))
        guard let path = Glibc.getcwd(nil, 0) else {
            try machine.setErrno(errno)
            return .null
        }
        let text = Array(UnsafeRawBufferPointer(start: path, count: strlen(path)))
        Glibc.free(path)
        if size == 0 && !buffer.isNull || size > 0 && text.count >= size {
            try machine.setErrno(size == 0 ? EINVAL : ERANGE)
            return .null
        }
        if buffer.isNull {
            guard let own = try machine.allocate(Int64(size == 0 ? text.count + 1 : size)) else {
                try machine.setErrno(ENOMEM)
                return .null
            }
            buffer = own
        }
        try machine.storeText(text, at: buffer)
        return .pointer(buffer)
    }

    // MARK: Status

    private static func store(_ status: stat, result: Int32, at target: Pointer, _ machine: Machine)
        throws(Stop) -> Value
    {
        if result != 0 { return try machine.failure() }
        let content = withUnsafeBytes(of: status) { Array($0) }
        try machine.write(content, at: target)
        return .zero
    }

    private static func statusOfPath(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        var status = stat()
        let result = stat(try machine.path(at: arguments.pointer(0)), &status)
        return try store(status, result: result, at: arguments.pointer(1), machine)
    }

    private static func statusOfLink(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        var status = stat()
        let result = Glibc.lstat(try machine.path(at: arguments.pointer(0)), &status)
        return try store(status, result: result, at: arguments.pointer(1), machine)
    }

    private static func statusOfDescriptor(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        var status = stat()
        let number = Int32(truncatingIfNeeded: arguments.int(0))
        let result = Glibc.fstat(machine.library.streams.descriptors.host(number), &status)
        return try store(status, result: result, at: arguments.pointer(1), machine)
    }
}
