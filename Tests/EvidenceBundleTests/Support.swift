// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation

@testable import EvidenceBundle

/// A folder that goes away with its owner.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "evidence-bundle-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}

extension BundleContents {
    /// A small bundle with something in each of its files.
    static var sample: BundleContents {
        let obligations = [
            ObligationRecord(
                id: 0, kind: "division-by-zero", cwe: [369], verdict: .proved, file: "src/a.c", line: 3, column: 12,
                function: "main", message: "the divisor is never 0", assumptions: [0, 1]),
            ObligationRecord(
                id: 1, kind: "out-of-bounds-read", cwe: [125], verdict: .alarm, file: "src/a.c", line: 4, column: 9,
                function: "main", message: "the index may be 8", assumptions: []),
            ObligationRecord(
                id: 2, kind: "signed-overflow", cwe: [190], verdict: .unreachable, file: "/usr/include/b.h", line: 1,
                column: 1, function: "f", message: "never reached", assumptions: [1]),
        ]
        let assumptions = [
            Assumption(
                id: 1, kind: .libraryModel, statement: "strlen behaves as its model", origin: "model of strlen",
                scope: "whole program"),
            Assumption(
                id: 0, kind: .targetABI, statement: "int has 32 bits", origin: "target x86_64-linux-gnu",
                scope: "whole program"),
        ]
        return BundleContents(
            tool: ToolVersion(name: "ai-check", version: "0.1.0"), program: [1, 2, 3, 4],
            programText: Array("func main\n".utf8), certificate: [9, 8, 7], obligations: obligations,
            assumptions: assumptions,
            scope: Scope(
                sources: [
                    Scope.Source(path: "src/a.c", bytes: Array("int main(void) { return 8 / 2; }\n".utf8)),
                    Scope.Source(path: "/usr/include/b.h", bytes: [0xE9]),
                    Scope.Source(path: "../c d/é.c", bytes: []),
                ],
                compileCommands: [
                    Scope.CompileCommand(file: "src/a.c", arguments: ["-std=c11"], droppedArguments: ["-Wall"])
                ],
                toolchain: ["clang": "19.1.7", "target": "x86_64-unknown-linux-gnu"],
                excluded: [Scope.Exclusion(what: "src/z.c", reason: "not part of the program")]),
            environment: ["system": "Linux", "architecture": "x86_64"], configuration: ["entry": "main", "jobs": 2])
    }
}

/// A sealed sample bundle in a folder of its own.
struct SampleBundle {
    let folder: TemporaryFolder
    let key: SigningKey

    var path: String { folder.path + "/sample.aibundle" }

    init(_ contents: BundleContents = .sample, algorithm: SignatureAlgorithm = .p256) throws {
        folder = try TemporaryFolder()
        key = SigningKey(generating: algorithm)
        try BundleWriter.write(contents, to: path, sealedWith: key)
    }

    func open() throws(BundleError) -> VerifiedBundle {
        try BundleReader.open(path, trusting: key.verificationKey)
    }

    func bytes(of file: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path + "/" + file)))
    }

    func replace(_ file: String, with bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + file))
    }

    /// Every file of the bundle, by its path within.
    func files() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path).filter {
            FileSystem.kind(of: path + "/" + $0) == .regular
        }.sorted()
    }

    /// What opening the bundle fails with, or `nil` if it succeeds.
    func failure() -> BundleError? {
        do throws(BundleError) {
            _ = try open()
            return nil
        } catch {
            return error
        }
    }

    /// Rebuilds manifest, checksums and signature around altered files: an insider with the key.
    func reseal(manifest edit: (inout JSONObject) -> Void = { _ in }) throws {
        let old = try Statement(
            try JSONValue(parsing: try Envelope(JSONValue(parsing: bytes(of: BundleLayout.attestation))).payload))
        var listed: [BundlePath: [UInt8]] = [:]
        for file in try files() {
            guard let path = BundlePath(file), BundleLayout.description(of: path) != nil else { continue }
            listed[path] = try bytes(of: file)
        }
        let manifest = try Manifest(describing: listed)
        guard var json = manifest.json.object else { return }
        edit(&json)
        let manifestBytes = JSONValue.object(json).canonicalBytes
        let digest = Digest(of: manifestBytes)
        try replace(BundleLayout.manifest, with: manifestBytes)
        try replace(BundleLayout.checksums, with: manifest.checksumList(manifestDigest: digest))
        let statement = Statement(
            manifest: digest, tool: old.tool, summary: old.summary, program: old.program,
            certificate: old.certificate, configuration: old.configuration)
        let envelope = try Envelope(payload: statement.json.canonicalBytes, signedWith: key)
        try replace(BundleLayout.attestation, with: envelope.json.canonicalBytes)
    }
}
