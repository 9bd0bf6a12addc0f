// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The report as text, for people at a terminal: what needs attention first, the figures last, where the eye is.
public struct TextReport {
    private let report: Report
    private let palette: Palette
    private let sources: SourceExcerpts
    private let quiet: Bool

    /// `quiet` leaves only the summary. `readSource` gives a file's bytes, or `nil` where they cannot be had.
    public init(
        _ report: Report, coloured: Bool, quiet: Bool = false, readSource: @escaping (String) -> [UInt8]?
    ) {
        self.report = report
        self.quiet = quiet
        palette = Palette(coloured: coloured)
        sources = SourceExcerpts(read: readSource)
    }

    public var text: String {
        let parts = quiet ? [summary] : files + unsupported + [summary]
        return parts.joined(separator: "\n\n")
    }

    /// One part per file with findings; files with errors come before files with alarms only.
    private var files: [String] {
        let findings = report.obligations.filter { $0.verdict == .alarm || $0.verdict == .error }
        let groups = Dictionary(grouping: findings, by: \.file)
        let order = groups.keys.sorted { a, b in
            let errorsInA = groups[a, default: []].contains { $0.verdict == .error }
            let errorsInB = groups[b, default: []].contains { $0.verdict == .error }
            return errorsInA == errorsInB ? a < b : errorsInA
        }
        return order.map { file in
            let ordered = groups[file, default: []].sorted { a, b in
                let rankA = a.verdict == .error ? 0 : 1
                let rankB = b.verdict == .error ? 0 : 1
                return (rankA, a.line, a.column, a.id) < (rankB, b.line, b.column, b.id)
            }
            let lines = ordered.enumerated().map { index, obligation in
                let next = index + 1 < ordered.count ? ordered[index + 1] : nil
                // The source is shown once for all that may go wrong at one place.
                let isLast = next.map { ($0.line, $0.column) != (obligation.line, obligation.column) } ?? true
                return finding(obligation) + (isLast ? excerpt(obligation) : "")
            }
            return palette.bold(file) + "\n" + lines.joined(separator: "\n")
        }
    }

    private func finding(_ obligation: ReportedObligation) -> String {
        let verdict = palette.paint(obligation.verdict, obligation.verdict.rawValue)
        let cwe = obligation.kind.cwe.first.map { " (CWE-\($0))" } ?? ""
        let number = palette.faint("[\(obligation.id)]")
        var lines = [
            "  \(obligation.line):\(obligation.column): \(verdict): \(obligation.kind.rawValue)\(cwe)"
                + (obligation.sourceFunction.map { " in \($0)" } ?? "") + " \(number)"
        ]
        lines.append("      " + obligation.message)
        if let context = obligation.context { lines.append("      when " + context) }
        return lines.joined(separator: "\n")
    }

    private func excerpt(_ obligation: ReportedObligation) -> String {
        sources.excerpt(obligation.file, line: obligation.line, column: obligation.column).map {
            "\n" + palette.faint($0.source) + "\n" + palette.paint(obligation.verdict, $0.caret)
        } ?? ""
    }

    private var unsupported: [String] {
        guard !report.unsupported.isEmpty else { return [] }
        let lines = report.unsupported.map { "  \($0.file):\($0.line):\($0.column): \($0.what)" }
        return [palette.bold("Not modelled (anything may happen there)") + "\n" + lines.joined(separator: "\n")]
    }

    private var summary: String {
        SummaryText(report, palette: palette).text
    }
}
