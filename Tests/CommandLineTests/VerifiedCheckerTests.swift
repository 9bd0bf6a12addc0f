// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle
import Foundation
import Testing

@testable import ai_audit
@testable import ai_check

/// The second checker is a program of which nothing is believed: scripts in its place answer in every way.
@Suite struct VerifiedCheckerTests {
    private let folder: TemporaryFolder
    private let key = SigningKey(generating: .p256)
    private var path: String { folder.path + "/x.aibundle" }

    /// What follows from the sample's claims.
    private static let lines = [
        "0 proved 0", "1 unproved", "2 proved 0 2", "3 unreachable", "4 unproved",
    ]

    init() throws {
        folder = try TemporaryFolder()
        let file = try folder.write(SamplePipeline.source, to: "a.c")
        let run = try AnalysisRun(try AnalysisOptions.parse([file]), pipeline: SamplePipeline())
        try BundleWriter.write(run.bundleContents(), to: path, sealedWith: key)
    }

    private func outcome(of script: String, seconds: Int = 60) throws -> AuditOutcome {
        try outcome(at: try folder.script(script, as: UUID().uuidString), seconds: seconds)
    }

    private func outcome(at program: String, seconds: Int = 60) throws -> AuditOutcome {
        let program = try VerifiedProgram.find(named: program, environment: [:], beside: nil)
        let second = VerifiedChecker(program: program, seconds: seconds)
        return AuditOutcome { () throws(AuditFailure) in
            try Audit(checker: FixedChecker(claims: FixedChecker.sample), second: second)
                .verify(path, trusting: key.verificationKey)
        }
    }

    private func saying(_ lines: [String]) -> String {
        "cat <<'END'\n" + lines.map { $0 + "\n" }.joined() + "END"
    }

    /// The reason of the rejection, or what happened instead.
    private func rejection(_ script: String, seconds: Int = 60) throws -> String {
        switch try outcome(of: script, seconds: seconds) {
        case .accepted: "accepted"
        case .failed(let failure): failure.kind == .rejected ? failure.reason : "\(failure)"
        }
    }

    @Test func theSameVerdictsConfirm() throws {
        for (coverage, number) in [("not covered", 3), ("covered", 0)] {
            let outcome = try outcome(of: saying([coverage] + Self.lines))
            guard case .accepted(let result) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            let text = AuditText(result, today: Day(text: "2026-01-01")).text
            #expect(text.contains("checked by: ai-audit, and ai-audit-verified (extracted from Coq, "), "\(text)")
            #expect(text.contains("\(number) obligations checked, not covered by the theorem."), "\(text)")
            let checkers = try #require(outcome.json(about: path).object?["checkers"]?.array)
            #expect(checkers.map { $0.object?["name"] } == ["ai-audit", "ai-audit-verified"])
            #expect(checkers.last?.object?["notCoveredByTheorem"] == .integer(number))
        }
    }

    @Test func withoutItAiAuditSpeaksAlone() throws {
        let outcome = AuditOutcome { () throws(AuditFailure) in
            try Audit(checker: FixedChecker(claims: FixedChecker.sample)).verify(path, trusting: key.verificationKey)
        }
        guard case .accepted(let result) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(AuditText(result, today: Day(text: "2026-01-01")).text.contains("checked by: ai-audit.\n"))
        #expect(outcome.json(about: path).object?["checkers"] == [["name": "ai-audit"]])
    }

