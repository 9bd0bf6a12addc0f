// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker
import Testing

/// What the checker concludes of comparisons of floats, and of their ranges: f is a converted integer of -8 ... 7.
struct FloatRuleTests {
    private static let range = -8...7
    private static let others: [Double] = [-9, -8, -7, 0, 6, 7, 8]

    enum Comparison: UInt8, CaseIterable {
        case equal = 0, notEqual, less, lessOrEqual

        func holds(_ x: Double, _ y: Double) -> Bool {
            switch self {
            case .equal: x == y
            case .notEqual: x != y
            case .less: x < y
            case .lessOrEqual: x <= y
            }
        }
    }

    /// Registers: 0 an integer, 1 the same as a float, 2 and 3 truth values, 4 an integer again.
    private static let registers: [TestProgram.Scalar] = [.int32, .double, .int32, .int32, .int32]

    /// x of -8 ... 7 and its conversion; linear facts 0 and 1 are the bounds of x.
    private static let head: [Code] = [
        .init(opcode: 26, type: .int(4, true), result: 0), .init(opcode: 10, type: .double, result: 1, a: .register(0)),
    ]

    private static func writeHead(_ out: inout Bytes) {
        for byte: UInt8 in [1, 1, 1] { out.byte(byte) }
        out.fact(0)
        out.fact(1)
    }

    private func compared(
        _ comparison: Comparison, _ y: TestProgram.Operand, isSwapped: Bool
    ) -> Code {
        let (a, b) = isSwapped ? (y, TestProgram.Operand.register(1)) : (.register(1), y)
        return .init(opcode: 6, detail: comparison.rawValue, result: 2, a: a, b: b)
    }

    /// assert(f < y) and its kin, or assert(!(f < y)).
    private func isShown(_ comparison: Comparison, _ y: Double, isSwapped: Bool, truth: Bool) -> Bool {
        let program = TestProgram(functions: [
            straight(
                Self.registers,
                Self.head + [
                    compared(comparison, .float(y), isSwapped: isSwapped),
                    .init(opcode: 4, detail: truth ? 1 : 0, result: 3, a: .register(2), b: .integer(0)),
                    .init(opcode: 28, detail: 18, a: .register(3)),
                ])
        ])
        let certificate = TestCertificate(nodes: [
            .init(script: { out in
                Self.writeHead(&out)
                for byte: UInt8 in [1, 1, 1, 1, 2, 2, 1] { out.byte(byte) }
            })
        ])
        return reason(program, certificate) == nil
    }

