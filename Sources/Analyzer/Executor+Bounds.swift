// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Congruences
import Numbers
import Reductions

// Bounds of linear forms, with their derivations.
extension Executor {
    /// An upper bound of `form`.
    func upper(_ form: LinearForm) -> Bound {
        var best = directUpper(form)
        if let contradiction, recorder != nil { return Bound(value: .negativeInfinity, derivation: contradiction) }
        if form.terms.count >= 2 || (!form.isConstant && !best.value.isFinite) {
            improve(&best, form)
        }
        if let chained = chainedUpper(form), chained.value < best.value { best = chained }
        // Only a proof has symbols that equal a form under a label.
        if recorder != nil, !form.isConstant {
            for (substituted, premises) in substitutions(of: form) {
                var bound = directUpper(substituted)
                improve(&bound, substituted)
                if bound.value < best.value, bound.derivation.add(premises) { best = bound }
            }
        }
        return best
    }

    /// Whether little effort shows that the form is at most 0.
    func isAtMostZero(_ form: LinearForm) -> Bool {
        var bound = directUpper(form)
        if bound.value <= .zero { return true }
        if let chained = chainedUpper(form), chained.value <= .zero { return true }
        if form.terms.count >= 2 { improve(&bound, form, steps: 1) }
        return bound.value <= .zero
    }

    /// The form with one symbol after the other replaced by what it equals, and the facts that make each at least the
    /// original. A relation may be about any of them.
    private func substitutions(of form: LinearForm) -> [(form: LinearForm, premises: [Derivation.Premise])] {
        var result: [(form: LinearForm, premises: [Derivation.Premise])] = []
        var current = form
        var premises: [Derivation.Premise] = []
        for _ in 0..<6 {
            guard let term = current.terms.first(where: { integer($0.symbol).equality != nil }),
                let equality = integer(term.symbol).equality, term.coefficient != .min
            else { break }
            let symbol = LinearForm(symbol: term.symbol)
            guard let without = current.adding(symbol, times: -term.coefficient),
                let replaced = without.adding(equality.form, times: term.coefficient)
            else { break }
            current = replaced
            premises.append(
                .init(
                    fact: term.coefficient > 0 ? equality.above : equality.below,
                    coefficient: term.coefficient > 0 ? term.coefficient : -term.coefficient))
            result.append((current, premises))
        }
        return result
    }

    /// A lower bound of `form`: minus the upper bound of its negation.
    func lower(_ form: LinearForm) -> Bound {
        guard let negated = form.scaled(by: -1) else { return Bound(value: .negativeInfinity) }
        let bound = upper(negated)
        guard let value = bound.value.finite else {
            return Bound(value: .negativeInfinity, derivation: bound.derivation)
        }
        return Bound(value: ExtendedInteger(exactly: -value) ?? .negativeInfinity, derivation: bound.derivation)
    }

    /// From the bounds of the symbols alone.
    private func directUpper(_ form: LinearForm) -> Bound {
        guard var sum = ExtendedInteger(exactly: form.constant) else { return Bound(value: .positiveInfinity) }
        var derivation = Derivation()
        for term in form.terms {
            let symbol = bounds(of: term.symbol)
            let bound = term.coefficient > 0 ? symbol.upper : symbol.lower
            guard let value = bound.finite, term.coefficient != .min else { return Bound(value: .positiveInfinity) }
            let (product, overflow) = value.multipliedReportingOverflow(by: term.coefficient)
            if overflow { return Bound(value: .positiveInfinity) }
            sum = sum.addingRoundedUp(ExtendedInteger(roundingUp: product))
            if !sum.isFinite { return Bound(value: .positiveInfinity) }
            if recorder != nil {
                derivation.premises.append(
                    .init(
                        fact: term.coefficient > 0 ? symbol.upperFact : symbol.lowerFact,
                        coefficient: term.coefficient > 0 ? term.coefficient : -term.coefficient))
            }
        }
        return Bound(value: sum, derivation: derivation)
    }

    /// Tries each relation that cancels a term: of `m * form - k * relation` there may be a better bound, and of what is left
    /// when another relation is taken off.
    private func improve(_ best: inout Bound, _ form: LinearForm, steps: Int = Self.relationsInARow) {
        if form.isConstant { return }
        for index in relations(over: form.terms.lazy.map(\.symbol)).prefix(Self.relationsTried[steps]) {
            for (multiple, factor) in commonFactors(relations[index], form) {
                improve(&best, form, times: multiple, without: relations[index], times: factor, steps)
            }
        }
    }

