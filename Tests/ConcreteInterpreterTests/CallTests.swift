// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ConcreteInterpreter
import ProgramIR
import Testing

/// Calls through pointers.
@Suite struct CallTests {
    /// Whether the execution comes to its end: it divides by zero where it finds anything but what it should.
    private func succeeds(_ text: String, externals: [FunctionID: String] = [:]) throws -> Bool {
        let program = try Program(parsing: text)
        #expect(program.violations() == [])
        let machine = try Machine(
            program, externals: externals, library: LibraryState(arguments: ["program"]),
            choices: SeededChoices(seed: 0))
        if case .exited = machine.run() { return true }
        return false
    }

    #if arch(x86_64) || arch(i386)
    /// Constants are binary64 in the IR, and which function is called is not known before.
    @Test func aConstantIsPassedInTheFormatOfTheParameter() throws {
        let text = """
            air 1
            entry &0
            site @0 "a":1:1
            func &0.start() @0 {
              var %0: ptr
              var %1...%3: i32
            block0:
              %0 = move &1 @0
              %1 = callPointer %0(1.5, 10, 0.5) @0
              %2 = compareIntegers.equal %1, 12 @0
              %3 = divide.i32 1, %2 @0
              halt @0
            }
            func &1.sum(%0: f80, %1: i32, %2: f64) -> i32 @0 {
              var %3...%4: f80
              var %5...%6: i32
            block0:
              %3 = convertFloat.f80 %2 @0
              %4 = floatArithmetic.add.f80 %0, %3 @0
              %5 = floatToInteger.i32 %4 @0
              %6 = add.i32 %5, %1 @0
              return %6 @0
            }
            """
        #expect(try succeeds(text))
    }

    @Test func aConstantIsPassedToTheLibraryInTheFormatOfTheParameter() throws {
        let text = """
            air 1
            entry &0
            site @0 "a":1:1
            func &0.start() @0 {
              var %0: ptr
              var %1: f80
              var %2...%4: i32
            block0:
              %0 = move &1 @0
              %1 = callPointer %0(-2.0) @0
              %2 = floatToInteger.i32 %1 @0
              %3 = compareIntegers.equal %2, 2 @0
              %4 = divide.i32 1, %3 @0
              halt @0
            }
            func &1.fabsl(%0: f80) -> f80 @0 {
            block0:
              return %0 @0
            }
            """
        #expect(try succeeds(text, externals: [1: "fabsl"]))
    }
    #endif
}
