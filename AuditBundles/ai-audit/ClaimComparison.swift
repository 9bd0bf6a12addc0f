// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle

/// Compares what a bundle says with what its certificate shows. They must be equal in everything: a bundle
/// that says less hides something, and one that says more is wrong.
struct ClaimComparison {
    private let obligations: [ObligationRecord]
    private let assumptions: [Assumption]
    private let claims: CheckedClaimSet
    private let executions: ExecutionSummary?

    init(bundle: VerifiedBundle, claims: CheckedClaimSet) {
        self.init(
            obligations: bundle.obligations, assumptions: bundle.assumptions, claims: claims,
            executions: bundle.executions)
    }

    /// The records are in ascending order of their ids.
    init(
        obligations: [ObligationRecord], assumptions: [Assumption], claims: CheckedClaimSet,
        executions: ExecutionSummary? = nil
    ) {
        self.executions = executions
        self.obligations = obligations
        self.assumptions = assumptions
        self.claims = claims
    }

    /// The first thing that differs, in words, or `nil`.
    func firstDifference() -> String? {
        assumptionDifference() ?? obligationDifference() ?? executionDifference()
    }

    func executionDifference() -> String? {
        guard let executions else { return nil }
        let live = claims.live.count, reached = live - claims.unreached.count
        guard executions.live == live else {
            return "executions.json counts \(executions.live) live obligations, the certificate leaves \(live)"
        }
        // A machine without x87 arithmetic sees less. All else that ends a replay early ends it there on every machine.
        let mayReachMore = claims.executions.unsupported > 0
        guard executions.reached == reached || (mayReachMore && executions.reached > reached) else {
            return
                "executions.json says that the runs reach \(executions.reached) obligations, and they reach \(reached)"
        }
        return nil
    }

    /// The program's own assumptions, and those about alarms that the bundle's labels name. The labels are
    /// compared with the certificate's after this, so they may be used here.
    private var expectedAssumptions: [CheckedClaimSet.Assumption] {
        let own = claims.assumptions
        let alarms = Assumption.alarms(namedBy: obligations, programAssumptions: own.count).map {
            CheckedClaimSet.Assumption(id: $0.id, kind: $0.kind.rawValue, statement: $0.statement)
        }
        return (own + alarms).sorted { $0.id < $1.id }
    }

    private func assumptionDifference() -> String? {
        let shown = expectedAssumptions
        for (stated, checked) in zip(assumptions, shown) {
            guard stated.id == checked.id else {
                return "assumption \(min(stated.id, checked.id)) is in the program or in assumptions.jsonl, not in both"
            }
            guard stated.kind.rawValue == checked.kind else {
                return "assumption \(stated.id) is listed as \(stated.kind.rawValue), "
                    + "but in the program it is \(checked.kind)"
            }
            guard stated.statement.utf8.elementsEqual(checked.statement.utf8) else {
                return "assumption \(stated.id) is stated otherwise in the program than in assumptions.jsonl"
            }
        }
        guard assumptions.count == shown.count else {
            return "assumptions.jsonl lists \(assumptions.count) assumptions, the program has \(shown.count)"
        }
        return nil
    }

    private func obligationDifference() -> String? {
        let shown = claims.obligations.sorted { $0.id < $1.id }
        for (stated, checked) in zip(obligations, shown) {
            guard stated.id == checked.id else {
                return "obligation \(min(stated.id, checked.id)) is in the program or in obligations.jsonl, not in both"
            }
            if let difference = difference(stated, checked) { return difference }
        }
        guard obligations.count == shown.count else {
            return "obligations.jsonl lists \(obligations.count) obligations, the program has \(shown.count)"
        }
        return nil
    }

    private func difference(_ stated: ObligationRecord, _ checked: CheckedClaimSet.Obligation) -> String? {
        let name = "obligation \(stated.id)"
        guard stated.kind == checked.kind else {
            return "\(name) is listed as \(stated.kind), but in the program it is \(checked.kind)"
        }
        guard stated.function.utf8.elementsEqual(checked.function.utf8),
            stated.file.utf8.elementsEqual(checked.file.utf8), stated.line == checked.line,
            stated.column == checked.column
        else { return "\(name) is listed at another place than the program has it" }
        switch (stated.verdict, checked.verdict) {
        case (.proved, .proved), (.unreachable, .unreachable): break
        case (.alarm, .unproved), (.error, .unproved): break
        case (.proved, _), (.unreachable, _):
            return "\(name) is listed as \(stated.verdict.rawValue), and the certificate does not show it"
        case (.alarm, _), (.error, _):
            return "\(name) is listed as \(stated.verdict.rawValue), but the certificate shows more"
        }
        guard stated.assumptions == checked.label else {
            return "\(name) is listed under the assumptions \(stated.assumptions), "
                + "but the certificate uses \(checked.label)"
        }
        return nil
    }
}
