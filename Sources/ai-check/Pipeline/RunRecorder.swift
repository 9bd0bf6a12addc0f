// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker
import ConcreteInterpreter
import EvidenceBundle
import ProgramIR

/// Searches for executions that satisfy the assumptions and come to code that no earlier one came to.
///
/// What counts is what the auditor's replay makes of an execution; the interpreter only proposes them. The same program
/// always gives the same runs: all bounds are on numbers of steps, none on time.
struct RunRecorder {
    let program: Program
    let proof: CheckedProof
    /// Executions to try.
    let tries: Int

    /// Steps of one execution, of all that are tried, and of all that are recorded.
    private static let stepsOfOne: UInt64 = 300_000
    private static let stepsOfAll: UInt64 = 8_000_000
    private static let recordedSteps = 1_500_000
    private static let recordedBytes = 256 << 10
    /// How often an execution that an assumption excludes is tried again with its last choices changed.
    private static let retries = 16

    struct Recording {
        var runs: [[UInt8]] = []
        var summary = ExecutionSummary()
        /// What went wrong with executions that could not be recorded, in words.
        var notes: [String] = []
    }

    private struct Attempt {
        var choices: [[UInt8]]
        var steps: UInt64
        var stop: Stop
    }

    func record() throws(PipelineError) -> Recording {
        var recording = Recording()
        var executions = Executions()
        var kept: [[[UInt8]]] = []
        var disagreements: Set<String> = []
        var (stepsLeft, bytesLeft, recordedLeft) = (Self.stepsOfAll, Self.recordedBytes, Self.recordedSteps)
        var seed: UInt64 = 0
        var prefix: ArraySlice<[UInt8]> = []
        var retriesLeft = Self.retries
        while recording.summary.tried < tries, stepsLeft > 0 {
            recording.summary.tried += 1
            seed += 1
            let attempt: Attempt
            do throws(Stop) {
                attempt = try execute(prefix, seed: seed)
            } catch {
                recording.notes.append("no execution is recorded: \(words(error))")
                break
            }
            stepsLeft -= min(stepsLeft, attempt.steps)
            if case .excluded = attempt.stop, retriesLeft > 0, !attempt.choices.isEmpty {
                // What came last is likely why.
                let dropped = 1 + (Self.retries - retriesLeft) / 5
                prefix = attempt.choices.dropLast(dropped)[...]
                retriesLeft -= 1
                continue
            }
            if isExecution(attempt.stop) {
                let file = runFile(attempt)
                let run = proof.replay(file)
                switch run.end {
                case .contradiction(let reason):
                    throw .internalFailure("an execution contradicts the certificate: \(reason)")
                case .invalid(let reason): disagreements.insert(reason)
                case .limit: break
                case .halted, .returned, .violated, .stepLimit:
                    recording.summary.satisfying += 1
                    var more = executions
                    more.add(run)
                    if more.reached.count > executions.reached.count || executions.runs == 0,
                        file.count <= bytesLeft, run.steps <= recordedLeft, recording.runs.count < BundleLayout.mostRuns
                    {
                        executions = more
                        bytesLeft -= file.count
                        recordedLeft -= run.steps
                        recording.runs.append(file)
                        kept.append(attempt.choices)
                    }
                }
            }
            prefix = nextPrefix(kept, seed)
            retriesLeft = Self.retries
        }
        recording.notes += disagreements.sorted().map { "an execution was left out, since its replay differs: \($0)" }
        recording.summary.recorded = recording.runs.count
        let live = proof.claims.obligations.filter { $0.verdict != .unreachable }
        recording.summary.live = live.count
        recording.summary.reached = live.count { executions.reached.contains($0.id) }
        return recording
    }

    /// Every second execution goes a part of an earlier one's way.
    private func nextPrefix(_ kept: [[[UInt8]]], _ seed: UInt64) -> ArraySlice<[UInt8]> {
        guard seed % 2 == 0, !kept.isEmpty else { return [] }
        let place = Int(truncatingIfNeeded: seed &* 0x9e37_79b9_7f4a_7c15 >> 33)
        let choices = kept[place % kept.count]
        return choices.isEmpty ? [] : choices.prefix(place / kept.count % choices.count)
    }

    /// The first execution has zeros and all memory that it asks for; of the others every third lacks some.
    private func execute(_ prefix: ArraySlice<[UInt8]>, seed: UInt64) throws(Stop) -> Attempt {
        var limits = ExecutionLimits()
        limits.steps = Self.stepsOfOne
        limits.memory = 1 << 27
        limits.depth = 1 << 15
        limits.slots = 1 << 19
        limits.stopsAtUnknownCode = false
        limits.isReproducible = true
        let choices = RecordingChoices(
            prefix: prefix, seed: seed, allocationFailures: seed % 3 == 0 ? 0.1 : 0, constants: program.integers,
            isQuiet: seed == 1)
        let machine = try Machine(
            program, library: LibraryState(arguments: [], environment: []), choices: choices, limits: limits)
        let stop = machine.run()
        return Attempt(choices: choices.recorded, steps: machine.steps, stop: stop)
    }

    private func isExecution(_ stop: Stop) -> Bool {
        switch stop {
        case .exited, .violation, .limit: true
        case .excluded, .signalled, .unsupported: false
        }
    }

    /// FORMAT.md section 7.
    private func runFile(_ attempt: Attempt) -> [UInt8] {
        var file = Array("AIX1".utf8)
        var steps = attempt.steps
        while steps >= 0x80 {
            file.append(UInt8(truncatingIfNeeded: steps) | 0x80)
            steps >>= 7
        }
        file.append(UInt8(truncatingIfNeeded: steps))
        for choice in attempt.choices { file += choice }
        return file
    }

    private func words(_ stop: Stop) -> String {
        switch stop {
        case .limit(let reason), .unsupported(let reason), .excluded(let reason): reason
        case .exited, .signalled, .violation: "the program ended before it began"
        }
    }
}
