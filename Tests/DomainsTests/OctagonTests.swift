// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices
import Numbers
import Octagons
import Testing

@Suite("Octagons: laws, magnitudes, dimensions")
struct OctagonTests {
    static func samples(_ generator: inout SeededGenerator, count: Int) -> [Octagon] {
        var result: [Octagon] = [.bottom(dimensions: 3), .top(dimensions: 3)]
        while result.count < count {
            var octagon = Octagon.top(dimensions: 3)
            for _ in 0..<Int.random(in: 1...7, using: &generator) { octagon.assume(generator.constraint(3, -2...6)) }
            if !octagon.isBottom { result.append(octagon) }
        }
        return result
    }

    static let points: [[Int128]] = (-3...3).flatMap { x in
        (-3...3).flatMap { y in (-3...3).map { z in [Int128(x), Int128(y), Int128(z)] } }
    }

    @Test func laws() {
        var generator = SeededGenerator(stream: 1121)
        LatticeLaws(
            samples: Self.samples(&generator, count: 30), concretes: Self.points,
            thresholds: Thresholds(integers: [-4, 0, 3, 10])
        ).checkAll()
    }

    /// The bound of an analysis: `for (i = 0; i < n; i++)` with n anything keeps `i <= n`.
    @Test func loopKeepsItsRelation() {
        var entry = Octagon.top(dimensions: 3)
        entry.assume(.negatedUpper(1, 0))
        entry.assign(0, constant: 0)
        entry.assign(2, constant: 0)
        var invariant = entry
        var rounds = 0
        while true {
            var body = invariant
            body.assume(.difference(0, 1, -1))
            body.assign(0, .plus(0), plus: 1)
            body.assign(2, .plus(2), plus: 1)
            let next = invariant.join(entry.join(body))
            if next.isSubset(of: invariant) { break }
            invariant = invariant.widening(next: next, thresholds: .none)
            rounds += 1
            #expect(rounds < 5)
        }
        var expected = Octagon.top(dimensions: 3)
        // i == j was implied by bounds before the first round, and outlives them.
        for constraint: OctagonalConstraint in [
            .negatedUpper(0, 0), .difference(0, 1, 0), .difference(0, 2, 0), .difference(2, 0, 0),
        ] { expected.assume(constraint) }
        #expect(invariant == expected)
        invariant.assume(.difference(1, 0, 0))
        #expect(invariant.upperBound(of: .plus(2), .minus(1)) == 0)
    }

    @Test func joinFindsWhatMovesTogether() {
        var left = Octagon.top(dimensions: 2), right = left
        for x in 0..<2 {
            left.assign(x, constant: 3)
            right.assign(x, constant: 8)
        }
        let join = left.join(right)
        #expect(join.relations == [.init(.minus(0), .plus(1), atMost: 0), .init(.plus(0), .minus(1), atMost: 0)])
        #expect(left.relations.isEmpty && right.relations.isEmpty)
    }

    // MARK: Magnitudes

    /// Sums of bounds of 64 bits, and relations whose constants need more: nothing is rounded.
    @Test func limitsOfMachineWordsAreExact() {
        let least = -(Int128(1) << 63), greatest = (Int128(1) << 63) - 1, unsigned = (Int128(1) << 64) - 1
        var octagon = Octagon.top(dimensions: 4)
        for x in 0..<2 {
            octagon.assume(.upper(x, greatest))
            octagon.assume(.negatedUpper(x, -least))
        }
        #expect(octagon.upperBound(of: .plus(0), .plus(1)).finite == 2 * greatest)
        #expect(octagon.upperBound(of: .minus(0), .minus(1)).finite == -2 * least)
        octagon.assume(.difference(0, 1, -unsigned))
        // Only x = -2^63, y = 2^63 - 1 is left.
        #expect(octagon.constant(of: 0) == least && octagon.constant(of: 1) == greatest)
        var empty = octagon
        empty.assume(.difference(0, 1, -unsigned - 1))
        #expect(empty.isBottom)
        octagon.assign(2, .plus(1), plus: 1)
        #expect(octagon.constant(of: 2) == greatest + 1)
        octagon.assign(3, .minus(2), plus: least)
        #expect(octagon.constant(of: 3) == 2 * least)
    }

