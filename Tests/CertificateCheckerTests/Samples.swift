// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker

/// Programs with a certificate that the checker accepts; tests break them in one place each.
struct Sample: Sendable, CustomStringConvertible {
    var description: String
    var program: [UInt8]
    var certificate: [UInt8]
    /// Kind and verdict of each obligation, in order.
    var verdicts: [String]

    init(_ name: String, _ program: TestProgram, _ certificate: TestCertificate, _ verdicts: [String]) {
        description = name
        self.program = program.bytes()
        self.certificate = certificate.bytes()
        self.verdicts = verdicts
    }

    static let all = [
        addition(), division(), loop(), local(), assertionUnderAssumption(), deadUnderAssumption(), nullCheck(), heap(),
        call(),
        conversion(), filled(), loadOfFilled(), globalData(), floatRange(), functionPointer(), switched(),
        divisorOfBothSigns(), oddDivisor(), remainderOfKnownQuotient(), differentObjects(),
        storedPlace(), calledPlace(), placesOfEachClass(),
        relationalLoop(isInMemory: true, isChecked: false), relationBehindAnAccess(), relationOfObjectSize(),
        segmentLoop(),
    ]
}

typealias Code = TestProgram.Instruction

/// A function of one block that returns nothing.
func straight(_ registers: [TestProgram.Scalar], _ code: [Code]) -> TestProgram.Function {
    .init(registers: registers, blocks: [.init(code: code, kind: 4)])
}

extension Sample {
    /// 0...255 + 1 fits an int. Symbols: 2 is the havoc.
    static func addition(bits: UInt8 = 8) -> Sample {
        let program = TestProgram(functions: [
            straight(
                [.int32, .int32],
                [
                    .init(opcode: 26, type: .int(bits, false), result: 0),
                    .init(opcode: 2, detail: 0, result: 1, a: .register(0), b: .integer(1)),
                ])
        ])
        let certificate = TestCertificate(nodes: [
            .init(script: { out in
                out.byte(1)
                out.byte(1)
                out.byte(1)
                out.fact(0)
                out.fact(1)
                out.byte(1)
            })
        ])
        return Sample("addition", program, certificate, ["signed-overflow proved"])
    }

    /// if (x != 0) 10 / x, with the exclusion that the branch gives; the quotient is not shown to fit.
    static func division(isGuarded: Bool = true) -> Sample {
        let program = TestProgram(functions: [
            .init(
                registers: [.int32, .int32],
                blocks: [
                    .init(
                        code: [.init(opcode: 26, result: 0)], kind: 1, operand: .register(0),
                        targets: isGuarded ? [1, 2] : [2, 1]),
                    .init(code: [.init(opcode: 2, detail: 3, result: 1, a: .integer(10), b: .register(0))], kind: 4),
                    .init(kind: 4),
                ])
        ])
        let certificate = TestCertificate(nodes: [
            .init(script: { out in
                func divide(_ out: inout Bytes) {
                    out.byte(2)
                    out.byte(1)
                    for byte: UInt8 in [1, 2] { out.byte(byte) }
                    out.u(0)
                    for byte: UInt8 in [1, 0, 1] { out.byte(byte) }
                }
                for byte: UInt8 in [1, 1] { out.byte(byte) }
                if isGuarded {
                    divide(&out)
                    for byte: UInt8 in [2, 1] { out.byte(byte) }
                } else {
                    for byte: UInt8 in [2, 1] { out.byte(byte) }
                    divide(&out)
                }
            })
        ])
        return Sample("division", program, certificate, ["division-by-zero proved", "signed-overflow unproved"])
    }

