// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker
import Testing

/// What a size as a form teaches, and under which label: a node knows sizes under assumption 0.
struct SizeRuleTests {
    /// A node that nothing jumps to. Registers: 0 n, 1 p, 2 t, 3 k, 4 q. Tags: 5 and 7 are single, of heap objects; the
    /// numbers of the places are 5 and, if there is one, 6.
    private func claims(
        of tags: [Int] = [5], mayBeNull: Bool = false, _ facts: [TestCertificate.Part],
        memory: [TestCertificate.Part] = [], _ code: [Code], _ script: @escaping TestCertificate.Part
    ) -> Result<[String], CheckFailure> {
        let allocations: [Code] = [
            .init(opcode: 22, alignment: 16, result: 1, c: .integer(4)),
            .init(opcode: 22, alignment: 16, result: 1, c: .integer(4)),
        ]
        let program = TestProgram(
            functions: [
                .init(
                    registers: [.int32, .pointer, .int32, .int32, .pointer],
                    blocks: [.init(code: allocations, kind: 4), .init(code: code, kind: 4)])
            ], assumptions: ["sizes are known"])
        let targets: [(tag: Int, lower: Int128?, upper: Int128?)] = tags.map { ($0, 0, 0) }
        let certificate = TestCertificate(
            labels: [[], [0], [0, 1, 4]],
            tags: [
                TestCertificate.heapTag(instruction: 0, partner: nil),
                TestCertificate.heapTag(instruction: 0, partner: 4),
                TestCertificate.heapTag(instruction: 1, partner: nil),
                TestCertificate.heapTag(instruction: 1, partner: 6),
            ], clones: [.init(everything: true, label: 2)],
            nodes: [
                CertificateCheckerTests.script([1, 5, 0, 0, 0, 0, 0, 1, 7, 0, 0, 0, 0, 0, 1]),
                .init(
                    block: 1, places: tags.map { TestCertificate.size($0, label: 1) },
                    facts: facts + [TestCertificate.targets(1, (mayBeNull ? [(0, nil, nil)] : []) + targets)],
                    memory: tags.map { tag in { $0.raw([3, UInt8(tag), 0]) } } + memory, script: script),
            ])
        do {
            let claims = try check(program: program.bytes(), certificate: certificate.bytes())
            return .success(claims.obligations.map(AcceptanceTests.text))
        } catch {
            return .failure(error)
        }
    }

    private func reason(_ result: Result<[String], CheckFailure>) -> CheckFailure.Reason? {
        if case .failure(let failure) = result { return failure.reason }
        return nil
    }

    private let atOffset: [Code] = [
        .init(opcode: 12, result: 4, a: .register(1), b: .register(0), immediate: 1),
        .init(opcode: 17, type: .int(8, true), a: .register(4), b: .integer(1)),
    ]

    private func isLess(_ x: TestProgram.Operand, _ detail: UInt8 = 2) -> [Code] {
        [
            .init(opcode: 4, detail: detail, result: 2, a: x, b: .register(3)),
            .init(opcode: 28, detail: 18, a: .register(2)),
        ]
    }

    /// p[n] = 1 where n is less than the size.
    @Test func labelOfAnEnd() throws {
        let facts = [TestCertificate.linear([(0, -1)], 0), TestCertificate.linear([(0, 1), (5, -1)], -1)]
        let found = claims(facts, atOffset) { out in
            // Linear: 2, 3 p's offset; 4, 5 in its case.
            written([1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1])(&out)
            out.combination([(1, 1), (4, 1)])
            written([0, 1])(&out)
            out.combination([(0, 1), (5, 1)])
            written([.signed(1), 0, 1])(&out)
        }
        #expect(try found.get().contains("out-of-bounds-write proved 0"))
    }

