// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Congruences
import Intervals
import Lattices
import Numbers
import Reductions

/// Abstract integers over the values of a signed integer type of width 4, and some unbounded ones.
enum IntegerSamples {
    static let width4: ClosedRange<Int128> = -8...7
    /// The concrete values tried; wider than the samples so that unbounded ones are seen outside width 4.
    static let window: ClosedRange<Int128> = -20...20

    static let boundedIntervals: [IntegerInterval] =
        [.bottom]
        + width4.flatMap { low in
            (low...width4.upperBound).map { IntegerInterval.range(low, $0) }
        }

    static let unboundedIntervals: [IntegerInterval] =
        [.top]
        + [-9, -3, -1, 0, 1, 6].flatMap {
            [
                IntegerInterval(.negativeInfinity, ExtendedInteger($0)),
                IntegerInterval(ExtendedInteger($0), .positiveInfinity),
            ]
        }

    static let intervals = boundedIntervals + unboundedIntervals

    static let congruences: [Congruence] =
        [.bottom] + (-9...9).map { Congruence(constant: $0) }
        + (1...8).flatMap { modulus in
            (0..<modulus).map { Congruence(modulus: Int128(modulus), remainder: Int128($0)) }
        }

    /// Exhaustive over width 3, with some of the intervals of width 4.
    static let values: [IntegerValue] = {
        var seen: Set<IntegerValue> = []
        let classes = [1, 2, 3, 4, 6].flatMap { modulus in
            (0..<modulus).map { Congruence(modulus: Int128(modulus), remainder: Int128($0)) }
        }
        let some = boundedIntervals.enumerated().filter { index, interval in
            interval.isSubset(of: .range(-4, 3)) || index % 9 == 0
        }.map(\.element)
        return (some + unboundedIntervals).flatMap { interval in classes.map { IntegerValue(interval, $0) } }
            .filter { seen.insert($0).inserted }
    }()

    /// Intervals of all magnitudes with members, some of them bounds.
    static func random(_ generator: inout SeededGenerator, bits: Int = 127) -> (IntegerInterval, [Int128]) {
        let a = generator.integer(maximumBits: bits)
        let b = Int.random(in: 0..<3, using: &generator) == 0 ? generator.integer(maximumBits: bits) : a
        let near = generator.integer(maximumBits: 7)
        let (sum, overflow) = b.addingReportingOverflow(near)
        let c = overflow ? b : sum
        let (low, high) = (min(a, c), max(a, c))
        var members = [low, high]
        for _ in 0..<4 { members.append(Int128.random(in: low...high, using: &generator)) }
        return (IntegerInterval.range(low, high), members)
    }
}
