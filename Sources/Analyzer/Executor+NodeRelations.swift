// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Intervals
import Numbers
import ProgramIR

// Relations of registers: from a node's state to the tree's facts, and back where its paths end.
extension Executor {
    /// The number that stands for a value in linear facts: an integer, or a pointer's offset.
    func number(_ value: Value?) -> LinearForm? {
        switch value {
        case .integer(let form)?: form
        case .pointer(let pointer)?: pointer.offset
        default: nil
        }
    }

    /// The pair with its registers replaced by their values; nil where that leaves the range of facts.
    func form(of pair: RegisterPair, _ value: (Register) -> Value?) -> LinearForm? {
        guard let first = number(value(pair.first)), let second = number(value(pair.second)),
            first.isNegatable, second.isNegatable
        else { return nil }
        let form = first.scaled(by: Int128(pair.firstSign))?.adding(second, times: Int128(pair.secondSign))
        return form.flatMap { $0.isNegatable ? $0 : nil }
    }

    /// The node's relations become facts about the entry symbols of its registers.
    mutating func bindRelations(_ importer: inout Importer) {
        for (pair, bound) in entryState.relations.constraints {
            take(pair, bound, Self.entry, &importer)
        }
    }

    /// What a register that the tree has not assigned stands for in linear facts.
    private static func entry(_ register: Register) -> Value { .integer(LinearForm(symbol: register)) }

    /// What the callee's exit says of its result, its places and its arguments. `value` says what they are here.
    mutating func relate(_ exit: NodeState, key: Register, _ value: (Register) -> Value?, _ importer: inout Importer) {
        // What it says of its arguments alone the caller has told it.
        for (pair, bound) in exit.relations.constraints where pair.second >= key {
            take(pair, bound, value, &importer)
        }
    }

    private mutating func take(
        _ pair: RegisterPair, _ bound: Int128, _ value: (Register) -> Value?, _ importer: inout Importer
    ) {
        // The checker makes no fact of a form that it cannot represent.
        guard isAvailable(.relation(pair), importer), canBind(pair.first, importer), canBind(pair.second, importer),
            let form = form(of: pair, value),
            let fact = form.adding(LinearForm(bound), times: -1), fact.isNegatable
        else { return }
        let number = newLinear(label(.relation(pair), importer))
        note(.relation(pair), [.linear(number)], &importer)
        learn(fact, fact: number)
    }

    /// The registers and places that may be related, and what they hold.
    func related(_ registers: [Register], as value: (Register) -> Value) -> [RelatedRegister] {
        if !analysis.budget.usesRelations { return [] }
        return registers.compactMap { register in
            number(value(register)).map {
                RelatedRegister(register: register, form: $0, interval: range(of: $0).interval)
            }
        }
    }

    /// What is known of each two of the registers, beyond what their own values say.
    func relations(of known: [RelatedRegister]) -> RegisterRelations {
        if !analysis.budget.usesRelations { return RegisterRelations() }
        var result = RegisterRelations(known.map { ($0.register, $0.interval) })
        relateSymbols(known, &result)
        relateForms(known, &result)
        return result
    }

    /// Registers that hold a symbol, its negation, or one of these plus a constant.
    private func relateSymbols(_ known: [RelatedRegister], _ result: inout RegisterRelations) {
        var holders: [Int32: [RelatedRegister]] = [:]
        for register in known {
            if let symbol = register.symbol { holders[symbol.symbol, default: []].append(register) }
        }
        for (symbol, registers) in holders {
            // Two that hold the same symbol differ, or add up, to a constant.
            for (index, left) in registers.enumerated() {
                for right in registers[..<index] { relate(left, right, result: &result) }
            }
            for isNegative in [false, true] {
                let start = SignedSymbol(symbol, isNegative: isNegative)
                for (other, bound) in chainedDifferences(from: start) where other.symbol > symbol {
                    // other - start <= bound
                    for left in holders[other.symbol] ?? [] {
                        for right in registers { relate(left, other, right, start, bound, &result) }
                    }
                }
            }
        }
    }

