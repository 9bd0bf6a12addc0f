// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc
import ProgramIR

/// What a signal does: a `struct sigaction` of the program, kept by the library.
struct SignalAction {
    /// The function that runs; an integer below 2 stands for the default and for ignoring.
    var handler: Pointer
    /// Whether it takes information and a context besides the number.
    var takesInformation: Bool
}

extension Machine {
    /// The action that the program set for a signal last; nil: the default one.
    func signalAction(_ number: Int) throws(Stop) -> SignalAction? {
        guard let place = library.memory.signalActions[number] else { return nil }
        let handler = try pointer(at: place)
        if handler.isNull && handler.offset == 0 { return nil }
        let flags = try int32(at: place + SignalActionLayout.flags)
        return SignalAction(handler: handler, takesInformation: flags & SA_SIGINFO != 0)
    }
}

private enum SignalActionLayout {
    static let size = 152, flags = 136
}

/// <signal.h>: handlers are remembered; signals come only from the program itself, by raise and kill.
extension HostLibrary {
    static let signals: [String: HostFunction] = [
        "signal": signal, "sigaction": sigaction, "sigaddset": sigaddset, "sigdelset": sigdelset,
        "sigismember": sigismember, "sigprocmask": sigprocmask,
    ]

    private static let setSize = 128

    /// Whether the program may set its action: not for SIGKILL and SIGSTOP, nor for those that glibc uses.
    private static func isSettable(_ number: Int) -> Bool {
        (1...64).contains(number) && ![9, 19, 32, 33].contains(number)
    }

    /// Where the action of a signal is kept; all zeros is the default.
    private static func place(_ number: Int, _ machine: Machine) throws(Stop) -> Pointer {
        if let known = machine.library.memory.signalActions[number] { return known }
        let content = [UInt8](repeating: 0, count: SignalActionLayout.size)
        let place = try machine.permanentObject(content)
        machine.library.memory.signalActions[number] = place
        return place
    }

    private static func signal(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let number = arguments.int(0)
        guard isSettable(number) else {
            try machine.setErrno(EINVAL)
            return .pointer(Pointer(base: .null, offset: -1))
        }
        let place = try place(number, machine)
        let old = try machine.pointer(at: place)
        try machine.write([UInt8](repeating: 0, count: SignalActionLayout.size), at: place)
        try machine.store(pointer: arguments.pointer(1), at: place)
        return .pointer(old)
    }

    /// An action is copied as it is: members without a value stay so.
    private static func sigaction(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let number = arguments.int(0), new = arguments.pointer(1), old = arguments.pointer(2)
        if !new.isNull { try machine.demand(.read, new, SignalActionLayout.size) }
        guard isSettable(number) || new.isNull && (1...64).contains(number) else {
            return try machine.failure(EINVAL)
        }
        let place = try place(number, machine)
        // The two may be one object.
        let next = new.isNull ? nil : try machine.permanentObject([UInt8](repeating: 0, count: SignalActionLayout.size))
        if let next { machine.memory.pointee.copy(to: next, from: new, count: SignalActionLayout.size) }
        if !old.isNull {
            try machine.demand(.write, old, SignalActionLayout.size)
            machine.memory.pointee.copy(to: old, from: place, count: SignalActionLayout.size)
        }
        if let next { machine.library.memory.signalActions[number] = next }
        return .zero
    }

    // MARK: Sets

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
