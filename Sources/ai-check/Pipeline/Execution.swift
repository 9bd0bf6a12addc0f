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

    /// The exit code of the command.
    func run() -> ExitCode {
        let program = frontEnd.lowered.program
        var limits = ExecutionLimits()
        if let maxSteps { limits.steps = maxSteps }
        let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }.sorted()
        let library = LibraryState(arguments: arguments, environment: environment)
        do throws(Stop) {
            let machine = try Machine(
                program, externals: frontEnd.lowered.externals, library: library, choices: choices, limits: limits,
                tolerating: ToleratedBehaviour(Set(tolerated)) { printError(text(of: $0, in: program, "warning")) })
            let start = ContinuousClock.now
            let stop = machine.run()
            let time = ContinuousClock.now - start
            library.finish(after: stop)
            let code = report(stop, of: program)
            if printsStatistics { printError(statistics(machine, time)) }
            return code
        } catch {
            return report(error, of: program)
        }
    }

    private func report(_ stop: Stop, of program: Program) -> ExitCode {
        switch stop {
        case .exited(let status): return ExitCode(status & 0xff)
        case .signalled(let signal):
            printError("ai-check: the program was ended by signal \(signal)")
            return ExitCode(128 + signal)
        case .violation(let violation):
            printError(text(of: violation, in: program, "error"))
            return RunCommand.undefinedBehaviour
        case .excluded(let assumption):
            printError("ai-check: the execution is one that an assumption excludes: \(assumption)")
        case .unsupported(let reason): printError("ai-check: the program cannot be executed further: \(reason)")
        case .limit(let reason): printError("ai-check: the execution was stopped: \(reason)")
        }
        return RunCommand.stopped
    }

    private func text(of violation: UndefinedBehaviour, in program: Program, _ severity: String) -> String {
        let places = violation.stack.map { activation in
            let site = program.sites[Int(activation.site)]
            return Fault.Place(
                function: program.functions[Int(activation.function)].name, file: program.strings[Int(site.file)],
                line: Int(site.line), column: Int(site.column))
        }
        let fault = Fault(
            kind: ReportedKind(rawValue: violation.kind.name) ?? .unsupported, message: violation.message,
            severity: severity,
            places: places)
        return FaultText(fault, coloured: Terminal.wantsColourOnError) { file in
            FileManager.default.contents(atPath: file).map(Array.init)
        }.text
    }

    private func statistics(_ machine: Machine, _ time: Duration) -> String {
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
        let rate = Double(machine.steps) / max(seconds, 1e-9) / 1e6
        let shown = [seconds, rate].map { String(format: "%.2f", $0) }
        return "ai-check: \(machine.steps) steps in \(shown[0]) s, \(shown[1]) million a second; "
            + "at most \(machine.mostBytesInUse) bytes in use"
    }
}
