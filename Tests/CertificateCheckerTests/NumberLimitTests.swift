// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker
import Testing

/// Facts that would hold -2^127, which has no negative, are left out (FORMAT.md section 6): the facts behind them have
/// smaller numbers, and nothing is rejected.
struct NumberLimitTests {
    /// y = factor * x + constant of any x of 8 bits; a branch or switch on y, then in block 2 z = any of 8 bits and
    /// assert(z <= 255), by the linear fact of that number.
    private func isAccepted(
        _ factor: Int128, _ constant: Int128, cases: [(Int128, Int128)] = [], fact: Int
    ) -> Bool {
        let program = TestProgram(functions: [
            .init(
                registers: [.int32, .int32, .int32, .int32],
                blocks: [
                    .init(
                        code: [
                            .init(opcode: 26, type: .int(8, false), result: 0),
                            .init(opcode: 1, result: 1, a: .integer(constant), list: [.integer(factor), .register(0)]),
                        ], kind: cases.isEmpty ? 1 : 2, operand: .register(1),
                        targets: cases.isEmpty ? [1, 2] : [2, 1], cases: cases),
                    .init(kind: 4),
                    .init(
                        code: [
                            .init(opcode: 26, type: .int(8, false), result: 2),
                            .init(opcode: 4, detail: 3, result: 3, a: .register(2), b: .integer(255)),
                            .init(opcode: 28, detail: 18, a: .register(3)),
                        ], kind: 4),
                ])
        ])
        let assertion: [ScriptPart] = [2, 1, 1, 1, 1, 2, .fact(fact), 1]
        let parts: [ScriptPart] = [1, 1, 1] + (cases.isEmpty ? [2, 1] + assertion : assertion + [2, 1])
        return reason(program, TestCertificate(nodes: [script(parts)])) == nil
    }

    /// y is 0: two facts behind the two of x, if y has a negative.
    @Test func formsWithoutNegative() {
        for (factor, constant, isAdded) in [
            (1, 0, true), (1, .min + 1, true), (1, .min, false), (.min, 0, false), (.min, .min, false),
            (.min + 1, 0, true),
        ] as [(Int128, Int128, Bool)] {
            for fact in [2, 4] {
                #expect(
                    isAccepted(factor, constant, fact: fact) == (fact == (isAdded ? 4 : 2)),
                    "\(factor), \(constant), \(fact)")
            }
        }
    }

    /// y is the number of a switch's case.
    @Test func boundsWithoutNegative() {
        for (constant, number, isAdded) in [
            (-1, .min + 1, true), (-1, .min, false), (0, .min, false), (1, .min, false), (0, .min + 1, true),
        ] as [(Int128, Int128, Bool)] {
            for fact in [2, 4] {
                #expect(
                    isAccepted(1, constant, cases: [(number, number)], fact: fact) == (fact == (isAdded ? 4 : 2)),
                    "\(constant), \(number), \(fact)")
            }
        }
    }
}
