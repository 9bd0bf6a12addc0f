// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ConcreteInterpreter
import ProgramIR

/// One execution of the audit IR that a run file can describe.
struct ExecutionAttempt {
    let choices: [[UInt8]]
    let steps: UInt64
    let stop: Stop
    /// What it cost, in steps; moving bytes costs too.
    let cost: UInt64

    init(
        _ prepared: PreparedProgram, choices: RecordingChoices, steps: UInt64, observer: (any ExecutionObserver)? = nil,
        coverage: BlockCoverage? = nil
    ) throws(Stop) {
        var limits = ExecutionLimits()
        limits.steps = steps
        // Less than a replay has.
        limits.memory = 1 << 27
        limits.work = 1 << 28
        limits.depth = 1 << 15
        limits.slots = 1 << 19
        limits.stopsAtUnknownCode = false
        limits.isReproducible = true
        let machine: Machine
        do throws(Stop) {
            machine = try Machine(
                prepared, library: LibraryState(arguments: [], environment: []), choices: choices, limits: limits,
                observer: observer, coverage: coverage)
        } catch {
            guard case .excluded = error else { throw error }
            // What static objects were chosen to hold.
            stop = error
            self.choices = choices.recorded
            (self.steps, cost) = (0, 0)
            return
        }
        stop = machine.run()
        self.choices = choices.recorded
        self.steps = machine.steps
        let bytes = choices.recorded.reduce(0) { $0 + $1.count }
        cost = machine.steps + UInt64(machine.work) / 64 + UInt64(bytes) / 4
    }

    /// Whether it satisfies the assumptions as far as it goes.
    var isExecution: Bool {
        switch stop {
        case .exited, .violation, .limit: true
        case .excluded, .signalled, .unsupported: false
        }
    }

    /// FORMAT.md section 7.
    var file: [UInt8] {
        var file = Array("AIX1".utf8)
        var rest = steps
        while rest >= 0x80 {
            file.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        file.append(UInt8(truncatingIfNeeded: rest))
        for choice in choices { file += choice }
        return file
    }
}
