// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker
import Testing

/// The rules of products, quotients, remainders, shifts and bit operations give the bounds that FORMAT.md says, and
/// these hold: on all values of small types.
struct OperationRuleTests {
    private func samples(
        _ operation: UInt8, constants: ClosedRange<Int128> = 0...0, upperFact: Int = 4, lowerFact: Int = 5,
        _ hint: @escaping (inout Bytes, OperationSample) -> Void
    ) -> [OperationSample] {
        OperationSample.ranges.flatMap { x in
            OperationSample.ranges.flatMap { y in
                [1, -1].flatMap { factor in
                    constants.map { constant in
                        OperationSample(
                            operation: operation, x: x, y: y, factor: factor, constant: constant,
                            upperFact: upperFact, lowerFact: lowerFact, hint: hint)
                    }
                }
            }
        }
    }

    /// The claim that the result fits.
    private static func fits(_ out: inout Bytes) {
        out.byte(1)
        out.fact(4)
        out.fact(5)
    }

    /// The claim that the divisor is not 0: by its lower bound, by its upper, or none.
    private static func divisor(_ out: inout Bytes, _ sample: OperationSample) {
        let range = sample.secondRange
        if range.lowerBound >= 1 {
            for byte: UInt8 in [1, 0] { out.byte(byte) }
            sample.writeSecond(&out, isUpper: false)
        } else if range.upperBound <= -1 {
            for byte: UInt8 in [1, 1] { out.byte(byte) }
            sample.writeSecond(&out, isUpper: true)
        } else {
            out.byte(0)
        }
    }

    @Test func products() {
        let all = samples(2, constants: -1...2) { out, sample in
            out.byte(1)
            sample.writeBox(&out)
            Self.fits(&out)
        }
        for sample in all {
            let exact = sample.hull { $0 * $1 } ?? 0...0
            #expect(sample.isExactly(exact), "\(sample.x) * \(sample.secondRange)")
        }
    }

    @Test func quotients() {
        let all = samples(3, constants: -5...5) { out, sample in
            Self.divisor(&out, sample)
            out.byte(0)
            sample.writeBox(&out)
            Self.fits(&out)
        }
        for sample in all {
            guard let exact = sample.hull({ $1 == 0 ? nil : $0 / $1 }) else { continue }
            #expect(sample.isExactly(exact), "\(sample.x) / \(sample.secondRange)")
        }
    }

    @Test func remainders() {
        let all = samples(4, constants: -5...5) { out, sample in
            Self.divisor(&out, sample)
            for byte: UInt8 in [1, 0] { out.byte(byte) }
            out.fact(1)
            out.byte(0)
            sample.writeBox(&out)
        }
        for sample in all {
            guard let exact = sample.hull({ $1 == 0 ? nil : $0 % $1 }) else { continue }
            let second = sample.secondRange
            let largest = max(abs(second.lowerBound), abs(second.upperBound)) - 1
            let range = max(-largest, min(sample.x.lowerBound, 0))...min(largest, max(sample.x.upperBound, 0))
            #expect(range.contains(exact.lowerBound) && range.contains(exact.upperBound))
            #expect(sample.isExactly(range), "\(sample.x) % \(second)")
        }
    }

    @Test func shifts() {
        for operation: UInt8 in [5, 6] {
            let all = samples(operation, constants: 0...3) { out, sample in
                out.byte(1)
                sample.writeSecond(&out, isUpper: true)
                sample.writeSecond(&out, isUpper: false)
                if operation == 5 { out.fact(1) }
                out.byte(1)
                sample.writeBox(&out)
                if operation == 5 { out.fact(4) }
            }
            for sample in all {
                let isDefined = sample.secondRange.lowerBound >= 0 && (operation == 6 || sample.x.lowerBound >= 0)
                let exact = sample.hull { $1 < 0 ? nil : operation == 5 ? $0 << $1 : $0 >> $1 } ?? 0...0
                #expect(
                    isDefined ? sample.isExactly(exact) : sample.rejection(of: -1000...1000) == .unjustified,
                    "\(sample.x) shifted by \(sample.secondRange)")
            }
        }
    }

    /// By a second operand that is not negative, or both.
    @Test func conjunctions() {
        let byMask = samples(7, constants: 0...2) { out, sample in
            out.byte(3)
            sample.writeSecond(&out, isUpper: false)
            sample.writeSecond(&out, isUpper: true)
        }
        let byBoth = samples(7, constants: 0...2) { out, sample in
            out.byte(1)
            out.fact(1)
            sample.writeSecond(&out, isUpper: true)
            sample.writeSecond(&out, isUpper: false)
            out.byte(1)
            out.fact(0)
        }
        for (sample, isByBoth) in byMask.map({ ($0, false) }) + byBoth.map({ ($0, true) }) {
            let second = sample.secondRange
            let isDefined = second.lowerBound >= 0 && (!isByBoth || sample.x.lowerBound >= 0)
            let upper = isByBoth ? min(second.upperBound, sample.x.upperBound) : second.upperBound
            #expect(
                isDefined ? sample.isExactly(0...upper) : sample.rejection(of: -1000...1000) == .unjustified,
                "\(sample.x) & \(second)")
            let exact = sample.hull { $0 & $1 } ?? 0...0
            #expect(!isDefined || exact.lowerBound >= 0 && exact.upperBound <= upper)
        }
    }

    @Test func disjunctions() {
        for operation: UInt8 in [8, 9] {
            let all = samples(operation, constants: 0...4, upperFact: 5, lowerFact: 4) { out, sample in
                out.byte(1)
                sample.writeBox(&out)
            }
            for sample in all {
                let second = sample.secondRange
                guard sample.x.lowerBound >= 0, second.lowerBound >= 0 else {
                    #expect(sample.rejection(of: -1000...1000) == .unjustified)
                    continue
                }
                let largest = max(sample.x.upperBound, second.upperBound)
                let upper = (Int128(1) << Int128(128 - largest.leadingZeroBitCount)) - 1
                let lower = operation == 8 ? max(sample.x.lowerBound, second.lowerBound) : 0
                #expect(sample.isExactly(lower...upper), "\(sample.x) | \(second)")
                let exact = sample.hull { operation == 8 ? $0 | $1 : $0 ^ $1 } ?? 0...0
                #expect(exact.lowerBound >= lower && exact.upperBound <= upper)
            }
        }
    }
}
