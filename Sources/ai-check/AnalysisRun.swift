// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle
import Foundation
import Reporting

/// One analysis from the command line, with what all commands do about it.
struct AnalysisRun {
    let request: AnalysisRequest
    let result: AnalysisResult
    /// The assumptions with what the user's ledger says about them.
    let assumptions: [Assumption]

    init(
        _ options: AnalysisOptions, runs: Int = 0, pipeline: some Pipeline = StandardPipeline()
    ) throws(CommandFailure) {
        var request = try options.request()
        request.runs = runs
        self.request = request
        let ledger = try options.assumptionLedger()
        let measurement = Measurement()
        let progress = ProgressReporter()
        var result: AnalysisResult
        do throws(PipelineError) {
            result = try pipeline.analyze(request, progress: progress)
        } catch {
            progress.clear()
            throw CommandFailure(error)
        }
        progress.clear()
        for notice in result.notices { printError("ai-check: note: \(notice)") }
        result.report.seconds = measurement.seconds
        result.report.peakMemoryBytes = Measurement.peakMemoryBytes
        Records.completeAssumptions(of: &result.report)
        self.result = result
        var assumptions = try Records.assumptions(of: result.report)
        for fingerprint in ledger.apply(to: &assumptions) {
            printError("ai-check: warning: the ledger's entry \(fingerprint) fits no assumption of this program")
        }
        self.assumptions = assumptions
    }

    /// The contents of the bundle for this run.
    func bundleContents() -> BundleContents {
        var contents = BundleContents(
            tool: ToolVersion(name: "ai-check", version: CheckCommand.version), program: result.program,
            programText: result.programText, certificate: result.certificate,
            obligations: Records.obligations(of: result.report), assumptions: assumptions, scope: result.scope,
            environment: Environment.description, configuration: request.settings.json)
        contents.runs = result.runs
        contents.executions = result.executions
        return contents
    }
}
