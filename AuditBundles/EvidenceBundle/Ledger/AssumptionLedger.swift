// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The user's file about assumptions: who answers for each, why, and until when.
///
/// A JSON object whose keys are assumption fingerprints (`ai-check assumptions` prints them) and whose
/// values have any of `owner`, `justification`, `discharge`, `expires`, `status`.
public struct AssumptionLedger: Equatable, Sendable {
    struct Entry: Equatable, Sendable {
        var owner: String?
        var justification: String?
        var discharge: Discharge?
        var expires: String?
        var status: AssumptionStatus?
    }

    private(set) var entries: [String: Entry] = [:]

    public init() {}

    public init(_ json: JSONValue) throws(JSONShapeError) {
        guard let object = json.object else { throw JSONShapeError("the ledger is not an object") }
        for member in object.members {
            var fields = try JSONFields(member.value, of: "ledger entry \(member.key)")
            var entry = Entry()
            entry.owner = try fields.optionalString("owner")
            entry.justification = try fields.optionalString("justification")
            entry.discharge = try fields.optional("discharge").map { json throws(JSONShapeError) in
                try Discharge(json)
            }
            entry.expires = try calendarDay(try fields.optionalString("expires"))
            entry.status = try fields.optionalString("status").map { name throws(JSONShapeError) in
                try AssumptionStatus(named: name)
            }
            try fields.finish()
            entries[member.key] = entry
        }
    }

    /// Copies what the ledger says onto the assumptions it names. Returns the fingerprints it names
    /// that no assumption has: entries that became void, which the user should hear about.
    public func apply(to assumptions: inout [Assumption]) -> [String] {
        var unused = Set(entries.keys)
        for index in assumptions.indices {
            let fingerprint = assumptions[index].fingerprint
            guard let entry = entries[fingerprint] else { continue }
            unused.remove(fingerprint)
            assumptions[index].owner = entry.owner
            assumptions[index].justification = entry.justification
            assumptions[index].discharge = entry.discharge ?? assumptions[index].discharge
            assumptions[index].expires = entry.expires
            assumptions[index].status = entry.status ?? assumptions[index].status
        }
        return unused.sorted()
    }
}
