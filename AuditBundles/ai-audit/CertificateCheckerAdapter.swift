// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker

/// The module CertificateChecker as a ``ClaimChecker``. The only file here that knows its types.
struct CertificateCheckerAdapter: ClaimChecker {
    func check(program: [UInt8], certificate: [UInt8]) throws(AuditFailure) -> CheckedClaimSet {
        let claims: CheckedClaims
        do throws(CheckFailure) {
            claims = try CertificateChecker.check(program: program, certificate: certificate)
        } catch {
            throw AuditFailure(.rejected, "the certificate does not hold: \(error)")
        }
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
            clones: claims.counts.clones, facts: claims.counts.facts, derivations: claims.counts.derivations)
    }
}
