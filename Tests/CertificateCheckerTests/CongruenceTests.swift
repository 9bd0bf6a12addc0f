// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker
import Testing

/// Congruences: which a certificate may state, what follows from them, and what modulus 0 means, equality.
struct CongruenceTests {
    /// `code` where facts are given, in block 1, to which nothing jumps; `demanded` are those of block 2.
    private func given(
        _ facts: [TestCertificate.Part], registers: [TestProgram.Scalar] = [.pointer, .int32, .pointer],
        tags: [TestCertificate.Part] = [], allocated: [Int] = [], _ code: [Code] = [],
        script parts: [ScriptPart],
        demanded: [TestCertificate.Part] = []
    ) -> CheckFailure.Reason? {
        let program = TestProgram(
            objects: [.init(kind: 0, size: 8), .init(kind: 0, size: 8)],
            functions: [
                .init(
                    registers: registers,
                    blocks: [.init(kind: 4), .init(code: code, kind: 0, targets: [2]), .init(kind: 4)])
            ])
        let certificate = TestCertificate(
            tags: tags, clones: [.init(allocated: allocated)],
            nodes: [
                script([1]), .init(block: 1, facts: facts, script: written(parts)),
                .init(block: 2, facts: demanded, script: written([1])),
            ])
        return reason(program, certificate)
    }

    // MARK: What may be stated

