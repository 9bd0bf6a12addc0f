// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// Lowers one function: the state of the walk over its body, and the emission of instructions.
///
/// Blocks are drafts until `finish`: they know the scope they lie in, and an edge between scopes gets the starts and ends
/// of automatic objects only when all objects of all scopes are known.
final class FunctionLowering {
    let program: ProgramLowering
    let id: FunctionID
    let declaration: Declaration?
    let functionSite: SiteID
    /// In a copy of a library model: the place of the user's call, where all its obligations are reported.
    let call: SiteID?

    var registers: [ScalarType] = []
    var registerNames: [String] = []
    var operands: [Operand] = []
    /// Registers that hold 0 or 1, whatever their type.
    var truthValues: Set<Register> = []
    /// Automatic objects; an operand names them as `localBase` + index until the function is finished.
    var objects: [Object] = []
    var blocks: [DraftBlock] = []
    var current = 0
    var scopes: [Scope] = [Scope(parent: -1)]
    var scope = 0

    var signature: Signature?
    var variables: [Declaration: Variable] = [:]
    /// Variables that live in memory.
    let memoryVariables: Set<Declaration>
    /// Variables that may be read before they are set: a second register says whether they are.
    let flaggedVariables: Set<Declaration>
    /// That register, by the variable's.
    var flags: [Register: Register] = [:]
    /// Variables that get the value of one that may be unset.
    var copiesOfUnset: Set<Declaration> = []
    /// The variables that may change, by their registers.
    var registerVariables: [Register: Declaration] = [:]
    /// The registers of variables, for the check that they are set before they are read.
    var variableRegisters: [(register: Register, variable: Declaration)] = []
    var resetPoints: [VariablePoint] = []
    /// Where variables in registers are read, also those whose value no instruction uses.
    var readPoints: [VariablePoint] = []

    var jumpTargets: [JumpTargets] = []
    var switches: [SwitchDraft] = []
    var labels: [Declaration: Int] = [:]
    var addressedLabels: [Declaration] = []
    var labelObject: ObjectID?
    var variableLengths: [Node: Operand] = [:]
    var opaqueValues: [Node: Operand] = [:]
    var temporaryPlaces: [Node: Place] = [:]
    var resultAddress: Operand?
    var latestSite: SiteID
    private var deadBlock = -1
    var variableArguments: Operand?
    /// Parameters the body assigns to: they need a register of their own.
    private(set) lazy var assignedParameters = declaration.map(AddressTaken.assignedParameters) ?? []
    /// Variables that a pointer may lead to.
    private(set) lazy var exposedVariables = declaration.map(AddressTaken.exposedVariables) ?? []

    init(
        program: ProgramLowering, id: FunctionID, site: SiteID, declaration: Declaration? = nil, call: SiteID? = nil,
        memoryVariables: Set<Declaration> = [], flaggedVariables: Set<Declaration> = []
    ) {
        self.program = program
        self.id = id
        functionSite = site
        latestSite = site
        self.declaration = declaration
        self.call = call
        self.memoryVariables = memoryVariables
        self.flaggedVariables = flaggedVariables
        blocks = [DraftBlock(scope: 0)]
    }

    /// Lowers a function with a body into the program.
    static func lower(_ declaration: Declaration, id: FunctionID, call: SiteID?, in program: ProgramLowering) {
        guard let body = declaration.body else { return }
        let memoryVariables = AddressTaken.variables(of: declaration)
        var flaggedVariables: Set<Declaration> = []
        while true {
            let lowering = FunctionLowering(
                program: program, id: id, site: call ?? program.builder.site(declaration.location),
                declaration: declaration, call: call, memoryVariables: memoryVariables,
                flaggedVariables: flaggedVariables)
            lowering.lowerBody(body)
            lowering.resolveEdges()
            let unset = lowering.variablesReadBeforeSet().union(lowering.copiesOfUnset)
            if unset.isSubset(of: flaggedVariables) {
                lowering.finish()
                return
            }
            flaggedVariables.formUnion(unset)
        }
    }
}

/// Where a variable lives.
enum Variable {
    case register(Register)
    case memory(Operand)
}

/// A stretch of the function in which the same automatic objects are alive.
struct Scope {
    var parent: Int
    /// Local object indices in order of declaration.
    var objects: [Int] = []
    /// Registers of the variables declared here: without value whenever the scope is entered.
    var registers: [Register] = []
    var kind = Kind.block

    enum Kind {
        case block
        /// Its object is started by an instruction that knows its size, not on entry.
        case dynamic
        /// A full expression, for its temporaries.
        case expression
        /// A call, for what it passes.
        case call
    }
}

/// A place in a block where the register of a variable loses its value, or is read.
struct VariablePoint {
    var block: Int
    var index: Int
    var register: Register
}

struct DraftBlock {
    var instructions: [Instruction] = []
    var terminator: DraftTerminator?
    var scope: Int
}

struct DraftTerminator {
    var kind: Terminator.Kind
    var operand: Operand = .none
    var targets: [Int] = []
    var cases: [(lower: Int128, upper: Int128)] = []
    var site: SiteID
}

/// Where break and continue lead; nil where the innermost construct has none.
struct JumpTargets {
    var breakBlock: Int
    var continueBlock: Int?
}

extension FunctionLowering {
    static let localBase: Int32 = 1 << 30
    /// The scope of a function's body.
    static let bodyScope = 1

    // MARK: Blocks

    func newBlock() -> Int {
        blocks.append(DraftBlock(scope: scope))
        return blocks.count - 1
    }

