// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The two ledgers of a bundle, read and checked against each other.
struct Records {
    let obligations: [ObligationRecord]
    let assumptions: [Assumption]

    init(obligations: [UInt8], assumptions: [UInt8]) throws(BundleError) {
        let assumptionFile = BundleLayout.assumptions
        self.assumptions = try Records.read(assumptions, file: assumptionFile) { json throws(JSONShapeError) in
            try Assumption(json)
        }
        let obligationFile = BundleLayout.obligations
        self.obligations = try Records.read(obligations, file: obligationFile) { json throws(JSONShapeError) in
            try ObligationRecord(json)
        }
        try check()
    }

    private static func read<Record>(
        _ bytes: [UInt8], file: String, _ decode: (JSONValue) throws(JSONShapeError) -> Record
    ) throws(BundleError) -> [Record] {
        var records: [Record] = []
        for line in try parseJSONLines(bytes, file: file) {
            do throws(JSONShapeError) {
                records.append(try decode(line))
            } catch {
                throw .badShape(file: file, JSONShapeError("line \(records.count + 1): \(error)"))
            }
        }
        return records
    }

    /// Ids ascend, labels name listed assumptions, and dependents are exactly what the labels say.
    private func check() throws(BundleError) {
        for (a, b) in zip(assumptions, assumptions.dropFirst()) where a.id >= b.id {
            throw .inconsistent(file: BundleLayout.assumptions, "id \(b.id) is repeated or out of order")
        }
        for (a, b) in zip(obligations, obligations.dropFirst()) where a.id >= b.id {
            throw .inconsistent(file: BundleLayout.obligations, "id \(b.id) is repeated or out of order")
        }
        let known = Set(assumptions.map(\.id))
        for obligation in obligations {
            if let missing = obligation.assumptions.first(where: { !known.contains($0) }) {
                throw .inconsistent(
                    file: BundleLayout.obligations,
                    "obligation \(obligation.id) rests on assumption \(missing), which is not listed")
            }
        }
        let dependents = Dependents(of: obligations)
        for assumption in assumptions where assumption.dependents != dependents[assumption.id] {
            throw .inconsistent(
                file: BundleLayout.assumptions,
                "the dependents of assumption \(assumption.id) are not those that \(BundleLayout.obligations) gives")
        }
    }
}
