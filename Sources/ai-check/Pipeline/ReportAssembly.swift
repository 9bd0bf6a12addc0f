// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR
import Reporting

/// The report of an analysis: the checker's verdicts in terms of the C program.
struct ReportAssembly {
    let frontEnd: FrontEndResult
    let analysis: CertifiedAnalysis

    private var program: Program { frontEnd.lowered.program }

    func report() throws(PipelineError) -> Report {
        Report(
            tool: "ai-check", version: CheckCommand.version, obligations: try obligations(), assumptions: assumptions,
            unsupported: frontEnd.lowered.unsupported.map {
                UnsupportedConstruct(what: $0.construct, file: $0.file, line: $0.line, column: $0.column)
            }, gaps: analysis.gaps, seconds: 0, peakMemoryBytes: 0)
    }

    private func obligations() throws(PipelineError) -> [ReportedObligation] {
        // The checker derives the table for itself. It must be the same, or messages would be about something else.
        let table = ObligationTable(of: program).obligations
        guard table.count == analysis.obligations.count else {
            throw .internalFailure(
                "the checker sees \(analysis.obligations.count) obligations where the lowering made \(table.count)")
        }
        var reported: [ReportedObligation] = []
        for obligation in analysis.obligations {
            guard table.indices.contains(obligation.id), let kind = ReportedKind(rawValue: obligation.kind),
                table[obligation.id].kind.name == obligation.kind
            else { throw .internalFailure("the checker sees another obligation \(obligation.id) than the lowering") }
            reported.append(self.reported(obligation, kind, program.sites[Int(table[obligation.id].site)]))
        }
        return reported.sorted { $0.id < $1.id }
    }

    private func reported(
        _ obligation: CertifiedAnalysis.Obligation, _ kind: ReportedKind, _ site: Site
    ) -> ReportedObligation {
        let finding = analysis.findings[obligation.id]
        let verdict: ReportedVerdict =
            switch obligation.verdict {
            case .proved: .proved
            case .unreachable: .unreachable
            case .unproved: finding?.alwaysFails == true ? .error : .alarm
            }
        let words = ObligationMessage(
            kind: kind, expression: text(site.expression), libraryFunction: text(site.model), macro: text(site.macro))
        return ReportedObligation(
            id: obligation.id, kind: kind, verdict: verdict, file: obligation.file, line: obligation.line,
            column: obligation.column, function: obligation.function,
            message: words.text(verdict, finding: finding?.message), assumptions: obligation.label)
    }

    private var assumptions: [ReportedAssumption] {
        let named = namedAssumptions
        return program.assumptions.enumerated().map { id, assumption in
            let everywhere = "every verdict"
            let scope =
                switch (named.contains(AssumptionID(id)), place(of: assumption)) {
                case (true, let place): place ?? "the proofs that name it"
                case (false, let place?): "\(everywhere), made at \(place)"
                case (false, nil): everywhere
                }
            return ReportedAssumption(
                id: id, kind: assumption.kind.name, statement: assumption.statement,
                origin: origin(of: assumption.kind),
                scope: scope, dependents: [])
        }
    }

    /// The assumptions that instructions refer to: the checker knows which proofs use them. All others are about
    /// what the program's text means, and nothing is true without them.
    private var namedAssumptions: Set<AssumptionID> {
        var named: Set<AssumptionID> = []
        for function in program.functions {
            for instruction in function.instructions
            where instruction.opcode == .assume || instruction.opcode == .havocMemory {
                named.insert(instruction.target)
            }
        }
        return named
    }

    private func place(of assumption: Assumption) -> String? {
        guard assumption.site >= 0 else { return nil }
        let site = program.sites[Int(assumption.site)]
        let file = program.strings[Int(site.file)]
        return file.isEmpty ? nil : "\(file):\(site.line):\(site.column)"
    }

    private func origin(of kind: AssumptionKind) -> String {
        switch kind {
        case .userAssumption: "the program's own text"
        case .libraryModel, .allocation: "the models of the C library"
        case .frontend, .targetABI: "the front end"
        default: "the lowering"
        }
    }

    private func text(_ string: Int32) -> String? {
        string == 0 ? nil : program.strings[Int(string)]
    }
}
