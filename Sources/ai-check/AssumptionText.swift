// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle

/// A list of assumptions for people: those that most proofs rest on come first.
struct AssumptionText {
    private let assumptions: [Assumption]

    init(_ assumptions: [Assumption]) {
        self.assumptions = assumptions.sorted { ($1.dependents.count, $0.id) < ($0.dependents.count, $1.id) }
    }

    var text: String {
        guard !assumptions.isEmpty else { return "The verdicts rest on no assumption." }
        return assumptions.map(entry).joined(separator: "\n")
    }

    private func entry(_ assumption: Assumption) -> String {
        let proofs = assumption.dependents.count
        var lines = [
            "A\(assumption.id) [\(assumption.kind.rawValue)] \(assumption.statement)",
            "    from \(assumption.origin); applies to \(assumption.scope); "
                + (proofs == 0 ? "no proof names it" : "\(proofs) proof\(proofs == 1 ? " names" : "s name") it"),
            "    \(assumption.fingerprint): \(assumption.status.rawValue)"
                + (assumption.owner.map { ", owner \($0)" } ?? ", no owner")
                + (assumption.expires.map { ", valid until \($0)" } ?? ""),
        ]
        if let justification = assumption.justification { lines.append("    because \(justification)") }
        return lines.joined(separator: "\n")
    }
}
