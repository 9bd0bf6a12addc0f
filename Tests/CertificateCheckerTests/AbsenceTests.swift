// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker
import Testing

/// Facts that there is no object if a pointer is null (5.2, 6.6).
struct AbsenceTests {
    private typealias Made = TestCertificate

    private func absent(_ tag: UInt8, label: UInt8 = 0) -> TestCertificate.Part { { $0.raw([5, tag, label]) } }
    private func absentIfNull(_ tag: UInt8, _ pointer: UInt8, label: UInt8 = 0) -> TestCertificate.Part {
        { $0.raw([8, tag, pointer, label]) }
    }
    private let null: (tag: Int, lower: Int128?, upper: Int128?) = (0, nil, nil)
    private let g: (tag: Int, lower: Int128?, upper: Int128?) = (5, 0, 0)

    /// Whether a lemma says that memory fact, shown by a hint, at a node that knows `facts` and `memory`.
    private func says(
        _ fact: TestCertificate.Part, _ hint: [ScriptPart], facts: [TestCertificate.Part] = [],
        _ memory: [TestCertificate.Part]
    ) -> CheckFailure.Reason? {
        SegmentNode(facts: facts, memory: memory, script: [0x1b, .bytes(Bytes(fact).bytes)] + hint).reason
    }

    @Test func objectOfANullPointer() {
        let known = [absentIfNull(10, 1)]
        #expect(says(absent(10), [0, 0], facts: [Made.targets(1, [null])], known) == nil)
        #expect(says(absent(10), [0, 0], facts: [Made.targets(1, [null, g])], known) == .unjustified)
        #expect(says(absent(10), [0, 0], facts: [Made.targets(1, [g])], known) == .unjustified)
        #expect(says(absent(10), [0, 0], known) == .unjustified)
        // The other pointer, the other tag, the other way round.
        #expect(says(absent(10), [0, 0], facts: [Made.targets(4, [null])], known) == .unjustified)
        #expect(says(absent(9), [0, 0], facts: [Made.targets(1, [null])], known) == .unjustified)
        #expect(says(absent(10), [3, 0], facts: [Made.targets(1, [null])], known) == .unjustified)
        #expect(says(absent(10), [0, 0], facts: [Made.targets(1, [null])], [Made.segment(10, 0, 0)]) == .unjustified)
    }

