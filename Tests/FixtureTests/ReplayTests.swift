// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Analyzer
import CSyntax
import CertificateChecker
import CertificateEmitter
import ConcreteInterpreter
import Lowering
import ProgramIR
import Testing

@testable import ai_check

/// The two interpreters of the intermediate form, and the certificate's facts, about the same executions.
@Suite(.timeLimit(.minutes(30))) struct ReplayTests {
    private static let seeds: Range<UInt64> = 1..<25
    private static let steps: UInt64 = 20_000

    /// Notes blocks as a replay does.
    private final class Path: ExecutionObserver {
        var blocks = 0
        var digest: UInt64 = 0xcbf2_9ce4_8422_2325

        func entered(_ block: BlockID, of function: FunctionID, in machine: Machine) throws(Stop) {
            blocks += 1
            digest = (digest ^ UInt64(truncatingIfNeeded: Int(function) << 32 | Int(block))) &* 0x0000_0100_0000_01b3
        }
        func called(_ function: FunctionID, in machine: Machine) throws(Stop) {}
        func returning(_ result: Value?, in machine: Machine) throws(Stop) {}
        func allocationFailed(in machine: Machine) throws(Stop) {}
        func created(_ object: Base, in machine: Machine) throws(Stop) {}
        func ended(_ object: Base, in machine: Machine) throws(Stop) {}
    }

    private func program(_ text: String) throws -> Program {
        let path = "/virtual/program.c"
        let unit = try parseTranslationUnit(
            CompileCommand(file: path, flags: ["-std=gnu17"], directory: "/"),
            virtualFiles: [VirtualFile(path: path, text: text)])
        return try lower(units: [unit]).program
    }

    /// Neither is recorded an execution that uses the address of an object which is not made yet.
    @Test(arguments: [
        // Bytes that are chosen before the first step.
        "extern int *place; int main(void) { return place != 0; }",
        // A choice.
        "int *__ai_any_pointer(void); int main(void) { return __ai_any_pointer() != 0; }",
        // An initial value.
        "int *place = (int *)4096; int main(void) { return place != 0; }",
        // A conversion.
        "unsigned long __ai_any_unsigned_long(void);"
            + " int main(void) { return (int *)__ai_any_unsigned_long() != 0; }",
    ]) func noExecutionUsesAddressesOfObjectsToCome(_ text: String) throws {
        let program = try program(text)
        let prepared = PreparedProgram(program, library: LibraryState(arguments: [], environment: []))
        let made = 1 + program.functions.count + program.objects.count { $0.kind != .local }
        for (base, isMade) in [(made - 1, true), (made, false), (1 << 20 - 1, false), (1 << 20, true)] {
            let address = UInt64(base) << 36 + 1 << 35
            let bytes = (0..<8).map { UInt8(truncatingIfNeeded: address >> UInt64(8 * $0)) }
            let choices = RecordingChoices(
                prefix: [bytes], seed: 1, allocationFailures: 0, constants: program.integers, isQuiet: true)
            let attempt = try ExecutionAttempt(prepared, choices: choices, steps: 1000)
            guard attempt.choices == [bytes] else {
                Issue.record("the execution makes the choices \(attempt.choices)")
                return
            }
            #expect(attempt.isExecution == isMade, "base \(base): \(attempt.stop)")
            let replayed = try ReplayableProgram(program.encoded()).replay(attempt.file)
            if isMade { #expect(replayed.isExecution) } else { #expect(!replayed.isExecution, "\(replayed.end)") }
        }
    }

    @Test(arguments: try Fixture.all()) func bothInterpretersAgree(_ fixture: Fixture) throws {
        let unit = try parseTranslationUnit(CompileCommand(file: fixture.path, flags: ["-std=gnu17"]))
        let program = try lower(units: [unit]).program
        let proof = try withLargeStack { () throws(PipelineError) in
            let analysis = ProgramAnalysis(program)
            analysis.run()
            let emission = emit(analysis) { _, _ in }
            do throws(CheckFailure) {
                return try checkForReplay(program: program.encoded(), certificate: emission.certificate)
            } catch {
                throw .internalFailure(error.description)
            }
        }
        let plain = try ReplayableProgram(program.encoded())
        let table = ObligationTable(of: program).obligations
        let prepared = PreparedProgram(program, library: LibraryState(arguments: [], environment: []))
        var compared = 0
        for seed in Self.seeds {
            let path = Path()
            let choices = RecordingChoices(
                prefix: [], seed: seed, allocationFailures: seed % 2 == 0 ? 0.3 : 0, constants: program.integers)
            let attempt = try ExecutionAttempt(prepared, choices: choices, steps: Self.steps, observer: path)
            let replayed = proof.replay(attempt.file)
            #expect(plain.replay(attempt.file).end == replayed.end, "seed \(seed)")
            switch (attempt.stop, replayed.end) {
            case (.exited, .returned), (.exited, .halted), (.limit, .stepLimit), (.limit, .limit): break
            case (.excluded, .invalid): continue
            case (.violation(let violation), .violated(let obligation)):
                #expect(table[obligation].kind == violation.kind, "seed \(seed)")
                #expect(table[obligation].site == violation.site, "seed \(seed)")
                #expect(table[obligation].function == violation.function, "seed \(seed)")
            default: Issue.record("seed \(seed): \(attempt.stop) and \(replayed.end)")
            }
            #expect(replayed.steps == Int(attempt.steps), "seed \(seed)")
            #expect(replayed.blocks == path.blocks, "seed \(seed)")
            #expect(replayed.path == path.digest, "seed \(seed)")
            compared += 1
            // Spoilt runs are answered, and none of them contradicts the certificate.
            for place in attempt.file.indices.prefix(40) where place > 3 {
                var spoilt = attempt.file
                spoilt[place] ^= UInt8(truncatingIfNeeded: seed | 1)
                // The number of steps may be spoilt too: what would go on for long is cut off.
                var budget = ReplayBudget(1 << 20)
                if case .contradiction(let reason) = proof.replay(spoilt, within: &budget).end {
                    Issue.record("\(place): \(reason)")
                }
            }
        }
        #expect(compared > 0, "every execution is excluded")
    }
}
