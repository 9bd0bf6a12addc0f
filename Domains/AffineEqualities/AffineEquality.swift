// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Numbers

/// `sum of coefficient * variable + constant = 0`, exactly.
///
/// Terms ascend by variable and have no coefficient 0; numbers have no common divisor, and the first coefficient is positive. So
/// two equalities with the same solutions are the same.
public struct AffineEquality: Hashable, Sendable {
    public struct Term: Hashable, Sendable {
        public var variable: Int
        public var coefficient: Int128

        public init(_ variable: Int, _ coefficient: Int128) {
            self.variable = variable
            self.coefficient = coefficient
        }
    }

    public private(set) var terms: [Term]
    public private(set) var constant: Int128

    /// Numbers whose products leave 128 bits are of no use to anyone.
    private static let limit: Int128 = 1 << 62

    /// nil where a number is 2^62 or more in magnitude.
    ///
    /// - Parameter terms: in any order, several of one variable added up.
    public init?(_ terms: [Term], constant: Int128) {
        var merged: [Term] = []
        for term in terms.sorted(by: { $0.variable < $1.variable }) {
            if term.coefficient.magnitude >= Self.limit.magnitude { return nil }
            if let last = merged.last, last.variable == term.variable {
                merged[merged.count - 1].coefficient += term.coefficient
                if merged[merged.count - 1].coefficient == 0 { merged.removeLast() }
            } else if term.coefficient != 0 {
                merged.append(term)
            }
        }
        self.terms = merged
        self.constant = constant
        guard constant.magnitude < Self.limit.magnitude, normalise() else { return nil }
    }

    private init(ascending terms: [Term], constant: Int128) {
        self.terms = terms
        self.constant = constant
    }

    /// The first variable: the one that the equality says by the others.
    public var leading: Int? { terms.first?.variable }

    /// True for `0 = 0`.
    public var isTrivial: Bool { terms.isEmpty && constant == 0 }

    public func coefficient(of variable: Int) -> Int128 {
        var low = 0, high = terms.count
        while low < high {
            let middle = (low + high) / 2
            if terms[middle].variable < variable { low = middle + 1 } else { high = middle }
        }
        return low < terms.count && terms[low].variable == variable ? terms[low].coefficient : 0
    }

    /// The equality without a variable, which `other` says by others; nil where a number grows too large.
    func eliminating(_ variable: Int, by other: AffineEquality) -> AffineEquality? {
        let mine = coefficient(of: variable), theirs = other.coefficient(of: variable)
        guard mine != 0, theirs != 0 else { return self }
        let divisor = greatestCommonDivisor(mine.magnitude, theirs.magnitude)
        return combined(theirs / Int128(divisor), other, -(mine / Int128(divisor)))
    }

    /// `mine * self + theirs * other`.
    private func combined(_ mine: Int128, _ other: AffineEquality, _ theirs: Int128) -> AffineEquality? {
        var merged: [Term] = []
        merged.reserveCapacity(terms.count + other.terms.count)
        var left = 0, right = 0
        // All numbers are below 2^62 in magnitude, so these sums of two products are below 2^127.
        while left < terms.count || right < other.terms.count {
            let leftVariable = left < terms.count ? terms[left].variable : .max
            let rightVariable = right < other.terms.count ? other.terms[right].variable : .max
            var coefficient: Int128 = 0
            if leftVariable <= rightVariable {
                coefficient += mine * terms[left].coefficient
                left += 1
            }
            if rightVariable <= leftVariable {
                coefficient += theirs * other.terms[right].coefficient
                right += 1
            }
            if coefficient != 0 { merged.append(Term(min(leftVariable, rightVariable), coefficient)) }
        }
        var result = AffineEquality(ascending: merged, constant: mine * constant + theirs * other.constant)
        return result.normalise() ? result : nil
    }

    /// False where a number is too large.
    private mutating func normalise() -> Bool {
        var divisor = constant.magnitude
        for term in terms where divisor != 1 { divisor = greatestCommonDivisor(divisor, term.coefficient.magnitude) }
        if divisor == 0 { return true }
        let sign: Int128 = (terms.first?.coefficient ?? constant) < 0 ? -1 : 1
        if divisor != 1 || sign < 0 {
            for index in terms.indices { terms[index].coefficient /= sign * Int128(divisor) }
            constant /= sign * Int128(divisor)
        }
        return constant.magnitude < Self.limit.magnitude
            && terms.allSatisfy { $0.coefficient.magnitude < Self.limit.magnitude }
    }
}