    @Test func labels() {
        let isNull = Made.targets(1, [null])
        #expect(says(absent(10), [0, 0], facts: [isNull], [absentIfNull(10, 1, label: 1)]) == .label)
        #expect(says(absent(10), [0, 0], facts: [Made.targets(1, [null], label: 1)], [absentIfNull(10, 1)]) == .label)
        #expect(
            says(absent(10, label: 1), [0, 0], facts: [Made.targets(1, [null], label: 1)], [absentIfNull(10, 1)]) == nil
        )
        #expect(says(absentIfNull(10, 1), [0, 1], facts: [Made.targets(1, [g], label: 1)], []) == .label)
        #expect(says(absentIfNull(10, 1), [0, 0, 0], [absentIfNull(10, 1, label: 1)]) == .label)
    }

    @Test func whatShowsSuchAFact() {
        #expect(says(absentIfNull(10, 1), [0, 0, 0], [absentIfNull(10, 1)]) == nil)
        #expect(says(absentIfNull(10, 1), [0, 0, 0], [absentIfNull(10, 4)]) == .unjustified)
        #expect(says(absentIfNull(10, 1), [0, 0, 0], [absentIfNull(9, 1)]) == .unjustified)
        #expect(says(absentIfNull(10, 1), [0, 0, 0], [absent(10)]) == .unjustified)
        // There is no object at all; the pointer is not null.
        #expect(says(absentIfNull(10, 1), [3, 0], [absent(10)]) == nil)
        #expect(says(absentIfNull(10, 1), [3, 0], [absent(9)]) == .unjustified)
        #expect(says(absentIfNull(10, 1), [0, 1], facts: [Made.targets(1, [g])], []) == nil)
        #expect(says(absentIfNull(10, 1), [0, 1], facts: [Made.targets(1, [null, g])], []) == .unjustified)
        #expect(says(absentIfNull(10, 1), [0, 1], []) == .unjustified)
        #expect(says(absentIfNull(10, 1), [0, 2], []) == .malformed)
    }

    @Test func whatSuchAFactNames() {
        // g is no heap object; 2 an integer, 3 a float, 6 nothing.
        #expect(says(absentIfNull(5, 1), [0, 1], facts: [Made.targets(1, [g])], []) == .illFormedCertificate)
        for register: UInt8 in [2, 3, 6] {
            #expect(says(absent(10), [3, 0], [absentIfNull(10, register)]) == .illFormedCertificate, "\(register)")
            #expect(says(absentIfNull(10, register), [0, 1], []) == .unknownReference, "\(register)")
        }
    }

    // MARK: Where such facts go

    /// What is known of tag 10 and p is there behind an instruction, or why not.
    private func stays(
        _ code: Code, _ script: [ScriptPart], facts: [TestCertificate.Part] = [], memory: [TestCertificate.Part] = [],
        callee: TestCertificate.Clone = .init(function: 1)
    ) -> CheckFailure.Reason? {
        SegmentNode(
            facts: facts, memory: [absentIfNull(10, 1)] + memory, code: [code],
            script: script + [0x1b, .bytes(Bytes(absentIfNull(10, 1)).bytes), 0, 0, 0], callee: callee
        ).reason
    }

    @Test func callsThatAllocate() {
        let code = Code(opcode: 29, list: [.integer(1)], target: 1)
        #expect(stays(code, [1, 1]) == nil)
        #expect(stays(code, [1, 1], callee: .init(function: 1, freed: [10])) == nil)
        #expect(stays(code, [1, 1], callee: .init(function: 1, written: [(10, nil, nil)])) == nil)
        #expect(stays(code, [1, 1], callee: .init(function: 1, allocated: [10])) == .unknownReference)
        #expect(stays(code, [1, 1], callee: .init(function: 1, everything: true)) == .unknownReference)
    }

    @Test func otherInstructions() {
        #expect(stays(.init(opcode: 31, target: 0), [1]) == .unknownReference)
        let store = Code(opcode: 17, type: .int(8, true), a: .register(4), b: .integer(1))
        #expect(stays(store, [1, 0, 0, 0, 0, 0, 0]) == nil)
        // The object of the tag is freed: that it is gone is known without it.
        let alive: TestCertificate.Part = { $0.raw([3, 10, 0]) }
        let free = Code(opcode: 23, a: .register(1))
        let found = stays(
            free, [1, 1, 2, .fact(0), .fact(1)], facts: [Made.targets(1, [(10, 0, 0)])], memory: [alive])
        #expect(found == .unknownReference)
    }

    // MARK: Allocations

    /// q = allocate(4), where the tags 12 (many) and 13 (single) are those of the instruction; then a memory fact shown by a
    /// hint. Base symbol 6 is q's.
    private func allocation(
        _ hint: [ScriptPart], knows memory: [TestCertificate.Part] = [], _ fact: TestCertificate.Part,
        _ shown: [ScriptPart]
    ) -> CheckFailure.Reason? {
        SegmentNode(
            memory: memory, code: [.init(opcode: 22, alignment: 16, result: 4, c: .integer(4))],
            script: hint + [0x1b, .bytes(Bytes(fact).bytes)] + shown,
            tags: [Made.heapTag(instruction: 1, partner: nil), Made.heapTag(instruction: 1, partner: 12)]
        ).reason
    }

    @Test func allocationsThatGiveNull() {
        // Facts: those of the node, then size, alive, absent if null. That q may be null is known.
        let single: [ScriptPart] = [1, 13, 0, 0, 0, 0, 0]
        #expect(allocation(single, absentIfNull(13, 6), [0, 0, 2]) == nil)
        #expect(allocation(single, absentIfNull(13, 6), [0, 0, 1]) == .unjustified)
        #expect(allocation(single, absentIfNull(13, 6), [0, 1]) == .unjustified)
        #expect(allocation(single, absentIfNull(12, 6), [0, 0, 2]) == .unjustified)
        #expect(allocation(single, absent(13), [0, 2]) == .unjustified)
        // The old q.
        #expect(allocation(single, absentIfNull(13, 4), [0, 0, 2]) == .unjustified)
        // With absent(13), its number 0.
        #expect(allocation([1, 13, 1, 0, 0, 0], knows: [absent(13)], absentIfNull(13, 6), [0, 0, 3]) == nil)
    }

    /// One of many was made; if not, others may be there.
    @Test func oneMoreOfMany() {
        #expect(allocation([1, 12, 0, 0, 0, 0], absentIfNull(12, 6), [0, 0, 0]) == .unknownReference)
        #expect(
            allocation([1, 12, 0, 0, 0, 0], knows: [absentIfNull(12, 1)], absentIfNull(12, 1), [0, 0, 0])
                == .unknownReference)
        // The first.
        #expect(allocation([1, 12, 1, 0, 0, 0], knows: [absent(12)], absentIfNull(12, 6), [0, 0, 3]) == nil)
    }

    /// The object of tag 13 becomes one of 12: neither tag keeps what was known of another pointer.
    @Test func objectThatMakesWay() {
        let known = [absentIfNull(13, 1), absentIfNull(12, 1)]
        for (tag, number) in [(13, 0), (12, 0), (12, 1)] as [(UInt8, UInt8)] {
            let found = allocation([1, 13, 0, 0, 0, 0, 0], knows: known, absentIfNull(tag, 1), [0, 0, .byte(number)])
            #expect(found == .unknownReference, "\(tag)")
        }
        #expect(allocation([1, 13, 0, 0, 0, 0, 1, 1, 0], knows: known, absent(13), [0, 0]) == .unjustified)
        let isFree = [known[0], absent(12)]
        #expect(allocation([1, 13, 0, 2, 0, 0], knows: isFree, absentIfNull(12, 1), [0, 0, 0]) == .unknownReference)
    }

    // MARK: Callees

    /// void f(int *p), which knows that there is no object if p is null where it begins, and says so where it ends.
    private func call(
        _ argument: TestProgram.Operand, facts: [TestCertificate.Part] = [], _ memory: [TestCertificate.Part],
        _ hint: [ScriptPart], entry: UInt8 = 0, allocates: [Int] = [10], behind: [ScriptPart]
    ) -> CheckFailure.Reason? {
        let exit = absentIfNull(10, 0)
        return SegmentNode(
            facts: facts, memory: memory,
            code: [.init(opcode: 29, list: [argument], target: 1)],
            script: [1, 1] + hint + [0x1b, .bytes(Bytes(absentIfNull(10, 1)).bytes)] + behind,
            callee: .init(function: 1, memory: [exit], allocated: allocates),
            calleeNode: .init(clone: 1, memory: [absentIfNull(10, entry)], script: written([1, 0, 0, 0])),
            parameter: .pointer
        ).reason
    }

    @Test func factsOfCallees() {
        let known = [absentIfNull(10, 1)]
        #expect(call(.register(1), known, [0, 0, 0], behind: [0, 0, 1]) == nil)
        #expect(call(.register(4), known, [0, 0, 0], behind: [0, 0, 1]) == .unjustified)
        #expect(call(.register(4), [absentIfNull(10, 4)], [0, 0, 0], behind: [0, 0, 1]) == .unjustified)
        // A pointer to g is not null; what the callee says of it says nothing of symbols.
        #expect(call(.object(0), [], [0, 1], behind: [0, 0, 0]) == .unknownReference)
        #expect(call(.null, [], [0, 1], behind: [0, 0, 0]) == .unjustified)
        // The callee's other register.
        #expect(call(.register(1), known, [0, 0, 0], entry: 1, behind: [0, 0, 1]) == .illFormedCertificate)
    }
}
