// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// <stdio.h>: the scanf family. Each function comes with `...` and with a va_list.
extension HostLibrary {
    static let scanning: [String: HostFunction] = [
        "scanf": scanf, "fscanf": fscanf, "sscanf": sscanf,
        "vscanf": vscanf, "vfscanf": vfscanf, "vsscanf": vsscanf,
    ]

    private static func scan(
        _ machine: Machine, _ arguments: HostArguments, _ stream: Stream, format: Int, isList: Bool
    ) throws(Stop) -> Value {
        let values = try formatArguments(arguments, from: format + 1, isList: isList, machine)
        var call = ScanfCall(ScanfInput(stream), values, machine)
        let result = try call.run(arguments.pointer(format))
        try machine.tellFailure(of: stream)
        return .number(result)
    }

    private static func scanText(_ machine: Machine, _ arguments: HostArguments, isList: Bool) throws(Stop) -> Value {
        let text = try machine.text(at: arguments.pointer(0))
        let values = try formatArguments(arguments, from: 2, isList: isList, machine)
        var call = ScanfCall(ScanfInput(text), values, machine)
        return .number(try call.run(arguments.pointer(1)))
    }

    private static func scanf(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try scan(machine, arguments, try machine.stream(.input), format: 0, isList: false)
    }

    private static func vscanf(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try scan(machine, arguments, try machine.stream(.input), format: 0, isList: true)
    }

    private static func fscanf(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try scan(machine, arguments, try machine.stream(arguments.pointer(0)), format: 1, isList: false)
    }

    private static func vfscanf(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try scan(machine, arguments, try machine.stream(arguments.pointer(0)), format: 1, isList: true)
    }

    private static func sscanf(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try scanText(machine, arguments, isList: false)
    }

    private static func vsscanf(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try scanText(machine, arguments, isList: true)
    }
}