    /// objectSize(p) == n where n is the size.
    @Test func labelOfAnObjectSize() throws {
        let facts = [TestCertificate.linear([(0, 1), (5, -1)], 0), TestCertificate.linear([(0, -1), (5, 1)], 0)]
        let code: [Code] = [
            .init(opcode: 32, result: 3, a: .register(1)),
            .init(opcode: 4, detail: 0, result: 2, a: .register(3), b: .register(0)),
            .init(opcode: 28, detail: 18, a: .register(2)),
        ]
        let found = claims(facts, code) { out in
            // Linear: 2, 3 p's offset; in its case 4, 5; behind it 4, 5 the relation.
            written([1, 1, 1, 1, 1, 0, 1, .fact(4), 1, .fact(5), .signed(1), 1, 1, 1, 1, 2])(&out)
            out.combination([(1, 1), (3, 1), (4, 1)])
            out.combination([(0, 1), (2, 1), (5, 1)])
            out.byte(1)
        }
        #expect(try found.get().last == "assertion proved 0")
    }

    /// p[n] = 1, not shown; the size is at most k; then n < k.
    @Test func labelOfARelationBehindAnAccess() throws {
        let facts = [TestCertificate.linear([(0, -1)], 0), TestCertificate.linear([(3, -1), (5, 1)], 0)]
        let found = claims(facts, atOffset + isLess(.register(0))) { out in
            // Linear: 2, 3 p's offset; 4, 5 in its case; behind it 4, 5 p's offset, 6 the sum's, 7 the relation.
            written([1, 1, 1, 1, 1, 0, 1, 1, 1, 0, 2, 0, 1])(&out)
            out.combination([(0, 1), (5, 1)])
            written([.signed(1), 0, 1, 1, 1, 2])(&out)
            out.combination([(1, 1), (5, 1), (7, 1)])
            out.byte(1)
        }
        #expect(try found.get().last == "assertion proved 0 4")
    }

    /// The same for a pointer to one of two objects: which one's size it was is not known.
    @Test func relationBehindAnAccessOfTwoObjects() {
        let facts = [TestCertificate.linear([(0, -1)], 0), TestCertificate.linear([(3, -1), (5, 1)], 0)]
        for (isClaimed, expected) in [(true, CheckFailure.Reason.unjustified), (false, nil)] {
            let found = claims(of: [5, 7], facts, atOffset + isLess(.register(0))) { out in
                written([1, 1, 1, 1, 1, 0, 1, 1])(&out)
                for alive: UInt8 in [1, 2] {
                    written([.byte(alive), 0, 2, 0, 1])(&out)
                    out.combination([(0, 1), (5, 1)])
                    out.s(1)
                }
                written([1, 1, .byte(isClaimed ? 1 : 0)])(&out)
                if isClaimed {
                    out.byte(2)
                    out.combination([(1, 1), (5, 1), (6, 1)])
                }
                out.byte(1)
            }
            #expect(reason(found) == expected)
        }
    }

    /// *p = 1 where p may be null, and else is shown to be inside by numbers: that teaches nothing of the size.
    @Test func relationBehindAnAccessThatIsInside() {
        let size: TestCertificate.Part = { $0.raw([4, 5, 1, 8, 0, 0]) }
        let code: [Code] = [.init(opcode: 17, type: .int(8, true), a: .register(1), b: .integer(1))]
        for (isClaimed, expected) in [(true, CheckFailure.Reason.unjustified), (false, nil)] {
            let found = claims(
                mayBeNull: true, [TestCertificate.linear([(3, -1), (5, 1)], 0)], memory: [size],
                code + isLess(.integer(1), 3)
            ) { out in
                // Linear: in p's case 1, 2; behind it 1, 2, and 3, 4 p's offset.
                written([1, 0, 1, 1, 1, 1, 1, 1, 2, 2, 1, .fact(1), 1, .fact(2), .signed(1)])(&out)
                written([1, 1, .byte(isClaimed ? 1 : 0)])(&out)
                if isClaimed {
                    out.byte(2)
                    out.combination([(0, 1), (2, 1), (5, 1)])
                }
                out.byte(1)
            }
            #expect(reason(found) == expected)
        }
    }
}
