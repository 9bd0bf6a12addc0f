// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc
import ProgramIR

/// <stdio.h>: opening and closing (C11 7.21.5).
extension HostLibrary {
    static let opening: [String: HostFunction] = [
        "fopen": fopen, "fdopen": fdopen, "freopen": freopen, "tmpfile": tmpfile, "fclose": fclose,
        "fflush": fflush, "setvbuf": setvbuf, "setbuf": setbuf, "fileno": fileno, "popen": popen,
        "flockfile": lockStream, "funlockfile": lockStream,
    ]

    /// Permissions of a new file before the process's mask (POSIX fopen).
    private static let permissions: mode_t = 0o666

    private static func fopen(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let path = try machine.path(at: arguments.pointer(0))
        let letters = try machine.text(at: arguments.pointer(1))
        guard let mode = Stream.Mode(letters) else { return try noStream(EINVAL, machine) }
        let host = open(path, mode.flags, permissions)
        if host < 0 { return try noStream(errno, machine) }
        if mode.appends && !mode.reads { lseek(host, 0, SEEK_END) }
        return try newStream(machine.library.streams.descriptors.add(host), mode, machine)
    }

    private static func fdopen(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let descriptor = Int32(truncatingIfNeeded: arguments.int(0))
        let letters = try machine.text(at: arguments.pointer(1))
        guard let mode = Stream.Mode(letters) else { return try noStream(EINVAL, machine) }
        let flags = fcntl(machine.library.streams.descriptors.host(descriptor), F_GETFL)
        if flags < 0 { return try noStream(errno, machine) }
        let access = flags & O_ACCMODE
        guard access == O_RDWR || access == (mode.writes ? O_WRONLY : O_RDONLY) && !(mode.reads && mode.writes)
        else { return try noStream(EINVAL, machine) }
        return try newStream(descriptor, mode, machine)
    }

    private static func tmpfile(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let host = TemporaryFile.nameless()
        if host < 0 { return try noStream(errno, machine) }
        let mode = Stream.Mode(Array("w+".utf8))!
        return try newStream(machine.library.streams.descriptors.add(host), mode, machine)
    }

    private static func newStream(_ descriptor: Int32, _ mode: Stream.Mode, _ machine: Machine)
        throws(Stop) -> Value
    {
        let streams = machine.library.streams
        let object = try FileObject.make(in: machine)
        if object.isNull {
            _ = streams.descriptors.close(descriptor)
            return try noStream(ENOMEM, machine)
        }
        streams.add(Stream(descriptor, mode, in: streams.descriptors), at: object)
        return .pointer(object)
    }

    private static func noStream(_ number: Int32, _ machine: Machine) throws(Stop) -> Value {
        try machine.setErrno(number)
        return .null
    }

    /// Closes the file, opens another on the same stream, and keeps the stream closed where that fails. Without a path
    /// the file stays and the mode changes, as far as the descriptor lets it.
    private static func freopen(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let isNamed = !arguments.pointer(0).isNull
        let path = isNamed ? try machine.path(at: arguments.pointer(0)) : []
        let mode = Stream.Mode(try machine.text(at: arguments.pointer(1)))
        let object = arguments.pointer(2)
        let stream = try machine.stream(object)
        let descriptors = machine.library.streams.descriptors
        try FileObject.open(object, in: machine)
        _ = stream.flush()
        stream.returnInput()
        if let mode {
            let again = "/proc/self/fd/\(stream.host)".utf8CString
            let host = isNamed ? open(path, mode.flags, permissions) : open(Array(again), mode.flags, permissions)
            if host >= 0 {
                // The descriptor keeps its number.
                let number = stream.descriptor
                _ = descriptors.close(number)
                stream.descriptor = descriptors.add(host, least: Int(number))
                stream.mode = mode
                stream.isAtEnd = false
                stream.hasFailed = false
                stream.failure = 0
                if number != 2 { stream.wantedBuffering = nil }
                return .pointer(object)
            }
            try machine.setErrno(errno)
        } else {
            try machine.setErrno(EINVAL)
        }
        _ = stream.close()
        try FileObject.setOpen(false, object, in: machine)
        return .null
    }

    /// The stream is closed whatever the result; the object of a stream that fopen made ends.
    private static func fclose(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let object = arguments.pointer(0)
        let stream = try machine.stream(object)
        let isDone = stream.close()
        if machine.declaredName(of: object.base) != nil {
            try FileObject.setOpen(false, object, in: machine)
        } else {
            machine.library.streams.remove(object)
            try machine.free(object)
        }
        return try machine.result(isDone, of: stream)
    }

    private static func fflush(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        if arguments.pointer(0).isNull {
            return machine.library.streams.flushAll() ? .zero : .minusOne
        }
        let stream = try machine.stream(arguments.pointer(0))
        let isDone = stream.flush()
        // Input goes back to the file where it can be positioned (POSIX).
        if lseek(stream.host, 0, SEEK_CUR) >= 0 { stream.returnInput() }
        return try machine.result(isDone, of: stream)
    }

    private static func setvbuf(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let object = arguments.pointer(0)
        let stream = try machine.stream(object)
        let kind = arguments.int(2)
        switch Int32(truncatingIfNeeded: kind) {
        case _IOFBF: stream.wantedBuffering = .full
        case _IOLBF: stream.wantedBuffering = .line
        case _IONBF: stream.wantedBuffering = Stream.Buffering.none
        default: return .minusOne
        }
        let isUnbuffered = stream.wantedBuffering == Stream.Buffering.none
        try FileObject.setBuffer(
            isUnbuffered ? .null : arguments.pointer(1), arguments.int(3), object, in: machine)
        return .zero
    }

    private static func setbuf(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let object = arguments.pointer(0), buffer = arguments.pointer(1)
        let stream = try machine.stream(object)
        stream.wantedBuffering = buffer.isNull ? Stream.Buffering.none : .full
        try FileObject.setBuffer(buffer, Int(BUFSIZ), object, in: machine)
        return nil
    }

    private static func fileno(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        .number(try machine.stream(arguments.pointer(0)).descriptor)
    }

    /// There is one thread.
    private static func lockStream(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        _ = try machine.stream(arguments.pointer(0))
        return nil
    }

    /// No other process is started.
    private static func popen(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        _ = try machine.text(at: arguments.pointer(0))
        _ = try machine.text(at: arguments.pointer(1))
        return try noStream(ENOSYS, machine)
    }
}
