// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Reporting

/// The modules of this package, one after the other.
struct StandardPipeline: Pipeline {
    func lower(_ request: AnalysisRequest, progress: ProgressReporter) throws(PipelineError) -> String {
        try frontEnd(request, progress).lowered.program.text()
    }

    func analyze(_ request: AnalysisRequest, progress: ProgressReporter) throws(PipelineError) -> AnalysisResult {
        let frontEnd = try frontEnd(request, progress)
        let program = frontEnd.lowered.program
        let analysis = try Prover(
            program: program, progress: progress, keepsProof: request.runs > 0, budget: request.budget
        ).run()
        var recording = RunRecorder.Recording()
        if let proof = analysis.proof {
            progress.begin("recording executions")
            recording = try RunRecorder(program: program, proof: proof, tries: request.runs).record()
        }
        recording.summary.live = analysis.obligations.count { $0.verdict != .unreachable }
        return AnalysisResult(
            report: try ReportAssembly(frontEnd: frontEnd, analysis: analysis).report(), program: analysis.program,
            programText: Array(program.text().utf8), certificate: analysis.certificate,
            scope: try ScopeAssembly(frontEnd: frontEnd, analysis: analysis, executions: recording.summary).scope(),
            runs: recording.runs, executions: recording.summary,
            violations: recording.violations,
            notices: Notices(frontEnd: frontEnd, analysis: analysis).list + recording.notes)
    }

    /// Expressions nest as deep as their author likes, and so does their lowering.
    func frontEnd(_ request: AnalysisRequest, _ progress: ProgressReporter) throws(PipelineError)
        -> FrontEndResult
    {
        try withLargeStack { () throws(PipelineError) in
            try FrontEnd(request: request, progress: progress).run()
        }
    }
}
