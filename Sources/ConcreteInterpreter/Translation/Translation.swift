// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// A program in the form that the interpreter runs.
struct Translation {
    var code: [Code] = []
    /// For each step the place in the source, and the function.
    var sites: [SiteID] = []
    var owners: [FunctionID] = []
    /// For each step its instruction's place in the function; -1: a terminator.
    var places: [Int32] = []
    var functions: [FunctionCode]
    /// Operands of calls, and coefficients and registers of linear forms, as slots.
    var lists: [Int32] = []
    var cases: [CaseJump] = []
    var jumps: [Int32] = []
    /// Constant slot ~k at place k.
    var constants: [Slot] = []
    /// Positions at which a block begins, with its number.
    var blocks: [Int32: BlockID] = [:]
    /// Local objects of each function: their place among the frame's slots follows from the order here.
    private var localSlots: [ObjectID: Int32] = [:]
    private var constantPlaces: [Operand: Int32] = [:]
    /// For each call through a pointer what it expects.
    var shapes: [Int32: CallShape] = [:]
    let program: Program
    private let hidden: Set<ObjectID>
    /// Bases of static objects.
    private let staticBases: [Int32]

    /// - Parameters:
    ///   - staticBases: for each object of the program its base, 0 for automatic ones.
    ///   - provided: for each function that the library stands for its number there.
    init(_ program: Program, staticBases: [Int32], provided: [FunctionID: Int32]) {
        self.program = program
        self.staticBases = staticBases
        hidden = Self.hiddenObjects(of: program)
        functions = Array(repeating: FunctionCode(), count: program.functions.count)
        for (id, function) in program.functions.enumerated() {
            let registers = Int32(function.registers.count)
            for (index, object) in function.objects.enumerated() { localSlots[object] = registers + Int32(index) }
            functions[id] = FunctionCode(
                start: 0, frameSize: registers + Int32(function.objects.count), registerCount: registers,
                parameterCount: Int32(function.parameterCount), localCount: Int32(function.objects.count),
                provided: provided[FunctionID(id)] ?? -1)
        }
        for id in program.functions.indices { translate(FunctionID(id)) }
    }

    private mutating func translate(_ id: FunctionID) {
        let function = program.functions[Int(id)]
        functions[Int(id)].start = Int32(code.count)
        var starts: [Int32] = []
        var fixups: [(position: Int, block: BlockID)] = []
        var jumpFixups: [(place: Int, block: BlockID)] = []
        for (number, block) in function.blocks.enumerated() {
            starts.append(Int32(code.count))
            blocks[Int32(code.count)] = BlockID(number)
            for place in block.instructions.range {
                let instruction = function.instructions[place]
                if instruction.opcode == .callPointer {
                    shapes[Int32(code.count)] = shape(of: instruction, in: function)
                }
                append(
                    translated(instruction, in: function), site: instruction.site, owner: id, place: Int32(place))
            }
            let terminator = block.terminator
            var last = Code(operation: .halt)
            let targets = function.targets[terminator.targets.range]
            switch terminator.kind {
            case .goto:
                last.operation = .goto
                fixups.append((code.count, targets[targets.startIndex]))
            case .branch:
                last.operation = .branch
                last.a = slot(terminator.operand)
                last.list.start = Int32(jumps.count)
                for target in targets {
                    jumpFixups.append((jumps.count, target))
                    jumps.append(0)
                }
            case .switch:
                last.operation = .switch
                last.a = slot(terminator.operand)
                last.list = PoolRange(start: Int32(cases.count), count: terminator.cases.count)
                let ranges = function.cases[terminator.cases.range]
                last.target = Int32(jumps.count)
                for target in targets {
                    jumpFixups.append((jumps.count, target))
                    jumps.append(0)
                }
                for (index, range) in ranges.enumerated() {
                    cases.append(
                        CaseJump(
                            lower: program.integers[Int(range.lower)], upper: program.integers[Int(range.upper)],
                            target: last.target + Int32(index)))
                }
            case .labelGoto:
                last.operation = .labelGoto
                last.a = slot(terminator.operand)
                last.target = staticBases[Int(terminator.labels)]
                last.list = PoolRange(start: Int32(jumps.count), count: Int32(targets.count))
                for target in targets {
                    jumpFixups.append((jumps.count, target))
                    jumps.append(0)
                }
            case .return:
                last.operation = terminator.operand.isNone ? .returnNothing : .returnValue
                if !terminator.operand.isNone {
                    last.a = argumentSlot(terminator.operand, of: function.result)
                }
            case .halt:
                last.operation = .halt
                if !terminator.operand.isNone {
                    last.a = slot(terminator.operand)
                    last.detail = 1
                }
            }
            append(last, site: terminator.site, owner: id, place: -1)
        }
        for (position, block) in fixups { code[position].target = starts[Int(block)] }
        for (place, block) in jumpFixups { jumps[place] = starts[Int(block)] }
    }

    private mutating func append(_ step: Code, site: SiteID, owner: FunctionID, place: Int32) {
        code.append(step)
        places.append(place)
        sites.append(site)
        owners.append(owner)
    }

    /// The slot of an operand; 0 for none.
    mutating func slot(_ operand: Operand) -> Int32 {
        switch operand.kind {
        case .none: return 0
        case .register: return operand.index
        case .object:
            if let local = localSlots[operand.index] { return local }
            return constant(operand, Slot(base: staticBases[Int(operand.index)], offset: 0))
        case .integer: return constant(operand, program.integers[Int(operand.index)])
        case .float: return constant(operand, Slot(Double(bitPattern: program.floats[Int(operand.index)])))
        case .function: return constant(operand, Slot(base: Memory.base(ofFunction: operand.index), offset: 0))
        case .null: return constant(operand, 0)
        }
    }

    /// The slot of an operand that is passed as a value of a type.
    mutating func argumentSlot(_ operand: Operand, of type: ScalarType?) -> Int32 {
        type == .float(.extended80) ? extendedSlot(operand) : slot(operand)
    }

    /// A float constant in the extended format.
    mutating func extendedSlot(_ operand: Operand) -> Int32 {
        guard operand.kind == .float else { return slot(operand) }
        let value = Extended(Double(bitPattern: program.floats[Int(operand.index)]))
        constants.append(Slot(value))
        return ~Int32(constants.count - 1)
    }

    private mutating func constant(_ operand: Operand, _ value: Slot) -> Int32 {
        if let place = constantPlaces[operand] { return place }
        constants.append(value)
        let place = ~Int32(constants.count - 1)
        constantPlaces[operand] = place
        return place
    }

    func hasHiddenAddress(_ object: ObjectID) -> Bool { hidden.contains(object) }

    func localSlot(_ object: ObjectID) -> Int32 { localSlots[object] ?? 0 }
}
