// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation
import Intervals
import Lattices
import Numbers
import Testing

@Suite("Float intervals: laws and soundness on special values")
struct FloatIntervalTests {
    static let formats: [FloatFormat] = [.binary32, .binary64]

    @Test(arguments: formats)
    func laws(format: FloatFormat) {
        LatticeLaws(
            samples: FloatSamples.ranges(format), concretes: FloatSamples.concretes(format),
            thresholds: Thresholds(floats: [-1, 0, 0.1, 2])
        ).checkAll()
    }

    @Test func extendedLaws() {
        let samples: [FloatInterval] = [.bottom(.extended), .top(.extended)]
        LatticeLaws(samples: samples, concretes: FloatSamples.concretes(.binary64), thresholds: .none).checkAll()
        #expect(FloatInterval(1, 2, format: .extended) == .top(.extended))
        #expect(FloatInterval.top(.extended).adding(FloatInterval(1, 2, format: .extended)) == .top(.extended))
        #expect(FloatInterval(1, 2, format: .binary64).converted(to: .extended).converted(to: .binary64) == .top)
    }

    @Test(arguments: formats)
    func binaryOperations_areSound(format: FloatFormat) {
        check("adding", format, { $0.adding($1) }) { x, y in
            x + y
        } single: { x, y in
            x + y
        }
        check("subtracting", format, { $0.subtracting($1) }) { x, y in
            x - y
        } single: { x, y in
            x - y
        }
        check("multiplied", format, { $0.multiplied(by: $1) }) { x, y in
            x * y
        } single: { x, y in
            x * y
        }
        check("divided", format, { $0.divided(by: $1) }) { x, y in
            x / y
        } single: { x, y in
            x / y
        }
        check("remainder", format, { $0.remainder(dividingBy: $1) }) {
            fmod($0, $1)
        } single: {
            fmodf($0, $1)
        }
        check("minimum", format, { $0.minimum($1) }) {
            fmin($0, $1)
        } single: {
            fminf($0, $1)
        }
        check("maximum", format, { $0.maximum($1) }) {
            fmax($0, $1)
        } single: {
            fmaxf($0, $1)
        }
    }

