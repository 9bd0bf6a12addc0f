// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// How a replayed run ends (FORMAT.md section 7).
public enum ReplayEnd: Sendable, Hashable {
    /// A `halt` was executed.
    case halted
    /// The entry function returned.
    case returned
    /// The obligation of this number was violated: the first one of the execution.
    case violated(obligation: Int)
    /// The run's steps were executed.
    case stepLimit
    /// The run needs what no replay has: memory, depth, numbers of more than 128 bits.
    case limit(String)
    /// The run needs what this machine does not have: x87 arithmetic. Others get further.
    case unsupported(String)
    /// The bundle's budget of work was used up before the run ended, or before it began: it shows nothing.
    case outOfWork
    /// It is no run: its choices do not fit, or it does not satisfy the assumptions.
    case invalid(String)
    /// It contradicts what the certificate claims. One of program, certificate, checker and this replay is wrong.
    case contradiction(String)
}

/// Why the execution of a step is not followed by the next one.
enum ReplayStop: Error {
    case halted, returned, stepLimit, outOfWork
    case violated(ObligationKind)
    case limit(String)
    case unsupported(String)
    case invalid(String)
    case contradiction(String)
}

/// What a replay found out about one run.
public struct ReplayedRun: Sendable {
    public var end: ReplayEnd
    /// Instructions and terminators begun.
    public var steps = 0
    /// Obligations whose condition held where an instruction raised them, ascending.
    public var reached: [Int] = []
    /// Facts of the certificate that were compared with the state of the execution.
    public var checkedFacts = 0
    /// Blocks entered, and a digest of which ones in which order.
    public var blocks = 0
    public var path: UInt64 = 0

    /// Those that were executed to their end.
    var executedSteps: Int {
        switch end {
        case .limit, .unsupported: max(0, steps - 1)
        case .halted, .returned, .violated, .stepLimit, .outOfWork, .invalid, .contradiction: steps
        }
    }

    /// Whether it shows an execution that satisfies the assumptions as far as it goes.
    public var isExecution: Bool {
        switch end {
        case .halted, .returned, .violated, .stepLimit: true
        // Before its first step there is nothing.
        case .limit, .unsupported: executedSteps > 0
        case .outOfWork, .invalid, .contradiction: false
        }
    }
}
