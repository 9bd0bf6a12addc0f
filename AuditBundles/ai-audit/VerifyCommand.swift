// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ArgumentParser
import EvidenceBundle
import Foundation

/// `ai-audit verify`: prints what was checked, what is assumed and what is trusted, and says by its exit code
/// whether the bundle is accepted.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check a bundle's seal, its certificate, and that it claims no more than the certificate shows.")

    @Argument(help: ArgumentHelp("The bundle's folder.", valueName: "bundle"))
    var bundle: String

    @Option(
        help: ArgumentHelp(
            "The public key of whoever sealed the bundle (PEM). Get it from them, not from the bundle.",
            valueName: "pub.pem"))
    var trust: String

    @Option(help: ArgumentHelp("Also write the result as JSON.", valueName: "file"))
    var json: String?

    func run() throws {
        let outcome = AuditOutcome { () throws(AuditFailure) in
            try Audit(checker: CertificateCheckerAdapter()).verify(bundle, keyFile: trust)
        }
        switch outcome {
        case .accepted(let result): print(AuditText(result, today: .today).text)
        case .failed(let failure): printError(failure.message(about: bundle))
        }
        if let json { try outcome.write(to: json, about: bundle) }
        if case .failed(let failure) = outcome { throw ExitCode(failure.kind.exitCode) }
    }
}

extension AuditOutcome {
    /// Writes the result as JSON.
    func write(to file: String, about bundle: String, success: String = "accepted") throws {
        do throws(OutputFailure) {
            try OutputFile.write(json(about: bundle, success: success).canonicalBytes + [0x0A], to: file)
        } catch {
            printError("ai-audit: \(error)")
            throw ExitCode(AuditFailure.Kind.file.exitCode)
        }
    }
}

func printError(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
}
