// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Testing

@testable import CertificateChecker

/// Runs replayed over the samples' programs, and over proofs that were spoilt after the check.
struct ReplayTests {
    static func run(_ steps: Int, _ choices: [UInt8] = []) -> [UInt8] {
        Bytes { out in
            out.raw(Array("AIX1".utf8))
            out.u(steps)
            out.raw(choices)
        }.bytes
    }

    private func proof(_ sample: Sample) throws -> CheckedProof {
        try checkForReplay(program: sample.program, certificate: sample.certificate)
    }

    private func isInvalid(_ end: ReplayEnd) -> Bool {
        if case .invalid = end { return true }
        return false
    }

    private func isContradiction(_ end: ReplayEnd) -> Bool {
        if case .contradiction = end { return true }
        return false
    }

    @Test func followsALoop() throws {
        let run = try proof(.loop()).replay(Self.run(45))
        #expect(run.end == .returned)
        #expect(run.reached == [0])
        // Two facts each time the head is reached.
        #expect(run.checkedFacts == 22)
    }

    @Test func stopsWhereTheStepsEnd() throws {
        let run = try proof(.loop()).replay(Self.run(10))
        #expect(run.end == .stepLimit)
        #expect(run.steps == 10)
    }

    @Test func takesChoices() throws {
        let proof = try proof(.addition())
        #expect(proof.replay(Self.run(3, [255])).end == .returned)
        #expect(isInvalid(proof.replay(Self.run(3)).end))
        #expect(isInvalid(proof.replay(Self.run(3, [255, 0])).end))
        #expect(isInvalid(proof.replay(Self.run(2, [255, 0])).end))
        #expect(isInvalid(proof.replay(Self.run(4, [255])).end))
    }

    /// The quotient -2^31 / -1 is the one that is not proved to fit.
    @Test func findsTheFirstViolation() throws {
        let program = TestProgram(functions: [
            straight(
                [.int32, .int32],
                [
                    .init(opcode: 26, result: 0),
                    .init(opcode: 2, detail: 3, result: 1, a: .integer(-(1 << 31)), b: .register(0)),
                ])
        ])
        let replayable = try ReplayableProgram(program.bytes())
        #expect(replayable.replay(Self.run(2, [0, 0, 0, 0])).end == .violated(obligation: 0))
        let overflow = replayable.replay(Self.run(2, [255, 255, 255, 255]))
        #expect(overflow.end == .violated(obligation: 1))
        #expect(overflow.reached == [0])
        #expect(replayable.replay(Self.run(3, [2, 0, 0, 0])).end == .returned)
    }

    @Test func anAssumptionThatDoesNotHoldMakesItNoRun() throws {
        let proof = try proof(.assertionUnderAssumption())
        #expect(proof.replay(Self.run(4, [1, 0, 0, 0])).end == .returned)
        #expect(isInvalid(proof.replay(Self.run(4, [0, 0, 0, 0])).end))
        #expect(isInvalid(try self.proof(.deadUnderAssumption()).replay(Self.run(2)).end))
    }

