// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker

/// What the certificate checker derived of a program, and what the analysis can say about the rest.
struct CertifiedAnalysis {
    enum Verdict {
        case proved, unreachable, unproved
    }

    /// One obligation in the checker's words.
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

    /// Why an obligation is not proved. Comes from the analysis and decides nothing.
    struct Finding {
        let message: String
        let alwaysFails: Bool
    }

    let program: [UInt8]
    let certificate: [UInt8]
    let obligations: [Obligation]
    let findings: [Int: Finding]
    let gaps: Int
    /// Where the analysis gave up precision, in words.
    let notes: [String]
    /// To replay runs over the certificate, if that was wanted.
    let proof: CheckedProof?
}
