// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lowering
import ProgramIR
import Testing

/// What is written to memory and registers, and how long memory lives.
@Suite struct StorageTests {
    @Test func bitFieldsGetConvertedValues() throws {
        let result = try lowered("struct s { unsigned a : 3; } g; void f(unsigned x) { g.a = x; }")
        let code = try result.code(of: "f")
        #expect(code.map(\.opcode).prefix(2) == [.convert, .store])
        #expect(code[0].type == .unsigned(3) && code[1].type == .unsigned(3))
    }

    @Test func constantsAreCutToTheBitField() throws {
        let result = try lowered("struct s { int b : 3; } g; void f(void) { g.b = 7; }")
        #expect(try result.constant(result.code(of: "f")[0].b) == -1)
    }

    @Test func truthValuesNeedNoConversion() throws {
        #expect(try lowered("_Bool g; void f(int x) { g = x < 3; }").opcodes(of: "f") == [.compareIntegers, .store])
    }

    @Test func indicesStayInsideTheMember() throws {
        let text = "struct s { int a[4], n; }; void f(struct s *p, unsigned i) { p->a[i] = 1; }"
        #expect(try lowered(text).kinds(in: "f").filter { $0 == "out-of-bounds-write" }.count == 1)
        #expect(try lowered(text).opcodes(of: "f").contains(.check))
        #expect(
            try !lowered("struct s { int a[4], n; }; void f(struct s *p) { p->a[3] = 1; }").opcodes(of: "f").contains(
                .check))
        #expect(
            try !lowered("struct s { int n, a[]; }; void f(struct s *p, int i) { p->a[i] = 1; }").opcodes(of: "f")
                .contains(.check))
    }

    @Test func memoryOfAllocaIsAutomatic() throws {
        let text = """
            char *f(int n) {
              char *p = 0;
              if (n > 0) p = __builtin_alloca(n);
              return p;
            }
            """
        let result = try lowered(text)
        let opcodes = try result.opcodes(of: "f")
        #expect(opcodes.filter { $0 == .start }.count == 2 && opcodes.filter { $0 == .end }.count == 1)
        #expect(!opcodes.contains(.allocate))
        #expect(try result.kinds(in: "f") == ["vla-size"])
    }

    @Test func callsThroughPointersPassTheTypesThatTheyDeclare() throws {
        let result = try lowered("int f(int (*p)(int, long), short x) { return p(x, 1); }")
        let function = try result.function("f")
        let call = try #require(result.code(of: "f").first { $0.opcode == .callPointer })
        let types = function.operands[call.list.range].map { $0.register.map { function.registers[Int($0)] } }
        #expect(types == [.signed(32), .signed(64)])
    }
}
