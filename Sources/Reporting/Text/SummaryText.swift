// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The last lines of a text report.
struct SummaryText {
    private let report: Report
    private let palette: Palette

    init(_ report: Report, palette: Palette) {
        self.report = report
        self.palette = palette
    }

    var text: String {
        [verdicts, share, foundations, cost].compactMap { $0 }.joined(separator: "\n")
    }

    private var verdicts: String {
        let parts = [ReportedVerdict.error, .alarm, .proved, .unreachable].map { verdict in
            let number = report.count(verdict)
            let noun =
                verdict == .error || verdict == .alarm
                ? plural(number, verdict.rawValue) : "\(number) \(verdict.rawValue)"
            return number == 0 ? noun : palette.paint(verdict, noun)
        }
        return palette.bold(plural(report.obligations.count, "obligation")) + ": " + parts.joined(separator: ", ")
    }

    private var share: String? {
        let live = report.obligations.count - report.count(.unreachable)
        guard live > 0 else {
            return report.obligations.isEmpty
                ? "There is nothing to prove: no operation of this program can be undefined."
                : "No obligation can be reached."
        }
        if report.isClean { return palette.paint(.proved, "Every reachable obligation is proved.") }
        // Rounded down: 100 % is only said when nothing is left.
        return
            "\(report.count(.proved) * 100 / live) % of the \(plural(live, "reachable obligation")) \(live == 1 ? "is" : "are") proved"
    }

    private var foundations: String {
        var parts = [plural(report.assumptions.count, "assumption")]
        if report.gaps > 0 { parts.append(palette.paint(.alarm, plural(report.gaps, "gap") + " in the certificate")) }
        if !report.unsupported.isEmpty {
            parts.append(palette.paint(.alarm, plural(report.unsupported.count, "unsupported construct")))
        }
        return parts.joined(separator: ", ")
    }

    private var cost: String {
        let tenths = Int((report.seconds * 10).rounded())
        let megabytes = (report.peakMemoryBytes + 500_000) / 1_000_000
        return palette.faint("\(tenths / 10).\(tenths % 10) s, \(megabytes) MB")
    }

    private func plural(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
