// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Numbers
import Reductions

// Bounds that a predicate asks for. What the analysis knows of a value has its bounds at numbers that its congruence
// allows, so the bounds of a form may have to move there.
extension Executor {
    /// An upper bound of the form that is at most `wanted`; nil if none is known.
    ///
    /// - Parameter combines: whether to look for a combination of relations, which takes time.
    func upper(_ form: LinearForm, atMost wanted: ExtendedInteger, combines: Bool = true) -> Bound? {
        let bound = upper(form)
        if bound.value <= wanted { return bound }
        if let moved = tightened(form, bound, isUpper: true), moved.value <= wanted { return moved }
        return combines ? wanted.finite.flatMap { combinedUpper(form, atMost: $0) } : nil
    }

    /// A lower bound of the form that is at least `wanted`; nil if none is known.
    func lower(_ form: LinearForm, atLeast wanted: ExtendedInteger) -> Bound? {
        let bound = lower(form)
        if bound.value >= wanted { return bound }
        if let moved = tightened(form, bound, isUpper: false), moved.value >= wanted { return moved }
        return wanted.finite.flatMap { combinedLower(form, atLeast: $0) }
    }

    /// The bound moved to the nearest number that the form's congruence allows: lemmas of the proof.
    private func tightened(_ form: LinearForm, _ bound: Bound, isUpper: Bool) -> Bound? {
        guard let recorder, !isInCase, !form.isConstant, let value = bound.finite else { return nil }
        let terms = LinearForm(constant: 0, terms: form.terms)
        let congruence = congruence(of: terms)
        guard congruence.modulus > 1 else { return nil }
        let (known, overflow) = value.subtractingReportingOverflow(form.constant)
        if overflow { return nil }
        let distance = isUpper ? known - congruence.remainder : congruence.remainder - known
        let excess = distance.residue(modulo: congruence.modulus)
        if excess == 0 { return nil }
        let remainders = newCongruence(recorder.label(of: congruence))
        record(.lemma, [.byte(0x15), .form(terms), .congruence(congruence)], produces: [.congruence(remainders)])
        let fact = newLinear(
            recorder.labels.union(recorder.label(of: congruence), recorder.label(of: bound.derivation)))
        record(
            .lemma, [.byte(isUpper ? 0x19 : 0x1a), .congruenceFact(remainders), .derivation(bound.derivation)],
            produces: [.linear(fact)])
        guard let moved = ExtendedInteger(exactly: isUpper ? value - excess : value + excess) else { return nil }
        return Bound(value: moved, derivation: Derivation(premises: [.init(fact: fact, coefficient: 1)]))
    }
}
