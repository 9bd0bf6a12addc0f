// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Reporting

/// The modules of this package, one after the other.
struct StandardPipeline: Pipeline {
    func lower(_ request: AnalysisRequest, progress: ProgressReporter) throws(PipelineError) -> String {
        throw .internalFailure("this build has no front end")
    }

    func analyze(_ request: AnalysisRequest, progress: ProgressReporter) throws(PipelineError) -> AnalysisResult {
        throw .internalFailure("this build has no analysis")
    }
}
