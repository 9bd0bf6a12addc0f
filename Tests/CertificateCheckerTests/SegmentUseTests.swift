// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker
import Testing

/// Segments at loads, probes and copies, and those that writes make (6.4).
struct SegmentUseTests {
    private typealias Made = TestCertificate
    private let n = SegmentNode.n
    private let p = SegmentNode.p
    private let i = SegmentNode.i

    private func pointsTo(_ entries: [(tag: Int, lower: Int128?, upper: Int128?)]) -> TestCertificate.Part {
        Made.targets(1, entries)
    }

    /// 0 <= n <= 4: linear facts 0 and 1.
    private let few = [Made.linear([(0, 1)], 4), Made.linear([(0, -1)], 0)]

    /// A named object, at offset 0, in an access; p, whose bounds are the linear facts from `fact` on.
    private let atZero: [ScriptPart] = [1, .none, 1, .none, .signed(1)]
    private func atP(_ fact: Int) -> [ScriptPart] { [1, .fact(fact), 1, .fact(fact + 1), .signed(1)] }

    // MARK: Loads

    /// r = *p in g, of which the bytes up to i are known; p + immediate + width - i <= slack.
    private func load(
        _ type: TestProgram.Scalar = .int(8, true), bit: UInt8 = 0, width: Int128 = 1, slack: Int128 = 0,
        upper: Int128 = 6, immediate: Int128 = 0, isInside: Bool = true
    ) -> SegmentNode {
        SegmentNode(
            facts: [Made.linear([(1, 1), (2, -1)], slack - width - immediate), pointsTo([(5, 0, upper)])],
            memory: [Made.segment(5, 0, i)],
            code: [.init(opcode: 16, bit: bit, type: type, result: 5, a: .register(1), immediate: immediate)],
            script: [1, 1, 1, 1, .byte(isInside ? 1 : 0), 1, 1] + atP(1)
                + [7, 1, 0, 0, .fact(2), 0, .fact(0), 0])
    }

    @Test func loadsOfSegments() throws {
        #expect(try load().claims().last == "uninitialized-read proved")
        #expect(load(slack: 1).reason == .unjustified)
        #expect(load(.int(16, true), width: 2).reason == nil)
        #expect(load(.int(16, true), width: 1).reason == .unjustified)
    }

    /// r = p[1].
    @Test func loadsBehindThePointer() {
        #expect(load(immediate: 1).reason == nil)
        #expect(load(slack: 1, immediate: 1).reason == .unjustified)
    }

    /// Bits 6 ... 9 lie in two bytes, bits 4 ... 7 in one.
    @Test func loadsOfBits() {
        #expect(load(.int(4, false), bit: 6, width: 2).reason == nil)
        #expect(load(.int(4, false), bit: 6, width: 1).reason == .unjustified)
        #expect(load(.int(4, false), bit: 4, width: 1).reason == nil)
    }

    /// An access that is inside only by an alarm: what is read rests on that alarm.
    @Test func loadsThatMayBeOutside() throws {
        let found = try load(upper: 8, isInside: false).claims()
        #expect(found.contains("out-of-bounds-read unproved"))
        #expect(found.last == "uninitialized-read proved 4")
    }

    // MARK: Probes

    /// probe(p, n) in g, of which the bytes from `from` up to `to` are known.
    private func probe(
        _ from: TestForm, _ to: TestForm, label: Int = 0, upper: Int128 = 4, isInside: Bool = true
    ) throws -> [String] {
        try SegmentNode(
            facts: few + [pointsTo([(5, 0, upper)])], memory: [Made.segment(5, from, to, label: label)],
            code: [.init(opcode: 21, a: .register(1), c: .register(0))],
            script: [1, 1, .fact(0), .fact(1), 1, 1, 1, .byte(isInside ? 1 : 0), 1] + atP(2) + [1]
                + SegmentNode.same(0)
        ).claims()
    }

    @Test func probesOfSegments() throws {
        let end = TestForm([(0, 1), (1, 1)])
        #expect(try probe(p, end).last == "uninitialized-read proved")
        #expect(try probe(p, end, label: 1).last == "uninitialized-read proved 0")
        // What is probed may be outside: that it is not is the alarm of obligation 3.
        #expect(try probe(p, end, upper: 5, isInside: false).last == "uninitialized-read proved 4")
        #expect(throws: CheckFailure.self) { try probe(.of(1, 1), end) }
        #expect(throws: CheckFailure.self) { try probe(p, TestForm([(0, 1), (1, 1)], -1)) }
        #expect(throws: CheckFailure.self) { try probe(p, TestForm([(0, 1), (1, 2)])) }
    }

