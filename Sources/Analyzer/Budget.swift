// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Limits that keep an analysis finite. They lose precision only; each use is recorded in the result.
public struct Budget: Sendable {
    /// Targets of a pointer before it becomes unknown.
    static let targets = 256
    /// Times that a node's state may grow by joins before it is widened.
    public var wideningDelay = 3
    /// Narrowing rounds behind each loop.
    public var descendingIterations = 2
    /// First iterations of an innermost loop that are told apart, and of a loop around innermost ones, if it ends within them.
    public var unrolledIterations = 9
    public var unrolledOuterIterations = 5
    /// Instructions that a loop may have for that, with those of the functions it calls.
    public var unrolledInstructions = 40
    /// Function clones in all.
    public var clones = 6000
    /// Clones of one function before the rest share one.
    public var clonesPerFunction = 200
    /// Depth of calls before callees share one clone.
    public var callDepth = 120
    /// Times that a callee is analysed for exactly the state of its call, before states are put together.
    public var exactReanalyses = 6
    /// Times that a recursive function is analysed until its result is stable.
    public var recursionRounds = 60
    /// Times that the program is analysed until the results of shared clones are stable.
    public var sharingRounds = 30
    /// Elements of an array that are told apart.
    public var distinctElements = 16
    /// Whether relations between registers, contents and sizes are looked for.
    public var usesRelations = true
    /// Contents and sizes that one state relates to others.
    public var places = 64

    public init() {}
}
