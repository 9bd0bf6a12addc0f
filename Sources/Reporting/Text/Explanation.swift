// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Everything that a report holds about one obligation.
public struct Explanation {
    private let obligation: ReportedObligation
    private let assumptions: [ReportedAssumption]
    private let palette: Palette
    private let sources: SourceExcerpts

    public init(
        _ obligation: ReportedObligation, in report: Report, coloured: Bool, readSource: @escaping (String) -> [UInt8]?
    ) {
        self.obligation = obligation
        let used = Set(obligation.assumptions)
        assumptions = report.assumptions.filter { used.contains($0.id) }
        palette = Palette(coloured: coloured)
        sources = SourceExcerpts(read: readSource)
    }

    public var text: String {
        var lines = [
            palette.bold("Obligation \(obligation.id)") + ": "
                + palette.paint(obligation.verdict, obligation.verdict.rawValue),
            "\(obligation.file):\(obligation.line):\(obligation.column)"
                + (obligation.sourceFunction.map { " in \($0)" } ?? ""),
        ]
        if let excerpt = sources.excerpt(obligation.file, line: obligation.line, column: obligation.column) {
            lines += [excerpt.source, palette.paint(obligation.verdict, excerpt.caret)]
        }
        lines += ["", Explanation.text(of: obligation.kind), "", obligation.message]
        if let context = obligation.context { lines.append("when \(context)") }
        lines.append("")
        if assumptions.isEmpty {
            let isProved = obligation.verdict == .proved || obligation.verdict == .unreachable
            lines.append(isProved ? "The proof rests on no assumption." : "Nothing is proved here.")
        } else {
            lines.append("The proof rests on:")
            lines += assumptions.map { "  A\($0.id) [\($0.kind)] \($0.statement)" }
        }
        return lines.joined(separator: "\n")
    }

    /// A kind's name, meaning and place in the Common Weakness Enumeration.
    public static func text(of kind: ReportedKind) -> String {
        let links = kind.cwe.map { "CWE-\($0): https://cwe.mitre.org/data/definitions/\($0).html" }
        return (["\(kind.rawValue): \(kind.explanation)"] + links).joined(separator: "\n")
    }
}
