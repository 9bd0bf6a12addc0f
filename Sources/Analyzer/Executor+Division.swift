// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Numbers
import ProgramIR
import Reductions

// Division and remainder: FORMAT.md section 6.1.
extension Executor {
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

    mutating func divide(
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

    mutating func remainder(
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
}
