// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle
import Foundation
import Testing

@testable import ai_audit
@testable import ai_check

/// `ai-audit verify --verified`: where the second checker is looked for, and exit codes.
@Suite struct VerifiedCommandTests {
    private let folder: TemporaryFolder
    private let key = SigningKey(generating: .p256)
    private var path: String { folder.path + "/x.aibundle" }

    init() throws {
        folder = try TemporaryFolder()
        let file = try folder.write("int main(int n, char **a) { return 4 / (n + 1) + 1 / n; }\n", to: "a.c")
        let contents = try AnalysisRun(try AnalysisOptions.parse([file]), runs: 0).bundleContents()
        try BundleWriter.write(contents, to: path, sealedWith: key)
        try key.verificationKey.write(to: folder.path + "/pub.pem")
    }

    private func verify(_ arguments: String..., environment: [String: String] = [:]) throws -> ProgramRun {
        try CommandLineTests.run(
            "ai-audit", ["verify", "x.aibundle", "--trust", "pub.pem"] + arguments, in: folder,
            environment: ["PATH": "/usr/bin:/bin", VerifiedProgram.variable: ""].merging(environment) { $1 })
    }

    /// A script that answers what the certificate of this bundle shows.
    private func honest(_ name: String) throws -> String {
        let result = try Audit(checker: CertificateCheckerAdapter()).verify(path, trusting: key.verificationKey)
        let lines = result.claims.obligations.map { VerifiedChecker.line($0) + "\n" }.joined()
        #expect(lines.contains(" proved") && lines.contains(" unproved"))
        return try folder.script("cat <<'END'\nnot covered\n\(lines)END", as: name)
    }

    @Test func itSaysWhoSpoke() throws {
        let program = try honest("honest")
        for run in [
            try verify("--verified", "--verified-program", program, "--json", "out.json"),
            try verify("--verified", "--json", "out.json", environment: [VerifiedProgram.variable: program]),
        ] {
            #expect(run.status == 0, "\(run.error)")
            #expect(run.output.contains("checked by: ai-audit, and ai-audit-verified (extracted from Coq, \(program))"))
            #expect(run.output.contains("checked, not covered by the theorem."))
            #expect(try folder.text(of: "out.json").contains("\"name\":\"ai-audit-verified\""))
        }
        let alone = try verify("--json", "out.json")
        #expect(alone.output.contains("checked by: ai-audit.\n"))
        #expect(!(try folder.text(of: "out.json").contains("verified")))
    }

    @Test func itIsFoundInPath() throws {
        _ = try honest(VerifiedProgram.name)
        let run = try verify("--verified", environment: ["PATH": "relative:\(folder.path):/usr/bin:/bin"])
        #expect(run.status == 0, "\(run.error)")
        #expect(run.output.contains("(extracted from Coq, "))
    }

    @Test func theOrderOfPlaces() throws {
        func find(
            _ named: String?, _ variable: String?, beside: String?, path: String = "/bin"
        ) throws(AuditFailure) -> String {
            var environment = ["PATH": path]
            environment[VerifiedProgram.variable] = variable
            return try VerifiedProgram.find(named: named, environment: environment, beside: beside).path
        }
        for name in ["own", "other"] {
            try FileManager.default.createDirectory(
                atPath: folder.path + "/" + name, withIntermediateDirectories: true)
        }
        let own = try folder.script("", as: "own/" + VerifiedProgram.name)
        let other = try folder.script("", as: "other/" + VerifiedProgram.name)
        let named = try folder.script("", as: "named")
        let beside = folder.path + "/own/ai-audit"
        let path = folder.path + "/other:/bin"
        #expect(try find(named, other, beside: beside, path: path) == named)
        #expect(try find(nil, named, beside: beside, path: path) == named)
        #expect(try find(nil, "", beside: beside, path: path) == own)
        #expect(try find(nil, nil, beside: folder.path + "/ai-audit", path: path) == other)
        // What was named and is not there is not replaced by another one.
        #expect(throws: AuditFailure.self) { try find("nowhere", nil, beside: beside, path: path) }
        #expect(throws: AuditFailure.self) { try find(nil, "nowhere", beside: beside, path: path) }
        #expect(throws: AuditFailure.self) { try find(folder.path, nil, beside: beside, path: path) }
        #expect(throws: AuditFailure.self) { try find("a.c", nil, beside: beside, path: path) }
        #expect(throws: AuditFailure.self) { try find(nil, nil, beside: nil) }
    }

    /// Never silently without it.
    @Test func whereItIsMissingThatIs2() throws {
        let missing = try verify(
            "--verified", "--json", "out.json", environment: [VerifiedProgram.variable: folder.path + "/nowhere"])
        #expect(missing.status == 2)
        #expect(missing.output.isEmpty)
        #expect(missing.error.contains("named by AI_AUDIT_VERIFIED, is no program that can be executed"))
        #expect(try folder.text(of: "out.json").contains("\"result\":\"file\""))
        let named = try verify("--verified", "--verified-program", "a.c")
        #expect(named.status == 2)
        #expect(named.error.contains("a.c, named by --verified-program, is no program that can be executed"))
    }

    @Test func whoeverDisagreesRejects() throws {
        let liar = try folder.script("echo covered; echo 0 unproved", as: "liar")
        let run = try verify("--verified", "--verified-program", liar, "--json", "out.json")
        #expect(run.status == 1)
        #expect(run.output.isEmpty)
        #expect(run.error.hasPrefix("REJECTED: x.aibundle\n  the checkers differ about obligation 0"), "\(run.error)")
        #expect(try folder.text(of: "out.json").contains("\"result\":\"rejected\""))
        let slow = try folder.script("sleep 600", as: "slow")
        #expect(try verify("--verified", "--verified-program", slow, "--verified-seconds", "1").status == 1)
    }

    @Test func wrongUsageIs64() throws {
        #expect(try verify("--verified-program", "x").status == 64)
        #expect(try verify("--verified-seconds", "5").status == 64)
        for seconds in ["0", "-1", "x", "99999999"] {
            #expect(try verify("--verified", "--verified-seconds=\(seconds)").status == 64, "\(seconds)")
        }
    }
}
