// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import AffineEqualities
import Numbers
import ProgramIR

// Equalities of registers and places: from a node's state to the tree's facts, and back where its paths end.
extension Executor {
    /// The node's equalities become facts about the entry symbols of its registers.
    mutating func bindEqualities(_ importer: inout Importer) {
        for row in entryState.equalities.rows {
            take(row, { .integer(LinearForm(symbol: $0)) }, &importer)
        }
    }

    /// What the callee's exit says of its result, its places and its arguments. `value` says what they are here.
    mutating func equate(_ exit: NodeState, key: Register, _ value: (Register) -> Value?, _ importer: inout Importer) {
        for row in exit.equalities.rows where row.terms.contains(where: { $0.variable >= Int(key) }) {
            take(row, value, &importer)
        }
    }

    private mutating func take(
        _ row: AffineEquality, _ value: (Register) -> Value?, _ importer: inout Importer
    ) {
        // Bounds and relations of two registers say what simpler equalities do.
        guard let form = LinearForm(row), form.terms.allSatisfy({ canBind($0.symbol, importer) }),
            let here = form.replaced({ number(value($0)) }), here.isNegatable
        else { return }
        exactForms.append(here)
        guard row.isBeyondRelations else { return }
        for (said, known) in [(form, here), (form.scaled(by: -1), here.scaled(by: -1))] {
            if let said, let known { learn(known, said: said, &importer) }
        }
    }

    /// An inequality of an owner, with what it says here.
    mutating func learn(_ here: LinearForm, said: LinearForm, _ importer: inout Importer) {
        guard isAvailable(.inequality(said), importer) else { return }
        let fact = newLinear(label(.inequality(said), importer))
        note(.inequality(said), [.linear(fact)], &importer)
        learn(here, fact: fact)
    }

    /// What the registers and places have to do with each other exactly, whatever the tree's symbols are.
    func equalities(of known: [RelatedRegister]) -> AffineEqualities {
        if !analysis.budget.usesRelations { return AffineEqualities() }
        var system = AffineEqualities()
        // Symbols come before registers, so that they are eliminated.
        func symbol(_ number: Int32) -> Int { -1 - Int(number) }
        let forms = telling(known)
        for form in forms.exact {
            let terms = form.terms.map { AffineEquality.Term(symbol($0.symbol), $0.coefficient) }
            if let equality = AffineEquality(terms, constant: form.constant) { system.insert(equality) }
        }
        for register in known {
            guard let constant = register.interval.constant else { continue }
            let own = AffineEquality.Term(Int(register.register), 1)
            if let equality = AffineEquality([own], constant: -constant) { system.insert(equality) }
        }
        for register in forms.held where register.form.isNegatable {
            let own = AffineEquality.Term(Int(register.register), 1)
            let terms = register.form.terms.map { AffineEquality.Term(symbol($0.symbol), -$0.coefficient) }
            if let equality = AffineEquality(terms + [own], constant: -register.form.constant) {
                system.insert(equality)
            }
        }
        return system.projected(from: 0).reduced()
    }

    /// The forms that can tell something of others: all whose symbols each occur in another form too.
    private func telling(_ known: [RelatedRegister]) -> (exact: [LinearForm], held: [RelatedRegister]) {
        var exact = exactForms, held = known.filter { !$0.form.isConstant }
        var uses: [Int32: Int] = [:]
        for form in exact + held.map(\.form) {
            for term in form.terms { uses[term.symbol, default: 0] += 1 }
        }
        var isChanged = true
        func isTelling(_ form: LinearForm) -> Bool {
            if form.terms.allSatisfy({ uses[$0.symbol]! > 1 }) { return true }
            for term in form.terms { uses[term.symbol]! -= 1 }
            isChanged = true
            return false
        }
        while isChanged {
            isChanged = false
            exact = exact.filter(isTelling)
            held = held.filter { isTelling($0.form) }
        }
        return (exact, held)
    }
}

extension AffineEquality {
    /// Neither a bound nor a relation of two registers that octagons have.
    var isBeyondRelations: Bool {
        terms.count > 2 || terms.count == 2 && !terms.allSatisfy { $0.coefficient.magnitude == 1 }
    }
}

extension LinearForm {
    fileprivate init?(_ row: AffineEquality) {
        guard row.terms.count <= Self.termLimit else { return nil }
        self.init(
            constant: row.constant,
            terms: row.terms.map { Term(symbol: Int32($0.variable), coefficient: $0.coefficient) })
    }
}
