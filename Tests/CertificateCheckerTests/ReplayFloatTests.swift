// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Testing

@testable import CertificateChecker

/// Floats in registers and cells of another format: the value stays what it is, or the run ends there.
struct ReplayFloatTests {
    private func end(_ program: TestProgram, _ steps: Int) throws -> ReplayEnd {
        try ReplayableProgram(program.bytes()).replay(ReplayTests.run(steps)).end
    }

    private func isLimit(_ end: ReplayEnd) -> Bool {
        if case .limit = end { return true }
        return false
    }

    #if arch(x86_64) || arch(i386)
    /// A number as an extended80, maybe moved into a register of binary64, is stored and loaded as a binary64.
    private func storing(_ number: Int128, isMoved: Bool) -> TestProgram {
        TestProgram(
            objects: [.init(kind: 2, size: 8, owner: 0)],
            functions: [
                straight(
                    [.extended, .double, .int32, .int32],
                    [
                        .init(opcode: 10, type: .extended, result: 0, a: .integer(number)),
                        .init(opcode: 0, result: 1, a: isMoved ? .register(0) : .float(7)),
                        .init(opcode: 24, target: 0),
                        .init(opcode: 17, type: .double, a: .object(0), b: .register(isMoved ? 1 : 0)),
                        .init(opcode: 16, type: .double, result: 1, a: .object(0)),
                        .init(opcode: 11, type: .int(64, true), result: 2, a: .register(1)),
                        .init(opcode: 4, detail: 0, result: 3, a: .register(2), b: .integer(number)),
                        .init(opcode: 28, detail: 18, a: .register(3)),
                    ])
            ])
    }

    @Test(arguments: [false, true]) func anExtendedNumberIsStoredInTheFormatOfTheCell(_ isMoved: Bool) throws {
        #expect(try end(storing(1, isMoved: isMoved), 9) == .returned)
        #expect(try end(storing(1 << 53, isMoved: isMoved), 9) == .returned)
        #expect(isLimit(try end(storing(1 << 53 + 1, isMoved: isMoved), 9)))
    }

    @Test func aConstantIsPassedInTheFormatOfTheParameter() throws {
        let program = TestProgram(functions: [
            straight(
                [.pointer],
                [
                    .init(opcode: 0, result: 0, a: .function(1)),
                    .init(opcode: 30, a: .register(0), list: [.float(1)]),
                ]),
            .init(
                registers: [.extended, .int32, .int32], parameters: 1,
                blocks: [
                    .init(
                        code: [
                            .init(opcode: 11, result: 1, a: .register(0)),
                            .init(opcode: 4, detail: 0, result: 2, a: .register(1), b: .integer(1)),
                            .init(opcode: 28, detail: 18, a: .register(2)),
                        ], kind: 4)
                ]),
        ])
        #expect(try end(program, 7) == .returned)
    }
    #endif

    @Test func aNumberThatTheCellDoesNotHaveIsNotRounded() throws {
        func program(_ number: Double) -> TestProgram {
            TestProgram(
                objects: [.init(kind: 2, size: 4, owner: 0)],
                functions: [
                    straight(
                        [],
                        [
                            .init(opcode: 24, target: 0),
                            .init(opcode: 17, type: .single, a: .object(0), b: .float(number)),
                        ])
                ])
        }
        for number in [0.5, -.infinity, .nan] { #expect(try end(program(number), 3) == .returned) }
        #expect(isLimit(try end(program(0.1), 3)))
    }
}
