// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle
import Foundation
import ProgramIR
import Reporting
import Testing

/// What the documents say of lists that the code has too.
@Suite struct DocumentationTests {
    private func document(_ name: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return String(decoding: try Data(contentsOf: root.appendingPathComponent(name)), as: UTF8.self)
    }

    @Test func everyAssumptionKindIsExplained() throws {
        let rows = try document("SOUNDNESS.md").split(separator: "\n").compactMap { line in
            line.firstMatch(of: #/^\| `([a-z\-]+)` \| .+ \|$/#).map { String($0.1) }
        }
        #expect(rows == EvidenceBundle.AssumptionKind.allCases.map(\.rawValue))
        #expect(rows == ProgramIR.AssumptionKind.allCases.map(\.name))
    }

    @Test func everyObligationKindIsListed() throws {
        let readme = try document("README.md")
        for kind in ReportedKind.allCases where !kind.isOptIn {
            #expect(readme.contains("`\(kind.rawValue)`"), "\(kind.rawValue)")
        }
    }

    /// The report's kinds are the IR's and those that are checked on request.
    @Test func reportAndProgramHaveTheSameKinds() {
        #expect(ReportedKind.allCases.filter { !$0.isOptIn }.map(\.rawValue) == ObligationKind.allCases.map(\.name))
    }
}
