// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Programs whose proofs need to know at a node, or behind a call, what memory holds.
extension Sample {
    /// The hint of an access of a named object, at offset 0.
    static let named: [ScriptPart] = [1, 1, 1, 1, 1, .none, 1, .none, .signed(1)]

    /// g = x of any byte x; then perhaps `between`; at a node g is known to be x: assert(g == x).
    static func storedPlace(
        place: TestCertificate.Part? = nil, label: Int = 0, difference: Int128 = 0, between: [Code] = [],
        _ hints: [ScriptPart] = []
    ) -> Sample {
        let program = TestProgram(
            objects: [.init(kind: 0, size: 4)],
            functions: [
                .init(
                    registers: [.int32, .int32, .int32],
                    blocks: [
                        .init(
                            code: [
                                .init(opcode: 26, type: .int(8, false), result: 0),
                                .init(opcode: 17, alignment: 4, a: .object(0), b: .register(0)),
                            ] + between, kind: 0, targets: [1]),
                        .init(
                            code: [
                                .init(opcode: 16, alignment: 4, result: 1, a: .object(0), site: 1),
                                .init(opcode: 4, detail: 0, result: 2, a: .register(1), b: .register(0)),
                                .init(opcode: 28, detail: 18, a: .register(2), site: 2),
                            ], kind: 4),
                    ])
            ], assumptions: ["memory changes"])
        let certificate = TestCertificate(
            labels: [[], [0]], clones: [.init(everything: true)],
            nodes: [
                script([1] + named + hints + [1, 3, 1, .none, .none]),
                // Number 3 is the place; x - g <= 0 and g - x <= 0.
                .init(
                    block: 1, places: [place ?? TestCertificate.cell(4, label: label)],
                    facts: [
                        TestCertificate.linear([(0, 1), (3, -1)], difference),
                        TestCertificate.linear([(0, -1), (3, 1)], -difference),
                    ],
                    script: { out in
                        written(named + [1, 1, 1, 1, 2])(&out)
                        // With a label what is loaded is a symbol s that equals the place under it: facts 2 and 3.
                        out.combination(label == 0 ? [(1, 1)] : [(1, 1), (2, 1)])
                        out.combination(label == 0 ? [(0, 1)] : [(0, 1), (3, 1)])
                        out.byte(1)
                    }),
            ])
        return Sample(
            "place of a node", program, certificate,
            [
                "out-of-bounds-write proved", "misaligned-access proved", "write-to-constant proved",
                "out-of-bounds-read proved", "misaligned-access proved", "uninitialized-read proved",
                "assertion proved",
            ])
    }

    /// void f(void) { assert(g == 5); g = 7; }; g = 5; f(); assert(g == 7).
    static func calledPlace(entry: Int128 = 5, exit: Int128 = 7) -> Sample {
        let program = TestProgram(
            objects: [.init(kind: 0, size: 4)],
            functions: [
                straight(
                    [.int32, .int32],
                    [.init(opcode: 17, alignment: 4, a: .object(0), b: .integer(5)), .init(opcode: 29, target: 1)]
                        + assertion(of: 7)),
                straight(
                    [.int32, .int32],
                    assertion(of: 5) + [.init(opcode: 17, alignment: 4, a: .object(0), b: .integer(7), site: 3)]),
            ])
        func equal(_ register: Int, _ value: Int128) -> [TestCertificate.Part] {
            [TestCertificate.linear([(register, 1)], value), TestCertificate.linear([(register, -1)], -value)]
        }
        let asserted = named + [1, 1, 1, 1, 2, .fact(0), .fact(1)]
        let certificate = TestCertificate(
            clones: [
                .init(function: 0, level: 1, written: [(5, 0, 32)]),
                .init(
                    function: 1, places: [TestCertificate.cell(5)], results: equal(3, exit), written: [(5, 0, 32)]),
            ],
            nodes: [
                script(named + [1, 1, .none, .none] + asserted + [1]),
                .init(
                    clone: 1, places: [TestCertificate.cell(5)], facts: equal(2, entry),
                    script: written(asserted + named + [1, .none, .none])),
            ])
        return Sample(
            "place behind a call", program, certificate,
            ["out-of-bounds-write", "misaligned-access", "write-to-constant"].map { "\($0) proved" }
                + Array(
                    repeating: ["out-of-bounds-read", "misaligned-access", "uninitialized-read", "assertion"], count: 2
                ).joined().map { "\($0) proved" }
                + ["out-of-bounds-write", "misaligned-access", "write-to-constant"].map { "\($0) proved" })
    }

    /// r0 = g; r1 = r0 == value; assert(r1).
    private static func assertion(of value: Int128) -> [Code] {
        [
            .init(opcode: 16, alignment: 4, result: 0, a: .object(0), site: 1),
            .init(opcode: 4, detail: 0, result: 1, a: .register(0), b: .integer(value)),
            .init(opcode: 28, detail: 18, a: .register(1), site: 2),
        ]
    }

    /// int *h = &g, double d = 1.5; at a node: *h = 1; r = (int)d. Of h and d the node has places.
    static func placesOfEachClass(target: Int = 5, upper: Double = 2) -> Sample {
        let program = TestProgram(
            objects: [.init(kind: 0, size: 8), .init(kind: 0, size: 4), .init(kind: 0, size: 8)],
            functions: [
                .init(
                    registers: [.pointer, .double, .int32],
                    blocks: [
                        .init(
                            code: [
                                .init(opcode: 17, alignment: 4, type: .pointer, a: .object(0), b: .object(1)),
                                .init(opcode: 17, alignment: 4, type: .double, a: .object(2), b: .float(1.5)),
                            ], kind: 0, targets: [1]),
                        .init(
                            code: [
                                .init(opcode: 16, alignment: 4, type: .pointer, result: 0, a: .object(0), site: 1),
                                .init(opcode: 17, alignment: 4, a: .register(0), b: .integer(1), site: 2),
                                .init(opcode: 16, alignment: 4, type: .double, result: 1, a: .object(2), site: 1),
                                .init(opcode: 11, type: .int(2, false), result: 2, a: .register(1), site: 3),
                            ], kind: 4),
                    ])
            ])
        // Tags: 3 the function, 4 h, 5 g, 6 d. Numbers: 3 what h holds, 4 what d holds.
        let range: TestCertificate.Part = { out in
            out.byte(3)
            out.u(4)
            for end in [1, upper] {
                for shift in 0..<8 { out.byte(UInt8(truncatingIfNeeded: end.bitPattern >> UInt64(8 * shift))) }
            }
            out.byte(0)
            out.u(0)
        }
        let certificate = TestCertificate(
            clones: [.init(written: [(4, nil, nil), (5, nil, nil), (6, nil, nil)])],
            nodes: [
                script(named + named + [1, 3, 1, 0, 0]),
                .init(
                    block: 1, places: [TestCertificate.cell(4, type: [1]), TestCertificate.cell(6, type: [2, 1])],
                    facts: [TestCertificate.targets(3, [(target, 0, 0)]), range],
                    script: written(
                        named + [1, 1, 1, 1, 1, 1, 1, 1, 1, .fact(0), 1, .fact(1), .signed(1)] + named + [1, 1, 1, 1])),
            ])
        return Sample(
            "places of each class", program, certificate,
            [
                "out-of-bounds-write", "misaligned-access", "write-to-constant", "out-of-bounds-read",
                "misaligned-access", "uninitialized-read", "null-dereference", "use-after-free", "dangling-pointer",
                "out-of-bounds-write", "misaligned-access", "write-to-constant", "float-to-int",
            ].map { "\($0) proved" })
    }
}
