// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle
import Foundation
import Testing

@testable import ai_check

/// `ai-audit` as a program: exit codes and messages.
@Suite struct AuditCommandTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let file = try folder.write(SamplePipeline.source, to: "a.c")
        let run = try AnalysisRun(try AnalysisOptions.parse([file]), pipeline: SamplePipeline())
        let key = SigningKey(generating: .p256)
        try key.write(to: folder.path + "/key.pem")
        try key.verificationKey.write(to: folder.path + "/pub.pem")
        try BundleWriter.write(run.bundleContents(), to: folder.path + "/x.aibundle", sealedWith: key)
    }

    private func verify(_ arguments: String...) throws -> ProgramRun {
        try CommandLineTests.run("ai-audit", ["verify"] + arguments, in: folder)
    }

    @Test func wrongUsageIs64() throws {
        #expect(try verify().status == 64)
        #expect(try verify("x.aibundle").status == 64)
        #expect(try verify("x.aibundle", "--trust", "pub.pem", "--nonsense").status == 64)
    }

    @Test func filesThatCannotBeUsedAre2() throws {
        let missing = try verify("x.aibundle", "--trust", "nowhere.pem")
        #expect(missing.status == 2)
        #expect(missing.error == "ai-audit: nowhere.pem: cannot read the key: No such file or directory\n")
        let privateKey = try verify("x.aibundle", "--trust", "key.pem")
        #expect(privateKey.status == 2)
        #expect(privateKey.error.contains("holds a private key, but a public key is needed"))
        let full = try verify("x.aibundle", "--trust", "pub.pem", "--json", "/dev/full")
        #expect(full.status == 2)
        #expect(full.error.contains("ai-audit: /dev/full: cannot be written: the disk is full"), "\(full.error)")
    }

    @Test func whatIsNoBundleIs2() throws {
        let missing = try verify("nowhere.aibundle", "--trust", "pub.pem")
        #expect(missing.status == 2)
        #expect(missing.error.contains("not a bundle: no such directory"))
        let file = try verify("a.c", "--trust", "pub.pem")
        #expect(file.status == 2)
        #expect(file.error.contains("not a bundle: a file"))
        try folder.write("", to: "x.aibundle/extra")
        let extra = try verify("x.aibundle", "--trust", "pub.pem", "--json", "out.json")
        #expect(extra.status == 2)
        #expect(extra.error == "MALFORMED: x.aibundle\n  extra: does not belong to the bundle\n")
        #expect(try folder.text(of: "out.json").contains("\"result\":\"malformed\""))
    }

    @Test func whatWasAlteredIs1() throws {
        try folder.write("func other\n", to: "x.aibundle/ir/program.txt")
        let altered = try verify("x.aibundle", "--trust", "pub.pem", "--json", "out.json")
        #expect(altered.status == 1)
        #expect(altered.error.contains("ir/program.txt: altered after signing"))
        #expect(altered.output.isEmpty)
        #expect(try folder.text(of: "out.json").contains("\"result\":\"rejected\""))
    }

    @Test func anotherKeyIs1() throws {
        try SigningKey(generating: .ed25519).verificationKey.write(to: folder.path + "/other.pem")
        let other = try verify("x.aibundle", "--trust", "other.pem")
        #expect(other.status == 1)
        #expect(other.error.contains("not with the trusted key"))
    }

    /// The seal is in order, but bytes that nobody certified are no certificate.
    @Test func aCertificateThatDoesNotHoldIs1() throws {
        let run = try verify("x.aibundle", "--trust", "pub.pem")
        #expect(run.status == 1)
        #expect(run.error.contains("certificate"))
    }

    @Test func nothingInABundleControlsTheTerminal() throws {
        try folder.write("{\"\u{9B}2J\":1,\"\u{9B}2J\":1}", to: "x.aibundle/attestation.dsse.json")
        let run = try verify("x.aibundle", "--trust", "pub.pem")
        #expect(run.status == 2)
        #expect(run.error.contains("the key \"?2J\" appears twice"))
        #expect(!run.error.contains("\u{9B}"))
    }
}