    /// Weights go through both tiers and come back, exact on the way.
    @Test func tiersPromoteAndComeBack() {
        for exponent in [45, 48, 49, 50, 58, 60, 61, 62, 63, 64, 100, 111] {
            for offset in -1...1 {
                let far = (Int128(1) << exponent) + Int128(offset)
                var octagon = Octagon.top(dimensions: 3)
                octagon.assume(.difference(0, 1, 5))
                octagon.assume(.difference(1, 0, -5))
                octagon.assign(2, .plus(0), plus: far)
                #expect(octagon.upperBound(of: .plus(2), .minus(1)).finite == far + 5)
                #expect(octagon.upperBound(of: .plus(1), .minus(2)).finite == -far - 5)
                octagon.assign(2, .plus(2), plus: -far)
                #expect(octagon.upperBound(of: .plus(2), .minus(1)).finite == 5)
                octagon.assume(.difference(2, 1, 4))
                #expect(octagon.isBottom)
                var chain = Octagon.top(dimensions: 3)
                chain.assume(.difference(0, 1, far))
                chain.assume(.difference(1, 2, far))
                #expect(chain.upperBound(of: .plus(0), .minus(2)).finite == 2 * far)
                chain.assume(.difference(2, 0, -2 * far))
                #expect(!chain.isBottom)
                chain.assume(.difference(2, 1, -far - 1))
                #expect(chain.isBottom)
            }
        }
    }

    /// Whatever does not fit becomes absent, or weaker: the true point stays.
    @Test func overflowIsAbsent() {
        var generator = SeededGenerator(stream: 1122)
        for _ in 0..<600 {
            let point = (0..<4).map { _ in generator.integer() }
            var octagon = Octagon.top(dimensions: 4)
            for _ in 0..<12 {
                let first = generator.literal(4), second = generator.literal(4)
                func value(_ literal: OctagonLiteral) -> Int128 {
                    literal.isNegated ? -point[literal.dimension] : point[literal.dimension]
                }
                let (sum, overflow) = value(first).addingReportingOverflow(value(second))
                if overflow { continue }
                let (bound, above) = sum.addingReportingOverflow(generator.integer(maximumBits: 40).magnitude128)
                octagon.assume(OctagonalConstraint(first, second, atMost: above ? .max : bound))
                octagon.assume(OctagonalConstraint(first, atMost: value(first)))
            }
            if !octagon.contains(point) {
                Issue.record("\(point) is not in \(octagon)")
                return
            }
        }
    }

    // MARK: Dimensions and blocks