    @Test(arguments: formats)
    func unaryOperations_areSound(format: FloatFormat) {
        for a in FloatSamples.ranges(format) {
            for x in FloatSamples.concretes(format) where a.contains(x) {
                let root = format == .binary32 ? Double(sqrtf(Float(x))) : sqrt(x)
                #expect(a.squareRoot().contains(root), "sqrt \(x) in \(a)")
                #expect(a.negated().contains(-x))
                #expect(a.absoluteValue().contains(fabs(x)))
                #expect(a.roundedToIntegral(.down).contains(floor(x)))
                #expect(a.roundedToIntegral(.toNearestOrEven).contains(rint(x)))
                #expect(a.converted(to: .binary32).contains(Double(Float(x))))
                #expect(a.converted(to: .binary64).contains(x))
                if x.magnitude < 0x1p100 { #expect(a.truncatedToInteger().contains(Int128(x))) }
            }
        }
    }

    @Test(arguments: formats)
    func comparisons_areSound(format: FloatFormat) {
        let ranges = FloatSamples.ranges(format)
        let members = ranges.map { range in FloatSamples.concretes(format).filter(range.contains) }
        for comparison in Comparison.allCases {
            for (a, x) in zip(ranges, members) {
                for (b, y) in zip(ranges, members) {
                    let outcome = a.outcome(of: comparison, b)
                    let kept = [false, true].map { a.assuming(comparison, b, holds: $0) }
                    for left in x {
                        for right in y {
                            let holds = comparison.holds(left, right)
                            if outcome.contains(holds) && kept[holds ? 1 : 0].contains(left) { continue }
                            Issue.record("\(left) \(comparison) \(right) in \(a), \(b): \(outcome), \(kept)")
                            return
                        }
                    }
                    if !kept.allSatisfy({ $0.isSubset(of: a) }) { Issue.record("\(a) \(comparison) \(b) grows") }
                }
            }
        }
    }

    @Test func precision() {
        let unit = FloatInterval(0, 1, format: .binary64)
        #expect(unit.adding(unit) == FloatInterval(0, 2, format: .binary64))
        #expect(unit.multiplied(by: FloatInterval(-2, 3, format: .binary64)) == FloatInterval(-2, 3, format: .binary64))
        #expect(unit.divided(by: FloatInterval(2, 4, format: .binary64)) == FloatInterval(0, 0.5, format: .binary64))
        #expect(!FloatInterval.top.withoutNaN().multiplied(by: unit).withoutNaN().mayBeNaN)
        // The first integer that binary32 does not have.
        let big = FloatInterval(converting: IntegerInterval.range(16_777_217, 16_777_217), to: .binary32)
        #expect(big == FloatInterval(16_777_216, 16_777_216, format: .binary32))
        #expect(FloatInterval(-0.9, 7.9, format: .binary64).truncatedToInteger() == .range(0, 7))
        #expect(
            FloatInterval(constant: 5, format: .binary64).assuming(.less, FloatInterval(constant: 5, format: .binary64))
                .isBottom)
        #expect(FloatInterval(0, .infinity, format: .binary64).truncatedToInteger() == .nonNegative)
        #expect(FloatInterval(constant: .infinity, format: .binary64).truncatedToInteger().isBottom)
        #expect(
            FloatInterval(0x1p127, 0x1p127, format: .binary64).truncatedToInteger()
                == IntegerInterval(.greatestFinite, .positiveInfinity))
    }

    @Test func narrowing_replacesInfiniteBoundsOnly() {
        let next = FloatInterval(1, 2, format: .binary64)
        #expect(FloatInterval.top.narrowing(next: next) == next)
        #expect(FloatInterval(0, .infinity, format: .binary64).narrowing(next: next).upper == 2)
        #expect(FloatInterval(0, .infinity, format: .binary64).narrowing(next: next).lower == 0)
        #expect(FloatInterval(-.infinity, 3, format: .binary64).narrowing(next: next).lower == 1)
        #expect(FloatInterval(-.infinity, 3, format: .binary64).narrowing(next: next).upper == 3)
    }

    @Test func widening_stopsAtThresholds() {
        let unit = FloatInterval(0, 1, format: .binary64)
        let thresholds = Thresholds(floats: [-8, 5, 9])
        #expect(
            unit.widening(next: FloatInterval(-1, 2, format: .binary64), thresholds: thresholds)
                == FloatInterval(-8, 5, format: .binary64))
        #expect(
            unit.widening(next: FloatInterval(0, 6, format: .binary64), thresholds: thresholds)
                == FloatInterval(0, 9, format: .binary64))
        #expect(
            unit.widening(next: FloatInterval(-9, 10, format: .binary64), thresholds: thresholds)
                == FloatInterval(-.infinity, .infinity, format: .binary64))
    }

    /// The library's conversion of wide integers rounds to nearest, ties to even.
    @Test func integerConversion_isNearest() {
        var generator = SeededGenerator(stream: 3)
        for _ in 0..<5000 {
            let value = generator.integer(maximumBits: 125)
            expectNearest(
                value, FloatFormat.binary64.rounded(value), next: { ($0.nextDown, $0.nextUp) },
                bit: { $0.significandBitPattern & 1 == 0 })
            expectNearest(
                value, FloatFormat.binary32.rounded(value),
                next: { (Double(Float($0).nextDown), Double(Float($0).nextUp)) },
                bit: { Float($0).significandBitPattern & 1 == 0 })
        }
    }

    @Test func randomOperands_areSound() {
        var generator = SeededGenerator(stream: 4)
        for _ in 0..<3000 {
            for format in Self.formats {
                let (a, x) = randomRange(format, &generator)
                let (b, y) = randomRange(format, &generator)
                let results = [a.adding(b), a.subtracting(b), a.multiplied(by: b), a.divided(by: b)]
                for left in x {
                    for right in y {
                        let exact = [
                            format.sum(left, right), format.difference(left, right), format.product(left, right),
                            format.quotient(left, right),
                        ]
                        for (result, value) in zip(results, exact) where !result.contains(value) {
                            Issue.record("\(left), \(right) of \(a), \(b): \(result) misses \(value)")
                        }
                    }
                }
            }
        }
    }

    private func randomRange(_ format: FloatFormat, _ generator: inout SeededGenerator) -> (FloatInterval, [Double]) {
        func bits() -> Double {
            format == .binary32
                ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: generator.next())))
                : Double(bitPattern: generator.next())
        }
        let members = [bits(), bits(), format.rounded(Double.random(in: -4...4, using: &generator))]
        let range = members.reduce(FloatInterval.bottom(format)) {
            $0.join(FloatInterval(constant: $1, format: format))
        }
        return (range, members)
    }

    private func expectNearest(
        _ value: Int128, _ rounded: Double, next: (Double) -> (Double, Double), bit: (Double) -> Bool
    ) {
        let error = (Int128(rounded) - value).magnitude
        let (below, above) = next(rounded)
        for neighbour in [below, above] {
            let other = (Int128(neighbour) - value).magnitude
            #expect(error < other || (error == other && (bit(rounded) || error == 0)), "\(value) to \(rounded)")
        }
    }

    private func check(
        _ name: String, _ format: FloatFormat, _ abstract: (FloatInterval, FloatInterval) -> FloatInterval,
        double: (Double, Double) -> Double, single: (Float, Float) -> Float
    ) {
        let ranges = FloatSamples.ranges(format)
        let members = ranges.map { range in FloatSamples.concretes(format).filter(range.contains) }
        for (a, x) in zip(ranges, members) {
            for (b, y) in zip(ranges, members) {
                let result = abstract(a, b)
                for left in x {
                    for right in y {
                        let value =
                            format == .binary32 ? Double(single(Float(left), Float(right))) : double(left, right)
                        if result.contains(value) { continue }
                        Issue.record("\(name)_isSound: \(left), \(right) of \(a), \(b): \(result) misses \(value)")
                        return
                    }
                }
            }
        }
    }
}
