// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import Foundation
import Lowering
import ProgramIR
import Reporting

/// The program as it leaves the front end: syntax of every unit, and the audit IR of the whole.
struct FrontEndResult {
    let units: [TranslationUnit]
    let lowered: LoweredProgram
}

/// From the command line's input to the audit IR.
struct FrontEnd {
    let request: AnalysisRequest
    let progress: ProgressReporter

    func run() throws(PipelineError) -> FrontEndResult {
        let options = try loweringOptions()
        let units = try parse(try commands())
        progress.begin("lowering")
        let lowered: LoweredProgram
        do throws(LoweringError) {
            lowered = try lower(units: units, options: options)
        } catch {
            throw .input(explained(error))
        }
        if let violation = lowered.program.violations().first {
            throw .internalFailure("the lowering made a program that is not well formed: \(violation)")
        }
        return FrontEndResult(units: units, lowered: lowered)
    }

    private func loweringOptions() throws(PipelineError) -> LoweringOptions {
        var options = LoweringOptions()
        switch request.settings.start {
        case .entry(let name): options.entry = name
        case .library:
            throw .input("--library is not available in this version; give the function to start with by --entry")
        }
        if let check = request.settings.optionalChecks.map(\.rawValue).min() {
            throw .input("the optional check \(check) is not available in this version")
        }
        options.providedFunctions = request.providedFunctions
        options.assumesAllocationSucceeds = request.settings.mallocSucceeds
        return options
    }

    private func commands() throws(PipelineError) -> [CompileCommand] {
        switch request.input {
        case .files(let files, let arguments):
            let folder = FileManager.default.currentDirectoryPath
            return distinct(files.map { CompileCommand(file: $0, flags: arguments, directory: folder) })
        case .buildFolder(let folder):
            let listed: [CompileCommand]
            do throws(FrontEndError) {
                listed = try CompilationDatabase.load(directory: folder).commands
            } catch {
                throw .input(error.description)
            }
            return distinct(listed)
        }
    }

    /// A build may list a command several times; it is one unit all the same.
    private func distinct(_ commands: [CompileCommand]) -> [CompileCommand] {
        var seen: Set<CompileCommand> = []
        return commands.filter { seen.insert($0).inserted }
    }

    private func parse(_ commands: [CompileCommand]) throws(PipelineError) -> [TranslationUnit] {
        progress.begin("parsing", total: commands.count)
        var units: [TranslationUnit] = []
        var mistakes: [String] = []
        var failures: [String] = []
        let progress = progress
        for result in parseAll(commands, jobs: request.jobs, finished: { progress.finished($0) }) {
            switch result {
            case .success(let unit): units.append(unit)
            case .failure(.internalFailure(let file, let message)): failures.append("\(file): \(message)")
            case .failure(let error): mistakes.append(error.description)
            }
        }
        if !mistakes.isEmpty { throw .input(mistakes.joined(separator: "\n")) }
        if !failures.isEmpty { throw .internalFailure(failures.joined(separator: "\n")) }
        guard !units.isEmpty else { throw .input("there is nothing to analyse") }
        return units
    }

    /// Names a few functions that could have been meant.
    private static func missingEntry(_ name: String, _ defined: [String]) -> String {
        let shown = 8
        let start = "there is no function '\(name)' to start with"
        guard !defined.isEmpty else { return start + "; the sources define no function that others can call" }
        var list = defined.prefix(shown).joined(separator: ", ")
        if defined.count > shown { list += " and \(defined.count - shown) more" }
        return start + "; name another one with --entry: \(list)"
    }

    private func explained(_ error: LoweringError) -> String {
        switch error {
        case .noEntry(let name, let defined): FrontEnd.missingEntry(name, defined)
        case .multipleDefinitions, .noUnits: error.description
        }
    }
}
