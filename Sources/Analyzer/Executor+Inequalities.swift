// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Numbers
import ProgramIR

// Inequalities that relations of two registers cannot say: `position + needed <= size`, `8 * count <= size`. They come from
// what a tree has learned, said by registers and places where its paths end.
extension Executor {
    /// How many relations of a tree are looked at, the latest.
    private static let mostLookedAt = 24

    /// The node's inequalities become facts about the entry symbols of its registers.
    mutating func bindInequalities(_ importer: inout Importer) {
        for form in entryState.inequalities { take(form, { .integer(LinearForm(symbol: $0)) }, &importer) }
    }

    /// What the callee's exit says of its result, its places and its arguments. `value` says what they are here.
    mutating func takeInequalities(
        _ exit: NodeState, key: Register, _ value: (Register) -> Value?, _ importer: inout Importer
    ) {
        for form in exit.inequalities where form.terms.contains(where: { $0.symbol >= key }) {
            take(form, value, &importer)
        }
    }

    private mutating func take(_ said: LinearForm, _ value: (Register) -> Value?, _ importer: inout Importer) {
        // An equality may have said it already.
        guard importer.facts[.inequality(said)] == nil, said.terms.allSatisfy({ canBind($0.symbol, importer) }),
            let here = said.replaced({ number(value($0)) }), here.isNegatable
        else { return }
        learn(here, said: said, &importer)
    }

    /// Inequalities of the registers and places beyond relations of two.
    func inequalities(of known: [RelatedRegister]) -> [LinearForm] {
        if !analysis.budget.usesRelations { return [] }
        let names = InequalityNames(known)
        var result: [LinearForm] = []
        func add(_ form: LinearForm) {
            if result.count < NodeState.mostInequalities, form.isBeyondPairs, form.isNegatable, !result.contains(form) {
                result.append(form)
            }
        }
        // What held where the tree began, if it holds still or again.
        for wanted in entryState.inequalities {
            guard let here = wanted.replaced({ symbol in known.first { $0.register == symbol }?.form }) else {
                continue
            }
            if isAtMostZero(here) { add(wanted) }
        }
        for relation in relations.reversed().prefix(Self.mostLookedAt) {
            if result.count >= NodeState.mostInequalities { break }
            guard relation.terms.count <= 4, relation.bound != .min else { continue }
            let form = LinearForm(constant: -relation.bound, terms: relation.terms)
            if let said = said(form, names) { add(said) }
        }
        return result
    }

    /// The inequality over registers that says the same, or less where a symbol that no register holds gives way to one that is
    /// related to it.
    private func said(_ form: LinearForm, _ names: InequalityNames) -> LinearForm? {
        let missing = form.terms.filter { names.holders[$0.symbol] == nil }
        if missing.isEmpty { return names.exactly(form) }
        guard missing.count == 1, let term = missing.first, form.isNegatable else { return nil }
        // With v the symbol with its coefficient's sign: other - v <= bound, so v is at least other - bound.
        let isNegative = term.coefficient < 0
        for (other, bound) in chainedDifferences(from: SignedSymbol(term.symbol, isNegative: isNegative))
        where names.holders[other.symbol] != nil && bound != .min {
            let near = LinearForm(
                constant: -bound, terms: [.init(symbol: other.symbol, coefficient: other.isNegative ? -1 : 1)])
            guard let without = form.adding(LinearForm(symbol: term.symbol), times: -term.coefficient),
                let replaced = without.adding(near, times: isNegative ? -term.coefficient : term.coefficient),
                let said = names.exactly(replaced)
            else { continue }
            return said
        }
        return nil
    }
}

/// Registers and places by the symbols that they hold.
private struct InequalityNames {
    /// `register = factor * symbol + constant`, factor positive.
    var holders: [Int32: (register: Register, factor: Int128, constant: Int128)] = [:]

    init(_ known: [RelatedRegister]) {
        for register in known {
            guard register.form.terms.count == 1, register.form.isNegatable, register.form.terms[0].coefficient > 0
            else { continue }
            let term = register.form.terms[0]
            if let other = holders[term.symbol], other.factor <= term.coefficient { continue }
            holders[term.symbol] = (register.register, term.coefficient, register.form.constant)
        }
    }

    /// A positive multiple of the form, said by registers.
    func exactly(_ form: LinearForm) -> LinearForm? {
        var multiple: Int128 = 1
        for term in form.terms {
            guard let holder = holders[term.symbol] else { return nil }
            let needed = holder.factor / commonDivisor(holder.factor, term.coefficient)
            let (product, overflow) = multiple.multipliedReportingOverflow(
                by: needed / commonDivisor(needed, multiple))
            if overflow || product > 1 << 32 { return nil }
            multiple = product
        }
        var result = LinearForm(0)
        guard let scaled = form.scaled(by: multiple) else { return nil }
        result.constant = scaled.constant
        for term in scaled.terms {
            guard let holder = holders[term.symbol], term.coefficient % holder.factor == 0,
                let own = LinearForm(symbol: holder.register).adding(LinearForm(holder.constant), times: -1),
                let sum = result.adding(own, times: term.coefficient / holder.factor)
            else { return nil }
            result = sum
        }
        return result
    }

    /// Of a positive number and another one.
    private func commonDivisor(_ left: Int128, _ right: Int128) -> Int128 {
        Int128(greatestCommonDivisor(left.magnitude, right.magnitude))
    }
}

extension NodeState {
    /// How many inequalities a state keeps.
    fileprivate static let mostInequalities = 6

    /// Those of both states that the other one implies.
    func commonInequalities(_ other: NodeState) -> [LinearForm] {
        var result = inequalities.filter { other.implies($0) }
        for form in other.inequalities
        where result.count < Self.mostInequalities && !result.contains(form) && implies(form) {
            result.append(form)
        }
        return result
    }

    /// Whether the form is at most 0 in the state.
    func implies(_ form: LinearForm) -> Bool { inequalities.contains(form) || relations.upper(form) <= .zero }
}

extension LinearForm {
    /// Neither a bound nor a relation of two that octagons have.
    var isBeyondPairs: Bool {
        terms.count > 2 || terms.count == 2 && terms[0].coefficient.magnitude != terms[1].coefficient.magnitude
    }
}
