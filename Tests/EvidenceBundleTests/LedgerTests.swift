// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Testing

@testable import EvidenceBundle

@Suite struct LedgerTests {
    private let assumption = Assumption(
        id: 4, kind: .stackSpace, statement: "the stack never overflows", origin: "analysis", scope: "whole program")

    @Test func theLedgerIsCopiedOntoItsAssumption() throws {
        let ledger = try AssumptionLedger([
            assumption.fingerprint: [
                "owner": "R. Ohm", "justification": "measured", "expires": "2027-01-31", "status": "accepted",
                "discharge": ["method": "test", "evidence": Digest(of: [1]).algorithmMap],
            ],
            "0123456789abcdef": ["owner": "nobody"],
        ])
        var assumptions = [assumption]
        #expect(ledger.apply(to: &assumptions) == ["0123456789abcdef"])
        #expect(assumptions[0].owner == "R. Ohm")
        #expect(assumptions[0].status == .accepted)
        #expect(assumptions[0].discharge == Discharge(method: .test, evidence: Digest(of: [1])))
        #expect(try Assumption(assumptions[0].json) == assumptions[0])
    }

    @Test func theFingerprintOutlivesRenumbering() {
        var moved = assumption
        moved.id = 17
        moved.dependents = [1, 2]
        #expect(moved.fingerprint == assumption.fingerprint)
        moved.statement += "!"
        #expect(moved.fingerprint != assumption.fingerprint)
    }

    @Test(
        arguments: [
            ["x": ["ownr": "typo"]], ["x": ["status": "fine"]], ["x": ["expires": "31.12.2027"]],
            ["x": ["expires": "2027-13-01"]], ["x": ["discharge": ["method": "hope"]]], ["x": 1], [],
        ] as [JSONValue])
    func mistakesInTheLedgerAreErrors(_ json: JSONValue) {
        #expect(throws: JSONShapeError.self) { try AssumptionLedger(json) }
    }
}
