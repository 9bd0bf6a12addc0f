// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Builds a function block by block, in any order of blocks.
///
/// The builder keeps code that no edge reaches: its obligations are obligations of the source. Code that is
/// emitted after a terminator starts a new block for the same reason.
///
/// It follows which automatic objects are alive. A block's live set is the one given to `newBlock(live:)`, or
/// that of the first jump to it; `edge(to:site:)` and `adjustLive(to:site:)` end and start objects so that a jump
/// fits its target.
public final class FunctionBuilder {
    struct OpenBlock {
        var instructions: [Instruction] = []
        var terminator: Terminator?
        /// When the block begins; nil until a jump or the client decides.
        var live: [ObjectID]?
        var isTarget = false
    }

    /// Where constants, sites, objects and functions come from.
    public let program: ProgramBuilder
    /// The function that is being built.
    public let id: FunctionID
    var function: Function
    var blocks: [OpenBlock] = []
    /// Where instructions go.
    public private(set) var current: BlockID = 0
    /// The automatic objects that are alive here, ascending.
    public private(set) var live: [ObjectID] = []
    /// Blocks that will adjust what is alive and jump on, once it is known what is alive in their targets.
    private var edges: [(block: BlockID, target: BlockID, site: SiteID)] = []

    /// Starts with block 0, the entry, as the current block.
    public init(_ id: FunctionID, in program: ProgramBuilder, result: ScalarType? = nil, isVariadic: Bool = false) {
        self.program = program
        self.id = id
        function = program.function(id)
        function.result = result
        function.isVariadic = isVariadic
        blocks = [OpenBlock(live: [])]
    }

    /// nil: void.
    public var result: ScalarType? { function.result }

    // MARK: Registers and objects

    /// The next parameter. All parameters come before all other registers.
    public func parameter(_ type: ScalarType, name: String = "") -> Operand {
        precondition(function.parameterCount == function.registers.count, "a parameter after another register")
        function.parameterCount += 1
        return .register(register(type, name: name))
    }

    /// A new register. Names are for people; several registers may have the same.
    public func register(_ type: ScalarType, name: String = "") -> Register {
        function.registers.append(type)
        function.registerNames.append(name)
        return Register(function.registers.count - 1)
    }

    public func type(of register: Register) -> ScalarType { function.registers[Int(register)] }

    /// A new automatic object of this function. It is alive between its `start` and its `end`.
    public func local(name: String, size: Int64, alignment: UInt16, site: SiteID) -> ObjectID {
        let object = program.object(
            Object(name: name, kind: .local, size: size, alignment: alignment, owner: id, site: site))
        function.objects.append(object)
        return object
    }

    /// An integer constant.
    public func integer(_ value: Int128) -> Operand { program.integer(value) }

    /// A float constant.
    public func float(_ value: Double) -> Operand { program.float(value) }

    // MARK: Blocks

    /// A new block. Without `live`, the first jump to it decides what is alive when it begins.
    public func newBlock(live: [ObjectID]? = nil) -> BlockID {
        blocks.append(OpenBlock(live: live.map { $0.sorted() }))
        return BlockID(blocks.count - 1)
    }

    /// Decides what is alive when a block begins.
    public func setLive(_ objects: [ObjectID], of block: BlockID) {
        blocks[Int(block)].live = objects.sorted()
    }

    /// What is alive when a block begins; nil if neither the client nor a jump has decided yet.
    public func live(of block: BlockID) -> [ObjectID]? { blocks[Int(block)].live }

    /// Goes on at the end of an unfinished block. A block without jumps to it takes over the present live set.
    public func setCurrent(_ block: BlockID) {
        let begin = blocks[Int(block)].live ?? live
        blocks[Int(block)].live = begin
        live = blocks[Int(block)].instructions.reduce(into: begin, Self.applyLifetime)
        current = block
    }

    /// Whether the current block has its terminator; what is emitted then begins a new block without a jump to it.
    public var isTerminated: Bool { blocks[Int(current)].terminator != nil }

