// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// What is known about an obligation.
public enum ReportedVerdict: String, CaseIterable, Codable, Sendable {
    /// Never fails; the certificate shows it.
    case proved
    /// No execution comes here; the certificate shows it.
    case unreachable
    /// Not proved.
    case alarm
    /// Fails on every execution that comes here.
    case error

    /// The verdict for one place in the source that is analysed several times over: the worst of them.
    public static func worst(_ verdicts: some Sequence<ReportedVerdict>) -> ReportedVerdict? {
        verdicts.max { $0.severity < $1.severity }
    }

    /// Unreachable copies say nothing about the others, so they give way to every other verdict.
    private var severity: Int {
        switch self {
        case .unreachable: 0
        case .proved: 1
        case .alarm: 2
        case .error: 3
        }
    }
}
