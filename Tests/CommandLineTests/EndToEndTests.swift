// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle
import Foundation
import Reporting
import Testing

/// From C to an auditor's verdict, by the programs themselves.
@Suite struct EndToEndTests {
    private let folder: TemporaryFolder

    private static let sound = """
        int table[8];
        int at(int i) { return i >= 0 && i < 8 ? table[i] : 0; }
        static int unused(int i) { return 1 / i; }
        int main(void)
        {
            int sum = 0;
            for (int i = 0; i < 8; i++)
                sum = at(i);
            return sum;
        }

        """

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(EndToEndTests.sound, to: "sound.c")
        try folder.write(
            EndToEndTests.sound.replacing("i < 8 ?", with: "i <= 8 ?").replacing("i < 8;", with: "i < 9;"), to: "bug.c")
        try #require(check("keygen").status == 0)
    }

    private func check(_ arguments: String...) throws -> ProgramRun {
        try CommandLineTests.run("ai-check", arguments, in: folder)
    }

    private func audit(_ arguments: String...) throws -> ProgramRun {
        try CommandLineTests.run("ai-audit", arguments, in: folder)
    }

    @Test func aSoundProgramIsProvedAndAccepted() throws {
        let analysis = try check("bundle", "sound.c", "-o", "s.aibundle", "--key", "key.pem", "--json", "s.json")
        #expect(analysis.status == 0, "\(analysis.output)\(analysis.error)")
        #expect(analysis.output.contains("Every reachable obligation is proved."))
        let report = try Report(json: Data(folder.text(of: "s.json").utf8))
        #expect(report.isClean)
        #expect(report.count(.proved) > 3)
        #expect(report.seconds > 0)
        #expect(report.peakMemoryBytes > 1_000_000)
        let verdict = try audit("verify", "s.aibundle", "--trust", "pub.pem")
        #expect(verdict.status == 0, "\(verdict.output)\(verdict.error)")
        #expect(try folder.text(of: "s.aibundle/scope/excluded.json").contains("function unused"))
        #expect(try folder.text(of: "s.aibundle/scope/sources.json").contains("sound.c"))
    }

    @Test func aBugIsAnAlarmAndStaysOneForTheAuditor() throws {
        let analysis = try check("bundle", "bug.c", "-o", "b.aibundle", "--key", "key.pem", "--json", "b.json")
        #expect(analysis.status == 1, "\(analysis.output)\(analysis.error)")
        #expect(analysis.output.contains("2:43: alarm: out-of-bounds-read (CWE-125) in at"))
        let verdict = try audit("verify", "b.aibundle", "--trust", "pub.pem")
        #expect(verdict.status == 0, "\(verdict.output)\(verdict.error)")
        #expect(verdict.output.contains("1 alarm"))
    }

    /// What the first access leaves is known under the assumption that it does not fail, and with 0 it fails.
    @Test func anAlarmThatHappensIsARefutedAssumption() throws {
        try folder.write(
            """
            int table[8];
            unsigned __ai_any_uint(void);
            int main(void)
            {
                unsigned k = (__ai_any_uint() & 15) ^ 8;
                table[k] = 1;
                return table[k];
            }

            """, to: "refuted.c")
        let analysis = try check("bundle", "refuted.c", "-o", "a.aibundle", "--key", "key.pem")
        #expect(analysis.output.contains("violated in a run:\n  refuted.c:6:"), "\(analysis.output)\(analysis.error)")
        let lines = try audit("verify", "a.aibundle", "--trust", "pub.pem").output.split(separator: "\n")
        let assumption = try #require(lines.firstIndex { $0.contains("[alarm] no out-of-bounds-write happens at") })
        #expect(lines[assumption + 2].contains("refuted by run 0001"), "\(lines[assumption...])")
    }

    @Test func recordedRunsAreReplayed() throws {
        let analysis = try check("bundle", "bug.c", "-o", "r.aibundle", "--key", "key.pem")
        #expect(analysis.output.contains("recorded execution"), "\(analysis.output)\(analysis.error)")
        let replay = try audit("replay", "r.aibundle", "--trust", "pub.pem", "--list", "--json", "r.json")
        #expect(replay.status == 0, "\(replay.error)")
        #expect(replay.output.contains("1 obligation not proved is violated in a run:"), "\(replay.output)")
        for output in [analysis.output, replay.output] {
            #expect(output.contains("bug.c:2:43: out-of-bounds-read in at ["))
            #expect(output.contains("], by run 0001"))
        }
        let json = try folder.text(of: "r.json")
        #expect(json.contains("\"result\":\"replayed\""))
        // Behind the violation the program does not go on; before it everything is reached.
        #expect(!json.contains("\"runs\":0"))
        let verdict = try audit("verify", "r.aibundle", "--trust", "pub.pem")
        #expect(verdict.output.contains("executions: "), "\(verdict.output)")
    }

    @Test func aBundleWithoutRunsSaysSo() throws {
        let analysis = try check("bundle", "bug.c", "-o", "n.aibundle", "--key", "key.pem", "--runs", "0")
        #expect(analysis.output.contains("No execution is recorded: no execution was tried"), "\(analysis.output)")
        let verdict = try audit("verify", "n.aibundle", "--trust", "pub.pem")
        #expect(verdict.status == 0, "\(verdict.error)")
        #expect(
            verdict.output.contains("executions: none is recorded; its author says: no execution was tried."),
            "\(verdict.output)")
    }

    /// Everything is proved of it, and nothing of that means anything.
    @Test func contradictoryAssumptionsAreNoticed() throws {
        try folder.write(
            """
            int __ai_any_int(void);
            void __ai_assume(int);
            int main(void)
            {
                int x = __ai_any_int();
                __ai_assume(x > 10);
                __ai_assume(x < 10);
                return 1 / (x - x);
            }

            """, to: "vacuous.c")
        let analysis = try check("bundle", "vacuous.c", "-o", "v.aibundle", "--key", "key.pem")
        #expect(analysis.status == 0, "\(analysis.output)\(analysis.error)")
        #expect(analysis.output.contains("executions that were tried satisfies the assumptions"), "\(analysis.output)")
        #expect(
            try folder.text(of: "v.aibundle/scope/excluded.json").contains("whether the assumptions can hold together"))
        #expect(!folder.has("v.aibundle/runs"))
        let verdict = try audit("verify", "v.aibundle", "--trust", "pub.pem")
        #expect(verdict.status == 0, "\(verdict.error)")
        #expect(verdict.output.contains("Nothing here shows that the assumptions can hold together."))
    }

    /// Nothing that varies between runs is sealed.
    @Test func theSameProgramGivesTheSameEvidence() throws {
        for name in ["x", "y"] {
            let run = try check("bundle", "bug.c", "-o", "\(name).aibundle", "--key", "key.pem", "--jobs", "2")
            #expect(run.status == 1, "\(run.error)")
        }
        #expect(try folder.text(of: "x.aibundle/manifest.json") == folder.text(of: "y.aibundle/manifest.json"))
    }

    @Test func flagsThatAreLeftOutAreNamed() throws {
        let run = try check("bundle", "sound.c", "-o", "f.aibundle", "--key", "key.pem", "--", "-fno-such-flag")
        #expect(run.error.contains("-fno-such-flag was left out"))
        #expect(
            try folder.text(of: "f.aibundle/scope/compile-commands.json").contains(
                "\"droppedArguments\":[\"-fno-such-flag\"]"))
    }
}
