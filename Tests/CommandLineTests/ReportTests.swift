// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation
import Testing

@testable import Reporting

@Suite struct ReportTests {
    private func text(_ report: Report, coloured: Bool = false, quiet: Bool = false) -> String {
        TextReport(report, coloured: coloured, quiet: quiet) { file in
            file == "a.c" ? Array(SamplePipeline.source.utf8) : nil
        }.text
    }

    @Test func findingsComeWithTheirSource() {
        let expected = """
            a.c
              3:9: error: uninitialized-read (CWE-457) in main [1]
                  a[4] was never written
                  when called from the start of the program
                 3 | \treturn a[8 / 2];
                   | \t       ^

            b.c
              2:1: alarm: unsupported in g [4]
                  inline assembly may do anything

            Not modelled (anything may happen there)
              b.c:2:1: inline assembly

            5 obligations: 1 error, 1 alarm, 2 proved, 1 unreachable
            50 % of the 4 reachable obligations are proved
            1 assumption, 1 unsupported construct
            1.3 s, 12 MB
            """
        #expect(text(SamplePipeline.report) == expected)
    }

    /// Generated code has lines of any length.
    @Test func longLinesAreCut() {
        let line = String(repeating: "x", count: 500) + "HERE" + String(repeating: "y", count: 500)
        var report = SamplePipeline.report
        report.obligations[1].line = 1
        report.obligations[1].column = 501
        let lines = TextReport(report, coloured: false) { _ in Array(line.utf8) }.text.split(separator: "\n")
        let place = lines.firstIndex { $0.contains("HERE") }!
        #expect(lines[place].count < 130)
        #expect(
            lines[place].firstRange(of: "HERE")!.lowerBound.utf16Offset(in: lines[place])
                == lines[place + 1].firstIndex(of: "^")!.utf16Offset(in: lines[place + 1]))
    }

    @Test func quietLeavesTheFigures() {
        #expect(text(SamplePipeline.report, quiet: true).hasPrefix("5 obligations:"))
    }

    @Test func coloursAreOnlyAddedAround() {
        let plain = text(SamplePipeline.report)
        let coloured = text(SamplePipeline.report, coloured: true)
        #expect(coloured.contains("\u{1B}[1;31merror\u{1B}[0m"))
        #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
    }

    @Test func aCleanReportSaysSo() {
        var report = SamplePipeline.report
        report.obligations.removeAll { $0.verdict == .alarm || $0.verdict == .error }
        report.unsupported = []
        #expect(report.isClean)
        #expect(text(report).contains("Every reachable obligation is proved."))
    }

    @Test func theShareIsRoundedDown() {
        var report = SamplePipeline.report
        let proved = report.obligations[0]
        report.obligations += Array(repeating: proved, count: 1000)
        #expect(text(report, quiet: true).contains("99 % of"))
    }

    @Test func controlCharactersNeverReachTheTerminal() {
        let report = SamplePipeline.report
        let text = TextReport(report, coloured: false) { _ in Array("\n\n\u{1B}[2J  x  y  z\r\n".utf8) }.text
        #expect(!text.contains("\u{1B}"))
        #expect(!text.contains("\r"))
    }

    @Test func theJSONHasTheMembersOfTheContract() throws {
        let json = try #require(try JSONSerialization.jsonObject(with: SamplePipeline.report.json()) as? [String: Any])
        #expect(json.keys.sorted() == ["assumptions", "obligations", "summary", "tool", "unsupported", "version"])
        let summary = try #require(json["summary"] as? [String: Any])
        #expect(
            summary.keys.sorted() == [
                "alarm", "assumptions", "error", "gaps", "obligations", "peakMemoryBytes", "proved", "seconds",
                "unreachable",
            ])
        #expect(summary["proved"] as? Int == 2)
        #expect(summary["seconds"] as? Double == 1.25)
        let obligations = try #require(json["obligations"] as? [[String: Any]])
        let members = [
            "assumptions", "column", "cwe", "file", "function", "id", "kind", "line", "message", "verdict",
        ]
        #expect(obligations[0].keys.sorted() == members)
        #expect(obligations[1].keys.sorted() == (members + ["context"]).sorted())
        #expect(obligations[0]["kind"] as? String == "division-by-zero")
        #expect(obligations[0]["cwe"] as? [Int] == [369])
    }

    @Test func theJSONReadsBack() throws {
        let json = try SamplePipeline.report.json()
        #expect(try Report(json: json).json() == json)
        do {
            _ = try Report(json: Data("{\"tool\":\"x\"}".utf8))
            Issue.record("accepted")
        } catch {
            #expect(Report.reason(for: error) == "\"version\" is missing")
        }
    }

    @Test func theWorstVerdictWins() {
        #expect(ReportedVerdict.worst([.unreachable, .proved]) == .proved)
        #expect(ReportedVerdict.worst([.proved, .alarm, .unreachable]) == .alarm)
        #expect(ReportedVerdict.worst([.error, .alarm]) == .error)
        #expect(ReportedVerdict.worst([]) == nil)
    }

    @Test func everyKindIsExplained() {
        for kind in ReportedKind.allCases {
            #expect(kind.explanation.hasSuffix("."), "\(kind)")
            #expect(kind.cwe == kind.cwe.sorted())
        }
    }

    @Test func progressShowsTimeAndPlace() {
        var state = ProgressState()
        state.begin("parsing", total: 3)
        #expect(state.line(width: 79) == "parsing 0/3")
        state.finished("a.c")
        #expect(state.line(width: 79) == "parsing 1/3: a.c")
        state.begin("analysing", total: nil)
        #expect(state.line(width: 79) == "analysing")
        state.finished("inflate")
        state.finished("inflate_fast")
        #expect(state.line(width: 79, elapsed: .milliseconds(12_700)) == "analysing 2, 12 s: inflate_fast")
        #expect(state.line(width: 20, elapsed: .milliseconds(12_700)) == "analysing 2, 12 s: i")
        #expect(state.line(width: 0) == "")
    }

    /// The source is shown once for all that may go wrong at one place.
    @Test func findingsAtOnePlaceShareItsSource() {
        var report = SamplePipeline.report
        var other = report.obligations[1]
        other.id = 9
        other.kind = .divisionByZero
        other.context = nil
        report.obligations.append(other)
        #expect(text(report).split(separator: "\n").count { $0.contains("a[8 / 2];") } == 1)
        #expect(text(report).contains("3:9: error: division-by-zero (CWE-369) in main [9]"))
    }

    /// Functions of models have names that only the intermediate form knows.
    @Test func modelsAreNoFunctionsOfTheProgram() {
        var report = SamplePipeline.report
        report.obligations[1].function = "ai_length@a.c:3:9"
        #expect(text(report).contains("3:9: error: uninitialized-read (CWE-457) [1]"))
    }
}
