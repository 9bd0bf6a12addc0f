// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle

extension CheckedClaimSet {
    /// What the recorded runs show.
    var executionJSON: JSONValue {
        let unreached = unreached
        return [
            "runs": .integer(executions.runs), "steps": .integer(executions.steps),
            "facts": .integer(executions.facts), "live": .integer(live.count),
            "reached": .integer(live.count - unreached.count),
            "violated": .array(executions.violated.keys.sorted().map { .integer($0) }),
            "unreached": .array(unreached.map { .integer($0.id) }),
            "cutShort": .integer(executions.cutShort), "unsupported": .integer(executions.unsupported),
            "empty": .integer(executions.empty), "unreplayed": .integer(executions.unreplayed),
        ]
    }
}

extension AuditResult {
    /// Who re-derived the certificate.
    var checkersJSON: JSONValue {
        var checkers: [JSONValue] = [["name": "ai-audit"]]
        if let confirmation {
            checkers.append([
                "name": .string(VerifiedProgram.name), "program": .string(confirmation.program),
                "notCoveredByTheorem": .integer(confirmation.notCovered),
            ])
        }
        return .array(checkers)
    }
}

extension AuditOutcome {
    /// The machine-readable result.
    ///
    /// - Parameter success: what the command did where nothing failed.
    func json(about path: String, success: String = "accepted") -> JSONValue {
        switch self {
        case .failed(let failure):
            return [
                "tool": "ai-audit", "version": .string(AuditCommand.version), "bundle": .string(path),
                "result": .string(failure.kind.rawValue), "reason": .string(failure.reason),
            ]
        case .accepted(let result):
            let bundle = result.bundle
            return [
                "tool": "ai-audit", "version": .string(AuditCommand.version), "bundle": .string(path),
                "result": .string(success),
                "manifest": .string(bundle.manifestDigest.hexadecimal),
                "key": .string(bundle.key.identifier),
                "files": .integer(bundle.manifest.entries.count + 3),
                "summary": bundle.statement.summary.json,
                "certificate": [
                    "clones": .integer(result.claims.clones), "facts": .integer(result.claims.facts),
                    "derivations": .integer(result.claims.derivations),
                ],
                "checkers": result.checkersJSON,
                "executions": result.claims.executionJSON,
                "assumptions": .array(
                    bundle.assumptions.map {
                        [
                            "id": .integer($0.id), "kind": .string($0.kind.rawValue),
                            "statement": .string($0.statement), "dependents": .integer($0.dependents.count),
                            "status": .string($0.status.rawValue),
                        ]
                    }),
            ]
        }
    }
}
