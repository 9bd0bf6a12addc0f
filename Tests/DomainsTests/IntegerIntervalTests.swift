// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Intervals
import Lattices
import Numbers
import Testing

@Suite("Intervals: precision, and soundness at large magnitudes")
struct IntegerIntervalTests {
    typealias Binary = @Sendable (IntegerInterval, IntegerInterval) -> IntegerInterval

    static let tightOperations: [(String, Binary, ConcreteInteger.Binary)] = [
        ("adding", { $0.adding($1) }, ConcreteInteger.adding),
        ("subtracting", { $0.subtracting($1) }, ConcreteInteger.subtracting),
        ("multiplied", { $0.multiplied(by: $1) }, ConcreteInteger.multiplied),
        ("dividedTruncating", { $0.dividedTruncating(by: $1) }, ConcreteInteger.dividedTruncating),
        ("shiftedLeft", { $0.shiftedLeft(by: $1) }, ConcreteInteger.shiftedLeft),
        ("shiftedRight", { $0.shiftedRight(by: $1) }, ConcreteInteger.shiftedRight),
        ("bitwiseAnd", { $0.bitwiseAnd($1) }, ConcreteInteger.bitwiseAnd),
        ("bitwiseOr", { $0.bitwiseOr($1) }, ConcreteInteger.bitwiseOr),
        ("bitwiseXor", { $0.bitwiseXor($1) }, ConcreteInteger.bitwiseXor),
        ("minimum", { $0.minimum($1) }, ConcreteInteger.minimum),
        ("maximum", { $0.maximum($1) }, ConcreteInteger.maximum),
    ]

    /// On bounded operands the result is the hull of the concrete results, no wider.
    @Test(arguments: 0..<tightOperations.count)
    func boundedResult_isTight(index: Int) {
        let (name, abstract, concrete) = Self.tightOperations[index]
        for a in IntegerSamples.boundedIntervals {
            for b in IntegerSamples.boundedIntervals {
                let expected = hull(a, b, concrete)
                let result = abstract(a, b)
                if result != expected {
                    Issue.record("\(name): \(a), \(b) gives \(result), tightest is \(expected)")
                    return
                }
            }
        }
    }

    @Test func remainderByConstant_isTight() {
        for a in IntegerSamples.boundedIntervals {
            for divisor: Int128 in -8...7 {
                let b = IntegerInterval(constant: divisor)
                #expect(a.remainderTruncating(dividingBy: b) == hull(a, b, ConcreteInteger.remainderTruncating))
            }
        }
    }

    @Test func wrap_isTightInOnePeriod() {
        #expect(IntegerInterval.range(256, 260).wrapped(width: 8, signed: false) == .range(0, 4))
        #expect(IntegerInterval.range(-3, -1).wrapped(width: 8, signed: false) == .range(253, 255))
        #expect(IntegerInterval.range(128, 130).wrapped(width: 8, signed: true) == .range(-128, -126))
        #expect(IntegerInterval.range(255, 256).wrapped(width: 8, signed: false) == .range(0, 255))
        #expect(IntegerInterval.top.wrapped(width: 64, signed: false) == .range(0, Int128(UInt64.max)))
        #expect(IntegerInterval.nonNegative.wrapped(width: 128, signed: false) == .nonNegative)
        #expect(IntegerInterval.range(-1, 5).wrapped(width: 128, signed: false) == .nonNegative)
        #expect(IntegerInterval.range(-1, 5).wrapped(width: 128, signed: true) == .range(-1, 5))
    }

    @Test func unboundedMask_isBounded() {
        #expect(IntegerInterval.top.bitwiseAnd(.range(255, 255)) == .range(0, 255))
        #expect(IntegerInterval.top.bitwiseAnd(.range(3, 12)) == .range(0, 12))
        #expect(IntegerInterval.nonNegative.bitwiseOr(.range(5, 9)).lower == 5)
    }

