// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc
import ProgramIR

/// <stdio.h>: blocks of bytes, and lines of any length (C11 7.21.8, POSIX getline).
extension HostLibrary {
    static let blocks: [String: HostFunction] = [
        "fread": fread, "fwrite": fwrite, "getline": getline, "getdelim": getdelim,
    ]

    /// The bytes of `count` elements, which must fit into the address space.
    private static func size(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Int {
        let product = arguments.integer(1).multipliedReportingOverflow(by: arguments.integer(2))
        try machine.require(
            !product.overflow && product.partialValue <= Int128(UInt64.max),
            "size times count is more than a size_t holds")
        // More than any object has.
        let bytes = Int(clamping: product.partialValue)
        try machine.requirePointer(arguments.pointer(0), bytes)
        return bytes
    }

    private static func fread(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let stream = try machine.stream(arguments.pointer(3))
        let bytes = try size(machine, arguments)
        if bytes == 0 { return .zero }
        let content = stream.read(bytes)
        try machine.tellFailure(of: stream)
        try machine.write(content, at: arguments.pointer(0))
        return .number(content.count / arguments.int(1))
    }

    private static func fwrite(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let stream = try machine.stream(arguments.pointer(3))
        let bytes = try size(machine, arguments)
        if bytes == 0 { return .zero }
        let content = try machine.bytes(at: arguments.pointer(0), count: bytes)
        let isDone = stream.put(content)
        try machine.tellFailure(of: stream)
        return isDone ? .integer(arguments.integer(2)) : .zero
    }

    private static func getline(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try readLine(
            UInt8(ascii: "\n"), into: arguments.pointer(0), arguments.pointer(1), from: arguments.pointer(2), machine)
    }

    private static func getdelim(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try readLine(
            UInt8(truncatingIfNeeded: arguments.int(2)), into: arguments.pointer(0), arguments.pointer(1),
            from: arguments.pointer(3), machine)
    }

    /// The capacity grows as glibc's: 120 at first, then to twice as much, or to what is needed.
    private static func readLine(
        _ delimiter: UInt8, into place: Pointer, _ capacityPlace: Pointer, from object: Pointer, _ machine: Machine
    ) throws(Stop) -> Value {
        let stream = try machine.stream(object)
        var line = try machine.pointer(at: place)
        var capacity = 0
        if !line.isNull { capacity = Int(try machine.int64(at: capacityPlace)) }
        if line.isNull || capacity == 0 {
            let isDone = try grow(&line, to: 120, keeping: 0, place, capacityPlace, machine)
            if !isDone { return try machine.failure(ENOMEM) }
            capacity = 120
        }
        let content = stream.read(to: delimiter)
        try machine.tellFailure(of: stream)
        if content.isEmpty { return .minusOne }
        let needed = content.count + 1
        // An unsigned comparison: a capacity beyond all objects is believed.
        if UInt(bitPattern: capacity) < UInt(needed) {
            let size = max(needed, 2 * capacity)
            let isDone = try grow(&line, to: size, keeping: capacity, place, capacityPlace, machine)
            if !isDone { return try machine.failure(ENOMEM) }
        }
        try machine.storeText(content, at: line)
        return .number(content.count)
    }

    /// The line's new buffer, in whose place the old one ends.
    private static func grow(
        _ line: inout Pointer, to size: Int, keeping count: Int, _ place: Pointer, _ capacityPlace: Pointer,
        _ machine: Machine
    ) throws(Stop) -> Bool {
        guard let larger = try machine.allocate(Int64(size)) else { return false }
        if !line.isNull {
            let kept = Int(min(Int64(count), try machine.room(at: line)))
            machine.memory.pointee.copy(to: larger, from: line, count: kept)
            try machine.free(line)
        }
        line = larger
        try machine.store(pointer: line, at: place)
        try machine.store(int64: Int64(size), at: capacityPlace)
        return true
    }
}
