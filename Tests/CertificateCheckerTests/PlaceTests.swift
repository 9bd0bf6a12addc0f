// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker
import Testing

/// Places (5.3): what they may name, and that memory must have the value that facts speak of.
struct PlaceTests {
    private func reason(_ sample: Sample) -> CheckFailure.Reason? {
        do {
            _ = try check(program: sample.program, certificate: sample.certificate)
            return nil
        } catch {
            return error.reason
        }
    }

    // MARK: Jumps

    @Test func factThatIsFalseOfAPlace() { #expect(reason(.storedPlace(difference: -1)) == .unjustified) }

    /// The cell at 32, the one of another width, class or sign, and the size, are not what was stored.
    @Test func placeOfAnotherCell() {
        #expect(reason(.storedPlace(place: TestCertificate.cell(4, 32))) == .unknownReference)
        #expect(reason(.storedPlace(place: TestCertificate.cell(4, 0, type: [0, 16, 1]))) == .unknownReference)
        #expect(reason(.storedPlace(place: TestCertificate.cell(4, 0, type: [0, 32, 0]))) == .unjustified)
    }

    /// A write of an unknown byte of it, or of memory as a whole, leaves nothing known of the cell.
    @Test func placeThatIsOverwritten() {
        let store = Code(opcode: 17, type: .int(8, true), a: .object(0), b: .integer(1), immediate: 2, site: 3)
        #expect(reason(.storedPlace(between: [store], Sample.named)) == .unknownReference)
        #expect(reason(.storedPlace(between: [.init(opcode: 31, target: 0)], [1])) == .unknownReference)
        // What is read stays.
        let load = Code(opcode: 16, alignment: 4, result: 1, a: .object(0), site: 3)
        #expect(reason(.storedPlace(between: [load], Sample.named + [1])) == nil)
    }

    /// What is known under an assumption only shows nothing without it.
    @Test func labelOfAPlace() throws {
        let sample = Sample.storedPlace(label: 1)
        let claims = try check(program: sample.program, certificate: sample.certificate)
        #expect(
            claims.obligations.suffix(2).map(AcceptanceTests.text) == [
                "uninitialized-read proved 0", "assertion proved 0",
            ])
    }

    /// A content that rests on assumption 0 is not a place that rests on nothing.
    @Test func placeThatRestsOnMore() {
        for (label, expected) in [(0, CheckFailure.Reason.label), (1, nil)] {
            // y = x, any of 0 ... 3; assume(y <= 0) under assumption 0; then g[y] = 5.
            let program = TestProgram(
                objects: [.init(kind: 0, size: 4)],
                functions: [
                    .init(
                        registers: [.int32, .int32, .pointer],
                        blocks: [
                            .init(
                                code: [
                                    .init(opcode: 26, type: .int(2, false), result: 0),
                                    .init(opcode: 4, detail: 3, result: 1, a: .register(0), b: .integer(0)),
                                    .init(opcode: 27, a: .register(1), target: 0),
                                    .init(opcode: 12, result: 2, a: .object(0), b: .register(0), immediate: 1),
                                    .init(opcode: 17, type: .int(8, true), a: .register(2), b: .integer(5)),
                                ], kind: 0, targets: [1]),
                            .init(kind: 4),
                        ])
                ], assumptions: ["y is not positive"])
            let certificate = TestCertificate(
                labels: [[], [0]], clones: [.init(label: 1, written: [(4, 0, 32)])],
                nodes: [
                    // Linear: 0, 1 of x; 2, 3 of the truth value; 4 it is 1; 5 x <= 0.
                    script([
                        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, .fact(5), 1, .fact(1), .signed(1), 1, 3, 1,
                    ]),
                    .init(
                        block: 1, places: [TestCertificate.cell(4, 0, type: [0, 8, 1], label: label)],
                        script: { $0.byte(1) }),
                ])
            #expect(CertificateCheckerTests.reason(program, certificate) == expected)
        }
    }

    // MARK: Calls and returns

