// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Why an octagonal constraint follows from others: sums of facts, some halved and floored.
///
/// Whoever reads the steps in order needs no search: each is `sum of multiplier * fact`, divided by its divisor, with the
/// bound floored. All coefficients of the sum are multiples of the divisor, so flooring is sound over the integers.
public struct OctagonDerivation: Hashable, Sendable {
    /// A constraint given, or the conclusion of an earlier step, by its place.
    public enum Fact: Hashable, Sendable {
        case given(Int)
        case step(Int)
    }

    public struct Term: Hashable, Sendable {
        /// Positive.
        public var multiplier: Int128
        public var fact: Fact
    }

    public struct Step: Hashable, Sendable {
        public var terms: [Term]
        /// 1, or 2 where a bound of `2 x` is halved.
        public var divisor: Int128
        /// What the step shows. A contradiction is `x - x <= bound` with a negative bound.
        public var conclusion: OctagonalConstraint
    }

    public internal(set) var steps: [Step]

    /// The fact that has the literals of the target and a bound that is not greater.
    public internal(set) var result: Fact

    /// How many facts are added in all: the length that searches keep small.
    public var termCount: Int { steps.reduce(0) { $0 + $1.terms.count } }
}

/// Finds derivations from a set of constraints, one at a time and only those asked for.
///
/// A fact `V_a + V_b <= c` leads from `not a` to b: it turns `V_p + V_(not a) <= d` into `V_p + V_b <= d + c`. So what
/// sums show is found along paths, and over the integers bounds of `2 V_p` halved, and sums of two of these, are all
/// that is missing (Bagnara, Hill, Zaffanella 2009, theorem 5). Searches go by the number of facts and end with the first
/// path that suffices, so they touch little of a large set and derivations are short.
///
/// Cost: the length of the path times the number of constraints near it. Sums that do not fit 128 bits are not made.
public struct OctagonDeriver: Sendable {
    let constraints: [OctagonalConstraint]
    /// For each place of a literal, the ways on from it.
    let edges: [[OctagonPathSearch.Edge]]
    /// The places of literals, and the literals of places: only those that occur have one.
    let places: [Int: Int]
    let literals: [Int]

    public init(_ constraints: [OctagonalConstraint]) {
        self.constraints = constraints
        var places: [Int: Int] = [:]
        var edges: [[OctagonPathSearch.Edge]] = [], literals: [Int] = []
        func place(_ literal: OctagonLiteral) -> Int {
            if let place = places[literal.index] { return place }
            // A literal and its negation are neighbours.
            let place = edges.count
            places[literal.index & ~1] = place
            places[literal.index | 1] = place + 1
            edges.append(contentsOf: [[], []])
            literals.append(contentsOf: [literal.index & ~1, literal.index | 1])
            return place + (literal.isNegated ? 1 : 0)
        }
        for (index, constraint) in constraints.enumerated() {
            let first = place(constraint.first), second = place(constraint.second ?? constraint.first)
            var edge = OctagonPathSearch.Edge(target: second, weight: constraint.bound, fact: index, multiplier: 1)
            if constraint.second == nil {
                // A bound counts twice on a path.
                let (double, overflow) = constraint.bound.multipliedReportingOverflow(by: 2)
                if overflow { continue }
                edge.weight = double
                edge.multiplier = 2
            }
            edges[first ^ 1].append(edge)
            if first != second {
                edge.target = first
                edges[second ^ 1].append(edge)
            }
        }
        self.places = places
        self.literals = literals
        self.edges = edges
    }

    /// A derivation of the target from the constraints; nil if they do not imply it, or not by numbers of 128 bits, or
    /// if they contradict each other without showing the target.
    public func derivation(of target: OctagonalConstraint) -> OctagonDerivation? {
        guard let second = target.second else { return half(of: target.first, atMost: target.bound)?.derivation() }
        if second == target.first { return double(of: second, atMost: target.bound) }
        if second == target.first.negated && target.bound >= 0 {
            // The empty sum.
            var derivation = OctagonDerivation(steps: [], result: .step(0))
            derivation.append([], 1, target.first, second, 0)
            return derivation
        }
        if let path = path(target.first, second, atMost: target.bound) {
            return path.derivation(target.first, second)
        }
        return halves(target.first, second, atMost: target.bound)
    }

    /// A derivation of `0 <= negative`; nil if none is found. Short ones are looked for first, from every literal.
    public func contradiction() -> OctagonDerivation? {
        for layers in [3, 12, Int.max] {
            var best: Path?
            var start = 0
            for place in stride(from: 0, to: edges.count, by: 2) {
                let search = OctagonPathSearch(edges: edges)
                let limit = Swift.min(layers, best.map { $0.terms.count - 1 } ?? .max)
                // From V_(not p) - V_(not p) <= 0 around to the same, below zero.
                if let path = search.path(from: place, to: place, atMost: -1, layers: limit) {
                    best = path
                    start = place
                }
            }
            if let best {
                let literal = OctagonLiteral(index: literals[start])
                return best.derivation(literal.negated, literal)
            }
        }
        var best: OctagonDerivation?
        for place in stride(from: 0, to: edges.count, by: 2) {
            let literal = OctagonLiteral(index: literals[place])
            if let derivation = halves(literal, literal.negated, atMost: -1),
                derivation.termCount < best?.termCount ?? .max
            {
                best = derivation
            }
        }
        return best
    }
}