    /// The certificate's own facts have no modulus 0, and a register's fact says something.
    @Test func moduliOfFacts() {
        let cases: [(modulus: Int128, remainder: Int128, register: Bool, pointer: Bool)] = [
            (2, 1, true, true), (1, 0, false, true), (0, 0, false, false), (-2, 0, false, false),
            (2, 2, false, false), (2, -1, false, false),
        ]
        for (modulus, remainder, isRegisterFact, isTarget) in cases {
            let facts: [(TestCertificate.Part, isAccepted: Bool)] = [
                (TestCertificate.congruence([(1, 1)], modulus: modulus, remainder), isRegisterFact),
                (TestCertificate.targets(0, [(4, 0, 7)], modulus: modulus, remainder), isTarget),
            ]
            for (fact, isAccepted) in facts {
                #expect(
                    given([fact], script: [1, 3, 2]) == (isAccepted ? nil : .illFormedCertificate),
                    "\(remainder) modulo \(modulus)")
            }
        }
    }

    @Test func moduliOfCells() {
        for (modulus, expected) in [(1, nil), (0, CheckFailure.Reason.illFormedCertificate)] {
            let program = TestProgram(objects: [.init(kind: 0, size: 4)], functions: [straight([], [])])
            let certificate = TestCertificate(nodes: [
                .init(memory: [TestCertificate.cells(4, 0, 0, 0, modulus: Int128(modulus))], script: written([1]))
            ])
            #expect(reason(program, certificate) == expected, "\(modulus)")
        }
    }

    /// A lemma modulo 1 says nothing, and there is none modulo 0: neither of a form nor of a constant.
    @Test func moduliOfLemmas() {
        for (modulus, expected) in [(2, nil), (1, .unjustified), (0, .unjustified), (-2, .unjustified)]
            as [(Int128, CheckFailure.Reason?)]
        {
            // 2 * register 1 = 0, from no premises.
            #expect(
                given([], script: [0x15, 1, 1, .signed(2), .signed(modulus), 0, 1, 3, 2]) == expected, "\(modulus)")
            let bounds = [TestCertificate.linear([(1, 1)], 6), TestCertificate.linear([(1, -1)], -6)]
            #expect(
                given(bounds, script: [0x1c, 1, 1, .signed(1), .signed(modulus), .fact(0), .fact(1), 1, 3, 2])
                    == expected,
                "\(modulus)")
        }
    }

    // MARK: Modulus 0

    /// y = 6 * x + 1, at most 200 under an assumption; s = (unsigned char) y equals y under it. 10 / s: s is 1 modulo
    /// what divides 6, and nothing is known modulo another number.
    @Test func equalityUnderALabel() throws {
        let cases: [(modulus: Int128, coefficient: Int128, CheckFailure.Reason?)] = [
            (2, -1, nil), (3, -1, nil), (6, -1, nil), (4, -1, .unjustified), (7, -1, .unjustified),
            (2, 1, nil), (6, 1, .unjustified), (6, 0, .unjustified), (0, -1, .unjustified), (1, -1, .unjustified),
            (-2, -1, .unjustified),
        ]
        for (modulus, coefficient, expected) in cases {
            let program = equality([
                .init(opcode: 2, detail: 3, result: 4, a: .integer(10), b: .register(3))
            ])
            let division: [ScriptPart] = [1, 1, 4, .signed(modulus), 1, 0, .signed(coefficient), 1, 0, 1]
            // Without premises where modulus 1 has none.
            let certificate = TestCertificate(
                labels: [[], [0]],
                nodes: [script(equalityScript + (modulus == 1 ? [1, 1, 4, .signed(1), 1, 0, 1] : division))])
            #expect(reason(program, certificate) == expected, "modulo \(modulus), times \(coefficient)")
            if expected == nil {
                let claims = try check(program: program.bytes(), certificate: certificate.bytes())
                #expect(claims.obligations.first.map(AcceptanceTests.text) == "division-by-zero proved 0")
            }
        }
    }

    /// Bounds are not moved to the next number by an equality, which has no next number.
    @Test func equalitiesTightenNothing() {
        for step: UInt8 in [0x19, 0x1a] {
            let parts: [ScriptPart] = equalityScript + [.byte(step), 0, .fact(step == 0x19 ? 7 : 6), 1]
            #expect(
                reason(equality([]), TestCertificate(labels: [[], [0]], nodes: [script(parts)])) == .overflow,
                "\(step)")
        }
    }

    private func equality(_ code: [Code]) -> TestProgram {
        program(
            .int(8, false), factor: 6, constant: 1, registers: [.int32, .int32, .int32], assumptions: ["y <= 200"],
            [
                .init(opcode: 4, detail: 3, result: 2, a: .register(1), b: .integer(200)),
                .init(opcode: 27, a: .register(2), target: 0),
                .init(opcode: 3, type: .int(8, false), result: 3, a: .register(1)),
            ] + code)
    }

    /// Linear facts: 0, 1 the bounds of x; 2, 3 those of the truth value; 4 it is 1; 5 y <= 200; 6, 7 s = y.
    private var equalityScript: [ScriptPart] {
        // y >= 0: -6x <= 0 from six times -x <= 0.
        [1, 1, 1, 1, 1, 0, .signed(0), .fact(5), 2, 1, .signed(6), .signed(1)]
    }

    /// In a case whose offset is one number, that is known modulo every number.
    @Test func offsetsOfOneNumber() {
        let cases: [(lower: Int128, upper: Int128, modulus: Int128, CheckFailure.Reason?)] = [
            (4, 4, 4, nil), (4, 4, 0, .unjustified), (6, 6, 4, .unjustified), (4, 5, 4, .unknownReference),
        ]
        for (lower, upper, modulus, expected) in cases {
            let load = Code(opcode: 16, alignment: 4, result: 1, a: .register(0))
            // Claimed but the bounds and that the bytes are initialised; no bounds of the offset.
            let parts: [ScriptPart] = [
                1, 1, 1, 1, 0, 1, 0, 0, 0, .signed(modulus), 1, 0, .signed(1), 0, 0, 1, 3, 2,
            ]
            #expect(
                given([TestCertificate.targets(0, [(4, lower, upper)])], [load], script: parts) == expected,
                "\(lower) to \(upper) modulo \(modulus)")
        }
    }

    // MARK: Targets

    /// Of a pointer with one target the offset's congruence is a fact, which moves its bound.
    @Test func congruencesOfTargets() {
        typealias Entry = (tag: Int, lower: Int128?, upper: Int128?)
        let one: [Entry] = [(4, 0, 7)]
        let two: [Entry] = one + [(5, 0, 7)]
        let cases: [([Entry], modulus: Int128, bound: Int128, CheckFailure.Reason?)] = [
            (one, 2, 6, nil), (one, 2, 5, .unjustified), (one, 4, 4, nil), (one, 1, 6, .unknownReference),
            (two, 2, 6, .unknownReference),
        ]
        for (entries, modulus, bound, expected) in cases {
            #expect(
                given(
                    [TestCertificate.targets(0, entries, modulus: modulus)],
                    script: [0x19, 0, .fact(0), 1, 3, 2, .fact(2)],
                    demanded: [TestCertificate.linear([(0, 1)], bound)]) == expected,
                "\(entries.count) modulo \(modulus)")
        }
    }

    /// The newest object of an allocation joins the others: their offsets keep the congruence that they share.
    @Test func congruencesOfJoinedTargets() {
        func entry(_ tag: Int, _ modulus: Int128, _ remainder: Int128) -> TestCertificate.Part {
            { out in
                out.u(tag)
                out.optional(0)
                out.optional(7)
                out.s(modulus)
                out.s(remainder)
            }
        }
        func targets(_ entries: [TestCertificate.Part]) -> TestCertificate.Part {
            { out in
                out.byte(2)
                out.u(2)
                out.list(entries) { $1(&$0) }
                out.u(0)
            }
        }
        let cases: [(newest: (Int128, Int128), demanded: (Int128, Int128), CheckFailure.Reason?)] = [
            ((4, 2), (4, 2), nil), ((4, 2), (2, 0), nil), ((4, 0), (4, 2), .unjustified),
            ((2, 0), (4, 2), .unjustified), ((4, 0), (1, 0), nil),
        ]
        for (newest, demanded, expected) in cases {
            // Tags: 6 the others, 7 the newest.
            #expect(
                given(
                    [targets([entry(6, 4, 2), entry(7, newest.0, newest.1)])],
                    tags: [
                        TestCertificate.heapTag(instruction: 0, partner: nil),
                        TestCertificate.heapTag(instruction: 0, partner: 6),
                    ], allocated: [7, 6], [.init(opcode: 22, alignment: 16, result: 0, c: .integer(8))],
                    script: [1, 7, 0, 0, 1, .none, 1, .none, 0, 1, 3, 2, 0],
                    demanded: [targets([entry(6, demanded.0, demanded.1)])]) == expected,
                "\(newest), \(demanded)")
        }
    }
}
