// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker
import Testing

/// The checker accepts what is justified, and says no more than that.
struct AcceptanceTests {
    @Test(arguments: Sample.all)
    func acceptsSample(_ sample: Sample) throws {
        let claims = try check(program: sample.program, certificate: sample.certificate)
        #expect(claims.obligations.map(Self.text) == sample.verdicts)
    }

    static func text(_ obligation: CheckedObligation) -> String {
        (["\(obligation.kind) \(obligation.verdict.rawValue)"] + obligation.label.map { "\($0)" }).joined(
            separator: " ")
    }

    @Test func namesPlacesAndAssumptions() throws {
        let sample = Sample.assertionUnderAssumption()
        let claims = try check(program: sample.program, certificate: sample.certificate)
        #expect(claims.obligations.first?.file == "a.c")
        #expect(claims.obligations.first?.line == 1)
        #expect(claims.assumptions.map { "\($0.id) \($0.kind): \($0.statement)" } == ["0 user-assumption: x is not 0"])
        #expect(claims.counts.nodes == 1 && claims.counts.steps == 4)
    }
}
