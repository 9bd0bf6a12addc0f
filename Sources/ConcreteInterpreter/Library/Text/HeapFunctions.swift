// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc
import ProgramIR

/// <stdlib.h>: the heap, with the conditions of its models (stdlib_memory.c) and what these leave open: errno, and the
/// result for size 0, as glibc has them.
extension HostLibrary {
    static let heap: [String: HostFunction] = [
        "malloc": malloc, "calloc": calloc, "realloc": realloc, "reallocarray": reallocarray,
        "aligned_alloc": aligned, "memalign": aligned, "posix_memalign": posixMemalign,
    ]

    private static func allocate(_ count: Int128, alignment: Int128 = 16, _ machine: Machine) throws(Stop) -> Pointer {
        let align = UInt16(clamping: max(16, min(alignment, 1 << 15)))
        if count <= Int128(Int64.max), let object = try machine.allocate(Int64(count), alignment: align) {
            return object
        }
        try machine.setErrno(ENOMEM)
        return .null
    }

    private static func malloc(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        .pointer(try allocate(arguments.integer(0), machine))
    }

    private static func calloc(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let (count, overflows) = arguments.integer(0).multipliedReportingOverflow(by: arguments.integer(1))
        let object = try allocate(overflows ? .max : count, machine)
        if !object.isNull { machine.memory.pointee.fill(object, byte: 0, count: Int(count)) }
        return .pointer(object)
    }

    /// The object moves always: C11 6.2.4p2 makes the old pointer indeterminate even where the address stays the same.
    private static func reallocate(_ old: Pointer, _ count: Int128, _ machine: Machine) throws(Stop) -> Value {
        if old.isNull { return .pointer(try allocate(count, machine)) }
        if count == 0 {
            try machine.free(old)
            return .null
        }
        let object = try allocate(count, machine)
        if object.isNull { return .null }
        let kept = Int(min(try machine.room(at: old), Int64(count)))
        try machine.demand(.read, old, kept)
        machine.memory.pointee.copy(to: object, from: old, count: kept)
        try machine.free(old)
        return .pointer(object)
    }

    private static func realloc(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try reallocate(arguments.pointer(0), arguments.integer(1), machine)
    }

    private static func reallocarray(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let (count, overflows) = arguments.integer(1).multipliedReportingOverflow(by: arguments.integer(2))
        if overflows || count > Int128(UInt64.max) {
            try machine.setErrno(ENOMEM)
            return .null
        }
        return try reallocate(arguments.pointer(0), count, machine)
    }

    private static func isPowerOfTwo(_ number: Int128) -> Bool { number > 0 && number & (number - 1) == 0 }

    private static func aligned(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        guard isPowerOfTwo(arguments.integer(0)) else {
            try machine.setErrno(EINVAL)
            return .null
        }
        return .pointer(try allocate(arguments.integer(1), alignment: arguments.integer(0), machine))
    }

    /// The result is an error number; errno stays.
    private static func posixMemalign(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let alignment = arguments.integer(1), count = arguments.integer(2)
        guard isPowerOfTwo(alignment), alignment % 8 == 0 else { return .number(EINVAL) }
        let align = UInt16(clamping: max(16, min(alignment, 1 << 15)))
        guard count <= Int128(Int64.max), let object = try machine.allocate(Int64(count), alignment: align) else {
            return .number(ENOMEM)
        }
        try machine.store(pointer: object, at: arguments.pointer(0))
        return .zero
    }
}
