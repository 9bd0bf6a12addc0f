// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// One line of `assumptions.jsonl`: something proofs rest on and nobody has proved.
///
/// The first part comes from the analysis. The second is what the people responsible wrote into their
/// ledger file about it.
public struct Assumption: Equatable, Sendable {
    public var id: Int
    public var kind: AssumptionKind
    /// What is assumed, in plain English.
    public var statement: String
    /// The part of the tool or the user's file that introduced it.
    public var origin: String
    /// Where it applies: the whole program, a function, a line.
    public var scope: String
    /// The obligations whose proof falls if this is false, ascending.
    public var dependents: [Int]

    public var owner: String?
    public var justification: String?
    public var discharge: Discharge
    /// The last day on which it may be relied on, as `YYYY-MM-DD`.
    public var expires: String?
    public var status: AssumptionStatus

    public init(
        id: Int, kind: AssumptionKind, statement: String, origin: String, scope: String, dependents: [Int] = []
    ) {
        self.id = id
        self.kind = kind
        self.statement = statement
        self.origin = origin
        self.scope = scope
        self.dependents = dependents
        discharge = Discharge(method: .none, evidence: nil)
        status = .open
    }

    /// A name that stays the same while the program around the assumption changes: ledgers refer to it.
    public var fingerprint: String {
        let identity: JSONValue = .strings([kind.rawValue, statement, origin, scope])
        return String(Digest(of: identity.canonicalBytes).hexadecimal.prefix(16))
    }

    init(_ json: JSONValue) throws(JSONShapeError) {
        var fields = try JSONFields(json, of: "the assumption")
        id = try fields.integer("id")
        let kind = try fields.string("kind")
        guard let known = AssumptionKind(rawValue: kind) else {
            throw JSONShapeError("\"\(kind)\" is not an assumption kind")
        }
        self.kind = known
        statement = try fields.string("statement")
        origin = try fields.string("origin")
        scope = try fields.string("scope")
        dependents = try fields.ascendingIntegers("dependents")
        let fingerprint = try fields.string("fingerprint")
        owner = try fields.optionalString("owner")
        justification = try fields.optionalString("justification")
        discharge = try Discharge(try fields.value("discharge"))
        expires = try calendarDay(try fields.optionalString("expires"))
        status = try AssumptionStatus(named: try fields.string("status"))
        try fields.finish()
        guard fingerprint == self.fingerprint else {
            throw JSONShapeError("the fingerprint of assumption \(id) does not fit its text")
        }
    }

    var json: JSONValue {
        var object = JSONObject()
        object["id"] = .integer(id)
        object["kind"] = .string(kind.rawValue)
        object["statement"] = .string(statement)
        object["origin"] = .string(origin)
        object["scope"] = .string(scope)
        object["dependents"] = .integers(dependents)
        object["fingerprint"] = .string(fingerprint)
        object["owner"] = owner.map { .string($0) }
        object["justification"] = justification.map { .string($0) }
        object["discharge"] = discharge.json
        object["expires"] = expires.map { .string($0) }
        object["status"] = .string(status.rawValue)
        return .object(object)
    }
}

/// How an assumption stands with the people responsible for it.
public enum AssumptionStatus: String, CaseIterable, Sendable {
    case open, accepted, discharged, rejected, expired

    init(named name: String) throws(JSONShapeError) {
        guard let known = AssumptionStatus(rawValue: name) else {
            throw JSONShapeError("\"\(name)\" is not the status of an assumption")
        }
        self = known
    }
}

/// What was done, outside the analysis, to make sure that an assumption holds.
public struct Discharge: Equatable, Sendable {
    public enum Method: String, CaseIterable, Sendable {
        case test, review, proof
        case runtimeCheck = "runtime-check"
        case processStep = "process-step"
        case none
    }

    public var method: Method
    /// The digest of the evidence.
    public var evidence: Digest?

    public init(method: Method, evidence: Digest?) {
        self.method = method
        self.evidence = evidence
    }

    init(_ json: JSONValue) throws(JSONShapeError) {
        var fields = try JSONFields(json, of: "the discharge")
        let name = try fields.string("method")
        guard let method = Method(rawValue: name) else {
            throw JSONShapeError("\"\(name)\" is not a way to discharge an assumption")
        }
        self.method = method
        evidence = try fields.optional("evidence").map { json throws(JSONShapeError) in
            try Digest(algorithmMap: json, of: "the evidence's digest")
        }
        try fields.finish()
    }

    var json: JSONValue {
        var object = JSONObject()
        object["method"] = .string(method.rawValue)
        object["evidence"] = evidence?.algorithmMap
        return .object(object)
    }
}

/// Checks the form `YYYY-MM-DD`; days past the month's end are left to whoever wrote them.
func calendarDay(_ text: String?) throws(JSONShapeError) -> String? {
    guard let text else { return nil }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2],
        parts.allSatisfy({ $0.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }),
        let month = Int(parts[1]), (1...12).contains(month), let day = Int(parts[2]), (1...31).contains(day)
    else { throw JSONShapeError("\"\(text)\" is not a day in the form YYYY-MM-DD") }
    return text
}
