// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension Sample {
    /// (unsigned char) x of an int in 0...upper, exact.
    static func conversion(upper: Int128 = 255) -> Sample {
        let program = TestProgram(functions: [
            straight(
                [.int32, .int32, .int32],
                [
                    .init(opcode: 26, type: .int(8, false), result: 0),
                    .init(opcode: 3, type: .int(8, upper > 255), result: 1, a: .register(0)),
                    .init(opcode: 4, detail: 3, result: 2, a: .register(1), b: .integer(255)),
                    .init(opcode: 28, detail: 18, a: .register(2)),
                ])
        ])
        let certificate = TestCertificate(nodes: [
            .init(script: { out in
                for byte: UInt8 in [1, 1, 0] { out.byte(byte) }
                out.s(0)
                out.fact(0)
                out.fact(1)
                for byte: UInt8 in [1, 1, 1, 2] { out.byte(byte) }
                out.fact(0)
                out.byte(1)
            })
        ])
        return Sample("conversion", program, certificate, ["assertion proved"])
    }

    /// char a[4]; memset(a, 0, size); probe(a, 4).
    static func filled(size: Int = 4) -> Sample {
        let program = TestProgram(
            objects: [.init(kind: 2, size: 4, owner: 0)],
            functions: [
                straight(
                    [],
                    [
                        .init(opcode: 24, target: 0),
                        .init(opcode: 19, a: .object(0), b: .integer(0), c: .integer(Int128(size)), site: 1),
                        .init(opcode: 21, a: .object(0), c: .integer(4), site: 2),
                    ])
            ])
        let certificate = TestCertificate(
            tags: [TestCertificate.localTag(0)],
            nodes: [
                .init(script: { out in
                    out.byte(1)
                    for _ in 0..<2 {
                        for byte: UInt8 in [1, 1, 1] { out.byte(byte) }
                        for _ in 0..<2 {
                            out.byte(1)
                            out.none()
                        }
                        out.s(1)
                    }
                    // Memory facts: 0 raw, cut; 1 (2 if some of it stays) initialised.
                    out.byte(0)
                    out.u(1)
                    out.byte(0)
                    out.u(size == 4 ? 1 : 2)
                    out.byte(1)
                })
            ])
        return Sample(
            "filled", program, certificate,
            [
                "out-of-bounds-write proved", "write-to-constant proved", "out-of-bounds-read proved",
                "uninitialized-read proved",
            ])
    }

    /// struct { unsigned : bit, x : 8; } s; memset(&s, 0x12, 4); assert(s.x <= 0x12).
    static func loadOfFilled(bit: UInt8 = 0) -> Sample {
        let program = TestProgram(
            objects: [.init(kind: 2, size: 4, owner: 0)],
            functions: [
                straight(
                    [.int(8, false), .int32],
                    [
                        .init(opcode: 24, target: 0),
                        .init(opcode: 19, a: .object(0), b: .integer(0x12), c: .integer(4), site: 1),
                        .init(opcode: 16, bit: bit, type: .int(8, false), result: 0, a: .object(0), site: 2),
                        .init(opcode: 4, detail: 3, result: 1, a: .register(0), b: .integer(0x12)),
                        .init(opcode: 28, detail: 18, a: .register(1), site: 3),
                    ])
            ])
        let certificate = TestCertificate(
            tags: [TestCertificate.localTag(0)],
            nodes: [
                .init(script: { out in
                    out.byte(1)
                    for claims in [2, 3] {
                        for _ in 0...claims { out.byte(1) }
                        for _ in 0..<2 {
                            out.byte(1)
                            out.none()
                        }
                        out.s(1)
                    }
                    // The value from the bytes: memory fact 2, behind raw and initialised.
                    out.byte(4)
                    out.u(2)
                    out.byte(1)
                    out.optional(0x12)
                    out.optional(0x12)
                    out.s(1)
                    out.s(0)
                    for byte: UInt8 in [1, 1, 1, 2] { out.byte(byte) }
                    out.fact(0)
                    out.byte(1)
                })
            ])
        return Sample(
            "load of filled", program, certificate,
            [
                "out-of-bounds-write proved", "write-to-constant proved", "out-of-bounds-read proved",
                "misaligned-access proved", "uninitialized-read proved", "assertion proved",
            ])
    }

    /// int g[2] = {3, 0}; assert(g[0] <= 3) from the initial data.
    static func globalData(value: Int128 = 3, isConstant: Bool = false) -> Sample {
        let program = TestProgram(
            objects: [.init(kind: 0, size: 8, cells: [(Int128(0), value)])],
            functions: [
                straight(
                    [.int32, .int32],
                    [
                        .init(opcode: 16, alignment: 4, result: 0, a: .object(0)),
                        .init(opcode: 4, detail: 3, result: 1, a: .register(0), b: .integer(3)),
                        .init(opcode: 28, detail: 18, a: .register(1)),
                    ])
            ])
        let certificate = TestCertificate(nodes: [
            .init(
                memory: [TestCertificate.cells(4, 0, count: 2, 0, 3)],
                script: { out in
                    for byte: UInt8 in [1, 1, 1, 1] { out.byte(byte) }
                    for _ in 0..<2 {
                        out.byte(1)
                        out.none()
                    }
                    out.s(1)
                    out.byte(2)
                    out.u(1)
                    out.u(0)
                    out.byte(1)
                    out.optional(0)
                    out.optional(3)
                    out.s(1)
                    out.s(0)
                    for byte: UInt8 in [1, 1, 1, 2] { out.byte(byte) }
                    out.fact(0)
                    out.byte(1)
                })
        ])
        return Sample(
            "global data", program, certificate,
            [
                "out-of-bounds-read proved", "misaligned-access proved", "uninitialized-read proved",
                "assertion proved",
            ])
    }

    /// (int) (1.5 + x) of constants.
    static func floatRange(value: Double = 2) -> Sample {
        let program = TestProgram(functions: [
            straight(
                [.double, .int32],
                [
                    .init(opcode: 7, detail: 0, type: .double, result: 0, a: .float(1.5), b: .float(value)),
                    .init(opcode: 11, result: 1, a: .register(0)),
                ])
        ])
        let certificate = TestCertificate(nodes: [
            .init(script: { out in for byte: UInt8 in [1, 1, 1, 1] { out.byte(byte) } })
        ])
        return Sample("float range", program, certificate, ["float-to-int proved"])
    }

    /// switch (x) { case 1 ... 3: assert(x <= bound); }
    static func switched(bound: Int128 = 3) -> Sample {
        let program = TestProgram(functions: [
            .init(
                registers: [.int32, .int32],
                blocks: [
                    .init(
                        code: [.init(opcode: 26, result: 0)], kind: 2, operand: .register(0), targets: [1, 2],
                        cases: [(1, 3)]),
                    .init(
                        code: [
                            .init(opcode: 4, detail: 3, result: 1, a: .register(0), b: .integer(bound)),
                            .init(opcode: 28, detail: 18, a: .register(1)),
                        ], kind: 4),
                    .init(kind: 4),
                ])
        ])
        let certificate = TestCertificate(nodes: [
            .init(script: { out in
                for byte: UInt8 in [1, 1, 2, 1, 1, 1, 2] { out.byte(byte) }
                out.fact(2)
                for byte: UInt8 in [1, 2, 1] { out.byte(byte) }
            })
        ])
        return Sample("switch", program, certificate, ["assertion proved"])
    }
}
