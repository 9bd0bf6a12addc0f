// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR
import Testing

@Suite struct ControlFlowTests {
    /// Functions by name of what they do; blocks by their terminators.
    static let text = """
        air 1
        entry &0
        site @0 "a":1:1
        object $0 global size 16 align 8 @0 {
          bit 0 ptr [&3]
        }
        func &0.start() @0 {
          var %0: ptr
        block0: branch 1, block1, block2 @0
        block1: goto block3 @0
        block2: switch 5 [5: block3], block3 @0
        block3: branch 1, block1, block4 @0
        block4:
          call &1() @0
          %0 = move &2 @0
          halt @0
        block5: goto block4 @0
        }
        func &1.called() @0 {
        block0:
          call &1() @0
          return @0
        }
        func &2.named(%0: ptr) @0 {
        block0:
          callPointer %0(&5) @0
          return @0
        }
        func &3.initial() @0 {
        block0: return @0
        }
        func &4.unused() @0 {
        block0:
          call &6() @0
          return @0
        }
        func &5.argument() @0 {
        block0: return @0
        }
        func &6.unusedToo() @0 {
        block0: return @0
        }
        """

    @Test func predecessorsAreListedOnce() throws {
        let program = try Program(parsing: Self.text)
        #expect(program.violations() == [])
        let flow = ControlFlow(of: program.functions[0])
        #expect((0..<6).map { Array(flow.predecessors(of: $0)) } == [[], [0, 3], [0], [1, 2], [3, 5], []])
    }

    @Test func reversePostOrderPutsBlocksBeforeTheirSuccessors() throws {
        let function = try Program(parsing: Self.text).functions[0]
        let flow = ControlFlow(of: function)
        #expect(flow.reversePostOrder == [0, 2, 1, 3, 4])
        #expect(flow.positions == [0, 2, 1, 3, 4, -1])
        #expect(!flow.isReachable(5))
    }

    @Test func longChainsDoNotExhaustTheStack() throws {
        let builder = ProgramBuilder()
        let site = builder.site(file: "a", line: 1, column: 1)
        let function = FunctionBuilder(builder.declareFunction("m", site: site), in: builder)
        for _ in 0..<100_000 {
            let next = function.newBlock()
            function.goto(next, site: site)
            function.setCurrent(next)
        }
        function.halt(site: site)
        let built = try function.finish()
        #expect(ControlFlow(of: built).reversePostOrder == Array(0...100_000))
    }

    @Test func reachableFunctionsAreCalledOrNamed() throws {
        let program = try Program(parsing: Self.text)
        #expect(program.reachableFunctions() == [0, 1, 2, 3, 5])
        #expect(program.addressTakenFunctions() == [2, 3, 5])
    }
}
