// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Numbers
import Octagons
import ProgramIR

// Relations that a state has by closure: they follow from others of the same path in several steps, over the integers.
extension Executor {
    /// Why the pair is at most `wanted`, from bounds of all pairs and registers: the last of some lemmas of the proof.
    func closedDerivation(
        of pair: RegisterPair, atMost wanted: Int128, _ registers: [Register: Value]
    ) -> Derivation? {
        guard recorder != nil, !isInCase else { return nil }
        let found = pairs(of: registers.keys.sorted()) { registers[$0] ?? .pointer(.null) }
        let relations = RegisterRelations(found.known.map { ($0.register, .top) })
        var given: [(constraint: OctagonalConstraint, form: LinearForm)] = []
        for (pair, bound) in found.pairs {
            if let constraint = relations.constraint(pair, atMost: bound), let form = form(of: pair, registers) {
                given.append((constraint, form))
            }
        }
        for register in found.known {
            guard let place = relations.dimension(of: register.register), register.form.isNegatable else { continue }
            if let bound = upper(register.form).finite {
                given.append((.init(.plus(place), atMost: bound), register.form))
            }
            if let bound = lower(register.form).finite, bound != .min, let form = register.form.scaled(by: -1) {
                given.append((.init(.minus(place), atMost: -bound), form))
            }
        }
        guard let target = relations.constraint(pair, atMost: wanted),
            let derivation = OctagonDeriver(given.map(\.constraint)).derivation(of: target)
        else { return nil }
        return follow(derivation, given)
    }

    /// Records each step as a lemma. Nil where a number leaves the range of facts.
    private func follow(
        _ derivation: OctagonDerivation, _ given: [(constraint: OctagonalConstraint, form: LinearForm)]
    ) -> Derivation? {
        var facts: [OctagonDerivation.Fact: (form: LinearForm, fact: Int32, bound: Int128)] = [:]
        func fact(_ place: OctagonDerivation.Fact) -> (form: LinearForm, fact: Int32, bound: Int128)? {
            if let known = facts[place] { return known }
            guard case .given(let index) = place, case let bound = upper(given[index].form), let most = bound.finite
            else {
                return nil
            }
            let form = given[index].form
            let (room, overflow) = most.subtractingReportingOverflow(form.constant)
            if overflow { return nil }
            let terms = LinearForm(constant: 0, terms: form.terms)
            let number = form.isConstant ? -1 : recordLemma(terms, bound.derivation)
            facts[place] = (terms, number, room)
            return facts[place]
        }
        // Forms are without their constants here; what a step adds up is its divisor times what it shows.
        for (index, step) in derivation.steps.enumerated() {
            var sum = LinearForm(0)
            var total: Int128 = 0
            var premises = Derivation(divisor: step.divisor)
            for term in step.terms {
                guard let known = fact(term.fact), let next = sum.adding(known.form, times: term.multiplier) else {
                    return nil
                }
                let (product, overflow) = known.bound.multipliedReportingOverflow(by: term.multiplier)
                let (added, overflows) = total.addingReportingOverflow(product)
                if overflow || overflows { return nil }
                sum = next
                total = added
                if known.fact >= 0 { premises.add(known.fact, term.multiplier) }
            }
            guard sum.terms.allSatisfy({ $0.coefficient % step.divisor == 0 }) else { return nil }
            if index == derivation.steps.count - 1 { return premises }
            let form = LinearForm(
                constant: 0,
                terms: sum.terms.map { .init(symbol: $0.symbol, coefficient: $0.coefficient / step.divisor) })
            let number = form.isConstant ? -1 : recordLemma(form, premises)
            facts[.step(index)] = (form, number, total.quotient(flooredBy: step.divisor))
        }
        guard case .given = derivation.result, let known = fact(derivation.result), known.fact >= 0 else { return nil }
        return Derivation(premises: [.init(fact: known.fact, coefficient: 1)])
    }
}
