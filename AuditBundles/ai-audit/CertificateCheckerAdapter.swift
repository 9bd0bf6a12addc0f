// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker
import EvidenceBundle

/// The module CertificateChecker as a ``ClaimChecker``. The only file here that knows its types.
struct CertificateCheckerAdapter: ClaimChecker {
    /// What all runs of a bundle have together.
    var budget = ReplayBudget()

    func check(
        program: [UInt8], certificate: [UInt8], runs: [RecordedRun]
    ) throws(AuditFailure) -> CheckedClaimSet {
        let proof: CheckedProof
        do throws(CheckFailure) {
            proof = try checkForReplay(program: program, certificate: certificate)
        } catch {
            throw AuditFailure(.rejected, "the certificate does not hold: \(error)")
        }
        let claims = proof.claims
        return CheckedClaimSet(
            obligations: claims.obligations.map { obligation in
                let verdict: CheckedClaimSet.Verdict =
                    switch obligation.verdict {
                    case .proved: .proved
                    case .unreachable: .unreachable
                    case .unproved: .unproved
                    }
                return CheckedClaimSet.Obligation(
                    id: obligation.id, kind: obligation.kind, function: obligation.function, file: obligation.file,
                    line: obligation.line, column: obligation.column, verdict: verdict,
                    label: obligation.label.sorted())
            },
            assumptions: claims.assumptions.map { assumption in
                CheckedClaimSet.Assumption(id: assumption.id, kind: assumption.kind, statement: assumption.statement)
            },
            clones: claims.counts.clones, facts: claims.counts.facts, derivations: claims.counts.derivations,
            executions: try replay(runs, over: proof))
    }

    private func replay(_ runs: [RecordedRun], over proof: CheckedProof) throws(AuditFailure) -> CheckedExecutions {
        var executions = Executions()
        var budget = budget
        for run in runs {
            let replayed = proof.replay(run.bytes, within: &budget)
            switch replayed.end {
            case .invalid(let reason):
                throw AuditFailure(.rejected, "\(run.path) is no execution that satisfies the assumptions: \(reason)")
            case .contradiction(let reason):
                throw AuditFailure(.rejected, "\(run.path) contradicts the certificate: \(reason)")
            case .halted, .returned, .violated, .stepLimit, .limit, .unsupported, .outOfWork: executions.add(replayed)
            }
        }
        return CheckedExecutions(
            runs: executions.runs, steps: executions.steps, facts: executions.checkedFacts,
            reached: executions.reached, violated: executions.violated.mapValues { runs[$0 - 1].name },
            cutShort: executions.cutShort,
            unsupported: executions.unsupported, empty: executions.empty, unreplayed: executions.unreplayed)
    }
}
