// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// Floats: IEEE 754, rounding to nearest. A binary32 is held as the binary64 of the same value.
extension Machine {
    private func rounded(_ number: Double, _ step: Code) -> Slot {
        let result = step.width == FloatFormat.binary32.rawValue ? Double(Float(number)) : number
        // Machines differ in the sign and payload of a NaN that an operation makes.
        return Slot(limits.isReproducible && result.isNaN ? .nan : result)
    }

    func floatArithmetic(_ step: Code) -> Slot {
        let a = value(step.a).double, b = value(step.b).double
        // For binary32 rounding twice is rounding once: 53 >= 2 * 24 + 2 (Figueroa, When is double rounding innocuous?).
        switch FloatOperator(rawValue: step.detail) {
        case .add: return rounded(a + b, step)
        case .subtract: return rounded(a - b, step)
        case .multiply: return rounded(a * b, step)
        case .divide, nil: return rounded(a / b, step)
        }
    }

    func extendedArithmetic(_ step: Code) -> Slot {
        let a = value(step.a).extended, b = value(step.b).extended
        switch FloatOperator(rawValue: step.detail) {
        case .add: return Slot(a + b)
        case .subtract: return Slot(a - b)
        case .multiply: return Slot(a * b)
        case .divide, nil: return Slot(a / b)
        }
    }

    func floatNegate(_ step: Code) -> Slot {
        step.width == FloatFormat.extended80.rawValue ? Slot(-value(step.a).extended) : Slot(-value(step.a).double)
    }

    func convertFloat(_ step: Code) -> Slot {
        let isExtended = step.isSigned
        switch FloatFormat(rawValue: step.width) {
        case .binary32:
            return rounded(isExtended ? Double(Float(value(step.a).extended)) : value(step.a).double, step)
        case .binary64, nil: return rounded(isExtended ? Double(value(step.a).extended) : value(step.a).double, step)
        case .extended80: return isExtended ? value(step.a) : Slot(Extended(value(step.a).double))
        }
    }

    func integerToFloat(_ step: Code) -> Slot {
        switch FloatFormat(rawValue: step.width) {
        case .binary32: return Slot(Double(Float(value(step.a))))
        case .binary64, nil: return Slot(Double(value(step.a)))
        case .extended80: return Slot(Extended(value(step.a)))
        }
    }

    /// The number without its fraction, which must be in the type (C11 6.3.1.4p1).
    func floatToInteger(_ step: Code) throws(Stop) -> Slot {
        let isExtended = step.bit == 1
        let whole =
            isExtended
            ? Int128(exactly: value(step.a).extended.rounded(.towardZero))
            : Int128(exactly: value(step.a).double.rounded(.towardZero))
        let type = IntegerType(bits: step.width, isSigned: step.isSigned)
        guard let whole, whole >= type.minimum, type.maximum.map({ whole <= $0 }) ?? true else {
            let shown = isExtended ? "\(value(step.a).extended)" : "\(value(step.a).double)"
            throw violation(.floatToInt, "\(shown) does not fit \(describe(type))")
        }
        return whole
    }

    func compareFloats(_ step: Code) -> Bool {
        step.isSigned
            ? compare(value(step.a).extended, value(step.b).extended, step)
            : compare(value(step.a).double, value(step.b).double, step)
    }

    private func compare<Number: FloatingPoint>(_ a: Number, _ b: Number, _ step: Code) -> Bool {
        switch ComparisonOperator(rawValue: step.detail) {
        case .equal: a == b
        case .notEqual: a != b
        case .less: a < b
        case .lessOrEqual, nil: a <= b
        }
    }
}
