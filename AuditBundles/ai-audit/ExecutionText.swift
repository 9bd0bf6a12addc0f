// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle

/// What the recorded runs show, for people.
struct ExecutionText {
    private let claims: CheckedClaimSet
    private let summary: ExecutionSummary

    init(_ result: AuditResult) { self.init(result.claims, result.bundle.executions) }

    /// - Parameter summary: what the bundle says of its runs.
    init(_ claims: CheckedClaimSet, _ summary: ExecutionSummary) {
        self.claims = claims
        self.summary = summary
    }

    var text: String {
        let executions = claims.executions
        guard executions.runs > 0 else {
            let reason = summary.reasonForNone
            return
                ([
                    "  executions: \(summary.recorded > 0 ? "none of those recorded shows anything" : "none is recorded")"
                        + (reason.map { "; its author says: \($0)" } ?? "")
                        + ". Nothing here shows that the assumptions can hold together."
                ] + restrictions).joined(separator: "\n")
        }
        let live = claims.live.count, unreached = claims.unreached.count
        var lines = [
            "  executions: \(count(executions.runs, "run")) \(executions.runs == 1 ? "reaches" : "reach") "
                + "\(live - unreached) of \(count(live, "live obligation")); "
                + (unreached == 0
                    ? "none is left." : "\(unreached) \(unreached == 1 ? "has" : "have") been reached by none")
                + (unreached == 0 ? "" : " (listed by ai-audit replay --list)."),
            "    \(count(executions.steps, "step")), \(count(executions.facts, "fact")) of the certificate compared on the way.",
        ]
        let violations = claims.violations
        if !violations.isEmpty {
            lines.append(
                "    \(count(violations.count, "obligation")) not proved \(violations.count == 1 ? "is" : "are")"
                    + " violated in a run:")
            lines += violations.map { "      \(words(about: $0.obligation)), by run \(readable($0.run))" }
        }
        return (lines + restrictions).joined(separator: "\n")
    }

    /// What was not replayed, or not to the end.
    private var restrictions: [String] {
        let executions = claims.executions
        var lines: [String] = []
        func note(_ number: Int, _ what: String) {
            if number > 0 { lines.append("    Of \(count(number, "run")) \(what)") }
        }
        note(executions.cutShort, "only the beginning was executed: more than a replay has is needed.")
        note(
            executions.unsupported,
            "only the beginning was executed: this machine has no x87 arithmetic. It is not checked that the runs reach "
                + "\(summary.reached), as the bundle says.")
        note(executions.empty, "not even the first step was executed: nothing is shown.")
        note(executions.unreplayed, "nothing is shown: the work that a replay may take was USED UP before its end.")
        return lines
    }

    /// The obligations that no run reaches, one a line: file, place, kind.
    var list: String {
        claims.unreached.sorted { $0.place < $1.place }.map { obligation in
            "\(words(about: obligation)), \(obligation.verdict == .proved ? "proved" : "not proved")"
        }.joined(separator: "\n")
    }

    private func words(about obligation: CheckedClaimSet.Obligation) -> String {
        "\(readable(obligation.file)):\(obligation.line):\(obligation.column): \(obligation.kind) in "
            + "\(readable(obligation.function)) [\(obligation.id)]"
    }

    private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
