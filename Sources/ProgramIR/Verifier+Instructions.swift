// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension Verifier {
    mutating func demandUnused(_ isDefault: Bool, _ what: @autoclosure () -> String) {
        demand(isDefault, .unusedField, "\(what()) must not be given here")
    }

    /// Checks an instruction whose list lies in the pool.
    mutating func checkInstruction(_ instruction: Instruction, of function: Function) {
        let shape = instruction.opcode.shape
        demandSite(instruction.site)
        checkType(instruction, shape)
        demandOperand(instruction.a, shape.a, "operand a", of: instruction, in: function)
        demandOperand(instruction.b, shape.b, "operand b", of: instruction, in: function)
        demandOperand(instruction.c, shape.c, "operand c", of: instruction, in: function)
        checkResult(instruction, shape, in: function)
        checkNumbers(instruction, shape)
        checkTarget(instruction, shape)
        checkList(instruction, shape, in: function)
    }

    /// The class of an operand; nil if it is none or names nothing.
    func scalarClass(of operand: Operand, in function: Function) -> ScalarClass? {
        switch operand.kind {
        case .none: nil
        case .register:
            function.registers.indices.contains(Int(operand.index))
                ? function.registers[Int(operand.index)].scalarClass : nil
        case .integer: .integer
        case .float: .float
        case .object, .function, .null: .pointer
        }
    }

    mutating func demandOperand(
        _ operand: Operand, _ slot: InstructionShape.Slot, _ what: String, of instruction: Instruction? = nil,
        in function: Function
    ) {
        var slot = slot
        if slot == .integerIfDynamic {
            let target = instruction?.target ?? -1
            guard program.objects.indices.contains(Int(target)) else { return }
            slot = program.objects[Int(target)].size == -1 ? .one(.integer) : .none
        }
        if slot == .none { return demandUnused(operand == .none, what) }
        guard demand(!operand.isNone, .missingField, "\(what) is missing"), demandInRange(operand, in: function)
        else { return }
        if slot == .ofType, let type = instruction?.type { slot = .one(type.scalarClass) }
        switch slot {
        case .one(let expected):
            demand(
                scalarClass(of: operand, in: function) == expected, .wrongClass,
                "\(what) must be of class \(expected)")
        case .integerConstant:
            demand(operand.kind == .integer, .wrongClass, "\(what) must be an integer constant")
        case .none, .ofType, .any, .integerIfDynamic: break
        }
    }

    private mutating func demandInRange(_ operand: Operand, in function: Function) -> Bool {
        switch operand.kind {
        case .none, .null: demand(operand.index == 0, .numberOutOfRange, "an operand without a number has one")
        case .register: demand(operand.index, in: function.registers.indices, "register")
        case .integer: demand(operand.index, in: program.integers.indices, "integer")
        case .float: demand(operand.index, in: program.floats.indices, "float")
        case .object: demand(operand.index, in: program.objects.indices, "object")
        case .function: demand(operand.index, in: program.functions.indices, "function")
        }
    }

    private mutating func checkType(_ instruction: Instruction, _ shape: InstructionShape) {
        demandType(instruction.type)
        switch shape.type {
        case .none: demandUnused(instruction.type == .signed(32), "the type")
        case .integer: demand(instruction.type.scalarClass == .integer, .wrongClass, "the type must be an integer type")
        case .float: demand(instruction.type.scalarClass == .float, .wrongClass, "the type must be a float type")
        case .any: break
        case .withResult: demandUnused(instruction.type == .signed(32) || instruction.result != -1, "the type")
        }
    }

    private mutating func checkResult(_ instruction: Instruction, _ shape: InstructionShape, in function: Function) {
        let register = instruction.result
        guard shape.result != .none else { return demandUnused(register == -1, "the result") }
        guard register != -1 else {
            demand(shape.resultIsOptional, .missingField, "the result is missing")
            return
        }
        guard demand(register, in: function.registers.indices, "register") else { return }
        demand(
            Int(register) >= function.parameterCount, .assignedParameter, "parameter %\(register) is assigned")
        let expected: ScalarClass? =
            switch shape.result {
            case .one(let expected): expected
            case .ofType: instruction.type.scalarClass
            case .any: scalarClass(of: instruction.a, in: function)
            case .none, .integerConstant, .integerIfDynamic: nil
            }
        // Calls get their result from the function that is called.
        guard let expected, shape.list == .none || shape.list == .terms else { return }
        demand(
            function.registers[Int(register)].scalarClass == expected, .wrongClass,
            "the result must be of class \(expected)")
    }

    private mutating func checkNumbers(_ instruction: Instruction, _ shape: InstructionShape) {
        if shape.detail == .none {
            demandUnused(instruction.detail == 0, "the detail")
        } else {
            demand(
                Int(instruction.detail) < shape.detail.count, .unknownCode, "detail \(instruction.detail) is unknown")
        }
        demandUnused(instruction.flags.isSubset(of: shape.flags), "a flag")
        if shape.usesBit {
            demand(instruction.bit < 8, .numberOutOfRange, "the access begins at bit \(instruction.bit) of a byte")
            demand(
                instruction.bit == 0 || instruction.type.scalarClass == .integer, .wrongClass,
                "only integers are bit-fields")
        } else {
            demandUnused(instruction.bit == 0, "the bit")
        }
        if shape.usesAlignment {
            demandAlignment(instruction.alignment)
        } else {
            demandUnused(instruction.alignment == 1, "the alignment")
        }
        if !shape.usesImmediate { demandUnused(instruction.immediate == 0, "the immediate number") }
        if instruction.opcode == .difference {
            demand(instruction.immediate != 0, .numberOutOfRange, "the size of an element is 0")
        }
    }

    private mutating func checkTarget(_ instruction: Instruction, _ shape: InstructionShape) {
        switch shape.target {
        case .none: demandUnused(instruction.target == -1, "the target")
        case .function: demand(instruction.target, in: program.functions.indices, "function")
        case .assumption: demand(instruction.target, in: program.assumptions.indices, "assumption")
        case .local:
            guard demand(instruction.target, in: program.objects.indices, "object") else { return }
            let object = program.objects[Int(instruction.target)]
            demand(
                object.kind == .local && object.owner == place.function, .wrongObject,
                "object \(instruction.target) is no automatic object of the function")
        }
    }

    private mutating func checkList(_ instruction: Instruction, _ shape: InstructionShape, in function: Function) {
        let list = function.operands[instruction.list.range]
        switch shape.list {
        case .none: demandUnused(instruction.list == .empty, "the list")
        case .terms:
            demand(list.count.isMultiple(of: 2), .missingField, "a coefficient has no register")
            demand(list.count / 2 <= FormatLimit.terms, .limitExceeded, "a linear form has too many terms")
            for (index, operand) in list.enumerated() {
                demandOperand(
                    operand, index.isMultiple(of: 2) ? .integerConstant : .one(.integer), "a term", in: function)
                demand(
                    index.isMultiple(of: 2) || operand.kind == .register, .wrongClass, "a term must be a register")
            }
        case .arguments:
            for operand in list { demandOperand(operand, .any, "an argument", in: function) }
            if instruction.opcode == .call { checkCall(instruction, list, in: function) }
        }
    }

    private mutating func checkCall(
        _ instruction: Instruction, _ arguments: ArraySlice<Operand>, in function: Function
    ) {
        guard program.functions.indices.contains(Int(instruction.target)) else { return }
        let callee = program.functions[Int(instruction.target)]
        let count = callee.parameterCount
        guard 0...callee.registers.count ~= count else { return }
        demand(
            callee.isVariadic ? arguments.count >= count : arguments.count == count, .wrongCall,
            "\(arguments.count) arguments for \(count) parameters")
        for (argument, parameter) in zip(arguments, callee.registers.prefix(count)) {
            demand(
                scalarClass(of: argument, in: function) == parameter.scalarClass, .wrongCall,
                "an argument must be of class \(parameter.scalarClass)")
        }
        guard instruction.result != -1, function.registers.indices.contains(Int(instruction.result)) else { return }
        demand(
            callee.result?.scalarClass == function.registers[Int(instruction.result)].scalarClass, .wrongCall,
            "the function that is called has no such result")
    }
}
