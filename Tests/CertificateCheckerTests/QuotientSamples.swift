// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// Quotients and remainders, and comparisons of bases.
extension Sample {
    /// q = 10 / x of any x, assert(q <= bound): behind the division x is not 0, if the alarm about that holds.
    static func divisorOfBothSigns(bound: Int128 = 10) -> Sample {
        let program = TestProgram(functions: [
            straight(
                [.int32, .int32, .int32],
                [
                    .init(opcode: 26, result: 0),
                    .init(opcode: 2, detail: 3, result: 1, a: .integer(10), b: .register(0)),
                    .init(opcode: 4, detail: 3, result: 2, a: .register(1), b: .integer(bound)),
                    .init(opcode: 28, detail: 18, a: .register(2)),
                ])
        ])
        let certificate = TestCertificate(nodes: [
            .init(script: { out in
                // Linear facts: 0, 1 the bounds of x; 2, 3 those of q.
                for byte: UInt8 in [1, 1, 0, 0] { out.byte(byte) }
                out.none()
                out.none()
                out.fact(0)
                out.fact(1)
                out.byte(1)
                out.fact(2)
                out.fact(3)
                for byte: UInt8 in [1, 1, 1, 2] { out.byte(byte) }
                out.fact(2)
                out.byte(1)
            })
        ])
        return Sample(
            "divisor of both signs", program, certificate,
            [
                "division-by-zero unproved", "signed-overflow proved 0", "assertion proved 0",
            ])
    }

    /// 10 / (2x + constant), which is odd.
    static func oddDivisor(constant: Int128 = 1) -> Sample {
        let program = TestProgram(functions: [
            straight(
                [.int32, .int32, .int32],
                [
                    .init(opcode: 26, result: 0),
                    .init(opcode: 1, result: 1, a: .integer(constant), list: [.integer(2), .register(0)]),
                    .init(opcode: 2, detail: 3, result: 2, a: .integer(10), b: .register(1)),
                ])
        ])
        let certificate = TestCertificate(nodes: [
            .init(script: { out in
                for byte: UInt8 in [1, 1, 1, 1, 4] { out.byte(byte) }
                out.s(2)
                out.u(0)
                for byte: UInt8 in [1, 0, 1] { out.byte(byte) }
            })
        ])
        return Sample("odd divisor", program, certificate, ["division-by-zero proved", "signed-overflow unproved"])
    }

    /// r = x % 4 of an unsigned x of so many bits, assert(r <= 3) because r is x.
    static func remainderOfKnownQuotient(bits: UInt8 = 2) -> Sample {
        let program = TestProgram(functions: [
            straight(
                [.int32, .int32, .int32],
                [
                    .init(opcode: 26, type: .int(bits, false), result: 0),
                    .init(opcode: 2, detail: 4, result: 1, a: .register(0), b: .integer(4)),
                    .init(opcode: 4, detail: 3, result: 2, a: .register(1), b: .integer(3)),
                    .init(opcode: 28, detail: 18, a: .register(2)),
                ])
        ])
        let certificate = TestCertificate(nodes: [
            .init(script: { out in
                for byte: UInt8 in [1, 1, 1, 3, 1, 1] { out.byte(byte) }
                out.none()
                out.byte(3)
                out.fact(0)
                out.fact(1)
                out.none()
                out.none()
                for byte: UInt8 in [1, 1, 1, 2] { out.byte(byte) }
                out.fact(0)
                out.byte(1)
            })
        ])
        return Sample(
            "remainder", program, certificate,
            [
                "division-by-zero proved", "signed-overflow proved", "assertion proved",
            ])
    }

    /// assert(two pointers are to different objects).
    static func differentObjects(_ a: TestProgram.Operand = .object(0), _ b: TestProgram.Operand = .object(1)) -> Sample
    {
        let program = TestProgram(
            objects: [.init(kind: 0, size: 4), .init(kind: 0, size: 4)],
            functions: [
                straight(
                    [.int32, .pointer],
                    [
                        .init(opcode: 26, type: .pointer, result: 1),
                        .init(opcode: 5, detail: 1, flags: 4, result: 0, a: a, b: b),
                        .init(opcode: 28, detail: 18, a: .register(0)),
                    ])
            ])
        let certificate = TestCertificate(nodes: [
            .init(script: { out in
                for byte: UInt8 in [1, 1, 0x13] { out.byte(byte) }
                // Symbols: 2 the offset of the havoc, 3 the truth value; linear facts: 0, 1 its bounds.
                out.u(3)
                for byte: UInt8 in [1, 1, 0] { out.byte(byte) }
                out.fact(2)
                out.byte(1)
            })
        ])
        return Sample("different objects", program, certificate, ["assertion proved"])
    }
}
