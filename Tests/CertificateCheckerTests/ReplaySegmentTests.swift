// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Testing

@testable import CertificateChecker

/// Segments in replays: the bytes between two numbers that forms have are looked at, as far as they are the object's.
struct ReplaySegmentTests {
    /// The array's tag.
    private let tag = 5

    private func proof(_ change: (inout Certificate) -> Void = { _ in }) throws -> CheckedProof {
        let sample = Sample.segmentLoop()
        let proof = try checkForReplay(program: sample.program, certificate: sample.certificate)
        var certificate = proof.certificate
        change(&certificate)
        return CheckedProof(claims: proof.claims, plan: proof.plan, certificate: certificate, paths: proof.paths)
    }

    /// The head says that there is a segment; a form is terms over registers, and a constant.
    private func proof(
        _ from: ([Term], Int128), _ to: ([Term], Int128), places: [Place] = []
    ) throws -> CheckedProof {
        try proof { certificate in
            certificate.nodes[1].places = places
            certificate.nodes[1].memoryFacts = [
                MemoryFact(
                    kind: .segment, tag: tag,
                    segment: Segment(
                        from: LinearForm(terms: from.0, constant: from.1), to: LinearForm(terms: to.0, constant: to.1)),
                    label: 0)
            ]
        }
    }

    /// With n bytes that are written: 4 steps before the loop, 7 in each round, 5 behind the last one.
    private func run(_ n: Int) -> [UInt8] { ReplayTests.run(7 * n + 9, [UInt8(n)]) }

    private func isContradiction(_ end: ReplayEnd) -> Bool {
        if case .contradiction = end { return true }
        return false
    }

    private func term(_ register: Int, _ coefficient: Int128 = 1) -> [Term] {
        [Term(symbol: register, coefficient: coefficient)]
    }

    @Test func segmentsAreCompared() throws {
        let run = try proof().replay(run(2))
        #expect(run.end == .returned)
        // At three arrivals three facts about registers, and the segment.
        #expect(run.checkedFacts == 3 * 4)
    }

    /// i is register 1.
    @Test func segmentsThatDoNotHold() throws {
        let cases: [(from: ([Term], Int128), to: ([Term], Int128), steps: Int?)] = [
            (([], 0), (term(1), 1), 4), (([], -3), (term(1), 0), nil), ((term(1), 0), ([], 1), 4),
            // 2 * i is more than i for the first time when i is 1.
            (([], 0), (term(1, 2), 0), 11), ((term(1), 0), (term(1), 0), nil), ((term(1), 1), (term(1), 0), nil),
            // The object has 127 bytes.
            (([], 126), ([], 200), 4), (([], 127), ([], 200), nil), (([], -7), ([], 0), nil), (([], -7), ([], 1), 4),
            (([], .min), ([], .max), 4), (([], .max), ([], .min), nil),
        ]
        for (place, (from, to, steps)) in cases.enumerated() {
            let found = try proof(from, to).replay(run(2))
            #expect(steps == nil ? found.end == .returned : isContradiction(found.end), "\(place): \(found.end)")
            if let steps { #expect(found.steps == steps, "\(place)") }
        }
    }

    /// A number of more than 128 bits, and a place that has none.
    @Test func segmentsThatAreNotCompared() throws {
        // The product is too large where i is 2, the sum where it is 1.
        for (from, compared) in [((term(1, .max), 0), 2), ((term(1), .max), 1)] as [(([Term], Int128), Int)] {
            let found = try proof(from, ([], 0)).replay(run(2))
            #expect(found.end == .returned)
            #expect(found.checkedFacts == 3 * 3 + compared)
        }
        // No object has the tag of the place.
        let place = Place(tag: 1 << 20, subject: .size, label: 0)
        let found = try proof(([], 0), (term(5), 0), places: [place]).replay(run(2))
        #expect(found.end == .returned)
        #expect(found.checkedFacts == 3 * 3)
    }

    /// Of the object's size, which is 127.
    @Test func segmentsUpToAPlace() throws {
        let place = Place(tag: tag, subject: .size, label: 0)
        for (coefficient, isTrue) in [(1, false), (-1, true)] as [(Int128, Bool)] {
            let end = try proof(([], 0), (term(5, coefficient), 0), places: [place]).replay(run(2)).end
            #expect(isTrue ? end == .returned : isContradiction(end))
        }
    }

    /// One unit, one for each term and each object, and one for 8 bytes.
    @Test func segmentsAreWork() throws {
        func work(_ proof: CheckedProof) -> Int {
            var budget = ReplayBudget(10000)
            #expect(proof.replay(run(16), within: &budget).end == .returned)
            return 10000 - budget.left
        }
        let bare = try work(proof { $0.nodes[1].memoryFacts = [] })
        // At 17 arrivals; 8 of them with 8 to 15 bytes, one with 16.
        #expect(try work(proof()) - bare == 17 * 3 + 8 + 2)
        let terms = [Term(symbol: 0, coefficient: 0), Term(symbol: 1, coefficient: 1)]
        #expect(try work(proof((term(1), 0), (terms, 0))) - bare == 17 * 5)
    }
}
