// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Numbers

/// How a bound on a linear form follows: a non-negative combination of linear facts, divided and rounded down.
/// FORMAT.md section 6, "Derivation".
public struct Derivation: Sendable {
    public struct Premise: Sendable {
        public var fact: Int32
        public var coefficient: Int128
    }

    public var premises: [Premise] = []
    public var divisor: Int128 = 1

    mutating func add(_ fact: Int32, _ coefficient: Int128) {
        if let index = premises.firstIndex(where: { $0.fact == fact }) {
            premises[index].coefficient += coefficient
        } else {
            premises.append(Premise(fact: fact, coefficient: coefficient))
        }
    }

    /// Adds facts to those that bound the form; false: the numbers would be too large.
    mutating func add(_ other: [Premise]) -> Bool {
        for premise in other where !add(premise.fact, premise.coefficient, over: 1) { return false }
        return true
    }

    /// Of a derivation of `multiple * form - coefficient * fact` makes one of `form`. False: its numbers would be too large.
    mutating func add(_ fact: Int32, _ coefficient: Int128, over multiple: Int128) -> Bool {
        let (scaled, overflow) = coefficient.multipliedReportingOverflow(by: divisor)
        let (product, overflows) = divisor.multipliedReportingOverflow(by: multiple)
        if overflow || overflows { return false }
        add(fact, scaled)
        divisor = product
        return true
    }
}

/// A bound and why it holds.
struct Bound {
    var value: ExtendedInteger
    var derivation = Derivation()

    var finite: Int128? { value.isFinite ? value.storage : nil }
}

/// How a form's remainder follows from congruence facts. Modulus 1: nothing is claimed.
public struct CongruenceDerivation: Sendable {
    public var modulus: Int128 = 1
    var remainder: Int128 = 0
    public var premises: [Derivation.Premise] = []
}

/// A fact of one tree, by the class that numbers it.
public enum FactReference: Hashable, Sendable {
    case linear(Int32)
    case congruence(Int32)
    case exclusion(Int32)
    case targets(Int32)
    case float(Int32)
    case memory(Int32)
    case place(Int32)
}
