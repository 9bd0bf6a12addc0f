// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc
import ProgramIR

extension HostArguments {
    func extended(_ index: Int) -> Extended {
        guard index < values.count else { return 0 }
        switch values[index] {
        case .float(let value): return Extended(value)
        case .extended(let value): return value
        case .integer, .pointer: return 0
        }
    }
}

extension Machine {
    /// Sets errno as a function of the C library of this machine does.
    func withErrno<T>(_ body: () -> T) throws(Stop) -> T {
        errno = 0
        let result = body()
        let number = errno
        if number != 0 { try setErrno(number) }
        return result
    }
}

/// <math.h>: functions that take a number apart, scale it, or make it an integer.
enum MathFunctions {
    /// The square root, with errno for a negative number: the compiler's own would leave it out.
    @Sendable static func root<T: BinaryFloatingPoint>(_ x: T) -> T {
        if x < 0 { errno = EDOM }
        return x.squareRoot()
    }

    /// Of 0 and -0 the second, as in glibc; the compiler's own may give the other.
    @Sendable static func larger<T: BinaryFloatingPoint>(_ x: T, _ y: T) -> T { x > y || y.isNaN ? x : y }

    @Sendable static func smaller<T: BinaryFloatingPoint>(_ x: T, _ y: T) -> T { x < y || y.isNaN ? x : y }

    static let others: [String: HostFunction] = [
        "ldexp": scaleDouble, "ldexpf": scaleFloat, "ldexpl": scaleExtended,
        "scalbn": scaleDouble, "scalbnf": scaleFloat, "scalbnl": scaleExtended,
        "scalbln": scaleDouble, "scalblnf": scaleFloat, "scalblnl": scaleExtended,
        "frexp": splitDouble, "frexpf": splitFloat, "frexpl": splitExtended,
        "modf": partsOfDouble, "modff": partsOfFloat, "modfl": partsOfExtended,
        "lround": { machine, arguments throws(Stop) in try integer(lround, machine, arguments) },
        "lrint": { machine, arguments throws(Stop) in try integer(lrint, machine, arguments) },
        "llround": { machine, arguments throws(Stop) in try integer(lround, machine, arguments) },
        "llrint": { machine, arguments throws(Stop) in try integer(lrint, machine, arguments) },
        "lroundf": { machine, arguments throws(Stop) in try integer(lround, machine, arguments) },
        "lrintf": { machine, arguments throws(Stop) in try integer(lrint, machine, arguments) },
        "llroundf": { machine, arguments throws(Stop) in try integer(lround, machine, arguments) },
        "llrintf": { machine, arguments throws(Stop) in try integer(lrint, machine, arguments) },
        // The exponent of a float that is subnormal is that of the same number as a double.
        "ilogb": exponent, "ilogbf": exponent,
    ]

    private static func scaleDouble(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let x = arguments.float(0), n = arguments.int(1)
        return .float(try machine.withErrno { scalbln(x, n) })
    }

    private static func scaleFloat(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let x = Float(arguments.float(0)), n = arguments.int(1)
        return .float(Double(try machine.withErrno { scalblnf(x, n) }))
    }

    private static func scaleExtended(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let x = arguments.extended(0), n = arguments.int(1)
        return .extended(try machine.withErrno { scalblnl(x, n) })
    }

    /// C11 7.12.6.4, with glibc's exponent 0 where the number is not finite.
    private static func split<T: BinaryFloatingPoint>(_ x: T) -> (fraction: T, exponent: Int32) {
        guard x.isFinite, !x.isZero else { return (x, 0) }
        let fraction = T(sign: x.sign, exponent: -1, significand: x.significand)
        return (fraction, Int32(x.exponent) + 1)
    }

    private static func splitDouble(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let (fraction, exponent) = split(arguments.float(0))
        try machine.store(int32: exponent, at: arguments.pointer(1))
        return .float(fraction)
    }

    private static func splitFloat(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try splitDouble(machine, arguments)
    }

    private static func splitExtended(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let (fraction, exponent) = split(arguments.extended(0))
        try machine.store(int32: exponent, at: arguments.pointer(1))
        return .extended(fraction)
    }

    /// C11 7.12.6.12: both parts have the sign of x, also where they are 0.
    private static func parts<T: BinaryFloatingPoint>(of x: T) -> (whole: T, fraction: T) {
        if x.isNaN { return (x, x) }
        let whole = x.rounded(.towardZero)
        let fraction = x.isInfinite ? 0 : x - whole
        return (whole, T(signOf: x, magnitudeOf: fraction))
    }

    private static func partsOfDouble(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let (whole, fraction) = parts(of: arguments.float(0))
        try machine.store(.float(whole), .float(.binary64), at: arguments.pointer(1))
        return .float(fraction)
    }

    private static func partsOfFloat(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let (whole, fraction) = parts(of: arguments.float(0))
        try machine.store(.float(whole), .float(.binary32), at: arguments.pointer(1))
        return .float(fraction)
    }

    private static func partsOfExtended(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let (whole, fraction) = parts(of: arguments.extended(0))
        try machine.store(.extended(whole), .float(.extended80), at: arguments.pointer(1))
        return .extended(fraction)
    }

    /// The result out of range is unspecified (C11 7.12.9.7): it is this machine's.
    private static func integer(_ convert: (Double) -> Int, _ machine: Machine, _ arguments: HostArguments)
        throws(Stop) -> Value
    {
        let x = arguments.float(0)
        return .number(try machine.withErrno { convert(x) })
    }

    private static func exponent(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let x = arguments.float(0)
        return .number(try machine.withErrno { ilogb(x) })
    }
}
