// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker
import Testing

/// Single conditions of rules: the last number that is accepted, and the first that is not.
struct ConditionTests {
    // MARK: True hints

    @Test func positiveValues() {
        for (constant, expected) in [(0, .unjustified), (1, nil)] as [(Int128, CheckFailure.Reason?)] {
            let program = program(.int(2, false), constant: constant, [.init(opcode: 28, detail: 18, a: .register(1))])
            let certificate = TestCertificate(nodes: [script([1, 1, 1, 1, 0, .fact(1), 1])])
            #expect(reason(program, certificate) == expected, "\(constant)")
        }
    }

    @Test func negativeValues() {
        for (constant, expected) in [(3, .unjustified), (-4, nil)] as [(Int128, CheckFailure.Reason?)] {
            let program = program(.int(2, false), constant: constant, [.init(opcode: 28, detail: 18, a: .register(1))])
            let certificate = TestCertificate(nodes: [script([1, 1, 1, 1, 1, .fact(0), 1])])
            #expect(reason(program, certificate) == expected, "\(constant)")
        }
    }

    /// y != 5 because y is less, or because it is greater.
    @Test func unequalValues() {
        let cases: [(constant: Int128, hint: UInt8, fact: Int, CheckFailure.Reason?)] = [
            (1, 0, 0, nil), (2, 0, 0, .unjustified), (6, 1, 1, nil), (5, 1, 1, .unjustified),
        ]
        for (constant, hint, fact, expected) in cases {
            let program = program(
                .int(2, false), constant: constant, registers: [.int32],
                [
                    .init(opcode: 4, detail: 1, result: 2, a: .register(1), b: .integer(5)),
                    .init(opcode: 28, detail: 18, a: .register(2)),
                ])
            let certificate = TestCertificate(nodes: [
                script([1, 1, 1, 1, 1, 2, .byte(hint), .fact(fact), 1])
            ])
            #expect(reason(program, certificate) == expected, "\(constant)")
        }
    }

    // MARK: Memory

    /// A load of four aligned bytes at offset y of an object of eight, where y is any of 0 ... 3, or 4.
    @Test func alignmentOfSeveralOffsets() {
        let cases: [(type: TestProgram.Scalar, Int128, isClaimed: Bool, CheckFailure.Reason?)] = [
            (.int(2, false), 0, true, .unjustified), (.int(2, false), 0, false, nil),
            (.int(1, false), 3, true, .unjustified),
        ]
        for (type, constant, isClaimed, expected) in cases {
            let program = program(
                type, constant: constant, objects: [.init(kind: 0, size: 8)], registers: [.pointer, .int32],
                [
                    .init(opcode: 12, result: 2, a: .object(0), b: .register(1), immediate: 1),
                    .init(opcode: 16, alignment: 4, result: 3, a: .register(2)),
                ])
            // Claims: the three of the pointer, bounds, alignment, initialised (not); the offset's bounds.
            let certificate = TestCertificate(nodes: [
                script([
                    1, 1, 1, 1, 1, 1, 1, 1, .byte(isClaimed ? 1 : 0), 0, 1, .fact(0), 1, .fact(1), .signed(1), 0, 0, 1,
                ])
            ])
            #expect(reason(program, certificate) == expected, "\(constant)")
        }
    }

    @Test func sizesOfVariableArrays() {
        for (constant, expected) in [(0, .unjustified), (1, nil)] as [(Int128, CheckFailure.Reason?)] {
            let program = program(
                .int(2, false), constant: constant, objects: [.init(kind: 2, size: -1, owner: 0)],
                [.init(opcode: 24, c: .register(1), target: 0)])
            let certificate = TestCertificate(
                tags: [TestCertificate.localTag(0)],
                nodes: [script([1, 1, 1, 1, 1, .fact(0), 1, .fact(1), 1])])
            #expect(reason(program, certificate) == expected, "\(constant)")
        }
    }

