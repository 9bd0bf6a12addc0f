// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle

/// What an auditor reads after a bundle was accepted.
struct AuditText {
    private let result: AuditResult
    private let today: Day

    init(_ result: AuditResult, today: Day) {
        self.result = result
        self.today = today
    }

    var text: String {
        [heading, checked, assumed, excluded, trusted, conclusion].joined(separator: "\n\n")
    }

    private var bundle: VerifiedBundle { result.bundle }
    private var summary: VerdictSummary { bundle.statement.summary }

    private var heading: String {
        """
        EVIDENCE BUNDLE \(result.path)
          manifest    sha256 \(bundle.manifestDigest)
          sealed with \(bundle.key.algorithm.displayName), key \(bundle.key.identifier)
          written by  \(bundle.statement.tool.name) \(bundle.statement.tool.version)
        """
    }

    private var checked: String {
        let unproved = summary.alarm + summary.error
        return """
            CHECKED
              The signature is valid and the trusted key's.
              \(count(bundle.manifest.entries.count + 3, "file")), every one listed, signed and unaltered.
              The certificate: \(count(result.claims.derivations, "derivation")) over \
            \(count(result.claims.facts, "fact")) in \(count(result.claims.clones, "clone")), each step re-derived.
              \(count(summary.obligations, "obligation")), recomputed from the program and equal to the bundle's list:
                proved      \(padded(summary.proved))
                unreachable \(padded(summary.unreachable))
                not proved  \(padded(unproved))  (\(count(summary.alarm, "alarm")), \(count(summary.error, "error")))
            \(ExecutionText(result).text)
            \(checkers)
            """
    }

    private var checkers: String {
        guard let confirmation = result.confirmation else { return "  checked by: ai-audit." }
        return """
              checked by: ai-audit, and \(VerifiedProgram.name) (extracted from Coq, \
            \(readable(confirmation.program))): the same verdicts under the same assumptions.
                \(count(confirmation.notCovered, "obligation")) checked, not covered by the theorem.
            """
    }

    private var assumed: String {
        guard !bundle.assumptions.isEmpty else { return "ASSUMED\n  Nothing." }
        // The assumption most proofs rest on is the one to look at first.
        let ordered = bundle.assumptions.sorted { ($1.dependents.count, $0.id) < ($0.dependents.count, $1.id) }
        let entries = ordered.map { assumption in
            var lines = [
                "  A\(assumption.id) [\(assumption.kind.rawValue)] \(readable(assumption.statement))",
                "      from \(readable(assumption.origin)); applies to \(readable(assumption.scope)); "
                    + (assumption.dependents.isEmpty
                        ? "no proof names it"
                        : "if it is false, \(count(assumption.dependents.count, "proof")) may fall"),
            ]
            if let run = result.claims.refutation(of: assumption.id) {
                lines.append("      refuted by run \(readable(run)): there it happens")
            }
            lines.append("      " + responsibility(for: assumption))
            return lines.joined(separator: "\n")
        }
        return "ASSUMED, not proved by anyone here\n" + entries.joined(separator: "\n")
    }

    private func responsibility(for assumption: Assumption) -> String {
        var parts = [assumption.status.rawValue]
        parts.append(assumption.owner.map { "owner \(readable($0))" } ?? "no owner")
        if let justification = assumption.justification { parts.append("because \(readable(justification))") }
        if assumption.discharge.method != .none {
            parts.append("discharged by \(assumption.discharge.method.rawValue)")
        }
        if let expires = assumption.expires {
            parts.append(today.text > expires ? "EXPIRED on \(expires)" : "valid until \(expires)")
        }
        return parts.joined(separator: ", ")
    }

    private var excluded: String {
        let units = "\(count(bundle.translationUnits.count, "translation unit")) analysed."
        guard !bundle.excluded.isEmpty else { return "SCOPE\n  \(units) Nothing was left out." }
        let lines = bundle.excluded.map { "  \(readable($0.what)): \(readable($0.reason))" }
        return "SCOPE\n  \(units) Left out:\n" + lines.joined(separator: "\n")
    }

    private var trusted: String {
        """
        TRUSTED, and not checked here
          That the program in ir/program.air means what the C sources mean: the front end and the lowering.
          The meaning of that form and the rules of the certificate, as FORMAT.md states them.
          This program, and the compiler and machine that run it.
          That the key belongs to whoever you think it does.
          Texts for people: messages, ir/program.txt, environment and toolchain are as their author wrote them.
        """
    }

    private var conclusion: String {
        let shown = summary.proved + summary.unreachable
        let rest = summary.obligations - shown
        return "ACCEPTED: \(shown) of \(count(summary.obligations, "obligation")) hold under "
            + "\(count(bundle.assumptions.count, "assumption")); \(rest) not proved."
    }

    private func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }

    private func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: " ", count: max(0, 8 - digits.count)) + digits
    }
}
