// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Numbers

// Bounds that follow from chains of relations: `x <= y + 1` and `y <= z` bound `x - z`.
//
// Each relation `a*x + b*y <= c` with a and b of 1 or -1 is two edges of weight c of a graph over the symbols and their negations:
// from `-b*y` to `a*x`, and from `-a*x` to `b*y`. The length of a path from u to v bounds `v - u`, and the sum of its
// relations, as often as they lie on it, is the derivation. What bounds of single symbols give along the way is known
// already: they are drawn from relations as soon as either is learnt.
// Reference: A. Mine, "The octagon abstract domain", Higher-Order and Symbolic Computation 19, 2006, section 2.2.
extension Executor {
    /// A bound of `form`, a multiple of the sum or difference of two symbols plus a constant, along the shortest path.
    func chainedUpper(_ form: LinearForm) -> Bound? {
        guard form.terms.count == 2 else { return nil }
        let (first, second) = (form.terms[0], form.terms[1])
        guard first.coefficient.magnitude == second.coefficient.magnitude, first.coefficient != .min,
            latestLink[first.symbol] != nil, latestLink[second.symbol] != nil
        else { return nil }
        let factor = first.coefficient > 0 ? first.coefficient : -first.coefficient
        let start = SignedSymbol(second.symbol, isNegative: second.coefficient > 0)
        let end = SignedSymbol(first.symbol, isNegative: first.coefficient < 0)
        let vertices = paths(from: start)
        guard let place = vertices.firstIndex(where: { $0.symbol == end }), let path = facts(to: place, vertices) else {
            return nil
        }
        let (length, overflow) = path.length.multipliedReportingOverflow(by: factor)
        if overflow { return nil }
        let (bound, overflows) = length.addingReportingOverflow(form.constant)
        if overflows { return nil }
        var derivation = Derivation()
        if recorder != nil { for fact in path.facts { derivation.add(fact, factor) } }
        return Bound(value: ExtendedInteger(roundingUp: bound), derivation: derivation)
    }

    /// The most symbols that a search looks at: beyond them a bound is lost, nothing else.
    private static let widestSearch = 64

    /// Upper bounds of `other - start` for each signed symbol that relations connect with `start`.
    func chainedDifferences(from start: SignedSymbol) -> [(other: SignedSymbol, bound: Int128)] {
        guard latestLink[start.symbol] != nil else { return [] }
        let vertices = paths(from: start)
        return vertices.indices.dropFirst().compactMap { place in
            facts(to: place, vertices).map { (vertices[place].symbol, $0.length) }
        }
    }

    /// The shortest paths, found once as long as no relation is added.
    private func paths(from start: SignedSymbol) -> [ReachedSymbol] {
        if let known = chains.paths(from: start, relationState) { return known }
        let found = shortestPaths(from: start)
        chains.keep(found, from: start)
        return found
    }

    /// Shortest paths, by label correction: weights may be negative, and on dead paths there are cycles without end.
    private func shortestPaths(from start: SignedSymbol) -> [ReachedSymbol] {
        var vertices: [ReachedSymbol] = [ReachedSymbol(symbol: start, length: 0)]
        var queue = [0], head = 0
        let limit = 4 * Self.widestSearch
        while head < queue.count, head < limit {
            let current = queue[head]
            head += 1
            vertices[current].isQueued = false
            let (from, length) = (vertices[current].symbol, vertices[current].length)
            var link = Int32(latestLink[from.symbol] ?? -1)
            while link >= 0 {
                let relation = relations[Int(relationLinks[Int(link)].relation)]
                link = relationLinks[Int(link)].previous
                guard let next = relation.edge(from: from) else { continue }
                let (total, overflow) = length.addingReportingOverflow(relation.bound)
                if overflow { continue }
                if let known = vertices.firstIndex(where: { $0.symbol == next }) {
                    guard total < vertices[known].length, known != 0 else { continue }
                    vertices[known].length = total
                    vertices[known].previous = current
                    vertices[known].fact = relation.fact
                    vertices[known].weight = relation.bound
                    if !vertices[known].isQueued { queue.append(known) }
                    vertices[known].isQueued = true
                } else if vertices.count < Self.widestSearch {
                    vertices.append(
                        ReachedSymbol(
                            symbol: next, length: total, previous: current, fact: relation.fact, weight: relation.bound,
                            isQueued: true))
                    queue.append(vertices.count - 1)
                }
            }
        }
        return vertices
    }

    /// The relations on the path that leads to a vertex, and their sum; nil if it runs in a cycle, as it may on a dead path.
    private func facts(to place: Int, _ vertices: [ReachedSymbol]) -> (length: Int128, facts: [Int32])? {
        var facts: [Int32] = []
        var length: Int128 = 0
        var current = place
        while current != 0 {
            facts.append(vertices[current].fact)
            let (sum, overflow) = length.addingReportingOverflow(vertices[current].weight)
            if overflow || facts.count > vertices.count { return nil }
            length = sum
            current = vertices[current].previous
        }
        return (length, facts)
    }
}

/// A symbol or its negation.
struct SignedSymbol: Hashable {
    var symbol: Int32
    var isNegative: Bool

    init(_ symbol: Int32, isNegative: Bool) {
        self.symbol = symbol
        self.isNegative = isNegative
    }
}

/// Shortest paths among the relations of one moment of an execution.
final class ChainCache {
    private var state = -1
    private var states = 0

    func newState() -> Int {
        states += 1
        return states
    }

    private var found: [SignedSymbol: [ReachedSymbol]] = [:]

    fileprivate func paths(from start: SignedSymbol, _ wanted: Int) -> [ReachedSymbol]? {
        if state == wanted { return found[start] }
        state = wanted
        found.removeAll(keepingCapacity: true)
        return nil
    }

    fileprivate func keep(_ paths: [ReachedSymbol], from start: SignedSymbol) { found[start] = paths }
}

/// A vertex that a search has come to, by which way.
private struct ReachedSymbol {
    var symbol: SignedSymbol
    var length: Int128
    var previous = -1
    /// The relation of the last edge.
    var fact: Int32 = -1
    var weight: Int128 = 0
    var isQueued = false
}

extension Relation {
    /// Where the relation's edge from a vertex leads; nil if it has none there.
    fileprivate func edge(from start: SignedSymbol) -> SignedSymbol? {
        guard terms.count == 2 else { return nil }
        for (near, far) in [(terms[0], terms[1]), (terms[1], terms[0])]
        where near.symbol == start.symbol && (near.coefficient == 1 || near.coefficient == -1)
            && (far.coefficient == 1 || far.coefficient == -1)
        {
            // The edge from `-near` to `far`.
            return (near.coefficient < 0) == !start.isNegative
                ? SignedSymbol(far.symbol, isNegative: far.coefficient < 0) : nil
        }
        return nil
    }
}
