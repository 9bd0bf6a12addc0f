// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

extension HostLibrary {
    static let errorNumber: [String: HostFunction] = [
        "__errno_location": { machine, _ throws(Stop) in .pointer(try machine.errnoPlace()) }
    ]

    /// The program's start and end, and its environment.
    static let process: [String: HostFunction] = [
        "__ai_provide_arguments": start,
        "__ai_finish": { machine, arguments throws(Stop) in
            throw machine.exit(Int32(truncatingIfNeeded: arguments.integer(0)))
        },
        "__ai_flush_streams": { machine, _ throws(Stop) in
            machine.library.streams.flushAll()
            return nil
        },
        "__ai_kill": { _, arguments throws(Stop) in throw .signalled(Int32(truncatingIfNeeded: arguments.integer(0))) },
        "getenv": getenv,
    ]

    /// Gives main its arguments and the environment: strings in objects of their own, writable (C11 5.1.2.2.1p2).
    @Sendable private static func start(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let state = machine.library
        let vector = try strings(state.arguments, machine)
        try machine.store(.integer(Int128(state.arguments.count)), .signed(32), at: arguments.pointer(0))
        try machine.store(.pointer(vector), .pointer, at: arguments.pointer(1))
        try machine.store(.pointer(try strings(state.environment, machine)), .pointer, at: arguments.pointer(2))
        return nil
    }

    private static func strings(_ texts: [String], _ machine: Machine) throws(Stop) -> Pointer {
        let vector = try machine.permanentObject(Array(repeating: 0, count: 8 * (texts.count + 1)))
        for (index, text) in texts.enumerated() {
            let string = try machine.permanentObject(Array(text.utf8) + [0])
            try machine.store(.pointer(string), .pointer, at: vector + 8 * index)
        }
        return vector
    }

    @Sendable private static func getenv(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let name = try machine.string(at: arguments.pointer(0))
        let state = machine.library
        for entry in state.environment where Array(entry.utf8).starts(with: name + [UInt8(ascii: "=")]) {
            if let known = state.environmentValues[entry] { return .pointer(known) }
            let value = try machine.permanentObject(Array(entry.utf8.dropFirst(name.count + 1)) + [0])
            state.environmentValues[entry] = value
            return .pointer(value)
        }
        return .pointer(.null)
    }
}
