// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Congruences
import Intervals
import Lattices
import Numbers
import Reductions
import Testing

@Suite("Congruences and reduced values: precision, and soundness at large magnitudes")
struct IntegerValueTests {
    private func value(_ low: Int128, _ high: Int128, mod modulus: Int128, _ remainder: Int128) -> IntegerValue {
        IntegerValue(IntegerInterval.range(low, high), Congruence(modulus: modulus, remainder: remainder))
    }

    @Test func precision() {
        let four = IntegerValue(constant: 4)
        let index = value(0, 99, mod: 4, 0)
        #expect(index.upper == 96)
        #expect(index.multiplied(by: four).congruence == Congruence(modulus: 16, remainder: 0))
        #expect(index.dividedTruncating(by: IntegerValue(constant: 2)) == value(0, 48, mod: 2, 0))
        #expect(index.remainderTruncating(dividingBy: four).constant == 0)
        #expect(index.adding(IntegerValue(constant: 1)).remainderTruncating(dividingBy: four).constant == 1)
        #expect(index.assumingNotEqual(to: IntegerValue(constant: 96)).upper == 92)
        #expect(index.assumingLess(than: IntegerValue(constant: 10)).upper == 8)
        #expect(index.isEqual(to: IntegerValue(constant: 6)).isAlwaysFalse)
        #expect(
            IntegerValue.top.bitwiseAnd(IntegerValue(constant: -8)).congruence == Congruence(modulus: 8, remainder: 0))
        #expect(
            IntegerValue.top.shiftedLeft(by: IntegerValue(constant: 3)).congruence
                == Congruence(modulus: 8, remainder: 0))
        #expect(value(0, 1000, mod: 8, 3).wrapped(width: 8, signed: false) == value(0, 255, mod: 8, 3))
        #expect(IntegerValue(constant: 3).join(IntegerValue(constant: 11)) == value(3, 11, mod: 8, 3))
        #expect(value(0, 100, mod: 6, 1).meet(value(0, 100, mod: 4, 3)) == value(7, 91, mod: 12, 7))
        #expect(value(3, 4, mod: 7, 5).isBottom)
        // One operand of which something is known modulo 2 is enough.
        let even = value(0, 100, mod: 2, 0), some = IntegerValue.range(0, 3)
        for result in [even.bitwiseAnd(some), some.bitwiseAnd(even), even.shiftedLeft(by: some)] {
            #expect(result.congruence == Congruence(modulus: 2, remainder: 0), "\(result)")
        }
    }

    @Test func widening_keepsStrides() {
        let first = IntegerValue(constant: 0)
        let next = first.join(first.adding(IntegerValue(constant: 4)))
        let widened = first.widening(next: next, thresholds: Thresholds(integers: [30]))
        #expect(widened == value(0, 28, mod: 4, 0))
        #expect(widened.widening(next: value(0, 32, mod: 4, 0), thresholds: .none).upper == .positiveInfinity)
    }

    /// Congruences of all magnitudes, also where moduli, remainders and products do not fit.
    @Test func randomLargeOperands_areSound() {
        var generator = SeededGenerator(stream: 5)
        for _ in 0..<4000 {
            let (a, x) = randomClass(&generator)
            let (b, y) = randomClass(&generator)
            let (p, q) = (a.join(b), a.meet(b))
            for left in x {
                #expect(p.contains(left) && a.contains(left), "join of \(a), \(b)")
                if b.contains(left) { #expect(q.contains(left), "meet of \(a), \(b)") }
                if left != .min { #expect(a.negated().contains(-left)) }
                #expect(a.complemented().contains(~left))
                if left != .min { #expect(a.absoluteValue().contains(abs(left))) }
                for amount in [0, 1, 5, 64, 126] as [Int128] {
                    let by = Congruence(constant: amount)
                    #expect(a.shiftedRight(by: by).contains(left >> amount))
                    if (left << amount) >> amount == left { #expect(a.shiftedLeft(by: by).contains(left << amount)) }
                }
                for width in [1, 8, 32, 64, 126, 127, 128] {
                    for signed in [false, true] {
                        guard let wrapped = ConcreteInteger.wrapped(left, width: width, signed: signed) else {
                            continue
                        }
                        #expect(a.wrapped(width: width, signed: signed).contains(wrapped), "wrap \(width) of \(a)")
                    }
                }
                for right in y { check(a, b, left, right) }
            }
        }
    }

    private func check(_ a: Congruence, _ b: Congruence, _ left: Int128, _ right: Int128) {
        expect("+", a.adding(b), left.addingReportingOverflow(right), a, b)
        expect("-", a.subtracting(b), left.subtractingReportingOverflow(right), a, b)
        expect("*", a.multiplied(by: b), left.multipliedReportingOverflow(by: right), a, b)
        expect("&", a.bitwiseAnd(b), (left & right, false), a, b)
        expect("|", a.bitwiseOr(b), (left | right, false), a, b)
        expect("^", a.bitwiseXor(b), (left ^ right, false), a, b)
        if right != 0 && right != -1 {
            expect("/", a.dividedTruncating(by: b), (left / right, false), a, b)
            expect("%", a.remainderTruncating(dividingBy: b), (left % right, false), a, b)
        }
    }

    /// A result that overflowed is still known modulo every power of two.
    private func expect(
        _ name: String, _ result: Congruence, _ exact: (partialValue: Int128, overflow: Bool), _ a: Congruence,
        _ b: Congruence
    ) {
        if !exact.overflow {
            if !result.contains(exact.partialValue) {
                Issue.record("\(a) \(name) \(b): \(result) misses \(exact.partialValue)")
            }
        } else if result.modulus == 0 {
            Issue.record("\(a) \(name) \(b): \(result) is no result that does not fit")
        } else if result.modulus & (result.modulus - 1) == 0 && !result.contains(exact.partialValue) {
            Issue.record("\(a) \(name) \(b): \(result) misses the low bits of \(exact.partialValue)")
        }
    }

    /// Reduced values of all magnitudes against their members.
    @Test func randomReducedValues_areSound() {
        var generator = SeededGenerator(stream: 6)
        for _ in 0..<4000 {
            let (a, x) = randomValue(&generator, bits: 127)
            let (b, y) = randomValue(&generator, bits: 40)
            let (join, meet) = (a.join(b), a.meet(b))
            for member in x + y {
                #expect(join.contains(member))
                if a.contains(member) && b.contains(member) { #expect(meet.contains(member)) }
            }
            for left in x {
                #expect(a.contains(left), "\(a) misses \(left)")
                for right in y {
                    expect(a.adding(b), left.addingReportingOverflow(right))
                    expect(a.subtracting(b), left.subtractingReportingOverflow(right))
                    expect(a.multiplied(by: b), left.multipliedReportingOverflow(by: right))
                    expect(a.bitwiseAnd(b), (left & right, false))
                    expect(a.bitwiseOr(b), (left | right, false))
                    expect(b.bitwiseXor(a), (left ^ right, false))
                    if right != 0 && right != -1 {
                        expect(a.dividedTruncating(by: b), (left / right, false))
                        expect(a.remainderTruncating(dividingBy: b), (left % right, false))
                    }
                    #expect(a.isLess(than: b).contains(left < right) && a.isEqual(to: b).contains(left == right))
                }
                for width in [8, 16, 32, 64] {
                    for signed in [false, true] {
                        guard let wrapped = ConcreteInteger.wrapped(left, width: width, signed: signed) else {
                            continue
                        }
                        expect(a.wrapped(width: width, signed: signed), (wrapped, false))
                    }
                }
            }
        }
    }

    private func expect(_ result: IntegerValue, _ exact: (partialValue: Int128, overflow: Bool)) {
        if !exact.overflow && !result.contains(exact.partialValue) {
            Issue.record("\(result) misses \(exact.partialValue)")
        }
    }

    /// An interval with a stride from its lower bound, and some of its members.
    private func randomValue(_ generator: inout SeededGenerator, bits: Int) -> (IntegerValue, [Int128]) {
        let (interval, _) = IntegerSamples.random(&generator, bits: bits)
        let modulus = Int128(generator.integer(maximumBits: Bool.random(using: &generator) ? 70 : 8).magnitude)
        let start = interval.lower.finite ?? 0
        var members = [start]
        while members.count < 4, let last = members.last {
            let (following, overflow) = last.addingReportingOverflow(modulus)
            guard !overflow, interval.contains(following), modulus != 0 else { break }
            members.append(following)
        }
        return (IntegerValue(interval, Congruence(modulus: modulus, remainder: start)), members)
    }

    private func randomClass(_ generator: inout SeededGenerator) -> (Congruence, [Int128]) {
        let remainder = Int.random(in: 0..<30, using: &generator) == 0 ? .min : generator.integer()
        if Int.random(in: 0..<4, using: &generator) == 0 { return (Congruence(constant: remainder), [remainder]) }
        let modulus = generator.integer(maximumBits: Bool.random(using: &generator) ? 126 : 12)
        let members = [-2, -1, 0, 1, 3].compactMap { (factor: Int128) -> Int128? in
            let (step, overflow) = modulus.multipliedReportingOverflow(by: factor)
            let (sum, tooLarge) = remainder.addingReportingOverflow(step)
            return overflow || tooLarge ? nil : sum
        }
        return (Congruence(modulus: modulus, remainder: remainder), members)
    }
}
