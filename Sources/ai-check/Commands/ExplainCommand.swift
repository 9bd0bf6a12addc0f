// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ArgumentParser
import Foundation
import Reporting

/// `ai-check explain`: one obligation, or one kind of obligation, in full.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain an obligation by its number, or a kind of obligation by its name.")

    @Argument(
        help: ArgumentHelp("A number from a report, or a kind such as out-of-bounds-read.", valueName: "id"))
    var subject: String

    @OptionGroup var options: AnalysisOptions

    @Option(help: ArgumentHelp("Take the result of an earlier 'analyze --json FILE'.", valueName: "file"))
    var report: String?

    func run() throws {
        try reportingFailures { () throws(CommandFailure) in
            if let kind = ReportedKind(rawValue: subject) {
                print(Explanation.text(of: kind))
                return
            }
            guard let id = Int(subject) else {
                let kinds = ReportedKind.allCases.map(\.rawValue).joined(separator: ", ")
                throw .usage("\(subject): neither the number of an obligation nor one of \(kinds)")
            }
            let report =
                if let file = self.report { try readReport(file) } else { try AnalysisRun(options).result.report }
            guard let obligation = report.obligations.first(where: { $0.id == id }) else {
                throw .usage("there is no obligation \(id); this program has \(report.obligations.count)")
            }
            let explanation = Explanation(obligation, in: report, coloured: Terminal.wantsColour) { file in
                FileManager.default.contents(atPath: file).map { Array($0) }
            }
            print(explanation.text)
        }
    }
}

/// Reads the report that `analyze --json` wrote.
func readReport(_ file: String) throws(CommandFailure) -> Report {
    guard let data = FileManager.default.contents(atPath: file) else {
        throw .input("\(file): the report cannot be read")
    }
    do {
        return try Report(json: data)
    } catch {
        throw .input("\(file): not a report that 'ai-check analyze --json' wrote: \(Report.reason(for: error))")
    }
}
