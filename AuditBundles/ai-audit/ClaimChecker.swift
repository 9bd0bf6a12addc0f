// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle

/// What the certificate of a program shows, as the certificate checker derived it.
struct CheckedClaimSet {
    enum Verdict {
        case proved, unreachable, unproved
    }

    struct Obligation {
        let id: Int
        let kind: String
        let function: String
        let file: String
        let line: Int
        let column: Int
        let verdict: Verdict
        /// The assumptions the verdict rests on, ascending.
        let label: [Int]

        /// What places are ordered by.
        var place: (String, Int, Int, Int) { (file, line, column, id) }
    }

    struct Assumption {
        let id: Int
        let kind: String
        let statement: String
    }

    let obligations: [Obligation]
    let assumptions: [Assumption]
    let clones: Int
    let facts: Int
    let derivations: Int
    var executions = CheckedExecutions()

    /// Obligations that a certificate does not show to be unreachable.
    var live: [Obligation] { obligations.filter { $0.verdict != .unreachable } }

    /// Obligations that a recorded run violates, in the order of their places, each with the run.
    var violations: [(obligation: Obligation, run: String)] {
        obligations.compactMap { obligation in executions.violated[obligation.id].map { (obligation, $0) } }
            .sorted { $0.obligation.place < $1.obligation.place }
    }

    /// The run that refutes an assumption: the one about an alarm, where the alarm happens.
    func refutation(of assumption: Int) -> String? { executions.violated[assumption - assumptions.count] }

    /// Those of them that no recorded run comes to.
    var unreached: [Obligation] { live.filter { !executions.reached.contains($0.id) } }
}

/// What the recorded runs of a bundle show.
struct CheckedExecutions {
    var runs = 0
    var steps = 0
    var facts = 0
    var reached: Set<Int> = []
    /// Obligations that some run violates, each with the first such run, as the bundle calls it.
    var violated: [Int: String] = [:]
    /// Runs that need more than a replay has, and count as far as they go.
    var cutShort = 0
    /// Runs that need something which this machine does not have.
    var unsupported = 0
    /// Runs that show nothing, since they are cut short before their first step.
    var empty = 0
    /// Runs that show nothing, since the budget of work was used up.
    var unreplayed = 0
}

/// Checks certificates, and replays runs over what they show.
protocol ClaimChecker {
    func check(program: [UInt8], certificate: [UInt8], runs: [RecordedRun]) throws(AuditFailure) -> CheckedClaimSet
}
