// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Intervals
import Lattices
import Numbers
import Octagons
import ProgramIR

/// What is known of each two registers and places where a node begins or a function returns, beyond what their own values
/// say: an octagon whose dimensions are those registers.
struct RegisterRelations: Sendable {
    /// Ascending.
    private(set) var dimensions: [Register]
    private(set) var octagon: Octagon

    init() {
        dimensions = []
        octagon = .top(dimensions: 0)
    }

    /// Registers with their bounds.
    init(_ bounds: [(register: Register, range: IntegerInterval)]) {
        let sorted = bounds.sorted { $0.register < $1.register }
        dimensions = sorted.map(\.register)
        octagon = .top(dimensions: sorted.count)
        for (dimension, known) in sorted.enumerated() {
            octagon.assign(dimension, lower: known.range.lower, upper: known.range.upper)
        }
    }

    private init(_ dimensions: [Register], _ octagon: Octagon) {
        self.dimensions = dimensions
        self.octagon = octagon
    }

    var isEmpty: Bool { dimensions.isEmpty }

    /// Those that some relation is about.
    var registers: Set<Register> { Set(constraints.flatMap { [$0.0.first, $0.0.second] }) }

    /// The relations that do not follow from bounds.
    var constraints: [(RegisterPair, Int128)] {
        octagon.relations.compactMap { constraint in
            guard let second = constraint.second else { return nil }
            return (pair(constraint.first, second), constraint.bound)
        }
    }

    private func pair(_ first: OctagonLiteral, _ second: OctagonLiteral) -> RegisterPair {
        RegisterPair(
            dimensions[first.dimension], first.isNegated ? -1 : 1, dimensions[second.dimension],
            second.isNegated ? -1 : 1)
    }

    func dimension(of register: Register) -> Int? {
        var low = 0, high = dimensions.count
        while low < high {
            let middle = (low + high) / 2
            if dimensions[middle] < register { low = middle + 1 } else { high = middle }
        }
        return low < dimensions.count && dimensions[low] == register ? low : nil
    }

    private func literals(_ pair: RegisterPair) -> (OctagonLiteral, OctagonLiteral)? {
        guard let first = dimension(of: pair.first), let second = dimension(of: pair.second) else { return nil }
        return (
            pair.firstSign > 0 ? .plus(first) : .minus(first), pair.secondSign > 0 ? .plus(second) : .minus(second)
        )
    }

    func constraint(_ pair: RegisterPair, atMost bound: Int128) -> OctagonalConstraint? {
        literals(pair).map { OctagonalConstraint($0.0, $0.1, atMost: bound) }
    }

    /// The greatest value that the pair may have; nil if nothing bounds it.
    func bound(of pair: RegisterPair) -> Int128? {
        literals(pair).flatMap { octagon.upperBound(of: $0.0, $0.1).finite }
    }

    mutating func assume(_ pair: RegisterPair, atMost bound: Int128) {
        if let constraint = constraint(pair, atMost: bound) { octagon.assume(constraint) }
    }

    mutating func assume(_ pairs: [(pair: RegisterPair, bound: Int128)]) {
        octagon.assume(pairs.compactMap { constraint($0.pair, atMost: $0.bound) })
    }

    mutating func forget(_ register: Register) {
        guard let place = dimension(of: register) else { return }
        octagon.removeDimension(place)
        dimensions.remove(at: place)
    }

    /// Without the dimensions that the other does not have.
    private func restricted(to wanted: [Register]) -> RegisterRelations {
        if dimensions == wanted { return self }
        var target: [Int?] = []
        var next = 0
        for register in dimensions {
            while next < wanted.count, wanted[next] < register { next += 1 }
            target.append(next < wanted.count && wanted[next] == register ? next : nil)
        }
        return RegisterRelations(wanted, octagon.renamed(target, dimensions: wanted.count))
    }

    private func common(_ other: RegisterRelations) -> [Register] {
        if dimensions == other.dimensions { return dimensions }
        let theirs = Set(other.dimensions)
        return dimensions.filter(theirs.contains)
    }

    func isSubset(of other: RegisterRelations) -> Bool {
        if other.octagon.relations.isEmpty { return true }
        return other.constraints.allSatisfy { pair, bound in self.bound(of: pair).map { $0 <= bound } ?? false }
    }

    func join(_ other: RegisterRelations) -> RegisterRelations {
        let dimensions = common(other)
        return RegisterRelations(
            dimensions, restricted(to: dimensions).octagon.join(other.restricted(to: dimensions).octagon))
    }

    /// `next` must include the state, as after a join.
    func widening(next: RegisterRelations, thresholds: Thresholds) -> RegisterRelations {
        let dimensions = common(next)
        return RegisterRelations(
            dimensions,
            restricted(to: dimensions).octagon.widening(
                next: next.restricted(to: dimensions).octagon, thresholds: thresholds))
    }
}
