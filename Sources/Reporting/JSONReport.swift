// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation

extension Report {
    /// The report as JSON, for programs. Its members are a contract that other tools rely on.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return try encoder.encode(JSONReport(self)) + [UInt8(ascii: "\n")]
    }

    /// Reads a report that ``json()`` wrote.
    public init(json data: Data) throws {
        self = try JSONDecoder().decode(JSONReport.self, from: data).report
    }

    /// Why ``init(json:)`` failed, for people.
    public static func reason(for error: any Error) -> String {
        guard let error = error as? DecodingError else { return error.localizedDescription }
        switch error {
        case .keyNotFound(let key, _): return "\"\(key.stringValue)\" is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            let path = context.codingPath.map(\.stringValue).joined(separator: ".")
            return path.isEmpty ? context.debugDescription : "\(path): \(context.debugDescription)"
        @unknown default: return error.localizedDescription
        }
    }
}

/// The shape of the JSON report.
private struct JSONReport: Codable {
    struct Summary: Codable {
        let obligations, proved, unreachable, alarm, error, assumptions, gaps: Int
        let seconds: Double
        let peakMemoryBytes: Int
    }

    struct Obligation: Codable {
        let id: Int
        let kind: ReportedKind
        let cwe: [Int]
        let verdict: ReportedVerdict
        let file: String
        let line: Int
        let column: Int
        let function: String
        let context: String?
        let message: String
        let assumptions: [Int]
    }

    let tool: String
    let version: String
    let summary: Summary
    let obligations: [Obligation]
    let assumptions: [ReportedAssumption]
    let unsupported: [UnsupportedConstruct]

    init(_ report: Report) {
        tool = report.tool
        version = report.version
        summary = Summary(
            obligations: report.obligations.count, proved: report.count(.proved),
            unreachable: report.count(.unreachable), alarm: report.count(.alarm), error: report.count(.error),
            assumptions: report.assumptions.count, gaps: report.gaps, seconds: report.seconds,
            peakMemoryBytes: report.peakMemoryBytes)
        obligations = report.obligations.map {
            Obligation(
                id: $0.id, kind: $0.kind, cwe: $0.kind.cwe, verdict: $0.verdict, file: $0.file,
                line: $0.line, column: $0.column, function: $0.function, context: $0.context, message: $0.message,
                assumptions: $0.assumptions)
        }
        assumptions = report.assumptions
        unsupported = report.unsupported
    }
    var report: Report {
        Report(
            tool: tool, version: version,
            obligations: obligations.map {
                ReportedObligation(
                    id: $0.id, kind: $0.kind, verdict: $0.verdict, file: $0.file, line: $0.line, column: $0.column,
                    function: $0.function, context: $0.context, message: $0.message, assumptions: $0.assumptions)
            },
            assumptions: assumptions, unsupported: unsupported, gaps: summary.gaps, seconds: summary.seconds,
            peakMemoryBytes: summary.peakMemoryBytes)
    }
}