    /// Goes on in a block of the current scope. The block before, if it still is open, leads there.
    func begin(_ block: Int, site: SiteID) {
        jump(to: block, site: site)
        blocks[block].scope = scope
        current = block
    }

    func terminate(_ terminator: DraftTerminator) {
        if blocks[current].terminator == nil { blocks[current].terminator = terminator }
    }

    func jump(to block: Int, site: SiteID) {
        terminate(DraftTerminator(kind: .goto, targets: [block], site: site))
    }

    /// Whether control can get to a block, as far as the jumps are known.
    func isReachable(_ block: Int) -> Bool {
        var seen: Set<Int> = [0], work = [0]
        while let next = work.popLast() {
            if next == block { return true }
            for target in blocks[next].terminator?.targets ?? [] where seen.insert(target).inserted {
                work.append(target)
            }
        }
        return false
    }

    /// Code behind a jump: a block that nothing leads to.
    func beginDeadCode() {
        current = newBlock()
        deadBlock = current
    }

    /// Whether nothing leads here: directly behind a jump.
    var isBehindJump: Bool { current == deadBlock && blocks[current].instructions.isEmpty }

    func branch(_ operand: Operand, _ ifTrue: Int, _ ifFalse: Int, site: SiteID) {
        if let value = constant(operand) {
            jump(to: value != 0 ? ifTrue : ifFalse, site: site)
        } else {
            terminate(DraftTerminator(kind: .branch, operand: operand, targets: [ifTrue, ifFalse], site: site))
        }
    }

    // MARK: Instructions

    /// The place of a node. What the source does not spell, such as implicit initial values, is where the code before is.
    func site(_ node: Node) -> SiteID {
        if node.location.isKnown { latestSite = call ?? program.builder.site(node, text: program.sourceText) }
        return latestSite
    }
    func site(_ location: Location) -> SiteID { call ?? program.builder.site(location) }

    func emit(_ instruction: Instruction) {
        if blocks[current].terminator != nil { beginDeadCode() }
        var instruction = instruction
        if !instruction.opcode.usesType { instruction.type = .signed(32) }
        blocks[current].instructions.append(instruction)
    }

    func newRegister(_ type: ScalarType, name: String = "") -> Register {
        registers.append(type)
        registerNames.append(name)
        return Register(registers.count - 1)
    }

    /// Emits an instruction whose result is a new register of its type.
    func value(_ opcode: Opcode, _ type: ScalarType, _ site: SiteID, _ fill: (inout Instruction) -> Void) -> Operand {
        var instruction = Instruction(opcode, site: site)
        instruction.type = type
        fill(&instruction)
        instruction.result = newRegister(type)
        emit(instruction)
        return .register(instruction.result)
    }

    func move(_ value: Operand, to register: Register, site: SiteID) {
        let value = fitting(value, registers[Int(register)], site: site)
        var instruction = Instruction(.move, site: site)
        instruction.type = registers[Int(register)]
        instruction.a = value
        instruction.result = register
        emit(instruction)
    }

    func pool(_ list: [Operand]) -> PoolRange {
        let start = operands.count
        operands += list
        return .stretch(start, list.count)
    }

    // MARK: Constants

    func integer(_ value: Int128) -> Operand { Operand(.integer, program.builder.integer(value)) }
    func float(_ value: Double) -> Operand { Operand(.float, program.builder.float(value.bitPattern)) }

    func constant(_ operand: Operand) -> Int128? {
        operand.kind == .integer ? program.builder.integerValue(operand.index) : nil
    }

    func zero(_ type: ScalarType) -> Operand {
        switch type {
        case .integer: integer(0)
        case .pointer: .null
        case .float: float(0)
        }
    }

    func havoc(_ type: ScalarType, site: SiteID) -> Operand { value(.havoc, type, site) { _ in } }

    func check(_ kind: ObligationKind, _ operand: Operand, site: SiteID) {
        if let value = constant(operand), value != 0 { return }
        var instruction = Instruction(.check, site: site)
        instruction.detail = kind.rawValue
        instruction.a = operand
        emit(instruction)
    }

    /// An obligation that cannot be proved. An execution ends here, whatever it chooses.
    func checkUnsupported(site: SiteID) {
        check(.unsupported, program.isExecuted ? integer(0) : havoc(.unsigned(1), site: site), site: site)
    }

    /// A construct without meaning here: an obligation that cannot be proved, any effect on memory, any result.
    func unsupported(_ construct: String, at location: Location, type: ScalarType? = nil) -> Operand {
        program.noteUnsupported(construct, at: location)
        let place = site(location)
        checkUnsupported(site: place)
        return havocMemory(
            .frontend, "The construct '\(construct)' has any effect on memory, and no undefined behaviour of its own.",
            type: type, site: place)
    }

    func havocMemory(_ kind: AssumptionKind, _ statement: String, type: ScalarType?, site: SiteID) -> Operand {
        var instruction = Instruction(.havocMemory, site: site)
        instruction.target = program.builder.assumption(kind, statement, site: site)
        if let type {
            instruction.type = type
            instruction.result = newRegister(type)
        }
        emit(instruction)
        return type == nil ? .none : .register(instruction.result)
    }
}

extension Opcode {
    /// Whether an instruction says its type; else the operands and the result register do.
    fileprivate var usesType: Bool {
        switch self {
        case .arithmetic, .convert, .floatArithmetic, .floatNegate, .convertFloat, .integerToFloat, .floatToInteger,
            .pointerToInteger, .load, .store, .havoc, .havocMemory:
            true
        default: false
        }
    }
}
