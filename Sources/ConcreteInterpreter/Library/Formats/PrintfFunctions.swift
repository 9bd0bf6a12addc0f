// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc
import ProgramIR

/// <stdio.h>: the printf family. Each function comes with `...` and with a va_list.
extension HostLibrary {
    static let printing: [String: HostFunction] = [
        "printf": printf, "fprintf": fprintf, "dprintf": dprintf, "sprintf": sprintf, "snprintf": snprintf,
        "asprintf": asprintf, "vprintf": vprintf, "vfprintf": vfprintf, "vdprintf": vdprintf,
        "vsprintf": vsprintf, "vsnprintf": vsnprintf, "vasprintf": vasprintf,
    ]

    /// The format and the arguments for it, which are the last of a call.
    static func formatArguments(_ arguments: HostArguments, from index: Int, isList: Bool, _ machine: Machine)
        throws(Stop) -> VariableArguments
    {
        let last = arguments.pointer(index)
        return isList ? try VariableArguments(list: last, in: machine) : VariableArguments(last)
    }

    /// The number of characters as the functions return it: it must be an int.
    private static func count(_ output: PrintfOutput, _ machine: Machine) throws(Stop) -> Value {
        output.bytes.count <= Int(Int32.max) ? .number(output.bytes.count) : try machine.failure(EOVERFLOW)
    }

    private static func print(_ output: PrintfOutput, to stream: Stream, _ machine: Machine) throws(Stop) -> Value {
        let isDone = stream.put(output.bytes)
        return try machine.result(isDone, of: stream, success: try count(output, machine))
    }

    private static func output(
        _ machine: Machine, _ arguments: HostArguments, format: Int, isList: Bool
    ) throws(Stop) -> PrintfOutput {
        let values = try formatArguments(arguments, from: format + 1, isList: isList, machine)
        return try PrintfOutput(arguments.pointer(format), values, machine)
    }

    private static func printText(_ machine: Machine, _ arguments: HostArguments, _ isList: Bool)
        throws(Stop) -> Value
    {
        let output = try output(machine, arguments, format: 0, isList: isList)
        return try print(output, to: try machine.stream(.output), machine)
    }

    private static func printToStream(_ machine: Machine, _ arguments: HostArguments, _ isList: Bool)
        throws(Stop) -> Value
    {
        let stream = try machine.stream(arguments.pointer(0))
        return try print(try output(machine, arguments, format: 1, isList: isList), to: stream, machine)
    }

    private static func printToDescriptor(_ machine: Machine, _ arguments: HostArguments, _ isList: Bool)
        throws(Stop) -> Value
    {
        let output = try output(machine, arguments, format: 1, isList: isList)
        let descriptors = machine.library.streams.descriptors
        let mode = Stream.Mode(Array("w".utf8))!
        let number = Int32(truncatingIfNeeded: arguments.int(0))
        let stream = Stream(number, mode, in: descriptors, buffering: Stream.Buffering.none)
        return try print(output, to: stream, machine)
    }

    /// Stores at most `size` bytes, the terminator included (C11 7.21.6.5). No `%s` may lie there.
    private static func printToBuffer(_ output: PrintfOutput, _ buffer: Pointer, size: Int, _ machine: Machine)
        throws(Stop) -> Value
    {
        let written = min(output.bytes.count + 1, size)
        for string in output.strings {
            try machine.requireDisjoint(buffer, written, string.start, string.count)
        }
        if size > 0 { try machine.storeText(output.bytes.prefix(size - 1), at: buffer) }
        return try count(output, machine)
    }

    private static func printToBuffer(_ machine: Machine, _ arguments: HostArguments, _ isList: Bool)
        throws(Stop) -> Value
    {
        let output = try output(machine, arguments, format: 1, isList: isList)
        return try printToBuffer(output, arguments.pointer(0), size: .max, machine)
    }

    private static func printToSizedBuffer(_ machine: Machine, _ arguments: HostArguments, _ isList: Bool)
        throws(Stop) -> Value
    {
        let output = try output(machine, arguments, format: 2, isList: isList)
        let size = Int(clamping: arguments.integer(1))
        return try printToBuffer(output, arguments.pointer(0), size: size, machine)
    }

    private static func printToNewString(_ machine: Machine, _ arguments: HostArguments, _ isList: Bool)
        throws(Stop) -> Value
    {
        let output = try output(machine, arguments, format: 1, isList: isList)
        guard output.bytes.count <= Int(Int32.max), let text = try machine.allocate(Int64(output.bytes.count) + 1)
        else {
            try machine.store(pointer: .null, at: arguments.pointer(0))
            return try machine.failure(ENOMEM)
        }
        try machine.storeText(output.bytes, at: text)
        try machine.store(pointer: text, at: arguments.pointer(0))
        return try count(output, machine)
    }

    private static func printf(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try printText(machine, arguments, false)
    }

    private static func vprintf(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try printText(machine, arguments, true)
    }

    private static func fprintf(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try printToStream(machine, arguments, false)
    }

    private static func vfprintf(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try printToStream(machine, arguments, true)
    }

    private static func dprintf(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try printToDescriptor(machine, arguments, false)
    }

    private static func vdprintf(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try printToDescriptor(machine, arguments, true)
    }

    private static func sprintf(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try printToBuffer(machine, arguments, false)
    }

    private static func vsprintf(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try printToBuffer(machine, arguments, true)
    }

    private static func snprintf(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try printToSizedBuffer(machine, arguments, false)
    }

    private static func vsnprintf(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try printToSizedBuffer(machine, arguments, true)
    }

    private static func asprintf(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try printToNewString(machine, arguments, false)
    }

    private static func vasprintf(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try printToNewString(machine, arguments, true)
    }
}
