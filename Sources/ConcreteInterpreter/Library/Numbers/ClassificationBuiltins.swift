// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// The compiler builtins behind the macros of <math.h> that classify numbers, one for each format: with the suffix f or l,
/// or none.
extension HostLibrary {
    static let classificationBuiltins: [String: HostFunction] = {
        var all: [String: HostFunction] = [:]
        for format in FloatFormat.allCases {
            let suffix = ["f", "", "l"][Int(format.rawValue)]
            func define(_ name: String, _ result: @escaping @Sendable (HostArguments) -> Int128) {
                let function: HostFunction = { _, arguments throws(Stop) -> Value? in .integer(result(arguments)) }
                all["__builtin_" + name + suffix] = function
            }
            define("isinf") { $0.extended(0).isInfinite ? 1 : 0 }
            define("isinf_sign") { $0.extended(0).isInfinite ? ($0.extended(0) < 0 ? -1 : 1) : 0 }
            define("isfinite") { $0.extended(0).isFinite ? 1 : 0 }
            define("signbit") { $0.extended(0).sign == .minus ? 1 : 0 }
            define("isnormal") { floatClass($0, 0, format) == .normal ? 1 : 0 }
            define("isunordered") { $0.extended(0).isNaN || $0.extended(1).isNaN ? 1 : 0 }
            define("islessgreater") { $0.extended(0) < $0.extended(1) || $0.extended(0) > $0.extended(1) ? 1 : 0 }
            // The results for each class come before the number.
            define("fpclassify") { $0.integer(floatClass($0, 5, format).rawValue) }
        }
        return all
    }()

    /// In the order of the arguments of __builtin_fpclassify.
    private enum FloatClass: Int {
        case nan, infinite, normal, subnormal, zero

        init(_ value: some BinaryFloatingPoint) {
            if value.isNaN {
                self = .nan
            } else if value.isInfinite {
                self = .infinite
            } else if value.isZero {
                self = .zero
            } else {
                self = value.isSubnormal ? .subnormal : .normal
            }
        }
    }

    private static func floatClass(_ arguments: HostArguments, _ index: Int, _ format: FloatFormat) -> FloatClass {
        switch format {
        case .binary32: FloatClass(Float(arguments.float(index)))
        case .binary64: FloatClass(arguments.float(index))
        case .extended80: FloatClass(arguments.extended(index))
        }
    }
}
