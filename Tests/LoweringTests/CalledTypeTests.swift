// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR
import Testing

/// Which functions a call through a pointer is checked not to go to: those whose C type is not compatible (C11 6.2.7,
/// 6.7.6.3p15), though the IR's is.
struct CalledTypeTests {
    /// The number of checks in f, which calls through p; g is the function whose address is taken.
    private func checks(_ types: String, called: String, call: String, defined: String) throws -> Int {
        let caller = "void *taken; \(types) extern void *where(void); void f(void) { \(called) = where(); \(call); }"
        let other =
            "\(types) \(defined) __attribute__((constructor)) static void take(void) { extern void *taken; taken = (void *)g; }"
        let result = try lowered(units: [caller, other])
        return try result.opcodes(of: "f").filter { $0 == .check }.count
    }

    @Test func compatibleTypesNeedNoCheck() throws {
        for (types, called, call, defined) in [
            ("", "int (*p)(int)", "p(1)", "int g(const int a) { return a; }"),
            (
                "struct s { int a; struct s *next; };", "int (*p)(struct s *)", "p(0)",
                "int g(struct s *q) { return !q; }"
            ),
            ("enum e { A };", "int (*p)(enum e)", "p(0)", "int g(unsigned e) { return e > 0; }"),
            ("", "int (*p)(int (*)[])", "p(0)", "int g(int (*q)[3]) { return !q; }"),
            ("", "int (*p)()", "p(1)", "int g(int a) { return a; }"),
            ("", "int (*p)()", "p((void *)0)", "int g(char *q) { return !q; }"),
            ("", "int (*p)(int, double)", "p(1, 2)", "int g(c, x) char c; float x; { return c + (x > 0); }"),
        ] {
            #expect(
                try checks(types, called: called, call: call, defined: defined) == 0, "\(called) calls \(defined)")
        }
    }

    @Test func othersAreChecked() throws {
        for (types, called, call, defined) in [
            ("", "int (*p)(void *)", "p(0)", "int g(char *q) { return !q; }"),
            ("", "int (*p)(char *)", "p(0)", "int g(const char *q) { return !q; }"),
            ("", "void (*p)(int)", "p(1)", "int g(int a) { return a; }"),
            ("", "int (*p)(long)", "p(1)", "int g(long long a) { return a > 0; }"),
            ("", "int (*p)(int *)", "p(0)", "int g(unsigned *q) { return !q; }"),
            (
                "struct s { int a; }; struct t { int a; };", "int (*p)(struct s)", "p((struct s){1})",
                "int g(struct t q) { return q.a; }"
            ),
            ("", "int (*p)()", "p((int *)0)", "int g(char *q) { return !q; }"),
            ("", "int (*p)(int (*)(void))", "p(0)", "int g(int (*q)(int)) { return !q; }"),
        ] {
            #expect(
                try checks(types, called: called, call: call, defined: defined) == 1, "\(called) calls \(defined)")
        }
    }

    @Test func recordsOfTwoUnitsAreComparedByTheirMembers() throws {
        func checks(_ mine: String, _ yours: String) throws -> Int {
            let caller = "\(mine) extern int (*where(void))(struct s *); void f(void) { where()(0); }"
            let other = """
                \(yours) static int g(struct s *q) { return !q; }
                int (*where(void))(struct s *) { return g; }
                """
            return try lowered(units: [caller, other]).opcodes(of: "f").filter { $0 == .check }.count
        }
        #expect(try checks("struct s { int a; };", "struct s { int a; };") == 0)
        #expect(try checks("struct s;", "struct s { int a; };") == 0)
        #expect(try checks("struct s { int a; };", "struct s { int b; };") == 1)
        #expect(try checks("struct s { int a; };", "struct s { unsigned a; };") == 1)
        #expect(try checks("struct s { int a : 3; };", "struct s { int a : 4; };") == 1)
    }
}
