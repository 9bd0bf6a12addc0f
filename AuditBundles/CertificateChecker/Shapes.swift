// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Section 1.2: the fields of each instruction and terminator fit its opcode.
struct Shapes {
    let program: Program
    let function: Function
    let number: Int

    private func bad(_ message: String) -> CheckFailure { CheckFailure(.illFormedProgram, message) }

    private func demand(_ condition: Bool, _ what: @autoclosure () -> String) throws(CheckFailure) {
        guard condition else { throw bad(what() + " is wrong") }
    }

    /// The class of an operand; nil for none.
    private func kind(_ operand: Operand) throws(CheckFailure) -> ScalarClass? {
        switch operand.kind {
        case .none: return nil
        case .register:
            try demand(operand.index < function.registers.count, "a register")
            return function.registers[operand.index].kind
        case .integer:
            try demand(operand.index < program.integers.count, "an integer constant")
            return .integer
        case .float:
            try demand(operand.index < program.floats.count, "a float constant")
            return .float
        case .object:
            try demand(operand.index < program.objects.count, "an object")
            return .pointer
        case .function:
            try demand(operand.index < program.functions.count, "a function operand")
            return .pointer
        case .null: return .pointer
        }
    }

    private func demand(_ operand: Operand, _ kind: ScalarClass?) throws(CheckFailure) {
        try demand(try self.kind(operand) == kind, "an operand's class")
    }

    private func operands(_ instruction: Instruction, _ a: ScalarClass?, _ b: ScalarClass?, _ c: ScalarClass?)
        throws(CheckFailure)
    {
        try demand(instruction.a, a)
        try demand(instruction.b, b)
        try demand(instruction.c, c)
    }

    private func type(_ instruction: Instruction, _ kind: ScalarClass) throws(CheckFailure) {
        try demand(instruction.type.kind == kind, "an instruction's type")
    }

    func verify(_ instruction: Instruction) throws(CheckFailure) {
        try demand(instruction.site < program.sites.count, "a site")
        try demand(instruction.list.upperBound <= function.operands.count, "an operand list")
        for operand in function.operands[instruction.list] { _ = try kind(operand) }
        switch instruction.opcode {
        case .linear, .call, .callPointer: break
        default: try demand(instruction.list.isEmpty, "a list of an opcode that has none")
        }
        try demand(instruction.bit < 8 && instruction.flags < 8, "a bit or a flag")
        try demand(instruction.alignment <= 1 << 28 && exponentOfTwo(instruction.alignment) != nil, "an alignment")
        try demand(instruction.immediate.magnitude < 1 << 63, "an immediate")
        var result: ScalarClass?
        if let register = instruction.result {
            try demand(register < function.registers.count && register >= function.parameterCount, "a result")
            result = function.registers[register].kind
        }
        let produced = try shape(instruction, result)
        switch instruction.opcode {
        // Their result may be dropped.
        case .call, .callPointer, .havocMemory: try demand(result == nil || result == produced, "a result's class")
        default: try demand(result == produced, "a result's class")
        }
    }

