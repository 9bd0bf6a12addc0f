// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// Checks: conditions that the lowering states, and what to say of those that are not shown.
extension Executor {
    mutating func executeCheck(_ instruction: Instruction) {
        guard let kind = instruction.obligationKind else { return }
        let condition = integerValue(instruction.a)
        if let shown = showTrue(condition) {
            record(.step, [.byte(0x01), .byte(1)] + shown.atoms)
            return decide(kind, .holds)
        }
        record(.step, [.byte(0x01), .byte(0)])
        let text = failureText(kind, condition)
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

    /// What an unproved check means; the numbers that it compares, where they are known to be compared.
    private func failureText(_ kind: ObligationKind, _ condition: LinearForm) -> String {
        let plain = kind.failureText(isCertain: condition.isConstant)
        guard let symbol = condition.singleSymbol,
            case .integers(let comparison, let left, let right)? = integer(symbol).definition,
            comparison == .less || comparison == .lessOrEqual
        else { return plain }
        switch kind {
        case .outOfBoundsRead, .outOfBoundsWrite, .pointerArithmetic:
            guard left != LinearForm(0) else { return "the index \(isOrMayBe(right)), less than 0" }
            return "the index \(isOrMayBe(left)), the array has \(describe(right)) elements"
        case .vlaSize: return "the number of elements \(isOrMayBe(right)), it must be positive"
        default: return plain
        }
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