    /// g = 5; then perhaps all of memory changes; assert(g == 5).
    @Test func contentsBehindAHavocOfMemory() {
        for (isHavocked, expected) in [(false, nil), (true, CheckFailure.Reason.unknownReference)] {
            var code: [Code] = [.init(opcode: 17, alignment: 4, a: .object(0), b: .integer(5))]
            if isHavocked { code.append(.init(opcode: 31, target: 0)) }
            code += [
                .init(opcode: 16, alignment: 4, result: 0, a: .object(0)),
                .init(opcode: 4, detail: 0, result: 1, a: .register(0), b: .integer(5)),
                .init(opcode: 28, detail: 18, a: .register(1)),
            ]
            let program = TestProgram(
                objects: [.init(kind: 0, size: 4)], functions: [straight([.int32, .int32], code)],
                assumptions: ["memory changes"])
            let access: [ScriptPart] = [1, 1, 1, 1, 1, .none, 1, .none, .signed(1)]
            let certificate = TestCertificate(
                clones: [.init(everything: true)],
                nodes: [
                    script(access + (isHavocked ? [1] : []) + access + [1, 1, 1, 1, 2, .none, .none, 1])
                ])
            #expect(reason(program, certificate) == expected)
        }
    }

    /// Constants of the certificate are facts without a label.
    @Test func labelsOfConstants() {
        let program = TestProgram(
            objects: [.init(kind: 1, size: 4, cells: [(0, 7)])], functions: [straight([], [])], assumptions: ["none"])
        for (label, expected) in [(0, nil), (1, CheckFailure.Reason.illFormedCertificate)] {
            let certificate = TestCertificate(
                labels: [[], [0]], constants: [TestCertificate.cells(4, 0, 7, 7, label: label)],
                nodes: [script([1])])
            #expect(reason(program, certificate) == expected)
        }
    }

    @Test func writesToConstants() {
        let program = TestProgram(
            objects: [.init(kind: 1, size: 4)],
            functions: [straight([], [.init(opcode: 17, alignment: 4, a: .object(0), b: .integer(1))])])
        for (isClaimed, expected) in [(true, CheckFailure.Reason.unjustified), (false, nil)] {
            let certificate = TestCertificate(nodes: [
                script([1, 1, 1, .byte(isClaimed ? 1 : 0), 1, .none, 1, .none, .signed(1), 1])
            ])
            #expect(reason(program, certificate) == expected)
        }
    }

    /// Out-of-bounds-write comes first, and is asked of constant objects too.
    @Test func boundsOfWritesToConstants() {
        for (place, isClaimed, expected) in [
            (Int128(0), true, nil), (4, true, CheckFailure.Reason.unjustified), (4, false, nil),
        ] {
            let program = TestProgram(
                objects: [.init(kind: 1, size: 4)],
                functions: [
                    straight([], [.init(opcode: 17, alignment: 4, a: .object(0), b: .integer(1), immediate: place)])
                ])
            let certificate = TestCertificate(nodes: [
                script([1, .byte(isClaimed ? 1 : 0), 1, 0, 1, .none, 1, .none, .signed(1), 1])
            ])
            #expect(reason(program, certificate) == expected, "\(place)")
        }
    }

    /// A pointer to a function with an unknown offset may be at the function's start: the call is a path of the script.
    @Test func callsAtAnUnknownOffset() {
        let program = TestProgram(functions: [
            straight(
                [.int32, .pointer],
                [
                    .init(opcode: 26, result: 0),
                    .init(opcode: 12, result: 1, a: .function(1), b: .register(0), immediate: 1),
                    .init(opcode: 30, a: .register(1)),
                ]),
            straight([], []),
        ])
        func certificate(isClaimed: Bool, isCalled: Bool) -> TestCertificate {
            TestCertificate(
                clones: [.init(function: 0, level: 1), .init(function: 1)],
                nodes: [
                    .init(script: { out in
                        for byte: UInt8 in [1, 1, 1, 1, isClaimed ? 1 : 0] { out.byte(byte) }
                        if isCalled {
                            out.u(1)
                            out.byte(1)
                        }
                    }),
                    .init(clone: 1, script: { $0.byte(1) }),
                ])
        }
        #expect(reason(program, certificate(isClaimed: false, isCalled: true)) == nil)
        #expect(reason(program, certificate(isClaimed: true, isCalled: true)) == .unjustified)
        #expect(reason(program, certificate(isClaimed: false, isCalled: false)) != nil)
    }

