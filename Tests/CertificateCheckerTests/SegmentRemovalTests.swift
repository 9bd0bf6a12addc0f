// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker
import Testing

/// Where segments go (6.4), and what calls do with them (6.6).
struct SegmentRemovalTests {
    private typealias Made = TestCertificate
    private let n = SegmentNode.n
    private let i = SegmentNode.i

    private let atZero: [ScriptPart] = [1, .none, 1, .none, .signed(1)]

    /// Whether the segments from 0 up to i that are known of the tags are there behind an instruction.
    private func stays(
        of tags: [Int], _ code: Code, _ script: [ScriptPart], live: [Int] = [],
        facts: [TestCertificate.Part] = [], memory: [TestCertificate.Part] = [], made: [TestCertificate.Part] = [],
        callee: TestCertificate.Clone = .init(function: 1), label: Int = 0
    ) -> [CheckFailure.Reason?] {
        tags.indices.map { number in
            SegmentNode(
                facts: facts, memory: tags.map { Made.segment($0, 0, i) } + memory, code: [code], script: script,
                live: live, tags: made, callee: callee
            ).shows(tags[number], 0, i, label: label, SegmentNode.same(UInt8(number)))
        }
    }

    // MARK: Copies

    @Test func copiesToOnePlace() {
        let code = Code(opcode: 18, a: .object(0), b: .object(1), c: .integer(4))
        #expect(stays(of: [5, 6], code, [1, 1] + atZero + [1, 1] + atZero + [0]) == [.unknownReference, nil])
    }

    @Test func copiesToAnywhere() {
        let code = Code(opcode: 18, a: .register(4), b: .object(1), c: .integer(4))
        let found = stays(of: [5, 6, 7, 10], code, [1, 1] + atZero + [0, 0, 0, 0, 0])
        #expect(found == [.unknownReference, .unknownReference, nil, .unknownReference])
    }

    /// Stores and fills leave no byte without a value.
    @Test func writesToAnywhere() {
        let store = Code(opcode: 17, type: .int(8, true), a: .register(4), b: .integer(1))
        #expect(stays(of: [5, 10], store, [1, 0, 0, 0, 0, 0, 0]) == [nil, nil])
        let fill = Code(opcode: 19, a: .register(4), b: .integer(1), c: .integer(4))
        #expect(stays(of: [5, 10], fill, [1, 0, 0, 0, 0, 0]) == [nil, nil])
    }

    // MARK: Lifetimes

    @Test func objectsThatBeginOrEnd() {
        #expect(stays(of: [11, 5], .init(opcode: 24, target: 3), [1]) == [.unknownReference, nil])
        #expect(stays(of: [11, 5], .init(opcode: 25, target: 3), [1], live: [3]) == [.unknownReference, nil])
    }

    @Test func objectsThatAreFreed() {
        let alive: TestCertificate.Part = { $0.raw([3, 10, 0]) }
        let found = stays(
            of: [10, 5], .init(opcode: 23, a: .register(1)), [1, 1, 3, .fact(0), .fact(1)],
            facts: [Made.targets(1, [(10, 0, 0)])], memory: [alive])
        #expect(found == [.unknownReference, nil])
    }

    @Test func havocOfMemory() {
        let found = stays(of: [5, 10], .init(opcode: 31, target: 0), [1])
        #expect(found == [.unknownReference, .unknownReference])
    }

    /// A new object takes the tag 13; the one that had it is one of 12 from now on.
    @Test func newObjects() {
        let code = Code(opcode: 22, alignment: 16, result: 4, c: .integer(4))
        let made = [Made.heapTag(instruction: 1, partner: nil), Made.heapTag(instruction: 1, partner: 12)]
        func reason(
            _ hint: [ScriptPart], _ memory: [TestCertificate.Part], _ tag: Int, _ to: TestForm, _ number: UInt8
        ) -> CheckFailure.Reason? {
            SegmentNode(memory: memory, code: [code], script: hint, tags: made)
                .shows(tag, 0, to, SegmentNode.same(number))
        }
        let both = [Made.segment(13, 0, i), Made.segment(12, 0, i)]
        let isPaired: [ScriptPart] = [1, 13, 0, 0, 0, 0, 1, 1, 0]
        #expect(reason(isPaired, both, 12, i, 1) == nil)
        #expect(reason(isPaired, both, 13, i, 0) == .unknownReference)
        #expect(reason([1, 13, 0, 0, 0, 0, 0], both, 12, i, 1) == .unknownReference)
        // The new one's must be the same.
        for other in [Made.segment(13, 0, n), Made.segment(13, 1, i), Made.initialised(13, 0, 8)] {
            #expect(reason(isPaired, [other, both[1]], 12, i, 1) == .unjustified)
        }
        // Nothing had the tag 12: what was known of 13 is known of it.
        let absent: (UInt8) -> TestCertificate.Part = { tag in { $0.raw([5, tag, 0]) } }
        #expect(reason([1, 13, 0, 2, 0, 0], [both[0], absent(12)], 12, i, 0) == nil)
        #expect(reason([1, 13, 0, 2, 0, 0], [both[0], absent(12)], 13, i, 0) == .unjustified)
        // Nothing had the tag 13.
        #expect(reason([1, 13, 2, 0, 0, 0], [both[0], absent(13)], 13, i, 0) == .unknownReference)
        // One more of the many.
        #expect(reason([1, 12, 0, 0, 0, 0], [both[1]], 12, i, 0) == .unknownReference)
        #expect(reason([1, 12, 0, 0, 0, 0], [both[0]], 13, i, 0) == nil)
    }

