// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ArgumentParser
import ConcreteInterpreter
import Foundation
import ProgramIR
import Reporting

/// `ai-check run`: executes the program as the intermediate form gives it meaning.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Execute the program step by step, and stop at the first undefined behaviour.",
        usage: """
            ai-check run FILE... [-- PROGRAM-ARGUMENT...]
            ai-check run -p BUILD-DIR [-- PROGRAM-ARGUMENT...]
            """,
        discussion: """
            The program reads standard input, writes standard output and uses files as it would by itself. It ends with \
            its own exit status, 128 and a number after a signal.

            Exit codes besides the program's own: 120 undefined behaviour, which is printed with the place, the values \
            and the calls that led there; 121 the execution could not go on (a function that nothing defines, a limit, \
            an assumption that does not hold); 2 the program or another file could not be read; 64 wrong usage; 70 internal error.
            """)

    /// Undefined behaviour was found.
    static let undefinedBehaviour = ExitCode(120)
    /// The execution ended before the program did.
    static let stopped = ExitCode(121)

    @OptionGroup var options: AnalysisOptions

    @Option(
        name: .customLong("program-argument"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("An argument of the program. Everything after -- is taken as such.", valueName: "argument"))
    var programArguments: [String] = []

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Choose the values of __ai_any_ functions by this number (default: 0).", valueName: "number"),
        transform: notNegative)
    var seed: UInt64?

    @Option(
        help: ArgumentHelp(
            "Take the values of __ai_any_ functions from this file, byte by byte; zeros after its end.",
            valueName: "file"))
    var inputs: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Let this share of all allocations fail, from 0 to 1.", valueName: "share"))
    var allocationFailures: Double = 0

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Stop after so many steps.", valueName: "number"),
        transform: notNegative)
    var maxSteps: UInt64?

    @Option(
        help: ArgumentHelp(
            "Go on after undefined behaviour of this kind as compiled code usually does, and say where it was: "
                + ToleratedBehaviour.possible.map(\.name).joined(separator: ", ")
                + ". May be given several times, and with several kinds between commas.",
            valueName: "kind"))
    var tolerate: [String] = []

    private var toleratedNames: [String] {
        tolerate.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }

    private var tolerated: [ObligationKind] {
        ToleratedBehaviour.possible.filter { toleratedNames.contains($0.name) }
    }

    @Flag(help: "Say at the end how many steps were executed, how fast, and how much memory the program had.")
    var statistics = false

    @Flag(
        help: ArgumentHelp(
            "Analyse the program, execute it with chosen inputs, and compare what happens with what the analysis says.",
            visibility: .hidden))
    var checkAnalysis = false

    @Option(help: ArgumentHelp("With --check-analysis: how many executions.", valueName: "number", visibility: .hidden))
    var seeds: UInt64 = 20

    func validate() throws {
        guard (0...1).contains(allocationFailures) else {
            throw ValidationError("--allocation-failures must be from 0 to 1.")
        }
        if inputs != nil, allocationFailures > 0 {
            throw ValidationError("With --inputs every allocation finds memory; leave out --allocation-failures.")
        }
        if inputs != nil, seed != nil {
            throw ValidationError("--inputs and --seed exclude each other: both choose what __ai_any_ functions give.")
        }
        let known = ToleratedBehaviour.possible.map(\.name)
        if let other = toleratedNames.first(where: { !known.contains($0) }) {
            throw ValidationError("--tolerate \(other): only \(known.joined(separator: ", ")) can be tolerated.")
        }
    }

    func run() throws {
        var ending: ExitCode?
        try reportingFailures { () throws(CommandFailure) in
            var request = try options.request()
            if checkAnalysis { return ending = try AnalysisComparison(self).run(request) }
            if request.settings.mallocSucceeds, allocationFailures > 0 {
                throw .usage("--malloc-succeeds and --allocation-failures exclude each other")
            }
            request.providedFunctions = HostLibrary.names
            let choices = try self.choices()
            let progress = ProgressReporter()
            do throws(PipelineError) {
                let frontEnd = try StandardPipeline().frontEnd(request, progress)
                progress.clear()
                ending = Execution(
                    frontEnd: frontEnd, choices: choices, arguments: [programName] + programArguments,
                    maxSteps: maxSteps, tolerated: tolerated,
                    printsStatistics: statistics
                ).run()
            } catch {
                progress.clear()
                throw CommandFailure(error)
            }
        }
        if let ending, ending != .success { throw ending }
    }

    private var programName: String {
        let name = options.buildFolder ?? options.files.first ?? "program"
        return URL(fileURLWithPath: name).deletingPathExtension().lastPathComponent
    }

    private func choices() throws(CommandFailure) -> any ChoiceSource {
        guard let inputs else { return SeededChoices(seed: seed ?? 0, allocationFailures: allocationFailures) }
        return RecordedChoices(bytes: try readBytes(inputs, "the inputs"))
    }
}
