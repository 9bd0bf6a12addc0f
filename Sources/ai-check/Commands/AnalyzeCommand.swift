// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ArgumentParser
import Foundation
import Reporting

/// `ai-check analyze`: verdicts to the terminal.
struct AnalyzeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze", abstract: "Analyse a program and print what may go wrong.")

    @OptionGroup var options: AnalysisOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        try reportingFailures { () throws(CommandFailure) in
            try output.check()
        }
        var isClean = false
        try reportingFailures { () throws(CommandFailure) in
            let run = try AnalysisRun(options)
            try output.print(run.result)
            isClean = run.result.report.isClean
        }
        if !isClean { throw ExitCode(1) }
    }
}
