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
    /// The run needs what a replay does not have: memory, depth, numbers of more than 128 bits, x87 arithmetic.
    case limit(String)
    /// It is no run: its choices do not fit, or it does not satisfy the assumptions.
    case invalid(String)
    /// It contradicts what the certificate claims. One of program, certificate, checker and this replay is wrong.
    case contradiction(String)
}

/// Why the execution of a step is not followed by the next one.
enum ReplayStop: Error {
    case halted, returned, stepLimit
    case violated(ObligationKind)
    case limit(String)
    case invalid(String)
    case contradiction(String)
}

/// What a replay found out about one run.
public struct ReplayedRun: Sendable {
    public var end: ReplayEnd
    /// Instructions and terminators executed.
    public var steps: Int
    /// Obligations whose condition held where an instruction raised them, ascending.
    public var reached: [Int]
    /// Facts of the certificate that were compared with the state of the execution.
    public var checkedFacts: Int
    /// Blocks entered, and a digest of which ones in which order.
    public var blocks: Int
    public var path: UInt64

    /// Whether it shows an execution that satisfies the assumptions as far as it goes.
    public var isExecution: Bool {
        switch end {
        case .halted, .returned, .violated, .stepLimit, .limit: true
        case .invalid, .contradiction: false
        }
    }
}
