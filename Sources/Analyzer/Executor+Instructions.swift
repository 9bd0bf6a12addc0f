// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

// One instruction.
extension Executor {
    mutating func execute(_ instruction: Instruction) {
        switch instruction.opcode {
        case .move:
            values[instruction.result] = value(of: instruction.a)
            record(.step, [.byte(0x01)])
        case .linear: executeLinear(instruction)
        case .arithmetic: executeArithmetic(instruction)
        case .convert:
            guard case .integer(let type) = instruction.type else { return }
            wrap(integerValue(instruction.a), type, into: instruction.result, [.byte(0x01)])
        case .compareIntegers: executeCompareIntegers(instruction)
        case .comparePointers: executeComparePointers(instruction)
        case .compareFloats: executeCompareFloats(instruction)
        case .floatArithmetic, .floatNegate, .convertFloat: executeFloat(instruction)
        case .integerToFloat: executeIntegerToFloat(instruction)
        case .floatToInteger: executeFloatToInteger(instruction)
        case .offset: executeOffset(instruction)
        case .difference: executeDifference(instruction)
        case .pointerToInteger: executePointerToInteger(instruction)
        case .integerToPointer: executeIntegerToPointer(instruction)
        case .load: executeLoad(instruction)
        case .store: executeStore(instruction)
        case .copy: executeCopy(instruction)
        case .fill, .scramble: executeFill(instruction)
        case .probe: executeProbe(instruction)
        case .allocate: executeAllocate(instruction)
        case .free: executeFree(instruction)
        case .start: executeStart(instruction)
        case .end: executeEnd(instruction)
        case .havoc:
            record(.step, [.byte(0x01)])
            values[instruction.result] = anyValue(instruction.type)
        case .assume:
            record(.step, [.byte(0x01)])
            guardValue(
                integerValue(instruction.a), isTrue: true,
                label: recorder?.labels.single(instruction.target) ?? LabelTable.empty)
        case .check: executeCheck(instruction)
        case .call: executeCall(instruction)
        case .callPointer: executeCallPointer(instruction)
        case .havocMemory: executeHavocMemory(instruction)
        case .objectSize: executeObjectSize(instruction)
        }
    }

    private mutating func executeLinear(_ instruction: Instruction) {
        var form: LinearForm? = integerValue(instruction.a)
        let operands = Array(function.operands[instruction.list.range])
        for index in stride(from: 0, to: operands.count - 1, by: 2) {
            let coefficient = integerValue(operands[index]).constant
            form = form?.adding(integerValue(operands[index + 1]), times: coefficient)
        }
        record(.step, [.byte(0x01)])
        values[instruction.result] = .integer(form ?? LinearForm(symbol: freshInteger()))
    }

    /// A value of which nothing but the type is known.
    mutating func anyValue(_ type: ScalarType) -> Value {
        switch type {
        case .integer(let type): return .integer(anyInteger(type))
        case .pointer:
            let symbol = freshBase()
            return .pointer(SymbolicPointer(base: .symbol(symbol), offset: LinearForm(symbol: base(symbol).offset)))
        case .float(let format): return .float(.symbol(freshFloat(format)))
        }
    }

    private mutating func executePointerToInteger(_ instruction: Instruction) {
        guard case .integer(let type) = instruction.type else { return }
        record(.step, [.byte(0x01)])
        values[instruction.result] = .integer(anyInteger(type))
    }

    private mutating func executeIntegerToPointer(_ instruction: Instruction) {
        let address = integerValue(instruction.a)
        record(.step, [.byte(0x01)])
        values[instruction.result] = address.isConstant && address.constant == 0 ? .pointer(.null) : anyValue(.pointer)
    }

    private mutating func executeHavocMemory(_ instruction: Instruction) {
        record(.step, [.byte(0x01)], effects: [.forgetAll])
        clone.effects.everything = true
        forgetLifetimes()
        if instruction.result >= 0 { values[instruction.result] = anyValue(instruction.type) }
    }
}
