// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ArgumentParser
import ExecutionCheck
import Reporting

/// `ai-check run --check-analysis`: tests the analysis by executions of the program that it analysed, models of library
/// functions included. For those who develop this tool.
struct AnalysisComparison {
    let command: RunCommand

    init(_ command: RunCommand) { self.command = command }

    /// An internal error if an execution did what the analysis excludes.
    func run(_ request: AnalysisRequest) throws(CommandFailure) -> ExitCode {
        let progress = ProgressReporter()
        defer { progress.clear() }
        do throws(PipelineError) {
            let frontEnd = try StandardPipeline().frontEnd(request, progress)
            let program = frontEnd.lowered.program
            let (analysis, certified) = try Prover(
                program: program, progress: progress, budget: request.budget
            ).runKeepingAnalysis()
            var check = AnalysisCheck(analysis, certified.verdicts(of: program))
            if let maxSteps = command.maxSteps { check.stepLimit = maxSteps }
            progress.begin("executing")
            let first = command.seed ?? 0
            check.run(seeds: first..<(first + command.seeds))
            progress.clear()
            print(check.summary)
            for fault in check.faults { printError("ai-check: \(fault)") }
            return check.faults.isEmpty ? .success : ExitCode(70)
        } catch {
            throw CommandFailure(error)
        }
    }
}
