// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle

/// A bundle that was accepted.
struct AuditResult {
    let path: String
    let bundle: VerifiedBundle
    let claims: CheckedClaimSet
    /// What the second checker said, if it was asked.
    var confirmation: Confirmation?
}

/// The whole check of a bundle, in the order in which each step vouches for the next.
struct Audit<Checker: ClaimChecker> {
    let checker: Checker
    /// Asked too, after everything else.
    var second: VerifiedChecker?

    func verify(_ path: String, keyFile: String) throws(AuditFailure) -> AuditResult {
        try verify(path, trusting: try key(keyFile))
    }

    func replay(_ path: String, keyFile: String) throws(AuditFailure) -> AuditResult {
        try replay(path, trusting: try key(keyFile))
    }

    private func key(_ file: String) throws(AuditFailure) -> VerificationKey {
        do throws(KeyError) {
            return try VerificationKey(file: file)
        } catch {
            throw AuditFailure(.file, error.description)
        }
    }

    func verify(_ path: String, trusting key: VerificationKey) throws(AuditFailure) -> AuditResult {
        var result = try replay(path, trusting: key)
        if let difference = ClaimComparison(bundle: result.bundle, claims: result.claims).firstDifference() {
            throw AuditFailure(.rejected, difference)
        }
        if let second {
            let bundle = result.bundle
            result.confirmation = try second.confirm(
                result.claims, program: bundle.program, certificate: bundle.certificate)
        }
        return result
    }

    /// Checks the seal and the certificate, and replays the runs over it; what the ledgers say is not compared.
    func replay(_ path: String, trusting key: VerificationKey) throws(AuditFailure) -> AuditResult {
        let bundle: VerifiedBundle
        do throws(BundleError) {
            bundle = try BundleReader.open(path, trusting: key)
        } catch {
            throw AuditFailure(error)
        }
        let claims = try checker.check(program: bundle.program, certificate: bundle.certificate, runs: bundle.runs)
        return AuditResult(path: path, bundle: bundle, claims: claims)
    }
}
