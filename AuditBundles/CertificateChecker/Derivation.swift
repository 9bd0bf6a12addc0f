// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Derivations: a bound of a form by a non-negative combination of linear facts, divided and rounded down.
///
/// *Sound:* for facts `f_i <= b_i` and c_i >= 0, `sum c_i f_i <= sum c_i b_i`; if that sum is d times an integer
/// form t with d >= 1 then t <= floor(B / d) (Farkas; Chvatal and Gomory for the rounding). If the sum is empty
/// and B < 0, the facts have no model, and every bound holds. The label is the union of the premises'.
struct Derived {
    var bound: Int128
    var isContradiction: Bool
    var label: Int
}

extension Execution {
    /// Reads a `deriv` that bounds the form from above; a contradiction gives the least integer.
    mutating func upper(_ form: LinearForm) throws(CheckFailure) -> Derived {
        var derived = try derive(form.terms, negated: false)
        derived.bound = derived.isContradiction ? .min : try sum(derived.bound, form.constant)
        return derived
    }

    /// Reads a `deriv` that bounds the form from below; a contradiction gives the greatest integer.
    mutating func lower(_ form: LinearForm) throws(CheckFailure) -> Derived {
        var derived = try derive(form.terms, negated: true)
        derived.bound = derived.isContradiction ? .max : try difference(form.constant, derived.bound)
        return derived
    }

    /// As `upper`, but a contradiction rejects: the bound is used as a number.
    mutating func finiteUpper(_ form: LinearForm) throws(CheckFailure) -> Derived {
        let derived = try upper(form)
        guard !derived.isContradiction else { throw unjustified("a bound that must be a number is a contradiction") }
        return derived
    }

    mutating func finiteLower(_ form: LinearForm) throws(CheckFailure) -> Derived {
        let derived = try lower(form)
        guard !derived.isContradiction else { throw unjustified("a bound that must be a number is a contradiction") }
        return derived
    }

    @inline(__always)
    private func linearFact(_ number: Int) throws(CheckFailure) -> Range<Int> {
        guard number >= 0, number < state.bounds.count else {
            throw CheckFailure(.unknownReference, "linear fact \(number) does not exist")
        }
        return (number == 0 ? 0 : state.termEnds[number - 1])..<state.termEnds[number]
    }

    private mutating func derive(_ terms: [Term], negated: Bool) throws(CheckFailure) -> Derived {
        counts.derivations += 1
        let h = try reader.unsigned()
        if h == 0 {
            guard terms.isEmpty else { throw unjustified("no premises for a bound of a form with symbols") }
            return Derived(bound: 0, isContradiction: false, label: 0)
        }
        if h == 1 {
            let number = try reader.unsigned()
            let range = try linearFact(number)
            let (bound, label) = (state.bounds[number], state.linearLabels[number])
            if range.isEmpty, bound < 0 { return Derived(bound: .min, isContradiction: true, label: label) }
            guard range.count == terms.count else { throw unjustified("linear fact \(number) is about another form") }
            var place = range.lowerBound
            for term in terms {
                let other = state.terms[place]
                guard other.symbol == term.symbol, term.coefficient != .min,
                    other.coefficient == (negated ? 0 - term.coefficient : term.coefficient)
                else { throw unjustified("linear fact \(number) is about another form") }
                place += 1
            }
            return Derived(bound: bound, isContradiction: false, label: label)
        }
        premises.removeAll(keepingCapacity: true)
        var bound: Int128 = 0
        var label = 0
        for _ in 1..<h {
            let number = try reader.unsigned()
            let coefficient = try reader.signed()
            let range = try linearFact(number)
            guard coefficient >= 0 else { throw unjustified("a premise has a negative coefficient") }
            bound = try sum(bound, try product(coefficient, state.bounds[number]))
            label = try labels.union(label, state.linearLabels[number])
            nextPremises.removeAll(keepingCapacity: true)
            if coefficient != 0 {
                try merge(premises, state.terms[range], times: coefficient, into: &nextPremises)
            } else {
                nextPremises.append(contentsOf: premises)
            }
            swap(&premises, &nextPremises)
            guard premises.count <= 4096 else { throw CheckFailure(.limit, "a combination has too many terms") }
        }
        let divisor = try reader.signed()
        guard divisor >= 1 else { throw unjustified("a divisor is not positive") }
        if premises.isEmpty, bound < 0 { return Derived(bound: .min, isContradiction: true, label: label) }
        guard premises.count == terms.count else { throw unjustified("the premises' sum is another form") }
        for (place, term) in terms.enumerated() {
            let expected = try product(term.coefficient, negated ? try CertificateChecker.negated(divisor) : divisor)
            guard premises[place].symbol == term.symbol, premises[place].coefficient == expected else {
                throw unjustified("the premises' sum is another form")
            }
        }
        return Derived(bound: try floorQuotient(bound, divisor), isContradiction: false, label: label)
    }

    /// Reads the premises of a congruence derivation modulo `modulus`: the remainder of the form.
    ///
    /// *Sound:* if e - sum c_i f_i has only coefficients that m divides, and m divides each c_i m_i, then e and
    /// its constant plus sum c_i r_i differ by a multiple of m.
    mutating func congruencePremises(_ form: LinearForm, modulus: Int128) throws(CheckFailure) -> (
        remainder: Int128, label: Int
    ) {
        counts.derivations += 1
        var rest = form
        var remainder = form.constant
        var label = 0
        for _ in 0..<(try reader.count(ofSize: 2)) {
            let (number, coefficient) = (try reader.unsigned(), try reader.signed())
            guard number < state.congruences.count else {
                throw CheckFailure(.unknownReference, "congruence fact \(number) does not exist")
            }
            let fact = state.congruences[number]
            guard try product(coefficient, fact.modulus) % modulus == 0 else {
                throw unjustified("the modulus does not divide a premise's")
            }
            rest = try rest.adding(
                LinearForm(terms: fact.terms, constant: 0), times: try CertificateChecker.negated(coefficient))
            remainder = try sum(remainder, try product(coefficient, fact.remainder))
            label = try labels.union(label, fact.label)
        }
        for term in rest.terms where term.coefficient % modulus != 0 {
            throw unjustified("the modulus does not divide a coefficient")
        }
        return (try floorRemainder(remainder, modulus), label)
    }

    /// Reads a whole congruence derivation; modulus 1 says nothing.
    mutating func congruence(_ form: LinearForm) throws(CheckFailure) -> (
        modulus: Int128, remainder: Int128, label: Int
    ) {
        let modulus = try reader.signed()
        guard modulus >= 1 else { throw unjustified("a modulus is not positive") }
        if modulus == 1 { return (1, 0, 0) }
        let (remainder, label) = try congruencePremises(form, modulus: modulus)
        return (modulus, remainder, label)
    }

    /// A linear fact without terms and with a negative bound.
    mutating func contradiction(_ number: Int) throws(CheckFailure) -> Int {
        guard try linearFact(number).isEmpty, state.bounds[number] < 0 else {
            throw unjustified("linear fact \(number) is no contradiction")
        }
        return state.linearLabels[number]
    }
}
