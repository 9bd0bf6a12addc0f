// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ArgumentParser
import EvidenceBundle
import Foundation

/// `ai-check bundle`: analyse, certify and seal.
struct BundleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bundle",
        abstract: "Analyse a program and write a sealed bundle of evidence, which ai-audit verifies.",
        discussion: "The exit code is that of 'analyze': 1 if there are alarms, also when the bundle was written.")

    @OptionGroup var options: AnalysisOptions
    @OptionGroup var output: OutputOptions

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("The folder to write, NAME.aibundle.", valueName: "bundle"))
    var bundle: String

    @Option(help: ArgumentHelp("The private key to seal it with (PEM); see 'ai-check keygen'.", valueName: "key.pem"))
    var key: String

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Try at most this many executions, and put those into the bundle that reach something new; 0: none.",
            valueName: "number"),
        transform: notNegative)
    var runs = 100_000

    func run() throws {
        var isClean = false
        try reportingFailures { () throws(CommandFailure) in
            try output.check()
            let signingKey = try readKey()
            do throws(BundleError) {
                try BundleWriter.checkTarget(bundle)
            } catch {
                throw CommandFailure(error)
            }
            let run = try AnalysisRun(options, runs: runs)
            try output.print(run.result)
            let digest = try seal(run, with: signingKey)
            print(words(run.result.executions))
            for line in violations(run.result) { print(line) }
            print("\(bundle): manifest sha256 \(digest)")
            isClean = run.result.report.isClean
        }
        if !isClean { throw ExitCode(1) }
    }

    private func words(_ executions: ExecutionSummary) -> String {
        if let reason = executions.reasonForNone {
            return "No execution is recorded: \(reason). Contradictory assumptions prove everything."
        }
        let runs =
            executions.recorded == 1
            ? "1 recorded execution reaches" : "\(executions.recorded) recorded executions reach"
        return "\(runs) \(executions.reached) of \(executions.live) live obligations "
            + "(\(executions.tried) tried; \(executions.satisfying) satisfied the assumptions when replayed)"
    }

    /// Where recorded runs do what is not proved to be impossible.
    private func violations(_ result: AnalysisResult) -> [String] {
        let found = result.report.obligations.filter { result.violations[$0.id] != nil }
        guard !found.isEmpty else { return [] }
        let head =
            found.count == 1
            ? "1 obligation not proved is violated in a run:"
            : "\(found.count) obligations not proved are violated in a run:"
        return [head]
            + found.sorted { ($0.file, $0.line, $0.column, $0.id) < ($1.file, $1.line, $1.column, $1.id) }.map {
                "  \($0.file):\($0.line):\($0.column): \($0.kind.rawValue) in \($0.function) [\($0.id)], "
                    + "by run \(BundleLayout.runName(result.violations[$0.id] ?? 0))"
            }
    }

    private func readKey() throws(CommandFailure) -> SigningKey {
        do throws(KeyError) {
            return try SigningKey(file: key)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Writes the bundle and reads it back as an auditor would.
    private func seal(_ run: AnalysisRun, with key: SigningKey) throws(CommandFailure) -> Digest {
        let digest: Digest
        do throws(BundleError) {
            digest = try BundleWriter.write(run.bundleContents(), to: bundle, sealedWith: key)
        } catch {
            throw CommandFailure(error)
        }
        do throws(BundleError) {
            _ = try BundleReader.open(bundle, trusting: key.verificationKey)
        } catch {
            throw .internalFailure("the bundle that was just written does not verify: \(error)")
        }
        return digest
    }
}
