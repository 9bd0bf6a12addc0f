// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// What a bundle says about an obligation.
public enum Verdict: String, CaseIterable, Sendable {
    /// The certificate shows that it never fails, under the listed assumptions.
    case proved
    /// The certificate shows that no execution comes here, under the listed assumptions.
    case unreachable
    /// Not proved.
    case alarm
    /// It fails on every execution that comes here.
    case error

    /// Whether the certificate, and not only the analyser, stands behind it.
    public var isCertified: Bool { self == .proved || self == .unreachable }
}

/// How many obligations have each verdict, and how many assumptions are listed.
public struct VerdictSummary: Equatable, Sendable {
    public private(set) var proved = 0
    public private(set) var unreachable = 0
    public private(set) var alarm = 0
    public private(set) var error = 0
    public private(set) var assumptions = 0

    public var obligations: Int { proved + unreachable + alarm + error }

    public init(_ obligations: [ObligationRecord], _ assumptions: [Assumption]) {
        for obligation in obligations {
            switch obligation.verdict {
            case .proved: proved += 1
            case .unreachable: unreachable += 1
            case .alarm: alarm += 1
            case .error: error += 1
            }
        }
        self.assumptions = assumptions.count
    }

    init(_ json: JSONValue) throws(JSONShapeError) {
        var fields = try JSONFields(json, of: "the summary")
        proved = try fields.integer("proved")
        unreachable = try fields.integer("unreachable")
        alarm = try fields.integer("alarm")
        error = try fields.integer("error")
        assumptions = try fields.integer("assumptions")
        try fields.finish()
    }

    public var json: JSONValue {
        [
            "proved": .integer(proved), "unreachable": .integer(unreachable), "alarm": .integer(alarm),
            "error": .integer(error), "assumptions": .integer(assumptions),
        ]
    }
}