    /// `other - start <= bound`, where the left register holds `+-other` plus a constant and the right one `+-start`.
    private func relate(
        _ left: RelatedRegister, _ other: SignedSymbol, _ right: RelatedRegister, _ start: SignedSymbol,
        _ bound: Int128,
        _ result: inout RegisterRelations
    ) {
        guard let mine = left.symbol, let theirs = right.symbol else { return }
        let leftSign: Int8 = mine.isNegative == other.isNegative ? 1 : -1
        let rightSign: Int8 = theirs.isNegative == start.isNegative ? -1 : 1
        // leftSign * (left - its constant) + rightSign * (right - its constant) <= bound
        let shift = left.form.constant.multipliedReportingOverflow(by: Int128(leftSign))
        let other = right.form.constant.multipliedReportingOverflow(by: Int128(rightSign))
        let (sum, overflow) = bound.addingReportingOverflow(shift.partialValue)
        let (total, overflows) = sum.addingReportingOverflow(other.partialValue)
        if shift.overflow || other.overflow || overflow || overflows { return }
        result.assume(left, leftSign, right, rightSign, atMost: total)
    }

    /// Registers that hold more complicated forms, as far as relations connect their symbols with those of others.
    private func relateForms(_ known: [RelatedRegister], _ result: inout RegisterRelations) {
        let complex = known.filter { $0.symbol == nil && !$0.form.isConstant }.prefix(Self.mostForms)
        for left in complex {
            let related = symbolsRelated(to: left.form.terms.map(\.symbol))
            for right in known
            where left.register != right.register && !right.form.isConstant
                && (right.symbol != nil || right.register < left.register)
                && right.form.terms.contains(where: { related.contains($0.symbol) })
            {
                relate(left, right, result: &result)
            }
        }
    }

    /// How many registers with such forms are related where a path ends.
    private static let mostForms = 16

    /// Bounds of the difference and the sum of two registers.
    private func relate(_ left: RelatedRegister, _ right: RelatedRegister, result: inout RegisterRelations) {
        guard left.form.isNegatable, right.form.isNegatable else { return }
        for sign: Int8 in [-1, 1] {
            guard let form = left.form.adding(right.form, times: Int128(sign)), form.isNegatable else { continue }
            if let bound = upper(form).value.finite { result.assume(left, 1, right, sign, atMost: bound) }
            if let negated = form.scaled(by: -1), let bound = upper(negated).value.finite {
                result.assume(left, -1, right, -sign, atMost: bound)
            }
        }
    }

    /// What a register or a place holds where a path ends.
    func valueAtEnd(of register: Register) -> Value {
        guard let place = analysis.places.place(of: register) else { return value(of: register) }
        return value(at: place)?.value ?? .pointer(.null)
    }

    /// Tags of objects that a value may point to.
    func targets(of value: Value) -> [Tag] {
        guard case .pointer(let pointer) = value else { return [] }
        return entries(of: pointer)?.map(\.tag).filter(tags.isObject) ?? []
    }

    /// The clone depends on what its entry says of the place.
    mutating func notePlace(_ place: Place) {
        if let bits = place.bits { noteUse(place.tag, bits) } else { noteUse(lifetimeOf: place.tag) }
    }
}

/// A register where a path ends, and what stands for it in linear facts.
struct RelatedRegister {
    var register: Register
    var form: LinearForm
    var interval: IntegerInterval

    /// The symbol, or its negation, that the form is but for a constant.
    fileprivate var symbol: SignedSymbol? {
        guard form.terms.count == 1, form.isNegatable else { return nil }
        switch form.terms[0].coefficient {
        case 1: return SignedSymbol(form.terms[0].symbol, isNegative: false)
        case -1: return SignedSymbol(form.terms[0].symbol, isNegative: true)
        default: return nil
        }
    }
}
