// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Everything a bundle is made from.
public struct BundleContents: Sendable {
    public var tool: ToolVersion
    /// The program in the IR's binary form: what the certificate is about.
    public var program: [UInt8]
    /// The same program in the IR's text form, for people.
    public var programText: [UInt8]
    public var certificate: [UInt8]
    public var obligations: [ObligationRecord]
    public var assumptions: [Assumption]
    public var scope: Scope
    /// Recorded runs, and what is said about them.
    public var runs: [[UInt8]] = []
    public var executions = ExecutionSummary()
    /// Operating system, architecture and versions. Nothing that differs between two runs on one machine.
    public var environment: [String: String]
    /// The options in effect, defaults included.
    public var configuration: JSONValue

    public init(
        tool: ToolVersion, program: [UInt8], programText: [UInt8], certificate: [UInt8],
        obligations: [ObligationRecord], assumptions: [Assumption], scope: Scope, environment: [String: String],
        configuration: JSONValue
    ) {
        self.tool = tool
        self.program = program
        self.programText = programText
        self.certificate = certificate
        self.obligations = obligations
        self.assumptions = assumptions
        self.scope = scope
        self.environment = environment
        self.configuration = configuration
    }

    /// Sorts the records and fills in which obligations rest on which assumption.
    mutating func normalise() {
        obligations.sort { $0.id < $1.id }
        assumptions.sort { $0.id < $1.id }
        let dependents = Dependents(of: obligations)
        for index in assumptions.indices {
            assumptions[index].dependents = dependents[assumptions[index].id]
        }
    }

    /// The files that the manifest lists.
    func files() throws(BundleError) -> [BundlePath: [UInt8]] {
        var files = try scope.files()
        var fixed: [String: [UInt8]] = [
            BundleLayout.readme: Array(Readme.text.utf8),
            BundleLayout.environment: JSONValue(names: environment).canonicalBytes,
            BundleLayout.configuration: configuration.canonicalBytes,
            BundleLayout.program: program,
            BundleLayout.programText: programText,
            BundleLayout.certificate: certificate,
            BundleLayout.executions: executions.json.canonicalBytes,
            BundleLayout.obligations: jsonLines(obligations.map(\.json)),
            BundleLayout.assumptions: jsonLines(assumptions.map(\.json)),
        ]
        fixed.merge(Schemas.all.mapValues(\.canonicalBytes)) { _, schema in schema }
        for (index, run) in runs.enumerated() { fixed[BundleLayout.run(index + 1)] = run }
        for (text, bytes) in fixed {
            guard let path = BundlePath(text) else { throw .badPath(text, flaw: "is not usable") }
            files[path] = bytes
        }
        return files
    }
}

/// Which obligations rest on which assumption.
struct Dependents {
    private var byAssumption: [Int: [Int]] = [:]

    /// `obligations` are in ascending order of their ids, and so are the answers.
    init(of obligations: [ObligationRecord]) {
        for obligation in obligations {
            for assumption in obligation.assumptions {
                byAssumption[assumption, default: []].append(obligation.id)
            }
        }
    }

    subscript(assumption: Int) -> [Int] {
        byAssumption[assumption] ?? []
    }
}
