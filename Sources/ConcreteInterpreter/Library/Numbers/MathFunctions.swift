// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc
import ProgramIR

/// <math.h>: results of the C library of this machine, for double, float (suffix f) and long double (suffix l).
extension HostLibrary {
    static let mathematics: [String: HostFunction] = [
        oneArgument, twoArguments, classification, MathFunctions.others,
    ].reduce(into: [:]) { all, part in all.merge(part) { first, _ in first } }

    private static let oneArgument: [String: HostFunction] = [
        unary("floor", floor, floorf, floorl), unary("ceil", ceil, ceilf, ceill),
        unary("trunc", trunc, truncf, truncl), unary("round", round, roundf, roundl),
        unary("rint", rint, rintf, rintl), unary("nearbyint", nearbyint, nearbyintf, nearbyintl),
        unary("sqrt", MathFunctions.root, MathFunctions.root, MathFunctions.root),
        unary("cbrt", cbrt, cbrtf, cbrtl),
        unary("sin", sin, sinf, sinl), unary("cos", cos, cosf, cosl), unary("tan", tan, tanf, tanl),
        unary("asin", asin, asinf, asinl), unary("acos", acos, acosf, acosl), unary("atan", atan, atanf, atanl),
        unary("sinh", sinh, sinhf, sinhl), unary("cosh", cosh, coshf, coshl), unary("tanh", tanh, tanhf, tanhl),
        unary("asinh", asinh, asinhf, asinhl), unary("acosh", acosh, acoshf, acoshl),
        unary("atanh", atanh, atanhf, atanhl),
        unary("exp", exp, expf, expl), unary("exp2", exp2, exp2f, exp2l), unary("expm1", expm1, expm1f, expm1l),
        unary("log", log, logf, logl), unary("log2", log2, log2f, log2l), unary("log10", log10, log10f, log10l),
        unary("log1p", log1p, log1pf, log1pl), unary("logb", logb, logbf, logbl),
        unary("erf", erf, erff, erfl), unary("erfc", erfc, erfcf, erfcl),
        unary("tgamma", tgamma, tgammaf, tgammal), unary("lgamma", lgamma, lgammaf, lgammal),
        unary("fabs", fabs, fabsf, fabsl),
    ].reduce(into: [:]) { all, part in all.merge(part) { first, _ in first } }

    private static let twoArguments: [String: HostFunction] = [
        binary("pow", pow, powf, powl), binary("fmod", fmod, fmodf, fmodl),
        binary("remainder", remainder, remainderf, remainderl), binary("atan2", atan2, atan2f, atan2l),
        binary("hypot", hypot, hypotf, hypotl),
        binary("fmax", MathFunctions.larger, MathFunctions.larger, fmaxl),
        binary("fmin", MathFunctions.smaller, MathFunctions.smaller, fminl),
        binary("fdim", fdim, fdimf, fdiml), binary("nextafter", nextafter, nextafterf, nextafterl),
        binary("copysign", copysign, copysignf, copysignl),
    ].reduce(into: [:]) { all, part in all.merge(part) { first, _ in first } }

    private static func unary(
        _ name: String, _ double: @escaping @Sendable (Double) -> Double,
        _ float: @escaping @Sendable (Float) -> Float, _ extended: @escaping @Sendable (Extended) -> Extended
    ) -> [String: HostFunction] {
        [
            name: { machine, arguments throws(Stop) in
                let x = arguments.float(0)
                return .float(try machine.withErrno { double(x) })
            },
            name + "f": { machine, arguments throws(Stop) in
                let x = Float(arguments.float(0))
                return .float(Double(try machine.withErrno { float(x) }))
            },
            name + "l": { machine, arguments throws(Stop) in
                let x = arguments.extended(0)
                return .extended(try machine.withErrno { extended(x) })
            },
        ]
    }

    private static func binary(
        _ name: String, _ double: @escaping @Sendable (Double, Double) -> Double,
        _ float: @escaping @Sendable (Float, Float) -> Float,
        _ extended: @escaping @Sendable (Extended, Extended) -> Extended
    ) -> [String: HostFunction] {
        [
            name: { machine, arguments throws(Stop) in
                let x = arguments.float(0), y = arguments.float(1)
                return .float(try machine.withErrno { double(x, y) })
            },
            name + "f": { machine, arguments throws(Stop) in
                let x = Float(arguments.float(0)), y = Float(arguments.float(1))
                return .float(Double(try machine.withErrno { float(x, y) }))
            },
            name + "l": { machine, arguments throws(Stop) in
                let x = arguments.extended(0), y = arguments.extended(1)
                return .extended(try machine.withErrno { extended(x, y) })
            },
        ]
    }

    /// What the macros of <math.h> call where the compiler does not expand them.
    private static let classification: [String: HostFunction] = [
        "__signbit": signBit, "__signbitf": signBit, "__signbitl": signBit,
        "__fpclassify": doubleClass, "__fpclassifyf": floatClass, "__fpclassifyl": extendedClass,
    ]

    private static func signBit(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        .number(arguments.extended(0).sign == .minus ? 1 : 0)
    }

    /// The class as glibc numbers it, from FP_NAN to FP_NORMAL.
    private static func number(of value: some BinaryFloatingPoint) -> Value {
        .integer(value.isNaN ? 0 : value.isInfinite ? 1 : value.isZero ? 2 : value.isSubnormal ? 3 : 4)
    }

    private static func doubleClass(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        number(of: arguments.float(0))
    }

    private static func floatClass(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        number(of: Float(arguments.float(0)))
    }

    private static func extendedClass(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        number(of: arguments.extended(0))
    }
}
