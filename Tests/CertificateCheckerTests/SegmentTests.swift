// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker
import Testing

/// Segments (5.2, 6.4): their form, and what shows that there is one.
struct SegmentTests {
    private typealias Made = TestCertificate
    private let n = SegmentNode.n
    private let p = SegmentNode.p
    private let i = SegmentNode.i

    private func reason(_ sample: Sample) -> CheckFailure.Reason? {
        do {
            _ = try check(program: sample.program, certificate: sample.certificate)
            return nil
        } catch {
            return error.reason
        }
    }

    /// Whether there is a segment of g, of which the node knows `memory` and `facts`.
    private func shows(
        of tag: Int = 5, _ from: TestForm, _ to: TestForm, label: Int = 0, facts: [TestCertificate.Part] = [],
        places: [TestCertificate.Part] = [], _ memory: [TestCertificate.Part], _ sources: [ScriptPart]
    ) -> CheckFailure.Reason? {
        SegmentNode(places: places, facts: facts, memory: memory, script: [])
            .shows(tag, from, to, label: label, sources)
    }

    private func atMost(_ terms: [(Int, Int128)], _ bound: Int128, label: Int = 0) -> TestCertificate.Part {
        Made.linear(terms, bound, label: label)
    }

    // MARK: A loop

    @Test func loopThatReadsBehindItsSegment() { #expect(reason(.segmentLoop(more: 1)) == .unjustified) }
    @Test func loopThatMakesNoSegment() { #expect(reason(.segmentLoop(isWritten: false)) == .unknownReference) }

    // MARK: Chains

    @Test func emptySegments() {
        #expect(shows(i, i, [], [0, 0, .none]) == nil)
        #expect(shows(i, .of(2, -1), [], [0, 0, .none]) == nil)
        #expect(shows(i, .of(2, 1), [], [0, 0, .none]) == .unjustified)
    }

    @Test func segmentsInARow() {
        let row: [ScriptPart] = [2, 0, 0, .none, 0, 1, .none, 0, .none]
        for (gap, expected) in [(0, nil), (-1, nil), (1, .unjustified)] as [(Int128, CheckFailure.Reason?)] {
            #expect(shows(0, n, [Made.segment(5, 0, i), Made.segment(5, .of(2, gap), n)], row) == expected, "\(gap)")
        }
        // The other way round.
        #expect(shows(0, n, [Made.segment(5, i, n), Made.segment(5, 0, i)], row) == .unjustified)
    }

    /// It begins behind the first byte, or ends before the last one.
    @Test func endsOfASegment() {
        for (first, last, expected) in [(0, 0, nil), (1, 0, .unjustified), (0, -1, .unjustified), (-1, 1, nil)]
            as [(Int128, Int128, CheckFailure.Reason?)]
        {
            let found = shows(p, n, [Made.segment(5, .of(1, first), .of(0, last))], SegmentNode.same(0))
            #expect(found == expected, "\(first) \(last)")
        }
    }

    /// i <= n, and not the other way round.
    @Test func endsThatFactsShow() {
        let known = [Made.segment(5, 0, n)]
        let sources: [ScriptPart] = [1, 0, 0, .none, 0, .fact(0)]
        #expect(shows(0, i, facts: [atMost([(0, -1), (2, 1)], 0)], known, sources) == nil)
        #expect(shows(0, i, facts: [atMost([(0, 1), (2, -1)], 0)], known, sources) == .unjustified)
        #expect(shows(0, i, facts: [atMost([(0, -1), (2, 1)], 1)], known, sources) == .unjustified)
        // What begins at -n where n is not negative begins before the object.
        let negative = [Made.segment(5, TestForm([(0, -1)]), i)]
        #expect(shows(0, i, facts: [atMost([(0, -1)], 0)], negative, [1, 0, 0, .fact(0), 0, .none]) == nil)
        #expect(shows(0, i, facts: [atMost([(0, -1)], 1)], negative, [1, 0, 0, .fact(0), 0, .none]) == .unjustified)
    }

    @Test func segmentsOfOthers() {
        #expect(shows(0, n, [Made.segment(5, 0, n)], SegmentNode.same(0)) == nil)
        #expect(shows(0, n, [Made.segment(6, 0, n)], SegmentNode.same(0)) == .unjustified)
        #expect(shows(0, 8, [Made.initialised(5, 0, 64)], SegmentNode.same(0)) == .unjustified)
        #expect(shows(0, n, [Made.segment(5, 0, n)], SegmentNode.same(1)) == .unknownReference)
    }

    /// Four bytes of which facts about constant ranges tell, then a segment.
    @Test func evidenceInARow() {
        func sources(_ from: Int128, _ to: Int128, _ deriv: ScriptPart = .none) -> [ScriptPart] {
            [2, 1, .signed(from), .signed(to), 1, 0, 0, deriv, 0, 1, .none, 0, .none]
        }
        let known = [Made.initialised(5, 0, 32), Made.segment(5, 4, n)]
        #expect(shows(0, n, known, sources(0, 4)) == nil)
        #expect(shows(0, n, known, sources(0, 5)) == .unjustified)
        #expect(shows(0, n, known, sources(0, 3)) == .unjustified)
        #expect(shows(0, n, known, sources(1, 4)) == .unjustified)
        #expect(shows(0, n, [Made.initialised(5, 8, 32), known[1]], sources(0, 4)) == .unjustified)
        #expect(shows(0, n, [Made.initialised(6, 0, 32), known[1]], sources(0, 4)) == .unjustified)
        #expect(shows(0, n, [known[0], Made.segment(5, 5, n)], sources(0, 4)) == .unjustified)
        // It begins before i if i is not negative, and bytes before the object need evidence like others.
        let facts = [atMost([(2, -1)], 0)]
        #expect(shows(i, n, facts: facts, known, sources(0, 4, .fact(0))) == nil)
        #expect(shows(-1, n, known, sources(-1, 4)) == .unjustified)
    }

    /// The sources are numbers that must be multiplied by 8, and forms whose difference must be one.
    @Test func sourcesThatLeave128Bits() {
        let sources: [ScriptPart] = [1, 1, .signed(1 << 125), .signed(0), 0, .none, 0, .none]
        #expect(shows(0, 0, [], sources) == .overflow)
        let large = Made.segment(5, TestForm([(0, 1)], .min), n)
        #expect(shows(1, n, [large], [1, 0, 0, .none, 0, .none]) == .overflow)
    }

    @Test func kindsOfSources() {
        #expect(shows(0, n, [Made.segment(5, 0, n)], [1, 2, 0, .none, 0, .none]) == .malformed)
        #expect(shows(0, n, [Made.segment(5, 0, n)], [1, 0, 0, .none, 4, .none]) == .malformed)
    }

    // MARK: The object's end

    /// i is at least the 8 bytes that g has.
    @Test func endOfAStaticSize() {
        let sources: [ScriptPart] = [1, 0, 0, .none, 2, .fact(0)]
        for (tag, bound, expected) in [(5, -8, nil), (5, -7, .unjustified), (6, -8, .unjustified), (6, -16, nil)]
            as [(Int, Int128, CheckFailure.Reason?)]
        {
            let found = shows(of: tag, 0, n, facts: [atMost([(2, -1)], bound)], [Made.segment(tag, 0, i)], sources)
            #expect(found == expected, "\(tag) \(bound)")
        }
        #expect(shows(of: 10, 0, n, facts: [atMost([(2, -1)], -8)], [Made.segment(10, 0, i)], sources) == .unjustified)
    }

    /// i is at least the size, which a place tells.
    @Test func endOfASizeAsAForm() {
        let facts = [atMost([(2, -1), (6, 1)], 0)]
        let sources: [ScriptPart] = [1, 0, 0, .none, 1, .fact(0)]
        let known = [Made.segment(10, 0, i)]
        #expect(shows(of: 10, 0, n, facts: facts, places: [Made.size(10)], known, sources) == nil)
        let weak = [atMost([(2, -1), (6, 1)], 1)]
        #expect(shows(of: 10, 0, n, facts: weak, places: [Made.size(10)], known, sources) == .unjustified)
        let other = [Made.cell(5, 0)]
        #expect(shows(of: 10, 0, n, facts: facts, places: other, known, sources) == .unknownReference)
    }

    /// i is at least 8, and the size at most that.
    @Test func endOfASizeFact() {
        func size(_ tag: UInt8, upper: UInt8?) -> TestCertificate.Part {
            { $0.raw([4, tag, 0] + (upper.map { [1, 2 * $0] } ?? [0]) + [0]) }
        }
        let facts = [atMost([(2, -1)], -8)]
        let sources: [ScriptPart] = [1, 0, 0, .none, 3, 1, .fact(0)]
        for tag in [9, 10] {
            func reason(_ size: @escaping TestCertificate.Part) -> CheckFailure.Reason? {
                shows(of: tag, 0, n, facts: facts, [Made.segment(tag, 0, i), size], sources)
            }
            #expect(reason(size(UInt8(tag), upper: 8)) == nil)
            #expect(reason(size(UInt8(tag), upper: 9)) == .unjustified)
            #expect(reason(size(UInt8(tag), upper: nil)) == .unjustified)
            #expect(reason(size(19 - UInt8(tag), upper: 8)) == .unjustified)
            #expect(reason(Made.initialised(tag, 0, 64)) == .unjustified)
        }
    }

    // MARK: Labels

    /// What the sources rest on, the segment rests on: each part of them, once under assumption 0.
    @Test func labelsOfSources() {
        func size(_ label: UInt8) -> TestCertificate.Part { { $0.raw([4, 10, 0, 1, 16, label]) } }
        for part in 0..<6 {
            func label(_ number: Int) -> Int { number == part ? 1 : 0 }
            for (allowed, expected) in [(0, CheckFailure.Reason.label), (1, nil)] {
                // A range, then a segment, which begins at 4 at most; it ends at the size.
                let found = shows(
                    of: 10, 0, n, label: allowed,
                    facts: [
                        atMost([(2, 1)], 4, label: label(0)), atMost([(0, -1), (6, 1)], 0, label: label(1)),
                        atMost([(0, -1)], -8, label: label(1)),
                    ], places: [Made.size(10, label: label(2))],
                    [
                        Made.initialised(10, 0, 32, label: label(3)), Made.segment(10, i, n, label: label(4)),
                        size(UInt8(label(5))),
                    ],
                    [2, 1, .signed(0), .signed(4), 1, 0, 0, .none, 0, 1, .fact(0)]
                        + (part == 5 ? [3, 2, .fact(2)] : [1, .fact(1)]))
                #expect(found == expected, "\(part) \(allowed)")
            }
        }
    }

    // MARK: Jumps

    /// g holds at most n: what is known up to n is known up to what g holds, which the next node names.
    @Test func segmentsUpToAPlace() {
        for (more, expected) in [(0, nil), (1, CheckFailure.Reason.unjustified)] as [(Int128, CheckFailure.Reason?)] {
            let next = TestCertificate.Node(
                block: 2, places: [Made.cell(6)], memory: [Made.segment(5, 0, .of(6, more))], script: { $0.byte(1) })
            let node = SegmentNode(
                places: [Made.cell(6)], facts: [atMost([(0, -1), (6, 1)], 0)], memory: [Made.segment(5, 0, n)],
                script: [1, 3, 2, 0, 1, 0, 0, .none, 0, .fact(0)], next: next)
            #expect(node.reason == expected)
        }
    }

    /// Registers are replaced by their values: r = 3 - 2 * i.
    @Test func segmentsOverRegisters() {
        let code = Code(opcode: 1, result: 5, a: .integer(3), list: [.integer(-2), .register(2)])
        for (constant, expected) in [(8, nil), (7, CheckFailure.Reason.unjustified)]
            as [(Int128, CheckFailure.Reason?)]
        {
            // From p's offset up to 2 * r + 2 = 8 - 4 * i.
            let next = TestCertificate.Node(
                block: 2, memory: [Made.segment(5, p, TestForm([(5, 2)], 2))], script: { $0.byte(1) })
            let node = SegmentNode(
                memory: [Made.segment(5, p, TestForm([(2, -4)], constant))], code: [code],
                script: [1, 1, 3, 2, 0, 1, 0, 0, .none, 0, .none], next: next)
            #expect(node.reason == expected)
        }
    }

    @Test func hintsOfSegments() {
        let next = TestCertificate.Node(block: 2, memory: [Made.segment(10, 0, n)], script: { $0.byte(1) })
        let absent: TestCertificate.Part = { $0.raw([5, 10, 0]) }
        let other: TestCertificate.Part = { $0.raw([5, 9, 0]) }
        #expect(SegmentNode(memory: [absent], script: [1, 3, 2, 3, 0], next: next).reason == nil)
        #expect(SegmentNode(memory: [other], script: [1, 3, 2, 3, 0], next: next).reason == .unjustified)
        let never = [atMost([], -1)]
        #expect(SegmentNode(facts: never, script: [1, 3, 2, 2, 0], next: next).reason == nil)
        #expect(SegmentNode(facts: [atMost([], 0)], script: [1, 3, 2, 2, 0], next: next).reason == .unjustified)
    }

    // MARK: Form

    private func reasonOfForm(_ form: TestForm, places: [TestCertificate.Part] = []) -> [CheckFailure.Reason?] {
        [
            SegmentNode(places: places, memory: [Made.segment(5, form, 0)], script: []).reason,
            SegmentNode(places: places, memory: [Made.segment(5, 0, form)], script: []).reason,
        ]
    }

    @Test func formsOfSegments() {
        let cases: [(TestForm, CheckFailure.Reason?)] = [
            (TestForm([(0, 1), (1, -1), (5, 3)], -7), nil), (.of(6), nil), (.of(3), .illFormedCertificate),
            (.of(7), .illFormedCertificate), (.of(8), .illFormedCertificate),
            (TestForm([(0, 0)]), .illFormedCertificate), (TestForm([(0, 1), (0, 1)]), .illFormedCertificate),
            (TestForm([(2, 1), (0, 1)]), .illFormedCertificate),
        ]
        for (place, (form, expected)) in cases.enumerated() {
            let places = [Made.cell(5), Made.cell(6, type: [2, 1])]
            #expect(reasonOfForm(form, places: places) == [expected, expected], "\(place)")
        }
    }

    @Test func limitsOfForms() {
        let places = (0..<65).map { Made.cell(6, Int128($0) * 32) }
        func form(_ count: Int) -> TestForm { TestForm((0..<count).map { ($0 + 6, 1) }) }
        #expect(reasonOfForm(form(64), places: places) == [nil, nil])
        #expect(reasonOfForm(form(65), places: places) == [.limit, .limit])
        // A difference of forms of 64 terms in all, and of one more.
        for (count, expected) in [(63, CheckFailure.Reason.unjustified), (64, .limit)] {
            #expect(
                shows(.of(0), n, places: places, [Made.segment(5, form(count), n)], SegmentNode.same(0)) == expected)
        }
    }

    /// In a script the forms are over symbols: of integers and offsets, and there must be some.
    @Test func symbolsOfSegments() {
        let code = Code(opcode: 26, type: .int(8, false), result: 5)
        for (symbol, expected) in [(5, nil), (6, nil), (3, .unknownReference), (7, .unknownReference)]
            as [(Int, CheckFailure.Reason?)]
        {
            let node = SegmentNode(code: [code], script: [1])
            #expect(node.shows(5, .of(symbol), .of(symbol), [0, 0, .none]) == expected, "\(symbol)")
            #expect(node.shows(5, 0, TestForm([(0, 1), (symbol, 0)]), [0, 0, .none]) != nil)
        }
    }

    @Test func tagsOfSegments() {
        for (tag, expected) in [(5, nil), (9, nil), (0, .illFormedCertificate), (3, .illFormedCertificate)]
            as [(Int, CheckFailure.Reason?)]
        {
            let node = SegmentNode(memory: [Made.segment(tag, 0, n)], script: [])
            #expect(node.reason == expected, "\(tag)")
        }
    }

    /// Nothing shows a segment of a constant, or where the program begins.
    @Test func segmentsWithoutHints() {
        #expect(SegmentNode(script: [], constants: [Made.cells(7, 0, 0, 0)]).reason == nil)
        #expect(SegmentNode(script: [], constants: [Made.segment(7, 0, 0)]).reason == .illFormedCertificate)
        for (fact, expected) in [
            (Made.initialised(4, 0, 32), nil), (Made.segment(4, 0, 4), CheckFailure.Reason.unjustified),
            (Made.segment(4, 0, 0), .unjustified), (Made.segment(4, 0, .of(0)), .illFormedCertificate),
        ] {
            let program = TestProgram(objects: [.init(kind: 0, size: 4)], functions: [straight([.int32], [])])
            let certificate = TestCertificate(nodes: [.init(memory: [fact], script: { $0.byte(1) })])
            #expect(CertificateCheckerTests.reason(program, certificate) == expected)
        }
    }
}
