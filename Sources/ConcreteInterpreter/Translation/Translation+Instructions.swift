// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

extension Translation {
    mutating func translated(_ instruction: Instruction, in function: Function) -> Code {
        var step = Code(operation: .move)
        step.detail = instruction.detail
        step.bit = instruction.bit
        step.flags = instruction.flags
        step.alignment = instruction.alignment
        step.result = instruction.result
        step.target = instruction.target
        step.immediate = instruction.immediate
        if case .integer(let type) = instruction.type {
            step.width = type.bits
            step.isSigned = type.isSigned
        }
        let isExtended = usesExtended(instruction, in: function)
        step.a = isExtended ? extendedSlot(instruction.a) : slot(instruction.a)
        step.b = isExtended || isExtendedStore(instruction) ? extendedSlot(instruction.b) : slot(instruction.b)
        step.c = slot(instruction.c)
        step.operation = operation(of: instruction, &step, isExtended: isExtended)
        switch instruction.opcode {
        case .linear: appendTerms(instruction, in: function, &step)
        case .call, .callPointer:
            step.list = PoolRange(start: Int32(lists.count), count: instruction.list.count)
            let parameters = instruction.opcode == .call ? program.functions[Int(instruction.target)].registers : []
            for (index, operand) in function.operands[instruction.list.range].enumerated() {
                lists.append(argumentSlot(operand, of: index < parameters.count ? parameters[index] : nil))
            }
        case .start, .end:
            step.result = localSlot(instruction.target)
        default: break
        }
        return step
    }

    private mutating func appendTerms(_ instruction: Instruction, in function: Function, _ step: inout Code) {
        let start = lists.count
        for operand in function.operands[instruction.list.range] { lists.append(slot(operand)) }
        step.list = PoolRange(start: Int32(start), count: instruction.list.count)
        if instruction.list.count == 2 {
            step.operation = .linearTerm
            step.c = lists[start]
            step.b = lists[start + 1]
        }
    }

    /// Whether the operands are of the extended format.
    private func usesExtended(_ instruction: Instruction, in function: Function) -> Bool {
        switch instruction.opcode {
        case .floatArithmetic, .floatNegate: return instruction.type == .float(.extended80)
        case .compareFloats, .convertFloat, .floatToInteger:
            return [instruction.a, instruction.b].contains {
                $0.kind == .register && function.registers[Int($0.index)] == .float(.extended80)
            }
        case .move:
            return instruction.result >= 0 && function.registers[Int(instruction.result)] == .float(.extended80)
        default: return false
        }
    }

    private func isExtendedStore(_ instruction: Instruction) -> Bool {
        instruction.opcode == .store && instruction.type == .float(.extended80)
    }

    private func operation(of instruction: Instruction, _ step: inout Code, isExtended: Bool) -> Operation {
        switch instruction.opcode {
        case .move: return .move
        case .linear: return .linear
        case .arithmetic: return arithmetic(instruction)
        case .convert:
            if step.width > 64 { return .convertWide }
            return step.isSigned ? .convertSigned : .convertUnsigned
        case .compareIntegers:
            return [.equal, .notEqual, .less, .lessOrEqual][Int(instruction.detail)]
        case .comparePointers: return .comparePointers
        case .compareFloats:
            step.isSigned = isExtended
            return .compareFloats
        case .floatArithmetic:
            noteFormat(instruction.type, &step)
            return isExtended ? .extendedArithmetic : .floatArithmetic
        case .floatNegate, .convertFloat, .integerToFloat:
            noteFormat(instruction.type, &step)
            // Of a conversion: whether the operand is extended.
            step.isSigned = isExtended
            return instruction.opcode == .floatNegate
                ? .floatNegate : instruction.opcode == .convertFloat ? .convertFloat : .integerToFloat
        case .floatToInteger:
            step.bit = isExtended ? 1 : 0
            return .floatToInteger
        case .offset: return .offset
        case .difference: return .difference
        case .pointerToInteger: return .pointerToInteger
        case .integerToPointer: return .integerToPointer
        case .load: return load(instruction, &step)
        case .store: return store(instruction, &step)
        case .copy: return .copy
        case .fill: return .fill
        case .scramble: return .scramble
        case .probe: return .probe
        case .allocate: return .allocate
        case .free: return .free
        case .start:
            // Whether c gives the size.
            step.bit = instruction.c.isNone ? 0 : 1
            return .start
        case .end: return .end
        case .havoc:
            noteClass(instruction.type, &step)
            return .havoc
        case .assume: return .assume
        case .check: return .check
        case .call: return functions[Int(instruction.target)].provided >= 0 ? .provided : .call
        case .callPointer: return .callPointer
        case .havocMemory:
            noteClass(instruction.type, &step)
            step.target = instruction.target
            return .havocMemory
        case .objectSize: return .objectSize
        }
    }

    private func arithmetic(_ instruction: Instruction) -> Operation {
        guard case .integer(let type) = instruction.type, type.bits <= 64, let operation = instruction.arithmetic
        else { return .wideArithmetic }
        switch operation {
        case .add: return type.isSigned ? .addSigned : .addUnsigned
        case .subtract: return type.isSigned ? .subtractSigned : .subtractUnsigned
        case .multiply: return type.isSigned ? .multiplySigned : .multiplyUnsigned
        case .divide: return .divide
        case .remainder: return .remainder
        case .shiftLeft: return .shiftLeft
        case .shiftRight: return .shiftRight
        case .and: return .and
        case .or: return .or
        case .xor: return .xor
        }
    }

    private func load(_ instruction: Instruction, _ step: inout Code) -> Operation {
        noteClass(instruction.type, &step)
        switch instruction.type {
        case .integer(let type) where instruction.bit == 0 && [8, 16, 32, 64].contains(type.bits):
            return type.isSigned ? .loadSigned : .loadUnsigned
        case .pointer: return .loadPointer
        default: return .loadAny
        }
    }

    private func store(_ instruction: Instruction, _ step: inout Code) -> Operation {
        noteClass(instruction.type, &step)
        switch instruction.type {
        case .integer(let type) where instruction.bit == 0 && [8, 16, 32, 64].contains(type.bits):
            return .storeInteger
        case .pointer: return .storePointer
        default: return .storeAny
        }
    }

    /// 0 binary32, 1 binary64, 2 extended80.
    private func noteFormat(_ type: ScalarType, _ step: inout Code) {
        if case .float(let format) = type { step.width = format.rawValue }
    }

    /// In `detail`: 0 integer, 1 pointer, 2 and more a float format.
    private func noteClass(_ type: ScalarType, _ step: inout Code) {
        switch type {
        case .integer: step.detail = 0
        case .pointer:
            step.detail = 1
            step.width = 64
        case .float(let format):
            step.detail = 2 + format.rawValue
            step.width = UInt8(format.storageBits)
        }
    }
}
