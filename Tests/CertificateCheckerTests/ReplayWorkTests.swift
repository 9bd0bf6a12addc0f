// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Testing

@testable import CertificateChecker

/// The budget of work that a bundle's runs have, and runs that need more than a replay has.
struct ReplayWorkTests {
    private func proof(_ sample: Sample) throws -> CheckedProof {
        try checkForReplay(program: sample.program, certificate: sample.certificate)
    }

    private func replay(_ program: TestProgram, _ steps: Int) throws -> ReplayedRun {
        try ReplayableProgram(program.bytes()).replay(ReplayTests.run(steps))
    }

    private func isLimit(_ end: ReplayEnd) -> Bool {
        if case .limit = end { return true }
        return false
    }

    // MARK: Work

    /// The loop has three instructions, one obligation, two nodes, one clone, one function: with null 9 units. Its run
    /// takes 45 steps, makes 2 registers, and compares 22 facts of one term each.
    @Test func workIsCounted() throws {
        let proof = try proof(.loop())
        var budget = ReplayBudget(1000)
        #expect(proof.replay(ReplayTests.run(45), within: &budget).end == .returned)
        #expect(1000 - budget.left == 9 + 45 + 2 + 2 * 22)
    }

    @Test func aRunForWhichTheBudgetIsTooSmallShowsNothing() throws {
        let proof = try proof(.loop())
        var budget = ReplayBudget(299)
        var executions = Executions()
        for _ in 0..<2 {
            let run = proof.replay(ReplayTests.run(45), within: &budget)
            #expect(run.end == .returned)
            executions.add(run)
        }
        #expect(!budget.isUsedUp)
        // The third lacks one unit; the fourth would be short, and is not begun.
        for steps in [45, 1] {
            let run = proof.replay(ReplayTests.run(steps), within: &budget)
            #expect(run.end == .outOfWork)
            #expect(!run.isExecution)
            #expect(run.reached.isEmpty && run.steps == 0 && run.checkedFacts == 0)
            executions.add(run)
        }
        #expect(budget.isUsedUp)
        #expect(executions.runs == 2)
        #expect(executions.unreplayed == 2)
    }

    @Test(arguments: Sample.all) func anyBudgetIsAnswered(_ sample: Sample) throws {
        let proof = try proof(sample)
        for steps in 1..<12 {
            let run = ReplayTests.run(steps, Array(repeating: 1, count: 2 * steps))
            let whole = proof.replay(run).end
            for work in 0..<200 {
                var budget = ReplayBudget(work)
                let end = proof.replay(run, within: &budget).end
                #expect(budget.isUsedUp ? end == .outOfWork : end == whole, "\(end)")
            }
        }
    }

    @Test func operandsRangesAndInitialValuesAreWork() throws {
        func work(_ test: TestProgram, steps: Int) throws -> Int {
            let program = try CertificateChecker.checkedProgram(test.bytes())
            let plan = ReplayPlan(program, ObligationTable(program))
            var replay = Replay(
                plan, proof: nil, run: try RunFile(ReplayTests.run(steps)), budget: ReplayBudget(1000))
            #expect(replay.execute().end == .returned)
            return 1000 - replay.budget.left - plan.size
        }
        let linear = TestProgram(functions: [
            straight(
                [.int32, .int32],
                [
                    .init(
                        opcode: 1, result: 1, a: .integer(0),
                        list: [.integer(2), .register(0), .integer(3), .register(0)])
                ])
        ])
        #expect(try work(linear, steps: 2) == 2 + 4 + 2)
        let ranges = TestProgram(
            objects: [.init(kind: 2, size: 80, owner: 0)],
            functions: [
                straight(
                    [],
                    [
                        .init(opcode: 24, target: 0),
                        .init(opcode: 19, a: .object(0), b: .integer(0), c: .integer(80)),
                        .init(opcode: 21, a: .object(0), c: .integer(40)),
                        .init(opcode: 18, a: .object(0), b: .object(0), c: .integer(23)),
                    ])
            ])
        #expect(try work(ranges, steps: 5) == 5 + 1 + 1 + 10 + 10 + 5 + 2)
        let initial = TestProgram(
            objects: [.init(kind: 0, size: 80, cells: [(0, 1), (32, 2)])], functions: [straight([], [])])
        #expect(try work(initial, steps: 1) == 1 + 1 + 10 + 2)
    }

    /// Cells far outside of the object, more of them than anyone could look at one by one.
    @Test func cellsOutsideOfTheObjectAreNotVisited() throws {
        let proof = try proof(.globalData())
        var certificate = proof.certificate
        certificate.nodes[0].memoryFacts.append(
            MemoryFact(
                kind: .cells, tag: 4, from: -(1 << 64), count: 1 << 62, stride: 32,
                type: ScalarType(kind: .integer, bits: 32, isSigned: true), mayBeUninitialised: true,
                predicate: .integer(Bounds(lower: 0, upper: 3), modulus: 1, remainder: 0), label: 0))
        let spoilt = CheckedProof(claims: proof.claims, plan: proof.plan, certificate: certificate, paths: proof.paths)
        let run = spoilt.replay(ReplayTests.run(4))
        #expect(run.end == .returned)
        #expect(run.checkedFacts == proof.replay(ReplayTests.run(4)).checkedFacts + 1)
    }

    // MARK: Runs that are cut short

    @Test func aRunWithoutAStepIsNone() throws {
        let large = TestProgram(objects: [.init(kind: 0, size: 1 << 29)], functions: [straight([], [])])
        func starting(_ before: [Code]) -> TestProgram {
            TestProgram(
                objects: [.init(kind: 2, size: -1, owner: 0)],
                functions: [straight([.int32], before + [.init(opcode: 24, c: .integer(1 << 29), target: 0)])])
        }
        let programs: [(TestProgram, isRun: Bool)] = [
            (large, false), (starting([]), false), (starting([.init(opcode: 0, result: 0, a: .integer(1))]), true),
        ]
        for (program, isRun) in programs {
            let run = try replay(program, 3)
            #expect(isLimit(run.end), "\(run.end)")
            #expect(run.isExecution == isRun)
            var executions = Executions()
            executions.add(run)
            #expect(executions.runs == (isRun ? 1 : 0))
            #expect(executions.cutShort == (isRun ? 1 : 0))
            #expect(executions.empty == (isRun ? 0 : 1))
            #expect(executions.unsupported == 0)
        }
    }

    @Test func whatAMachineLacksIsToldApart() {
        var executions = Executions()
        executions.add(ReplayedRun(end: .limit("much"), steps: 5, reached: [1]))
        #expect(executions.unsupported == 0)
        executions.add(ReplayedRun(end: .unsupported("x87"), steps: 5, reached: [2]))
        executions.add(ReplayedRun(end: .unsupported("x87"), steps: 0))
        #expect(executions.unsupported == 2)
        #expect(executions.runs == 2)
        #expect(executions.reached == [1, 2])
    }

    /// The sum is the same; one of its partial sums needs more than 128 bits.
    @Test func aPartialSumOfMoreThan128BitsEndsTheRun() throws {
        func program(_ factors: [Int128]) -> TestProgram {
            let list = factors.flatMap { [TestProgram.Operand.integer($0), .register(0)] }
            return TestProgram(functions: [
                straight(
                    [.int32, .int32],
                    [
                        .init(opcode: 0, result: 0, a: .integer(1)),
                        .init(opcode: 1, result: 1, a: .integer(.min), list: list),
                    ])
            ])
        }
        #expect(try replay(program([.max, -1]), 3).end == .returned)
        #expect(isLimit(try replay(program([-1, .max]), 3).end))
    }
}
