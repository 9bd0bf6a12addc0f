// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ArgumentParser
import EvidenceBundle
import Foundation

/// Why a command ended without doing its work. The cases are the documented exit codes.
enum CommandFailure: Error, Equatable {
    /// 2: the input cannot be analysed, or a file cannot be read or written.
    case input(String)
    /// 64: the command line asks for something impossible.
    case usage(String)
    /// 70: the tool is at fault.
    case internalFailure(String)

    /// A command that looks at results was given none.
    static let noProgramOrReport = CommandFailure.usage(
        "of which program? Give its C files, or -p with the folder of compile_commands.json, or --report with what an "
            + "earlier 'ai-check analyze --json FILE' wrote")

    init(_ error: PipelineError) {
        switch error {
        case .input(let message): self = .input(message)
        case .internalFailure(let message): self = .internalFailure(message)
        }
    }

    init(_ error: KeyError) {
        if case .alreadyExists = error {
            self = .usage(error.description)
        } else {
            self = .input(error.description)
        }
    }

    init(_ error: BundleError) {
        self = error.isWrongUsage ? .usage(error.description) : .input(error.description)
    }

    init(_ failure: OutputFailure) { self = .input(failure.description) }

    var exitCode: ExitCode {
        switch self {
        case .input: ExitCode(2)
        case .usage: ExitCode(64)
        case .internalFailure: ExitCode(70)
        }
    }

    var message: String {
        switch self {
        case .input(let message), .usage(let message): "ai-check: \(message)"
        case .internalFailure(let message): "ai-check: internal error: \(message)"
        }
    }
}

/// Runs a command's work, prints why it failed, and turns failures into exit codes.
func reportingFailures(_ work: () throws(CommandFailure) -> Void) throws {
    do throws(CommandFailure) {
        try work()
    } catch {
        printError(error.message)
        throw error.exitCode
    }
}

func printError(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
}
