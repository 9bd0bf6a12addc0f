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
        abstract: "Check a bundle's seal, its certificate, and that it claims no more than the certificate shows.",
        discussion: """
            With --verified the bundle is accepted only if ai-audit-verified, the checker that is extracted from Coq, comes \
            to the same verdicts under the same assumptions. It is looked for in the folder of ai-audit and in PATH, unless \
            --verified-program or the environment variable AI_AUDIT_VERIFIED names it. If it is not there, that is exit \
            code 2; if it finds something else, fails, or does not answer in time, the bundle is rejected.
            """)

    @Argument(help: ArgumentHelp("The bundle's folder.", valueName: "bundle"))
    var bundle: String

    @Option(
        help: ArgumentHelp(
            "The public key of whoever sealed the bundle (PEM). Get it from them, not from the bundle.",
            valueName: "pub.pem"))
    var trust: String

    @Option(help: ArgumentHelp("Also write the result as JSON.", valueName: "file"))
    var json: String?

    @Flag(help: "Demand that ai-audit-verified, the checker that is extracted from Coq, says the same.")
    var verified = false

    @Option(help: ArgumentHelp("Where ai-audit-verified is.", valueName: "program"))
    var verifiedProgram: String?

    @Option(help: ArgumentHelp("How long ai-audit-verified may take.", valueName: "seconds"))
    var verifiedSeconds = VerifiedChecker.defaultSeconds

    func validate() throws {
        guard verified || (verifiedProgram == nil && verifiedSeconds == VerifiedChecker.defaultSeconds) else {
            throw ValidationError("--verified-program and --verified-seconds need --verified")
        }
        guard (1...1_000_000).contains(verifiedSeconds) else {
            throw ValidationError("--verified-seconds needs a number of seconds from 1 to 1000000")
        }
    }

    func run() throws {
        let outcome = AuditOutcome { () throws(AuditFailure) in
            try Audit(checker: CertificateCheckerAdapter(), second: try second()).verify(bundle, keyFile: trust)
        }
        switch outcome {
        case .accepted(let result): print(AuditText(result, today: .today).text)
        case .failed(let failure): printError(failure.message(about: bundle))
        }
        if let json { try outcome.write(to: json, about: bundle) }
        if case .failed(let failure) = outcome { throw ExitCode(failure.kind.exitCode) }
    }

    private func second() throws(AuditFailure) -> VerifiedChecker? {
        guard verified else { return nil }
        let program = try VerifiedProgram.find(
            named: verifiedProgram, environment: ProcessInfo.processInfo.environment,
            beside: Bundle.main.executablePath)
        return VerifiedChecker(program: program, seconds: verifiedSeconds)
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
