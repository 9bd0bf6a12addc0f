// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Section 1.2: numbers are in range, shapes fit the opcodes, automatic objects are alive where they are named.
/// The rules rely on it: behind this file every index of the program has been looked at once.
struct WellFormedness {
    let program: Program
    /// Work bound for the live sets, which may share their pool.
    private var budget = 1 << 32

    init(_ program: Program) { self.program = program }

    mutating func verify() throws(CheckFailure) {
        guard program.strings.first == "" else { throw bad("string 0 is not empty") }
        for assumption in program.assumptions {
            if let site = assumption.site { try demand(site < program.sites.count, "an assumption's site") }
        }
        for object in program.objects { try verify(object) }
        for (number, function) in program.functions.enumerated() { try verify(function, number) }
        guard program.entry < program.functions.count, program.functions[program.entry].parameterCount == 0 else {
            throw bad("the entry function does not exist or has parameters")
        }
    }

    func bad(_ message: String) -> CheckFailure { CheckFailure(.illFormedProgram, message) }

    func demand(_ condition: Bool, _ what: @autoclosure () -> String) throws(CheckFailure) {
        guard condition else { throw bad(what() + " is wrong") }
    }

    private func verify(_ object: Object) throws(CheckFailure) {
        try demand(object.site < program.sites.count, "an object's site")
        try demand(object.alignment <= 1 << 28 && exponentOfTwo(object.alignment) != nil, "an object's alignment")
        try demand(object.size >= -1 && object.size <= 1 << 56, "an object's size")
        try demand(object.size >= 0 || object.kind == .local, "the size of an object that is not local")
        switch object.kind {
        case .local, .labels:
            guard let owner = object.owner, owner < program.functions.count else { throw bad("an object has no owner") }
            try demand(object.runs.isEmpty, "an initialiser of a local or of labels")
        case .external: try demand(object.runs.isEmpty && object.owner == nil, "an external object")
        case .global, .constant: try demand(object.owner == nil, "an owner of a static object")
        }
        var cells: [(Int128, Int128)] = []
        for run in object.runs {
            try demand(!run.values.isEmpty, "an empty run")
            try demand(run.values.count == 1 ? run.stride == 0 : run.stride >= run.type.width, "a run's stride")
            for (k, value) in run.values.enumerated() {
                let position = try sum(run.position, try product(Int128(k), run.stride))
                cells.append((position, try sum(position, run.type.width)))
                try verify(value, run.type)
            }
        }
        cells.sort { $0.0 < $1.0 }
        var last: Int128 = 0
        for (from, to) in cells {
            try demand(from >= last, "an initial cell that overlaps another or begins before the object")
            last = to
        }
        try demand(cells.isEmpty || last <= 8 * object.size, "an initial cell behind the end of its object")
    }

    private func verify(_ value: InitialValue, _ type: ScalarType) throws(CheckFailure) {
        switch value {
        case .integer(let value):
            try demand(
                type.kind == .integer && Bounds(lower: value, upper: value).isInside(type.range), "an initial integer")
        case .float: try demand(type.kind == .float, "an initial float")
        case .null: try demand(type.kind == .pointer, "an initial null")
        case .object(let object, _):
            try demand(type.kind == .pointer && object < program.objects.count, "an initial pointer")
            try demand(program.objects[object].kind != .local, "an initial pointer to a local")
        case .function(let function):
            try demand(type.kind == .pointer && function < program.functions.count, "an initial pointer")
        case .unknown: break
        }
    }

    private mutating func verify(_ function: Function, _ number: Int) throws(CheckFailure) {
        try demand(function.site < program.sites.count, "a function's site")
        try demand(function.parameterCount <= function.registers.count, "a parameter count")
        try demand(!function.blocks.isEmpty, "a function without blocks")
        for object in function.objects { try demand(isLocal(object, of: number), "an object of the function") }
        for place in function.cases {
            try demand(place.lower < program.integers.count && place.upper < program.integers.count, "a case")
        }
        for target in function.targets {
            try demand(target > 0 && target < function.blocks.count, "a jump's target")
        }
        for object in function.live { try demand(isLocal(object, of: number), "a live object") }
        var owned = [Bool](repeating: false, count: function.instructions.count)
        let shapes = Shapes(program: program, function: function, number: number)
        var alive: Set<Int> = []
        for (block, body) in function.blocks.enumerated() {
            try demand(body.instructions.upperBound <= function.instructions.count, "a block's instructions")
            try demand(body.live.upperBound <= function.live.count, "a block's live set")
            try spend(body.live.count + body.instructions.count)
            try demand(block > 0 || body.live.isEmpty, "the live set of the entry block")
            alive.removeAll(keepingCapacity: true)
            var last = -1
            for object in function.live[body.live] {
                try demand(object > last, "the order of a live set")
                last = object
                alive.insert(object)
            }
            for place in body.instructions {
                try demand(!owned[place], "an instruction of two blocks")
                owned[place] = true
                let instruction = function.instructions[place]
                try spend(instruction.list.count)
                try shapes.verify(instruction)
                for operand in [instruction.a, instruction.b, instruction.c] { try verify(operand, alive) }
                for operand in function.operands[instruction.list] { try verify(operand, alive) }
                guard let object = instruction.target else { continue }
                if instruction.opcode == .start {
                    try demand(alive.insert(object).inserted, "a start of an object that is alive")
                } else if instruction.opcode == .end {
                    try demand(alive.remove(object) != nil, "an end of an object that is not alive")
                }
            }
            try shapes.verify(body.terminator)
            try verify(body.terminator.operand, alive)
            var verified: Range<Int>?
            for target in function.targets[body.terminator.targets] {
                let live = function.blocks[target].live
                try spend(1)
                if live == verified { continue }
                try demand(
                    live.upperBound <= function.live.count && live.count == alive.count, "the live set at a jump")
                try spend(live.count)
                for object in function.live[live] { try demand(alive.contains(object), "the live set at a jump") }
                verified = live
            }
        }
    }

    private mutating func spend(_ work: Int) throws(CheckFailure) {
        budget -= work
        guard budget >= 0 else { throw CheckFailure(.limit, "the live sets are too large") }
    }

    private func isLocal(_ object: Int, of function: Int) -> Bool {
        object < program.objects.count && program.objects[object].kind == .local
            && program.objects[object].owner == function
    }

    private func verify(_ operand: Operand, _ alive: Set<Int>) throws(CheckFailure) {
        guard operand.kind == .object, operand.index < program.objects.count,
            program.objects[operand.index].kind == .local
        else { return }
        try demand(alive.contains(operand.index), "a local that is named while it is not alive")
    }
}
