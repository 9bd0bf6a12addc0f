// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Numbers
import ProgramIR
import Reductions

// Integer arithmetic: FORMAT.md section 6.1.
extension Executor {
    mutating func executeArithmetic(_ instruction: Instruction) {
        guard case .integer(let type) = instruction.type, let operation = instruction.arithmetic else { return }
        let left = integerValue(instruction.a), right = integerValue(instruction.b)
        switch operation {
        case .add: finish(left.adding(right), type, .signedOverflow, instruction, [])
        case .subtract: finish(left.subtracting(right), type, .signedOverflow, instruction, [])
        case .multiply: multiply(left, right, type, instruction)
        case .divide: divide(left, right, type, instruction)
        case .remainder: remainder(left, right, type, instruction)
        case .shiftLeft: shiftLeft(left, right, type, instruction)
        case .shiftRight: shiftRight(left, right, type, instruction)
        case .and, .or, .xor: bitwise(operation, left, right, type, instruction)
        }
    }

    /// Gives the result register the value of `form`, reduced into the type: signed results must fit, unsigned ones
    /// wrap. `atoms` are the hint so far; `produces` the facts of the step before this part.
    mutating func finish(
        _ form: LinearForm?, _ type: IntegerType, _ kind: ObligationKind, _ instruction: Instruction,
        _ atoms: [Atom], produces: [FactReference] = []
    ) {
        let form = form ?? LinearForm(symbol: freshInteger())
        if type.isSigned {
            values[instruction.result] = .integer(form)
            bounded(form, type, kind, [.byte(0x01)] + atoms, produces: produces)
        } else {
            wrap(form, type, into: instruction.result, [.byte(0x01)] + atoms, produces: produces)
        }
    }

    /// Claims that the form is in the type, or records that it is not shown.
    private mutating func bounded(
        _ form: LinearForm, _ type: IntegerType, _ kind: ObligationKind, _ atoms: [Atom],
        produces: [FactReference] = []
    ) {
        let high = upper(form), low = lower(form)
        let fitsAbove = type.maximum.map { high.value <= ExtendedInteger(roundingDown: $0) } ?? true
        let fits = fitsAbove && low.value >= ExtendedInteger(roundingUp: type.minimum)
        if fits {
            record(
                .step, atoms + [.makes(produces), .byte(1), .derivation(high.derivation), .derivation(low.derivation)])
            decide(kind, .holds)
            return
        }
        record(.step, atoms + [.makes(produces), .byte(0)])
        decide(kind, overflowFinding(high, low, type))
        let label = alarmLabel(kind)
        if let maximum = type.maximum { guardUpper(form, maximum, label: label) }
        guardLower(form, type.minimum, label: label)
    }

    private func overflowFinding(_ high: Bound, _ low: Bound, _ type: IntegerType) -> Finding {
        let name = "\(type.bits)-bit signed integer"
        if let low = low.finite, let maximum = type.maximum, low > maximum {
            return .fails("the result is at least \(low), more than a \(name) holds")
        }
        if let high = high.finite, high < type.minimum {
            return .fails("the result is at most \(high), less than a \(name) holds")
        }
        switch (low.finite, high.finite) {
        case (let low?, let high?): return .mayFail("the result may be \(low) to \(high), beyond a \(name)")
        case (let low?, nil):
            return .mayFail("the result may be \(low) or more, without a known limit, beyond a \(name)")
        case (nil, let high?):
            return .mayFail("the result may be \(high) or less, without a known limit, beyond a \(name)")
        case (nil, nil):
            return .mayFail(
                "nothing bounds the result, and a \(name) holds \(type.minimum) to \(type.maximum.map(String.init) ?? "2^128 - 1")"
            )
        }
    }

    /// `register` becomes the form modulo 2^bits.
    mutating func wrap(
        _ form: LinearForm, _ type: IntegerType, into register: Register, _ atoms: [Atom],
        produces: [FactReference] = []
    ) {
        let value = wrapped(form, type, atoms, produces: produces)
        values[register] = .integer(value)
    }