    @Test func factThatIsFalseOfAPlaceAtACall() { #expect(reason(.calledPlace(entry: 4)) == .unjustified) }
    @Test func factThatIsFalseOfAPlaceAtAReturn() { #expect(reason(.calledPlace(exit: 8)) == .unjustified) }

    /// void f(void) { assume(g == 5) }; g = x of any byte x; f(); assert(g == 5): the exit's place replaces the content.
    @Test func placeOfACellThatIsNotWritten() throws {
        let loaded: [Code] = [
            .init(opcode: 16, alignment: 4, result: 0, a: .object(0), site: 1),
            .init(opcode: 4, detail: 0, result: 1, a: .register(0), b: .integer(5)),
        ]
        let program = TestProgram(
            objects: [.init(kind: 0, size: 4)],
            functions: [
                straight(
                    [.int32, .int32],
                    [
                        .init(opcode: 26, type: .int(8, false), result: 0),
                        .init(opcode: 17, alignment: 4, a: .object(0), b: .register(0)), .init(opcode: 29, target: 1),
                    ] + loaded + [.init(opcode: 28, detail: 18, a: .register(1))]),
                straight([.int32, .int32], loaded + [.init(opcode: 27, a: .register(1), target: 0)]),
            ], assumptions: ["g is 5"])
        let certificate = TestCertificate(
            labels: [[], [0]],
            clones: [
                .init(level: 1, written: [(5, 0, 32)]),
                .init(
                    function: 1, places: [TestCertificate.cell(5)],
                    results: [
                        TestCertificate.linear([(3, 1)], 5, label: 1), TestCertificate.linear([(3, -1)], -5, label: 1),
                    ]),
            ],
            nodes: [
                // Linear: 0, 1 of x; 2, 3 the exit's.
                script([1] + Sample.named + [1, 1] + Sample.named + [1, 1, 1, 1, 2, .fact(2), .fact(3), 1]),
                // Linear: 0, 1 the truth value; 2 it is 1; 3, 4 g is 5.
                .init(
                    clone: 1, places: [TestCertificate.cell(5)],
                    script: written(Sample.named + [1, 1, 1, 1, .fact(3), .fact(4)])),
            ])
        let claims = try check(program: program.bytes(), certificate: certificate.bytes())
        #expect(claims.obligations.map(AcceptanceTests.text).contains("assertion proved 0"))
    }

    /// A local of the callee has ended where the callee returns.
    @Test func placeThatEndsWithTheCallee() {
        for (tag, expected) in [(5, nil), (6, CheckFailure.Reason.unknownReference)] {
            let program = TestProgram(
                objects: [.init(kind: 0, size: 4), .init(kind: 2, size: 4, owner: 1)],
                functions: [
                    straight([], [.init(opcode: 29, target: 1)]),
                    straight(
                        [],
                        [
                            .init(opcode: 24, target: 1),
                            .init(opcode: 17, alignment: 4, a: .object(0), b: .integer(5)),
                            .init(opcode: 17, alignment: 4, a: .object(1), b: .integer(5)),
                        ]),
                ])
            // Tags: 3 and 4 the functions, 5 the global, 6 unused, 7 the local.
            let place = TestCertificate.cell(tag == 5 ? 5 : 7)
            let certificate = TestCertificate(
                tags: [TestCertificate.localTag(1, clone: 1)],
                clones: [
                    .init(level: 1, written: [(5, nil, nil)]),
                    .init(function: 1, places: [place], written: [(5, nil, nil)]),
                ],
                nodes: [
                    script([1, 1, 1]), .init(clone: 1, script: written([1] + Sample.named + Sample.named + [1])),
                ])
            #expect(CertificateCheckerTests.reason(program, certificate) == expected)
        }
    }

    // MARK: Pointers to what has ended

    /// g = &x; perhaps the end of x, or of the function; then g is a place.
    @Test func placeThatHoldsAPointerToAnEndedObject() {
        let stored = Code(opcode: 17, alignment: 4, type: .pointer, a: .object(0), b: .object(1))
        let place = TestCertificate.cell(4, type: [1])
        for (isEnded, expected) in [(false, nil), (true, CheckFailure.Reason.unjustified)] {
            let program = TestProgram(
                objects: [.init(kind: 0, size: 8), .init(kind: 2, size: 4, owner: 0)],
                functions: [
                    .init(blocks: [
                        .init(
                            code: [.init(opcode: 24, target: 1), stored]
                                + (isEnded ? [.init(opcode: 25, target: 1)] : []), kind: 0, targets: [1]),
                        .init(kind: 4, live: isEnded ? [] : [1]),
                    ])
                ])
            func reason(atJump: Bool) -> CheckFailure.Reason? {
                let certificate = TestCertificate(
                    tags: [TestCertificate.localTag(1)],
                    clones: [.init(places: atJump ? [] : [place], written: [(4, nil, nil)])],
                    nodes: [
                        script([1] + Sample.named + (isEnded ? [1] : []) + [1] + (atJump ? [3, 1] : [2, 1])),
                        .init(block: 1, places: atJump ? [place] : [], script: { $0.byte(1) }),
                    ].dropLast(atJump ? 0 : 1))
                return CertificateCheckerTests.reason(program, certificate)
            }
            #expect(reason(atJump: true) == expected)
            // A return ends it too.
            #expect(reason(atJump: false) == .unjustified)
        }
    }

    // MARK: Places of each class

    @Test func targetsOfAPlace() { #expect(reason(.placesOfEachClass(target: 6)) == .unjustified) }
    @Test func rangeOfAPlace() { #expect(reason(.placesOfEachClass(upper: 1.25)) == .unjustified) }

    // MARK: Form

    /// Places of a node that nothing jumps to, and a fact of it.
    private func reasonOfForm(
        _ places: [TestCertificate.Part], _ facts: [TestCertificate.Part] = [], isFirst: Bool = false
    ) -> CheckFailure.Reason? {
        let program = TestProgram(
            objects: [.init(kind: 0, size: 4), .init(kind: 1, size: 4), .init(kind: 2, size: 4, owner: 0)],
            functions: [
                .init(
                    registers: [.int32, .pointer],
                    blocks: [
                        .init(code: [.init(opcode: 22, alignment: 16, result: 1, c: .integer(4))], kind: 4),
                        .init(kind: 4),
                    ])
            ], assumptions: ["none"])
        // Tags: 3 the function, 4 the global, 5 the constant, 6 unused, 7 the local, 8 many, 9 single.
        let node = TestCertificate.Node(
            block: isFirst ? 0 : 1, places: places, facts: facts,
            script: isFirst ? written([1, 9, 0, 0, 1, 0, 1, 0, 0, 1]) : { $0.byte(1) })
        let certificate = TestCertificate(
            labels: [[], [0]],
            tags: [
                TestCertificate.localTag(2), TestCertificate.heapTag(instruction: 0, partner: nil),
                TestCertificate.heapTag(instruction: 0, partner: 8),
            ], clones: [.init(everything: true)],
            nodes: isFirst ? [node] : [script([1, 9, 0, 0, 1, 0, 1, 0, 0, 1]), node])
        return CertificateCheckerTests.reason(program, certificate)
    }

    @Test func tagsOfPlaces() {
        for tag in [4, 7, 9] { #expect(reasonOfForm([TestCertificate.cell(tag)]) == nil, "\(tag)") }
        for tag in [0, 1, 2, 3, 5, 6, 8, 10] {
            #expect(reasonOfForm([TestCertificate.cell(tag)]) == .illFormedCertificate, "\(tag)")
        }
        #expect(reasonOfForm([TestCertificate.size(9)]) == nil)
        for tag in [0, 3, 4, 5, 7, 8] {
            #expect(reasonOfForm([TestCertificate.size(tag)]) == .illFormedCertificate, "\(tag)")
        }
    }

    @Test func orderOfPlaces() {
        typealias Made = TestCertificate
        let parts: [Made.Part] = [
            Made.cell(4, 0, type: [0, 16, 1]), Made.cell(4, 0, type: [0, 32, 1]), Made.cell(4, 0, type: [2, 0]),
            Made.cell(4, 32), Made.cell(9, 0), Made.size(9),
        ]
        #expect(reasonOfForm(parts) == nil)
        for place in parts.indices.dropLast() {
            var swapped = parts
            swapped.swapAt(place, place + 1)
            #expect(reasonOfForm(swapped) == .illFormedCertificate, "\(place)")
        }
        for part in parts { #expect(reasonOfForm([part, part]) == .illFormedCertificate) }
        // The sign makes no other cell.
        #expect(reasonOfForm([Made.cell(4), Made.cell(4, type: [0, 32, 0])]) == .illFormedCertificate)
    }

    @Test func limitsOfPlaces() {
        let many = (0..<4096).map { TestCertificate.cell(4, Int128($0) * 32) }
        #expect(reasonOfForm(many) == nil)
        #expect(reasonOfForm(many + [TestCertificate.cell(4, 1 << 20)]) == .limit)
        #expect(reasonOfForm([TestCertificate.cell(4, (1 << 64) - 1)]) == nil)
        #expect(reasonOfForm([TestCertificate.cell(4, 1 << 64)]) == .illFormedCertificate)
        #expect(reasonOfForm([TestCertificate.cell(4, label: 2)]) == .illFormedCertificate)
    }

    /// Numbers behind the registers are places, of the class of their type.
    @Test func factsAboutPlaces() {
        let places = [TestCertificate.cell(4), TestCertificate.cell(7, type: [2, 0]), TestCertificate.size(9)]
        for number in [2, 4] {
            #expect(reasonOfForm(places, [TestCertificate.linear([(number, 1)], 5)]) == nil, "\(number)")
        }
        for number in [3, 5] {
            #expect(
                reasonOfForm(places, [TestCertificate.linear([(number, 1)], 5)]) == .illFormedCertificate, "\(number)")
        }
        #expect(reasonOfForm(places, [TestCertificate.targets(2, [])]) == .illFormedCertificate)
    }

    @Test func placesAtTheEntry() {
        #expect(reasonOfForm([], isFirst: true) == nil)
        #expect(reasonOfForm([TestCertificate.cell(4)], isFirst: true) == .illFormedCertificate)
    }

    @Test func kindsOfPlaces() {
        #expect(reasonOfForm([{ $0.raw([2, 9, 0]) }]) == .malformed)
    }
}
