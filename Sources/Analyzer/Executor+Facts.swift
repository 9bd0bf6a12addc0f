// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Congruences
import Numbers

// Adding facts, and what follows from them.
extension Executor {
    /// The certificate has the fact `form <= 0`, under the number `fact`; draws its conclusions.
    mutating func learn(_ form: LinearForm, fact: Int32) {
        guard form.constant != .min else { return }
        let bound = -form.constant
        switch form.terms.count {
        case 0:
            if bound < 0 { contradict([.init(fact: fact, coefficient: 1)]) }
        case 1:
            learnBound(form.terms[0], bound, fact: fact)
        default:
            add(Relation(terms: form.terms, bound: bound, fact: fact))
            if isConcluding { propagate(relations.count - 1) } else { pending.relations.append(relations.count - 1) }
        }
    }

    /// `coefficient * symbol <= bound`
    private mutating func learnBound(_ term: LinearForm.Term, _ bound: Int128, fact: Int32) {
        if term.coefficient == 1 || term.coefficient == -1 {
            setBound(term.symbol, upper: term.coefficient > 0, bound, fact: fact)
            return
        }
        guard isConcluding else { return pending.facts.append((term, bound, fact)) }
        var derivation = Derivation(premises: [.init(fact: fact, coefficient: 1)])
        derivation.divisor = Int128(term.coefficient.magnitude)
        setBound(
            term.symbol, upper: term.coefficient > 0, bound.quotient(flooredBy: derivation.divisor),
            derivation: derivation)
    }

    /// Derives bounds of a relation's symbols from those of the others.
    private mutating func propagate(_ index: Int) {
        let relation = relations[index]
        for term in relation.terms {
            var rest = LinearForm(0)
            rest.terms = relation.terms.filter { $0.symbol != term.symbol }
            // coefficient * symbol <= bound - rest, so the least value of rest counts.
            var derivation = Derivation(premises: [.init(fact: relation.fact, coefficient: 1)])
            guard let least = least(of: rest, into: &derivation) else { continue }
            let (room, overflow) = relation.bound.subtractingReportingOverflow(least)
            if overflow || term.coefficient == .min { continue }
            derivation.divisor = Int128(term.coefficient.magnitude)
            setBound(
                term.symbol, upper: term.coefficient > 0, room.quotient(flooredBy: derivation.divisor),
                derivation: derivation)
            if contradiction != nil { return }
        }
    }

