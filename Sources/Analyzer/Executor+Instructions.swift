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

    private mutating func executeCheck(_ instruction: Instruction) {
        guard let kind = instruction.obligationKind else { return }
        let condition = integerValue(instruction.a)
        if let shown = showTrue(condition) {
            record(.step, [.byte(0x01), .byte(1)] + shown.atoms)
            return decide(kind, .holds)
        }
        record(.step, [.byte(0x01), .byte(0)])
        let text = kind.failureText(isCertain: condition.isConstant)
        let isFalse = lower(condition).finite == 0 && upper(condition).finite == 0
        decide(kind, isFalse ? .fails(text) : .mayFail(text))
        let label = alarmLabel(kind)
        if condition.isConstant {
            let fact = newLinear(label)
            record(.automatic, [], produces: [.linear(fact)])
            contradict([.init(fact: fact, coefficient: 1)])
        } else {
            guardValue(condition, isTrue: true, label: label)
        }
    }

    /// Shows that a value is not 0: FORMAT.md section 6.5.
    private func showTrue(_ value: LinearForm) -> Shown? {
        let low = lower(value)
        if let bound = low.finite, bound >= 1 {
            return Shown(atoms: [.byte(0), .derivation(low.derivation)], label: label(of: low.derivation))
        }
        let high = upper(value)
        if let bound = high.finite, bound <= -1 {
            return Shown(atoms: [.byte(1), .derivation(high.derivation)], label: label(of: high.derivation))
        }
        if let symbol = value.singleSymbol,
            case .integers(let comparison, let left, let right)? = integer(symbol).definition,
            let shown = showComparison(comparison, left, right, holds: true, isDemanded: true)
        {
            let known = integer(symbol)
            return Shown(
                atoms: [.byte(2)] + shown.atoms + known.definitionSources.map(Atom.uses),
                label: union(shown.label, known.definitionLabel))
        }
        for exclusion in exclusions where exclusion.form == value && exclusion.lower <= 0 && 0 <= exclusion.upper {
            return Shown(
                atoms: [.byte(3), .exclusion(exclusion.fact)],
                label: recorder?.label(of: .exclusion(exclusion.fact)) ?? LabelTable.empty)
        }
        return nil
    }

    private mutating func executeHavocMemory(_ instruction: Instruction) {
        record(.step, [.byte(0x01)], effects: [.forgetAll])
        clone.effects.everything = true
        forgetLifetimes()
        if instruction.result >= 0 { values[instruction.result] = anyValue(instruction.type) }
    }
}

extension ObligationKind {
    /// What an unproved check of this kind means. `isCertain`: of one that fails whatever the values.
    func failureText(isCertain: Bool) -> String {
        switch self {
        case .assertion: "the assertion may fail"
        case .missingReturn where isCertain: "a function that is declared _Noreturn returns"
        case .missingReturn: "the function may end without returning the value that its caller uses"
        case .uninitializedRead: "the variable may be used before it is given a value"
        case .libraryPrecondition: "a requirement of the operation or the library function may not be met"
        case .unsupported: "this construct is not modelled"
        case .outOfBoundsRead, .outOfBoundsWrite: "the index may be outside of the array"
        case .pointerArithmetic: "the index may be beyond the end of the array inside the object"
        case .invalidCall:
            "the type of the function or argument may not be compatible with the one that is called or asked for"
        case .writeToConstant: "what is written is part of the value of an expression, not of a variable"
        default: "the condition may not hold"
        }
    }
}
