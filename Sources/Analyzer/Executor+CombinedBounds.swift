// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import LinearInequalities
import Numbers

// Bounds that need several relations at once. Only a proof takes the trouble, and only for what it has to show.
extension Executor {
    /// An upper bound of the form that is at most `wanted`, by any combination of what is known; nil if none is found.
    func combinedUpper(_ form: LinearForm, atMost wanted: Int128) -> Bound? {
        guard recorder != nil, form.terms.count > 1, form.isNegatable,
            form.terms.contains(where: { latestLink[$0.symbol] != nil || integer($0.symbol).equality != nil })
        else { return nil }
        let (rest, overflow) = wanted.subtractingReportingOverflow(form.constant)
        if overflow { return nil }
        let known = inequalities(about: form.terms.map(\.symbol))
        let terms = form.terms.map { LinearInequality.Term(Int($0.symbol), $0.coefficient) }
        guard
            let found = LinearCombination(bounding: terms, by: known.map(\.inequality), wanted: rest),
            found.bound <= rest
        else { return nil }
        let (total, overflows) = found.bound.addingReportingOverflow(form.constant)
        let premises = found.multiples.map { Derivation.Premise(fact: known[$0.place].fact, coefficient: $0.multiple) }
        guard !overflows, let value = ExtendedInteger(exactly: total), Set(premises.map(\.fact)).count == premises.count
        else { return nil }
        let derivation = Derivation(premises: premises, divisor: found.divisor)
        return Bound(value: value, derivation: derivation)
    }

    /// The upper bound of the form; where it is not `wanted` or less a combined one, if that is.
    func upper(_ form: LinearForm, aimingAt wanted: Int128) -> Bound {
        let bound = upper(form)
        if bound.value <= ExtendedInteger(roundingUp: wanted) { return bound }
        return combinedUpper(form, atMost: wanted) ?? bound
    }

    /// The lower bound of the form; where it is not `wanted` or more a combined one, if that is.
    func lower(_ form: LinearForm, aimingAt wanted: Int128) -> Bound {
        let bound = lower(form)
        if bound.value >= ExtendedInteger(roundingDown: wanted) { return bound }
        return combinedLower(form, atLeast: wanted) ?? bound
    }

    /// A lower bound of the form that is at least `wanted`: minus an upper bound of its negation.
    func combinedLower(_ form: LinearForm, atLeast wanted: Int128) -> Bound? {
        guard wanted != .min, let negated = form.scaled(by: -1),
            let combined = combinedUpper(negated, atMost: -wanted), let value = combined.finite,
            let least = ExtendedInteger(exactly: -value)
        else { return nil }
        return Bound(value: least, derivation: combined.derivation)
    }

    /// The most symbols, and relations, that a combination is looked for among.
    private static let mostSymbols = 24
    private static let mostRelations = 64

    /// What is known of the symbols and of those connected with them, and the facts that say so.
    private func inequalities(about symbols: [Int32]) -> [(inequality: LinearInequality, fact: Int32)] {
        var result: [(inequality: LinearInequality, fact: Int32)] = []
        var reached = symbols, next = 0
        var seen: Set<Int> = []
        func reach(_ terms: [LinearForm.Term]) -> Bool {
            let new = terms.map(\.symbol).filter { !reached.contains($0) }
            if reached.count + new.count > Self.mostSymbols { return false }
            reached += new
            return true
        }
        func add(_ terms: [LinearForm.Term], _ bound: Int128, _ fact: Int32) {
            result.append(
                (
                    LinearInequality(terms.map { .init(Int($0.symbol), $0.coefficient) }, atMost: bound), fact
                ))
        }
        while next < reached.count {
            let symbol = reached[next]
            next += 1
            let own = bounds(of: symbol)
            if let top = own.upper.finite { add([.init(symbol: symbol, coefficient: 1)], top, own.upperFact) }
            if let bottom = own.lower.finite { add([.init(symbol: symbol, coefficient: -1)], -bottom, own.lowerFact) }
            if let equality = integer(symbol).equality, let gap = LinearForm(symbol: symbol).gap(to: equality.form),
                let opposite = equality.form.gap(to: LinearForm(symbol: symbol)), reach(gap.terms)
            {
                add(gap.terms, -gap.constant, equality.above)
                add(opposite.terms, -opposite.constant, equality.below)
            }
            for place in relations(over: [symbol]) where seen.count < Self.mostRelations && !seen.contains(place) {
                guard reach(relations[place].terms) else { continue }
                seen.insert(place)
                add(relations[place].terms, relations[place].bound, relations[place].fact)
            }
        }
        return result.filter { $0.fact >= 0 }
    }
}