    private func least(of form: LinearForm, into derivation: inout Derivation) -> Int128? {
        var sum: Int128 = 0
        for term in form.terms {
            let symbol = integer(term.symbol)
            let bound = term.coefficient > 0 ? symbol.lower : symbol.upper
            guard let value = bound.finite, term.coefficient != .min else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: term.coefficient)
            if overflow { return nil }
            let (total, overflows) = sum.addingReportingOverflow(product)
            if overflows { return nil }
            sum = total
            if recorder != nil {
                derivation.add(
                    term.coefficient > 0 ? symbol.lowerFact : symbol.upperFact,
                    term.coefficient > 0 ? term.coefficient : -term.coefficient)
            }
        }
        return sum
    }

    /// A bound that a derivation gives; records the lemma if it is better than what is known.
    private mutating func setBound(_ symbol: Int32, upper: Bool, _ bound: Int128, derivation: Derivation) {
        let known = integer(symbol)
        if upper
            ? ExtendedInteger(roundingUp: bound) >= known.upper
            : ExtendedInteger(roundingDown: -bound) <= known.lower
        {
            return
        }
        let form = LinearForm(constant: 0, terms: [.init(symbol: symbol, coefficient: upper ? 1 : -1)])
        setBound(symbol, upper: upper, bound, fact: recordLemma(form, derivation))
    }

    /// The certificate has `symbol <= bound` (or `-symbol <= bound`).
    mutating func setBound(_ symbol: Int32, upper isUpper: Bool, _ bound: Int128, fact: Int32) {
        let place = placeOfInteger(symbol)
        if isUpper {
            guard bound < integers[place].upper.storage else { return }
            integers[place].upper = ExtendedInteger(roundingUp: bound)
            integers[place].upperFact = fact
        } else {
            guard bound != .min, -bound > integers[place].lower.storage else { return }
            integers[place].lower = ExtendedInteger(roundingDown: -bound)
            integers[place].lowerFact = fact
        }
        if integers[place].lower > integers[place].upper {
            contradict([
                .init(fact: integers[place].upperFact, coefficient: 1),
                .init(fact: integers[place].lowerFact, coefficient: 1),
            ])
            return
        }
        guard isConcluding else { return pending.symbols.append((symbol, isUpper)) }
        concludeFromBound(of: symbol, upper: isUpper)
    }

    /// Draws the conclusions of everything that the instruction or edge just executed has taught.
    mutating func settle() {
        isConcluding = true
        while contradiction == nil, !pending.isEmpty {
            let batch = pending
            pending = PendingConclusions()
            for (term, bound, fact) in batch.facts where contradiction == nil { learnBound(term, bound, fact: fact) }
            for (symbol, upper) in batch.symbols where contradiction == nil {
                concludeFromBound(of: symbol, upper: upper)
            }
            for index in batch.relations where contradiction == nil { propagate(index) }
            for index in batch.exclusions where contradiction == nil { apply(index) }
        }
        pending = PendingConclusions()
        isConcluding = false
    }

    private mutating func concludeFromBound(of symbol: Int32, upper isUpper: Bool) {
        tighten(symbol, upper: isUpper)
        if contradiction != nil { return }
        applyExclusions(of: symbol)
        if contradiction != nil { return }
        for index in relations(over: CollectionOfOne(symbol)).reversed() {
            if propagationDepth >= deepestPropagation { return }
            propagationDepth += 1
            propagate(index)
            propagationDepth -= 1
            if contradiction != nil { return }
        }
    }

    /// How far a bound spreads over relations. A proof knows only the facts that it demands, so what follows from them may be
    /// further away than it was for the analysis.
    private var deepestPropagation: Int { recorder == nil ? 4 : 8 }

    /// A bound moves to the nearest value that the symbol's congruence allows.
    private mutating func tighten(_ symbol: Int32, upper isUpper: Bool) {
        let known = integer(symbol)
        guard known.modulus > 1 else { return }
        if isUpper, let upper = known.upper.finite {
            let excess = (upper - known.remainder).residue(modulo: known.modulus)
            if excess == 0 { return }
            setBound(symbol, upper: true, upper - excess, fact: recordTightening(known, upper: true))
        } else if !isUpper, let lower = known.lower.finite {
            let missing = (known.remainder - lower).residue(modulo: known.modulus)
            if missing == 0 { return }
            setBound(symbol, upper: false, -(lower + missing), fact: recordTightening(known, upper: false))
        }
    }

    private func recordTightening(_ symbol: IntegerSymbol, upper: Bool) -> Int32 {
        guard let recorder else { return -1 }
        let premise = upper ? symbol.upperFact : symbol.lowerFact
        let fact = newLinear(
            recorder.labels.union(
                recorder.label(of: .linear(premise)), recorder.label(of: .congruence(symbol.congruenceFact))))
        record(
            .lemma,
            [
                .byte(upper ? 0x19 : 0x1a), .congruenceFact(symbol.congruenceFact),
                .derivation(Derivation(premises: [.init(fact: premise, coefficient: 1)])),
            ], produces: [.linear(fact)])
        return fact
    }

    // Exclusions.

    mutating func exclude(_ form: LinearForm, _ lower: Int128, _ upper: Int128, fact: Int32) {
        if form.isConstant {
            return
        }
        exclusions.append(Exclusion(form: form, lower: lower, upper: upper, fact: fact))
        if isConcluding { apply(exclusions.count - 1) } else { pending.exclusions.append(exclusions.count - 1) }
    }

    private mutating func applyExclusions(of symbol: Int32) {
        for index in exclusions.indices
        where exclusions[index].form.terms.count == 1 && exclusions[index].form.terms[0].symbol == symbol {
            apply(index)
            if contradiction != nil { return }
        }
    }

    /// A bound that lies in the excluded range moves out of it.
    private mutating func apply(_ index: Int) {
        let exclusion = exclusions[index]
        let top = upper(exclusion.form)
        if let value = top.finite, exclusion.lower <= value, value <= exclusion.upper, exclusion.lower > .min {
            let fact = recordExcluded(0x11, exclusion, top)
            if let form = exclusion.form.adding(LinearForm(1 - exclusion.lower)) { learn(form, fact: fact) }
            if contradiction != nil { return }
        }
        let bottom = lower(exclusion.form)
        if let value = bottom.finite, exclusion.lower <= value, value <= exclusion.upper, exclusion.upper < .max {
            let fact = recordExcluded(0x12, exclusion, bottom)
            if let form = LinearForm(exclusion.upper + 1).subtracting(exclusion.form) { learn(form, fact: fact) }
        }
    }

    private func recordExcluded(_ rule: UInt8, _ exclusion: Exclusion, _ bound: Bound) -> Int32 {
        guard let recorder else { return -1 }
        let fact = newLinear(
            recorder.labels.union(
                recorder.label(of: .exclusion(exclusion.fact)), recorder.label(of: bound.derivation)))
        record(
            .lemma, [.byte(rule), .exclusion(exclusion.fact), .derivation(bound.derivation)],
            produces: [.linear(fact)])
        return fact
    }

    // Contradictions.

    mutating func contradict(_ premises: [Derivation.Premise]) {
        if contradiction == nil { contradiction = Derivation(premises: premises) }
    }

    mutating func placeOfInteger(_ symbol: Int32) -> Int {
        if let place = integerPlaces[symbol] { return place }
        integerPlaces[symbol] = integers.count
        integers.append(IntegerSymbol(number: symbol))
        return integers.count - 1
    }

    /// A derived linear fact `form <= bound of the derivation`.
    func recordLemma(_ form: LinearForm, _ derivation: Derivation) -> Int32 {
        guard let recorder else { return -1 }
        let fact = newLinear(recorder.label(of: derivation))
        record(.lemma, [.byte(0x10), .form(form), .derivation(derivation)], produces: [.linear(fact)])
        return fact
    }

    func record(
        _ kind: ProofEvent.Kind, _ atoms: [Atom], produces: [FactReference] = [], minimal: [Atom]? = nil,
        minimalProduces: [FactReference] = [], condition: FactReference? = nil, sources: [FactReference] = [],
        effects: [MemoryEffect] = []
    ) {
        recorder?.events.append(
            ProofEvent(
                kind: kind, atoms: atoms, produces: produces, minimal: minimal, minimalProduces: minimalProduces,
                condition: condition, sources: sources, effects: effects))
    }
}
