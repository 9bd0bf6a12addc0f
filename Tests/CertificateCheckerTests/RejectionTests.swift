// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker
import Testing

/// One broken certificate for each family of rules.
struct RejectionTests {
    private func reason(_ sample: Sample) -> CheckFailure.Reason? {
        do {
            _ = try check(program: sample.program, certificate: sample.certificate)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test func sumThatMayOverflow() { #expect(reason(.addition(bits: 32)) == .unjustified) }
    @Test func divisorThatIsZero() { #expect(reason(.division(isGuarded: false)) == .unknownReference) }
    @Test func invariantThatIsNotInductive() { #expect(reason(.loop(bound: 8)) == .unjustified) }
    @Test func localThatWasNeverStored() { #expect(reason(.local(isStored: false)) == .unknownReference) }
    @Test func storeBehindItsObject() { #expect(reason(.local(offset: 4)) == .unjustified) }
    @Test func pointerThatMayBeNull() { #expect(reason(.nullCheck(mayBeNull: true)) == .unjustified) }
    @Test func secondFree() { #expect(reason(.heap(isTwice: true)) != nil) }
    @Test func heapWithoutNullCheck() { #expect(reason(.heap(isChecked: false)) != nil) }
    @Test func resultThatIsNotReturned() { #expect(reason(.call(result: 8)) == .unjustified) }
    @Test func callToTheSameLevel() { #expect(reason(.call(level: 1)) == .unjustified) }
    @Test func calleeThatDoesNotFit() { #expect(reason(.functionPointer(target: 5)) == .unjustified) }
    @Test func conversionThatChangesTheValue() { #expect(reason(.conversion(upper: 256)) == .unjustified) }
    @Test func fillThatEndsEarly() { #expect(reason(.filled(size: 3)) == .unjustified) }
    @Test func bitsOfTwoFilledBytes() { #expect(reason(.loadOfFilled(bit: 4)) == .unjustified) }
    @Test func initialDataThatDiffer() { #expect(reason(.globalData(value: 4)) == .unjustified) }
    @Test func floatBeyondTheInteger() { #expect(reason(.floatRange(value: 1e30)) == .unjustified) }
    @Test func floatThatIsNaN() { #expect(reason(.floatRange(value: .nan)) == .unjustified) }
    @Test func quotientBeyondItsCorners() { #expect(reason(.divisorOfBothSigns(bound: 9)) == .unjustified) }
    @Test func evenDivisor() { #expect(reason(.oddDivisor(constant: 2)) == .unjustified) }
    @Test func remainderOfSeveralQuotients() { #expect(reason(.remainderOfKnownQuotient(bits: 3)) == .unjustified) }
    @Test func oneObjectAsTwo() { #expect(reason(.differentObjects(.object(0), .object(0))) == .unjustified) }
    @Test func objectAndAnyPointer() { #expect(reason(.differentObjects(.object(0), .register(1))) == .unjustified) }
    @Test func onePointerAsTwo() { #expect(reason(.differentObjects(.register(1), .register(1))) == .unjustified) }
    @Test func caseBeyondItsRange() { #expect(reason(.switched(bound: 2)) == .unjustified) }

    /// A jump whose fact rests on more than its label says.
    @Test func labelThatIsTooSmall() {
        for (label, expected) in [(0, CheckFailure.Reason.label), (1, nil)] {
            let program = TestProgram(
                functions: [
                    .init(
                        registers: [.int32, .int32],
                        blocks: [
                            .init(
                                code: [
                                    .init(opcode: 26, result: 0),
                                    .init(opcode: 4, detail: 2, result: 1, a: .register(0), b: .integer(5)),
                                    .init(opcode: 27, a: .register(1), target: 0),
                                ], kind: 0, targets: [1]),
                            .init(kind: 4),
                        ])
                ], assumptions: ["x < 5"])
            let certificate = TestCertificate(
                labels: [[], [0]],
                nodes: [
                    .init(script: { out in
                        for byte: UInt8 in [1, 1, 1, 1, 3] { out.byte(byte) }
                        out.u(1)
                        out.fact(5)
                    }),
                    .init(block: 1, facts: [TestCertificate.linear([(0, 1)], 4, label: label)], script: { $0.byte(1) }),
                ])
            #expect(reason(Sample("label", program, certificate, [])) == expected)
        }
    }

    /// A write to an object that outlives the function must be in its effects.
    @Test func writeOutsideOfTheEffects() {
        let program = TestProgram(
            objects: [.init(kind: 0, size: 4)],
            functions: [straight([], [.init(opcode: 17, alignment: 4, a: .object(0), b: .integer(1))])])
        let cases: [((tag: Int, from: Int128?, to: Int128?), CheckFailure.Reason?)] = [
            ((4, 0, 31), CheckFailure.Reason.effects), ((4, 0, 32), nil), ((4, nil, nil), nil),
            ((4, 8, nil), CheckFailure.Reason.effects),
        ]
        for (range, expected) in cases {
            let certificate = TestCertificate(
                clones: [.init(written: [range])],
                nodes: [
                    .init(script: { out in
                        for byte: UInt8 in [1, 1, 1, 1] { out.byte(byte) }
                        for _ in 0..<2 {
                            out.byte(1)
                            out.none()
                        }
                        out.s(1)
                        out.byte(1)
                    })
                ])
            #expect(reason(Sample("effects", program, certificate, [])) == expected)
        }
    }

    /// A recursive clone's locals may be its callers': a single tag for them is refused.
    @Test func singleLocalOfARecursion() {
        let program = TestProgram(objects: [.init(kind: 2, size: 4, owner: 0)], functions: [straight([], [])])
        let certificate = TestCertificate(
            tags: [TestCertificate.localTag(0)], clones: [.init(isRecursive: true)],
            nodes: [.init(script: { $0.byte(1) })])
        #expect(reason(Sample("recursion", program, certificate, [])) == .illFormedCertificate)
    }

    @Test func twoTagsOfOneLocal() {
        let program = TestProgram(objects: [.init(kind: 2, size: 4, owner: 0)], functions: [straight([], [])])
        let certificate = TestCertificate(
            tags: [TestCertificate.localTag(0), TestCertificate.localTag(0)], nodes: [.init(script: { $0.byte(1) })])
        #expect(reason(Sample("tags", program, certificate, [])) == .illFormedCertificate)
    }

    /// Every first byte of a script but those of the rules, and every opcode but those of the program's form.
    @Test func rulesThatAreUnknown() {
        let program = TestProgram(functions: [straight([], [])])
        for rule in UInt8(0x20)...0xFF {
            let certificate = TestCertificate(nodes: [.init(script: { $0.byte(rule) })])
            #expect(reason(Sample("rule", program, certificate, [])) == .malformed, "\(rule)")
        }
        for opcode in UInt8(34)...0xFF {
            let program = TestProgram(functions: [straight([], [.init(opcode: opcode)])])
            let certificate = TestCertificate(nodes: [.init(script: { $0.byte(1) })])
            #expect(reason(Sample("opcode", program, certificate, [])) == .malformed, "\(opcode)")
        }
    }

    @Test func returnOfACloneThatDoesNotReturn() {
        let certificate = TestCertificate(clones: [.init(returns: false)], nodes: [.init(script: { $0.byte(1) })])
        #expect(reason(Sample("return", TestProgram(functions: [straight([], [])]), certificate, [])) == .unjustified)
    }

    @Test func edgeThatIsLeftOut() {
        let program = TestProgram(functions: [
            .init(
                registers: [.int32],
                blocks: [
                    .init(code: [.init(opcode: 26, result: 0)], kind: 1, operand: .register(0), targets: [1, 1]),
                    .init(kind: 4),
                ])
        ])
        let certificate = TestCertificate(nodes: [
            .init(script: { out in for byte: UInt8 in [1, 1, 2, 1] { out.byte(byte) } })
        ])
        #expect(reason(Sample("edge", program, certificate, [])) == .truncated)
    }

    @Test func numbersThatLeave128Bits() {
        let program = TestProgram(functions: [
            straight(
                [.int32, .int32],
                [
                    .init(opcode: 26, type: .int(128, true), result: 0),
                    .init(opcode: 2, detail: 2, type: .int(128, true), result: 1, a: .register(0), b: .integer(.max)),
                    .init(opcode: 2, detail: 2, type: .int(128, true), result: 1, a: .register(1), b: .integer(3)),
                ])
        ])
        let certificate = TestCertificate(nodes: [
            .init(script: { out in for byte: UInt8 in [1, 1, 0, 0, 1, 0, 0, 1] { out.byte(byte) } })
        ])
        #expect(reason(Sample("overflow", program, certificate, [])) == .overflow)
    }

    /// free(malloc(4)): the pointer may be null, so it is not certain that the object is gone.
    @Test func absenceBehindAFreeOfMaybeNull() {
        let program = TestProgram(functions: [
            straight(
                [.pointer],
                [.init(opcode: 22, alignment: 16, result: 0, c: .integer(4)), .init(opcode: 23, a: .register(0))])
        ])
        for (claimsAbsence, expected) in [(true, CheckFailure.Reason.unknownReference), (false, nil)] {
            let certificate = TestCertificate(
                tags: [
                    TestCertificate.heapTag(instruction: 0, partner: nil),
                    TestCertificate.heapTag(instruction: 0, partner: 4),
                ],
                clones: [.init(freed: [5], allocated: [5])],
                nodes: [
                    .init(
                        memory: [
                            { out in
                                out.byte(5)
                                out.u(5)
                                out.u(0)
                            }
                        ],
                        script: { out in
                            // Memory facts: 0 absent; 1 size, 2 alive, 3 raw, 4 absent if null; the free would add 5.
                            out.byte(1)
                            out.u(5)
                            out.id(0)
                            out.id(nil)
                            for _ in 0..<2 {
                                out.byte(1)
                                out.none()
                            }
                            for byte: UInt8 in [1, 1] { out.byte(byte) }
                            out.id(2)
                            out.fact(0)
                            out.fact(1)
                            if claimsAbsence {
                                for byte: UInt8 in [0x1b, 5] { out.byte(byte) }
                                out.u(5)
                                out.u(0)
                                out.byte(0)
                                out.u(5)
                            }
                            out.byte(1)
                        })
                ])
            #expect(reason(Sample("free", program, certificate, [])) == expected)
        }
    }
}