    /// for (i = 0; i < 10; i++); node 1 is the loop's head with 0 <= i <= bound.
    static func loop(bound: Int128 = 10) -> Sample {
        let program = TestProgram(functions: [
            .init(
                registers: [.int32, .int32],
                blocks: [
                    .init(code: [.init(opcode: 0, result: 0, a: .integer(0))], kind: 0, targets: [1]),
                    .init(
                        code: [.init(opcode: 4, detail: 2, result: 1, a: .register(0), b: .integer(10))], kind: 1,
                        operand: .register(1), targets: [2, 3]),
                    .init(
                        code: [.init(opcode: 2, detail: 0, result: 0, a: .register(0), b: .integer(1))], kind: 0,
                        targets: [1]),
                    .init(kind: 4),
                ])
        ])
        let certificate = TestCertificate(nodes: [
            .init(script: { out in
                for byte: UInt8 in [1, 1, 3] { out.byte(byte) }
                out.u(1)
                out.none()
                out.none()
            }),
            .init(
                block: 1, facts: [TestCertificate.linear([(0, 1)], bound), TestCertificate.linear([(0, -1)], 0)],
                script: { out in
                    // Facts: 0, 1 the node's; 2, 3 the truth value's bounds; 4 it is 1; 5 i <= 9.
                    for byte: UInt8 in [1, 1, 2, 1, 1] { out.byte(byte) }
                    out.fact(5)
                    out.fact(1)
                    for byte: UInt8 in [1, 3] { out.byte(byte) }
                    out.u(1)
                    out.fact(5)
                    out.fact(1)
                    for byte: UInt8 in [2, 1] { out.byte(byte) }
                }),
        ])
        return Sample("loop", program, certificate, ["signed-overflow proved"])
    }

    /// int x; x = 5; assert(x == 5). `isStored` leaves the store out.
    static func local(isStored: Bool = true, offset: Int128 = 0) -> Sample {
        var code = [Code(opcode: 24, target: 0)]
        if isStored {
            code.append(.init(opcode: 17, alignment: 4, a: .object(0), b: .integer(5), immediate: offset, site: 1))
        }
        code += [
            .init(opcode: 16, alignment: 4, result: 0, a: .object(0), site: 2),
            .init(opcode: 4, detail: 0, result: 1, a: .register(0), b: .integer(5)),
            .init(opcode: 28, detail: 18, a: .register(1), site: 3),
        ]
        let program = TestProgram(
            objects: [.init(kind: 2, size: 4, owner: 0)], functions: [straight([.int32, .int32], code)])
        let certificate = TestCertificate(
            tags: [TestCertificate.localTag(0)],
            nodes: [
                .init(script: { out in
                    func access(_ claims: Int) {
                        out.byte(1)
                        for _ in 0..<claims { out.byte(1) }
                        out.byte(1)
                        out.none()
                        out.byte(1)
                        out.none()
                        out.s(1)
                    }
                    out.byte(1)
                    if isStored { access(3) }
                    access(3)
                    out.byte(1)
                    out.byte(1)
                    for byte: UInt8 in [1, 1, 2] { out.byte(byte) }
                    out.none()
                    out.none()
                    out.byte(1)
                })
            ])
        return Sample(
            "local", program, certificate,
            [
                "out-of-bounds-write proved", "misaligned-access proved", "write-to-constant proved",
                "out-of-bounds-read proved",
                "misaligned-access proved", "uninitialized-read proved", "assertion proved",
            ])
    }

    /// assume(x != 0) under assumption 0; then assert(x).
    static func assertionUnderAssumption() -> Sample {
        let program = TestProgram(
            functions: [
                straight(
                    [.int32],
                    [
                        .init(opcode: 26, result: 0), .init(opcode: 27, a: .register(0), target: 0),
                        .init(opcode: 28, detail: 18, a: .register(0)),
                    ])
            ], assumptions: ["x is not 0"])
        let certificate = TestCertificate(nodes: [
            .init(script: { out in
                for byte: UInt8 in [1, 1, 1, 1, 3] { out.byte(byte) }
                out.u(0)
                out.byte(1)
            })
        ])
        return Sample("assertion under an assumption", program, certificate, ["assertion proved 0"])
    }

    /// assume(0) under assumption 0: nothing behind it is reached, if the assumption holds.
    static func deadUnderAssumption() -> Sample {
        let program = TestProgram(
            functions: [
                straight(
                    [.int32],
                    [
                        .init(opcode: 27, a: .integer(0), target: 0), .init(opcode: 28, detail: 18, a: .integer(0)),
                    ])
            ], assumptions: ["never"])
        let certificate = TestCertificate(nodes: [
            .init(script: { out in
                for byte: UInt8 in [1, 0] { out.byte(byte) }
                out.fact(0)
            })
        ])
        return Sample("dead under an assumption", program, certificate, ["assertion unreachable 0"])
    }
}
