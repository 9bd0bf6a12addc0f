// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation
import Reporting

/// What a report and a fixture's annotations disagree about.
struct Comparison {
    let fixture: Fixture
    let report: Report

    private struct Place: Hashable {
        let line: Int
        let kind: ReportedKind
    }

    /// In words; none if they agree.
    func disagreements() -> [String] {
        var obligations: [Place: [ReportedObligation]] = [:]
        var result: [String] = []
        for obligation in report.obligations {
            if sameFile(obligation.file) {
                obligations[Place(line: obligation.line, kind: obligation.kind), default: []].append(obligation)
            } else if isFinding(obligation) {
                result.append("unexpected: \(words(obligation))")
            }
        }
        for annotation in fixture.annotations {
            let here = obligations.removeValue(forKey: Place(line: annotation.line, kind: annotation.kind)) ?? []
            result += disagreements(annotation, here)
        }
        result += obligations.values.joined().filter(isFinding).map { "unexpected: \(words($0))" }
        // The reason stands behind what would go wrong; what the analysis thought proved has none.
        result += report.obligations.filter { isFinding($0) && !$0.message.contains("; ") }.map {
            "no reason: \(words($0))"
        }
        // An invariant of the analysis that the proof could not show, whether or not a verdict needed it.
        if report.gaps > 0 { result.append("\(report.gaps) gaps in the proof") }
        return result
    }

    private func disagreements(_ annotation: Annotation, _ here: [ReportedObligation]) -> [String] {
        let findings = here.filter(isFinding)
        let place = "line \(annotation.line), \(annotation.kind.rawValue)"
        switch annotation.verdict {
        case .bug where findings.isEmpty:
            return ["not sound: \(place) happens, and \(here.isEmpty ? "is no obligation" : "is called impossible")"]
        case .bug:
            return []
        case .safe:
            return findings.map { ($0.verdict == .error ? "not true: " : "less precise: ") + words($0) }
        case .imprecise:
            let errors = findings.filter { $0.verdict == .error }.map { "not true: \(words($0))" }
            return findings.isEmpty ? ["more precise: \(place) can be annotated as safe"] : errors
        }
    }

    private func isFinding(_ obligation: ReportedObligation) -> Bool {
        obligation.verdict == .alarm || obligation.verdict == .error
    }

    private func words(_ obligation: ReportedObligation) -> String {
        "\(obligation.verdict.rawValue) at \(obligation.file):\(obligation.line): \(obligation.kind.rawValue): "
            + obligation.message
    }

    private func sameFile(_ file: String) -> Bool {
        URL(fileURLWithPath: file).standardizedFileURL.path
            == URL(fileURLWithPath: fixture.path).standardizedFileURL.path
    }
}
