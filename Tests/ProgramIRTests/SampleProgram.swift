// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// Well-formed programs that the tests share.
enum SampleProgram {
    /// One function with every opcode and every terminator, objects of every kind, initial values of every kind.
    static func everything() throws -> Program {
        let program = ProgramBuilder()
        let site = program.site(file: "a \"quoted\"\\.c", line: 1, column: 2, expression: "i + 1\n\u{1F600}")
        let inMacro = program.site(
            file: "a.c", line: 3, column: 4, spelling: ("a.h", 9, 8), macro: "MAX", expression: "x", model: "strlen")
        let world = program.assumption(Assumption(kind: .frontend, statement: "All is \"well\"."))
        let entry = program.declareFunction("entry", site: site)
        let other = program.declareFunction("other", site: inMacro)
        let labels = program.object(
            Object(name: "entry.labels", kind: .labels, size: 2, alignment: 1, owner: entry, site: site))
        let global = program.object(Object(name: "table", kind: .global, size: 96, alignment: 8, site: site))
        _ = program.object(
            Object(
                name: "\"text\"", kind: .constant, size: 3, alignment: 1,
                initializer: [
                    InitialRun(position: 0, stride: 8, type: .signed(8), values: [.integer(-128), .integer(104)])
                ], site: site))
        _ = program.object(Object(name: "errno", kind: .external, size: 4, alignment: 4, site: site))
        program[object: global].initializer = [
            InitialRun(
                position: 0, stride: 64, type: .pointer,
                values: [.null, .object(labels, offset: 1), .function(other), .unknown, .object(global, offset: -3)]),
            InitialRun(position: 320, stride: 0, type: .integer(.unsigned(3)), values: [.integer(7)]),
            InitialRun(position: 384, stride: 0, type: .float(.binary32), values: [.float((1.5).bitPattern)]),
            InitialRun(position: 512, stride: 0, type: .float(.extended80), values: [.float(Double.nan.bitPattern)]),
        ]
        try buildOther(other, in: program, site: inMacro)
        try buildEntry(entry, calling: other, labels: labels, global: global, world: world, in: program, site: site)
        return try program.finish(entry: entry)
    }

    private static func buildOther(_ id: FunctionID, in program: ProgramBuilder, site: SiteID) throws {
        let function = FunctionBuilder(id, in: program, result: .float(.binary64), isVariadic: true)
        _ = function.parameter(.pointer, name: "p")
        let number = function.parameter(.signed(64), name: "n")
        function.return(function.integerToFloat(number, to: .binary64, site: site), site: site)
        try function.finish()
    }

    private static func buildEntry(
        _ id: FunctionID, calling other: FunctionID, labels: ObjectID, global: ObjectID, world: AssumptionID,
        in program: ProgramBuilder, site: SiteID
    ) throws {
        let function = FunctionBuilder(id, in: program)
        let one = function.integer(1)
        let x = function.local(name: "x", size: 8, alignment: 8, site: site)
        let vla = function.local(name: "vla", size: -1, alignment: 16, site: site)
        let i = function.register(.signed(32), name: "i")
        function.start(x, site: site)
        function.move(one, into: i, site: site)
        function.linear(-3, [(2, i), (-1, i)], type: .signed(64), site: site)
        function.linear(7, [], type: .signed(64), site: site)
        for operation in ArithmeticOperator.allCases {
            function.arithmetic(operation, .signed(32), .register(i), one, into: i, site: site)
        }
        function.arithmetic(.add, .unsigned(128), .register(i), function.integer(.max), site: site)
        function.convert(function.integer(.min), to: .unsigned(1), site: site)
        for operation in ComparisonOperator.allCases {
            function.compareIntegers(operation, .register(i), one, site: site)
            function.comparePointers(operation, .object(x), .null, site: site)
            function.compareFloats(operation, function.float(-0.0), function.float(.nan), site: site)
        }
        let half = function.havoc(.float(.binary32), site: site)
        for operation in FloatOperator.allCases {
            function.floatArithmetic(operation, .binary64, function.float(0.1), function.float(.infinity), site: site)
        }
        function.floatNegate(half, .binary32, site: site)
        function.convertFloat(half, to: .extended80, site: site)
        function.integerToFloat(one, to: .binary32, site: site)
        function.floatToInteger(half, to: .signed(16), site: site)
        let pointer = function.offset(
            .object(global), by: .register(i), elementSize: -8, isChecked: true, site: site)
        function.offset(pointer, by: one, elementSize: 1, isChecked: false, site: site)
        function.difference(pointer, .object(global), elementSize: 8, site: site)
        function.pointerToInteger(pointer, to: .unsigned(64), site: site)
        function.integerToPointer(one, site: site)
        function.load(.signed(5), from: .object(x), offset: -4, bit: 3, alignment: 4, isVolatile: true, site: site)
        function.load(.pointer, from: pointer, alignment: 1, site: site)
        function.store(.function(other), .pointer, to: .object(x), alignment: 8, site: site)
        function.store(one, .signed(8), to: pointer, offset: 7, alignment: 1, isVolatile: true, site: site)
        function.copy(to: .object(x), from: pointer, count: one, site: site)
        function.fill(pointer, with: one, count: one, site: site)
        function.scramble(pointer, count: one, site: site)
        function.probe(pointer, count: one, site: site)
        let heap = function.allocate(size: .register(i), alignment: 16, site: site)
        function.objectSize(heap, site: site)
        function.free(heap, site: site)
        function.start(vla, size: .register(i), site: site)
        function.end(vla, site: site)
        function.assume(.register(i), under: world, site: site)
        function.check(.register(i), .assertion, site: site)
        function.call(other, [heap, one], result: .float(.binary64), site: site)
        function.call(other, [.null, one, one], site: site)
        function.callPointer(pointer, [.object(x), one], site: site)
        function.callPointer(.function(other), [.null, one], result: .float(.binary64), site: site)
        function.havocMemory(under: world, site: site)
        function.havocMemory(under: world, result: .pointer, site: site)
        let first = function.newBlock()
        let second = function.newBlock()
        let last = function.newBlock()
        function.branch(.register(i), then: first, else: last, site: site)
        function.setCurrent(first)
        function.switchTo(
            .register(i), cases: [(5...9, last), (-2...(-2), second)], default: second, site: site)
        function.setCurrent(second)
        function.labelGoto(.object(labels), labels: labels, targets: [last, second], site: site)
        function.arithmetic(.divide, .signed(32), one, function.integer(0), site: site)
        function.goto(last, site: site)
        function.setCurrent(last)
        function.end(x, site: site)
        let exit = function.newBlock()
        function.branch(one, then: exit, else: exit, site: site)
        function.halt(site: site)
        function.setCurrent(exit)
        function.return(site: site)
        try function.finish()
    }
}
