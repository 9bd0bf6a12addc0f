// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ArgumentParser

/// The auditor's program: it checks evidence and trusts neither the analyser nor whoever ran it.
@main
struct AuditCommand: ParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "ai-audit",
        abstract: "Check an evidence bundle about a C program, offline and independently of the analyser.",
        usage: "ai-audit verify|replay BUNDLE --trust PUB.pem [--json FILE] [--verified]",
        discussion: """
            Exit codes: 0 accepted, 1 rejected, 2 not a well-formed bundle, or a file that cannot be read or written or, \
            for --verified, is not there, 64 wrong usage, 70 internal error.
            """,
        version: version,
        subcommands: [VerifyCommand.self, ReplayCommand.self],
        defaultSubcommand: VerifyCommand.self)
}
