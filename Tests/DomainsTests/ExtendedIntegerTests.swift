// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices
import Numbers
import Testing

@Suite("Extended integers")
struct ExtendedIntegerTests {
    private static let extremes: [Int128] = [
        .min + 1, .min + 2, .min / 2, -(1 << 64), Int128(Int64.min), -3, -2, -1, 0, 1, 2, 3, Int128(Int64.max), 1 << 64,
        .max / 2,
        .max - 2, .max - 1,
    ]
    private static let values: [ExtendedInteger] =
        [.negativeInfinity, .positiveInfinity] + extremes.map { ExtendedInteger(roundingDown: $0) }

    @Test func infinities_areNotFinite() {
        #expect(ExtendedInteger(exactly: .min) == nil && ExtendedInteger(exactly: .max) == nil)
        #expect(ExtendedInteger(roundingDown: .max) == .greatestFinite)
        #expect(ExtendedInteger(roundingUp: .min) == .leastFinite)
        #expect(ExtendedInteger(roundingUp: .max) == .positiveInfinity)
        #expect(ExtendedInteger(roundingDown: .min) == .negativeInfinity)
        #expect(!ExtendedInteger.negativeInfinity.isFinite && ExtendedInteger.leastFinite.isFinite)
    }

    /// Rounded results enclose the exact one, and both are exact if it is finite.
    @Test func directedArithmetic_enclosesExactResult() {
        for x in Self.extremes {
            for y in Self.extremes {
                let (a, b) = (ExtendedInteger(roundingDown: x), ExtendedInteger(roundingDown: y))
                check(x.addingReportingOverflow(y), x < 0, a.addingRoundedDown(b), a.addingRoundedUp(b))
                check(x.subtractingReportingOverflow(y), x < 0, a.subtractingRoundedDown(b), a.subtractingRoundedUp(b))
                check(
                    x.multipliedReportingOverflow(by: y), (x < 0) != (y < 0), a.multipliedRoundedDown(by: b),
                    a.multipliedRoundedUp(by: b))
                guard y != 0 else { continue }
                let quotient = x / y
                check(
                    (quotient, false), false, a.dividedTruncating(by: b, rounding: .down),
                    a.dividedTruncating(by: b, rounding: .up))
                let isExact = quotient * y == x
                let floor = isExact || (x < 0) == (y < 0) ? quotient : quotient - 1
                check(
                    (floor, false), false, a.dividedFloor(by: b, rounding: .down), a.dividedFloor(by: b, rounding: .up))
                let ceiling = isExact ? floor : floor + 1
                check(
                    (ceiling, false), false, a.dividedCeiling(by: b, rounding: .down),
                    a.dividedCeiling(by: b, rounding: .up))
            }
        }
    }

    /// No pair of values traps, and the lower result never exceeds the upper one.
    @Test func everyOperation_isTotal() {
        for a in Self.values {
            #expect(a.negatedRoundedDown() <= a.negatedRoundedUp())
            for b in Self.values {
                #expect(a.addingRoundedDown(b) <= a.addingRoundedUp(b))
                #expect(a.subtractingRoundedDown(b) <= a.subtractingRoundedUp(b))
                #expect(a.multipliedRoundedDown(by: b) <= a.multipliedRoundedUp(by: b))
                #expect(a.dividedTruncating(by: b, rounding: .down) <= a.dividedTruncating(by: b, rounding: .up))
                #expect(a.dividedFloor(by: b, rounding: .down) <= a.dividedFloor(by: b, rounding: .up))
                #expect(a.dividedCeiling(by: b, rounding: .down) <= a.dividedCeiling(by: b, rounding: .up))
                #expect(a.shiftedLeft(by: b, rounding: .down) <= a.shiftedLeft(by: b, rounding: .up))
                #expect(a.shiftedRight(by: b).isFinite == a.isFinite)
            }
        }
    }

    /// Where infinities leave everything open, the lower result is the least and the upper one the greatest.
    @Test func infinities_combine() {
        let (low, high) = (ExtendedInteger.negativeInfinity, ExtendedInteger.positiveInfinity)
        for (a, b) in [(low, high), (high, low)] {
            #expect(a.addingRoundedDown(b) == low && a.addingRoundedUp(b) == high)
            #expect(a.subtractingRoundedDown(b) == a && a.subtractingRoundedUp(b) == a)
            #expect(a.addingRoundedDown(a) == a && a.addingRoundedUp(a) == a)
            #expect(a.subtractingRoundedDown(a) == low && a.subtractingRoundedUp(a) == high)
            for x in Self.values where x.isFinite {
                #expect(a.addingRoundedUp(x) == a && x.addingRoundedDown(a) == a)
                #expect(a.subtractingRoundedUp(x) == a && x.subtractingRoundedDown(a) == b)
            }
        }
    }

    @Test func powersOfTwo() {
        #expect(ExtendedInteger.powerOfTwo(0, rounding: .up) == 1)
        #expect(ExtendedInteger.powerOfTwo(126, rounding: .up).storage == Int128(1) << 126)
        #expect(ExtendedInteger.powerOfTwo(127, rounding: .up) == .positiveInfinity)
        #expect(ExtendedInteger.powerOfTwo(127, rounding: .down) == .greatestFinite)
    }

    @Test func commonDivisors() {
        #expect(greatestCommonDivisor(UInt128(0), 0) == 0)
        #expect(greatestCommonDivisor(UInt128(0), 7) == 7)
        #expect(greatestCommonDivisor(UInt128(1) << 100, 3 << 90) == UInt128(1) << 90)
        for a: UInt64 in 0...30 {
            for b: UInt64 in 0...30 {
                let divisor = greatestCommonDivisor(a, b)
                let expected = (1...30).last { a % $0 == 0 && b % $0 == 0 && (a != 0 || b != 0) } ?? 0
                #expect(divisor == expected)
            }
        }
    }

    @Test func thresholds_areFound() {
        let thresholds = Thresholds(integers: [5, -1, 5, 100], floats: [.nan, 2, 1])
        #expect(thresholds.integers == [-1, 5, 100] && thresholds.floats == [1, 2])
        #expect(thresholds.integer(atMost: 4) == -1 && thresholds.integer(atMost: 5) == 5)
        #expect(thresholds.integer(atMost: -2) == nil && thresholds.integer(atLeast: 101) == nil)
        #expect(thresholds.integer(atLeast: 6) == 100 && thresholds.integer(atLeast: 5) == 5)
        #expect(thresholds.float(atLeast: 1.5) == 2 && thresholds.float(atMost: 1.5) == 1)
    }

    private func check(
        _ exact: (partialValue: Int128, overflow: Bool), _ negative: Bool, _ down: ExtendedInteger,
        _ up: ExtendedInteger
    ) {
        if exact.overflow {
            #expect(
                negative
                    ? down == .negativeInfinity && up == .leastFinite
                    : down == .greatestFinite && up == .positiveInfinity)
        } else {
            #expect(down == ExtendedInteger(roundingDown: exact.partialValue))
            #expect(up == ExtendedInteger(roundingUp: exact.partialValue))
        }
    }
}
