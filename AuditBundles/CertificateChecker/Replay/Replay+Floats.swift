// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Floats: IEEE 754, rounding to nearest even. A NaN that an operation makes is the positive quiet one without payload.
extension Replay {
    private func rounded(_ number: Double, _ format: FloatFormat) -> ConcreteValue {
        let result = format == .binary32 ? Double(Float(number)) : number
        return .float(result.isNaN ? .nan : result)
    }

    private func extended(_ operand: Operand) throws(ReplayStop) -> ExtendedFormat.Number {
        switch try value(operand) {
        case .float(let number): return ExtendedFormat.Number(number)
        case .extended(let bits): return try ExtendedFormat.number(bits)
        default: throw .invalid("no float")
        }
    }

    private func double(_ operand: Operand) throws(ReplayStop) -> Double {
        guard case .float(let number) = try value(operand) else { throw .invalid("no float of this format") }
        return number
    }

    private func isExtended(_ operand: Operand) -> Bool {
        operand.kind == .register
            && program.functions[current.function].registers[operand.index].format == .extended80
            && program.functions[current.function].registers[operand.index].kind == .float
    }

    private func combine<Number: FloatingPoint>(_ a: Number, _ b: Number, _ operation: UInt8) -> Number {
        switch operation {
        case 0: a + b
        case 1: a - b
        case 2: a * b
        default: a / b
        }
    }

    func floatArithmetic(_ i: Instruction) throws(ReplayStop) -> ConcreteValue {
        if i.type.format == .extended80 {
            return .extended(
                try ExtendedFormat.bits(combine(try extended(i.a), try extended(i.b), i.detail)))
        }
        return rounded(combine(try double(i.a), try double(i.b), i.detail), i.type.format)
    }

    func floatNegate(_ i: Instruction) throws(ReplayStop) -> ConcreteValue {
        if i.type.format == .extended80 { return .extended(try ExtendedFormat.bits(-(try extended(i.a)))) }
        return .float(-(try double(i.a)))
    }

    func convertFloat(_ i: Instruction) throws(ReplayStop) -> ConcreteValue {
        guard isExtended(i.a) else {
            let number = try double(i.a)
            if i.type.format == .extended80 { return .extended(try ExtendedFormat.bits(ExtendedFormat.Number(number))) }
            return rounded(number, i.type.format)
        }
        switch i.type.format {
        case .binary32: return rounded(Double(Float(try extended(i.a))), .binary64)
        case .binary64: return rounded(Double(try extended(i.a)), .binary64)
        case .extended80: return try value(i.a)
        }
    }

    func integerToFloat(_ i: Instruction) throws(ReplayStop) -> ConcreteValue {
        let number = try integer(i.a)
        switch i.type.format {
        case .binary32: return .float(Double(Float(number)))
        case .binary64: return .float(Double(number))
        case .extended80: return .extended(try ExtendedFormat.bits(ExtendedFormat.Number(number)))
        }
    }

    func floatToInteger(_ i: Instruction) throws(ReplayStop) -> Int128 {
        let whole: Int128? =
            isExtended(i.a)
            ? Int128(exactly: try extended(i.a).rounded(.towardZero))
            : Int128(exactly: try double(i.a).rounded(.towardZero))
        guard let whole, i.type.holds(whole) else { throw .violated(.floatToInteger) }
        return whole
    }

    func compareFloats(_ i: Instruction) throws(ReplayStop) -> Bool {
        if isExtended(i.a) || isExtended(i.b) { return compare(try extended(i.a), try extended(i.b), i.comparison) }
        return compare(try double(i.a), try double(i.b), i.comparison)
    }

    private func compare<Number: FloatingPoint>(_ a: Number, _ b: Number, _ comparison: Comparison?) -> Bool {
        switch comparison {
        case .equal: a == b
        case .notEqual: a != b
        case .less: a < b
        case .lessOrEqual, nil: a <= b
        }
    }
}