    /// Of 4 ... 7 bytes that are probed, the four that were stored are not enough.
    @Test func probesOfUnknownLength() {
        for (stores, expected) in [(1, CheckFailure.Reason.unjustified), (2, nil)] {
            let store = { (place: Int128) in
                Code(opcode: 17, alignment: 4, a: .object(0), b: .integer(1), immediate: place)
            }
            let program = program(
                .int(2, false), constant: 4, objects: [.init(kind: 2, size: 8, owner: 0)],
                [.init(opcode: 24, target: 0)] + (0..<stores).map { store(Int128(4 * $0)) }
                    + [.init(opcode: 21, a: .object(0), c: .register(1))])
            let access: [ScriptPart] = [1, .none, 1, .none, .signed(1)]
            let evidence: [ScriptPart] = (0..<stores).flatMap { number -> [ScriptPart] in
                [1, .signed(Int128(32 * number)), 0, 32, 1]
            }
            let stored: [ScriptPart] = (0..<stores).flatMap { _ -> [ScriptPart] in [1, 1, 1, 1] + access }
            let certificate = TestCertificate(
                tags: [TestCertificate.localTag(0)],
                nodes: [
                    script(
                        [1, 1, 1] + stored + [1, 1, .fact(0), .fact(1), 1, 1] + access + [0, .byte(UInt8(stores))]
                            + evidence + [1])
                ])
            #expect(reason(program, certificate) == expected, "\(stores)")
        }
    }

    // MARK: Pointers

    /// assert(&x == &x), of one object, of one of the many of a recursion, and of a function.
    @Test func pointersToOneName() {
        let cases: [(operand: TestProgram.Operand, isRecursive: Bool, CheckFailure.Reason?)] = [
            (.object(0), false, nil), (.object(0), true, .unjustified), (.function(0), false, nil),
            (.function(0), true, nil),
        ]
        for (operand, isRecursive, expected) in cases {
            let program = TestProgram(
                objects: [.init(kind: 2, size: 4, owner: 0)],
                functions: [
                    straight(
                        [.int32],
                        [
                            .init(opcode: 24, target: 0),
                            .init(opcode: 5, detail: 0, result: 0, a: operand, b: operand),
                            .init(opcode: 28, detail: 18, a: .register(0)),
                        ])
                ])
            let certificate = TestCertificate(
                tags: [TestCertificate.localTag(0, many: isRecursive)], clones: [.init(isRecursive: isRecursive)],
                nodes: [script([1, 1, 1, 1, 2, .none, .none, 1])])
            #expect(reason(program, certificate) == expected, "\(operand), \(isRecursive)")
        }
    }

    /// The distance of a pointer to itself is defined for objects only.
    @Test func distancesInFunctions() {
        for (operand, expected) in [
            (TestProgram.Operand.object(0), nil), (.function(0), CheckFailure.Reason.unjustified),
            (.null, .unjustified),
        ] {
            let program = TestProgram(
                objects: [.init(kind: 0, size: 4)],
                functions: [
                    straight([.int32], [.init(opcode: 13, result: 0, a: operand, b: operand, immediate: 1)])
                ])
            #expect(reason(program, TestCertificate(nodes: [script([1, 1, 0, 1])])) == expected, "\(operand)")
        }
    }

    // MARK: Integers

    /// A congruence modulo 2^w is for types of at most 64 bits.
    @Test func widthsOfCongruences() {
        for (bits, expected) in [(64, nil), (65, .unjustified)] as [(UInt8, CheckFailure.Reason?)] {
            let program = program(
                .int(8, false), registers: [.int32],
                [.init(opcode: 3, type: .int(bits, false), result: 2, a: .register(1))])
            #expect(reason(program, TestCertificate(nodes: [script([1, 1, 1, 2, 1])])) == expected, "\(bits)")
        }
    }

