// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker
import Testing

/// Sizes as forms (6.4): what they show, and where they are gone.
struct SizeTests {
    private func reason(_ sample: Sample) -> CheckFailure.Reason? {
        do {
            _ = try check(program: sample.program, certificate: sample.certificate)
            return nil
        } catch {
            return error.reason
        }
    }

    // MARK: Relational bounds

    /// The size is at least n - 1 only, and n bytes are written.
    @Test func relationThatIsTooWeak() {
        for isInMemory in [false, true] {
            for isChecked in [false, true] {
                #expect(reason(.relationalLoop(isInMemory: isInMemory, isChecked: isChecked)) == nil)
                #expect(
                    reason(.relationalLoop(isInMemory: isInMemory, slack: 1, isChecked: isChecked)) == .unjustified)
            }
        }
    }

    @Test func relationThatIsNotShownAtTheHead() {
        #expect(reason(.relationalLoop(isInMemory: true, slack: -1)) == .unjustified)
    }

    /// Without a relation the end is not bounded; and one that follows from the access does not show the access.
    @Test func endThatIsNotShown() {
        for (end, expected) in [(0, .unjustified), (2, .unjustified), (3, .malformed)]
            as [(UInt8, CheckFailure.Reason)]
        {
            #expect(reason(.relationalLoop(isInMemory: false, end: end)) == expected)
        }
    }

    @Test func relationBehindAnAccessThatIsNotAskedFor() {
        #expect(reason(.relationBehindAnAccess(end: 0)) == .unjustified)
    }

    @Test func sizeThatIsNotRelated() {
        #expect(reason(.relationOfObjectSize(isRelated: false)) == .unjustified)
    }

    /// Bytes before the object, a negative number of bytes, or one of which nothing is known, are outside whatever the end.
    @Test func lowerEndsAndCounts() {
        // fill(p + offset, c bytes) where the end is shown by p + offset + c = n.
        let cases: [(offset: Int128, least: Int128, isBounded: Bool, CheckFailure.Reason?)] = [
            (0, 0, true, nil), (0, 0, false, .unjustified), (-1, 0, true, .unjustified), (0, -1, true, .unjustified),
        ]
        for (offset, least, isBounded, expected) in cases {
            // c = n - offset + least: from least on, if offset is 0.
            let sample = Sample.allocated(
                "fill", [.int32, .pointer],
                [
                    .init(opcode: 1, result: 3, a: .integer(least), list: [.integer(1), .register(0)]),
                    .init(opcode: 12, result: 4, a: .register(1), b: .integer(offset), immediate: 1),
                    .init(opcode: 19, a: .register(4), b: .integer(0), c: .register(3)),
                    .init(opcode: 0, result: 2, a: .integer(1)),
                ], label: [3], []
            ) { out in
                written([1, 1, 1])(&out)
                written(isBounded ? [1, .fact(0), .fact(1)] : [0])(&out)
                written([1, 1, 1, 1, 1, 4, 0, 1])(&out)
                // The end is p's offset and least + offset more than the size: at most 0.
                out.fact(7)
                written([0, 1, .fact(8), .signed(1), 0, 1, 1, 1, 0, .none])(&out)
            }
            #expect(reason(sample) == expected, "\(offset) \(least) \(isBounded)")
        }
    }

    // MARK: Where a size is known

    /// n = any of 0 ... 127; p = malloc(n); if (p), or if (0 == 0), code; then a node that knows that n is the object's size.
    private func reasonOfSize(
        _ code: [Code] = [], _ hints: [ScriptPart] = [], later: ([Code], [ScriptPart]) = ([], []),
        effects: TestCertificate.Clone? = nil, isPlaced: Bool = true,
        label: Int = 0, isChecked: Bool = true
    ) -> CheckFailure.Reason? {
        let check =
            isChecked
            ? Code(opcode: 5, detail: 1, result: 2, a: .register(1), b: .null)
            : Code(opcode: 4, detail: 0, result: 2, a: .integer(0), b: .integer(0))
        let program = TestProgram(
            functions: [
                .init(
                    registers: [.int32, .pointer, .int32],
                    blocks: [
                        .init(
                            code: [
                                .init(opcode: 26, type: .int(7, false), result: 0),
                                .init(opcode: 22, alignment: 16, result: 1, c: .register(0)), check,
                            ], kind: 1, operand: .register(2), targets: [1, 2]),
                        .init(code: code, kind: 0, targets: [3]), .init(kind: 4),
                        .init(code: later.0, kind: 0, targets: [4]), .init(kind: 4),
                    ]), straight([], []),
            ], assumptions: ["memory changes"])
        func known(at block: Int, _ parts: [ScriptPart]) -> TestCertificate.Node {
            .init(
                block: block, places: isPlaced ? [TestCertificate.size(6, label: label)] : [],
                facts: isPlaced
                    ? [TestCertificate.linear([(0, 1), (3, -1)], 0), TestCertificate.linear([(0, -1), (3, 1)], 0)] : [],
                script: written(parts))
        }
        // Tags: 3 and 4 the functions, 5 many, 6 single.
        var callee = effects ?? .init()
        callee.function = 1
        let certificate = TestCertificate(
            labels: [[], [0]],
            tags: [
                TestCertificate.heapTag(instruction: 1, partner: nil),
                TestCertificate.heapTag(instruction: 1, partner: 5),
            ], clones: [.init(level: 1, everything: true, label: 1), callee],
            nodes: [
                // Linear: 0, 1 of n; 2, 3 the truth value; 4 to 6 of the guard. Memory: 0 absent; 1 size, 2 alive.
                .init(
                    memory: [{ $0.raw([5, 6, 0]) }],
                    script: written(
                        [1, 1, 6, 1, 0, 1, .fact(0), 1, .fact(1), 1, 1, 2] + hints
                            + [1, 3, 1] + (isPlaced ? [.none, .none] : []) + [2, 1])),
                known(at: 3, later.1 + [1, 3, 2] + (isPlaced ? [.fact(0), .fact(1)] : [])), known(at: 4, [1]),
                .init(clone: 1, script: { $0.byte(1) }),
            ])
        return CertificateCheckerTests.reason(program, certificate)
    }

    @Test func sizesOfAllocations() {
        #expect(reasonOfSize() == nil)
        #expect(reasonOfSize(isChecked: false) == nil)
    }

    @Test func sizesBehindAHavocOfMemory() {
        let code = Code(opcode: 31, target: 0)
        #expect(reasonOfSize([code], [1], isPlaced: false) == nil)
        #expect(reasonOfSize([code], [1]) == .unknownReference)
        // Where nothing but the size is known of the tag.
        #expect(reasonOfSize(later: ([code], [1]), isPlaced: false) == nil)
        #expect(reasonOfSize(later: ([code], [1])) == .unknownReference)
    }

    /// n = any of 0 ... 127; then either malloc(n), or a node that knows its size; or the first, and then perhaps the node.
    @Test func sizesOfOtherPaths() {
        let allocate = Code(opcode: 22, alignment: 16, result: 1, c: .register(0))
        for (isCommon, expected) in [(true, nil), (false, CheckFailure.Reason.unknownReference)] {
            let program = TestProgram(
                functions: [
                    .init(
                        registers: [.int32, .pointer],
                        blocks: [
                            .init(
                                code: [.init(opcode: 26, type: .int(7, false), result: 0)]
                                    + (isCommon ? [allocate] : []),
                                kind: 1, operand: .register(0), targets: [1, 2]),
                            .init(code: [isCommon ? .init(opcode: 31, target: 0) : allocate], kind: 4),
                            .init(kind: 0, targets: [3]), .init(kind: 4),
                        ])
                ], assumptions: ["memory changes"])
            // Tags: 4 many, 5 single.
            let hints: [ScriptPart] = [1, 5, 0, 0, 1, .fact(0), 1, .fact(1), 0]
            let certificate = TestCertificate(
                tags: [
                    TestCertificate.heapTag(instruction: 1, partner: nil),
                    TestCertificate.heapTag(instruction: 1, partner: 4),
                ], clones: [.init(everything: true)],
                nodes: [
                    script(
                        [1] + (isCommon ? hints : []) + [1, 2] + (isCommon ? [1] : hints) + [1, 2, 1, 3, 1, .none]),
                    .init(
                        block: 3, places: [TestCertificate.size(5)],
                        facts: [TestCertificate.linear([(0, 1), (2, -1)], 0)], script: { $0.byte(1) }),
                ])
            #expect(CertificateCheckerTests.reason(program, certificate) == expected)
        }
    }

    /// An object that may be freed keeps its size; one that is freed has the tag no longer.
    @Test func sizesBehindAFree() {
        let code = Code(opcode: 23, a: .register(1))
        let hints: [ScriptPart] = [1, 1, 3, .fact(7), .fact(8)]
        #expect(reasonOfSize([code], hints, isChecked: false) == nil)
        #expect(reasonOfSize([code], hints, isPlaced: false) == nil)
        #expect(reasonOfSize([code], hints) == .unknownReference)
    }

    /// What the callee may allocate has another size behind the call; what it may free has none, or the same.
    @Test func sizesBehindACall() {
        let code = Code(opcode: 29, target: 1)
        let cases: [(TestCertificate.Clone, CheckFailure.Reason?)] = [
            (.init(), nil), (.init(written: [(6, nil, nil)]), nil), (.init(freed: [6]), nil),
            (.init(allocated: [6]), .unknownReference), (.init(everything: true), .unknownReference),
        ]
        for (effects, expected) in cases {
            #expect(reasonOfSize([code], [1, 1], effects: effects, isPlaced: false) == nil)
            #expect(reasonOfSize([code], [1, 1], effects: effects) == expected, "\(effects)")
        }
    }

    /// A label that joins all of memory joins sizes.
    @Test func labelsOfSizes() {
        for (label, expected) in [(0, CheckFailure.Reason.label), (1, nil)] {
            let code = Code(opcode: 29, target: 1)
            #expect(reasonOfSize([code], [1, 1], effects: .init(label: 1), label: label) == expected)
        }
    }

    /// char a[n]: its size is n while it lives.
    @Test func sizesOfLocals() {
        for (isEnded, expected) in [(false, nil), (true, CheckFailure.Reason.unknownReference)] {
            var code: [Code] = [
                .init(opcode: 26, type: .int(7, false), result: 0), .init(opcode: 24, c: .register(0), target: 0),
            ]
            if isEnded { code.append(.init(opcode: 25, target: 0)) }
            let program = TestProgram(
                objects: [.init(kind: 2, size: -1, owner: 0)],
                functions: [
                    .init(
                        registers: [.int32],
                        blocks: [
                            .init(code: code, kind: 0, targets: [1]), .init(kind: 4, live: isEnded ? [] : [0]),
                        ])
                ])
            // Tag 5 is the local; number 1 the place.
            let certificate = TestCertificate(
                tags: [TestCertificate.localTag(0)],
                nodes: [
                    script([1, 1, 0, 1, .fact(0), 1, .fact(1)] + (isEnded ? [1] : []) + [1, 3, 1, .none, .none]),
                    .init(
                        block: 1, places: [TestCertificate.size(5)],
                        facts: [
                            TestCertificate.linear([(0, 1), (1, -1)], 0), TestCertificate.linear([(0, -1), (1, 1)], 0),
                        ], script: { $0.byte(1) }),
                ])
            #expect(CertificateCheckerTests.reason(program, certificate) == expected)
        }
    }

    /// The size at an exit is the callee's: p = malloc(n) in the callee, whose exit says that n is the size.
    @Test func sizesAtAnExit() {
        for (difference, expected) in [(0, nil), (-1, CheckFailure.Reason.unjustified)]
            as [(Int128, CheckFailure.Reason?)]
        {
            let program = TestProgram(functions: [
                .init(
                    registers: [.int32, .pointer],
                    blocks: [
                        .init(
                            code: [
                                .init(opcode: 26, type: .int(7, false), result: 0),
                                .init(opcode: 29, result: 1, list: [.register(0)], target: 1),
                            ], kind: 0, targets: [1]), .init(kind: 4),
                    ]),
                .init(
                    registers: [.int32, .pointer], parameters: 1, result: .pointer,
                    blocks: [
                        .init(
                            code: [.init(opcode: 22, alignment: 16, result: 1, c: .register(0))], kind: 4,
                            operand: .register(1))
                    ]),
            ])
            // Tags: 3, 4 the functions, 5 many, 6 single. Numbers: 2 the result, 3 the exit's place.
            func equal(_ number: Int, _ difference: Int128) -> [TestCertificate.Part] {
                [
                    TestCertificate.linear([(0, 1), (number, -1)], difference),
                    TestCertificate.linear([(0, -1), (number, 1)], 0),
                ]
            }
            let certificate = TestCertificate(
                tags: [
                    TestCertificate.heapTag(clone: 1, instruction: 0, partner: nil),
                    TestCertificate.heapTag(clone: 1, instruction: 0, partner: 5),
                ],
                clones: [
                    .init(level: 1, allocated: [5, 6]),
                    .init(function: 1, places: [TestCertificate.size(6)], results: equal(3, 0), allocated: [5, 6]),
                ],
                nodes: [
                    // Linear: 0, 1 of n; 2, 3 the exit's.
                    script([1, 1, 1, 1, 3, 1, .fact(2), .fact(3)]),
                    .init(
                        block: 1, places: [TestCertificate.size(6)], facts: equal(2, difference),
                        script: { $0.byte(1) }),
                    .init(clone: 1, script: written([1, 6, 0, 0, 0, 0, 0, 1, .none, .none])),
                ])
            #expect(CertificateCheckerTests.reason(program, certificate) == expected)
        }
    }
}
