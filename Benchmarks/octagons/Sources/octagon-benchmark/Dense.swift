// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices
import Octagons

/// Octagons in which every pair of literals has a constraint, around a random point: nothing can be skipped.
struct DenseOctagon {
    let point: [Int]
    let constraints: [OctagonalConstraint]

    /// All constants are even, so that the rational closure, which the peer computes, is the integers'.
    init(dimensions: Int, seed: UInt64) {
        var generator = Generator(seed: seed)
        let point = (0..<dimensions).map { _ in generator.next(below: 201) - 100 }
        var constraints: [OctagonalConstraint] = []
        constraints.reserveCapacity(2 * dimensions * (dimensions + 1))
        for p in 0..<(2 * dimensions) {
            for q in 0...(p | 1) where q != p ^ 1 && (q <= p) {
                let sum = value(p, point) + value(q, point) + generator.next(below: 1000)
                constraints.append(OctagonalConstraint(literal(p), literal(q), atMost: Int128(2 * sum)))
            }
        }
        self.point = point
        self.constraints = constraints
    }

    /// The closed octagon; blocks are as large as they must be.
    func closed() -> Octagon {
        var octagon = Octagon.top(dimensions: point.count, maximumBlockSize: .max)
        octagon.assume(constraints)
        return octagon
    }

    /// Relations that hold with equality at the point: each changes the octagon.
    func guards(_ count: Int, seed: UInt64) -> [OctagonalConstraint] {
        var generator = Generator(seed: seed)
        return (0..<count).map { _ in
            var p = 0, q = 0
            repeat {
                p = generator.next(below: 2 * point.count)
                q = generator.next(below: 2 * point.count)
            } while p / 2 == q / 2
            return OctagonalConstraint(literal(p), literal(q), atMost: Int128(2 * (value(p, point) + value(q, point))))
        }
    }
}

/// The value of a literal at half the point: constants are doubled throughout.
private func value(_ literal: Int, _ point: [Int]) -> Int {
    literal & 1 == 0 ? point[literal / 2] : -point[literal / 2]
}

func literal(_ index: Int) -> OctagonLiteral { index & 1 == 0 ? .plus(index / 2) : .minus(index / 2) }

func measureDense(sizes: [Int]) {
    for dimensions in sizes {
        let seed = UInt64(dimensions)
        let dense = DenseOctagon(dimensions: dimensions, seed: 1000 + seed)
        report("closure", dimensions, measure { use(dense.closed()) })
        let octagon = dense.closed()
        let guards = dense.guards(4, seed: 3000 + seed)
        let incremental = measure {
            var copy = octagon
            for constraint in guards { copy.assume(constraint) }
            use(copy)
        }
        report("guard", dimensions, incremental / 4)
        let other = DenseOctagon(dimensions: dimensions, seed: 2000 + seed).closed()
        let join = octagon.join(other)
        report("join", dimensions, measure { use(octagon.join(other)) })
        report("inclusion", dimensions, measure { if !octagon.isSubset(of: join) { fatal("inclusion") } })
        report("widening", dimensions, measure { use(octagon.widening(next: join, thresholds: .none)) })
        report(
            "x := x + c", dimensions,
            measure {
                var copy = octagon
                copy.assign(1, .plus(1), plus: 6)
                use(copy)
            })
        report(
            "x := y + c", dimensions,
            measure {
                var copy = octagon
                copy.assign(1, .plus(2), plus: 6)
                use(copy)
            })
        report(
            "forget", dimensions,
            measure {
                var copy = octagon
                copy.forget(1)
                use(copy)
            })
    }
}

func fatal(_ words: String) -> Never { preconditionFailure(words) }
