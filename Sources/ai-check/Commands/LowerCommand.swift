// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ArgumentParser
import Reporting

/// `ai-check lower`: the program as the analysis and the proof see it.
struct LowerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lower", abstract: "Print the program in the intermediate form that proofs are about.")

    @OptionGroup var options: AnalysisOptions

    func run() throws {
        try reportingFailures { () throws(CommandFailure) in
            let request = try options.request()
            let progress = ProgressReporter()
            do throws(PipelineError) {
                let text = try StandardPipeline().lower(request, progress: progress)
                progress.clear()
                print(text, terminator: text.hasSuffix("\n") ? "" : "\n")
            } catch {
                progress.clear()
                throw CommandFailure(error)
            }
        }
    }
}
