// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import EvidenceBundle
import Foundation
import LibraryModels
import ProgramIR

/// What an analysis was about: every file that was read, how it was read, and what was left out.
struct ScopeAssembly {
    let frontEnd: FrontEndResult
    let analysis: CertifiedAnalysis
    let executions: ExecutionSummary

    func scope() throws(PipelineError) -> Scope {
        Scope(
            sources: try sources(), compileCommands: frontEnd.units.map(command), toolchain: toolchain,
            excluded: exclusions)
    }

    private func sources() throws(PipelineError) -> [Scope.Source] {
        var read: [String: [UInt8]] = [:]
        for unit in frontEnd.units {
            for path in unit.includedFiles {
                guard let bytes = contents(of: path, in: unit) else {
                    throw .input("\(path): cannot be read any more; it has been changed during the analysis")
                }
                guard read.updateValue(bytes, forKey: path) ?? bytes == bytes else {
                    throw .input("two files are called \(path); use absolute paths in the compile commands")
                }
            }
        }
        for file in usedModels { read["/ai-check-models/" + file.name] = file.bytes }
        return read.map { Scope.Source(path: $0.key, bytes: $0.value) }
    }

    private func contents(of path: String, in unit: TranslationUnit) -> [UInt8]? {
        let folder = unit.command.directory.map { URL(fileURLWithPath: $0, isDirectory: true) }
        let url = URL(fileURLWithPath: path, relativeTo: folder)
        return FileManager.default.contents(atPath: url.path).map { Array($0) }
    }

    /// The files of models that the program has code from, and all headers of models with them.
    private var usedModels: [ModelFile] {
        let program = frontEnd.lowered.program
        var named: Set<String> = []
        for site in program.sites {
            for path in [site.file, site.spellingFile] {
                named.insert(program.strings[Int(path)].split(separator: "/").last.map(String.init) ?? "")
            }
        }
        let usesModels = program.sites.contains { $0.model != 0 }
        return usesModels ? LibraryModels.files.filter { !$0.isSource || named.contains($0.name) } : []
    }

    private func command(_ unit: TranslationUnit) -> Scope.CompileCommand {
        var dropped = unit.droppedFlags[...]
        let arguments = unit.command.arguments.filter { argument in
            guard argument == dropped.first else { return true }
            dropped.removeFirst()
            return false
        }
        return Scope.CompileCommand(
            file: unit.mainFile, arguments: arguments, droppedArguments: unit.droppedFlags)
    }

    private var toolchain: [String: String] {
        var names = ["clang": clangVersion, "ai-check": CheckCommand.version]
        if let unit = frontEnd.units.first { names["target"] = unit.targetTriple }
        return names
    }

    /// Contradictory assumptions prove everything.
    private var vacuity: [Scope.Exclusion] {
        guard let reason = executions.reasonForNone else { return [] }
        return [Scope.Exclusion(what: "whether the assumptions can hold together", reason: reason)]
    }

    private var exclusions: [Scope.Exclusion] {
        let lowered = frontEnd.lowered
        let unreached = lowered.unreachedFunctions.map {
            Scope.Exclusion(
                what: "function \($0.name), \($0.file):\($0.line)",
                reason: "neither the entry calls it, nor does anything the entry can reach take its address")
        }
        let unmodelled = lowered.unsupported.map {
            Scope.Exclusion(
                what: "\($0.construct), \($0.file):\($0.line):\($0.column)",
                reason: "not modelled: taken as any effect, and listed as an alarm where it can be reached")
        }
        let clashes = lowered.linkProblems.map {
            Scope.Exclusion(what: "symbol \($0.symbol)", reason: "the translation units disagree: \($0.message)")
        }
        let precision = analysis.notes.map {
            Scope.Exclusion(what: "precision of the analysis", reason: $0)
        }
        return unreached + unmodelled + clashes + precision + vacuity
    }
}