    @Test func filesThatAreNoRuns() throws {
        let proof = try proof(.loop())
        let good = Self.run(45)
        for length in 0..<good.count { #expect(isInvalid(proof.replay(Array(good.prefix(length))).end)) }
        #expect(isInvalid(proof.replay([0x42] + good.dropFirst()).end))
        #expect(isInvalid(proof.replay(Self.run(0)).end))
        #expect(isInvalid(proof.replay(Self.run(1 << 40)).end))
        #expect(isInvalid(proof.replay(good + [0]).end))
    }

    /// Whatever the bytes are, the answer is an answer.
    @Test(arguments: Sample.all) func anyBytesAreAnswered(_ sample: Sample) throws {
        let proof = try proof(sample)
        var random: UInt64 = 1
        for _ in 0..<300 {
            var choices: [UInt8] = []
            for _ in 0..<24 {
                random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                choices.append(UInt8(truncatingIfNeeded: random >> 33) & (random >> 60 < 8 ? 1 : 0xff))
            }
            for steps in [1, 3, 9] {
                let run = proof.replay(Self.run(steps, Array(choices.prefix(steps * 2))))
                #expect(!isContradiction(run.end), "\(run.end)")
            }
        }
    }

    // MARK: Proofs that are false

    private func spoilt(
        _ sample: Sample, _ change: (inout CheckedClaims, inout Certificate, inout Paths) -> Void
    ) throws -> CheckedProof {
        let proof = try proof(sample)
        var (claims, certificate, paths) = (proof.claims, proof.certificate, proof.paths)
        change(&claims, &certificate, &paths)
        return CheckedProof(claims: claims, plan: proof.plan, certificate: certificate, paths: paths)
    }

    @Test func aFactThatDoesNotHoldIsNoticed() throws {
        let proof = try spoilt(.loop()) { _, certificate, _ in
            certificate.nodes[1].registerFacts[0] = .linear([Term(symbol: 0, coefficient: 1)], 3, label: 0)
        }
        let run = proof.replay(Self.run(45))
        #expect(isContradiction(run.end), "\(run.end)")
        // i is 4 for the first time when the head is reached for the fifth time.
        #expect(run.steps == 18)
    }

    /// Of an object that holds 3 and then 0.
    @Test func factsAboutMemoryAreCompared() throws {
        let tag = 4
        let int32 = ScalarType(kind: .integer, bits: 32, isSigned: true)
        func cell(at position: Int128, _ value: Int128, count: Int128 = 1) -> MemoryFact {
            MemoryFact(
                kind: .cells, tag: tag, from: position, count: count, stride: count == 1 ? 0 : 32, type: int32,
                predicate: .integer(Bounds(lower: value, upper: value), modulus: 1, remainder: 0), label: 0)
        }
        func range(_ kind: MemoryFact.Kind, _ from: Int128, _ to: Int128, byte: UInt8 = 0) -> MemoryFact {
            MemoryFact(kind: kind, tag: tag, from: from, to: to, byte: byte, label: 0)
        }
        func size(_ lower: Int128?, _ upper: Int128?) -> MemoryFact {
            MemoryFact(kind: .size, tag: tag, size: Bounds(lower: lower, upper: upper), label: 0)
        }
        let facts: [(MemoryFact, Bool)] = [
            (cell(at: 0, 3), true), (cell(at: 0, 2), false), (cell(at: 32, 0), true), (cell(at: 0, 3, count: 2), false),
            (cell(at: 64, 0), false), (range(.initialised, 0, 64), true), (range(.initialised, 0, 65), false),
            (range(.bytes, 8, 64), true), (range(.bytes, 0, 64), false), (range(.bytes, 32, 64, byte: 1), false),
            (range(.raw, 5, 6), false), (range(.raw, 64, 80), true), (size(8, 8), true), (size(9, nil), false),
            (size(nil, 7), false), (MemoryFact(kind: .absent, tag: tag, label: 0), false),
        ]
        for (place, (fact, isTrue)) in facts.enumerated() {
            let proof = try spoilt(.globalData()) { _, certificate, _ in certificate.nodes[0].memoryFacts = [fact] }
            let end = proof.replay(Self.run(4)).end
            #expect(isTrue ? end == .returned : isContradiction(end), "fact \(place): \(end)")
        }
    }

    /// Unsigned numbers of 128 bits may be larger than any that the checker counts with.
    @Test func factsAboutLargeNumbersAreCompared() throws {
        let sample = Sample(
            "external data", TestProgram(objects: [.init(kind: 4, size: 16)], functions: [straight([], [])]),
            TestCertificate(nodes: [.init(script: { $0.byte(1) })]), [])
        let facts: [(Bounds, modulus: Int128, remainder: Int128, isTrue: Bool)] = [
            (.all, 1, 0, true), (.all, 2, 1, true), (.all, 2, 0, false), (.all, 3, 0, true), (.all, 3, 1, false),
            (.all, .max, 1, true), (Bounds(lower: 5, upper: nil), 2, 1, true),
            (Bounds(lower: nil, upper: .max), 1, 0, false),
        ]
        for (place, fact) in facts.enumerated() {
            let proof = try spoilt(sample) { _, certificate, _ in
                certificate.nodes[0].memoryFacts = [
                    MemoryFact(
                        kind: .cells, tag: 4, count: 1, type: ScalarType(kind: .integer, bits: 128, isSigned: false),
                        predicate: .integer(fact.0, modulus: fact.modulus, remainder: fact.remainder), label: 0)
                ]
            }
            let run = proof.replay(Self.run(1, Array(repeating: 255, count: 16)))
            #expect(fact.isTrue ? run.end == .returned : isContradiction(run.end), "fact \(place): \(run.end)")
            #expect(run.checkedFacts == (fact.isTrue ? 1 : 0))
        }
    }

    /// What is not compared does not count as compared.
    @Test func factsThatAreNotComparedDoNotCount() throws {
        let proof = try spoilt(.loop()) { _, certificate, _ in
            certificate.nodes[1].registerFacts[0] = .linear([Term(symbol: 0, coefficient: .max)], .max, label: 0)
        }
        let run = proof.replay(Self.run(45))
        #expect(run.end == .returned)
        // The sum is too large as soon as i is 2.
        #expect(run.checkedFacts == 11 + 2)
        let pointer = ScalarType(kind: .pointer)
        let sample = Sample(
            "external pointer", TestProgram(objects: [.init(kind: 4, size: 8)], functions: [straight([], [])]),
            TestCertificate(nodes: [.init(script: { $0.byte(1) })]), [])
        let spoilt = try spoilt(sample) { _, certificate, _ in
            certificate.nodes[0].memoryFacts = [
                MemoryFact(
                    kind: .cells, tag: 4, count: 1, type: pointer, predicate: .pointer([TargetEntry(tag: 4)]), label: 0)
            ]
        }
        func address(_ base: UInt64) -> [UInt8] {
            (0..<8).map { UInt8(truncatingIfNeeded: (base << 36 + 1 << 35) >> UInt64(8 * $0)) }
        }
        #expect(spoilt.replay(Self.run(1, address(2))).checkedFacts == 1)
        #expect(isContradiction(spoilt.replay(Self.run(1, address(0))).end))
        // No pointer has this address, so nothing is said about one.
        let other = spoilt.replay(Self.run(1, address(3)))
        #expect(other.end == .returned)
        #expect(other.checkedFacts == 0)
    }

    @Test func factsAboutCallsAreCompared() throws {
        let sample = Sample.call()
        let proof = try proof(sample)
        let callee = try #require(proof.certificate.clones.indices.first { $0 != proof.certificate.entry })
        let wrong = RegisterFact.linear([], -1, label: 0)
        let atReturn = try spoilt(sample) { _, certificate, _ in certificate.clones[callee].resultFacts.append(wrong) }
        let atEntry = try spoilt(sample) { _, certificate, _ in
            certificate.nodes[certificate.clones[callee].nodes.lowerBound].registerFacts.append(wrong)
        }
        // However many steps and choices the sample takes.
        let runs = (1..<20).flatMap { steps in [0, 1, 2, 4, 8].map { Self.run(steps, Array(repeating: 1, count: $0)) } }
        #expect(runs.contains { proof.replay($0).end == .returned })
        for spoilt in [atReturn, atEntry] {
            #expect(!runs.contains { spoilt.replay($0).end == .returned })
            #expect(runs.contains { isContradiction(spoilt.replay($0).end) })
        }
    }

    /// The certificate is about the sum with a byte, the run about the sum with any int: what it calls proved is violated.
    @Test func aViolatedObligationThatCountsAsProvedIsNoticed() throws {
        let proof = try proof(.addition())
        let other = try CertificateChecker.checkedProgram(Sample.addition(bits: 31).program)
        let mixed = CheckedProof(
            claims: proof.claims, plan: ReplayPlan(other, ObligationTable(other)), certificate: proof.certificate,
            paths: proof.paths)
        #expect(mixed.replay(Self.run(3, [1, 0, 0, 0])).end == .returned)
        let run = mixed.replay(Self.run(2, [255, 255, 255, 127]))
        #expect(isContradiction(run.end), "\(run.end)")
        #expect(
            try ReplayableProgram(Sample.addition(bits: 31).program).replay(Self.run(2, [255, 255, 255, 127])).end
                == .violated(obligation: 0))
    }

    @Test func anUnreachableObligationThatIsReachedIsNoticed() throws {
        let proof = try spoilt(.loop()) { claims, _, _ in claims.obligations[0].verdict = .unreachable }
        #expect(isContradiction(proof.replay(Self.run(45)).end))
    }

    @Test func aDeadPathThatIsTakenIsNoticed() throws {
        for edge in 0..<3 {
            let proof = try spoilt(.loop()) { _, _, paths in paths.edges[edge] = .dead }
            #expect(isContradiction(proof.replay(Self.run(45)).end), "edge \(edge)")
        }
        let proof = try spoilt(.loop()) { _, _, paths in paths.stretches[0].deadAt = 0 }
        #expect(isContradiction(proof.replay(Self.run(45)).end))
    }

    @Test func aReturnThatCountsAsNoneIsNoticed() throws {
        let proof = try spoilt(.loop()) { _, certificate, _ in certificate.clones[0].returns = false }
        #expect(isContradiction(proof.replay(Self.run(45)).end))
    }
}