    /// The class of the result; checks the rest.
    private func shape(_ i: Instruction, _ result: ScalarClass?) throws(CheckFailure) -> ScalarClass? {
        switch i.opcode {
        case .move:
            guard let result else { throw bad("a move has no result") }
            try operands(i, result, nil, nil)
            return result
        case .linear:
            try operands(i, .integer, nil, nil)
            try demand(i.a.kind == .integer && i.list.count % 2 == 0 && i.list.count <= 128, "a linear combination")
            for place in stride(from: i.list.lowerBound, to: i.list.upperBound, by: 2) {
                let (coefficient, register) = (function.operands[place], function.operands[place + 1])
                try demand(coefficient.kind == .integer && register.kind == .register, "a pair of linear")
                try demand(register, .integer)
            }
            return .integer
        case .arithmetic:
            try type(i, .integer)
            try demand(i.operation != nil, "an arithmetic operator")
            try operands(i, .integer, .integer, nil)
            return .integer
        case .convert:
            try type(i, .integer)
            try operands(i, .integer, nil, nil)
            return .integer
        case .compareIntegers, .comparePointers, .compareFloats:
            try demand(i.comparison != nil, "a comparison operator")
            let kind: ScalarClass =
                i.opcode == .compareIntegers ? .integer : i.opcode == .comparePointers ? .pointer : .float
            try operands(i, kind, kind, nil)
            return .integer
        case .floatArithmetic:
            try type(i, .float)
            try demand(i.detail < 4, "a float operator")
            try operands(i, .float, .float, nil)
            return .float
        case .floatNegate, .convertFloat:
            try type(i, .float)
            try operands(i, .float, nil, nil)
            return .float
        case .integerToFloat:
            try type(i, .float)
            try operands(i, .integer, nil, nil)
            return .float
        case .floatToInteger:
            try type(i, .integer)
            try operands(i, .float, nil, nil)
            return .integer
        case .offset:
            try operands(i, .pointer, .integer, nil)
            return .pointer
        case .difference:
            try demand(i.immediate > 0, "the size of an element")
            try operands(i, .pointer, .pointer, nil)
            return .integer
        case .pointerToInteger:
            try type(i, .integer)
            try operands(i, .pointer, nil, nil)
            return .integer
        case .integerToPointer:
            try operands(i, .integer, nil, nil)
            return .pointer
        case .load:
            try operands(i, .pointer, nil, nil)
            return i.type.kind
        case .store:
            try operands(i, .pointer, i.type.kind, nil)
            return nil
        case .copy:
            try operands(i, .pointer, .pointer, .integer)
            return nil
        case .fill:
            try operands(i, .pointer, .integer, .integer)
            return nil
        case .scramble, .probe:
            try operands(i, .pointer, nil, .integer)
            return nil
        case .allocate:
            try operands(i, nil, nil, .integer)
            return .pointer
        case .free:
            try operands(i, .pointer, nil, nil)
            return nil
        case .start, .end:
            guard let object = i.target, object < program.objects.count else { throw bad("a lifetime names no object") }
            let body = program.objects[object]
            try demand(body.kind == .local && body.owner == number, "the object of a lifetime")
            let isDynamic = i.opcode == .start && body.isDynamic
            try operands(i, nil, nil, isDynamic ? .integer : nil)
            return nil
        case .havoc:
            try operands(i, nil, nil, nil)
            return i.type.kind
        case .assume, .check:
            try operands(i, .integer, nil, nil)
            if i.opcode == .check {
                try demand(Int(i.detail) < ObligationKind.names.count, "an obligation kind")
            } else {
                try assumption(i)
            }
            return nil
        case .call:
            try operands(i, nil, nil, nil)
            guard let callee = i.target, callee < program.functions.count else { throw bad("a call names no function") }
            let body = program.functions[callee]
            try demand(
                body.isVariadic ? i.list.count >= body.parameterCount : i.list.count == body.parameterCount,
                "an argument count")
            for (place, operand) in function.operands[i.list].enumerated() {
                let kind = try kind(operand)
                try demand(kind != nil, "an argument")
                if place < body.parameterCount, place < body.registers.count {
                    try demand(kind == body.registers[place].kind, "an argument's class")
                }
            }
            try demand(i.result == nil || body.result != nil, "the result of a call of a void function")
            return body.result?.kind
        case .callPointer:
            try operands(i, .pointer, nil, nil)
            for operand in function.operands[i.list] { try demand(operand.kind != .none, "an argument") }
            return result
        case .havocMemory:
            try operands(i, nil, nil, nil)
            try assumption(i)
            return i.type.kind
        case .objectSize:
            try operands(i, .pointer, nil, nil)
            return .integer
        }
    }

    private func assumption(_ instruction: Instruction) throws(CheckFailure) {
        guard let target = instruction.target, target < program.assumptions.count else {
            throw bad("an instruction names no assumption")
        }
    }

    func verify(_ t: Terminator) throws(CheckFailure) {
        try demand(t.site < program.sites.count, "a terminator's site")
        try demand(t.targets.upperBound <= function.targets.count, "a terminator's targets")
        try demand(t.cases.upperBound <= function.cases.count, "a terminator's cases")
        let expected: (kind: ScalarClass?, targets: Int)
        switch t.kind {
        case .goto: expected = (nil, 1)
        case .branch: expected = (.integer, 2)
        case .switch: expected = (.integer, t.cases.count + 1)
        case .labelGoto: expected = (.pointer, t.targets.isEmpty ? 1 : t.targets.count)
        case .return: expected = (function.result?.kind, 0)
        case .halt: expected = (nil, 0)
        }
        try demand(t.targets.count == expected.targets, "a terminator's target count")
        try demand(t.cases.isEmpty || t.kind == .switch, "a terminator's cases")
        try demand(t.operand, expected.kind)
        var last: Int128?
        for place in function.cases[t.cases] {
            guard place.lower < program.integers.count, place.upper < program.integers.count else {
                throw bad("a case is wrong")
            }
            let (lower, upper) = (program.integers[place.lower], program.integers[place.upper])
            try demand(lower <= upper, "an empty case")
            if let last { try demand(lower > last, "the order of the cases") }
            last = upper
        }
        if t.kind == .labelGoto {
            guard let labels = t.labels, labels < program.objects.count else { throw bad("a label jump has no labels") }
            let object = program.objects[labels]
            try demand(object.kind == .labels && object.owner == number, "the labels of a label jump")
        } else {
            try demand(t.labels == nil, "labels of another terminator")
        }
    }
}
