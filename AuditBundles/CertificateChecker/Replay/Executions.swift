// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// What several runs of one program show together.
public struct Executions: Sendable {
    /// Those that show something.
    public private(set) var runs = 0
    public private(set) var steps = 0
    public private(set) var checkedFacts = 0
    /// Obligations that some run reaches, whether they held there or not.
    public private(set) var reached: Set<Int> = []
    /// Obligations that some run violates, each with the number of the first such run, from 1 on.
    public private(set) var violated: [Int: Int] = [:]
    /// Runs that need more than a replay has, and count as far as they go.
    public private(set) var cutShort = 0
    /// Runs that need what this machine lacks: elsewhere they reach more. Here they count as far as they go.
    public private(set) var unsupported = 0
    /// Runs that are cut short before their first step is executed: they show nothing.
    public private(set) var empty = 0
    /// Runs for which the budget of work was not enough: they show nothing.
    public private(set) var unreplayed = 0

    /// Runs that were added, those that show nothing too: in a bundle, the number of the last one.
    private var added = 0

    public init() {}

    /// Adds a run that is neither invalid nor contradicts the certificate.
    public mutating func add(_ run: ReplayedRun) {
        added += 1
        switch run.end {
        case .halted, .returned, .violated, .stepLimit: break
        case .limit: if run.isExecution { cutShort += 1 } else { empty += 1 }
        case .unsupported: unsupported += 1
        case .outOfWork: unreplayed += 1
        case .invalid, .contradiction: break
        }
        guard run.isExecution else { return }
        runs += 1
        steps += run.executedSteps
        checkedFacts += run.checkedFacts
        reached.formUnion(run.reached)
        if case .violated(let obligation) = run.end {
            reached.insert(obligation)
            if violated[obligation] == nil { violated[obligation] = added }
        }
    }
}
