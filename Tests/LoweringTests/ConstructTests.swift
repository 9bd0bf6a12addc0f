// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lowering
import ProgramIR
import Testing

/// What C constructs become. Each expectation names the instruction or obligation that carries the C meaning.
@Suite struct ConstructTests {
    private func kinds(_ text: String) throws -> [String] { try lowered(text).kinds(in: "f") }

    @Test func undefinedBehaviourIsInTheInstructions() throws {
        #expect(try kinds("int f(int a, int b) { return a / b; }") == ["division-by-zero", "signed-overflow"])
        #expect(try kinds("unsigned f(unsigned a, unsigned b) { return a / b + a; }") == ["division-by-zero"])
        #expect(try kinds("int f(int a, int b) { return a << b; }") == ["invalid-shift"])
        #expect(try kinds("int f(double d) { return d; }") == ["float-to-int"])
        #expect(try kinds("int f(int *p, int *q) { return p < q; }") == ["pointer-comparison"])
        #expect(try kinds("int *f(int *p, int i) { return p + i; }") == ["pointer-arithmetic"])
        #expect(try kinds("int f(int a) { if (a) return 1; }") == ["missing-return"])
        #expect(try kinds("void f(int n) { int a[n]; (void)a; }").contains("vla-size"))
        #expect(try kinds("int f(int (*p)(int)) { return p(1); }") == ["invalid-call", "null-dereference"])
    }

    @Test func unusedResultsKeepTheirObligations() throws {
        #expect(try kinds("void f(void) { 1000 / 0; }") == ["division-by-zero", "signed-overflow"])
        #expect(try kinds("void f(int *p) { *p; }").contains("null-dereference"))
    }

    /// An operation on bytes is left out for none, and goes by where there may be none.
    @Test func operationsOnNoBytesHaveNoObligations() throws {
        func program(_ parameters: String, _ length: String) throws -> LoweredProgram {
            try lowered(
                "void __ai_any_bytes(void *, unsigned long); void f(char *p\(parameters)) { __ai_any_bytes(p, \(length)); }"
            )
        }
        let none = try program("", "0"), some = try program("", "4"), any = try program(", unsigned long n", "n")
        #expect(try !none.opcodes(of: "f").contains(Opcode.scramble))
        #expect(try some.opcodes(of: "f").contains(Opcode.scramble))
        #expect(try any.opcodes(of: "f").contains(Opcode.scramble))
        #expect(try some.function("f").blocks.count == 1)
        #expect(try any.function("f").blocks.count > 1)
        #expect(try any.opcodes(of: "f").contains(Opcode.compareIntegers))
    }

    @Test func constantsFoldOnlyWhereNothingCanFail() throws {
        #expect(try kinds("int f(void) { return -1 + 2 * 3; }") == [])
        #expect(try kinds("int f(void) { return 2147483647 + 1; }") == ["signed-overflow"])
        #expect(try lowered("int f(void) { return 2147483647 + 1; }", flags: ["-fwrapv"]).kinds(in: "f") == [])
    }

    @Test func variablesThatMayBeUnsetAreFlagged() throws {
        #expect(try kinds("int f(int c) { int x; if (c) x = 1; else x = 2; return x; }") == [])
        #expect(try kinds("int f(int c) { int x; if (c) x = 1; return x; }").contains("uninitialized-read"))
        // A jump back to the declaration makes the value indeterminate again.
        #expect(
            try kinds("int f(int c) { { int x; if (c > 1) return x; x = c; } return 0; }").contains(
                "uninitialized-read"))
    }

    @Test func lifetimesFollowScopes() throws {
        let opcodes = try lowered(
            "void g(int *); void f(int n) { while (n--) { int x = n; g(&x); if (n == 3) break; } }"
        )
        .opcodes(of: "f")
        #expect(opcodes.filter { $0 == .start }.count == 1)
        #expect(opcodes.filter { $0 == .end }.count == 2)
    }

    @Test func jumpsIntoScopesStartTheirObjects() throws {
        _ = try lowered(
            """
            void g(int *);
            int f(int n) {
              switch (n) { int x; case 1: g(&x); { int y; case 2: g(&y); } default: break; }
              if (n) goto inside;
              { int z[2]; inside: g(z); if (z[0]) goto inside; }
              return 0;
            }
            """)
    }

    @Test func switchesKeepRanges() throws {
        let function = try lowered(
            "int f(int n) { switch (n) { case -1: return 1; case 3 ... 9: return 2; } return 0; }"
        )
        .function("f")
        #expect(function.cases.count == 2)
        #expect(function.blocks.contains { $0.terminator.kind == .switch })
    }

    @Test func bitFieldsAreCells() throws {
        let function = try lowered("struct S { int a : 3; unsigned b : 7; }; void f(struct S *p) { p->b = 1; }")
            .function("f")
        let store = try #require(function.instructions.first { $0.opcode == .store })
        #expect(store.bit == 3 && store.type == .unsigned(7))
    }

    @Test func constantObjectsAreReadOnly() throws {
        let program = try lowered("const int t[3] = {1, 2}; char *f(void) { return t[0] ? \"x\" : 0; }").program
        #expect(program.objects.filter { $0.kind == .constant }.map(\.size).sorted() == [2, 12])
    }

    @Test func computedGotosNameTheirLabels() throws {
        let program = try lowered(
            "int f(int k) { static void *t[] = { &&a, &&b }; goto *t[k]; a: return 1; b: return 2; }"
        ).program
        #expect(program.objects.contains { $0.kind == .labels && $0.size == 2 })
    }

    @Test func unknownConstructsAreAlarms() throws {
        let result = try lowered("typedef int V __attribute__((vector_size(16))); V f(V a, V b) { return a + b; }")
        #expect(!result.unsupported.isEmpty && result.unsupported.allSatisfy { !$0.construct.isEmpty })
        #expect(try result.kinds(in: "f").contains("unsupported"))
        let shuffled = try lowered(
            "typedef int V __attribute__((vector_size(16)));"
                + "V f(V a) { return __builtin_shufflevector(a, a, 0, 1, 2, 4); }")
        #expect(shuffled.unsupported.map(\.construct) == ["expression of type vector[4] of int"])
        let assembly = try lowered("void f(void) { __asm__ volatile(\"nop\"); __asm__ volatile(\"\"); }")
        #expect(assembly.unsupported.map(\.construct) == ["inline assembly"])
    }

    @Test func entryMustExist() throws {
        #expect(throws: (any Error).self) { try lowered("int g;", entry: "main") }
    }
}
