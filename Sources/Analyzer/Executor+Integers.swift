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
    private mutating func finish(
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
        record(.step, atoms + [.makes(produces), .byte(1)])
        return anyInteger(type)
    }

    /// A fresh symbol in the range of the type.
    mutating func anyInteger(_ type: IntegerType) -> LinearForm {
        let symbol = LinearForm(symbol: freshInteger())
        if let maximum = type.maximum { guardUpper(symbol, maximum, label: LabelTable.empty) }
        guardLower(symbol, type.minimum, label: LabelTable.empty)
        return symbol
    }

    /// Upper and lower bounds of two forms, all finite: the corner rules need them.
    private func corners(_ left: LinearForm, _ right: LinearForm) -> (bounds: [Int128], atoms: [Atom], label: Int32)? {
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
    private func extremes(
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
    private mutating func boundFacts(_ symbol: LinearForm, _ range: (Int128, Int128), _ label: Int32) -> [FactReference]
    {
        let high = newLinear(label), low = newLinear(label)
        if let form = symbol.subtracting(LinearForm(range.1)) { learn(form, fact: high) }
        if let form = LinearForm(range.0).subtracting(symbol) { learn(form, fact: low) }
        return [.linear(high), .linear(low)]
    }

    // Division.

    /// Hint, finding and label for "b is not 0". Facts of a failed claim are added by the caller after the step.
    private func nonzero(_ form: LinearForm) -> (atoms: [Atom], holds: Bool, label: Int32) {
        if form.isConstant {
            return form.constant != 0
                ? ([.byte(1), .byte(3)], true, LabelTable.empty) : ([.byte(0)], false, alarmLabel(.divisionByZero))
        }
        let low = lower(form)
        if let value = low.finite, value >= 1 {
            return ([.byte(1), .byte(0), .derivation(low.derivation)], true, label(of: low.derivation))
        }
        let high = upper(form)
        if let value = high.finite, value <= -1 {
            return ([.byte(1), .byte(1), .derivation(high.derivation)], true, label(of: high.derivation))
        }
        for exclusion in exclusions where exclusion.form == form && exclusion.lower <= 0 && 0 <= exclusion.upper {
            let label = recorder?.label(of: .exclusion(exclusion.fact)) ?? LabelTable.empty
            return ([.byte(1), .byte(2), .exclusion(exclusion.fact)], true, label)
        }
        let congruence = congruence(of: form)
        if congruence.remainder != 0 {
            let label = recorder?.label(of: congruence) ?? LabelTable.empty
            return ([.byte(1), .byte(4), .congruence(congruence)], true, label)
        }
        return ([.byte(0)], false, alarmLabel(.divisionByZero))
    }

    /// Decides division-by-zero. A failed claim makes the exclusion known before the rest of the rule.
    private mutating func decideNonzero(_ form: LinearForm) -> (atoms: [Atom], produces: [FactReference], label: Int32)
    {
        let proof = nonzero(form)
        if proof.holds {
            decide(.divisionByZero, .holds)
            return (proof.atoms, [], proof.label)
        }
        decide(
            .divisionByZero,
            form.isConstant ? .fails("the divisor is 0") : .mayFail("the divisor may be 0 (it is \(describe(form)))"))
        let fact = newExclusion(alarmLabel(.divisionByZero))
        return (proof.atoms, [.exclusion(fact)], proof.label)
    }

    /// The least and greatest truncated quotient, the divisor not being 0; nil where nothing is left of it.
    private func quotients(_ bounds: [Int128]) -> (Int128, Int128)? {
        let parts =
            bounds[3] > 0 || bounds[2] < 0
            ? [(bounds[2], bounds[3])] : [(bounds[2], 1), (-1, bounds[3])].filter { $0.1 <= $0.0 }
        var result: (Int128, Int128)?
        for part in parts {
            guard let range = extremes([bounds[0], bounds[1], part.0, part.1], { $0.dividedReportingOverflow(by: $1) })
            else { return nil }
            result = result.map { (min($0.0, range.0), max($0.1, range.1)) } ?? range
        }
        return result
    }

    /// The exclusion of a failed claim takes effect once the step is recorded.
    private mutating func applyNonzero(_ form: LinearForm, _ produced: [FactReference]) {
        if case .exclusion(let fact)? = produced.first {
            if form.isConstant {
                contradict([.init(fact: recordExcludedZero(fact), coefficient: 1)])
            } else {
                exclude(form, 0, 0, fact: fact)
            }
        }
    }

    private func recordExcludedZero(_ exclusion: Int32) -> Int32 {
        guard let recorder else { return -1 }
        let fact = newLinear(recorder.label(of: .exclusion(exclusion)))
        record(.lemma, [.byte(0x11), .exclusion(exclusion), .derivation(Derivation())], produces: [.linear(fact)])
        return fact
    }

    private mutating func divide(
        _ left: LinearForm, _ right: LinearForm, _ type: IntegerType, _ instruction: Instruction
    ) {
        let claim = decideNonzero(right)
        let symbol = LinearForm(symbol: freshInteger())
        var atoms = claim.atoms
        var produces = claim.produces
        // Relations are drawn conclusions from only behind the step that makes them.
        var relations: [(LinearForm, Int32)] = []
        if var corners = corners(left, right), let range = quotients(corners.bounds) {
            if corners.bounds[3] <= 0 && corners.bounds[2] >= 0 { corners.label = union(corners.label, claim.label) }
            atoms += [.byte(0)] + corners.atoms
            produces += boundFacts(symbol, range, corners.label)
            if right.isConstant, right.constant > 0, let scaled = symbol.scaled(by: right.constant),
                let difference = scaled.gap(to: left), let opposite = left.gap(to: scaled)
            {
                let slack = corners.bounds[1] >= 0 ? 0 : right.constant - 1
                for form in [difference.gap(to: LinearForm(slack)), opposite.gap(to: LinearForm(right.constant - 1))] {
                    guard let form else { continue }
                    let fact = newLinear(corners.label)
                    produces.append(.linear(fact))
                    relations.append((form, fact))
                }
            }
        } else {
            atoms.append(.byte(1))
        }
        if type.isSigned {
            finish(symbol, type, .signedOverflow, instruction, atoms, produces: produces)
        } else {
            values[instruction.result] = .integer(symbol)
            record(.step, [.byte(0x01)] + atoms, produces: produces)
        }
        for (form, fact) in relations { learn(form, fact: fact) }
        applyNonzero(right, claim.produces)
    }

    private mutating func remainder(
        _ left: LinearForm, _ right: LinearForm, _ type: IntegerType, _ instruction: Instruction
    ) {
        let claim = decideNonzero(right)
        var atoms = claim.atoms, produces = claim.produces
        let low = lower(left), bottom = lower(right), top = upper(right)
        if type.isSigned {
            if let value = low.finite, value > type.minimum {
                atoms += [.byte(1), .byte(0), .derivation(low.derivation)]
                decide(.signedOverflow, .holds)
            } else if let value = bottom.finite, value >= 0 {
                atoms += [.byte(1), .byte(1), .derivation(bottom.derivation)]
                decide(.signedOverflow, .holds)
            } else if let value = top.finite, value <= -2 {
                atoms += [.byte(1), .byte(2), .derivation(top.derivation)]
                decide(.signedOverflow, .holds)
            } else {
                atoms.append(.byte(0))
                decide(.signedOverflow, .mayFail("the dividend may be \(type.minimum) and the divisor -1"))
            }
        }
        if let value = low.finite, value >= 0, let difference = left.subtracting(right) {
            let less = upper(difference)
            if let value = less.finite, value <= -1 {
                let common = union(label(of: low.derivation), label(of: less.derivation))
                record(
                    .step,
                    [.byte(0x01)] + atoms + [.byte(2), .derivation(low.derivation), .derivation(less.derivation)],
                    produces: produces)
                if common == LabelTable.empty {
                    values[instruction.result] = .integer(left)
                } else {
                    values[instruction.result] = .integer(equalUnder(common, left))
                }
                applyNonzero(right, claim.produces)
                return
            }
        }
        if let corners = corners(left, right), let (form, mode) = constantQuotient(left, corners) {
            record(.step, [.byte(0x01)] + atoms + mode, produces: produces)
            values[instruction.result] = .integer(
                corners.label == LabelTable.empty ? form : equalUnder(corners.label, form))
            applyNonzero(right, claim.produces)
            return
        }
        let symbol = LinearForm(symbol: freshInteger())
        values[instruction.result] = .integer(symbol)
        if let corners = corners(left, right), corners.bounds[2] != .min, corners.bounds[3] != .min,
            corners.bounds[1] != .min
        {
            let most = max(corners.bounds[2].magnitude, corners.bounds[3].magnitude)
            let limit = Int128(most) - 1
            let range: (Int128, Int128) =
                corners.bounds[1] >= 0
                ? (0, min(limit, corners.bounds[0]))
                : corners.bounds[0] <= 0
                    ? (-min(limit, -corners.bounds[1]), 0)
                    : (-min(limit, -corners.bounds[1]), min(limit, corners.bounds[0]))
            produces += boundFacts(symbol, range, corners.label)
            record(.step, [.byte(0x01)] + atoms + [.byte(0)] + corners.atoms, produces: produces)
        } else {
            record(.step, [.byte(0x01)] + atoms + [.byte(1)], produces: produces)
        }
        applyNonzero(right, claim.produces)
    }

    /// The remainder where divisor and quotient are one number each.
    private func constantQuotient(
        _ left: LinearForm, _ corners: (bounds: [Int128], atoms: [Atom], label: Int32)
    ) -> (form: LinearForm, mode: [Atom])? {
        let divisor = corners.bounds[3]
        guard corners.bounds[2] == divisor, divisor != 0,
            let range = extremes(corners.bounds, { $0.dividedReportingOverflow(by: $1) }), range.0 == range.1
        else { return nil }
        let (distance, overflow) = range.0.multipliedReportingOverflow(by: divisor)
        guard !overflow, let form = left.adding(LinearForm(distance), times: -1) else { return nil }
        return (form, [.byte(3)] + corners.atoms)
    }

    // Shifts.

    private mutating func shiftLeft(
        _ left: LinearForm, _ right: LinearForm, _ type: IntegerType, _ instruction: Instruction
    ) {
        let countHigh = upper(right), countLow = lower(right), low = lower(left)
        var holds = (countHigh.finite ?? .max) <= Int128(type.bits) - 1 && (countLow.finite ?? -1) >= 0
        var mode: [Atom]
        var form: LinearForm
        var produces: [FactReference] = []
        if right.isConstant, right.constant >= 0, right.constant < 126,
            let scaled = left.scaled(by: Int128(1) << right.constant)
        {
            form = scaled
            mode = [.byte(0)]
        } else {
            form = LinearForm(symbol: freshInteger())
            if let corners = corners(left, right), corners.bounds[3] >= 0, corners.bounds[2] <= 126,
                let range = extremes(corners.bounds, { $0.multipliedReportingOverflow(by: Int128(1) << $1) })
            {
                mode = [.byte(1)] + corners.atoms
                produces = boundFacts(form, range, corners.label)
            } else {
                mode = [.byte(2)]
            }
        }
        guard type.isSigned else {
            let claim: [Atom] =
                holds ? [.byte(1), .derivation(countHigh.derivation), .derivation(countLow.derivation)] : [.byte(0)]
            decideShift(holds, right, type)
            let reduced = wrapped(form, type, [.byte(0x01)] + claim + mode, produces: produces)
            values[instruction.result] = .integer(reduced)
            if !holds { guardCount(right, type) }
            return
        }
        let high = upper(form)
        let fits = type.maximum.map { maximum in high.finite.map { $0 <= maximum } ?? false } ?? true
        holds = holds && (low.finite ?? -1) >= 0 && fits
        values[instruction.result] = .integer(form)
        if holds {
            let claim: [Atom] = [
                .byte(1), .derivation(countHigh.derivation), .derivation(countLow.derivation),
                .derivation(low.derivation),
            ]
            record(.step, [.byte(0x01)] + claim + mode + [.makes(produces), .derivation(high.derivation)])
            decide(.invalidShift, .holds)
            return
        }
        record(.step, [.byte(0x01), .byte(0)] + mode, produces: produces)
        if (low.finite ?? -1) < 0 && (countLow.finite ?? -1) >= 0 && (countHigh.finite ?? .max) < Int128(type.bits) {
            decide(.invalidShift, .mayFail("the value shifted may be negative (it is \(describe(left)))"))
        } else if (countLow.finite ?? -1) >= 0 && (countHigh.finite ?? .max) < Int128(type.bits) {
            decide(
                .invalidShift,
                .mayFail(
                    "the result may be up to \(high.finite.map(String.init) ?? "any size"), beyond a \(type.bits)-bit signed integer"
                ))
        } else {
            decideShift(false, right, type)
        }
        let label = alarmLabel(.invalidShift)
        if let maximum = type.maximum { guardUpper(form, maximum, label: label) }
        guardLower(form, 0, label: label)
        guardLower(left, 0, label: label)
        guardCount(right, type)
    }

    private mutating func shiftRight(
        _ left: LinearForm, _ right: LinearForm, _ type: IntegerType, _ instruction: Instruction
    ) {
        let countHigh = upper(right), countLow = lower(right)
        let holds = (countHigh.finite ?? .max) <= Int128(type.bits) - 1 && (countLow.finite ?? -1) >= 0
        let claim: [Atom] =
            holds ? [.byte(1), .derivation(countHigh.derivation), .derivation(countLow.derivation)] : [.byte(0)]
        decideShift(holds, right, type)
        let symbol = LinearForm(symbol: freshInteger())
        values[instruction.result] = .integer(symbol)
        if right.isConstant, right.constant >= 0, right.constant < 126 {
            let power = Int128(1) << right.constant
            if let scaled = symbol.scaled(by: power), let difference = scaled.gap(to: left),
                let opposite = left.gap(to: scaled)
            {
                record(.step, [.byte(0x01)] + claim + [.byte(0)])
                addAutomatic(difference, plus: 0, label: LabelTable.empty)
                addAutomatic(opposite, plus: -(power - 1), label: LabelTable.empty)
                if !holds { guardCount(right, type) }
                return
            }
        }
        if let corners = corners(left, right), corners.bounds[3] >= 0, corners.bounds[2] <= 126,
            let range = extremes(corners.bounds, { ($0 >> $1, false) })
        {
            let facts = boundFacts(symbol, range, corners.label)
            record(.step, [.byte(0x01)] + claim + [.byte(1)] + corners.atoms, produces: facts)
        } else {
            record(.step, [.byte(0x01)] + claim + [.byte(2)])
        }
        if !holds { guardCount(right, type) }
    }

    private func decideShift(_ holds: Bool, _ count: LinearForm, _ type: IntegerType) {
        if holds { return decide(.invalidShift, .holds) }
        let text =
            "the shift count is \(describe(count)), a \(type.bits)-bit value can be shifted by 0 to \(type.bits - 1)"
        decide(.invalidShift, count.isConstant ? .fails(text) : .mayFail(text))
    }

    private mutating func guardCount(_ count: LinearForm, _ type: IntegerType) {
        let label = alarmLabel(.invalidShift)
        guardUpper(count, Int128(type.bits) - 1, label: label)
        guardLower(count, 0, label: label)
    }

    // Bits.

    private mutating func bitwise(
        _ operation: ArithmeticOperator, _ left: LinearForm, _ right: LinearForm, _ type: IntegerType,
        _ instruction: Instruction
    ) {
        if operation == .and { return and(left, right, instruction, [.byte(0x01)]) }
        if left.isConstant && right.isConstant {
            let result = operation == .or ? left.constant | right.constant : left.constant ^ right.constant
            values[instruction.result] = .integer(LinearForm(result))
            record(.step, [.byte(0x01), .byte(2)])
            return
        }
        let symbol = LinearForm(symbol: freshInteger())
        values[instruction.result] = .integer(symbol)
        guard let corners = corners(left, right), corners.bounds[1] >= 0, corners.bounds[3] >= 0 else {
            record(.step, [.byte(0x01), .byte(0)])
            limit(symbol, to: type)
            return
        }
        let most = max(corners.bounds[0], corners.bounds[2])
        let bits = 128 - most.leadingZeroBitCount
        let least = operation == .or ? max(corners.bounds[1], corners.bounds[3]) : 0
        var facts = [newLinear(corners.label), newLinear(corners.label)]
        let sum = symbol.gap(to: left)?.gap(to: right)
        if sum != nil { facts.append(newLinear(corners.label)) }
        record(.step, [.byte(0x01), .byte(1)] + corners.atoms, produces: facts.map(FactReference.linear))
        if let form = LinearForm(least).subtracting(symbol) { learn(form, fact: facts[0]) }
        let top = bits >= 127 ? Int128.max : (Int128(1) << Int128(bits)) - 1
        if let form = symbol.subtracting(LinearForm(top)) { learn(form, fact: facts[1]) }
        if let sum { learn(sum, fact: facts[2]) }
    }

    /// Results of bitwise operators stay in the type: the checker knows that too.
    private mutating func limit(_ symbol: LinearForm, to type: IntegerType) {
        if let maximum = type.maximum { guardUpper(symbol, maximum, label: LabelTable.empty) }
        guardLower(symbol, type.minimum, label: LabelTable.empty)
    }

    /// `isSwapped`: the operands are in the other order than in the instruction; the rule swaps them once at most.
    private mutating func and(
        _ left: LinearForm, _ right: LinearForm, _ instruction: Instruction, _ start: [Atom], isSwapped: Bool = false
    ) {
        if left.isConstant && !right.isConstant { return and(right, left, instruction, start, isSwapped: true) }
        let atoms = start + (isSwapped ? [.byte(4)] : [])
        if right.isConstant, right.constant > 0, right.constant < Int128(1) << 100,
            right.constant & (right.constant + 1) == 0
        {
            let bits = UInt8(128 - right.constant.leadingZeroBitCount)
            values[instruction.result] = .integer(wrapped(left, .unsigned(bits), atoms + [.byte(2)]))
            return
        }
        let symbol = LinearForm(symbol: freshInteger())
        values[instruction.result] = .integer(symbol)
        let low = lower(left), rightHigh = upper(right), rightLow = lower(right), high = upper(left)
        guard case .integer(let type) = instruction.type else { return }
        if let top = rightHigh.finite, let bottom = rightLow.finite, bottom >= 0 {
            let isBothPositive = (low.finite ?? -1) >= 0
            var range: (Int128, Int128) = (0, top)
            var common = union(label(of: rightHigh.derivation), label(of: rightLow.derivation))
            var mode: [Atom]
            if isBothPositive {
                common = union(common, label(of: low.derivation))
                mode = [
                    .byte(1), .derivation(low.derivation), .derivation(rightHigh.derivation),
                    .derivation(rightLow.derivation),
                ]
                if let other = high.finite {
                    mode += [.byte(1), .derivation(high.derivation)]
                    range.1 = min(top, other)
                    common = union(common, label(of: high.derivation))
                } else {
                    mode.append(.byte(0))
                }
            } else {
                mode = [.byte(3), .derivation(rightLow.derivation), .derivation(rightHigh.derivation)]
            }
            let facts = boundFacts(symbol, range, common)
            record(.step, atoms + mode, produces: facts)
            return
        }
        if let bottom = low.finite, bottom >= 0, !right.isConstant || right.constant < 0 {
            return andSwapped(left, symbol, type, start + (isSwapped ? [] : [.byte(4)]), otherwise: atoms)
        }
        record(.step, atoms + [.byte(0)])
        limit(symbol, to: type)
    }

    /// The left operand is not negative, the right one may be: 0 <= r <= left.
    private mutating func andSwapped(
        _ positive: LinearForm, _ symbol: LinearForm, _ type: IntegerType, _ atoms: [Atom], otherwise: [Atom]
    ) {
        let high = upper(positive), low = lower(positive)
        guard let top = high.finite else {
            record(.step, otherwise + [.byte(0)])
            limit(symbol, to: type)
            return
        }
        let facts = boundFacts(symbol, (0, top), union(label(of: high.derivation), label(of: low.derivation)))
        record(.step, atoms + [.byte(3), .derivation(low.derivation), .derivation(high.derivation)], produces: facts)
    }
}
