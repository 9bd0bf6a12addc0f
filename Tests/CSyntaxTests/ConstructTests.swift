// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import Testing

/// Constructs of C11 and the GNU extensions: all are known, and what the lowering needs of them arrives.
@Suite struct ConstructTests {
    @Test func manyConstructsAtOnceAreKnown() throws {
        for text in [Self.extensions, Self.layouts, Self.unusual] {
            let unit = try parse(text)
            #expect(unit.unknownConstructs.map(\.name) == [])
            #expect(visit(unit) > 50)
        }
    }

    static let extensions = #"""
        #include <stdarg.h>
        #include <stddef.h>
        #include <stdatomic.h>
        #define ADD(a,b) ((a)+(b))
        typedef unsigned char u8;
        struct S { int a:3; unsigned b:7; long c; u8 d[4]; union { int i; float f; } u; };
        enum E { A, B = 1 << 5, C_ };
        int g[4] = { [2] = 5, 1 };
        struct S gs = { .c = 3, .u.f = 1.5f, .a = -1 };
        const char str[] = "a\0b\xff";
        static _Atomic int at;
        int vsum(int n, ...) { va_list ap; va_start(ap, n); int s = 0; for (; n > 0; n--) s += va_arg(ap, int); va_end(ap); return s; }
        int f(u8 x, int n, struct S *p) {
          int vla[n];
          p->a = x; p->b += 3;
          x += 300;
          int r = ADD(x, sizeof vla);
          r = _Generic(r, int: 1, default: 2);
          r = ({ int q = r; q * 2; });
          __asm__ volatile("add %1,%0" : "+r"(r) : "r"(n) : "cc", "memory");
          at++; __c11_atomic_fetch_add(&at, 2, 5);
          switch (r) { case 1 ... 4: r = 2; break; default: goto out; }
          r = x ?: 4;
          void *l = &&out; goto *l;
        out: return r + offsetof(struct S, d) + __builtin_expect(n, 1);
        }
        """#

    static let layouts = #"""
        typedef __builtin_va_list va_list;
        typedef unsigned char u8;
        #define MAC(a,b) ((a)+(b))
        struct S { int a:3; unsigned b:7; long c; u8 d[4]; union { int i; float f; } u; };
        struct F { int x; char fl[]; };
        enum E { A, B = 1 << 5 };
        int g[4] = { [2] = 5, 1 };
        struct S gs = { .c = 3, .u.f = 1.5f, .a = -1 };
        const char str[] = "a\0b\xff" "cd";
        int fl(int n) { for (;n;) n--; for (int i=0;;i++) if (i>n) break; return 0; }
        int casts(u8 x, short y, long *p, double d) { x += 300; y = x * d; if (p) return *p; return x < y ? d : 1u; }
        int va(int n, ...) { va_list ap; __builtin_va_start(ap, n); int r = __builtin_va_arg(ap, int); __builtin_va_end(ap); return r; }
        int gen(int r) { return _Generic(r, int: 1, default: 2); }
        int se(int r) { return ({ int q = r; q * 2; }); }
        int as(int r, int n) { __asm__ volatile("add %1,%0" : "+r"(r) : "r"(n) : "cc", "memory"); return r; }
        _Atomic int at;
        int ato(void) { at++; return __c11_atomic_fetch_add(&at, 2, 5) + __c11_atomic_load(&at, 5); }
        int vla(int n) { int v[n][n+1]; return sizeof v + sizeof(int[n]) + _Alignof(long); }
        int sw(int r) { switch (r) { case 1 ... 4: return 2; case B: return 1; default: goto out; } out: return r ?: 4; }
        void *lab(void) { void *l = &&x; goto *l; x: return l; }
        unsigned long off(struct S *p) { return __builtin_offsetof(struct S, d[2]) + (unsigned long)&p->u.i; }
        int cl(void) { struct S *q = &(struct S){ .a = 1 }; int *z = (int[]){1,2,3}; return q->a + z[1]; }
        double lits(void) { return 0x1.8p3 + 1.5e10f + 'a' + L'b' + 0xffffffffffffffffUL + 1e400L; }
        int bt(void) { return __builtin_types_compatible_p(int, long) + __builtin_choose_expr(1, 2, 3.0) + sizeof(__func__) + __builtin_constant_p(3); }
        int mac(int a) { return MAC(a, B) + __LINE__; }
        int ptrs(int (*fp)(int), int *a, int *b) { return fp(3) + (*fp)(4) + (a - b) + a[2] + 2[a] + *(a+1); }
        __attribute__((noreturn)) void die(void);
        int kr(a, b) int a; char b; { return a + b; }
        """#

    static let unusual = #"""
        int s1[6] = { [1 ... 3] = 7 };
        int s2[6] = { [1] = 3, 7 };
        extern int n;
        void f(int x){ for(;x;)x--; }
        void g(int x){ for(x;;)x--; }
        void h(int x){ for(;;x)x--; }
        int t1(int k){ typedef int T[k]; T v; return sizeof v; }
        int t2(char*p,int k){ return sizeof(p) + sizeof *p + _Alignof(int) + sizeof(int[k]); }
        int w = sizeof(L"a\x1234");
        const void *ws = L"a\x1234z";
        const void *us = u8"é\0x";
        __int128 big(void){ return ((__int128)1 << 100) - 1; }
        struct __attribute__((packed)) P { char c; int i; } __attribute__((aligned(16)));
        struct B { int : 3; int x : 4; int : 0; _Bool b : 1; };
        int vol(volatile int *p){ return *p + *p; }
        int comma(int a,int b){ return (a++, b) && !a || ~b; }
        void swp(void){ struct P a = {1,2}, b; b = a; }
        int idx(int n, int a[static 3][n]){ return a[1][2]; }
        int k(void){ extern int ext(); return ext(1, 'c', 2.0f); }
        int nested(int a){ switch(a){ int q; case 1: { case 2: a++; } while(a) { case 3: a--; } } return a; }
        typedef int v4 __attribute__((vector_size(16)));
        v4 vadd(v4 a, v4 b){ return a+b; }
        _Complex double cx(_Complex double z){ return z * 2.0 + __imag__ z; }
        int le(void) { static int z = 3; static const char m[4] = "abcd"; char u[10] = "hi"; return z + m[0] + u[3]; }
        _Thread_local int tls; extern int al __attribute__((alias("tls2"))); int tls2;
        inline int inl(int a){return a;} 
        """#

    @Test func forKeepsItsPartsApart() throws {
        let loop = try body("void f(int x) { for (; x;) x--; }").first(.forStatement)
        #expect(loop.child(0) == nil && loop.child(1) != nil && loop.child(2) == nil)
        let other = try body("void f(int x) { for (x;;) x--; }").first(.forStatement)
        #expect(other.child(0) != nil && other.condition == nil)
    }

    @Test func compoundAssignmentCarriesComputationTypes() throws {
        let node = try body("void f(unsigned char c, long n) { c += n; }").first(.compoundAssignment)
        #expect(node.binaryOperator == .add)
        #expect(node.computationLeftType.name == "long" && node.computationResultType.name == "long")
        #expect(node.type.width == 8)
    }

    @Test func elvisEvaluatesItsOperandOnce() throws {
        let node = try body("int g(void); int f(void) { return g() ?: 4; }").first(.binaryConditional)
        let common = try #require(node.child(0))
        #expect(common.kind == .opaqueValue)
        #expect(Set(node.all(.opaqueValue)) == [common])
        #expect(Set(node.all(.call)).count == 1)
    }

    @Test func bitFieldsHaveOffsetAndWidth() throws {
        let unit = try parse("struct S { int a : 3; unsigned b : 7; int : 0; int c; } s;")
        let fields = try unit.named("S").fields
        #expect(fields.map(\.bitOffset) == [0, 3, 32, 32])
        #expect(fields.map(\.bitWidth) == [3, 7, 0, nil])
    }

    @Test func tablesArePacked() throws {
        let entries = (0..<10_000).map(String.init).joined(separator: ",")
        let unit = try parse("static const unsigned short t[10010] = {\(entries)}; int f(void) { return t[0]; }")
        let table = try unit.named("t")
        #expect(table.initializer == nil)
        guard case .packedArray(let array, let filler) = try #require(table.constantInitializer).form else {
            Issue.record("not packed")
            return
        }
        #expect(array.count == 10_010 && array.explicitCount == 10_000 && array.bytesPerElement == 2)
        #expect(array[9_999].unsigned == 9_999)
        guard case .integer(let rest)? = filler?.form else {
            Issue.record("no filler")
            return
        }
        #expect(rest.unsigned == 0)
    }

    @Test func addressesAreConstants() throws {
        let unit = try parse("int a[9]; int *p = &a[3]; const char *s = \"xy\" + 1; void *n = 0; int (*q)(void);")
        guard case .address(.declaration(let base), offset: 12)? = try unit.named("p").constantInitializer?.form else {
            Issue.record("p")
            return
        }
        #expect(base.name == "a")
        guard case .address(.node(let literal), offset: 1)? = try unit.named("s").constantInitializer?.form else {
            Issue.record("s")
            return
        }
        #expect(literal.stringBytes == Array("xy".utf8))
        #expect(try unit.named("q").definition == .tentative)
    }

    @Test func macrosHaveTwoPlaces() throws {
        let node = try body("#define ADD(a, b) \\\n  ((a) + (b))\nint f(int x) {\n  return ADD(x, 1); }").first(.binary)
        #expect(node.location.expansion.line == 4)
        #expect(node.location.spelling.line == 2)
        #expect(node.location.macro == "ADD")
    }

    @Test func variableArraysKeepTheirSizes() throws {
        let node = try body("unsigned long f(int n) { typedef int T[n]; T v; return sizeof v; }")
        let measured = try node.first(.sizeOrAlignment)
        #expect(measured.constantValue == nil)
        #expect(measured.measuredType.lengthExpression != nil)
        let declared = node.all(.declarationStatement).flatMap(\.declarations)
        #expect(declared[0].type.lengthExpression == declared[1].type.lengthExpression)
    }

    @Test func flagsAreHonouredOrRefused() throws {
        #expect(try parse("int x;", flags: ["-funsigned-char"]).charIsSigned == false)
        #expect(try parse("int x;", flags: ["-fwrapv"]).signedOverflow == .wraps)
        #expect(try parse("int x;", flags: ["-ffast-math"]).hasFastMath)
        #expect(try parse("int x;", flags: ["-fno-tree-vrp-unknown"]).droppedFlags == ["-fno-tree-vrp-unknown"])
        #expect(try parse("enum E { A } e;", flags: ["-fshort-enums"]).named("e").type.size == 1)
        for flags in [["-m32"], ["-mx32"], ["--target=aarch64-linux-gnu"]] {
            #expect(throws: FrontEndError.self) { try parse("int x;", flags: flags) }
        }
        #expect { try parse("int x;", flags: ["-fopenmp"]) } throws: {
            if case FrontEndError.unsupportedFlag = $0 { true } else { false }
        }
        #expect { try parse("int x;", flags: ["-std=nonsense"]) } throws: {
            if case FrontEndError.invalidFlags = $0 { true } else { false }
        }
    }

    @Test func errorsSayWhere() throws {
        #expect { try parse("int x;\nint f( { }") } throws: {
            guard case FrontEndError.syntaxErrors(_, let diagnostics) = $0 else { return false }
            return diagnostics[0].line == 2 && diagnostics[0].file.hasSuffix("test.c")
        }
        #expect { try parseTranslationUnit(CompileCommand(file: "/nowhere/none.c")) } throws: {
            if case FrontEndError.missingInput = $0 { true } else { false }
        }
    }
}
