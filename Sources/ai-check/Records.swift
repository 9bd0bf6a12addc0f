// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle
import Reporting

/// The report in the terms of a bundle.
enum Records {
    /// Adds to the program's own assumptions those about alarms that labels name, and fills in which
    /// obligations rest on each.
    static func completeAssumptions(of report: inout Report) {
        let alarms = Assumption.alarms(
            namedBy: obligations(of: report), programAssumptions: report.assumptions.count)
        report.assumptions += alarms.map { alarm in
            ReportedAssumption(
                id: alarm.id, kind: alarm.kind.rawValue, statement: alarm.statement, origin: alarm.origin,
                scope: alarm.scope, dependents: [])
        }
        var dependents: [Int: [Int]] = [:]
        for obligation in report.obligations.sorted(by: { $0.id < $1.id }) {
            for assumption in obligation.assumptions { dependents[assumption, default: []].append(obligation.id) }
        }
        for index in report.assumptions.indices {
            report.assumptions[index].dependents = dependents[report.assumptions[index].id] ?? []
        }
    }

    static func obligations(of report: Report) -> [ObligationRecord] {
        report.obligations.map { obligation in
            ObligationRecord(
                id: obligation.id, kind: obligation.kind.rawValue, cwe: obligation.kind.cwe,
                verdict: verdict(obligation.verdict), file: obligation.file, line: obligation.line,
                column: obligation.column, function: obligation.function, message: obligation.message,
                assumptions: obligation.assumptions)
        }
    }

    static func assumptions(of report: Report) throws(CommandFailure) -> [Assumption] {
        var assumptions: [Assumption] = []
        for assumption in report.assumptions {
            guard let kind = AssumptionKind(rawValue: assumption.kind) else {
                throw .internalFailure("assumption \(assumption.id) has the unknown kind \(assumption.kind)")
            }
            assumptions.append(
                Assumption(
                    id: assumption.id, kind: kind, statement: assumption.statement, origin: assumption.origin,
                    scope: assumption.scope, dependents: assumption.dependents))
        }
        return assumptions
    }

    private static func verdict(_ verdict: ReportedVerdict) -> Verdict {
        switch verdict {
        case .proved: .proved
        case .unreachable: .unreachable
        case .alarm: .alarm
        case .error: .error
        }
    }
}
