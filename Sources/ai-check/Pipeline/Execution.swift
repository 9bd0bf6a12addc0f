// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ArgumentParser
import ConcreteInterpreter
import Foundation
import ProgramIR
import Reporting

/// One execution of a program, and what a user hears of its end.
struct Execution {
    let frontEnd: FrontEndResult
    let choices: any ChoiceSource
    let arguments: [String]
    let maxSteps: UInt64?
    let tolerated: [ObligationKind]
    let printsStatistics: Bool

    private var words: ExecutionText { ExecutionText(lowered: frontEnd.lowered) }

    /// The exit code of the command.
    func run() -> ExitCode {
        let program = frontEnd.lowered.program
        var limits = ExecutionLimits()
        if let maxSteps { limits.steps = maxSteps }
        let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }.sorted()
        let library = LibraryState(arguments: arguments, environment: environment)
        do throws(Stop) {
            let words = words
            let machine = try Machine(
                program, externals: frontEnd.lowered.externals, library: library, choices: choices, limits: limits,
                tolerating: ToleratedBehaviour(Set(tolerated)) { printError(words.text(of: $0, severity: "warning")) })
            let start = ContinuousClock.now
            let stop = machine.run()
            let time = ContinuousClock.now - start
            library.finish(after: stop)
            let code = report(stop, at: machine.activations())
            if printsStatistics { printError(statistics(machine, time)) }
            return code
        } catch {
            return report(error, at: [])
        }
    }

    private func report(_ stop: Stop, at stack: [UndefinedBehaviour.Activation]) -> ExitCode {
        let reason: String
        switch stop {
        case .exited(let status): return ExitCode(status & 0xff)
        case .signalled(let signal):
            printError(words.text(of: "the program was ended by signal \(signal)\(Self.name(of: signal))", at: stack))
            return ExitCode(128 + signal)
        case .violation(let violation) where violation.kind == .unsupported:
            reason = "the execution cannot go on: \(words.unsupported(at: violation))"
        case .violation(let violation):
            printError(words.text(of: violation, severity: "error"))
            return RunCommand.undefinedBehaviour
        case .excluded(let assumption):
            reason = "the execution is one that an assumption excludes: \(assumption)"
        case .unsupported(let what): reason = "the execution cannot go on: \(what)"
        case .limit(let limit): reason = "the execution was ended: \(limit)"
        }
        printError(words.text(of: reason, at: stack))
        return RunCommand.stopped
    }

    /// Of the signals that programs end themselves by.
    private static func name(of signal: Int32) -> String {
        let names = [
            SIGHUP: "SIGHUP", SIGINT: "SIGINT", SIGILL: "SIGILL", SIGTRAP: "SIGTRAP", SIGABRT: "SIGABRT",
            SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGKILL: "SIGKILL", SIGSEGV: "SIGSEGV", SIGTERM: "SIGTERM",
            SIGUSR1: "SIGUSR1", SIGUSR2: "SIGUSR2", SIGALRM: "SIGALRM", SIGPIPE: "SIGPIPE",
        ]
        return names[signal].map { " (\($0))" } ?? ""
    }

    private func statistics(_ machine: Machine, _ time: Duration) -> String {
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
        let rate = Double(machine.steps) / max(seconds, 1e-9) / 1e6
        let shown = [seconds, rate].map { String(format: "%.2f", $0) }
        return "ai-check: \(machine.steps) steps in \(shown[0]) s, \(shown[1]) million a second; "
            + "at most \(machine.mostBytesInUse) bytes in use"
    }
}
