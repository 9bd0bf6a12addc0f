// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc
import ProgramIR

/// <signal.h>: sets of signals. Handlers are the models' exact.c's.
extension HostLibrary {
    static let signals: [String: HostFunction] = [
        "sigaddset": sigaddset, "sigdelset": sigdelset, "sigismember": sigismember, "sigprocmask": sigprocmask,
    ]

    private static let setSize = 128

    private static func change(_ machine: Machine, _ arguments: HostArguments, _ isMember: Bool)
        throws(Stop) -> Value
    {
        let number = arguments.int(1)
        var set = try machine.bytes(at: arguments.pointer(0), count: setSize)
        guard (1...64).contains(number), number != 32, number != 33 else { return try machine.failure(EINVAL) }
        let bit = UInt8(1) << UInt8((number - 1) % 8)
        if isMember { set[(number - 1) / 8] |= bit } else { set[(number - 1) / 8] &= ~bit }
        try machine.write(set, at: arguments.pointer(0))
        return .zero
    }

    private static func sigaddset(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try change(machine, arguments, true)
    }

    private static func sigdelset(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try change(machine, arguments, false)
    }

    private static func sigismember(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let number = arguments.int(1)
        let set = try machine.bytes(at: arguments.pointer(0), count: setSize)
        guard (1...64).contains(number) else { return try machine.failure(EINVAL) }
        return .number(set[(number - 1) / 8] >> UInt8((number - 1) % 8) & 1)
    }

    /// The mask is kept; no signal waits for it.
    private static func sigprocmask(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let new = arguments.pointer(1), old = arguments.pointer(2)
        let mask = try machine.ownObject("signal mask", size: setSize)
        let current = try machine.bytes(at: mask, count: setSize)
        var next = current
        if !new.isNull {
            let given = try machine.bytes(at: new, count: setSize)
            switch Int32(truncatingIfNeeded: arguments.int(0)) {
            case SIG_BLOCK: next = zip(current, given).map { $0 | $1 }
            case SIG_UNBLOCK: next = zip(current, given).map { $0 & ~$1 }
            case SIG_SETMASK: next = given
            default: return try machine.failure(EINVAL)
            }
        }
        if !old.isNull { try machine.write(current, at: old) }
        try machine.write(next, at: mask)
        return .zero
    }
}
