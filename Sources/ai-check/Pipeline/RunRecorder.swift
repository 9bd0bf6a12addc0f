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
    private static let stepsOfAll: UInt64 = 60_000_000
    private static let recordedSteps = 1_500_000
    private static let recordedBytes = 256 << 10
    /// How often an execution that an assumption excludes is tried again with its last choices changed.
    private static let retries = 16

    /// Steps of which making an execution costs as much.
    private static let stepsOfMaking: UInt64 = 500
    /// Where to stop, if nothing new has come up since so many steps.
    private static func patience(_ lastProgress: UInt64) -> UInt64 { min(stepsOfAll, 10_000_000 + 4 * lastProgress) }

    struct Recording {
        var runs: [[UInt8]] = []
        var summary = ExecutionSummary()
        /// Obligations that recorded runs violate, each with the number of the first such run, from 1 on.
        var violations: [Int: Int] = [:]
        /// What went wrong with executions that could not be recorded, in words.
        var notes: [String] = []
    }

    func record() throws(PipelineError) -> Recording {
        var recording = Recording()
        var executions = Executions()
        var budget = ReplayBudget()
        var mutation = ChoiceMutation(program)
        var isFresh = true
        var disagreements: Set<String> = []
        var (bytesLeft, recordedLeft) = (Self.recordedBytes, Self.recordedSteps)
        var seed: UInt64 = 0
        var prefix: [[UInt8]] = []
        var violations: Set<[Int32]> = []
        var retriesLeft = Self.retries
        var (steps, lastProgress): (UInt64, UInt64) = (0, 0)
        let prepared = PreparedProgram(program, library: LibraryState(arguments: [], environment: []))
        let coverage = BlockCoverage(prepared)
        let live = Set(proof.claims.obligations.filter { $0.verdict != .unreachable }.map(\.id))
        recording.summary.live = live.count
        while recording.summary.tried < tries, steps < Self.patience(lastProgress),
            executions.runs == 0 || !live.isSubset(of: executions.reached)
        {
            recording.summary.tried += 1
            seed += 1
            let attempt: ExecutionAttempt
            do throws(Stop) {
                attempt = try ExecutionAttempt(
                    prepared, choices: choices(prefix, seed: seed), steps: Self.stepsOfOne, coverage: coverage)
            } catch {
                recording.notes.append("no execution is recorded: \(words(error))")
                break
            }
            steps += attempt.cost + Self.stepsOfMaking
            if case .excluded = attempt.stop, isFresh, retriesLeft > 0, !attempt.choices.isEmpty {
                // What came last is likely why.
                let dropped = 1 + (Self.retries - retriesLeft) / 5
                prefix = attempt.choices.dropLast(dropped)
                retriesLeft -= 1
                coverage.discard()
                continue
            }
            if !attempt.isExecution {
                coverage.discard()
            } else if coverage.freshCount > 0 || isNewViolation(attempt.stop, &violations) {
                coverage.accept()
                let file = attempt.file
                // As much as the auditor's replay has left behind the runs before.
                var budgetLeft = budget
                let run = proof.replay(file, within: &budgetLeft)
                switch run.end {
                case .contradiction(let reason):
                    throw .internalFailure("an execution contradicts the certificate: \(reason)")
                case .invalid(let reason): disagreements.insert(reason)
                case .limit, .unsupported, .outOfWork: break
                case .halted, .returned, .violated, .stepLimit:
                    recording.summary.satisfying += 1
                    var more = executions
                    more.add(run)
                    let isNew =
                        more.reached.count > executions.reached.count
                        || more.violated.count > executions.violated.count || executions.runs == 0
                    if isNew,
                        file.count <= bytesLeft, run.steps <= recordedLeft, recording.runs.count < BundleLayout.mostRuns
                    {
                        executions = more
                        budget = budgetLeft
                        bytesLeft -= file.count
                        recordedLeft -= run.steps
                        recording.runs.append(file)
                    }
                    mutation.learn(attempt.choices)
                    lastProgress = steps
                }
            }
            prefix = mutation.next()
            isFresh = prefix.isEmpty
            retriesLeft = Self.retries
        }
        recording.notes += disagreements.sorted().map { "an execution was left out, since its replay differs: \($0)" }
        recording.violations = executions.violated
        recording.summary.recorded = recording.runs.count
        recording.summary.reached = live.intersection(executions.reached).count
        return recording
    }

    /// The first execution that ends by this undefined behaviour shows that an alarm is right.
    private func isNewViolation(_ stop: Stop, _ known: inout Set<[Int32]>) -> Bool {
        guard case .violation(let violation) = stop else { return false }
        return known.insert([violation.function, violation.site, Int32(violation.kind.rawValue)]).inserted
    }

    /// The first execution has zeros and all memory that it asks for; of the others every third lacks some.
    private func choices(_ prefix: [[UInt8]], seed: UInt64) -> RecordingChoices {
        RecordingChoices(
            prefix: prefix, seed: seed, allocationFailures: seed % 3 == 0 ? 0.1 : 0, constants: program.integers,
            isQuiet: seed == 1)
    }

    private func words(_ stop: Stop) -> String {
        switch stop {
        case .limit(let reason), .unsupported(let reason), .excluded(let reason): reason
        case .exited, .signalled, .violation: "the program ended before it began"
        }
    }
}
