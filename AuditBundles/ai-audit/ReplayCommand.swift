// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ArgumentParser
import EvidenceBundle

/// `ai-audit replay`: executes the recorded runs of a bundle again, over the certificate's facts.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Execute a bundle's recorded runs again, and say what they reach.",
        discussion: """
            Every step is executed by the rules of FORMAT.md, and every fact of the certificate that a run comes by must \
            hold. The seal and the certificate are checked first, since both are used; the bundle's ledgers are not \
            compared: 'ai-audit verify' does all of it.
            """)

    @Argument(help: ArgumentHelp("The bundle's folder.", valueName: "bundle"))
    var bundle: String

    @Option(
        help: ArgumentHelp("The public key of whoever sealed the bundle (PEM).", valueName: "pub.pem"))
    var trust: String

    @Flag(help: "List the obligations that no run reaches.")
    var list = false

    @Option(help: ArgumentHelp("Also write the result as JSON.", valueName: "file"))
    var json: String?

    func run() throws {
        let outcome = AuditOutcome { () throws(AuditFailure) in
            try Audit(checker: CertificateCheckerAdapter()).replay(bundle, keyFile: trust)
        }
        switch outcome {
        case .accepted(let result):
            let text = ExecutionText(result)
            print("REPLAYED: \(bundle)\n\(text.text)")
            if list { print(text.list) }
        case .failed(let failure): printError(failure.message(about: bundle))
        }
        if let json { try outcome.write(to: json, about: bundle, success: "replayed") }
        if case .failed(let failure) = outcome { throw ExitCode(failure.kind.exitCode) }
    }
}