    private func improve(
        _ best: inout Bound, _ form: LinearForm, times multiple: Int128, without relation: Relation,
        times factor: Int128, _ steps: Int
    ) {
        guard
            let rest = (multiple == 1 ? form : form.scaled(by: multiple))?
                .adding(LinearForm(constant: 0, terms: relation.terms), times: -factor)
        else { return }
        var bound = restUpper(rest)
        if steps > 1, rest.terms.count >= 2, rest.terms.count <= form.terms.count {
            improve(&bound, rest, steps: steps - 1)
        }
        guard let value = bound.value.finite else { return }
        let (product, overflow) = relation.bound.multipliedReportingOverflow(by: factor)
        let (total, overflows) = value.addingReportingOverflow(product)
        if overflow || overflows { return }
        let quotient = total.quotient(flooredBy: multiple)
        guard ExtendedInteger(roundingUp: quotient) < best.value else { return }
        bound.value = ExtendedInteger(roundingUp: quotient)
        if recorder != nil, !bound.derivation.add(relation.fact, factor, over: multiple) { return }
        best = bound
    }

    /// How many relations may be taken off a form one after the other.
    private static let relationsInARow = 2
    /// How many are tried, by the number of those that may still be taken off; the latest first.
    private static let relationsTried = [0, 8, 24]

    /// From the bounds of the symbols, and in a proof of what they equal under a label.
    private func restUpper(_ form: LinearForm) -> Bound {
        var best = directUpper(form)
        if let chained = chainedUpper(form), chained.value < best.value { best = chained }
        if recorder == nil || form.isConstant { return best }
        for (substituted, premises) in substitutions(of: form) {
            var bound = directUpper(substituted)
            if bound.value < best.value, bound.derivation.add(premises) { best = bound }
        }
        return best
    }

    /// The least m and k, both at least 1, for which `m * form - k * relation` loses a term: those of each term.
    private func commonFactors(_ relation: Relation, _ form: LinearForm) -> [(multiple: Int128, factor: Int128)] {
        var result: [(multiple: Int128, factor: Int128)] = []
        for term in relation.terms {
            let coefficient = form.coefficient(of: term.symbol)
            if coefficient == 0 || (coefficient > 0) != (term.coefficient > 0) { continue }
            let common = greatestCommonDivisor(coefficient.magnitude, term.coefficient.magnitude)
            guard let multiple = Int128(exactly: term.coefficient.magnitude / common),
                let factor = Int128(exactly: coefficient.magnitude / common),
                !result.contains(where: { $0 == (multiple, factor) })
            else { continue }
            result.append((multiple, factor))
        }
        return result
    }

    /// The values that the form may have, with the congruence.
    func range(of form: LinearForm) -> IntegerValue {
        if form.isConstant { return IntegerValue(constant: form.constant) }
        let (bottom, top) = boundsInAnalysis(of: form) ?? (lower(form).value, upper(form).value)
        if bottom > top { return .bottom }
        let congruence = congruence(of: form)
        return congruence.modulus > 1
            ? IntegerValue(.init(bottom, top), Congruence(modulus: congruence.modulus, remainder: congruence.remainder))
            : IntegerValue(bottom, top)
    }

    /// The bounds of a symbol plus a constant, where nothing but the symbol's matters.
    private func boundsInAnalysis(of form: LinearForm) -> (ExtendedInteger, ExtendedInteger)? {
        guard recorder == nil, form.terms.count == 1, form.terms[0].coefficient == 1 else { return nil }
        let symbol = bounds(of: form.terms[0].symbol)
        guard let lower = symbol.lower.finite, let upper = symbol.upper.finite else { return nil }
        let (bottom, overflow) = lower.addingReportingOverflow(form.constant)
        let (top, overflows) = upper.addingReportingOverflow(form.constant)
        guard !overflow, !overflows, let bottom = ExtendedInteger(exactly: bottom),
            let top = ExtendedInteger(exactly: top)
        else { return nil }
        return (bottom, top)
    }

    /// The strongest congruence of the form that follows from those of its symbols; modulus 1 if there is none, and for
    /// constants, which need none.
    func congruence(of form: LinearForm) -> CongruenceDerivation {
        let direct = directCongruence(of: form)
        guard let (substituted, premises) = equalForm(form) else { return direct }
        var other = directCongruence(of: substituted)
        if other.modulus <= direct.modulus { return direct }
        other.premises += premises
        return other
    }