    /// The form modulo 2^bits, with the record of the step.
    ///
    /// `extra` is what the form itself rests on.
    mutating func wrapped(
        _ form: LinearForm, _ type: IntegerType, _ atoms: [Atom], produces: [FactReference] = [],
        label extra: Int32 = LabelTable.empty
    ) -> LinearForm {
        let high = upper(form), low = lower(form)
        // 2^128 is no number of the checker's: such a type's values are only shown to be in it.
        if let top = high.finite, let bottom = low.finite {
            let modulus = type.modulus ?? 0
            let (shifted, overflow) = bottom.subtractingReportingOverflow(type.minimum)
            if !overflow, modulus > 0 || bottom >= type.minimum {
                let turns = modulus > 0 ? shifted.quotient(flooredBy: modulus) : 0
                let (distance, overflows) = turns.multipliedReportingOverflow(by: modulus)
                let maximum = type.maximum ?? .max
                if !overflows, let reduced = form.adding(LinearForm(distance), times: -1),
                    top.subtractingReportingOverflow(distance).overflow == false, top - distance <= maximum
                {
                    let step =
                        atoms + [
                            .makes(produces), .byte(0), .signed(turns), .derivation(high.derivation),
                            .derivation(low.derivation),
                        ]
                    let common = union(extra, union(label(of: high.derivation), label(of: low.derivation)))
                    record(.step, step)
                    if common == LabelTable.empty { return reduced }
                    return equalUnder(common, reduced)
                }
            }
        }
        return congruent(form, type, atoms + [.makes(produces)])
    }

    /// A fresh symbol in the range of the type, and as far as it is of use one that differs from the form by a multiple of 2^bits.
    private mutating func congruent(_ form: LinearForm, _ type: IntegerType, _ atoms: [Atom]) -> LinearForm {
        guard let modulus = type.modulus, type.bits <= 64, !form.isConstant, form.isNegatable else {
            record(.step, atoms + [.byte(1)])
            return anyInteger(type)
        }
        let congruence = newCongruence(LabelTable.empty)
        record(
            .step, atoms + [.byte(2)], produces: [.congruence(congruence)], minimal: atoms + [.byte(1)],
            minimalProduces: [])
        let symbol = anyInteger(type)
        if let difference = symbol.gap(to: form) {
            if wraps.count >= Self.mostWraps { wraps.removeFirst() }
            wraps.append(Wrap(difference: difference, modulus: modulus, congruence: congruence))
        }
        return symbol
    }

    private static let mostWraps = 4

    /// Once more is known of a form, how often it was wrapped around may be: `i - 1` is exactly that behind `if (i)`.
    mutating func settleWraps() {
        for wrap in wraps {
            let terms = LinearForm(constant: 0, terms: wrap.difference.terms)
            let remainder = (-wrap.difference.constant).residue(modulo: wrap.modulus)
            let high = upper(terms), low = lower(terms)
            guard let top = high.finite, let bottom = low.finite, abs(top) < 1 << 120, abs(bottom) < 1 << 120 else {
                continue
            }
            let greatest = top - (top - remainder).residue(modulo: wrap.modulus)
            let least = bottom + (remainder - bottom).residue(modulo: wrap.modulus)
            guard greatest == least else { continue }
            wraps.removeAll { $0.congruence == wrap.congruence && $0.difference == wrap.difference }
            for (bound, isUpper) in [(high, true), (low, false)] {
                let fact = newLinear(label(of: bound.derivation))
                record(
                    .lemma,
                    [.byte(isUpper ? 0x19 : 0x1a), .congruenceFact(wrap.congruence), .derivation(bound.derivation)],
                    produces: [.linear(fact)])
                let known = terms.adding(LinearForm(greatest), times: -1)
                if let known = isUpper ? known : known?.scaled(by: -1) { learn(known, fact: fact) }
            }
            if let exact = terms.adding(LinearForm(greatest), times: -1) { exactForms.append(exact) }
        }
    }

    /// A fresh symbol in the range of the type.
    mutating func anyInteger(_ type: IntegerType) -> LinearForm {
        let symbol = LinearForm(symbol: freshInteger())
        if let maximum = type.maximum { guardUpper(symbol, maximum, label: LabelTable.empty) }
        guardLower(symbol, type.minimum, label: LabelTable.empty)
        return symbol
    }