extension OctagonDeriver {
    /// The facts of a path and the sum of their bounds.
    struct Path {
        var terms: [OctagonDerivation.Term]
        var bound: Int128

        func derivation(_ first: OctagonLiteral, _ second: OctagonLiteral) -> OctagonDerivation {
            if terms.count == 1 && terms[0].multiplier == 1 {
                return OctagonDerivation(steps: [], result: terms[0].fact)
            }
            var derivation = OctagonDerivation(steps: [], result: .step(0))
            derivation.append(terms, 1, first, second, bound)
            return derivation
        }
    }

    /// A bound of a literal: half of a path's.
    struct Half {
        var literal: OctagonLiteral
        var path: Path

        var bound: Int128 { path.bound >> 1 }

        func derivation() -> OctagonDerivation {
            var derivation = OctagonDerivation(steps: [], result: .step(0))
            derivation.appendHalf(self)
            return derivation
        }
    }

    /// The shortest path to a bound of `V_p + V_q` that suffices.
    private func path(_ p: OctagonLiteral, _ q: OctagonLiteral, atMost bound: Int128) -> Path? {
        guard let from = places[p.index ^ 1], let to = places[q.index] else { return nil }
        return OctagonPathSearch(edges: edges).path(from: from, to: to, atMost: bound)
    }

    /// `V_p <= floor(d / 2)` from a path to `2 V_p <= d`.
    private func half(of p: OctagonLiteral, atMost bound: Int128) -> Half? {
        let (double, overflow) = bound.multipliedReportingOverflow(by: 2)
        // The odd number above a bound serves as well.
        let needed = overflow ? (bound < 0 ? Int128.min : .max - 1) : double
        return path(p, p, atMost: needed | 1).map { Half(literal: p, path: $0) }
    }

    /// `2 V_p` from a bound.
    private func double(of p: OctagonLiteral, atMost bound: Int128) -> OctagonDerivation? {
        guard let half = half(of: p, atMost: bound >> 1) else { return nil }
        let (double, overflow) = half.bound.addingReportingOverflow(half.bound)
        if overflow { return nil }
        var derivation = half.derivation()
        derivation.append([OctagonDerivation.Term(multiplier: 2, fact: derivation.result)], 1, p, p, double)
        return derivation
    }

    /// `V_p + V_q` from bounds of each.
    private func halves(_ p: OctagonLiteral, _ q: OctagonLiteral, atMost bound: Int128) -> OctagonDerivation? {
        guard let leastP = half(of: p, atMost: .min), let leastQ = half(of: q, atMost: .min) else { return nil }
        let (sum, overflow) = leastP.bound.addingReportingOverflow(leastQ.bound)
        if overflow || sum > bound { return nil }
        // Each is asked for only as much as the other leaves, which may take fewer facts.
        let shortP = shortest(of: leastP, bound, leastQ.bound)
        let shortQ = shortest(of: leastQ, bound, shortP.bound)
        var derivation = OctagonDerivation(steps: [], result: .step(0))
        derivation.appendHalf(shortP)
        let first = derivation.result
        derivation.appendHalf(shortQ)
        let terms = [first, derivation.result].map { OctagonDerivation.Term(multiplier: 1, fact: $0) }
        derivation.append(terms, 1, p, q, shortP.bound + shortQ.bound)
        return derivation
    }

    /// Half of the shortest path that still leaves a sum with `other` of at most `bound`.
    private func shortest(of half: Half, _ bound: Int128, _ other: Int128) -> Half {
        let (needed, overflow) = bound.subtractingReportingOverflow(other)
        return overflow ? half : self.half(of: half.literal, atMost: needed) ?? half
    }
}

extension OctagonDerivation {
    /// Adds a step, which becomes the result.
    mutating func append(
        _ terms: [Term], _ divisor: Int128, _ first: OctagonLiteral, _ second: OctagonLiteral?, _ bound: Int128
    ) {
        let conclusion = OctagonalConstraint(first, second, atMost: bound)
        result = .step(steps.count)
        steps.append(Step(terms: terms, divisor: divisor, conclusion: conclusion))
    }

    /// Adds what shows a bound, or takes it from the constraints as it is.
    mutating func appendHalf(_ half: OctagonDeriver.Half) {
        var terms = half.path.terms
        if terms.allSatisfy({ $0.multiplier % 2 == 0 }) {
            // Twice a sum, halved.
            for index in terms.indices { terms[index].multiplier /= 2 }
            if terms.count == 1 && terms[0].multiplier == 1 {
                result = terms[0].fact
            } else {
                append(terms, 1, half.literal, nil, half.bound)
            }
        } else {
            append(terms, 2, half.literal, nil, half.bound)
        }
    }
}
