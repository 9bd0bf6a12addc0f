// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Analyzer
import CertificateChecker
import CertificateEmitter
import ProgramIR
import Reporting

/// From the audit IR to checked claims: analyse, write the certificate, and have the auditor's checker judge it.
///
/// Nothing is reported as proved that the checker has not derived, from the very bytes that a bundle holds. A
/// certificate that it rejects is a fault of this program, and there is no verdict at all.
struct Prover {
    let program: Program
    let progress: ProgressReporter
    /// Whether runs are to be replayed over the certificate.
    var keepsProof = false
    var budget = Budget()

    func run() throws(PipelineError) -> CertifiedAnalysis { try runKeepingAnalysis().certified }

    /// Gives the analysis itself too, in the state that the certificate was written from.
    func runKeepingAnalysis() throws(PipelineError) -> (analysis: ProgramAnalysis, certified: CertifiedAnalysis) {
        let progress = progress
        let program = program
        let keepsProof = keepsProof
        let budget = budget
        return try withLargeStack { () throws(PipelineError) in
            progress.begin("analysing")
            let analysis = ProgramAnalysis(program, budget: budget)
            analysis.progress = { name, _ in progress.finished(name) }
            analysis.run()
            progress.begin("writing the certificate")
            let emission = emit(analysis) { name, _ in progress.finished(name) }
            progress.begin("checking the certificate")
            let certified = try Prover.checked(
                program.encoded(), emission, notes: analysis.notes, keepsProof: keepsProof)
            return (analysis, certified)
        }
    }

    private static func checked(
        _ program: [UInt8], _ emission: Emission, notes: Set<String>, keepsProof: Bool
    ) throws(PipelineError) -> CertifiedAnalysis {
        let claims: CheckedClaims
        var proof: CheckedProof?
        do throws(CheckFailure) {
            if keepsProof {
                let checked = try checkForReplay(program: program, certificate: emission.certificate)
                proof = checked
                claims = checked.claims
            } else {
                claims = try check(program: program, certificate: emission.certificate)
            }
        } catch {
            throw .internalFailure("the certificate does not hold: \(error)")
        }
        return CertifiedAnalysis(
            program: program, certificate: emission.certificate,
            obligations: claims.obligations.map { obligation in
                let verdict: CertifiedAnalysis.Verdict =
                    switch obligation.verdict {
                    case .proved: .proved
                    case .unreachable: .unreachable
                    case .unproved: .unproved
                    }
                return CertifiedAnalysis.Obligation(
                    id: obligation.id, kind: obligation.kind, function: obligation.function, file: obligation.file,
                    line: obligation.line, column: obligation.column, verdict: verdict,
                    label: obligation.label.sorted())
            },
            findings: Dictionary(
                uniqueKeysWithValues: emission.findings.map { id, finding in
                    (Int(id), CertifiedAnalysis.Finding(message: finding.message, alwaysFails: finding.alwaysFails))
                }),
            gaps: emission.gaps, notes: notes.union(emission.notes).sorted(), proof: proof)
    }
}

extension AnalysisRequest {
    /// The limits of the analysis.
    var budget: Budget {
        var budget = Budget()
        budget.usesRelations = usesRelations
        return budget
    }
}
