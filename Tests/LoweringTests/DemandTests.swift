// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lowering
import ProgramIR
import Testing

/// Conditions that must hold: assertions and assumptions.
@Suite struct DemandTests {
    static let intrinsics =
        "void __ai_assume(int); void __ai_assert(int); int __ai_any_int(void); _Bool __ai_any_bool(void);\n"

    private func program(_ body: String) throws -> LoweredProgram { try lowered(Self.intrinsics + body) }

    @Test func partsOfConjunctionsAreAssumedOneByOne() throws {
        let result = try program("void f(int x) { __ai_assume(x > 0 && x < 10); }")
        let code = try result.code(of: "f")
        #expect(code.map(\.opcode) == [.compareIntegers, .assume, .compareIntegers, .assume])
        let assumption = result.program.assumptions[Int(code[1].target)]
        #expect(assumption.kind == .userAssumption)
        #expect(result.program.sites[Int(assumption.site)].line == 2)
    }

    @Test func assumptionsBindWhatFollows() throws {
        // Nothing follows a false disjunction; that it does not happen is what the assumption says.
        let function = try program("int f(int x) { __ai_assume(x == 1 || x == 5); return x; }").function("f")
        #expect(function.blocks.contains { $0.terminator.kind == .halt })
        #expect(function.instructions.contains { $0.opcode == .assume && $0.a.kind == .integer })
    }

    @Test func negationsTurnDisjunctionsIntoConjunctions() throws {
        let opcodes = try program("void f(int x) { __ai_assume(!(x < 0 || x > 9)); }").opcodes(of: "f")
        #expect(opcodes.filter { $0 == .assume }.count == 2)
    }

    @Test func assertionsAreOneObligation() throws {
        let result = try program("void f(int x, int y) { __ai_assert((x && y) || x > 3); }")
        #expect(try result.kinds(in: "f") == ["assertion"])
        #expect(try program("void f(void) { __ai_assert(sizeof(int) == 4); }").kinds(in: "f") == ["assertion"])
    }

    @Test func theAssertMacroIsAnAssertion() throws {
        let result = try lowered("#include <assert.h>\nvoid f(int x) { assert(x > 0 && x < 9); }")
        #expect(try result.kinds(in: "f") == ["assertion"])
    }

    @Test func competitionNamesAreUnderstood() throws {
        let text = """
            extern int __VERIFIER_nondet_int(void); extern _Bool __VERIFIER_nondet_bool(void);
            extern void abort(void); void reach_error() {}
            int f(void) {
              int x = __VERIFIER_nondet_int();
              if (x > 3) reach_error();
              if (!__VERIFIER_nondet_bool()) abort();
              return x;
            }
            """
        let result = try lowered(text)
        #expect(try result.kinds(in: "f") == ["assertion"])
        #expect(try result.calls(from: "f") == [])
    }

    @Test func anyTruthValueIsZeroOrOne() throws {
        let code = try program("_Bool f(void) { return __ai_any_bool(); }").code(of: "f")
        #expect(code.first?.opcode == .havoc && code.first?.type == .unsigned(1))
    }
}
