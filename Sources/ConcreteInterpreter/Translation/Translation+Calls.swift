// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// What a call through a pointer expects.
struct CallShape {
    /// The types of arguments in registers; nil for constants, of which only the class counts.
    var arguments: [(type: ScalarType?, scalarClass: ScalarClass)]
    /// nil: the result is not wanted.
    var result: ScalarType?
}

extension Translation {
    /// FORMAT.md section 2, callPointer: whether a function can be called by the step.
    func fits(_ function: FunctionID, _ position: Int) -> Bool {
        guard let shape = shapes[Int32(position)] else { return false }
        let callee = program.functions[Int(function)]
        let count = callee.parameterCount
        guard callee.isVariadic ? shape.arguments.count >= count : shape.arguments.count == count else { return false }
        for (argument, parameter) in zip(shape.arguments, callee.registers.prefix(count)) {
            guard argument.type.map({ $0 == parameter }) ?? (argument.scalarClass == parameter.scalarClass) else {
                return false
            }
        }
        return shape.result == nil || shape.result == callee.result
    }

    func shape(of instruction: Instruction, in function: Function) -> CallShape {
        CallShape(
            arguments: function.operands[instruction.list.range].map { operand in
                switch operand.kind {
                case .register:
                    let type = function.registers[Int(operand.index)]
                    return (type, type.scalarClass)
                case .integer: return (nil, .integer)
                case .float: return (nil, .float)
                case .object, .function, .null, .none: return (nil, .pointer)
                }
            },
            result: instruction.result >= 0 ? function.registers[Int(instruction.result)] : nil)
    }

    /// Automatic objects whose address no register and no memory ever holds: they are only accessed by name.
    static func hiddenObjects(of program: Program) -> Set<ObjectID> {
        var hidden = Set(program.functions.flatMap(\.objects))
        for function in program.functions {
            for instruction in function.instructions {
                switch instruction.opcode {
                case .load, .probe, .scramble, .fill, .objectSize: break
                case .store: note(instruction.b)
                case .copy: break
                default:
                    note(instruction.a)
                    note(instruction.b)
                    note(instruction.c)
                }
            }
            function.operands.forEach(note)
            for block in function.blocks { note(block.terminator.operand) }
        }
        func note(_ operand: Operand) {
            if operand.kind == .object { hidden.remove(operand.index) }
        }
        return hidden
    }
}
