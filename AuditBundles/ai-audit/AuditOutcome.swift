// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle

/// Why a bundle was not accepted.
struct AuditFailure: Error, Equatable {
    enum Kind: String {
        /// The bundle is well-formed and not to be believed.
        case rejected
        /// It is not a well-formed bundle.
        case malformed
        /// A file beside the bundle cannot be used: a key that cannot be read, a report that cannot be written.
        case file

        var exitCode: Int32 {
            switch self {
            case .rejected: 1
            case .malformed, .file: 2
            }
        }
    }

    let kind: Kind
    let reason: String

    init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        // Reasons quote the bundle.
        self.reason = readable(reason)
    }

    init(_ error: BundleError) {
        self.init(error.isRejection ? .rejected : .malformed, error.description)
    }

    func message(about bundle: String) -> String {
        switch kind {
        case .rejected: "REJECTED: \(bundle)\n  \(reason)"
        case .malformed: "MALFORMED: \(bundle)\n  \(reason)"
        case .file: "ai-audit: \(reason)"
        }
    }
}

/// How an audit ended.
enum AuditOutcome {
    case accepted(AuditResult)
    case failed(AuditFailure)

    init(_ audit: () throws(AuditFailure) -> AuditResult) {
        do throws(AuditFailure) {
            self = .accepted(try audit())
        } catch {
            self = .failed(error)
        }
    }
}
