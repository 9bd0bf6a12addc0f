// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ArgumentParser
import EvidenceBundle
import Foundation
import Reporting

/// `ai-check explain`: one obligation, one assumption, or a kind of obligation, in full.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain an obligation by its number, an assumption by its name, or a kind of obligation.")

    @Argument(
        help: ArgumentHelp(
            "A number from a report (32), an assumption (A7), a kind (out-of-bounds-read) or a weakness (CWE-125).",
            valueName: "id"))
    var subject: String

    @OptionGroup var options: AnalysisOptions

    @Option(help: ArgumentHelp("Take the result of an earlier 'analyze --json FILE'.", valueName: "file"))
    var report: String?

    func run() throws {
        try reportingFailures { () throws(CommandFailure) in
            let kinds = ExplainCommand.kinds(named: subject)
            if !kinds.isEmpty {
                print(kinds.map(Explanation.text(of:)).joined(separator: "\n\n"))
            } else if let id = Int(subject) {
                try explainObligation(id)
            } else if subject.first?.uppercased() == "A", let id = Int(subject.dropFirst()) {
                try explainAssumption(id)
            } else {
                let names = ReportedKind.allCases.map(\.rawValue).joined(separator: ", ")
                throw .usage(
                    "\(subject): neither the number of an obligation, nor an assumption such as A7, nor one of \(names)"
                )
            }
        }
    }

    /// A kind by its name, or all that stand for a weakness of the Common Weakness Enumeration.
    static func kinds(named subject: String) -> [ReportedKind] {
        let name = subject.lowercased().replacingOccurrences(of: "_", with: "-")
        if let kind = ReportedKind(rawValue: name) { return [kind] }
        guard name.hasPrefix("cwe-"), let number = Int(name.dropFirst(4)) else { return [] }
        return ReportedKind.allCases.filter { $0.cwe.contains(number) }
    }

    private func explainObligation(_ id: Int) throws(CommandFailure) {
        let report = try readOrAnalyse()
        guard let obligation = report.obligations.first(where: { $0.id == id }) else {
            throw .usage(
                "there is no obligation \(id)"
                    + (report.obligations.isEmpty
                        ? ": this program has none"
                        : "; those of this program are 0 to \(report.obligations.count - 1)"))
        }
        let explanation = Explanation(obligation, in: report, coloured: Terminal.wantsColour) { file in
            FileManager.default.contents(atPath: file).map { Array($0) }
        }
        print(explanation.text)
    }

    private func explainAssumption(_ id: Int) throws(CommandFailure) {
        let report = try readOrAnalyse()
        guard let assumption = try Records.assumptions(of: report).first(where: { $0.id == id }) else {
            throw .usage("there is no assumption A\(id); 'ai-check assumptions' lists those of this program")
        }
        let dependents = Set(assumption.dependents)
        let lines = report.obligations.filter { dependents.contains($0.id) }.map {
            "  \($0.file):\($0.line):\($0.column): \($0.kind.rawValue) [\($0.id)]"
        }
        print(([AssumptionText([assumption]).text] + lines).joined(separator: "\n"))
    }

    private func readOrAnalyse() throws(CommandFailure) -> Report {
        if let report { return try readReport(report) }
        guard options.hasInput else { throw .noProgramOrReport }
        return try AnalysisRun(options).result.report
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
