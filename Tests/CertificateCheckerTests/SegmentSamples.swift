// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker

/// Terms over registers, places or symbols, plus a constant.
struct TestForm: ExpressibleByIntegerLiteral, Sendable {
    var terms: [(number: Int, coefficient: Int128)] = []
    var constant: Int128

    init(_ terms: [(number: Int, coefficient: Int128)], _ constant: Int128 = 0) {
        self.terms = terms
        self.constant = constant
    }

    init(integerLiteral value: Int) { constant = Int128(value) }

    static func of(_ number: Int, _ constant: Int128 = 0) -> TestForm { TestForm([(number, 1)], constant) }

    func write(_ out: inout Bytes) {
        out.list(terms) { out, term in
            out.u(term.number)
            out.s(term.coefficient)
        }
        out.s(constant)
    }
}

extension TestCertificate {
    static func segment(_ tag: Int, _ from: TestForm, _ to: TestForm, label: Int = 0) -> Part {
        { out in
            out.byte(7)
            out.u(tag)
            from.write(&out)
            to.write(&out)
            out.u(label)
        }
    }

    /// A fact about bits: initialised, or of another kind.
    static func initialised(_ tag: Int, _ from: Int128, _ to: Int128, kind: UInt8 = 1, label: Int = 0) -> Part {
        { out in
            out.byte(kind)
            out.u(tag)
            out.s(from)
            out.s(to)
            out.u(label)
        }
    }
}

/// A node that nothing jumps to, of which tests say what holds there, what it executes, and how.
///
/// Registers: 0 n, 1 p (a pointer), 2 i, 3 x (a float), 4 q (a pointer), 5 r; places have the numbers from 6 on. Tags: 3 and
/// 4 the functions, 5 g of 8 bytes, 6 h of 16, 7 a constant of 8, 9 many and 10 single of the heap, 11 a local of 8.
struct SegmentNode {
    static let n = TestForm.of(0)
    static let p = TestForm.of(1)
    static let i = TestForm.of(2)

    var places: [TestCertificate.Part] = []
    var facts: [TestCertificate.Part] = []
    var memory: [TestCertificate.Part] = []
    var code: [Code] = []
    /// Up to the return, if it returns.
    var script: [ScriptPart]
    var live: [Int] = []
    var tags: [TestCertificate.Part] = []
    /// Label 2; 3 is that of effects, with assumption 0 too.
    var alarms: [Int] = []
    var callee = TestCertificate.Clone(function: 1)
    var calleeNode = TestCertificate.Node(clone: 1, script: { $0.byte(1) })
    /// What it jumps to instead of returning.
    var next: TestCertificate.Node?
    var constants: [TestCertificate.Part] = []
    /// The callee's.
    var parameter = TestProgram.Scalar.int32

    private var program: TestProgram {
        TestProgram(
            objects: [
                .init(kind: 0, size: 8), .init(kind: 0, size: 16), .init(kind: 1, size: 8),
                .init(kind: 2, size: 8, owner: 0),
            ],
            functions: [
                .init(
                    registers: [.int32, .pointer, .int32, .double, .pointer, .int32],
                    blocks: [
                        .init(code: [.init(opcode: 22, alignment: 16, result: 1, c: .integer(4))], kind: 4),
                        .init(code: code, kind: next == nil ? 4 : 0, targets: next == nil ? [] : [2], live: live),
                        .init(kind: 4, live: live),
                    ]),
                .init(registers: [parameter, .int32], parameters: 1, blocks: [.init(kind: 4)]),
            ], assumptions: ["the world is kind"])
    }

    private var certificate: TestCertificate {
        TestCertificate(
            labels: [[], [0]] + (alarms.isEmpty ? [] : [alarms, [0] + alarms]),
            tags: [
                TestCertificate.heapTag(instruction: 0, partner: nil),
                TestCertificate.heapTag(instruction: 0, partner: 9), TestCertificate.localTag(3),
            ] + tags, constants: constants,
            clones: [.init(level: 1, everything: true, label: alarms.isEmpty ? 1 : 3), callee],
            nodes: [
                CertificateCheckerTests.script([1, 10, 0, 0, 0, 0, 0, 1]),
                .init(
                    block: 1, places: places, facts: facts, memory: memory,
                    script: written(next == nil ? script + [1] : script)),
            ] + (next.map { [$0] } ?? []) + [calleeNode])
    }

    func claims() throws -> [String] {
        try check(program: program.bytes(), certificate: certificate.bytes()).obligations.map(AcceptanceTests.text)
    }