    /// The remainder of the form modulo `modulus`, if it follows.
    func congruence(of form: LinearForm, modulo modulus: Int128) -> CongruenceDerivation? {
        if let direct = directCongruence(of: form, modulo: modulus) { return direct }
        guard let (substituted, premises) = equalForm(form),
            var other = directCongruence(of: substituted, modulo: modulus)
        else { return nil }
        other.premises += premises
        return other
    }

    /// The form with symbols replaced by what they equal, and the congruences of every modulus that say so. Only a proof
    /// has such symbols.
    private func equalForm(_ form: LinearForm) -> (LinearForm, [Derivation.Premise])? {
        guard recorder != nil else { return nil }
        var result = form
        var premises: [Derivation.Premise] = []
        for _ in 0..<4 {
            guard let term = result.terms.first(where: { integer($0.symbol).equality != nil }),
                let equality = integer(term.symbol).equality, term.coefficient != .min,
                let difference = equality.form.adding(LinearForm(symbol: term.symbol), times: -1),
                let replaced = result.adding(difference, times: term.coefficient)
            else { break }
            result = replaced
            // The fact is `form - symbol = 0`.
            premises.append(.init(fact: equality.congruence, coefficient: -term.coefficient))
        }
        return premises.isEmpty ? nil : (result, premises)
    }

    private func directCongruence(of form: LinearForm) -> CongruenceDerivation {
        if form.isConstant { return CongruenceDerivation() }
        var modulus: UInt128 = 0
        for term in form.terms {
            let symbol = integer(term.symbol)
            // What has one value goes with every modulus: see `constant`.
            let isConstant = !isInCase && symbol.lower.isFinite && symbol.upper == symbol.lower
            let (step, overflow) = term.coefficient.magnitude
                .multipliedReportingOverflow(by: isConstant ? 0 : symbol.modulus.magnitude)
            if overflow { return CongruenceDerivation() }
            modulus = greatestCommonDivisor(modulus, step)
        }
        guard modulus > 1, let modulus = Int128(exactly: modulus) else { return CongruenceDerivation() }
        return directCongruence(of: form, modulo: modulus) ?? CongruenceDerivation()
    }

    /// A symbol whose bounds leave one value has that value's remainder: a lemma of the proof.
    private func constant(_ symbol: IntegerSymbol, _ value: Int128, modulo modulus: Int128) -> IntegerSymbol {
        var result = symbol
        result.modulus = modulus
        result.remainder = value.residue(modulo: modulus)
        guard let recorder else { return result }
        let upper = Derivation(premises: [.init(fact: symbol.upperFact, coefficient: 1)])
        let lower = Derivation(premises: [.init(fact: symbol.lowerFact, coefficient: 1)])
        result.congruenceFact = newCongruence(
            recorder.labels.union(recorder.label(of: upper), recorder.label(of: lower)))
        record(
            .lemma,
            [
                .byte(0x1c), .form(LinearForm(symbol: symbol.number)), .signed(modulus), .derivation(upper),
                .derivation(lower),
            ], produces: [.congruence(result.congruenceFact)])
        return result
    }

    private func directCongruence(of form: LinearForm, modulo modulus: Int128) -> CongruenceDerivation? {
        var result = CongruenceDerivation()
        result.modulus = modulus
        var remainder = form.constant.residue(modulo: modulus)
        for term in form.terms where term.coefficient % modulus != 0 {
            var symbol = integer(term.symbol)
            if let value = symbol.lower.finite, symbol.upper == symbol.lower, !isInCase {
                symbol = constant(symbol, value, modulo: modulus)
            }
            let (step, overflow) = term.coefficient.multipliedReportingOverflow(by: symbol.modulus)
            if overflow || step % modulus != 0 || symbol.modulus == 1 { return nil }
            let (offset, overflows) = term.coefficient.multipliedReportingOverflow(by: symbol.remainder)
            if overflows { return nil }
            remainder = (remainder + offset.residue(modulo: modulus)).residue(modulo: modulus)
            if recorder != nil {
                result.premises.append(.init(fact: symbol.congruenceFact, coefficient: term.coefficient))
            }
        }
        result.remainder = remainder
        return result
    }
}
