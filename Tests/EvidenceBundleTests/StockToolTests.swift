// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation
import Testing

@testable import EvidenceBundle

/// The commands of README.txt, run as a reader would run them.
@Suite struct StockToolTests {
    private func shell(_ script: String, in folder: String) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-e", "-c", script]
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    /// The indented lines of README.txt after the seal's heading and before the next one.
    private func recipe(_ readme: String, for algorithm: SignatureAlgorithm) throws -> String {
        let section = try #require(readme.components(separatedBy: "WITHOUT ai-audit").last)
            .components(separatedBy: "WHAT IS IN IT")[0]
        let other = algorithm == .p256 ? "openssl pkeyutl" : "openssl dgst"
        return section.split(separator: "\n").filter { $0.hasPrefix("    ") && !$0.contains(other) }
            .joined(separator: "\n").replacingOccurrences(of: "PUB.pem", with: "../pub.pem")
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func theRecipeInTheReadmeWorks(_ algorithm: SignatureAlgorithm) throws {
        let sample = try SampleBundle(algorithm: algorithm)
        try sample.key.verificationKey.write(to: sample.folder.path + "/pub.pem")
        let readme = String(decoding: try sample.bytes(of: BundleLayout.readme), as: UTF8.self)
        let script = try recipe(readme, for: algorithm)
        let good = try shell(script, in: sample.path)
        #expect(good.status == 0, "\(good.output)")
        #expect(good.output.contains("manifest.json: OK"))
        #expect(good.output.contains("certificate/proof.aic: OK"))

        var program = try sample.bytes(of: BundleLayout.program)
        program[0] ^= 1
        try sample.replace(BundleLayout.program, with: program)
        #expect(try shell(script, in: sample.path).status != 0)
        program[0] ^= 1
        try sample.replace(BundleLayout.program, with: program)
        try FileManager.default.removeItem(atPath: sample.folder.path + "/pub.pem")
        try SigningKey(generating: algorithm).verificationKey.write(to: sample.folder.path + "/pub.pem")
        #expect(try shell(script, in: sample.path).status != 0)
    }

    @Test(arguments: [
        "openssl genpkey -algorithm ed25519 -out k.pem",
        "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out k.pem",
        "openssl ecparam -name prime256v1 -genkey -out k.pem",
    ])
    func keysThatOpenSSLMakesAreRead(_ command: String) throws {
        let folder = try TemporaryFolder()
        let made = try shell("\(command)\nopenssl pkey -in k.pem -pubout -out p.pem", in: folder.path)
        #expect(made.status == 0, "\(made.output)")
        let key = try SigningKey(file: folder.path + "/k.pem")
        let verification = try VerificationKey(file: folder.path + "/p.pem")
        #expect(key.verificationKey.identifier == verification.identifier)
        let digest = try shell("openssl pkey -pubin -in p.pem -outform DER | sha256sum", in: folder.path)
        #expect(digest.output.hasPrefix(verification.identifier))
    }

    @Test func keysOfOtherKindsAreRefused() throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/k.pem"
        _ = try shell("openssl ecparam -name secp384r1 -genkey -noout -out k.pem", in: folder.path)
        #expect(throws: KeyError.unsupportedKey(file: file)) { try SigningKey(file: file) }
    }
}
