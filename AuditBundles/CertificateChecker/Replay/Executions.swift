// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// What several runs of one program show together.
public struct Executions: Sendable {
    public private(set) var runs = 0
    public private(set) var steps = 0
    public private(set) var checkedFacts = 0
    /// Obligations that some run reaches, whether they held there or not.
    public private(set) var reached: Set<Int> = []
    /// Obligations that some run violates, each with the number of the first such run, from 1 on.
    public private(set) var violated: [Int: Int] = [:]
    /// Whether a run could not be followed to its end here.
    public private(set) var isCutShort = false

    public init() {}

    /// Adds a run that is one.
    public mutating func add(_ run: ReplayedRun) {
        runs += 1
        steps += run.steps
        checkedFacts += run.checkedFacts
        reached.formUnion(run.reached)
        if case .violated(let obligation) = run.end {
            reached.insert(obligation)
            if violated[obligation] == nil { violated[obligation] = runs }
        }
        if case .limit = run.end { isCutShort = true }
    }
}
