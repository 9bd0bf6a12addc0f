// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lowering
import ProgramIR
import Testing

/// What runs before and after the program's first function, and what functions outside of the program do.
@Suite struct EntryTests {
    @Test func mainGetsItsArguments() throws {
        let result = try lowered("int main(int argc, char **argv) { return argc; }", entry: "main")
        #expect(try result.calls(from: "(entry)").map { $0.prefix { $0 != "@" } } == ["__ai_start", "main"])
        #expect(result.statements(.entryState).count == 1)
    }

    @Test func withoutArgumentsNothingIsSetUp() throws {
        let result = try lowered("int main(void) { return 0; }", entry: "main")
        #expect(try result.calls(from: "(entry)") == ["main"])
        #expect(result.program.functions.count == 2)
    }

    @Test func registeredFunctionsRunAtTheEnd() throws {
        let result = try lowered(
            """
            #include <stdlib.h>
            void last(void) {}
            __attribute__((constructor)) void first(void) {}
            __attribute__((destructor)) void final(void) {}
            int main(void) { return atexit(last); }
            """, entry: "main")
        #expect(try result.calls(from: "(entry)").map { $0.prefix { $0 != "@" } } == ["first", "main", "exit"])
        #expect(
            result.functions("exit@").flatMap(\.instructions).contains { instruction in
                instruction.opcode == .call && result.program.functions[Int(instruction.target)].name == "final"
            })
    }

    /// Of what main returns; an entry that returns no status ends the program with success.
    @Test func theProgramEndsWithAStatus() throws {
        let cases: [(type: String, value: String, Int128?)] = [("int", "7", nil), ("void", "", 0), ("long", "7", 0)]
        for (type, value, expected) in cases {
            let result = try lowered(
                """
                #include <stdlib.h>
                void last(void) {}
                \(type) start(void) { atexit(last); return \(value); }
                """, entry: "start")
            let entry = try result.function("(entry)")
            let exit = try #require(entry.instructions.last { $0.opcode == .call })
            #expect(result.program.functions[Int(exit.target)].name.hasPrefix("exit@"))
            let status = try #require(entry.operands[exit.list.range].first)
            #expect(result.constant(status) == expected, "\(type)")
        }
    }

    @Test func otherEntriesTakeAnyArguments() throws {
        let result = try lowered("int f(int *p, int n) { return p[n]; }")
        #expect(try result.opcodes(of: "(entry)") == [.havoc, .havoc, .call])
        #expect(result.statements(.entryState).first?.contains("any values") == true)
    }

    @Test func unreachedFunctionsAreNamedAndLeftOut() throws {
        let result = try lowered(
            "static int g(void) { return 1; } int h(void) { return g(); } int f(void) { return 0; }")
        #expect(result.unreachedFunctions.map(\.name) == ["g", "h"])
        #expect(!result.program.functions.contains { $0.name == "h" })
    }

    @Test func externalFunctionsCallBackWhatIsHandedOut() throws {
        let result = try lowered(
            "static int g(int n) { return 10 / n; } void outside(int (*)(int)); void f(void) { outside(g); }")
        #expect(try result.calls(from: "outside") == ["(callbacks)"])
        #expect(try result.calls(from: "(callbacks)") == ["g"])
        #expect(try result.opcodes(of: "outside").contains(.havocMemory))
        #expect(result.statements(.externalFunction).contains { $0.contains("'outside'") })
    }

    @Test func externalFunctionsCallNothingWhereNothingIsHandedOut() throws {
        #expect(try lowered("int outside(void); int f(void) { return outside(); }").calls(from: "outside") == [])
    }
}
