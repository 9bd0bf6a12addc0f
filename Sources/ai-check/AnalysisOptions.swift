// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ArgumentParser
import EvidenceBundle
import Foundation

/// Turns what follows `--` into options: the parser cannot tell apart two lists of plain arguments.
func separatingClangArguments(_ arguments: [String]) -> [String] {
    guard let end = arguments.firstIndex(of: "--") else { return arguments }
    // What is executed has arguments of its own.
    let option = arguments.first == "run" ? "--program-argument" : "--clang-argument"
    return arguments[..<end] + arguments[(end + 1)...].flatMap { [option, $0] }
}

/// Reads a number of an option.
func notNegative<Number: FixedWidthInteger>(_ text: String) throws -> Number {
    if let number = Number(text), number >= 0 { return number }
    let isNegative = Int128(text).map { $0 < 0 } ?? false
    throw ValidationError(isNegative ? "It must not be negative." : "It is no whole number, or too large.")
}

/// The options of every command that analyses a program.
struct AnalysisOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("C source files that together make one program.", valueName: "file"))
    var files: [String] = []

    @Option(
        name: .customLong("clang-argument"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "An argument for clang, such as -DNDEBUG. Everything after -- is taken as such.", valueName: "argument"))
    var clangArguments: [String] = []

    @Option(
        name: .customShort("p"),
        help: ArgumentHelp("Analyse the program in this folder's compile_commands.json.", valueName: "build-dir"))
    var buildFolder: String?

    @Option(help: ArgumentHelp("The function the program starts with (default: main).", valueName: "name"))
    var entry: String?

    @Flag(help: ArgumentHelp("Analyse a library: every external function may be called.", visibility: .hidden))
    var library = false

    @Flag(help: "Assume that memory allocation never fails.")
    var mallocSucceeds = false

    @Flag(help: "Look at values alone, not at relations between them: faster, and proves less.")
    var withoutRelations = false

    @Option(help: ArgumentHelp("Read settings from a JSON file; options override it.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("Read who answers for which assumption from a JSON file.", valueName: "file"))
    var ledger: String?

    @Option(
        name: .shortAndLong, parsing: .unconditional,
        help: ArgumentHelp("Work on this many things at once.", valueName: "n"))
    var jobs: Int?

    func validate() throws {
        if buildFolder != nil && !files.isEmpty {
            throw ValidationError("Give either files or -p, not both.")
        }
        if buildFolder != nil && !clangArguments.isEmpty {
            throw ValidationError("With -p the arguments for clang come from compile_commands.json; leave out --.")
        }
        if entry != nil && library { throw ValidationError("--entry and --library exclude each other.") }
        if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
    }

    /// Whether there is something to analyse.
    var hasInput: Bool { buildFolder != nil || !files.isEmpty }

    func request() throws(CommandFailure) -> AnalysisRequest {
        guard hasInput else {
            throw .usage("nothing to analyse: give C files, or -p with the folder of compile_commands.json")
        }
        var settings = AnalysisSettings()
        if let config {
            settings = try readJSON(config, "the configuration") { json throws(JSONShapeError) in
                try AnalysisSettings(json)
            }
        }
        if let entry { settings.start = .entry(entry) }
        if library { settings.start = .library }
        if mallocSucceeds { settings.mallocSucceeds = true }
        let input: AnalysisRequest.Input
        if let buildFolder {
            input = .buildFolder(buildFolder)
        } else {
            for file in files { try checkSource(file) }
            input = .files(files, arguments: clangArguments)
        }
        return AnalysisRequest(
            input: input, settings: settings, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount,
            usesRelations: !withoutRelations)
    }

    func assumptionLedger() throws(CommandFailure) -> AssumptionLedger {
        guard let ledger else { return AssumptionLedger() }
        return try readJSON(ledger, "the ledger") { json throws(JSONShapeError) in try AssumptionLedger(json) }
    }

    /// What may have been meant by a word that is no file.
    private func hint(about word: String) -> String {
        if word == "verify" || word == "audit" { return "; bundles are checked by 'ai-audit verify'" }
        guard !word.contains(where: { $0 == "." || $0 == "/" }) else { return "" }
        let commands = CheckCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
        return ", and no command either: those are " + commands.joined(separator: ", ")
    }

    private func checkSource(_ file: String) throws(CommandFailure) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) else {
            throw .input("\(file): no such file" + hint(about: file))
        }
        if isFolder.boolValue {
            throw .input("\(file): is a folder; use -p \(file) if it holds a compile_commands.json")
        }
        guard let handle = FileHandle(forReadingAtPath: file) else { throw .input("\(file): cannot be read") }
        defer { try? handle.close() }
        // Object files and programs begin with bytes that no C source has.
        if let start = try? handle.read(upToCount: 512), start.contains(0) {
            throw .input("\(file): is no C source file: it has bytes that are no text")
        }
    }
}
