// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lowering
import ProgramIR
import Testing

/// The policies for what C leaves open: order of evaluation, and copies of indeterminate values.
@Suite struct OrderTests {
    @Test func operandsGoFromLeftToRight() throws {
        let text = "int a(void), b(void), c(void); int g(int, int); int *p(void);\n"
        #expect(try lowered(text + "int f(void) { return a() + b() * c(); }").calls(from: "f") == ["a", "b", "c"])
        #expect(try lowered(text + "int f(void) { return g(b(), a()); }").calls(from: "f") == ["b", "a", "g"])
        #expect(try lowered(text + "void f(void) { *p() = a(); }").calls(from: "f") == ["p", "a"])
        #expect(try lowered(text + "void f(void) { p()[b()] += a(); }").calls(from: "f") == ["p", "b", "a"])
        #expect(
            try lowered(text + "int f(void) { int t[] = {b(), a()}; return t[0]; }").calls(from: "f") == ["b", "a"])
        #expect(
            try lowered(text + "void f(void) {}").statements(.languageSemantics).contains {
                $0.contains("left to right")
            } == true)
    }

    @Test func postfixOperatorsYieldTheOldValue() throws {
        let result = try lowered("int f(int n) { int old = n++; return old; }")
        let code = try result.code(of: "f")
        #expect(code.filter { $0.opcode == .move }.count >= 2)
        #expect(try result.kinds(in: "f") == ["signed-overflow"])
    }

    @Test func structuresAreCopiedWhole() throws {
        let result = try lowered("struct S { int a; char b; }; void f(struct S *p, struct S *q) { *p = *q; }")
        #expect(try result.opcodes(of: "f").filter { $0 == .copy || $0 == .load || $0 == .store } == [.copy])
        #expect(try !result.kinds(in: "f").contains("uninitialized-read"))
    }

    @Test func structuresMustNotOverlapWhereTheyMay() throws {
        for (body, isChecked) in [
            ("*p = *q;", true), ("*p = p[1];", false), ("*p = *p;", false), ("struct S s = *q; *p = s;", false),
            ("static struct S s; *p = s;", true), ("struct S s = *q, t; t = s;", false),
            ("struct S s[4] = {*q}; s[i] = s[i + 1];", false), ("struct S s[4] = {*q}; *p = s[i];", true),
            ("struct S s = *q; p = &s; *p = s;", true),
        ] {
            let result = try lowered("struct S { int a; char b; }; void f(struct S *p, struct S *q, int i) { \(body) }")
            #expect(try result.kinds(in: "f").contains("library-precondition") == isChecked, "\(body)")
        }
    }

    @Test func copyingAnUnsetVariableIsNoUse() throws {
        let copied = "int f(int c) { int x, y; if (c) x = 1; y = x; if (c) return "
        #expect(try lowered(copied + "1; return 0; }").kinds(in: "f") == [])
        #expect(try lowered(copied + "y; return 0; }").kinds(in: "f") == ["uninitialized-read"])
        #expect(
            try lowered("int f(int c) { int x, y; if (c) x = 1; if ((y = x)) return 1; return 0; }")
                .kinds(in: "f") == ["uninitialized-read"])
    }

    @Test func pointersThatAreKeptAreChecked() throws {
        #expect(try lowered("int *f(int *p, int n) { return &p[n]; }").kinds(in: "f") == ["pointer-arithmetic"])
        #expect(
            try !lowered("int f(int *p, int n) { return p[n] + *(p + n); }").kinds(in: "f").contains(
                "pointer-arithmetic"))
        let row = "struct S { int t[4]; }; int *f(struct S *p, int n) { return p[n].t; }"
        #expect(try lowered(row).kinds(in: "f") == ["pointer-arithmetic"])
    }

    @Test func rowsOfVariableSizeAreAligned() throws {
        let result = try lowered("int f(int n, int (*p)[n]) { return p[1][2]; }")
        let load = try #require(try result.code(of: "f").last { $0.opcode == .load })
        #expect(load.alignment == 4)
    }

    @Test func laterChangesDoNotReachEarlierOperands() throws {
        let result = try lowered("int f(int x) { return x * 2 + (x = 3); }")
        let code = try result.code(of: "f")
        let product = try #require(code.first { $0.opcode == .arithmetic })
        let change = try #require(code.firstIndex { $0.opcode == .move && result.constant($0.a) == 3 })
        #expect(code.firstIndex(of: product)! < change)
        let sum = try lowered("int f(int x) { return x + (x = 3); }")
        let moves = try sum.code(of: "f").filter { $0.opcode == .move }
        let add = try #require(try sum.code(of: "f").first { $0.opcode == .arithmetic })
        #expect(moves.count == 3 && add.a.register == moves[1].result)
    }
}
