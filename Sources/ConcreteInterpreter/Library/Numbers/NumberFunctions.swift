// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc
import ProgramIR

/// <stdlib.h>: texts to integers (C11 7.22.1).
extension HostLibrary {
    static let integers: [String: HostFunction] = [
        "strtol": signed, "strtoll": signed, "strtoimax": signed,
        "strtoul": unsigned, "strtoull": unsigned, "strtoumax": unsigned,
        "atoi": decimalInt, "atol": decimalLong, "atoll": decimalLong,
    ]

    /// Reads the number and stores where it ends; nil where there is no such base.
    private static func integer(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> IntegerText? {
        let start = arguments.pointer(0), end = arguments.pointer(1), base = arguments.int(2)
        guard base == 0 || (2...36).contains(base) else {
            try machine.setErrno(EINVAL)
            return nil
        }
        let number = try IntegerText(at: start, base: base, in: machine)
        if !end.isNull { try machine.store(pointer: start + number.length, at: end) }
        return number
    }

    private static func signed(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        guard let number = try integer(machine, arguments) else { return .zero }
        if let value = number.signed { return .number(value) }
        try machine.setErrno(ERANGE)
        return .number(number.isNegative ? Int64.min : Int64.max)
    }

    /// A sign negates the result, as an unsigned number.
    private static func unsigned(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        guard let number = try integer(machine, arguments) else { return .zero }
        if number.exceeds {
            try machine.setErrno(ERANGE)
            return .number(UInt64.max)
        }
        return .number(number.isNegative ? 0 &- number.magnitude : number.magnitude)
    }

    /// C11 7.22.1p1: undefined where the type does not hold the value.
    private static func decimal(_ machine: Machine, _ arguments: HostArguments, _ range: ClosedRange<Int64>)
        throws(Stop) -> Value
    {
        let value = try IntegerText(at: arguments.pointer(0), base: 10, in: machine).signed
        guard let value, range.contains(value) else {
            throw machine.violation(.libraryPrecondition, "the number does not fit into the result's type")
        }
        return .number(value)
    }

    private static func decimalInt(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try decimal(machine, arguments, Int64(Int32.min)...Int64(Int32.max))
    }

    private static func decimalLong(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try decimal(machine, arguments, Int64.min...Int64.max)
    }
}
