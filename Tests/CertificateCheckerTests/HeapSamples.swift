// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension Sample {
    /// p = malloc(4); if (p) { *p = 1; free(p); }, and a second free if `isTwice`.
    static func heap(isTwice: Bool = false, isChecked: Bool = true, isMaybeNull: Bool = false) -> Sample {
        var code: [Code] = [
            .init(opcode: 17, alignment: 4, a: .register(0), b: .integer(1), site: 1),
            .init(opcode: 23, a: .register(0), site: 2),
        ]
        if isTwice { code.append(.init(opcode: 23, a: .register(0), site: 3)) }
        let program = TestProgram(functions: [
            .init(
                registers: [.pointer, .int32],
                blocks: [
                    .init(
                        code: [
                            .init(opcode: 22, alignment: 16, result: 0, c: .integer(4)),
                            .init(opcode: 5, detail: isChecked ? 1 : 0, result: 1, a: .register(0), b: .null),
                        ], kind: 1, operand: .register(1), targets: [1, 2]),
                    .init(code: code, kind: 4),
                    .init(kind: 4),
                ])
        ])
        // Tags: null, ended, freed, one function, then 4 many and 5 single.
        let certificate = TestCertificate(
            tags: [
                TestCertificate.heapTag(instruction: 0, partner: nil),
                TestCertificate.heapTag(instruction: 0, partner: 4),
            ],
            clones: [.init(written: [(5, nil, nil)], freed: [5], allocated: [5, 4])],
            nodes: [
                .init(
                    memory: [5, 4].map { tag in
                        { out in
                            out.byte(5)
                            out.u(tag)
                            out.u(0)
                        }
                    },
                    script: { out in
                        // Facts about memory: 0, 1 absent; 2 size, 3 alive, 4 raw. Linear: 0 and 1, 2 truth; 3 (4 false) guard;
                        // then p's bounds.
                        out.byte(1)
                        out.u(5)
                        out.id(0)
                        out.id(1)
                        for _ in 0..<2 {
                            out.byte(1)
                            out.none()
                        }
                        for byte: UInt8 in [1, 1, 2] { out.byte(byte) }
                        // The store: six claims, alive, size, bounds.
                        out.byte(1)
                        for _ in 0..<6 { out.byte(1) }
                        out.id(3)
                        out.id(2)
                        out.byte(0)
                        out.byte(1)
                        out.fact(3)
                        out.byte(1)
                        out.fact(4)
                        out.s(1)
                        func free(_ out: inout Bytes) {
                            for byte: UInt8 in [1, 1] { out.byte(byte) }
                            out.id(3)
                            out.fact(3)
                            out.fact(4)
                        }
                        free(&out)
                        if isTwice { free(&out) }
                        for byte: UInt8 in [1, 2, 1] { out.byte(byte) }
                    })
            ])
        return Sample(
            "heap", program, certificate,
            [
                "null-dereference proved", "use-after-free proved", "dangling-pointer proved",
                "out-of-bounds-write proved",
                "misaligned-access proved", "write-to-constant proved", "invalid-free proved",
            ])
    }

    /// void f(int *p) { *p = 1; } with p in {x}; x is a global. `claimed`: the claim that p is not null.
    static func nullCheck(mayBeNull: Bool = false) -> Sample {
        let program = TestProgram(
            objects: [.init(kind: 0, size: 4)],
            functions: [
                straight([], [.init(opcode: 29, list: [.object(0)], target: 1)]),
                .init(
                    registers: [.pointer], parameters: 1,
                    blocks: [
                        .init(code: [.init(opcode: 17, alignment: 4, a: .register(0), b: .integer(1))], kind: 4)
                    ]),
            ])
        // Tags: 0 null, 3 and 4 functions, 5 the global.
        let entries: [(tag: Int, lower: Int128?, upper: Int128?)] = [(5, 0, 0)]
        let certificate = TestCertificate(
            clones: [
                .init(function: 0, level: 1, written: [(5, 0, 32)]),
                .init(function: 1, level: 0, written: [(5, 0, 32)]),
            ],
            nodes: [
                .init(script: { out in
                    out.byte(1)
                    out.u(1)
                    out.byte(0)
                    out.byte(1)
                }),
                .init(
                    clone: 1, facts: [TestCertificate.targets(0, mayBeNull ? [(0, nil, nil)] + entries : entries)],
                    script: { out in
                        out.byte(1)
                        for _ in 0..<6 { out.byte(1) }
                        out.byte(1)
                        out.fact(0)
                        out.byte(1)
                        out.fact(1)
                        out.s(1)
                        out.byte(1)
                    }),
            ])
        return Sample(
            "null check", program, certificate,
            [
                "null-dereference proved", "use-after-free proved", "dangling-pointer proved",
                "out-of-bounds-write proved",
                "misaligned-access proved", "write-to-constant proved",
            ])
    }

    /// int f(void) { return 7; } assert(f() == result).
    static func call(result: Int128 = 7, level: Int = 0) -> Sample {
        let program = TestProgram(functions: [
            straight(
                [.int32, .int32],
                [
                    .init(opcode: 29, result: 0, target: 1),
                    .init(opcode: 4, detail: 0, result: 1, a: .register(0), b: .integer(7)),
                    .init(opcode: 28, detail: 18, a: .register(1)),
                ]),
            .init(registers: [], result: .int32, blocks: [.init(kind: 4, operand: .integer(7))]),
        ])
        let certificate = TestCertificate(
            clones: [
                .init(function: 0, level: 1),
                .init(
                    function: 1, level: level,
                    results: [TestCertificate.linear([(0, 1)], result), TestCertificate.linear([(0, -1)], -result)]),
            ],
            nodes: [
                .init(script: { out in
                    out.byte(1)
                    out.u(1)
                    for byte: UInt8 in [1, 1, 1, 2] { out.byte(byte) }
                    out.fact(0)
                    out.fact(1)
                    out.byte(1)
                }),
                .init(
                    clone: 1,
                    script: { out in
                        out.byte(1)
                        out.none()
                        out.none()
                    }),
            ])
        return Sample("call", program, certificate, ["assertion proved"])
    }

    /// A call through a pointer with one target.
    static func functionPointer(target: Int = 4) -> Sample {
        let program = TestProgram(functions: [
            straight(
                [.pointer],
                [
                    .init(opcode: 0, result: 0, a: .function(target - 3)), .init(opcode: 30, a: .register(0)),
                ]),
            straight([], []),
            .init(registers: [.int32], parameters: 1, blocks: [.init(kind: 4)]),
        ])
        let certificate = TestCertificate(
            clones: [.init(function: 0, level: 1), .init(function: 1)],
            nodes: [
                .init(script: { out in
                    for byte: UInt8 in [1, 1, 1, 1] { out.byte(byte) }
                    out.u(1)
                    out.byte(1)
                }),
                .init(clone: 1, script: { $0.byte(1) }),
            ])
        return Sample("function pointer", program, certificate, ["null-dereference proved", "invalid-call proved"])
    }
}
