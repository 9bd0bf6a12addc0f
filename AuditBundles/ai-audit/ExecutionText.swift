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
        if !executions.violated.isEmpty {
            lines.append(
                "    \(count(executions.violated.count, "obligation")) not proved \(executions.violated.count == 1 ? "is" : "are")"
                    + " violated in a run.")
        }
        if executions.isCutShort { lines.append("    Some run could not be followed to its end on this machine.") }
        return lines.joined(separator: "\n")
    }

    /// The obligations that no run reaches, one a line: file, place, kind.
    var list: String {
        claims.unreached.sorted {
            ($0.file, $0.line, $0.column, $0.id) < ($1.file, $1.line, $1.column, $1.id)
        }.map { obligation in
            let verdict = obligation.verdict == .proved ? "proved" : "not proved"
            return "\(readable(obligation.file)):\(obligation.line):\(obligation.column): \(obligation.kind) in "
                + "\(readable(obligation.function)) [\(obligation.id)], \(verdict)"
        }.joined(separator: "\n")
    }

    private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
