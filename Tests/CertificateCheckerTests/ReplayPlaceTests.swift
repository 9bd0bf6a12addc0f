// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Testing

@testable import CertificateChecker

/// Places in replays: their values are read from memory, and facts about them compared with these.
struct ReplayPlaceTests {
    private let int32 = ScalarType(kind: .integer, bits: 32, isSigned: true)

    private func proof(
        _ sample: Sample, _ change: (inout Certificate) -> Void = { _ in }
    ) throws -> CheckedProof {
        let proof = try checkForReplay(program: sample.program, certificate: sample.certificate)
        var certificate = proof.certificate
        change(&certificate)
        return CheckedProof(claims: proof.claims, plan: proof.plan, certificate: certificate, paths: proof.paths)
    }

    private func isContradiction(_ end: ReplayEnd) -> Bool {
        if case .contradiction = end { return true }
        return false
    }

    private func atMost(_ number: Int, _ bound: Int128) -> RegisterFact {
        .linear([Term(symbol: number, coefficient: 1)], bound, label: 0)
    }

    @Test func cellsOfANode() throws {
        let run = try proof(.storedPlace()).replay(ReplayTests.run(7, [200]))
        #expect(run.end == .returned)
        // The cell, and two facts about it.
        #expect(run.checkedFacts == 3)
        let spoilt = try proof(.storedPlace()) { $0.nodes[1].registerFacts[0] = atMost(3, 199) }
        #expect(isContradiction(spoilt.replay(ReplayTests.run(7, [200])).end))
        #expect(spoilt.replay(ReplayTests.run(7, [199])).end == .returned)
    }

    @Test func sizesOfANode() throws {
        let sample = Sample.relationalLoop(isInMemory: true)
        // n is 2; there is memory.
        let run = try proof(sample).replay(ReplayTests.run(27, [2, 1]))
        #expect(run.end == .returned)
        // Absent facts; then thrice the cell, four register facts, and that the object is alive.
        #expect(run.checkedFacts == 2 + 3 * 6)
        for (bound, isTrue) in [(2, true), (1, false)] as [(Int128, Bool)] {
            let spoilt = try proof(sample) { $0.nodes[1].registerFacts[0] = atMost(7, bound) }
            let end = spoilt.replay(ReplayTests.run(27, [2, 1])).end
            #expect(isTrue ? end == .returned : isContradiction(end))
        }
    }

    /// Cells outside of the object, and those that are not wholly initialised.
    @Test func cellsThatAreNotInitialised() throws {
        for bit in [-1, 1, 32] as [Int128] {
            let spoilt = try proof(.storedPlace()) { certificate in
                certificate.nodes[1].places = [Place(tag: 4, subject: .cell(bit: bit, int32), label: 0)]
                certificate.nodes[1].registerFacts = []
            }
            #expect(isContradiction(spoilt.replay(ReplayTests.run(7, [200])).end), "\(bit)")
        }
        let byte = ScalarType(kind: .integer, bits: 8, isSigned: true)
        for (bit, steps) in [(0, 7), (8, 14)] as [(Int128, Int)] {
            // The head is reached for the first time when no byte is written, then with one byte written.
            let spoilt = try proof(.relationalLoop(isInMemory: false)) { certificate in
                certificate.nodes[1].places = [Place(tag: 6, subject: .cell(bit: bit, byte), label: 0)]
                certificate.nodes[1].registerFacts = []
            }
            let run = spoilt.replay(ReplayTests.run(40, [2, 1]))
            #expect(isContradiction(run.end) && run.steps <= steps, "\(bit): \(run.steps)")
        }
    }

    /// Where no object has the tag, the value is free, and nothing is compared.
    @Test func placesWithoutAnObject() throws {
        for subject in [Place.Subject.size, .cell(bit: 0, int32)] {
            let spoilt = try proof(.storedPlace()) { certificate in
                certificate.nodes[1].places = [Place(tag: 1 << 20, subject: subject, label: 0)]
                certificate.nodes[1].registerFacts = [atMost(3, -1), atMost(0, 255)]
            }
            let run = spoilt.replay(ReplayTests.run(7, [200]))
            #expect(run.end == .returned)
            #expect(run.checkedFacts == 1)
        }
    }

    @Test func placesOfCalls() throws {
        let sample = Sample.calledPlace()
        let run = try proof(sample).replay(ReplayTests.run(11))
        #expect(run.end == .returned)
        // At the callee's begin and at its end a cell and two facts.
        #expect(run.checkedFacts == 6)
        let atReturn = try proof(sample) { $0.clones[1].resultFacts[0] = atMost(3, 6) }
        #expect(isContradiction(atReturn.replay(ReplayTests.run(11)).end))
        let atEntry = try proof(sample) { $0.nodes[1].registerFacts[0] = atMost(2, 4) }
        #expect(isContradiction(atEntry.replay(ReplayTests.run(11)).end))
    }

    @Test func placesOfEachClass() throws {
        let sample = Sample.placesOfEachClass()
        let run = try proof(sample).replay(ReplayTests.run(8))
        #expect(run.end == .returned)
        // Two cells, what the pointer points to, and the float's range.
        #expect(run.checkedFacts == 4)
        let pointer = try proof(sample) { certificate in
            certificate.nodes[1].registerFacts[0] = .targets(3, [TargetEntry(tag: 6)], label: 0)
        }
        #expect(isContradiction(pointer.replay(ReplayTests.run(8)).end))
        let float = try proof(sample) { certificate in
            certificate.nodes[1].registerFacts[1] = .float(4, FloatRange(1), label: 0)
        }
        #expect(isContradiction(float.replay(ReplayTests.run(8)).end))
    }

    /// Unsigned numbers of 128 bits may be larger than any that the checker counts with.
    @Test func placesWithoutANumber() throws {
        let sample = Sample(
            "external data", TestProgram(objects: [.init(kind: 4, size: 16)], functions: [straight([], [])]),
            TestCertificate(nodes: [.init(script: { $0.byte(1) })]), [])
        let spoilt = try proof(sample) { certificate in
            let type = ScalarType(kind: .integer, bits: 128, isSigned: false)
            certificate.nodes[0].places = [Place(tag: 4, subject: .cell(bit: 0, type), label: 0)]
            certificate.nodes[0].registerFacts = [atMost(0, 5)]
        }
        for (byte, isTrue, facts) in [(255, true, 1), (0, true, 2), (1, false, 1)] as [(UInt8, Bool, Int)] {
            let run = spoilt.replay(ReplayTests.run(1, Array(repeating: byte, count: 16)))
            #expect(isTrue ? run.end == .returned : isContradiction(run.end))
            #expect(run.checkedFacts == facts)
        }
    }
}
