// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Octagons

/// The tight closure as textbooks have it: one full matrix over all literals, bounds among the rest, shortest paths by
/// Floyd and Warshall, then floored bounds, then strengthening (Bagnara, Hill, Zaffanella 2009, figure 4). Nothing is
/// split, shared or incremental.
struct OctagonTextbook: Equatable {
    let side: Int
    /// The bound of `V_p + V_q` at `p * side + q`; nil for none.
    private(set) var entries: [Int128?]
    private(set) var isEmpty = false

    init(dimensions: Int) {
        side = 2 * dimensions
        entries = Array(repeating: nil, count: side * side)
        for literal in 0..<side { entries[literal * side + literal ^ 1] = 0 }
    }

    subscript(p: Int, q: Int) -> Int128? { entries[p * side + q] }

    mutating func add(_ constraint: OctagonalConstraint) {
        let p = constraint.first.index
        lower(p, constraint.second?.index ?? p, constraint.second == nil ? 2 * constraint.bound : constraint.bound)
    }

    private mutating func lower(_ p: Int, _ q: Int, _ bound: Int128) {
        if let old = entries[p * side + q], old <= bound { return }
        entries[p * side + q] = bound
        entries[q * side + p] = bound
    }

    mutating func close() {
        // Paths around a negative cycle would grow without bound.
        for pivot in 0..<side where !isEmpty {
            for p in 0..<side {
                guard let left = self[p, pivot] else { continue }
                for q in 0..<side {
                    if let right = self[pivot ^ 1, q] { lower(p, q, left + right) }
                }
            }
            isEmpty = (0..<side).contains { self[$0, $0 ^ 1].map { $0 < 0 } ?? false }
        }
        if isEmpty { return }
        for p in 0..<side {
            if let double = self[p, p] { entries[p * side + p] = (double >> 1) << 1 }
        }
        for p in 0..<side {
            if let upper = self[p, p], let lower = self[p ^ 1, p ^ 1], upper + lower < 0 { isEmpty = true }
        }
        if isEmpty { return }
        for p in 0..<side {
            for q in 0..<side where p != q ^ 1 {
                if let left = self[p, p], let right = self[q, q] { lower(p, q, (left + right) / 2) }
            }
        }
    }

    /// The greater of both, entry by entry; both closed.
    func join(_ other: OctagonTextbook) -> OctagonTextbook {
        if isEmpty { return other }
        if other.isEmpty { return self }
        var result = self
        for index in entries.indices {
            result.entries[index] = entries[index].flatMap { mine in other.entries[index].map { max(mine, $0) } }
        }
        return result
    }

    /// Without the constraints of one dimension; closed before.
    func forgetting(_ x: Int) -> OctagonTextbook {
        var result = self
        for p in 0..<side where !isEmpty {
            for q in [2 * x, 2 * x + 1] where p != q ^ 1 {
                result.entries[p * side + q] = nil
                result.entries[q * side + p] = nil
            }
        }
        return result
    }

    /// The classical widening of an unclosed matrix by a closed one, without thresholds.
    func widening(next: OctagonTextbook) -> OctagonTextbook {
        if isEmpty { return next }
        var result = self
        for index in entries.indices {
            if let mine = entries[index] {
                if let other = next.entries[index], other <= mine { continue }
                result.entries[index] = nil
            }
        }
        return result
    }

    /// Where a state and a closed matrix differ; nil if they agree in every entry.
    func difference(from octagon: Octagon) -> String? {
        if isEmpty || octagon.isBottom {
            return isEmpty == octagon.isBottom ? nil : "empty: \(isEmpty), but the state is \(octagon)"
        }
        for p in 0..<side {
            for q in 0...p where q != p ^ 1 {
                let left = OctagonLiteral.literal(p), right = OctagonLiteral.literal(q)
                let found = octagon.upperBound(of: left, right).finite
                if found != self[p, q] {
                    return "\(left) \(right): \(self[p, q].map { "\($0)" } ?? "none"), but the state has "
                        + (found.map { "\($0)" } ?? "none")
                }
            }
        }
        return nil
    }
}

extension OctagonLiteral {
    static func literal(_ index: Int) -> OctagonLiteral { index & 1 == 0 ? .plus(index >> 1) : .minus(index >> 1) }
}

extension SeededGenerator {
    /// A literal of one of the dimensions `0 ..< dimensions`.
    mutating func literal(_ dimensions: Int) -> OctagonLiteral {
        .literal(Int.random(in: 0..<(2 * dimensions), using: &self))
    }

    /// A bound or, more often, a relation with a constant from a range.
    mutating func constraint(_ dimensions: Int, _ range: ClosedRange<Int>) -> OctagonalConstraint {
        let bound = Int128(Int.random(in: range, using: &self))
        let second = Int.random(in: 0..<4, using: &self) == 0 ? nil : literal(dimensions)
        return OctagonalConstraint(literal(dimensions), second, atMost: bound)
    }
}