    /// States share pages and blocks, and change what they alone have in place: no copy must notice.
    @Test func copiesAreIndependent() {
        var generator = SeededGenerator(stream: 1125)
        for _ in 0..<60 {
            var states = [Octagon.top(dimensions: 20)]
            var said = [states[0].description]
            for _ in 0..<40 {
                let index = Int.random(in: 0..<states.count, using: &generator)
                var state = states[index]
                for _ in 0..<Int.random(in: 1...4, using: &generator) {
                    let x = Int.random(in: 0..<20, using: &generator), constant = Int128(generator.next() % 9)
                    switch Int.random(in: 0..<6, using: &generator) {
                    case 0: state.forget(x)
                    case 1: state.assign(x, generator.literal(20), plus: constant)
                    case 2: state = state.join(states[Int.random(in: 0..<states.count, using: &generator)])
                    case 3:
                        let other = state.join(states[Int.random(in: 0..<states.count, using: &generator)])
                        state = state.widening(next: other, thresholds: .none)
                    default: state.assume(generator.constraint(20, 0...60))
                    }
                }
                states.append(state)
                said.append(state.description)
            }
            for (state, words) in zip(states, said) { #expect(state.description == words) }
        }
    }

    /// A bound on the size of blocks loses the weakest ties, and no point.
    @Test func smallBlocksAreSound() {
        var generator = SeededGenerator(stream: 1123)
        for _ in 0..<60 {
            let point = (0..<10).map { _ in Int128(Int.random(in: -50...50, using: &generator)) }
            var octagon = Octagon.top(dimensions: 10, maximumBlockSize: 4)
            var whole = Octagon.top(dimensions: 10)
            for _ in 0..<20 {
                let first = generator.literal(10), second = generator.literal(10)
                let sum =
                    (first.isNegated ? -point[first.dimension] : point[first.dimension])
                    + (second.isNegated ? -point[second.dimension] : point[second.dimension])
                let bound = sum + Int128(Int.random(in: 0...9, using: &generator))
                let constraint = OctagonalConstraint(first, second, atMost: bound)
                octagon.assume(constraint)
                whole.assume(constraint)
                #expect(octagon.contains(point))
                #expect(whole.isSubset(of: octagon))
                for dimension in 0..<10 { #expect(octagon.relatedDimensions(of: dimension).count <= 4) }
            }
        }
    }

    @Test func theWeakestTieGoes() {
        var octagon = Octagon.top(dimensions: 4, maximumBlockSize: 3)
        octagon.assume(.difference(0, 1, 0))
        octagon.assume(.difference(1, 0, 0))
        octagon.assume(.difference(1, 2, 50))
        octagon.assume(.difference(2, 1, 50))
        octagon.assign(3, .plus(2), plus: 1)
        #expect(octagon.upperBound(of: .plus(0), .minus(1)) == 0)
        #expect(octagon.upperBound(of: .plus(2), .minus(3)) == -1)
        #expect(octagon.relatedDimensions(of: 1) == [0, 1])
        #expect(octagon.relatedDimensions(of: 3) == [2, 3])
    }

    @Test func dimensionsComeAndGo() {
        var generator = SeededGenerator(stream: 1124)
        for _ in 0..<60 {
            let count = Int.random(in: 1...40, using: &generator)
            var octagon = Octagon.top(dimensions: count, maximumBlockSize: 64)
            for _ in 0..<(2 * count) { octagon.assume(generator.constraint(count, 0...90)) }
            if octagon.isBottom { continue }
            var grown = octagon
            let x = Int.random(in: 0..<count, using: &generator)
            let copy = grown.addDimension(equalTo: x)
            #expect(copy == count)
            #expect(grown.upperBound(of: .plus(copy), .minus(x)) == 0)
            #expect(grown.bounds(of: copy) == octagon.bounds(of: x))
            grown.removeLastDimension()
            #expect(grown == octagon)
            // A permutation and its inverse.
            let target = Array(0..<count).shuffled(using: &generator)
            var inverse = Array(repeating: Int?.none, count: count)
            for (dimension, place) in target.enumerated() { inverse[place] = dimension }
            let permuted = octagon.renamed(target, dimensions: count)
            for _ in 0..<20 {
                let first = generator.literal(count), second = generator.literal(count)
                func moved(_ literal: OctagonLiteral) -> OctagonLiteral {
                    literal.isNegated ? .minus(target[literal.dimension]) : .plus(target[literal.dimension])
                }
                #expect(octagon.upperBound(of: first, second) == permuted.upperBound(of: moved(first), moved(second)))
            }
            #expect(permuted.renamed(inverse, dimensions: count) == octagon)
            var shrunk = octagon
            shrunk.removeDimension(x)
            #expect(shrunk.dimensionCount == count - 1)
            if x < count - 1 { #expect(shrunk.bounds(of: x) == octagon.bounds(of: count - 1)) }
        }
    }
}

extension Int128 {
    fileprivate var magnitude128: Int128 { self < 0 ? -self : self }
}