    /// Every exact result of members lies in the result; one that does not fit Int128 must lie beyond an infinite
    /// bound.
    @Test func randomLargeOperands_areSound() {
        var generator = SeededGenerator(stream: 1)
        for _ in 0..<4000 {
            let (a, x) = IntegerSamples.random(&generator)
            let (b, y) = IntegerSamples.random(&generator)
            let (sum, difference, product) = (a.adding(b), a.subtracting(b), a.multiplied(by: b))
            let (conjunction, disjunction, exclusion) = (a.bitwiseAnd(b), a.bitwiseOr(b), a.bitwiseXor(b))
            let (quotient, remainder) = (a.dividedTruncating(by: b), a.remainderTruncating(dividingBy: b))
            for left in x {
                for right in y {
                    check("\(a) + \(b)", sum, left.addingReportingOverflow(right), negative: left < 0)
                    check("\(a) - \(b)", difference, left.subtractingReportingOverflow(right), negative: left < 0)
                    check(
                        "\(a) * \(b)", product, left.multipliedReportingOverflow(by: right),
                        negative: (left < 0) != (right < 0))
                    check("\(a) & \(b)", conjunction, (left & right, false), negative: false)
                    check("\(a) | \(b)", disjunction, (left | right, false), negative: false)
                    check("\(a) ^ \(b)", exclusion, (left ^ right, false), negative: false)
                    if right != 0 && right != -1 {
                        check("\(a) / \(b)", quotient, (left / right, false), negative: false)
                        check("\(a) % \(b)", remainder, (left % right, false), negative: false)
                    }
                }
            }
        }
    }

    @Test func randomUnaryOperands_areSound() {
        var generator = SeededGenerator(stream: 2)
        for _ in 0..<4000 {
            let (a, members) = IntegerSamples.random(&generator)
            let width = Int.random(in: 1...127, using: &generator)
            let amount = Int128(Int.random(in: 0...130, using: &generator))
            for x in members {
                check("~\(a)", a.complemented(), (~x, false), negative: false)
                check("-\(a)", a.negated(), Int128(0).subtractingReportingOverflow(x), negative: false)
                let right = a.shiftedRight(by: IntegerInterval(constant: amount))
                check("\(a) >> \(amount)", right, (x >> amount, false), negative: false)
                for signed in [true, false] {
                    guard let wrapped = ConcreteInteger.wrapped(x, width: width, signed: signed) else { continue }
                    check("wrap \(a)", a.wrapped(width: width, signed: signed), (wrapped, false), negative: false)
                }
                let shifted = amount > 126 ? 0 : x << amount
                let overflow = x != 0 && (amount > 126 || shifted >> amount != x)
                let left = a.shiftedLeft(by: IntegerInterval(constant: amount))
                check("\(a) << \(amount)", left, (shifted, overflow), negative: x < 0)
            }
        }
    }

    private func check(
        _ text: @autoclosure () -> String, _ result: IntegerInterval,
        _ exact: (partialValue: Int128, overflow: Bool), negative: Bool
    ) {
        let holds =
            exact.overflow
            ? (negative ? result.lower == .negativeInfinity : result.upper == .positiveInfinity)
            : result.contains(exact.partialValue)
        if !holds { Issue.record("\(text()) gives \(result), not \(exact)") }
    }

    private func hull(
        _ a: IntegerInterval, _ b: IntegerInterval, _ concrete: ConcreteInteger.Binary
    ) -> IntegerInterval {
        var result = IntegerInterval.bottom
        guard let aLow = a.lower.finite, let aHigh = a.upper.finite, let bLow = b.lower.finite,
            let bHigh = b.upper.finite
        else { return result }
        for x in aLow...aHigh {
            for y in bLow...bHigh {
                if let value = concrete(x, y) { result = result.join(IntegerInterval(constant: value)) }
            }
        }
        return result
    }
}
