// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker
import EvidenceBundle
import Foundation
import Testing

@testable import ai_audit
@testable import ai_check

/// A bundle of a real program, altered: no flipped byte, cut or exchange is accepted.
@Suite struct TamperedBundleTests {
    private let folder: TemporaryFolder
    private let key = SigningKey(generating: .p256)
    private let contents: BundleContents
    private var path: String { folder.path + "/x.aibundle" }

    init() throws {
        folder = try TemporaryFolder()
        let file = try folder.write(
            """
            int table[8];
            int at(int i) { return i >= 0 && i < 8 ? table[i] : 0; }
            int main(void)
            {
                int sum = 0;
                for (int i = 0; i < 8; i++)
                    sum = at(i);
                return sum;
            }

            """, to: "a.c")
        contents = try AnalysisRun(try AnalysisOptions.parse([file]), runs: 50).bundleContents()
        try BundleWriter.write(contents, to: path, sealedWith: key)
        try key.verificationKey.write(to: folder.path + "/pub.pem")
    }

    private func files() throws -> [String] {
        let all = try #require(FileManager.default.enumerator(atPath: path)).compactMap { $0 as? String }
        return all.filter {
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: path + "/" + $0, isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }

    private func bytes(_ file: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path + "/" + file)))
    }

    private func replace(_ file: String, with bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + file))
    }

    private var isAccepted: Bool {
        let outcome = AuditOutcome { () throws(AuditFailure) in
            try Audit(checker: CertificateCheckerAdapter()).verify(path, trusting: key.verificationKey)
        }
        if case .accepted = outcome { return true }
        return false
    }

    private func audit() throws -> ProgramRun {
        try CommandLineTests.run("ai-audit", ["verify", "x.aibundle", "--trust", "pub.pem"], in: folder)
    }

    /// Sealed all the same: whoever makes a bundle may err about runs, or lie.
    @Test func runsThatAreNoneAreRejected() throws {
        let run = try #require(contents.runs.first)
        #expect(isAccepted)
        let spoilt: [[UInt8]] = [
            [], Array(run.dropLast()), run + [0], [0x42] + run.dropFirst(), Array(run.prefix(4)) + [0],
            Array(run.prefix(4)) + [run[4] ^ 1] + run.dropFirst(5),
        ]
        for bytes in spoilt {
            var contents = contents
            contents.runs[0] = bytes
            try BundleWriter.write(contents, to: path, sealedWith: key)
            #expect(!isAccepted, "\(bytes)")
        }
    }

    @Test func figuresAboutRunsMustBeTrue() throws {
        let changes: [(inout ExecutionSummary) -> Void] = [
            { $0.reached -= 1 }, { $0.live += 1 }, { $0.recorded = 0 },
        ]
        for change in changes {
            var contents = contents
            change(&contents.executions)
            try BundleWriter.write(contents, to: path, sealedWith: key)
            #expect(!isAccepted, "\(contents.executions)")
        }
        var without = contents
        without.runs = []
        try BundleWriter.write(without, to: path, sealedWith: key)
        #expect(!isAccepted)
    }

    /// Runs for which the work is not enough reach nothing, so the bundle says more than was seen.
    @Test func whatIsNotReplayedReachesNothing() throws {
        func result(_ budget: ReplayBudget) throws(AuditFailure) -> AuditResult {
            try Audit(checker: CertificateCheckerAdapter(budget: budget)).replay(path, trusting: key.verificationKey)
        }
        let whole = try result(ReplayBudget()).claims.executions
        #expect(whole.runs == contents.runs.count)
        #expect(whole.unreplayed == 0)
        let without = try result(ReplayBudget(10))
        #expect(without.claims.executions.runs == 0)
        #expect(without.claims.executions.reached.isEmpty)
        #expect(without.claims.executions.unreplayed == contents.runs.count)
        #expect(ExecutionText(without).text.contains("USED UP"))
        let verdict = AuditOutcome { () throws(AuditFailure) in
            try Audit(checker: CertificateCheckerAdapter(budget: ReplayBudget(10))).verify(
                path, trusting: key.verificationKey)
        }
        guard case .failed(let failure) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(failure.reason.contains("and they reach 0"), "\(failure)")
    }

    /// Each file from its first to its last byte, long ones in steps, each time another bit.
    @Test func noFlippedByteIsAccepted() throws {
        #expect(isAccepted)
        for file in try files() {
            let original = try bytes(file)
            let places = Set(stride(from: 0, to: original.count, by: max(1, original.count / 128)))
            for (turn, place) in places.union([original.count - 1]).sorted().enumerated() {
                var altered = original
                altered[place] ^= 1 << UInt8(turn % 8)
                try replace(file, with: altered)
                #expect(!isAccepted, "\(file), byte \(place)")
            }
            try replace(file, with: original)
        }
        #expect(isAccepted)
    }

    /// The program says so by its exit code: 1 where it is well-formed all the same, else 2.
    @Test func theProgramRejectsEveryAlteredFile() throws {
        #expect(try audit().status == 0)
        for file in try files() {
            let original = try bytes(file)
            var flipped = original
            flipped[original.count / 2] ^= 1
            for altered in [flipped, Array(original.dropLast()), original + original.suffix(1)] {
                try replace(file, with: altered)
                let run = try audit()
                #expect(run.status == 1 || run.status == 2, "\(file): \(run.status)")
                #expect(run.output.isEmpty)
                #expect(run.error.hasPrefix("REJECTED: ") || run.error.hasPrefix("MALFORMED: "))
            }
            try replace(file, with: original)
        }
    }

    /// Who holds the key can seal what they like; a certificate that does not hold is rejected all the same.
    @Test func whatIsSealedMustHoldToo() throws {
        func rejection(_ change: (inout BundleContents) -> Void) throws -> String {
            var contents = contents
            change(&contents)
            try BundleWriter.write(contents, to: path, sealedWith: key)
            let run = try audit()
            #expect(run.status == 1, "\(run.output)\(run.error)")
            return run.error
        }
        #expect(try rejection { $0.certificate.removeLast() }.contains("(truncated)"))
        #expect(try rejection { $0.certificate.append(0) }.contains("(malformed)"))
        #expect(try rejection { $0.certificate[3] = UInt8(ascii: "2") }.contains("certificate byte"))
        // The count of labels: more than any file could hold, and more than 63 bits.
        let count = [UInt8](repeating: 0xFF, count: 7) + [0x7F]
        #expect(try rejection { $0.certificate.replaceSubrange(4..<5, with: count) }.contains("(limit)"))
        let wide = [UInt8](repeating: 0xFF, count: 20) + [0x7F]
        #expect(try rejection { $0.certificate.replaceSubrange(4..<5, with: wide) }.contains("certificate byte"))
        #expect(try rejection { $0.certificate = [] }.contains("(truncated)"))
        #expect(try rejection { $0.program = [] }.contains("program byte 0"))
        #expect(try rejection { swap(&$0.program, &$0.certificate) }.contains("program byte"))
        #expect(
            try rejection {
                $0.obligations[0].message = ""; $0.obligations.removeLast()
            }.contains("obligations"))
        _ = try rejection { $0.obligations[0].verdict = .alarm }
        _ = try rejection { $0.assumptions.removeLast() }
    }
}
