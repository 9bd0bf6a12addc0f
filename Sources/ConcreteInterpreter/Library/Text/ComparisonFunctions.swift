// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// <string.h> and <strings.h>: comparing (C11 7.24.4). The standard fixes only the sign of a result; here it is the
/// difference of the first bytes that differ, as in glibc.
extension HostLibrary {
    static let comparing: [String: HostFunction] = [
        "memcmp": memcmp, "bcmp": memcmp, "strcmp": strcmp, "strncmp": strncmp, "strcoll": strcmp,
        "strcasecmp": strcasecmp, "strncasecmp": strncasecmp, "strxfrm": strxfrm,
    ]

    /// All bytes must be readable, also those behind the first difference.
    private static func memcmp(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let count = Int(clamping: arguments.integer(2))
        try machine.requirePointer(arguments.pointer(0), count)
        try machine.requirePointer(arguments.pointer(1), count)
        let a = try machine.bytes(at: arguments.pointer(0), count: count)
        let b = try machine.bytes(at: arguments.pointer(1), count: count)
        for (x, y) in zip(a, b) where x != y { return .number(Int(x) - Int(y)) }
        return .zero
    }

    /// Reads both strings up to the first difference.
    private static func compare(
        _ machine: Machine, _ arguments: HostArguments, limit: Int, _ key: (UInt8) -> UInt8
    ) throws(Stop) -> Value {
        let a = arguments.pointer(0), b = arguments.pointer(1)
        var index = 0
        while index < limit {
            let x = try machine.byte(at: a + index), y = try machine.byte(at: b + index)
            if x == 0 || key(x) != key(y) { return .number(Int(key(x)) - Int(key(y))) }
            index += 1
        }
        return .zero
    }

    private static func limit(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Int {
        let count = Int(clamping: arguments.integer(2))
        try machine.requirePointer(arguments.pointer(0), count)
        try machine.requirePointer(arguments.pointer(1), count)
        return count
    }

    private static func strcmp(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try compare(machine, arguments, limit: .max) { $0 }
    }

    private static func strncmp(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try compare(machine, arguments, limit: try limit(machine, arguments)) { $0 }
    }

    private static func strcasecmp(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try compare(machine, arguments, limit: .max, lowercase)
    }

    private static func strncasecmp(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try compare(machine, arguments, limit: try limit(machine, arguments), lowercase)
    }

    /// In the C locale the transformed string is the string itself; where it does not fit glibc stores its start.
    private static func strxfrm(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let text = try machine.text(at: arguments.pointer(1))
        let size = Int(clamping: arguments.integer(2))
        let stored = min(size, text.count + 1)
        try machine.requireDisjoint(arguments.pointer(0), stored, arguments.pointer(1), text.count + 1)
        try machine.write((text + [0]).prefix(stored), at: arguments.pointer(0))
        return .number(text.count)
    }
}

extension Machine {
    /// One byte, which must have a value.
    func byte(at pointer: Pointer) throws(Stop) -> UInt8 {
        let base = Int(pointer.base.number)
        if memory.pointee.fault(.read, base: pointer.base.number, offset: pointer.offset, count: 1) == nil {
            let record = memory.pointee.objects[base]
            if record.masks[Int(pointer.offset)] == 0xff { return record.bytes![Int(pointer.offset)] }
        }
        // The access says what is wrong.
        return try bytes(at: pointer, count: 1)[0]
    }
}
