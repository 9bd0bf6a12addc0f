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
