// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ArgumentParser

/// The command line of the analyser. The work is done by the modules; here are options and exit codes only.
@main
struct CheckCommand: ParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "ai-check",
        abstract: "Prove that C programs have no undefined behaviour, and hand out the proof.",
        usage: """
            ai-check FILE... [-- CLANG-ARGUMENT...]
            ai-check -p BUILD-DIR
            ai-check bundle -p BUILD-DIR -o NAME.aibundle --key key.pem
            ai-check SUBCOMMAND --help
            """,
        discussion: """
            Each FILE is C source; all of them together are one program, which starts at main. BUILD-DIR has a \
            compile_commands.json. Without a subcommand the program is analysed, and what may go wrong is printed.

            Exit codes: 0 everything is proved, 1 alarms, 2 the input could not be analysed, or a file could not be \
            read or written, 64 wrong usage, 70 internal error.
            """,
        version: version,
        subcommands: [
            AnalyzeCommand.self, BundleCommand.self, RunCommand.self, LowerCommand.self, AssumptionsCommand.self,
            ExplainCommand.self,
            KeygenCommand.self,
        ],
        defaultSubcommand: AnalyzeCommand.self)

    static func main() {
        main(separatingClangArguments(Array(CommandLine.arguments.dropFirst())))
    }
}
