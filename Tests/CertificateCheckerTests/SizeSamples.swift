// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Programs whose accesses stay in an object of which only a relation tells the size.
extension Sample {
    /// n = any of 0 ... 127; p = malloc(n); if (p) for (i = 0; i < n; i++) p[i] = 1; in each round n is read from memory,
    /// if `isInMemory`. The loop's head has a place for the object's size, and one for what memory holds.
    ///
    /// - Parameters:
    ///   - slack: n - size <= slack is the head's fact.
    ///   - end: whether a relation shows that the write is inside.
    static func relationalLoop(isInMemory: Bool, slack: Int128 = 0, end: UInt8 = 1, isChecked: Bool = true) -> Sample {
        var first = [Code(opcode: 26, type: .int(7, false), result: 0)]
        if isInMemory { first.append(.init(opcode: 17, alignment: 4, a: .object(0), b: .register(0), site: 1)) }
        first += [
            .init(opcode: 22, alignment: 16, result: 1, c: .register(0)),
            .init(opcode: 5, detail: 1, result: 2, a: .register(1), b: .null),
        ]
        let limit: Code =
            isInMemory
            ? .init(opcode: 16, alignment: 4, result: 5, a: .object(0), site: 2)
            : .init(opcode: 0, result: 5, a: .register(0))
        let program = TestProgram(
            objects: [.init(kind: 0, size: 4)],
            functions: [
                .init(
                    registers: [.int32, .pointer, .int32, .int32, .pointer, .int32],
                    blocks: [
                        .init(code: first, kind: 1, operand: .register(2), targets: [1, 2]),
                        .init(code: [.init(opcode: 0, result: 3, a: .integer(0))], kind: 0, targets: [3]),
                        .init(kind: 4),
                        .init(
                            code: [
                                limit, .init(opcode: 4, detail: 2, result: 2, a: .register(3), b: .register(5)),
                            ], kind: 1, operand: .register(2), targets: [4, 2]),
                        .init(
                            code: [
                                .init(
                                    opcode: 12, flags: isChecked ? 1 : 0, result: 4, a: .register(1), b: .register(3),
                                    immediate: 1),
                                .init(opcode: 12, result: 4, a: .register(4), b: .integer(-4), immediate: 1),
                                .init(opcode: 17, type: .int(8, true), a: .register(4), b: .integer(1), immediate: 4),
                                .init(opcode: 2, detail: 0, result: 3, a: .register(3), b: .integer(1)),
                            ], kind: 0, targets: [3]),
                    ])
            ])
        // Tags: 3 the function, 4 the global, 5 many, 6 single.
        let clone = TestCertificate.Clone(written: [(4, nil, nil), (6, nil, nil)], allocated: [6, 5])
        let certificate = TestCertificate(
            tags: [
                TestCertificate.heapTag(instruction: isInMemory ? 2 : 1, partner: nil),
                TestCertificate.heapTag(instruction: isInMemory ? 2 : 1, partner: 5),
            ], clones: [clone],
            nodes: [
                .init(
                    memory: [6, 5].map { tag in { $0.raw([5, UInt8(tag), 0]) } },
                    script: { out in
                        // Linear: 0, 1 of n; 2, 3 of the truth value. Memory: 0, 1 absent; 2 size, 3 alive.
                        written([1] + (isInMemory ? named : []) + [1, 6, 1, 2, 1, .fact(0), 1, .fact(1), 1, 1])(&out)
                        written([2, 1, 1, 3, 1, .fact(0), .none, .none, 0, 0, 3, 2, 1])(&out)
                    }), loopHead(isInMemory: isInMemory, slack: slack, end: end, isChecked: isChecked),
            ])
        let accesses = ["out-of-bounds-write", "misaligned-access", "write-to-constant"]
        let loads = ["out-of-bounds-read", "misaligned-access", "uninitialized-read"]
        return Sample(
            isInMemory ? "relation to memory" : "relation to a register", program, certificate,
            ((isInMemory ? accesses + loads : []) + (isChecked ? ["pointer-arithmetic"] : [])
                + ["null-dereference", "use-after-free", "dangling-pointer"] + accesses + ["signed-overflow"])
                .map { "\($0) proved" })
    }

    private static func loopHead(
        isInMemory: Bool, slack: Int128, end: UInt8, isChecked: Bool
    ) -> TestCertificate.Node {
        let (limit, size) = isInMemory ? (6, 7) : (0, 6)
        return .init(
            block: 3, places: (isInMemory ? [TestCertificate.cell(4)] : []) + [TestCertificate.size(6)],
            facts: [
                TestCertificate.linear([(limit, 1)], 127), TestCertificate.linear([(3, -1)], 0),
                TestCertificate.linear([(limit, 1), (size, -1)], slack), TestCertificate.targets(1, [(6, 0, 0)]),
            ], memory: [{ $0.raw([3, 6, 0]) }],
            script: { out in
                // Linear: 0 to 2 the node's; 3, 4 p's offset; 5, 6 the truth value; 7 it is 1; 8 i - limit <= -1; in p's
                // case 9 and 10 its offset. Memory: 0 alive.
                written(isInMemory ? named + [1] : [1])(&out)
                written([1, 1, 2, 1])(&out)
                /// The object is alive, its size is a form; i is at most that, and not negative.
                func inside(_ out: inout Bytes) {
                    out.combination([(2, 1), (8, 1), (9, 1)])
                }
                if isChecked {
                    written([1, 1, 1, 0, 1])(&out)
                    inside(&out)
                    out.combination([(1, 1), (10, 1)])
                }
                written([1, 1, 1, 1, 1, 1, 1, 1, 1, 0, .byte(end)])(&out)
                if end == 1 { inside(&out) }
                written([0, 1])(&out)
                out.combination([(1, 1), (10, 1)])
                written([.signed(1), 0, 1, 1])(&out)
                out.combination([(0, 1), (8, 1)])
                written([.fact(1), 1, 3, 1, .fact(0), .fact(1), .fact(2), 0, 0, 0, 2, 1])(&out)
            })
    }

