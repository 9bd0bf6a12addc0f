// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// How an execution ends.
public enum Stop: Error, Sendable {
    /// The program ended by itself.
    case exited(status: Int32)
    /// The program ended by abort, or by a signal of this number.
    case signalled(Int32)
    /// The end of an execution that the program's own `__ai_assume` or an assumption excludes, or that no recorded run may
    /// describe.
    case excluded(String)
    /// Undefined behaviour.
    case violation(UndefinedBehaviour)
    /// The program calls what the interpreter does not have.
    case unsupported(String)
    /// The execution needs more than it may have: steps, memory, depth of calls, or numbers beyond 128 bits.
    case limit(String)
}

/// The first undefined behaviour of an execution.
public struct UndefinedBehaviour: Sendable, Hashable {
    public var kind: ObligationKind
    public var site: SiteID
    public var function: FunctionID
    /// What happened, with the values involved, in the words of C.
    public var message: String
    /// The weakness of the Common Weakness Enumeration, where the kind stands for several and it is clear which.
    public var weakness: Int?
    /// The calls that led here, the innermost first: each function with the place in it that is being executed.
    public var stack: [Activation]

    public struct Activation: Sendable, Hashable {
        public var function: FunctionID
        public var site: SiteID
    }
}
