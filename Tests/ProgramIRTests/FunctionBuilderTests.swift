// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR
import Testing

@Suite struct FunctionBuilderTests {
    let program = ProgramBuilder()
    let site: SiteID
    let function: FunctionBuilder

    init() {
        site = program.site(file: "a.c", line: 1, column: 1)
        function = FunctionBuilder(program.declareFunction("f", site: site), in: program)
    }

    @Test func constantsAndSitesAreInterned() {
        #expect(program.integer(7) == program.integer(7))
        #expect(program.integer(7) != program.integer(8))
        #expect(program.float(0.0) != program.float(-0.0))
        #expect(program.float(.nan) == program.float(.nan))
        #expect(program.site(file: "a.c", line: 1, column: 1) == site)
        #expect(program.string("") == 0)
        #expect(program.string("\u{E9}") != program.string("e\u{301}"))
    }

    @Test func codeAfterATerminatorStartsABlockThatNothingReaches() throws {
        let x = function.local(name: "x", size: 4, alignment: 4, site: site)
        function.start(x, site: site)
        function.return(site: site)
        function.arithmetic(.divide, .signed(32), function.integer(1), function.integer(0), site: site)
        function.return(site: site)
        let built = try function.finish()
        #expect(built.blocks.count == 2)
        #expect(built.targets.isEmpty)
        #expect(built.code(of: 1).map(\.opcode) == [.arithmetic])
        #expect(Array(built.live[built.blocks[1].live.range]) == [x])
    }

    @Test func blocksThatNobodyUsesVanish() throws {
        let unused = function.newBlock()
        let next = function.newBlock()
        function.goto(next, site: site)
        function.setCurrent(next)
        function.return(site: site)
        let built = try function.finish()
        #expect(unused < next)
        #expect(built.blocks.count == 2)
        #expect(built.targets == [1])
    }

    @Test func aBlockWithoutAnEndIsReported() {
        let next = function.newBlock()
        function.goto(next, site: site)
        #expect(throws: BuilderFailure.unterminatedBlock(function: "f", block: next)) { try function.finish() }
    }

    @Test func aFunctionWithoutABodyIsReported() throws {
        let missing = program.declareFunction("g", site: site)
        function.call(missing, [], site: site)
        function.return(site: site)
        try function.finish()
        #expect(throws: BuilderFailure.undefinedFunction(name: "g")) { try program.finish(entry: function.id) }
        #expect(throws: BuilderFailure.missingEntry) { try program.finish(entry: 2) }
    }

    @Test func theFirstJumpDecidesWhatIsAliveInABlock() {
        let x = function.local(name: "x", size: 4, alignment: 4, site: site)
        let y = function.local(name: "y", size: 4, alignment: 4, site: site)
        let next = function.newBlock()
        #expect(function.live(of: next) == nil)
        function.start(y, site: site)
        function.start(x, site: site)
        #expect(function.live == [x, y])
        function.goto(next, site: site)
        #expect(function.live(of: next) == [x, y])
        let scope = function.newBlock(live: [y, x])
        function.setCurrent(scope)
        function.end(x, site: site)
        #expect(function.live == [y])
        function.setCurrent(next)
        #expect(function.live == [x, y])
        function.setCurrent(scope)
        #expect(function.live == [y])
    }

    @Test func adjustingEndsWhatGoesAndStartsWhatComes() {
        let objects = (0..<3).map { function.local(name: "\($0)", size: 4, alignment: 4, site: site) }
        function.start(objects[0], site: site)
        function.start(objects[1], site: site)
        function.adjustLive(to: [objects[2], objects[1]], site: site)
        #expect(function.live == [objects[1], objects[2]])
    }

    @Test func edgesCrossScopesAlsoToLabelsThatComeLater() throws {
        let outer = function.local(name: "outer", size: 4, alignment: 4, site: site)
        let inner = function.local(name: "inner", size: 4, alignment: 4, site: site)
        let label = function.newBlock()
        let out = function.newBlock(live: [])
        function.start(outer, site: site)
        function.branch(
            function.integer(1), then: function.edge(to: label, site: site), else: function.edge(to: out, site: site),
            site: site)
        function.start(inner, site: site)
        function.goto(label, site: site)
        function.setCurrent(label)
        #expect(function.live == [outer, inner])
        #expect(function.edge(to: label, site: site) == label)
        function.end(inner, site: site)
        function.end(outer, site: site)
        function.goto(function.edge(to: out, site: site), site: site)
        function.setCurrent(out)
        function.return(site: site)
        try function.finish()
        let program = try program.finish(entry: function.id)
        #expect(program.violations() == [])
        let intoScope = program.functions[0].successors(of: 0)[0]
        #expect(program.functions[0].code(of: intoScope).map(\.opcode) == [.start])
        let outOfScope = program.functions[0].successors(of: 0)[1]
        #expect(program.functions[0].code(of: outOfScope).map(\.opcode) == [.end])
    }

    @Test func casesAreSorted() throws {
        let blocks = (0..<3).map { _ in function.newBlock() }
        function.switchTo(
            function.integer(4), cases: [(5...5, blocks[0]), (-1...1, blocks[1])], default: blocks[2], site: site)
        for block in blocks {
            function.setCurrent(block)
            function.return(site: site)
        }
        try function.finish()
        let built = try program.finish(entry: function.id)
        #expect(Array(built.functions[0].successors(of: 0)) == [2, 1, 3])
        #expect(built.functions[0].cases.map { built.integers[Int($0.lower)] } == [-1, 5])
    }

    @Test func theFinishedProgramIsInNormalForm() throws {
        let built = try SampleProgram.everything()
        #expect(built.normalized() == built)
        #expect(built.strings.first == "")
        #expect(Set(built.integers).count == built.integers.count)
    }
}