    /// Ends what is alive here and not in `objects` (latest first), starts what is missing.
    ///
    /// A jump out of scopes ends their objects; a jump into a block starts the objects that live as long as the
    /// block does, uninitialised (C11 6.2.4p6). Objects of dynamic size cannot be entered that way (6.8.6.1p1).
    public func adjustLive(to objects: [ObjectID], site: SiteID) {
        for object in live.reversed() where !objects.contains(object) { end(object, site: site) }
        for object in objects.sorted() where !live.contains(object) { start(object, site: site) }
    }

    /// The block to jump to in order to reach `target` from here with the right objects alive: a new block that ends
    /// and starts what is needed as `adjustLive(to:site:)` does, or `target` itself where nothing is needed.
    ///
    /// For `goto`, `case`, `break` and their kin. Unlike a plain jump it does not decide what is alive in the target,
    /// so that a label may come after the jumps to it.
    public func edge(to target: BlockID, site: SiteID) -> BlockID {
        if live(of: target) == live { return target }
        let block = newBlock(live: live)
        edges.append((block, target, site))
        blocks[Int(target)].isTarget = true
        return block
    }

    private func finishEdges() {
        for edge in edges {
            setCurrent(edge.block)
            adjustLive(to: live(of: edge.target) ?? live, site: edge.site)
            goto(edge.target, site: edge.site)
        }
        edges = []
    }

    /// Appends to the current block. The convenience methods fill the fields that their opcode uses.
    public func emit(_ instruction: Instruction) {
        beginBlockIfTerminated()
        Self.applyLifetime(&live, instruction)
        blocks[Int(current)].instructions.append(instruction)
    }

    /// Ends the current block.
    func terminate(_ terminator: Terminator, to targets: [BlockID]) {
        beginBlockIfTerminated()
        var terminator = terminator
        terminator.targets = Self.append(targets, to: &function.targets)
        blocks[Int(current)].terminator = terminator
        for target in targets {
            blocks[Int(target)].isTarget = true
            if blocks[Int(target)].live == nil { blocks[Int(target)].live = live }
        }
    }

    private func beginBlockIfTerminated() {
        if isTerminated { current = newBlock(live: live) }
    }

    private static func applyLifetime(_ live: inout [ObjectID], _ instruction: Instruction) {
        switch instruction.opcode {
        case .start: live.insert(instruction.target, at: live.firstIndex { $0 > instruction.target } ?? live.count)
        case .end: live.removeAll { $0 == instruction.target }
        default: break
        }
    }

    /// Appends to a pool; nothing takes no place.
    static func append<Element>(_ elements: [Element], to pool: inout [Element]) -> PoolRange {
        guard !elements.isEmpty else { return .empty }
        pool.append(contentsOf: elements)
        return PoolRange(start: Int32(pool.count - elements.count), count: Int32(elements.count))
    }

    // MARK: The end

    /// The function; the program builder gets it too. Blocks that were created, but never filled and never
    /// jumped to, vanish; every other block must have its terminator.
    @discardableResult
    public func finish() throws(BuilderFailure) -> Function {
        finishEdges()
        var numbers: [BlockID] = []
        var count: BlockID = 0
        for (id, block) in blocks.enumerated() {
            let isUsed = block.terminator != nil || block.isTarget || !block.instructions.isEmpty || id == 0
            guard block.terminator != nil || !isUsed else {
                throw .unterminatedBlock(function: function.name, block: BlockID(id))
            }
            numbers.append(isUsed ? count : -1)
            if isUsed { count += 1 }
        }
        var function = function
        function.targets = function.targets.map { numbers[Int($0)] }
        for block in blocks {
            guard let terminator = block.terminator else { continue }
            function.blocks.append(
                Block(
                    instructions: Self.append(block.instructions, to: &function.instructions),
                    terminator: terminator, live: Self.append(block.live ?? [], to: &function.live)))
        }
        program.define(id, as: function)
        return function
    }
}