    /// A probe that may begin anywhere in the object has evidence in no range of constants that is smaller than that.
    @Test func kindsOfEvidence() {
        let node = SegmentNode(
            facts: few + [pointsTo([(5, 0, 4)])], memory: [Made.initialised(5, 0, 64)],
            code: [.init(opcode: 21, a: .register(1), c: .register(0))],
            script: [1, 1, .fact(0), .fact(1), 1, 1, 1, 1, 1] + atP(2))
        for (evidence, expected) in [([0, 1, 0, 0], nil), ([2, 1, 0, 0], CheckFailure.Reason.malformed)]
            as [([ScriptPart], CheckFailure.Reason?)]
        {
            var longer = node
            longer.script += evidence
            #expect(longer.reason == expected)
        }
    }

    // MARK: Copies

    /// copy(p in g, h, n), where h is known up to n and g up to i; then `lemma`.
    private func copy(
        isKnown: Bool = true, isWritten: Bool = true, source: TestForm = SegmentNode.n, sourceLabel: Int = 0,
        _ tag: Int, _ from: TestForm, _ to: TestForm, label: Int = 0, _ sources: [ScriptPart]
    ) -> CheckFailure.Reason? {
        SegmentNode(
            facts: few + [pointsTo([(5, 0, 4)])],
            memory: [Made.segment(6, 0, source, label: sourceLabel), Made.segment(5, 0, i)],
            code: [.init(opcode: 18, a: .register(1), b: .object(1), c: .register(0))],
            script: [1, 1, .fact(0), .fact(1), 1] + atZero + [1, 1, 1, 1, 1] + atP(2)
                + (isKnown ? [1, 1] + SegmentNode.same(0) + [.byte(isWritten ? 1 : 0)] : [0])
        ).shows(tag, from, to, label: label, sources)
    }

    @Test func copiesOfSegments() {
        let end = TestForm([(0, 1), (1, 1)])
        #expect(copy(5, p, end, SegmentNode.same(2)) == nil)
        #expect(copy(isWritten: false, 5, p, end, SegmentNode.same(2)) == .unknownReference)
        #expect(copy(5, p, TestForm([(0, 1), (1, 1)], 1), SegmentNode.same(2)) == .unjustified)
        #expect(copy(source: .of(0, -1), 5, p, end, SegmentNode.same(2)) == .unjustified)
        #expect(copy(5, 0, i, SegmentNode.same(1)) == nil)
        #expect(copy(6, 0, n, SegmentNode.same(0)) == nil)
    }

    /// Where nothing says that the source is initialised, bytes of g may have no value any more.
    @Test func copiesWithoutEvidence() {
        #expect(copy(isKnown: false, 5, 0, i, SegmentNode.same(1)) == .unknownReference)
        #expect(copy(isKnown: false, 6, 0, n, SegmentNode.same(0)) == nil)
    }

    /// What is written, and what stays, rests on what says that the source is initialised.
    @Test func labelsOfCopies() {
        for (label, expected) in [(0, CheckFailure.Reason.label), (1, nil)] {
            let end = TestForm([(0, 1), (1, 1)])
            #expect(copy(sourceLabel: 1, 5, p, end, label: label, SegmentNode.same(2)) == expected)
            #expect(copy(sourceLabel: 1, 5, 0, i, label: label, SegmentNode.same(1)) == expected)
        }
    }

    // MARK: Stores

    /// *p = 1; then the segment with number `memory.count` is used.
    private func store(
        _ entries: [(tag: Int, lower: Int128?, upper: Int128?)], _ memory: [TestCertificate.Part] = [],
        type: TestProgram.Scalar = .int(8, true), bit: UInt8 = 0, immediate: Int128 = 0, bytes: Int128 = 1,
        cases: [ScriptPart]? = nil, written: [ScriptPart] = [1], isInside: Bool = true, alarms: [Int] = [],
        label: Int = 0
    ) -> CheckFailure.Reason? {
        SegmentNode(
            facts: [pointsTo(entries)], memory: memory,
            code: [.init(opcode: 17, bit: bit, type: type, a: .register(1), b: .integer(1), immediate: immediate)],
            script: [1, 1, 1, 1, .byte(isInside ? 1 : 0), 1, 1] + (cases ?? atP(0)) + written, alarms: alarms
        ).shows(
            entries[0].tag, .of(1, immediate), .of(1, immediate + bytes), label: label,
            SegmentNode.same(UInt8(memory.count)))
    }

    @Test func segmentsOfStores() {
        #expect(store([(5, 0, 7)]) == nil)
        #expect(store([(5, 0, 7)], written: [0]) == .unknownReference)
        #expect(store([(5, 0, 7)], bytes: 2) == .unjustified)
        #expect(store([(5, 0, 6)], type: .int(16, true), bytes: 2) == nil)
        #expect(store([(5, 1, 8)], immediate: -1) == nil)
        #expect(store([(5, 0, 7)], written: [2]) == .malformed)
    }

