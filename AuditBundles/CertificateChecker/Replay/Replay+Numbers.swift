// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Operands and the instructions about numbers.
extension Replay {
    func value(_ operand: Operand) throws(ReplayStop) -> ConcreteValue {
        switch operand.kind {
        case .register: return registers[current.registers + operand.index]
        case .integer: return .integer(program.integers[operand.index])
        case .float: return .float(program.floats[operand.index])
        case .object:
            let place = plan.localPlaces[operand.index]
            let base = place < 0 ? staticBase(operand.index) : locals[current.locals + place]
            return .pointer(ConcretePointer(base: base, offset: 0))
        case .function: return .pointer(ConcretePointer(base: operand.index + 1, offset: 0))
        case .null: return .pointer(.null)
        case .none: throw .invalid("an operand is missing")
        }
    }

    func integer(_ operand: Operand) throws(ReplayStop) -> Int128 {
        guard case .integer(let number) = try value(operand) else { throw .invalid("no integer") }
        return number
    }

    func pointer(_ operand: Operand) throws(ReplayStop) -> ConcretePointer {
        guard case .pointer(let pointer) = try value(operand) else { throw .invalid("no pointer") }
        return pointer
    }

    /// Gives an instruction's result its register.
    mutating func assign(_ instruction: Instruction, _ value: ConcreteValue) throws(ReplayStop) {
        guard let register = instruction.result else { return }
        set(register, try converted(value, program.functions[current.function].registers[register]))
    }

    /// A value as registers and cells of the type have it: constants are binary64 whatever the format that they are used
    /// in. Nothing is rounded, since no instruction says so.
    func converted(_ value: ConcreteValue, _ type: ScalarType) throws(ReplayStop) -> ConcreteValue {
        guard type.kind == .float else { return value }
        switch value {
        case .float(let number) where type.format == .binary32:
            guard number.isNaN || Double(Float(number)) == number else { throw Self.otherFormat }
            return value
        case .float(let number) where type.format == .extended80:
            return .extended(try ExtendedFormat.bits(ExtendedFormat.Number(number)))
        case .extended(let bits) where type.format != .extended80:
            let number = try ExtendedFormat.number(bits)
            if number.isNaN { return .float(.nan) }
            guard ExtendedFormat.Number(Double(number)) == number else { throw Self.otherFormat }
            return try converted(.float(Double(number)), type)
        default: return value
        }
    }

    private static var otherFormat: ReplayStop { .limit("a float is kept in a format that does not have it") }

    private var tooLarge: ReplayStop { .limit("a number does not fit 128 bits") }

    mutating func linear(_ i: Instruction) throws(ReplayStop) -> Int128 {
        let operands = program.functions[current.function].operands
        var sum = try integer(i.a)
        for place in stride(from: i.list.lowerBound, to: i.list.upperBound, by: 2) {
            let (product, isLarge) = try integer(operands[place]).multipliedReportingOverflow(
                by: try integer(operands[place + 1]))
            let (next, isLarger) = sum.addingReportingOverflow(product)
            if isLarge || isLarger { throw tooLarge }
            sum = next
        }
        return sum
    }

    /// A number modulo 2^w, in the type.
    func reduced(_ number: Int128, _ type: ScalarType) throws(ReplayStop) -> Int128 {
        guard let result = type.number(UInt128(bitPattern: number)) else { throw tooLarge }
        return result
    }

    func arithmetic(_ i: Instruction) throws(ReplayStop) -> Int128 {
        let (a, b) = (try integer(i.a), try integer(i.b))
        guard let operation = i.operation else { throw .invalid("an operator") }
        switch operation {
        case .add: return try fitted(a.addingReportingOverflow(b), i.type)
        case .subtract: return try fitted(a.subtractingReportingOverflow(b), i.type)
        case .multiply: return try fitted(a.multipliedReportingOverflow(by: b), i.type)
        case .divide:
            if b == 0 { throw .violated(.divisionByZero) }
            let (quotient, isLarge) = a.dividedReportingOverflow(by: b)
            guard i.type.isSigned else {
                if isLarge { throw tooLarge }
                return quotient
            }
            guard !isLarge, i.type.holds(quotient) else { throw .violated(.signedOverflow) }
            return quotient
        case .remainder:
            if b == 0 { throw .violated(.divisionByZero) }
            if i.type.isSigned, b == -1, a == i.type.range.lower { throw .violated(.signedOverflow) }
            return b == -1 ? 0 : a % b
        case .shiftLeft:
            guard b >= 0, b < i.type.width else { throw .violated(.invalidShift) }
            let shifted = a &<< b
            guard i.type.isSigned else { return try reduced(shifted, i.type) }
            guard a >= 0, shifted >> b == a, i.type.holds(shifted) else { throw .violated(.invalidShift) }
            return shifted
        case .shiftRight:
            guard b >= 0, b < i.type.width else { throw .violated(.invalidShift) }
            return a >> b
        case .and, .or, .xor:
            guard i.type.holds(a), i.type.holds(b) else { throw .invalid("a bitwise operand is not in its type") }
            return operation == .and ? a & b : operation == .or ? a | b : a ^ b
        }
    }

    /// An exact result; the low bits of one that leaves 128 bits are right.
    private func fitted(_ result: (Int128, Bool), _ type: ScalarType) throws(ReplayStop) -> Int128 {
        guard type.isSigned else { return try reduced(result.0, type) }
        guard !result.1, type.holds(result.0) else { throw .violated(.signedOverflow) }
        return result.0
    }

    func compareIntegers(_ i: Instruction) throws(ReplayStop) -> Bool {
        let (a, b) = (try integer(i.a), try integer(i.b))
        switch i.comparison {
        case .equal: return a == b
        case .notEqual: return a != b
        case .less: return a < b
        case .lessOrEqual, nil: return a <= b
        }
    }
}
