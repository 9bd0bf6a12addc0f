// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Analyzer
import CSyntax
import CertificateChecker
import CertificateEmitter
import ExecutionCheck
import Foundation
import Lowering
import ProgramIR

/// A C file, analysed and certified; what it may be compared with by executions.
struct Analysed {
    let program: Program
    let analysis: ProgramAnalysis
    /// By number of the obligation.
    let verdicts: [Verdicts.Verdict]
    let alwaysFailing: Set<Int32>

    init(file: String) throws {
        let unit = try parseTranslationUnit(CompileCommand(file: file, flags: ["-std=gnu17"]))
        program = try lower(units: [unit]).program
        analysis = ProgramAnalysis(program)
        analysis.run()
        let emission = emit(analysis)
        verdicts = try check(program: program.encoded(), certificate: emission.certificate).obligations.map {
            switch $0.verdict {
            case .proved: .proved
            case .unreachable: .unreachable
            case .unproved: .unproved
            }
        }
        alwaysFailing = Set(emission.findings.filter { $0.value.alwaysFails }.map(\.key))
    }

    init(text: String) throws {
        let file = NSTemporaryDirectory() + "analysed-\(UUID().uuidString).c"
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        try self.init(file: file)
    }

    /// What executions do that the analysis excludes; `verdicts` nil: those of the checker.
    func faults(seeds: Range<UInt64>, verdicts: [Verdicts.Verdict]? = nil) -> AnalysisCheck {
        var check = AnalysisCheck(
            analysis, Verdicts(of: program, verdicts ?? self.verdicts, alwaysFailing: alwaysFailing))
        check.stepLimit = 20_000
        check.run(seeds: seeds)
        return check
    }
}
