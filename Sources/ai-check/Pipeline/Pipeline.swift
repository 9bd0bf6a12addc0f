// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle
import Reporting

/// The way from C to verdicts.
protocol Pipeline {
    /// The audit IR of the program, as text.
    func lower(_ request: AnalysisRequest, progress: ProgressReporter) throws(PipelineError) -> String

    /// Analyses and certifies the program. Verdicts in the report are what the certificate checker derived.
    func analyze(_ request: AnalysisRequest, progress: ProgressReporter) throws(PipelineError) -> AnalysisResult
}

/// What to analyse, and how.
struct AnalysisRequest {
    enum Input {
        /// Source files and the clang arguments for each of them.
        case files([String], arguments: [String])
        /// A folder with a `compile_commands.json`.
        case buildFolder(String)
    }

    var input: Input
    var settings: AnalysisSettings
    var jobs: Int
    /// Whether the analysis looks at relations between values. The verdicts mean the same; more of them are proofs.
    var usesRelations = true
    /// Library functions that are to be executed, not modelled; see `LoweringOptions`.
    var providedFunctions: Set<String> = []
    /// Executions to try for the bundle; 0: none.
    var runs = 0
}

/// What an analysis found, and the evidence for it.
struct AnalysisResult {
    /// Lists the program's own assumptions. Those about alarms, the dependents of each, times and memory are
    /// filled in by the command.
    var report: Report
    /// The program in binary and in text form, and its certificate.
    var program: [UInt8]
    var programText: [UInt8]
    var certificate: [UInt8]
    var scope: Scope
    /// Recorded runs, and what they show.
    var runs: [[UInt8]] = []
    var executions = ExecutionSummary()
    /// Obligations that recorded runs violate, each with the number of the first such run, from 1 on.
    var violations: [Int: Int] = [:]
    /// What the user should hear beside the verdicts, such as flags that were left out.
    var notices: [String] = []
}

/// Why there is no result.
enum PipelineError: Error {
    /// The input cannot be analysed. The message names the file, the line where there is one, and the remedy.
    case input(String)
    /// The tool is at fault.
    case internalFailure(String)
}
