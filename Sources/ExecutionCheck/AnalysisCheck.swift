// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Analyzer
import ConcreteInterpreter
import ProgramIR

/// Tests an analysis by executions of the program that was analysed: every state that they reach must be one that the
/// analysis describes, and no obligation that they violate may have been proved.
///
/// What the program leaves open is chosen by seeds; of every two executions one lets allocations fail.
public struct AnalysisCheck {
    let analysis: ProgramAnalysis
    let verdicts: Verdicts
    /// Of one execution.
    public var stepLimit: UInt64 = 100_000
    private let mostTries = 60
    public private(set) var coverage = Coverage()
    /// What was found wrong, with the seed that shows it.
    public private(set) var faults: [String] = []
    /// How executions ended, and how often.
    public private(set) var endings: [String: Int] = [:]
    public private(set) var steps: UInt64 = 0

    public init(_ analysis: ProgramAnalysis, _ verdicts: Verdicts) {
        self.analysis = analysis
        self.verdicts = verdicts
    }

    public mutating func run(seeds: Range<UInt64>) {
        for seed in seeds where faults.count < 20 { run(seed: seed) }
    }

    /// One execution that the assumptions allow, or as many as may be tried.
    private mutating func run(seed: UInt64) {
        let choices = ReplayedChoices(seed: seed, allocationFailures: seed % 2 == 1 ? 0.3 : 0)
        for _ in 0..<mostTries {
            guard case .excluded = run(choices, seed) else { break }
            choices.takeBack()
        }
    }

    private mutating func run(_ choices: ReplayedChoices, _ seed: UInt64) -> Stop {
        let monitor = ExecutionMonitor(analysis, verdicts, coverage)
        coverage = Coverage()
        var stop: Stop
        do throws(Stop) {
            let machine = try Machine(
                analysis.program, library: LibraryState(arguments: []), choices: choices, limits: limits,
                observer: monitor)
            stop = machine.run()
            monitor.finish(stop, machine)
            steps += machine.steps
        } catch {
            stop = error
        }
        endings[word(stop), default: 0] += 1
        coverage = monitor.coverage
        faults += monitor.faults.map { "seed \(seed): \($0)" }
        return stop
    }

    private var limits: ExecutionLimits {
        var limits = ExecutionLimits()
        limits.steps = stepLimit
        limits.memory = 1 << 28
        limits.depth = 4096
        limits.slots = 1 << 20
        limits.stopsAtUnknownCode = false
        return limits
    }

    private func word(_ stop: Stop) -> String {
        switch stop {
        case .exited: "exited"
        case .signalled: "signalled"
        case .excluded: "excluded by an assumption"
        case .violation: "undefined behaviour"
        case .unsupported: "not followed"
        case .limit: "stopped at a limit"
        }
    }

    /// How much of the analysis the executions have reached.
    public var summary: String {
        let clones = analysis.clonesInUse
        let nodes = clones.reduce(0) { $0 + $1.nodes.count }
        var obligations: Set<Int32> = []
        for key in coverage.blocks {
            obligations.formUnion(verdicts.obligations(in: key.block, of: key.function, in: analysis.program))
        }
        let ends = endings.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        return """
            \(endings.values.reduce(0, +)) executions (\(ends)), \(steps) steps
            reached: \(coverage.nodes.count) of \(nodes) nodes, \(coverage.clones.count) of \(clones.count) clones, \
            \(obligations.count) of \(verdicts.count) obligations
            \(coverage.comparedStates) states compared with all they hold; \(coverage.wholeCalls) of \(coverage.calls) \
            calls began wholly inside the entry of their clone
            """
    }
}