    /// Each answer but the right one, a line at a time.
    @Test func whateverDiffersIsRejected() throws {
        let changes: [(Int, String)] = [
            (0, "0 unproved"), (0, "0 unreachable 0"), (0, "0 proved"), (0, "0 proved 0 1"), (0, "0  proved 0"),
            (0, "00 proved 0"), (0, "0 proved 0 "), (0, "0 proved 0\r"), (0, "1 unproved"), (0, ""),
            (1, "1 proved 0"), (1, "1 unproved 0"), (2, "2 proved 2 0"), (3, "3 unreachable 0"), (4, "4 Unproved"),
        ]
        for (place, line) in changes {
            var lines = Self.lines
            lines[place] = line
            let reason = try rejection(saying(["not covered"] + lines))
            #expect(
                reason.hasPrefix("the checkers differ about obligation \(place): ai-audit has '\(Self.lines[place])'"),
                "\(line): \(reason)")
        }
        #expect(
            try rejection(saying(["covered"] + Self.lines.dropLast()))
                == "ai-audit-verified says nothing of obligation 4")
        #expect(try rejection(saying(["covered"] + Self.lines + ["5 unproved"])).contains("more than there are"))
        #expect(try rejection(saying(["covered"] + Self.lines + [""])).contains("more than there are"))
        #expect(try rejection(saying(["covered"]) + "\nprintf '0 proved 0'").contains("no last line"))
        for first in ["", "covered ", "Covered", "true", Self.lines[0]] {
            #expect(try rejection(saying([first] + Self.lines)).contains("whether the theorem covers"), "\(first)")
        }
        #expect(try rejection(saying(Self.lines)).contains("whether the theorem covers"))
    }

    @Test func whoeverDoesNotAnswerConfirmsNothing() throws {
        #expect(try rejection("exit 0").contains("no last line"))
        #expect(try rejection("head -c 3000 /dev/urandom").hasPrefix("ai-audit-verified "))
        #expect(try rejection("echo 'rejected: a rule' >&2; exit 1").hasSuffix("the certificate: rejected: a rule"))
        #expect(try rejection("exit 1").contains("it gives no reason"))
        // The right answer counts for nothing where the program fails afterwards.
        let answer = saying(["covered"] + Self.lines)
        #expect(try rejection(answer + "\nexit 2").contains("exit code 2"))
        #expect(try rejection(answer + "\nkill -SEGV $$").contains("signal 11"))
        #expect(try rejection("yes").contains("more than it has to"))
        #expect(try rejection("yes >&2; exit 3", seconds: 1).contains("within 1 s"))
    }

    @Test func whoeverHangsIsEnded() throws {
        let answer = saying(["covered"] + Self.lines)
        let ways = [
            "sleep 600", "exec >&- 2>&-; sleep 600", answer + "\nsleep 600", "sleep 600 & exit 0",
            "trap '' TERM; sleep 600", "setsid sleep 20 & exit 0",
        ]
        for way in ways {
            let started = ContinuousClock.now
            #expect(try rejection(way, seconds: 1).contains("does not answer within 1 s"), "\(way)")
            #expect(ContinuousClock.now - started < .seconds(60), "\(way)")
        }
    }

    /// Not the bundle's own files: those may change once their digests are checked.
    @Test func itIsGivenWhatWasChecked() throws {
        let copies = folder.path + "/copies"
        let script = """
            cat "$1" "$2" > '\(copies)'
            dirname "$1" > '\(copies).folder'
            ls -ld "$(dirname "$1")" >> '\(copies).folder'

            """
        #expect(try rejection(script + saying(["covered"] + Self.lines)) == "accepted")
        #expect(try Array(Data(contentsOf: URL(fileURLWithPath: copies))) == [1, 2, 3, 4])
        let said = try folder.text(of: "copies.folder").split(separator: "\n")
        #expect(said[1].hasPrefix("drwx------"))
        #expect(!FileManager.default.fileExists(atPath: String(said[0])), "\(said)")
    }

    /// It nests where the files are long.
    @Test func itHasALargeStack() throws {
        let large = """
            soft=$(ulimit -Ss)
            [ "$soft" = unlimited ] || [ "$soft" -ge 4194304 ] || [ "$soft" = "$(ulimit -Hs)" ] || exit 9

            """
        #expect(try rejection(large + saying(["covered"] + Self.lines)) == "accepted")
    }

    @Test func whatTheBundleSaysIsComparedFirst() throws {
        let sample = FixedChecker.sample
        let claims = CheckedClaimSet(
            obligations: sample.obligations.dropLast(), assumptions: sample.assumptions, clones: 1, facts: 1,
            derivations: 1)
        let program = try VerifiedProgram.find(
            named: try folder.script("touch '\(folder.path)/asked'", as: "asked.sh"), environment: [:], beside: nil)
        let outcome = AuditOutcome { () throws(AuditFailure) in
            try Audit(checker: FixedChecker(claims: claims), second: VerifiedChecker(program: program, seconds: 60))
                .verify(path, trusting: key.verificationKey)
        }
        guard case .failed(let failure) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(failure.reason.contains("obligations.jsonl lists"))
        #expect(!folder.has("asked"))
    }

    @Test func whatCannotBeStartedIsAFileThatCannotBeUsed() throws {
        let file = try folder.write("not a program", to: "text")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
        guard case .failed(let failure) = try outcome(at: file) else {
            Issue.record("accepted")
            return
        }
        // A system may take a text for a script of its shell, which then fails.
        #expect(failure.kind == .file || failure.reason.contains("does not answer"), "\(failure)")
    }
}
