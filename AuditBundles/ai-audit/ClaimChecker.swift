// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

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
}

/// Checks certificates.
protocol ClaimChecker {
    func check(program: [UInt8], certificate: [UInt8]) throws(AuditFailure) -> CheckedClaimSet
}
