// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation
import Testing

@testable import checker_agreement

/// The comparison of the checkers sees what differs: scripts take the place of the second one.
@Suite struct CheckerAgreementTests {
    private let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "checker-agreement-tests-" + UUID().uuidString
        for part in ["ir", "certificate"] {
            try FileManager.default.createDirectory(
                atPath: "\(folder)/b.aibundle/\(part)", withIntermediateDirectories: true)
        }
        // No program, so the checker rejects both.
        try Data([1, 2, 3]).write(to: URL(fileURLWithPath: folder + "/b.aibundle/ir/program.air"))
        try Data([4, 5]).write(to: URL(fileURLWithPath: folder + "/b.aibundle/certificate/proof.aic"))
    }

    private func files() throws -> Files { try Files(bundle: folder + "/b.aibundle") }

    private func server(_ script: String) throws -> VerifiedServer {
        let path = folder + "/" + UUID().uuidString
        try Data(("#!/bin/sh\n" + script + "\n").utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return VerifiedServer(program: path)
    }

    @Test func answersAgreeWhereTheySayTheSame() {
        let accepted = Answer.accepted(["0 proved 1", "1 unproved"])
        let rejected = Answer.rejected(why: "a rule", inScript: true)
        #expect(accepted.agrees(with: .accepted(["0 proved 1", "1 unproved"])))
        #expect(rejected.agrees(with: .rejected(why: "another word for it", inScript: false)))
        for other in [["0 proved", "1 unproved"], ["0 proved 1"], ["0 proved 1", "1 unproved", ""], []] {
            #expect(!accepted.agrees(with: .accepted(other)), "\(other)")
        }
        #expect(!accepted.agrees(with: rejected))
        #expect(!rejected.agrees(with: accepted))
        for answer in [accepted, rejected, .none(why: "")] {
            #expect(!answer.agrees(with: .none(why: "it ended")))
            #expect(!Answer.none(why: "it ended").agrees(with: answer))
        }
    }

    @Test func theServerIsAskedAboutBothFiles() throws {
        // It answers with the bytes that it reads: the lengths, then five bytes.
        let server = try server(
            "read a b; echo 'not covered'; echo $a $b; head -c 5 | od -An -tu1 | tr -s ' '; echo .; exec sleep 60")
        guard case .accepted(let lines) = server.answer(try files()) else {
            Issue.record("no answer")
            return
        }
        #expect(lines == ["3 2", " 1 2 3 4 5"])
    }

    @Test func whoeverDoesNotAnswerDisagrees() throws {
        let files = try files()
        let ours = Answer(checking: files)
        guard case .rejected = ours else {
            Issue.record("\(ours)")
            return
        }
        let rejecting = try server("while read a b; do head -c 5 >/dev/null; echo 'rejected: no'; echo .; done")
        #expect(ours.agrees(with: rejecting.answer(files)))
        for script in [
            "exit 0", "kill -SEGV $$", "read a; echo 'rejected: no'", "read a; echo .; exec sleep 60",
            "read a; echo 0 proved; echo .; exec sleep 60", "read a; echo covered; echo .; exec sleep 60",
            "read a; echo 'rejected: no'; echo 0 proved; echo .; exec sleep 60",
        ] {
            #expect(!ours.agrees(with: try server(script).answer(files)), "\(script)")
        }
        #expect(!ours.agrees(with: VerifiedServer(program: folder + "/nowhere").answer(files)))
    }

    /// After a crash the next pair of files has an answer again.
    @Test func aServerThatIsGoneIsStartedAnew() throws {
        let script = """
            if mkdir '\(folder)/asked' 2>/dev/null; then exit 3; fi
            read a b
            echo 'rejected: no'
            echo .
            exec sleep 60
            """
        let server = try server(script)
        guard case .none = server.answer(try files()) else {
            Issue.record("an answer of a server that ended")
            return
        }
        guard case .rejected = server.answer(try files()) else {
            Issue.record("the server was not started again")
            return
        }
    }

    @Test func mutationsFollowFromTheirNumbers() throws {
        let files = Files(program: Array(0..<100), certificate: Array(100..<200))
        var seen: Set<[UInt8]> = []
        var programs = 0
        for number in 1...500 {
            let mutated = files.mutated(seed: 7, number: number)
            let again = files.mutated(seed: 7, number: number)
            #expect(mutated.program == again.program && mutated.certificate == again.certificate)
            // Only one of the files changes.
            #expect(mutated.program == files.program || mutated.certificate == files.certificate)
            if mutated.program != files.program { programs += 1 }
            seen.insert(mutated.program + mutated.certificate)
        }
        #expect(seen.count > 450)
        #expect((50...200).contains(programs))
        let other = files.mutated(seed: 8, number: 1), one = files.mutated(seed: 7, number: 1)
        #expect(other.program != one.program || other.certificate != one.certificate)
        // Nothing to change is no failure.
        #expect(Files(program: [], certificate: []).mutated(seed: 1, number: 1).program.isEmpty)
    }

    @Test func disagreementsAreCountedApart() {
        var tally = Tally()
        let accepted = Answer.accepted(["0 proved"]), rejected = Answer.rejected(why: "", inScript: true)
        let pairs: [(Answer, Answer, isMutated: Bool, agree: Bool)] = [
            (accepted, accepted, false, true), (accepted, accepted, true, true), (rejected, rejected, true, true),
            (rejected, accepted, true, false), (accepted, .none(why: ""), false, false),
        ]
        for pair in pairs {
            let agree = tally.add(pair.0, pair.1, isMutated: pair.isMutated)
            #expect(agree == pair.agree, "\(pair)")
        }
        #expect(tally.disagreements == 2 && tally.rejectedOriginals == 0)
        _ = tally.add(rejected, rejected, isMutated: false)
        #expect(tally.rejectedOriginals == 1)
        #expect(
            tally.description.contains(
                "2 mutated ones: 1 accepted alike, 1 rejected by both (1 of them in a script)"))
    }
}
