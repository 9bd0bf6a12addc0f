// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle

/// A bundle that was accepted.
struct AuditResult {
    let path: String
    let bundle: VerifiedBundle
    let claims: CheckedClaimSet
}

/// The whole check of a bundle, in the order in which each step vouches for the next.
struct Audit<Checker: ClaimChecker> {
    let checker: Checker

    func verify(_ path: String, keyFile: String) throws(AuditFailure) -> AuditResult {
        let key: VerificationKey
        do throws(KeyError) {
            key = try VerificationKey(file: keyFile)
        } catch {
            throw AuditFailure(.usage, error.description)
        }
        return try verify(path, trusting: key)
    }

    func verify(_ path: String, trusting key: VerificationKey) throws(AuditFailure) -> AuditResult {
        let bundle: VerifiedBundle
        do throws(BundleError) {
            bundle = try BundleReader.open(path, trusting: key)
        } catch {
            throw AuditFailure(error)
        }
        let claims = try checker.check(program: bundle.program, certificate: bundle.certificate)
        if let difference = ClaimComparison(bundle: bundle, claims: claims).firstDifference() {
            throw AuditFailure(.rejected, difference)
        }
        return AuditResult(path: path, bundle: bundle, claims: claims)
    }
}
