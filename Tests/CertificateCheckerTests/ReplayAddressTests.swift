// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Testing

@testable import CertificateChecker

/// Addresses of objects that are not made yet have no pointer: they would be null first and lead to an object later.
struct ReplayAddressTests {
    private func end(_ program: TestProgram, _ steps: Int, _ choices: [UInt8] = []) throws -> ReplayEnd {
        try ReplayableProgram(program.bytes()).replay(ReplayTests.run(steps, choices)).end
    }

    private func isInvalid(_ end: ReplayEnd) -> Bool {
        if case .invalid = end { return true }
        return false
    }

    private func address(ofBase base: UInt64) -> [UInt8] {
        let address = base << 36 + 1 << 35
        return (0..<8).map { UInt8(truncatingIfNeeded: address >> UInt64(8 * $0)) }
    }

    /// Null is base 0, the function 1, the object 2. No replay makes a base 2^20.
    @Test func loadsMakeNoPointersToObjectsToCome() throws {
        let program = TestProgram(
            objects: [.init(kind: 2, size: 8, owner: 0)],
            functions: [
                straight(
                    [.pointer],
                    [
                        .init(opcode: 24, target: 0),
                        .init(opcode: 20, a: .object(0), c: .integer(8)),
                        .init(opcode: 16, type: .pointer, result: 0, a: .object(0)),
                    ])
            ])
        for base: UInt64 in [0, 1, 2, 1 << 20, 1 << 21, 1 << 27] {
            #expect(try end(program, 4, address(ofBase: base)) == .returned, "base \(base)")
        }
        for base: UInt64 in [3, 4, 1 << 19, 1 << 20 - 1] {
            #expect(isInvalid(try end(program, 4, address(ofBase: base))), "base \(base)")
        }
        // The bytes alone are no pointer yet.
        #expect(try end(program, 2, address(ofBase: 3)) == .stepLimit)
    }

    @Test func choicesMakeNoPointersToObjectsToCome() throws {
        let program = TestProgram(functions: [straight([.pointer], [.init(opcode: 26, type: .pointer, result: 0)])])
        #expect(try end(program, 2, address(ofBase: 1)) == .returned)
        #expect(isInvalid(try end(program, 2, address(ofBase: 2))))
    }

    @Test func conversionsMakeNoPointersToObjectsToCome() throws {
        func program(_ base: Int128) -> TestProgram {
            TestProgram(functions: [
                straight([.pointer], [.init(opcode: 15, result: 0, a: .integer(base << 36 + 1 << 35))])
            ])
        }
        #expect(try end(program(1), 2) == .returned)
        #expect(isInvalid(try end(program(2), 2)))
    }

    /// Even where nothing reads it. All static objects are there from the beginning.
    @Test func unknownInitialPointersLeadToNoObjectsToCome() throws {
        let program = TestProgram(
            objects: [.init(kind: 0, size: 8, unknownPointers: [0]), .init(kind: 0, size: 8)],
            functions: [straight([], [])])
        #expect(try end(program, 1, address(ofBase: 3)) == .returned)
        #expect(isInvalid(try end(program, 1, address(ofBase: 4))))
    }
}
