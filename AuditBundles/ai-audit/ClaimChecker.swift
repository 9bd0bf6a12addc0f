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

    /// Those of them that no recorded run comes to.
    var unreached: [Obligation] { live.filter { !executions.reached.contains($0.id) } }
}

/// What the recorded runs of a bundle show.
struct CheckedExecutions {
    var runs = 0
    var steps = 0
    var facts = 0
    var reached: Set<Int> = []
    var violated: Set<Int> = []
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
