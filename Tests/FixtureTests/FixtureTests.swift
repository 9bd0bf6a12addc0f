// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import Foundation
import Lowering
import ProgramIR
import Reporting
import Testing

/// Every fixture, analysed and certified as a user's program is, and held against its annotations.
@Suite(.timeLimit(.minutes(30))) struct FixtureTests {
    @Test func thereAreFixturesOfEveryKind() throws {
        let fixtures = try Fixture.all()
        for kind in ReportedKind.allCases where !kind.isOptIn {
            #expect(fixtures.contains { $0.annotations.contains { $0.kind == kind } }, "none for \(kind.rawValue)")
        }
    }

    /// What fails in a run is an obligation. Later stages can only decide what the lowering has asked.
    @Test(arguments: try Fixture.all()) func everyBugIsAnObligation(_ fixture: Fixture) throws {
        let unit = try parseTranslationUnit(CompileCommand(file: fixture.path, flags: ["-std=gnu17"]))
        let program = try lower(units: [unit]).program
        #expect(program.violations().map(\.description) == [])
        let obligations = ObligationTable(of: program).obligations
        for annotation in fixture.annotations where annotation.verdict != .safe {
            let isAsked = obligations.contains {
                $0.kind.name == annotation.kind.rawValue && Int(program.sites[Int($0.site)].line) == annotation.line
            }
            #expect(isAsked, "\(fixture.testDescription):\(annotation.line): \(annotation.kind.rawValue) is not asked")
        }
    }

    @Test(arguments: try Fixture.all()) func verdictsAreAsAnnotated(_ fixture: Fixture) throws {
        let run = try CheckRun(of: fixture)
        let report = try #require(run.report, "\(run.failure)")
        for disagreement in Comparison(fixture: fixture, report: report).disagreements() {
            Issue.record("\(fixture.testDescription): \(disagreement)")
        }
    }
}
