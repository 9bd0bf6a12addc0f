// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A linear form over integer symbols plus a constant: terms ascend by symbol and no coefficient is 0.
struct LinearForm: Hashable {
    var terms: [Term]
    var constant: Int128

    init(_ constant: Int128) {
        terms = []
        self.constant = constant
    }

    init(symbol: Int) {
        terms = [Term(symbol: symbol, coefficient: 1)]
        constant = 0
    }

    init(terms: [Term], constant: Int128) {
        self.terms = terms
        self.constant = constant
    }

    var isConstant: Bool { terms.isEmpty }

    /// The symbol, if the form is one symbol and nothing else.
    var symbol: Int? {
        guard constant == 0, terms.count == 1, let term = terms.first, term.coefficient == 1 else { return nil }
        return term.symbol
    }

    /// False if some number is -2^127: then the form has no negative.
    var isNegatable: Bool { constant != .min && terms.allSatisfy { $0.coefficient != .min } }

    func adding(_ other: LinearForm, times factor: Int128 = 1) throws(CheckFailure) -> LinearForm {
        if factor == 0 { return self }
        let constant = try sum(constant, try product(other.constant, factor))
        if other.terms.isEmpty { return LinearForm(terms: terms, constant: constant) }
        var result: [Term] = []
        result.reserveCapacity(terms.count + other.terms.count)
        try merge(terms, other.terms[...], times: factor, into: &result)
        guard result.count <= 64 else { throw CheckFailure(.limit, "a linear form has more than 64 terms") }
        return LinearForm(terms: result, constant: constant)
    }

    func subtracting(_ other: LinearForm) throws(CheckFailure) -> LinearForm { try adding(other, times: -1) }

    func adding(_ number: Int128) throws(CheckFailure) -> LinearForm {
        LinearForm(terms: terms, constant: try sum(constant, number))
    }

    func scaled(by factor: Int128) throws(CheckFailure) -> LinearForm { try LinearForm(0).adding(self, times: factor) }
}

/// result = a + factor * b, all ascending.
@inline(__always)
func merge(_ a: [Term], _ b: ArraySlice<Term>, times factor: Int128, into result: inout [Term]) throws(CheckFailure) {
    var i = 0
    for term in b {
        while i < a.count, a[i].symbol < term.symbol {
            result.append(a[i])
            i += 1
        }
        var coefficient = try product(term.coefficient, factor)
        if i < a.count, a[i].symbol == term.symbol {
            coefficient = try sum(a[i].coefficient, coefficient)
            i += 1
        }
        if coefficient != 0 { result.append(Term(symbol: term.symbol, coefficient: coefficient)) }
    }
    while i < a.count {
        result.append(a[i])
        i += 1
    }
}

enum Base: Hashable {
    case tag(Int)
    case symbol(Int)
}

enum FloatValue: Hashable {
    case constant(UInt64)
    case symbol(Int)
}

/// What a register holds.
enum Value {
    case integer(LinearForm)
    case pointer(Base, LinearForm)
    case float(FloatValue)
}

/// A linear form that is outside of a closed range.
struct Exclusion {
    var form: LinearForm
    var range: ClosedRange<Int128>
    var label: Int
}

struct CongruenceFact {
    var terms: [Term]
    var modulus: Int128
    var remainder: Int128
    var label: Int
}

/// What a 0-or-1 symbol stands for.
struct Definition {
    enum Meaning {
        case integers(Comparison, LinearForm, LinearForm)
        /// The base symbol is null, or is not.
        case null(Base, isEqual: Bool)
        /// A comparison of bases: its outcome, as far as the targets told when it was made.
        case bases(isTrue: Bool?)
        case floats(Comparison, FloatValue, FloatValue)
    }

    var meaning: Meaning
    var label: Int
}

struct TargetSet {
    var entries: [TargetEntry]
    var label: Int
}

struct RangeSet {
    var range: FloatRange
    var label: Int
}