    /// Why the checker rejects; nil if it accepts.
    var reason: CheckFailure.Reason? { CertificateCheckerTests.reason(program, certificate) }

    /// The same, and then says that there is a segment, of which `sources` are a list and an end.
    func shows(
        _ tag: Int, _ from: TestForm, _ to: TestForm, label: Int = 0, _ sources: [ScriptPart]
    ) -> CheckFailure.Reason? {
        var longer = self
        longer.script += Self.lemma(tag, from, to, label: label, sources)
        return longer.reason
    }

    static func lemma(
        _ tag: Int, _ from: TestForm, _ to: TestForm, label: Int = 0, _ sources: [ScriptPart]
    ) -> [ScriptPart] {
        [0x1b, .bytes(Bytes(TestCertificate.segment(tag, from, to, label: label)).bytes), 0] + sources
    }

    /// Shown by one segment, which has the same ends.
    static func same(_ number: UInt8) -> [ScriptPart] { [1, 0, .byte(number), .none, 0, .none] }
}

extension Sample {
    /// char a[127]; n = any of 0 ... 127; for (i = 0; i < n; i++) a[i] = 1; probe(a, n + more).
    ///
    /// - Parameter isWritten: the store makes a segment.
    static func segmentLoop(more: Int128 = 0, isWritten: Bool = true) -> Sample {
        let program = TestProgram(
            objects: [.init(kind: 2, size: 127 + more, owner: 0)],
            functions: [
                .init(
                    registers: [.int32, .int32, .int32, .pointer, .int32],
                    blocks: [
                        .init(
                            code: [
                                .init(opcode: 24, target: 0), .init(opcode: 26, type: .int(7, false), result: 0),
                                .init(opcode: 0, result: 1, a: .integer(0)),
                            ], kind: 0, targets: [1]),
                        .init(
                            code: [.init(opcode: 4, detail: 2, result: 2, a: .register(1), b: .register(0))], kind: 1,
                            operand: .register(2), targets: [2, 3], live: [0]),
                        .init(
                            code: [
                                .init(opcode: 12, result: 3, a: .object(0), b: .register(1), immediate: 1),
                                .init(opcode: 12, result: 3, a: .register(3), b: .integer(-4), immediate: 1),
                                .init(opcode: 17, type: .int(8, true), a: .register(3), b: .integer(1), immediate: 4),
                                .init(opcode: 1, result: 1, a: .integer(1), list: [.integer(1), .register(1)]),
                            ], kind: 0, targets: [1], live: [0]),
                        .init(
                            code: [
                                .init(opcode: 1, result: 4, a: .integer(more), list: [.integer(1), .register(0)]),
                                .init(opcode: 21, a: .object(0), c: .register(4), site: 1),
                            ], kind: 4, live: [0]),
                    ])
            ])
        // Tag 5 is the array.
        let head = TestCertificate.Node(
            block: 1,
            facts: [
                TestCertificate.linear([(0, 1)], 127), TestCertificate.linear([(1, -1)], 0),
                TestCertificate.linear([(0, -1), (1, 1)], 0),
            ], memory: [TestCertificate.segment(5, 0, .of(1))],
            script: { out in
                // Linear: 0 to 2 the node's; 3, 4 the truth value; 5 of the guard, 6 i - n <= -1 or n - i <= 0.
                written([1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1])(&out)
                out.combination([(0, 1), (6, 1)])
                written([1, .fact(1), .signed(1), .byte(isWritten ? 1 : 0), 1])(&out)
                // The segment of the head, then that of the store.
                written([1, 3, 1, .fact(0), .fact(1), .fact(6), 0, 2, 0, 0, .none, 0, 1, .none, 0, .none])(&out)
                written([2, 1, 1, 1, .fact(0)])(&out)
                out.combination([(1, 1), (2, 1)])
                written([1, 1, 1, .none, 1, .none, .signed(1), 1, 1, 0, 0, .none, 0, .fact(6), 1])(&out)
            })
        let certificate = TestCertificate(
            tags: [TestCertificate.localTag(0)],
            nodes: [
                script([1, 1, 1, 1, 3, 1, .fact(0), .none, .fact(1), 0, 0, 0, .none]), head,
            ])
        return Sample(
            "segment of a loop", program, certificate,
            [
                "null-dereference", "use-after-free", "dangling-pointer", "out-of-bounds-write", "misaligned-access",
                "write-to-constant", "out-of-bounds-read", "uninitialized-read",
            ].map { "\($0) proved" })
    }
}
