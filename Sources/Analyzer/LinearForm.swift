// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// `constant + sum of coefficient * symbol`: what a register holds in terms of what is unknown in its tree.
///
/// Symbols are numbered as FORMAT.md section 6 says. Terms ascend by symbol and have no zero coefficient. Arithmetic
/// that leaves 128 bits, or needs more terms than a certificate may hold, gives nil.
public struct LinearForm: Hashable, Sendable {
    public struct Term: Hashable, Sendable {
        public var symbol: Int32
        public var coefficient: Int128
    }

    public var constant: Int128
    public var terms: [Term]

    /// The most terms that a certificate may hold.
    static let termLimit = 64

    public init(_ constant: Int128 = 0) {
        self.constant = constant
        self.terms = []
    }

    public init(symbol: Int32) {
        self.constant = 0
        self.terms = [Term(symbol: symbol, coefficient: 1)]
    }

    init(constant: Int128, terms: [Term]) {
        self.constant = constant
        self.terms = terms
    }

    public var isConstant: Bool { terms.isEmpty }

    /// The symbol, if the form is just that.
    public var singleSymbol: Int32? {
        terms.count == 1 && constant == 0 && terms[0].coefficient == 1 ? terms[0].symbol : nil
    }

    /// False if some number is -2^127: then the form has no negative, and the checker makes no fact of it.
    var isNegatable: Bool { constant != .min && terms.allSatisfy { $0.coefficient != .min } }

    /// This minus `other`; nil where it, or its negative, leaves the range of facts.
    func gap(to other: LinearForm) -> LinearForm? {
        guard isNegatable, other.isNegatable, let gap = subtracting(other), gap.isNegatable else { return nil }
        return gap
    }

    public func adding(_ other: LinearForm, times factor: Int128 = 1) -> LinearForm? {
        if other.terms.isEmpty && factor == 1 {
            let (sum, overflow) = constant.addingReportingOverflow(other.constant)
            return overflow ? nil : LinearForm(constant: sum, terms: terms)
        }
        guard let scaled = factor == 1 ? other : other.scaled(by: factor) else { return nil }
        let (sum, overflow) = constant.addingReportingOverflow(scaled.constant)
        if overflow { return nil }
        if terms.isEmpty { return LinearForm(constant: sum, terms: scaled.terms) }
        var merged: [Term] = []
        merged.reserveCapacity(terms.count + scaled.terms.count)
        var left = 0, right = 0
        while left < terms.count || right < scaled.terms.count {
            if right == scaled.terms.count
                || (left < terms.count && terms[left].symbol < scaled.terms[right].symbol)
            {
                merged.append(terms[left])
                left += 1
            } else if left == terms.count || scaled.terms[right].symbol < terms[left].symbol {
                merged.append(scaled.terms[right])
                right += 1
            } else {
                let (coefficient, overflow) = terms[left].coefficient.addingReportingOverflow(
                    scaled.terms[right].coefficient)
                if overflow { return nil }
                if coefficient != 0 { merged.append(Term(symbol: terms[left].symbol, coefficient: coefficient)) }
                left += 1
                right += 1
            }
        }
        return merged.count > Self.termLimit ? nil : LinearForm(constant: sum, terms: merged)
    }

    public func subtracting(_ other: LinearForm) -> LinearForm? { adding(other, times: -1) }

    public func scaled(by factor: Int128) -> LinearForm? {
        if factor == 1 { return self }
        if factor == 0 { return LinearForm(0) }
        let (product, overflow) = constant.multipliedReportingOverflow(by: factor)
        if overflow { return nil }
        var scaledTerms = terms
        for index in scaledTerms.indices {
            let (coefficient, overflow) = scaledTerms[index].coefficient.multipliedReportingOverflow(by: factor)
            if overflow { return nil }
            scaledTerms[index].coefficient = coefficient
        }
        return LinearForm(constant: product, terms: scaledTerms)
    }

    public func coefficient(of symbol: Int32) -> Int128 {
        terms.first { $0.symbol == symbol }?.coefficient ?? 0
    }
}