    /// Not all bits of a byte, and not at its begin.
    @Test func storesOfBits() {
        for (bit, type) in [(0, .int(4, false)), (4, .int(8, false))] as [(UInt8, TestProgram.Scalar)] {
            #expect(store([(5, 0, 6)], type: type, bit: bit, written: []) == .unknownReference)
            #expect(store([(5, 0, 6)], type: type, bit: bit) == .malformed)
        }
    }

    /// One of the many objects of a tag, or one of two.
    @Test func storesToOneOfMany() {
        for (tag, isSingle) in [(9, false), (10, true)] {
            let known: [TestCertificate.Part] = [
                { $0.raw([3, UInt8(tag), 0]) }, { $0.raw([4, UInt8(tag), 1, 16, 1, 16, 0]) },
            ]
            let cases = [1, 2, 0] + atP(0)
            #expect(store([(tag, 0, 7)], known, cases: cases) == (isSingle ? nil : .malformed))
            #expect(store([(tag, 0, 7)], known, cases: cases, written: []) != nil)
        }
        let two: [(tag: Int, lower: Int128?, upper: Int128?)] = [(5, 0, 7), (6, 0, 7)]
        #expect(store(two, cases: atP(0) + atP(0)) == .malformed)
        #expect(store(two, cases: atP(0) + atP(0), written: []) == .unknownReference)
    }

    /// A store that may be outside, and one case that is left of two: the segment rests on the alarm.
    @Test func labelsOfStores() {
        for (label, expected) in [(0, CheckFailure.Reason.label), (2, nil)] {
            #expect(store([(5, 0, 8)], isInside: false, alarms: [4], label: label) == expected)
            // In h all offsets are too large.
            #expect(
                store([(5, 0, 7), (6, 16, 17)], cases: atP(2) + atP(2), isInside: false, alarms: [4], label: label)
                    == expected)
        }
    }

    /// Facts from before stay, under what the address rests on.
    @Test func segmentsBehindStores() {
        for (label, expected) in [(0, CheckFailure.Reason.label), (2, nil)] {
            let node = SegmentNode(
                facts: [pointsTo([(5, 0, 8)])], memory: [Made.segment(5, 0, i)],
                code: [.init(opcode: 17, type: .int(8, true), a: .register(1), b: .integer(1))],
                script: [1, 1, 1, 1, 0, 1, 1] + atP(0) + [0], alarms: [4])
            #expect(node.shows(5, 0, i, label: label, SegmentNode.same(0)) == expected)
        }
        // To one place.
        let node = SegmentNode(
            memory: [Made.segment(5, 0, i)],
            code: [.init(opcode: 17, type: .int(8, true), a: .object(0), b: .integer(1))], script: Sample.named)
        #expect(node.shows(5, 0, i, SegmentNode.same(0)) == nil)
    }

    // MARK: Fills

    /// memset(p, 0, n), or bytes of which only this is known.
    @Test func segmentsOfFills() {
        for opcode: UInt8 in [19, 20] {
            for (written, constant, expected) in [
                (1, 0, nil), (0, 0, .unknownReference), (1, 1, .unjustified), (1, -1, .unjustified),
            ] as [(UInt8, Int128, CheckFailure.Reason?)] {
                let node = SegmentNode(
                    facts: few + [pointsTo([(5, 0, 4)])],
                    code: [
                        .init(
                            opcode: opcode, a: .register(1), b: opcode == 19 ? .integer(0) : .none, c: .register(0))
                    ], script: [1, 1, .fact(0), .fact(1), 1, 1, 1, 1, 1] + atP(2) + [.byte(written)])
                let end = TestForm([(0, 1), (1, 1)], constant == 1 ? 1 : 0)
                let found = node.shows(5, .of(1, min(constant, 0)), end, SegmentNode.same(0))
                #expect(found == expected, "\(opcode) \(written) \(constant)")
            }
        }
    }

    @Test func labelsOfFills() {
        for (label, expected) in [(0, CheckFailure.Reason.label), (2, nil)] {
            let node = SegmentNode(
                facts: few + [pointsTo([(5, 0, 5)])],
                code: [.init(opcode: 19, a: .register(1), b: .integer(0), c: .register(0))],
                script: [1, 1, .fact(0), .fact(1), 1, 1, 1, 0, 1] + atP(2) + [1], alarms: [4])
            #expect(node.shows(5, p, TestForm([(0, 1), (1, 1)]), label: label, SegmentNode.same(0)) == expected)
        }
    }
}
