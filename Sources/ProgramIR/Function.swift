// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// How a block ends.
public struct Terminator: Hashable, Sendable {
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// To `targets[0]`.
        case goto = 0
        /// To `targets[0]` if `operand` is not 0, else to `targets[1]`.
        case branch
        /// To the target of the first case that holds `operand`; the last target is the default.
        case `switch`
        /// `operand` is a pointer to one of this function's labels: object `labels`, offset k goes to `targets[k]`.
        case labelGoto
        /// `operand` is the result, none for void.
        case `return`
        /// The program ends here (exit, abort): no undefined behaviour, nothing follows.
        case halt
    }

    public var kind: Kind
    public var operand: Operand = .none
    /// Blocks, in the function's `targets` pool.
    public var targets: PoolRange = .empty
    /// `switch`: one closed range of values for each target but the last, in the function's `cases` pool.
    public var cases: PoolRange = .empty
    /// `labelGoto`: the label object.
    public var labels: ObjectID = -1
    public var site: SiteID

    public init(_ kind: Kind, site: SiteID) {
        self.kind = kind
        self.site = site
    }
}

/// A closed range of integers; the ends are places in `Program.integers`.
public struct CaseRange: Hashable, Sendable {
    public var lower: Int32
    public var upper: Int32

    public init(lower: Int32, upper: Int32) {
        self.lower = lower
        self.upper = upper
    }
}

/// Straight code with one entry.
public struct Block: Hashable, Sendable {
    /// In the function's `instructions`.
    public var instructions: PoolRange
    public var terminator: Terminator
    /// Objects of the function that are alive when the block begins, ascending, in the function's `live` pool.
    public var live: PoolRange

    public init(instructions: PoolRange, terminator: Terminator, live: PoolRange) {
        self.instructions = instructions
        self.terminator = terminator
        self.live = live
    }
}

/// A function with a body. Block 0 is the entry and no edge leads to it. Parameter registers are 0, 1, ... and
/// are never assigned: a parameter that the program changes is copied to another register first.
public struct Function: Hashable, Sendable {
    public var name: String
    public var isVariadic = false
    /// Type of each register; the first `parameterCount` are the parameters.
    public var registers: [ScalarType] = []
    /// Source name of each register, empty for temporaries.
    public var registerNames: [String] = []
    public var parameterCount = 0
    /// nil: void.
    public var result: ScalarType?
    /// Objects with automatic storage, in order of declaration.
    public var objects: [ObjectID] = []
    public var blocks: [Block] = []
    public var instructions: [Instruction] = []
    public var operands: [Operand] = []
    public var targets: [BlockID] = []
    public var cases: [CaseRange] = []
    public var live: [ObjectID] = []
    public var site: SiteID

    public init(name: String, site: SiteID) {
        self.name = name
        self.site = site
    }

    public func code(of block: BlockID) -> ArraySlice<Instruction> {
        instructions[blocks[Int(block)].instructions.range]
    }

    public func successors(of block: BlockID) -> ArraySlice<BlockID> {
        targets[blocks[Int(block)].terminator.targets.range]
    }
}
