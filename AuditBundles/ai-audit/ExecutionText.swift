// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// What the recorded runs show, for people.
struct ExecutionText {
    private let claims: CheckedClaimSet
    private let reasonForNone: String?

    init(_ result: AuditResult) {
        claims = result.claims
        reasonForNone = result.bundle.executions.reasonForNone
    }

    var text: String {
        let executions = claims.executions
        guard executions.runs > 0 else {
            return "  executions: none is recorded" + (reasonForNone.map { "; its author says: \($0)" } ?? "")
                + ". Nothing here shows that the assumptions can hold together."
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
        if executions.isCutShort { lines.append("    Some run could not be followed to its end on this machine.") }
        return lines.joined(separator: "\n")
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
