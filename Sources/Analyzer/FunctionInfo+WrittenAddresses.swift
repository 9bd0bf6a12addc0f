// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

extension FunctionInfo {
    /// Registers that addresses of writes are computed from, or pointers that callees may write to. Of these a loop that
    /// fills memory has one that moves along with it.
    static func writtenAddresses(_ function: Function) -> Set<Register> {
        var result: Set<Register> = []
        func add(_ operand: Operand) { if operand.kind == .register { result.insert(operand.index) } }
        for instruction in function.instructions {
            switch instruction.opcode {
            case .store, .fill, .scramble, .copy: add(instruction.a)
            case .call, .callPointer:
                for operand in function.operands[instruction.list.range] where operand.kind == .register {
                    if function.registers[Int(operand.index)].isPointer { add(operand) }
                }
            default: break
            }
        }
        var known = 0
        while known < result.count {
            known = result.count
            for instruction in function.instructions where result.contains(instruction.result) {
                switch instruction.opcode {
                case .move, .convert, .arithmetic, .offset:
                    add(instruction.a)
                    add(instruction.b)
                case .linear:
                    add(instruction.a)
                    for operand in function.operands[instruction.list.range] { add(operand) }
                default: break
                }
            }
        }
        return result
    }
}