    /// The remainder of x and y does not overflow if y is at most -2.
    @Test func remaindersByNegativeDivisors() {
        for (constant, expected) in [(-5, nil), (-4, .unjustified)] as [(Int128, CheckFailure.Reason?)] {
            let program = program(
                .int(2, false), constant: constant, registers: [.int32],
                [.init(opcode: 2, detail: 4, result: 2, a: .integer(-8), b: .register(1))])
            let certificate = TestCertificate(nodes: [
                script([1, 1, 1, 1, 1, .fact(0), 1, 2, .fact(0), 1, 1])
            ])
            #expect(reason(program, certificate) == expected, "\(constant)")
        }
    }

    // MARK: Form

    /// Nothing is assumed at the program's entry, not even a fact without registers.
    @Test func factsOfTheEntry() {
        let program = TestProgram(functions: [straight([], [.init(opcode: 28, detail: 18, a: .integer(0))])])
        for (facts, expected) in [
            ([], CheckFailure.Reason.unknownReference),
            ([TestCertificate.linear([], -1)], CheckFailure.Reason.illFormedCertificate),
        ] {
            let certificate = TestCertificate(nodes: [
                .init(
                    facts: facts,
                    script: { out in
                        out.byte(0)
                        out.fact(0)
                    })
            ])
            #expect(reason(program, certificate) == expected)
        }
    }

    @Test func operatorsThatDoNotExist() {
        for (opcode, last) in [(2, 9), (4, 3), (5, 3), (6, 3), (7, 3)] as [(UInt8, UInt8)] {
            let isFloat = opcode == 7 || opcode == 6
            let operand = isFloat ? TestProgram.Operand.float(1) : opcode == 5 ? .null : .integer(1)
            let program = TestProgram(functions: [
                straight(
                    [opcode == 7 ? .double : .int32],
                    [
                        .init(
                            opcode: opcode, detail: last + 1, type: opcode == 7 ? .double : .int32, result: 0,
                            a: operand, b: operand)
                    ])
            ])
            #expect(reason(program, TestCertificate(nodes: [script([1, 1])])) == .illFormedProgram, "\(opcode)")
        }
    }

    /// Only linear combinations and calls have a list.
    @Test func listsOfOpcodesThatHaveNone() {
        for (list, expected) in [([], nil), ([.integer(2)], CheckFailure.Reason.illFormedProgram)]
            as [([TestProgram.Operand], CheckFailure.Reason?)]
        {
            let program = TestProgram(functions: [
                straight([.int32], [.init(opcode: 0, result: 0, a: .integer(1), list: list)])
            ])
            #expect(reason(program, TestCertificate(nodes: [script([1, 1])])) == expected, "\(list)")
        }
    }

    @Test func stridesOfInitialData() {
        for (stride, expected) in [(0, nil), (32, CheckFailure.Reason.illFormedProgram)] {
            let program = TestProgram(
                objects: [.init(kind: 0, size: 8, cells: [(0, 7)], stride: stride)], functions: [straight([], [])])
            #expect(reason(program, TestCertificate(nodes: [script([1])])) == expected, "\(stride)")
        }
    }

    @Test func registersThatDoNotExist() {
        let codes: [Code] = [
            .init(opcode: 0, result: 0, a: .register(1)), .init(opcode: 0, result: 1, a: .register(0)),
            .init(opcode: 28, detail: 18, a: .register(1)),
        ]
        for code in codes {
            let program = TestProgram(functions: [straight([.int32], [code])])
            #expect(reason(program, TestCertificate(nodes: [script([1, 1])])) == .illFormedProgram)
        }
    }

    /// A goto to a label of the function, or into another object.
    @Test func operandsOfComputedGotos() {
        for (operand, expected) in [(0, nil), (1, CheckFailure.Reason.unjustified)] {
            let program = TestProgram(
                objects: [.init(kind: 3, size: 1, owner: 0), .init(kind: 0, size: 4)],
                functions: [
                    .init(blocks: [
                        .init(kind: 3, operand: .object(operand), targets: [1], labels: 0), .init(kind: 4),
                    ])
                ])
            let certificate = TestCertificate(nodes: [script([1, 1, .none, .none, 2, 1])])
            #expect(reason(program, certificate) == expected, "\(operand)")
        }
    }
}
