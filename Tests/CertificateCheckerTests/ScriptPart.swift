// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker

/// Part of a script: a byte, a derivation that names one linear fact or none, a number, other bytes.
enum ScriptPart: ExpressibleByIntegerLiteral {
    case byte(UInt8), fact(Int), none, signed(Int128), bytes([UInt8])

    init(integerLiteral value: UInt8) { self = .byte(value) }
}

/// A node without facts.
func script(_ parts: [ScriptPart]) -> TestCertificate.Node { .init(script: written(parts)) }

func written(_ parts: [ScriptPart]) -> TestCertificate.Part {
    { out in
        for part in parts {
            switch part {
            case .byte(let value): out.byte(value)
            case .fact(let number): out.fact(number)
            case .none: out.none()
            case .signed(let value): out.s(value)
            case .bytes(let bytes): out.raw(bytes)
            }
        }
    }
}

/// Why the checker rejects; nil if it accepts.
func reason(_ program: TestProgram, _ certificate: TestCertificate) -> CheckFailure.Reason? {
    do {
        _ = try check(program: program.bytes(), certificate: certificate.bytes())
        return nil
    } catch {
        return error.reason
    }
}

/// x = any of a type, y = factor * x + constant; then `code`.
func program(
    _ type: TestProgram.Scalar, factor: Int128 = 1, constant: Int128 = 0, objects: [TestProgram.Object] = [],
    registers: [TestProgram.Scalar] = [], assumptions: [String] = [], _ code: [Code]
) -> TestProgram {
    TestProgram(
        objects: objects,
        functions: [
            straight(
                [.int32, .int32] + registers,
                [
                    .init(opcode: 26, type: type, result: 0),
                    .init(opcode: 1, result: 1, a: .integer(constant), list: [.integer(factor), .register(0)]),
                ] + code)
        ], assumptions: assumptions)
}
