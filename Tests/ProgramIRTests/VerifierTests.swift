// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR
import Testing

/// A breach of one rule, made in a program that is well formed.
struct Breach: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var rule: Violation.Rule
    var make: @Sendable (inout Program) -> Void

    init(_ name: String, _ rule: Violation.Rule, _ make: @escaping @Sendable (inout Program) -> Void) {
        testDescription = name
        self.rule = rule
        self.make = make
    }

    /// A breach in the first instruction with the opcode.
    init(
        _ name: String, _ rule: Violation.Rule, in opcode: Opcode,
        _ make: @escaping @Sendable (inout Instruction) -> Void
    ) {
        self.init(name, rule) { program in
            let index = program.functions[0].instructions.firstIndex { $0.opcode == opcode }!
            make(&program.functions[0].instructions[index])
        }
    }

    /// A breach in the first terminator of the kind.
    init(
        _ name: String, _ rule: Violation.Rule, at kind: Terminator.Kind,
        _ make: @escaping @Sendable (inout Terminator) -> Void
    ) {
        self.init(name, rule) { program in
            let index = program.functions[0].blocks.firstIndex { $0.terminator.kind == kind }!
            make(&program.functions[0].blocks[index].terminator)
        }
    }
}

@Suite struct VerifierTests {
    @Test func wellFormedProgramsHaveNoViolations() throws {
        #expect(try SampleProgram.everything().violations() == [])
    }