    // MARK: Calls

    @Test func callsThatWrite() {
        let code = Code(opcode: 29, list: [.integer(1)], target: 1)
        let cases: [(TestCertificate.Clone, [CheckFailure.Reason?])] = [
            (.init(), [nil, nil]), (.init(written: [(5, 56, 64)]), [.unknownReference, nil]),
            (.init(written: [(10, nil, nil)]), [nil, .unknownReference]), (.init(freed: [10]), [nil, nil]),
            (.init(allocated: [10]), [nil, .unknownReference]),
            (.init(everything: true), [.unknownReference, .unknownReference]),
        ]
        for (effects, expected) in cases {
            var callee = effects
            callee.function = 1
            #expect(stays(of: [5, 10], code, [1, 1], callee: callee) == expected, "\(effects)")
        }
    }

    @Test func labelsOfCalls() {
        let code = Code(opcode: 29, list: [.integer(1)], target: 1)
        for (label, expected) in [(0, CheckFailure.Reason.label), (1, nil)] {
            #expect(stays(of: [5], code, [1, 1], callee: .init(function: 1, label: 1), label: label) == [expected])
        }
    }

    /// f(n), where f may write to g, and says of it at its end what it needs to know at its begin: up to its parameter
    /// there are values. Then up to n there are.
    private func reasonOfCall(
        known: TestForm = SegmentNode.n, entry: TestForm = .of(0), exit: TestForm = .of(0),
        wanted: TestForm = SegmentNode.n, argument: TestProgram.Operand = .register(0)
    ) -> CheckFailure.Reason? {
        SegmentNode(
            memory: [Made.segment(5, 0, known)], code: [.init(opcode: 29, list: [argument], target: 1)],
            script: [1, 1, 0] + SegmentNode.same(0),
            callee: .init(function: 1, memory: [Made.segment(5, 0, exit)], written: [(5, nil, nil)]),
            calleeNode: .init(
                clone: 1, memory: [Made.segment(5, 0, entry)], script: written([1, 0] + SegmentNode.same(0)))
        ).shows(5, 0, wanted, SegmentNode.same(1))
    }

    @Test func segmentsOfCallees() {
        #expect(reasonOfCall() == nil)
        #expect(reasonOfCall(known: .of(0, 1), entry: .of(0, 1), exit: .of(0, 1), wanted: .of(0, 1)) == nil)
        // Not shown at the call, by the callee, behind the call.
        #expect(reasonOfCall(known: .of(0, -1)) == .unjustified)
        #expect(reasonOfCall(exit: .of(0, 1)) == .unjustified)
        #expect(reasonOfCall(wanted: .of(0, 1)) == .unjustified)
        // The other integer argument of the program.
        #expect(reasonOfCall(argument: .register(2)) == .unjustified)
        #expect(reasonOfCall(known: 4, wanted: 4, argument: .integer(4)) == nil)
        // The callee's other register has any value at its begin, and may have another one at its end; it has no result.
        #expect(reasonOfCall(entry: .of(1)) == .illFormedCertificate)
        #expect(reasonOfCall(exit: .of(1)) == .illFormedCertificate)
        #expect(reasonOfCall(exit: .of(2)) == .illFormedCertificate)
        // Nor where nobody calls it.
        for (register, expected) in [(0, nil), (1, CheckFailure.Reason.illFormedCertificate)] {
            let node = SegmentNode(
                script: [],
                callee: .init(function: 1, memory: [Made.segment(5, .of(register), .of(register))]),
                calleeNode: .init(clone: 1, script: written([1, 0, 0, 0, .none])))
            #expect(node.reason == expected)
        }
    }

    /// A segment whose forms are too large behind the call is not there.
    @Test func segmentsThatAreLeftOut() {
        for (argument, expected) in [(Int128.max - 1, nil), (Int128.max, CheckFailure.Reason.unknownReference)] {
            let node = SegmentNode(
                code: [.init(opcode: 29, list: [.integer(argument)], target: 1)], script: [1, 1],
                callee: .init(function: 1, memory: [Made.segment(5, .of(0, 1), .of(0, 1))]),
                calleeNode: .init(clone: 1, script: written([1, 0, 0, 0, .none])))
            #expect(node.reason == nil)
            #expect(node.shows(5, .init([], .max), .init([], .max), SegmentNode.same(0)) == expected)
        }
        // The argument is n + i, and the exit has so many places.
        for (count, expected) in [(62, nil), (63, CheckFailure.Reason.unknownReference)] {
            let places = (0..<count).map { Made.cell(6, Int128($0) * 32) }
            func form(_ parameters: [Int], _ first: Int) -> TestForm {
                TestForm((parameters + (first..<(first + count))).map { ($0, 1) })
            }
            let sum = Code(
                opcode: 1, result: 5, a: .integer(0), list: [.integer(1), .register(0), .integer(1), .register(2)])
            let node = SegmentNode(
                places: places, code: [sum, .init(opcode: 29, list: [.register(5)], target: 1)], script: [1, 1, 1],
                callee: .init(
                    function: 1, places: places, memory: [Made.segment(5, form([0], 3), form([0], 3))]),
                calleeNode: .init(clone: 1, places: places, script: written([1, 0, 0, 0, .none])))
            // The exit's places have new symbols behind those of the caller's registers and places.
            let known = form([0, 2], 6 + count)
            #expect(node.reason == nil)
            if count == 62 { #expect(node.shows(5, known, known, SegmentNode.same(0)) == nil) }
            #expect(node.shows(5, 0, 0, SegmentNode.same(0)) == (expected ?? .unjustified))
        }
    }
}
