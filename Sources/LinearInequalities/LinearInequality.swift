// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import AffineEqualities
import Numbers

/// `sum of coefficient * variable <= bound`.
public struct LinearInequality: Sendable {
    public typealias Term = AffineEquality.Term

    /// Each variable once.
    public var terms: [Term]
    public var bound: Int128

    public init(_ terms: [Term], atMost bound: Int128) {
        self.terms = terms
        self.bound = bound
    }
}

/// How a bound on a sum follows from inequalities: `divisor * sum` is the sum of their multiples (Farkas' lemma).
public struct LinearCombination: Sendable {
    /// Positive multiples of inequalities, by their places.
    public var multiples: [(place: Int, multiple: Int128)]
    /// At least 1.
    public var divisor: Int128
    /// The bound on the sum, rounded down.
    public var bound: Int128
}

extension LinearCombination {
    /// The combination that bounds a sum best, or one that is found on the way and is good enough.
    ///
    /// The simplex method looks for it in floating point; what it finds is then computed exactly, and is nothing if numbers
    /// leave 128 bits or do not fit. So the result is right whatever the rounding, but may be missed.
    ///
    /// - Parameter wanted: a bound that is good enough.
    public init?(bounding terms: [LinearInequality.Term], by inequalities: [LinearInequality], wanted: Int128) {
        var simplex = DualSimplex(terms, inequalities)
        guard let support = simplex.support(wanted: Double(wanted)) else { return nil }
        self.init(bounding: terms, by: inequalities, using: support)
    }

    /// The only multiples of these inequalities that add up to the sum.
    private init?(
        bounding terms: [LinearInequality.Term], by inequalities: [LinearInequality], using support: [Int]
    ) {
        var rows: [Int: [AffineEquality.Term]] = [:]
        for place in support {
            for term in inequalities[place].terms {
                rows[term.variable, default: []].append(.init(place, term.coefficient))
            }
        }
        var constants: [Int: Int128] = [:]
        for term in terms { constants[term.variable, default: 0] += term.coefficient }
        var system = AffineEqualities()
        for variable in Set(rows.keys).union(constants.keys) {
            guard let row = AffineEquality(rows[variable] ?? [], constant: -constants[variable, default: 0]) else {
                return nil
            }
            // A variable that no inequality speaks of.
            if row.terms.isEmpty && row.constant != 0 { return nil }
            system.insert(row)
        }
        system = system.reduced()
        guard system.rows.count == support.count, system.rows.allSatisfy({ $0.terms.count == 1 }) else { return nil }
        var divisor: Int128 = 1
        for row in system.rows {
            guard let next = Self.leastCommonMultiple(divisor, row.terms[0].coefficient) else { return nil }
            divisor = next
        }
        var multiples: [(place: Int, multiple: Int128)] = [], sum: Int128 = 0
        for row in system.rows {
            let (multiple, overflow) = (-row.constant).multipliedReportingOverflow(
                by: divisor / row.terms[0].coefficient)
            if overflow || multiple < 0 { return nil }
            if multiple == 0 { continue }
            let place = row.terms[0].variable
            let (product, overflows) = multiple.multipliedReportingOverflow(by: inequalities[place].bound)
            let (total, overflowed) = sum.addingReportingOverflow(product)
            if overflows || overflowed { return nil }
            sum = total
            multiples.append((place, multiple))
        }
        self.multiples = multiples
        self.divisor = divisor
        bound = sum.quotient(flooredBy: divisor)
        // An equality that was left out, because its numbers were too large, has to hold too.
        guard Self.adds(multiples, of: inequalities, to: terms, times: divisor) else { return nil }
    }

    private static func adds(
        _ multiples: [(place: Int, multiple: Int128)], of inequalities: [LinearInequality],
        to terms: [LinearInequality.Term], times divisor: Int128
    ) -> Bool {
        var rest: [Int: Int128] = [:]
        func add(_ terms: [LinearInequality.Term], _ factor: Int128) -> Bool {
            for term in terms {
                let (product, overflow) = term.coefficient.multipliedReportingOverflow(by: factor)
                let (sum, overflows) = rest[term.variable, default: 0].addingReportingOverflow(product)
                if overflow || overflows { return false }
                rest[term.variable] = sum
            }
            return true
        }
        return add(terms, -divisor) && multiples.allSatisfy { add(inequalities[$0.place].terms, $0.multiple) }
            && rest.values.allSatisfy { $0 == 0 }
    }

    private static func leastCommonMultiple(_ left: Int128, _ right: Int128) -> Int128? {
        let divisor = Int128(greatestCommonDivisor(left.magnitude, right.magnitude))
        let (product, overflow) = (left / divisor).multipliedReportingOverflow(by: right)
        return overflow || product == .min ? nil : abs(product)
    }
}