    static let breaches: [Breach] = [
        Breach("the file of a site", .numberOutOfRange) { $0.sites[0].file = 99 },
        Breach("the line of a site", .numberOutOfRange) { $0.sites[0].line = -1 },
        Breach("string 0", .numberOutOfRange) { $0.strings[0] = "x" },
        Breach("the site of an assumption", .numberOutOfRange) { $0.assumptions[0].site = 99 },
        Breach("the entry", .numberOutOfRange) { $0.entry = 9 },
        Breach("an entry with parameters", .entryParameters) { $0.entry = 1 },

        Breach("an object's alignment", .wrongAlignment) { $0.objects[0].alignment = 3 },
        Breach("an object's alignment is 0", .wrongAlignment) { $0.objects[0].alignment = 0 },
        Breach("an object's site", .numberOutOfRange) { $0.objects[0].site = -1 },
        Breach("a static object's owner", .wrongObject) { $0.objects[1].owner = 0 },
        Breach("an automatic object's owner", .numberOutOfRange) { $0.objects[4].owner = 7 },
        Breach("a static object's size", .wrongObject) { $0.objects[1].size = -1 },
        Breach("an automatic object that is not listed", .wrongObject) { $0.functions[0].objects.removeLast() },
        Breach("an object listed twice", .wrongObject) { $0.functions[0].objects.append(4) },
        Breach("a static object listed", .wrongObject) { $0.functions[0].objects.append(1) },
        Breach("initial values of an external object", .wrongInitializer) {
            $0.objects[3].initializer = [
                InitialRun(position: 0, stride: 0, type: .signed(8), values: [.integer(0)])
            ]
        },
        Breach("initial runs out of order", .wrongInitializer) { $0.objects[1].initializer.swapAt(0, 1) },
        Breach("an empty initial run", .wrongInitializer) { $0.objects[1].initializer[1].values = [] },
        Breach("overlapping initial cells", .wrongInitializer) { $0.objects[1].initializer[1].position = 319 },
        Breach("an initial cell outside", .wrongInitializer) { $0.objects[1].initializer[3].position = 700 },
        Breach("an initial cell before", .wrongInitializer) { $0.objects[1].initializer[0].position = -64 },
        Breach("a stride that is too small", .wrongInitializer) { $0.objects[1].initializer[0].stride = 63 },
        Breach("a stride of a single cell", .wrongInitializer) { $0.objects[1].initializer[1].stride = 8 },
        Breach("an initial value of another class", .wrongInitializer) {
            $0.objects[1].initializer[1].values = [.null]
        },
        Breach("an initial value that names nothing", .numberOutOfRange) {
            $0.objects[1].initializer[0].values[0] = .object(77, offset: 0)
        },
        Breach("an initial value that names an automatic object", .wrongInitializer) {
            $0.objects[1].initializer[0].values[0] = .object(4, offset: 0)
        },

        Breach("register names", .missingField) { $0.functions[0].registerNames.removeLast() },
        Breach("more parameters than registers", .numberOutOfRange) { $0.functions[1].parameterCount = 9 },
        Breach("a type of no bits", .numberOutOfRange) {
            $0.functions[0].registers[0] = .integer(IntegerType(bits: 0, isSigned: false))
        },
        Breach("no blocks", .missingField) { $0.functions[1].blocks = [] },
        Breach("shared instructions", .sharedInstructions) {
            $0.functions[0].blocks[2].instructions = PoolRange(start: 3, count: 1)
        },
        Breach("a stretch outside", .numberOutOfRange) {
            $0.functions[0].blocks[2].instructions = PoolRange(start: .max, count: .max)
        },
        Breach("a live stretch outside", .numberOutOfRange) { $0.functions[0].blocks[1].live.count = 99 },
        Breach("a live set that does not ascend", .wrongLiveSet) {
            $0.functions[0].live += [5, 4]
            $0.functions[0].blocks[1].live = PoolRange(start: Int32($0.functions[0].live.count - 2), count: 2)
        },
        Breach("a live object of no function", .wrongLiveSet) {
            $0.functions[0].live[0] = 1
        },
        Breach("objects alive at the entry", .wrongLiveSet) {
            $0.functions[0].blocks[0].live = $0.functions[0].blocks[1].live
        },
        Breach("a jump with another live set", .wrongLiveSet) { $0.functions[0].blocks[1].live = .empty },
        Breach("an object named before its start", .wrongLifetime) { $0.functions[0].instructions[0].opcode = .end },
        Breach("an object that starts twice", .wrongLifetime) { program in
            let index = program.functions[0].instructions.lastIndex { $0.opcode == .end }!
            program.functions[0].instructions[index].opcode = .start
        },

        Breach("a move between classes", .wrongClass, in: .move) { $0.a = .null },
        Breach("a register that is not there", .numberOutOfRange, in: .move) { $0.a = .register(999) },
        Breach("an integer that is not there", .numberOutOfRange, in: .move) { $0.a = Operand(.integer, 999) },
        Breach("a missing operand", .missingField, in: .move) { $0.a = .none },
        Breach("an operand too many", .unusedField, in: .move) { $0.b = .null },
        Breach("a missing result", .missingField, in: .move) { $0.result = -1 },
        Breach("a result that is not there", .numberOutOfRange, in: .move) { $0.result = 999 },
        Breach("a type not used", .unusedField, in: .move) { $0.type = .pointer },
        Breach("a detail not used", .unusedField, in: .move) { $0.detail = 1 },
        Breach("a bit not used", .unusedField, in: .move) { $0.bit = 1 },
        Breach("a flag not used", .unusedField, in: .move) { $0.flags = .checked },
        Breach("an undefined flag", .unusedField, in: .load) { $0.flags = InstructionFlags(rawValue: 4) },
        Breach("an alignment not used", .unusedField, in: .move) { $0.alignment = 2 },
        Breach("an immediate not used", .unusedField, in: .move) { $0.immediate = 1 },
        Breach("a list not used", .unusedField, in: .move) { $0.list.count = 1 },
        Breach("a target not used", .unusedField, in: .move) { $0.target = 0 },
        Breach("a site that is not there", .numberOutOfRange, in: .move) { $0.site = 99 },
        Breach("a linear form of odd length", .missingField, in: .linear) { $0.list.count -= 1 },
        Breach("a linear form that swaps", .wrongClass, in: .linear) { $0.list = PoolRange(start: 1, count: 2) },
        Breach("a linear form without constant", .wrongClass, in: .linear) { $0.a = .register(0) },
        Breach("a list outside of the pool", .numberOutOfRange, in: .linear) { $0.list.count = .max },
        Breach("an arithmetic operator", .unknownCode, in: .arithmetic) { $0.detail = 10 },
        Breach("arithmetic on pointers", .wrongClass, in: .arithmetic) { $0.a = .null },
        Breach("arithmetic in a float type", .wrongClass, in: .arithmetic) { $0.type = .float(.binary32) },
        Breach("a comparison operator", .unknownCode, in: .compareIntegers) { $0.detail = 4 },
        Breach("a float operator", .unknownCode, in: .floatArithmetic) { $0.detail = 4 },
        Breach("float arithmetic in an integer type", .wrongClass, in: .floatArithmetic) { $0.type = .signed(8) },
        Breach("an obligation kind", .unknownCode, in: .check) { $0.detail = 21 },
        Breach("a difference of empty elements", .numberOutOfRange, in: .difference) { $0.immediate = 0 },
        Breach("an access at bit 8", .numberOutOfRange, in: .load) { $0.bit = 8 },
        Breach("a pointer as a bit-field", .wrongClass, in: .store) { $0.bit = 1 },
        Breach("an access's alignment", .wrongAlignment, in: .load) { $0.alignment = 0 },
        Breach("a stored value of another class", .wrongClass, in: .store) { $0.type = .signed(8) },
        Breach("a start of a static object", .wrongObject, in: .start) { $0.target = 1 },
        Breach("a start with a size that is known", .unusedField, in: .start) { $0.c = .register(0) },
        Breach("an assumption that is not there", .numberOutOfRange, in: .assume) { $0.target = 5 },
        Breach("a callee that is not there", .numberOutOfRange, in: .call) { $0.target = 5 },
        Breach("an argument too few", .wrongCall, in: .call) { $0.list.count -= 1 },
        Breach("arguments of another class", .wrongCall, in: .call) { $0.list.start += 1 },
        Breach("a call that has no result", .wrongCall, in: .call) {
            $0.target = 0
            $0.list = .empty
        },
        Breach("a type without result", .unusedField, in: .havocMemory) { $0.type = .pointer },
        Breach("an assigned parameter", .assignedParameter) {
            $0.functions[1].registers[1] = .float(.binary64)
            $0.functions[1].instructions[0].result = 1
        },

        Breach("a jump to the entry", .entryBlockIsTarget) { $0.functions[0].targets[0] = 0 },
        Breach("a jump to nowhere", .numberOutOfRange) { $0.functions[0].targets[0] = 99 },
        Breach("a stretch of targets", .numberOutOfRange, at: .goto) { $0.targets.start = -1 },
        Breach("a stretch of cases", .numberOutOfRange, at: .switch) { $0.cases.start = .max },
        Breach("two targets of a goto", .missingField, at: .goto) { $0.targets = PoolRange(start: 0, count: 2) },
        Breach("an operand of a goto", .unusedField, at: .goto) { $0.operand = .null },
        Breach("cases of a goto", .unusedField, at: .goto) { $0.cases.count = 1 },
        Breach("labels of a goto", .unusedField, at: .goto) { $0.labels = 0 },
        Breach("a branch on a pointer", .wrongClass, at: .branch) { $0.operand = .null },
        Breach("a switch without default", .missingField, at: .switch) { $0.targets.count -= 1 },
        Breach("cases out of order", .unorderedCases) { $0.functions[0].cases.swapAt(0, 1) },
        Breach("an empty case", .unorderedCases) {
            let range = $0.functions[0].cases[1]
            $0.functions[0].cases[1] = CaseRange(lower: range.upper, upper: range.lower)
        },
        Breach("a case that is not there", .numberOutOfRange) { $0.functions[0].cases[0].lower = 999 },
        Breach("a label goto on an integer", .wrongClass, at: .labelGoto) { $0.operand = Operand(.integer, 0) },
        Breach("a label goto to other objects", .wrongObject, at: .labelGoto) { $0.labels = 1 },
        Breach("a return with a value", .unusedField, at: .return) { $0.operand = .null },
        Breach("a return without a value", .missingField) { $0.functions[1].blocks[0].terminator.operand = .none },
        Breach("a return of another class", .wrongClass) { $0.functions[1].blocks[0].terminator.operand = .null },
        Breach("a halt with targets", .missingField, at: .halt) { $0.targets.count = 1 },
        Breach("a terminator's site", .numberOutOfRange, at: .halt) { $0.site = -1 },
    ]