    /// Upper and lower bounds of two forms, all finite: the corner rules need them.
    func corners(_ left: LinearForm, _ right: LinearForm) -> (bounds: [Int128], atoms: [Atom], label: Int32)? {
        let bounds = [upper(left), lower(left), upper(right), lower(right)]
        guard bounds.allSatisfy({ $0.value.isFinite }) else { return nil }
        return (
            bounds.map(\.value.storage), bounds.map { .derivation($0.derivation) },
            bounds.reduce(LabelTable.empty) { union($0, label(of: $1.derivation)) }
        )
    }

    private mutating func multiply(
        _ left: LinearForm, _ right: LinearForm, _ type: IntegerType, _ instruction: Instruction
    ) {
        if left.isConstant, let form = right.scaled(by: left.constant) {
            return finish(form, type, .signedOverflow, instruction, [.byte(0)])
        }
        if right.isConstant, let form = left.scaled(by: right.constant) {
            return finish(form, type, .signedOverflow, instruction, [.byte(0)])
        }
        for (mode, factor, other) in [(UInt8(3), right, left), (4, left, right)] {
            guard let (form, atoms, label) = multiple(of: other, by: factor) else { continue }
            guard label != LabelTable.empty else {
                return finish(form, type, .signedOverflow, instruction, [.byte(mode)] + atoms)
            }
            guard form.terms.count < LinearForm.termLimit, form.scaled(by: -1) != nil else { continue }
            // As the checker: a fresh symbol and two facts before the result's claim.
            let symbol = freshInteger()
            let facts = [newLinear(label), newLinear(label)], congruence = newCongruence(label)
            let product = LinearForm(symbol: symbol)
            if let above = product.subtracting(form), let below = form.subtracting(product) {
                learn(above, fact: facts[0])
                learn(below, fact: facts[1])
                integers[placeOfInteger(symbol)].equality = Equality(
                    form: form, above: facts[0], below: facts[1], congruence: congruence)
            }
            return finish(
                product, type, .signedOverflow, instruction, [.byte(mode)] + atoms,
                produces: facts.map(FactReference.linear) + [.congruence(congruence)])
        }
        let symbol = LinearForm(symbol: freshInteger())
        if let corners = corners(left, right),
            let extremes = extremes(corners.bounds, { $0.multipliedReportingOverflow(by: $1) })
        {
            let facts = boundFacts(symbol, extremes, corners.label)
            return finish(symbol, type, .signedOverflow, instruction, [.byte(1)] + corners.atoms, produces: facts)
        }
        finish(symbol, type, .signedOverflow, instruction, [.byte(2)])
    }

    /// The product where the bounds of one factor leave one number.
    private func multiple(of form: LinearForm, by factor: LinearForm) -> (
        form: LinearForm, atoms: [Atom], label: Int32
    )? {
        let high = upper(factor), low = lower(factor)
        guard let value = high.finite, low.finite == value, let product = form.scaled(by: value) else { return nil }
        return (
            product, [.derivation(high.derivation), .derivation(low.derivation)],
            union(label(of: high.derivation), label(of: low.derivation))
        )
    }

    /// The least and greatest of an operation on the four pairs of ends; nil if one overflows.
    func extremes(
        _ bounds: [Int128], _ operation: (Int128, Int128) -> (partialValue: Int128, overflow: Bool)
    ) -> (Int128, Int128)? {
        var results: [Int128] = []
        for left in bounds[0...1] {
            for right in bounds[2...3] {
                let (value, overflow) = operation(left, right)
                if overflow { return nil }
                results.append(value)
            }
        }
        // The least number of 128 bits bounds nothing: facts hold smaller ones only.
        return results.contains(.min) ? nil : (results.min()!, results.max()!)
    }

    /// Bounds of a fresh symbol that the step itself makes: learned at once, which draws no further conclusions, and
    /// named in `produces`.
    mutating func boundFacts(_ symbol: LinearForm, _ range: (Int128, Int128), _ label: Int32) -> [FactReference] {
        let high = newLinear(label), low = newLinear(label)
        if let form = symbol.subtracting(LinearForm(range.1)) { learn(form, fact: high) }
        if let form = LinearForm(range.0).subtracting(symbol) { learn(form, fact: low) }
        return [.linear(high), .linear(low)]
    }
}
