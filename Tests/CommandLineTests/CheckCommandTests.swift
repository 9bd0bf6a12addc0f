// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle
import Foundation
import Testing

@testable import ai_check

/// `ai-check` as a program: exit codes and messages, up to where the analysis starts.
@Suite struct CheckCommandTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(SamplePipeline.source, to: "a.c")
    }

    private func check(_ arguments: String...) throws -> ProgramRun {
        try CommandLineTests.run("ai-check", arguments, in: folder)
    }

    @Test func helpAndVersionSucceed() throws {
        #expect(try check("--version").output == CheckCommand.version + "\n")
        for command in ["analyze", "bundle", "lower", "assumptions", "explain", "keygen"] {
            let help = try check(command, "--help")
            #expect(help.status == 0)
            #expect(help.output.contains("USAGE: ai-check \(command)"))
        }
    }

    @Test(arguments: [
        [], ["--nonsense"], ["-p", ".", "a.c"], ["a.c", "--entry", "f", "--library"], ["a.c", "--jobs", "0"],
        ["-p", ".", "--", "-DX"], ["bundle", "a.c"], ["explain", "no-such-kind"], ["keygen", "--algorithm", "rsa"],
        ["keygen", "--key", "k.pem", "--public", "k.pem"],
    ])
    func wrongUsageIs64(_ arguments: [String]) throws {
        let run = try CommandLineTests.run("ai-check", arguments, in: folder)
        #expect(run.status == 64)
        #expect(!run.error.isEmpty)
    }

    @Test(arguments: [
        ["a.c", "--json", "nowhere/x.json"], ["a.c", "--json", "."],
        ["bundle", "a.c", "-o", "x.aibundle", "--key", "nowhere.pem"],
        ["bundle", "a.c", "-o", "nowhere/x.aibundle", "--key", "nowhere.pem"],
    ])
    func filesThatCannotBeUsedAre2(_ arguments: [String]) throws {
        let run = try CommandLineTests.run("ai-check", arguments, in: folder)
        #expect(run.status == 2)
        #expect(!run.error.isEmpty)
    }

    @Test(arguments: [
        ["run", "a.c", "--seed", "-1"], ["run", "a.c", "--max-steps", "-5"],
        ["bundle", "a.c", "-o", "x.aibundle", "--key", "k.pem", "--runs", "-1"],
    ])
    func numbersAreNotNegative(_ arguments: [String]) throws {
        let run = try CommandLineTests.run("ai-check", arguments, in: folder)
        #expect(run.status == 64)
        #expect(run.error.contains("must not be negative"), "\(run.error)")
    }

    @Test func missingInputIs2() throws {
        let missing = try check("nowhere.c")
        #expect(missing.status == 2)
        #expect(missing.error == "ai-check: nowhere.c: no such file\n")
        #expect(try check("analyse", "a.c").error.contains("no command either: those are analyze, bundle"))
        #expect(try check("verify", "x.aibundle").error.contains("ai-audit verify"))
        let isFolder = try check(".")
        #expect(isFolder.status == 2)
        #expect(isFolder.error.contains("use -p ."))
    }

    @Test func mistakesInFilesNameTheirPlace() throws {
        try folder.write("{\n  \"entry\": \"f\",\n}", to: "config.json")
        let syntax = try check("a.c", "--config", "config.json")
        #expect(syntax.status == 2)
        #expect(syntax.error.hasPrefix("ai-check: config.json:3:1: the configuration is not valid JSON"))
        try folder.write("{\"entri\": \"f\"}", to: "config.json")
        #expect(try check("a.c", "--config", "config.json").error.contains("unknown \"entri\""))
        try folder.write("{\"0011\": {\"status\": \"fine\"}}", to: "ledger.json")
        let ledger = try check("a.c", "--ledger", "ledger.json")
        #expect(ledger.status == 2)
        #expect(ledger.error.contains("\"fine\" is not the status of an assumption"))
        #expect(try check("a.c", "--ledger", "nowhere.json").error.contains("the ledger cannot be read"))
    }

    @Test func targetsAreCheckedBeforeTheAnalysis() throws {
        #expect(try check("keygen").status == 0)
        let name = try check("bundle", "a.c", "-o", "x", "--key", "key.pem")
        #expect(name.status == 64)
        #expect(name.error.contains("ends in .aibundle"))
        try FileManager.default.createDirectory(atPath: folder.path + "/y.aibundle", withIntermediateDirectories: true)
        let occupied = try check("bundle", "a.c", "-o", "y.aibundle", "--key", "key.pem")
        #expect(occupied.status == 64)
        #expect(occupied.error.contains("exists and is not a bundle"))
        let publicKey = try check("bundle", "a.c", "-o", "z.aibundle", "--key", "pub.pem")
        #expect(publicKey.status == 2)
        #expect(!folder.has("z.aibundle"))
    }

    @Test(arguments: ["p256", "ed25519"])
    func keygenMakesAPair(_ algorithm: String) throws {
        let made = try check("keygen", "--key", "k.pem", "--public", "p.pem", "--algorithm", algorithm)
        #expect(made.status == 0)
        let key = try SigningKey(file: folder.path + "/k.pem")
        #expect(key.algorithm.rawValue == algorithm)
        #expect(try VerificationKey(file: folder.path + "/p.pem").identifier == key.verificationKey.identifier)
        #expect(made.output.contains(key.verificationKey.identifier))
        let again = try check("keygen", "--key", "k.pem", "--public", "q.pem")
        #expect(again.status == 64)
        #expect(again.error.contains("never overwritten"))
        #expect(!folder.has("q.pem"))
    }

    @Test func savedReportsAreExplained() throws {
        try folder.write(String(decoding: try SamplePipeline.report.json(), as: UTF8.self), to: "r.json")
        let explained = try check("explain", "0", "--report", "r.json")
        #expect(explained.status == 0)
        #expect(explained.output.contains("Obligation 0: proved"))
        #expect(explained.output.contains("A0 [target-abi] int has 32 bits"))
        #expect(explained.output.contains("CWE-369"))
        #expect(try check("explain", "99", "--report", "r.json").status == 64)
        #expect(try check("explain", "invalid-free").output.contains("CWE-761"))
        #expect(try check("explain", "Invalid_Free").status == 0)
        #expect(try check("explain", "CWE-190").output.contains("unsigned-wrap"))
        #expect(try check("explain", "CWE-1").status == 64)
        let assumption = try check("explain", "A0", "--report", "r.json")
        #expect(assumption.status == 0)
        #expect(assumption.output.hasPrefix("A0 [target-abi] int has 32 bits"))
        #expect(try check("explain", "A99", "--report", "r.json").status == 64)
        let neither = try check("explain", "0")
        #expect(neither.status == 64)
        #expect(neither.error.contains("--report"))
        #expect(try check("assumptions", "--report", "r.json").output.contains("[target-abi] int has 32 bits"))
        try folder.write("{}", to: "bad.json")
        let bad = try check("explain", "0", "--report", "bad.json")
        #expect(bad.status == 2)
        #expect(bad.error.contains("\"tool\" is missing"))
    }

    @Test func everythingAfterTheDashesGoesToClang() throws {
        let arguments = separatingClangArguments(["a.c", "--", "-DX=1", "-I", "--"])
        let options = try AnalysisOptions.parse(arguments)
        #expect(options.files == ["a.c"])
        #expect(options.clangArguments == ["-DX=1", "-I", "--"])
    }

    @Test func optionsOverrideTheConfiguration() throws {
        let file = try folder.write(
            "{\"entry\": \"f\", \"mallocSucceeds\": true, \"optionalChecks\": [\"memory-leak\"]}", to: "c.json")
        let source = folder.path + "/a.c"
        let plain = try AnalysisOptions.parse([source, "--config", file]).request().settings
        #expect(plain.start == .entry("f"))
        #expect(plain.mallocSucceeds)
        #expect(plain.optionalChecks == [.memoryLeak])
        let library = try AnalysisOptions.parse([source, "--config", file, "--library"]).request().settings
        #expect(library.start == .library)
        #expect(library.json == ["library": true, "mallocSucceeds": true, "optionalChecks": ["memory-leak"]])
    }
}