    @Test(arguments: breaches) func eachBreachIsFound(_ breach: Breach) throws {
        var program = try SampleProgram.everything()
        breach.make(&program)
        #expect(program.violations().map(\.rule).contains(breach.rule), "\(program.violations())")
    }

    @Test func allViolationsAreCollectedWithTheirPlaces() throws {
        var program = try SampleProgram.everything()
        program.functions[0].instructions[1].a = .none
        program.functions[0].instructions[2].site = 50
        program.objects[2].alignment = 5
        let violations = program.violations()
        #expect(violations.count == 3)
        #expect(violations.map(\.object) == [2, nil, nil])
        #expect(violations.map(\.function) == [nil, 0, 0])
        #expect(violations.map(\.instruction) == [nil, 1, 2])
        #expect(
            violations.map(\.description) == [
                "object 2 \"text\": the alignment 5 is no power of two",
                "function 0 entry, block 0, instruction 1: operand a is missing",
                "function 0 entry, block 0, instruction 2: there is no site 50",
            ])
    }

    @Test func tooLongLinearFormsAreRefused() throws {
        let builder = ProgramBuilder()
        let site = builder.site(file: "a", line: 1, column: 1)
        let function = FunctionBuilder(builder.declareFunction("m", site: site), in: builder)
        let register = function.register(.signed(8))
        function.linear(0, Array(repeating: (1, register), count: 65), type: .signed(64), site: site)
        function.halt(site: site)
        try function.finish()
        #expect(try builder.finish(entry: 0).violations().map(\.rule) == [.limitExceeded])
    }

    /// The verifier takes whatever the decoder lets through, and the obligation table whatever the verifier does.
    @Test func mutatedProgramsNeverTrap() throws {
        let bytes = try SampleProgram.everything().encoded()
        var random = SeededRandom(seed: 2)
        var decoded = 0
        for _ in 0..<6000 {
            var mutated = bytes
            for _ in 0..<Int.random(in: 1...2, using: &random) {
                mutated[Int.random(in: 0..<mutated.count, using: &random)] = UInt8.random(
                    in: 0...127, using: &random)
            }
            guard let program = try? Program(decoding: mutated) else { continue }
            decoded += 1
            if program.violations().isEmpty {
                _ = ObligationTable(of: program)
                #expect(program.normalized().violations() == [])
            }
        }
        #expect(decoded > 1000)
    }
}
