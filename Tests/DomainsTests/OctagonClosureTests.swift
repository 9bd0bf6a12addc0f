// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices
import Octagons
import Testing

/// Incremental closure, joins, projections and widenings in split form against the textbook's full matrices.
@Suite("Octagons: closure against the textbook")
struct OctagonClosureTests {
    /// A state and the matrix it should agree with.
    struct Pair {
        var octagon: Octagon
        var textbook: OctagonTextbook

        init(dimensions: Int) {
            octagon = .top(dimensions: dimensions)
            textbook = OctagonTextbook(dimensions: dimensions)
        }

        init(dimensions: Int, constraints: Int, _ range: ClosedRange<Int>, by generator: inout SeededGenerator) {
            self.init(dimensions: dimensions)
            for _ in 0..<constraints {
                let constraint = generator.constraint(dimensions, range)
                octagon.assume(constraint)
                textbook.add(constraint)
            }
            textbook.close()
        }

        mutating func assume(_ constraint: OctagonalConstraint) {
            octagon.assume(constraint)
            textbook.add(constraint)
            textbook.close()
        }

        var difference: String? { textbook.difference(from: octagon) }
    }

    @Test func everyStepIsTightlyClosed() {
        var generator = SeededGenerator(stream: 1101)
        var empty = 0
        for _ in 0..<300 {
            let dimensions = Int.random(in: 1...7, using: &generator)
            var pair = Pair(dimensions: dimensions)
            let range = [-3...12, -10...60, 0...9][Int.random(in: 0..<3, using: &generator)]
            for _ in 0..<Int.random(in: 1...25, using: &generator) {
                let constraint = generator.constraint(dimensions, range)
                let before = pair.octagon
                pair.assume(constraint)
                if let difference = pair.difference {
                    Issue.record("\(before), then \(constraint): \(difference)")
                    return
                }
                if pair.octagon.isBottom { break }
            }
            empty += pair.octagon.isBottom ? 1 : 0
        }
        #expect(empty > 10)
    }

    @Test func joinIsTheLeastOctagon() {
        var generator = SeededGenerator(stream: 1102)
        for _ in 0..<700 {
            let dimensions = Int.random(in: 1...7, using: &generator)
            let base = Pair(
                dimensions: dimensions, constraints: Int.random(in: 0...12, using: &generator), -3...20, by: &generator)
            // Relatives share pages and blocks.
            var left = base, right = base
            for _ in 0..<Int.random(in: 0...5, using: &generator) {
                left.assume(generator.constraint(dimensions, -2...9))
            }
            for _ in 0..<Int.random(in: 0...5, using: &generator) {
                right.assume(generator.constraint(dimensions, -2...9))
            }
            let join = left.octagon.join(right.octagon)
            if let difference = left.textbook.join(right.textbook).difference(from: join) {
                Issue.record("\(left.octagon) join \(right.octagon): \(difference)")
                return
            }
        }
    }

    @Test func joinOfStrangersIsTheLeastOctagon() {
        var generator = SeededGenerator(stream: 1103)
        for _ in 0..<400 {
            let dimensions = Int.random(in: 2...6, using: &generator)
            let left = Pair(dimensions: dimensions, constraints: 9, 0...30, by: &generator)
            let right = Pair(dimensions: dimensions, constraints: 9, 0...30, by: &generator)
            if let difference = left.textbook.join(right.textbook).difference(from: left.octagon.join(right.octagon)) {
                Issue.record("\(left.octagon) join \(right.octagon): \(difference)")
                return
            }
        }
    }

    @Test func meetIsTheConjunction() {
        var generator = SeededGenerator(stream: 1104)
        for _ in 0..<400 {
            let dimensions = Int.random(in: 2...6, using: &generator)
            let left = Pair(dimensions: dimensions, constraints: 8, -1...30, by: &generator)
            let right = Pair(dimensions: dimensions, constraints: 8, -1...30, by: &generator)
            if left.octagon.isBottom || right.octagon.isBottom { continue }
            var both = left.textbook
            for constraint in right.octagon.constraints { both.add(constraint) }
            both.close()
            if let difference = both.difference(from: left.octagon.meet(right.octagon)) {
                Issue.record("\(left.octagon) meet \(right.octagon): \(difference)")
                return
            }
        }
    }

    @Test func forgettingIsProjection() {
        var generator = SeededGenerator(stream: 1105)
        for _ in 0..<400 {
            let dimensions = Int.random(in: 1...7, using: &generator)
            var pair = Pair(dimensions: dimensions, constraints: 14, -2...25, by: &generator)
            let x = Int.random(in: 0..<dimensions, using: &generator)
            let before = pair.octagon
            pair.octagon.forget(x)
            if let difference = pair.textbook.forgetting(x).difference(from: pair.octagon) {
                Issue.record("\(before) without x\(x): \(difference)")
                return
            }
        }
    }

    /// Chains of widenings: never above what the textbook's give, whose left operand is not closed either.
    @Test func wideningIsNoCoarserThanTheTextbook() {
        var generator = SeededGenerator(stream: 1106)
        for _ in 0..<250 {
            let dimensions = Int.random(in: 1...5, using: &generator)
            var pair = Pair(dimensions: dimensions, constraints: 10, -1...15, by: &generator)
            if pair.octagon.isBottom { continue }
            // The textbook's chain: the matrix before closure.
            var open = pair.textbook
            for _ in 0..<6 {
                let other = Pair(dimensions: dimensions, constraints: 10, -1...15, by: &generator)
                let next = pair.octagon.join(other.octagon)
                open = open.widening(next: pair.textbook.join(other.textbook))
                let widened = pair.octagon.widening(next: next, thresholds: .none)
                #expect(next.isSubset(of: widened))
                var closed = open
                closed.close()
                var bound = Octagon.top(dimensions: dimensions)
                for p in 0..<closed.side {
                    for q in 0...p where q != p ^ 1 {
                        if let value = closed[p, q] {
                            bound.assume(OctagonalConstraint(.literal(p), .literal(q), atMost: value))
                        }
                    }
                }
                if !widened.isSubset(of: bound) {
                    Issue.record("\(pair.octagon) widened by \(next): \(widened), the textbook has \(bound)")
                    return
                }
                pair.octagon = widened
                pair.textbook = OctagonTextbook(dimensions: dimensions)
                for constraint in widened.constraints { pair.textbook.add(constraint) }
                pair.textbook.close()
            }
        }
    }

    /// What the state lists is not implied by bounds, and with the bounds it is everything.
    @Test func relationsAreWhatBoundsDoNotImply() {
        var generator = SeededGenerator(stream: 1107)
        for _ in 0..<250 {
            let dimensions = Int.random(in: 2...6, using: &generator)
            let pair = Pair(dimensions: dimensions, constraints: 12, -1...25, by: &generator)
            if pair.octagon.isBottom { continue }
            var rebuilt = Octagon.top(dimensions: dimensions)
            for constraint in pair.octagon.boundConstraints { rebuilt.assume(constraint) }
            for relation in pair.octagon.relations {
                let first = rebuilt.upperBound(of: relation.first).finite
                let second = relation.second.flatMap { rebuilt.upperBound(of: $0).finite }
                if let first, let second { #expect(relation.bound < first + second, "\(relation) in \(pair.octagon)") }
            }
            for relation in pair.octagon.relations { rebuilt.assume(relation) }
            #expect(rebuilt == pair.octagon)
        }
    }
}
