// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Congruences
import Intervals
import Lattices
import Numbers
import Reductions
import Testing

@Suite("Integer domains: lattice laws and soundness, exhaustive on small widths")
struct IntegerDomainTests {
    let thresholds = Thresholds(integers: [-5, -1, 0, 3, 6])

    @Test func intervalLaws() {
        LatticeLaws(
            samples: IntegerSamples.intervals, concretes: Array(IntegerSamples.window), thresholds: thresholds
        ).checkValueDomain()
    }

    @Test func congruenceLaws() {
        LatticeLaws(
            samples: IntegerSamples.congruences, concretes: Array(IntegerSamples.window), thresholds: thresholds
        ).checkValueDomain()
    }

    @Test func integerValueLaws() {
        LatticeLaws(
            samples: IntegerSamples.values, concretes: Array(IntegerSamples.window), thresholds: thresholds
        ).checkValueDomain()
    }

    @Test func truthLaws() {
        LatticeLaws(
            samples: [.bottom, .alwaysTrue, .alwaysFalse, .top] as [Truth], concretes: [false, true],
            thresholds: .none
        ).checkValueDomain()
    }

    @Test func intervalOperations_areSound() {
        IntegerSoundness(samples: IntegerSamples.intervals, window: -12...12).checkAll()
    }

    @Test func congruenceOperations_areSound() {
        IntegerSoundness(samples: IntegerSamples.congruences, window: -12...12).checkAll()
    }

    @Test func integerValueOperations_areSound() {
        IntegerSoundness(samples: IntegerSamples.values, window: -9...9).checkAll()
    }

    /// The normal form that equality and inclusion rely on.
    @Test func integerValues_areReduced() {
        for value in IntegerSamples.values {
            for (left, right) in [(value, value.adding(IntegerValue(constant: 3))), (value, value.negated())] {
                for result in [left, right, left.join(right), left.meet(right), left.multiplied(by: right)] {
                    #expect((result.stride == 0) == (result.upper <= result.lower), "\(result)")
                    #expect(
                        result.stride == 0 ? result.offset == 0 : 0 <= result.offset && result.offset < result.stride)
                    if result.stride > 0 {
                        #expect(result.lower.finite.map(result.contains) ?? true, "\(result)")
                        #expect(result.upper.finite.map(result.contains) ?? true, "\(result)")
                    }
                }
            }
        }
    }
}