    @Test(arguments: Comparison.allCases) func outcomesAreShownWhereTheyAreCertain(_ comparison: Comparison) {
        for y in Self.others {
            for isSwapped in [false, true] {
                let outcomes = Set(
                    Self.range.map { isSwapped ? comparison.holds(y, Double($0)) : comparison.holds(Double($0), y) })
                for truth in [false, true] {
                    #expect(
                        isShown(comparison, y, isSwapped: isSwapped, truth: truth) == (outcomes == [truth]),
                        "\(comparison) \(y), swapped \(isSwapped), \(truth)")
                }
            }
        }
    }

    @Test(arguments: Comparison.allCases) func comparisonsWithNaNAreNotShown(_ comparison: Comparison) {
        for isSwapped in [false, true] {
            for truth in [false, true] { #expect(!isShown(comparison, .nan, isSwapped: isSwapped, truth: truth)) }
        }
    }

    @Test func equalConstants() {
        for (x, y) in [(1.5, 1.5), (1.5, 2), (-0.0, 0.0), (Double.infinity, Double.infinity)] {
            for comparison in Comparison.allCases {
                for truth in [false, true] {
                    let program = TestProgram(functions: [
                        straight(
                            Self.registers,
                            [
                                .init(opcode: 6, detail: comparison.rawValue, result: 2, a: .float(x), b: .float(y)),
                                .init(opcode: 4, detail: truth ? 1 : 0, result: 3, a: .register(2), b: .integer(0)),
                                .init(opcode: 28, detail: 18, a: .register(3)),
                            ])
                    ])
                    let certificate = TestCertificate(nodes: [
                        .init(script: { out in for byte: UInt8 in [1, 1, 1, 1, 2, 2, 1] { out.byte(byte) } })
                    ])
                    #expect((reason(program, certificate) == nil) == (comparison.holds(x, y) == truth))
                }
            }
        }
    }

    /// if (f < y) i = (int) f, with i in the range that a claim names; or the same where f < y is false.
    private func rejection(
        _ comparison: Comparison, _ y: Double, isSwapped: Bool, truth: Bool, _ lower: Int128, _ upper: Int128
    ) -> CheckFailure.Reason? {
        let program = TestProgram(functions: [
            .init(
                registers: Self.registers,
                blocks: [
                    .init(
                        code: Self.head + [compared(comparison, .float(y), isSwapped: isSwapped)], kind: 1,
                        operand: .register(2), targets: truth ? [1, 2] : [2, 1]),
                    .init(
                        code: [
                            .init(opcode: 11, result: 4, a: .register(1)),
                            .init(opcode: 4, detail: 3, result: 2, a: .register(4), b: .integer(upper)),
                            .init(opcode: 28, detail: 18, a: .register(2)),
                            .init(opcode: 4, detail: 3, result: 3, a: .integer(lower), b: .register(4)),
                            .init(opcode: 28, detail: 18, a: .register(3)),
                        ], kind: 4),
                    .init(kind: 4),
                ])
        ])
        let certificate = TestCertificate(nodes: [
            .init(script: { out in
                Self.writeHead(&out)
                for byte: UInt8 in [1, 1] { out.byte(byte) }
                // Linear facts: 2, 3 the truth value's bounds; 4 that it is what the branch says; 5, 6 bounds of i.
                let convert = Bytes { out in
                    for byte: UInt8 in [2, 1, 1] { out.byte(byte) }
                    for fact in [5, 6] {
                        for byte: UInt8 in [1, 1, 1, 2] { out.byte(byte) }
                        out.fact(fact)
                    }
                    out.byte(1)
                }
                let other: [UInt8] = [2, 1]
                out.raw(truth ? convert.bytes + other : other + convert.bytes)
            })
        ])
        return reason(program, certificate)
    }

    @Test(arguments: Comparison.allCases) func branchesCutRanges(_ comparison: Comparison) {
        for y in Self.others {
            for isSwapped in [false, true] {
                for truth in [false, true] {
                    let kept = Self.range.filter {
                        (isSwapped ? comparison.holds(y, Double($0)) : comparison.holds(Double($0), y)) == truth
                    }
                    guard let least = kept.min(), let greatest = kept.max() else { continue }
                    // A range holds its ends: less cuts as lessOrEqual does, and notEqual not at all.
                    let isEquality = comparison == .equal || comparison == .notEqual
                    let isCut = !isEquality || truth == (comparison == .equal)
                    let bound = Int128(y)
                    let lower = isCut && (isEquality || least > Self.range.lowerBound) ? max(-8, bound) : -8
                    let upper = isCut && (isEquality || greatest < Self.range.upperBound) ? min(7, bound) : 7
                    #expect(lower <= least && upper >= greatest)
                    func claim(_ lower: Int128, _ upper: Int128) -> CheckFailure.Reason? {
                        rejection(comparison, y, isSwapped: isSwapped, truth: truth, lower, upper)
                    }
                    let text = "\(comparison) \(y), swapped \(isSwapped), \(truth)"
                    #expect(claim(lower, upper) == nil, "\(text): \(lower)...\(upper)")
                    #expect(claim(lower + 1, upper) == .unjustified, "\(text)")
                    #expect(claim(lower, upper - 1) == .unjustified, "\(text)")
                }
            }
        }
    }
}
