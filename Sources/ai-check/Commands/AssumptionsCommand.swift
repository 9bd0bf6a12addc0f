// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ArgumentParser
import EvidenceBundle
import Reporting

/// `ai-check assumptions`: what the verdicts rest on.
struct AssumptionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assumptions",
        abstract: "Print what the verdicts rest on without proof, and the names by which a ledger refers to it.")

    @OptionGroup var options: AnalysisOptions

    @Option(help: ArgumentHelp("Take the result of an earlier 'analyze --json FILE'.", valueName: "file"))
    var report: String?

    func run() throws {
        try reportingFailures { () throws(CommandFailure) in
            let assumptions: [Assumption]
            if let report {
                assumptions = try Records.assumptions(of: try readReport(report))
            } else {
                guard options.hasInput else { throw .noProgramOrReport }
                assumptions = try AnalysisRun(options).assumptions
            }
            print(AssumptionText(assumptions).text)
        }
    }
}
