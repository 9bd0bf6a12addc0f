// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle
import Reporting

@testable import ai_audit
@testable import ai_check

/// An analysis with a known result, for what comes after the analysis.
struct SamplePipeline: Pipeline {
    static let source = "int main(void) {\n\tint a[8];\n\treturn a[8 / 2];\n}\n"

    func lower(_ request: AnalysisRequest, progress: ProgressReporter) throws(PipelineError) -> String {
        "func main"
    }

    func analyze(_ request: AnalysisRequest, progress: ProgressReporter) throws(PipelineError) -> AnalysisResult {
        AnalysisResult(
            report: SamplePipeline.report, program: [1, 2, 3], programText: Array("func main\n".utf8), certificate: [4],
            scope: Scope(
                sources: [Scope.Source(path: "a.c", bytes: Array(SamplePipeline.source.utf8))],
                compileCommands: [Scope.CompileCommand(file: "a.c", arguments: [], droppedArguments: [])],
                toolchain: ["clang": "19"], excluded: []), executions: SamplePipeline.executions)
    }

    /// None was tried; four obligations are not unreachable.
    private static var executions: ExecutionSummary {
        var summary = ExecutionSummary()
        summary.live = 4
        return summary
    }

    static var report: Report {
        Report(
            tool: "ai-check", version: "0.1.0",
            obligations: [
                ReportedObligation(
                    id: 0, kind: .divisionByZero, verdict: .proved, file: "a.c", line: 3, column: 11, function: "main",
                    message: "the divisor is 2", assumptions: [0]),
                ReportedObligation(
                    id: 1, kind: .uninitializedRead, verdict: .error, file: "a.c", line: 3, column: 9, function: "main",
                    context: "called from the start of the program", message: "a[4] was never written",
                    assumptions: []),
                // It rests on the second obligation not failing: 1 assumption of the program plus number 1.
                ReportedObligation(
                    id: 2, kind: .outOfBoundsRead, verdict: .proved, file: "a.c", line: 3, column: 9, function: "main",
                    message: "the index is 4", assumptions: [0, 2]),
                ReportedObligation(
                    id: 3, kind: .signedOverflow, verdict: .unreachable, file: "b.c", line: 1, column: 1,
                    function: "f", message: "never reached", assumptions: []),
                ReportedObligation(
                    id: 4, kind: .unsupported, verdict: .alarm, file: "b.c", line: 2, column: 1,
                    function: "g", message: "inline assembly may do anything", assumptions: []),
            ],
            assumptions: [
                ReportedAssumption(
                    id: 0, kind: "target-abi", statement: "int has 32 bits", origin: "target", scope: "whole program",
                    dependents: [])
            ],
            unsupported: [UnsupportedConstruct(what: "inline assembly", file: "b.c", line: 2, column: 1)], gaps: 0,
            seconds: 1.25, peakMemoryBytes: 12_345_678)
    }
}

/// A checker that finds what it is told to find.
struct FixedChecker: ClaimChecker {
    var claims: CheckedClaimSet

    func check(
        program: [UInt8], certificate: [UInt8], runs: [RecordedRun]
    ) throws(AuditFailure) -> CheckedClaimSet {
        claims
    }

    /// What the sample's certificate would show.
    static var sample: CheckedClaimSet {
        let verdicts: [ReportedVerdict: CheckedClaimSet.Verdict] = [.proved: .proved, .unreachable: .unreachable]
        return CheckedClaimSet(
            obligations: SamplePipeline.report.obligations.map {
                CheckedClaimSet.Obligation(
                    id: $0.id, kind: $0.kind.rawValue, function: $0.function, file: $0.file, line: $0.line,
                    column: $0.column, verdict: verdicts[$0.verdict] ?? .unproved, label: $0.assumptions)
            },
            assumptions: [
                CheckedClaimSet.Assumption(id: 0, kind: "target-abi", statement: "int has 32 bits")
            ], clones: 1, facts: 2, derivations: 3)
    }
}
