// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The result of an analysis, as data.
public struct Report: Sendable {
    public var tool: String
    public var version: String
    public var obligations: [ReportedObligation]
    public var assumptions: [ReportedAssumption]
    public var unsupported: [UnsupportedConstruct]
    /// Obligations the analysis believes in but has no certificate for. They are listed as alarms.
    public var gaps: Int
    public var seconds: Double
    public var peakMemoryBytes: Int

    public init(
        tool: String, version: String, obligations: [ReportedObligation], assumptions: [ReportedAssumption],
        unsupported: [UnsupportedConstruct], gaps: Int, seconds: Double, peakMemoryBytes: Int
    ) {
        self.tool = tool
        self.version = version
        self.obligations = obligations
        self.assumptions = assumptions
        self.unsupported = unsupported
        self.gaps = gaps
        self.seconds = seconds
        self.peakMemoryBytes = peakMemoryBytes
    }

    public func count(_ verdict: ReportedVerdict) -> Int {
        obligations.count { $0.verdict == verdict }
    }

    /// Whether everything that can be reached is proved.
    public var isClean: Bool {
        !obligations.contains { $0.verdict == .alarm || $0.verdict == .error }
    }
}

/// One place in the source and one way in which it could go wrong.
public struct ReportedObligation: Sendable {
    public var id: Int
    public var kind: ReportedKind
    public var verdict: ReportedVerdict
    public var file: String
    /// 1-based; the column counts bytes.
    public var line: Int
    public var column: Int
    public var function: String
    /// How execution comes here, where the verdict depends on it.
    public var context: String?
    /// Why, in terms of the C program.
    public var message: String
    /// Ids of the assumptions the verdict rests on, ascending.
    public var assumptions: [Int]

    public init(
        id: Int, kind: ReportedKind, verdict: ReportedVerdict, file: String, line: Int, column: Int,
        function: String, context: String? = nil, message: String, assumptions: [Int]
    ) {
        self.id = id
        self.kind = kind
        self.verdict = verdict
        self.file = file
        self.line = line
        self.column = column
        self.function = function
        self.context = context
        self.message = message
        self.assumptions = assumptions
    }
}

extension ReportedObligation {
    /// The function of the program, or `nil` inside the model of a library function: a model has a private copy for each
    /// call, whose name `model@place` says nothing to a reader of the C code. The message names the library function.
    var sourceFunction: String? { function.contains("@") ? nil : function }
}

/// Something the verdicts rest on without proof.
public struct ReportedAssumption: Codable, Sendable {
    public var id: Int
    /// An assumption kind by its name, for example `library-model`.
    public var kind: String
    public var statement: String
    public var origin: String
    public var scope: String
    /// Ids of the obligations whose proof falls if it is false, ascending.
    public var dependents: [Int]

    public init(id: Int, kind: String, statement: String, origin: String, scope: String, dependents: [Int]) {
        self.id = id
        self.kind = kind
        self.statement = statement
        self.origin = origin
        self.scope = scope
        self.dependents = dependents
    }
}

/// A construct that the analysis replaced by "anything may happen".
public struct UnsupportedConstruct: Codable, Sendable {
    public var what: String
    public var file: String
    public var line: Int
    public var column: Int

    public init(what: String, file: String, line: Int, column: Int) {
        self.what = what
        self.file = file
        self.line = line
        self.column = column
    }
}