    /// n = any of 0 ... 127; p = malloc(n); if (p) { code, and in the end assert(t) }; registers n, p, t and those of `code`.
    /// In the script of the code the linear facts 0, 1 bound n, 5, 6 p's offset, symbol 5 is n if there are two registers
    /// more; facts about memory: 2 size, 3 alive.
    static func allocated(
        _ name: String, _ registers: [TestProgram.Scalar], _ code: [Code], label: [Int], _ verdicts: [String],
        _ script: @escaping TestCertificate.Part
    ) -> Sample {
        let program = TestProgram(functions: [
            .init(
                registers: [.int32, .pointer, .int32] + registers,
                blocks: [
                    .init(
                        code: [
                            .init(opcode: 26, type: .int(7, false), result: 0),
                            .init(opcode: 22, alignment: 16, result: 1, c: .register(0)),
                            .init(opcode: 5, detail: 1, result: 2, a: .register(1), b: .null),
                        ], kind: 1, operand: .register(2), targets: [1, 2]),
                    .init(code: code + [.init(opcode: 28, detail: 18, a: .register(2))], kind: 4),
                    .init(kind: 4),
                ])
        ])
        let certificate = TestCertificate(
            labels: [[], label],
            tags: [
                TestCertificate.heapTag(instruction: 1, partner: nil),
                TestCertificate.heapTag(instruction: 1, partner: 4),
            ], clones: [.init(label: 1, written: [(5, nil, nil)], allocated: [5, 4])],
            nodes: [
                .init(
                    memory: [5, 4].map { tag in { $0.raw([5, UInt8(tag), 0]) } },
                    script: { out in
                        written([1, 1, 5, 1, 2, 1, .fact(0), 1, .fact(1), 1, 1, 2])(&out)
                        script(&out)
                        written([1, 2, 1])(&out)
                    })
            ])
        return Sample(name, program, certificate, verdicts)
    }

    /// p[i] = 1 for any i of 0 ... 127, which is not shown to be inside; then i < n is.
    static func relationBehindAnAccess(end: UInt8 = 2) -> Sample {
        allocated(
            "relation behind an access", [.int32, .pointer],
            [
                .init(opcode: 26, type: .int(7, false), result: 3),
                .init(opcode: 12, result: 4, a: .register(1), b: .register(3), immediate: 1),
                .init(opcode: 12, result: 4, a: .register(4), b: .integer(-4), immediate: 1),
                .init(opcode: 17, type: .int(8, true), a: .register(4), b: .integer(1), immediate: 4),
                .init(opcode: 4, detail: 2, result: 2, a: .register(3), b: .register(0)),
            ], label: [3],
            [
                "null-dereference proved", "use-after-free proved", "dangling-pointer proved",
                "out-of-bounds-write unproved", "misaligned-access proved", "write-to-constant proved",
                "assertion proved 3",
            ]
        ) { out in
            // Linear: 7, 8 of i; in p's case 9, 10; behind it 9, 10 p's offset again, 11, 12 the sum's, 13 the relation.
            written([1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 4, 3, .byte(end), 1])(&out)
            out.combination([(7, 1), (9, 1)])
            out.byte(1)
            out.combination([(8, 1), (10, 1)])
            written([.signed(1), 0, 1, 1, 1, 2])(&out)
            out.combination([(10, 1), (13, 1)])
        }
    }

    /// The size that objectSize gives of malloc(n) is n.
    static func relationOfObjectSize(isRelated: Bool = true) -> Sample {
        allocated(
            "relation of objectSize", [.int32, .int32],
            [
                .init(opcode: 32, result: 3, a: .register(1)),
                .init(opcode: 4, detail: 0, result: 2, a: .register(3), b: .register(0)),
            ], label: [3],
            [
                "null-dereference proved", "use-after-free proved", "dangling-pointer proved", "assertion proved",
            ]
        ) { out in
            // Linear: 7, 8 the size's bounds; 9, 10 the relation.
            written([1, 1, 1, 1, 4, 3, 1, .fact(5), 1, .fact(6), .signed(1), .byte(isRelated ? 1 : 0)])(&out)
            written([1, 1, 1, 2])(&out)
            out.combination([(6, 1), (9, 1)])
            out.combination([(5, 1), (10, 1)])
        }
    }
}
