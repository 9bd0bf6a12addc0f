// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle

extension AuditOutcome {
    /// The machine-readable result.
    func json(about path: String) -> JSONValue {
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
                "result": "accepted",
                "manifest": .string(bundle.manifestDigest.hexadecimal),
                "key": .string(bundle.key.identifier),
                "files": .integer(bundle.manifest.entries.count + 3),
                "summary": bundle.statement.summary.json,
                "certificate": [
                    "clones": .integer(result.claims.clones), "facts": .integer(result.claims.facts),
                    "derivations": .integer(result.claims.derivations),
                ],
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
