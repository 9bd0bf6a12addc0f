// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Testing

/// What `ai-check run` says of how an execution ends: why, where, and by which calls.
struct RunEndingTests {
    private func execute(_ source: String, _ arguments: [String] = []) throws -> ProgramRun {
        let folder = try TemporaryFolder()
        try folder.write(source, to: "program.c")
        return try run("ai-check", ["run", "program.c"] + arguments, in: folder)
    }

    /// Programs with how they end and what is said of it.
    private static let endings: [(source: String, status: Int32, words: [String])] = [
        (
            "#include <stdlib.h>\nint main(void) {\n    abort();\n}", 134,
            ["program.c:3:5: stopped: the program was ended by signal 6 (SIGABRT)"]
        ),
        ("int main(void) {\n    __builtin_trap();\n}", 132, ["program.c:2:5: ", "signal 4 (SIGILL)"]),
        (
            "int twice(int);\nstatic int f(void) { return\n    twice(2); }\nint main(void) { return f(); }", 121,
            ["'twice' is not defined in the program (called at program.c:3:5)", "in f at", "called from main at"]
        ),
        (
            "static int f(int n) { return n == 0 ? 0 : 1 + f(n + 1); }\nint main(void) { return f(1); }", 121,
            [
                "program.c:1:47: ", "nested too deeply: more than 131071", "in f at",
                "called from main at program.c:2:25",
            ]
        ),
        ("int main(void) {\n    __asm__(\"nop\");\n}", 121, ["program.c:2:5: ", "not supported: inline assembly"]),
        (
            "#include <pthread.h>\nint main(void) { return pthread_create(0, 0, 0, 0); }", 121,
            ["cannot go on: not supported: call of pthread_create: other threads and processes are not modelled"]
        ),
        (
            "int main(int argc, char **argv) {\n    if (argc > 0) __builtin_unreachable();\n}", 120,
            ["__builtin_unreachable was reached"]
        ),
        (
            "#include <string.h>\nint main(void) { char a[9] = { 0 }; memcpy(a, a + 1, 4); }", 120,
            ["library-precondition (CWE-628): memcpy: the objects overlap", "in memcpy at program.c:2:37"]
        ),
        (
            "#include <stdlib.h>\nint main(void) { int x; free(&x); }", 120,
            ["invalid-free (CWE-590): the address of 'x'"]
        ),
        (
            "#include <stdlib.h>\nint main(void) { char *p = malloc(3); free(p); free(p); }", 120,
            ["invalid-free (CWE-415): ", "a second time"]
        ),
        (
            "#include <stdlib.h>\nint main(void) { char *p = malloc(3); free(p + 1); }", 120,
            ["invalid-free (CWE-761): byte 1 of "]
        ),
    ]

    @Test(arguments: endings)
    func isSaidWithItsPlace(_ source: String, _ status: Int32, _ words: [String]) throws {
        let ending = try execute(source)
        #expect(ending.status == status)
        for words in words { #expect(ending.error.contains(words), "\(ending.error)") }
    }

    @Test func endlessLoopsEndWhereTheyAre() throws {
        let ending = try execute(
            "static void spin(void) {\n    for (;;) {}\n}\nint main(void) { spin(); }", ["--max-steps", "1000"])
        #expect(ending.status == 121)
        for words in ["program.c:2:", "more than 1000 steps", "in spin at", "called from main at program.c:4:18"] {
            #expect(ending.error.contains(words), "\(ending.error)")
        }
    }

    /// Models are written in functions that no program calls.
    @Test func callsOfTheLibraryHaveItsNames() throws {
        let ending = try execute(
            "#include <string.h>\nint main(void) { char a[3] = { 1, 2, 3 }; return strlen(a); }")
        #expect(ending.status == 120)
        #expect(ending.error.contains("in strlen at program.c:2:50\n    called from main at"), "\(ending.error)")
        #expect(!ending.error.contains("@") && !ending.error.contains("ai_"))
    }

    /// What an execution does with what it does not support is no matter of chance.
    @Test func unsupportedConstructsEndEveryExecution() throws {
        for seed in 0..<8 {
            #expect(try execute("int main(void) { __asm__(\"nop\"); }", ["--seed", "\(seed)"]).status == 121)
        }
    }

    @Test func variablesWithoutValueAreNamedAndTolerated() throws {
        let source = """
            int main(int argc, char **argv) {
                int x, *p;
                if (argc > 1) x = 3;
                if (argc > 1) p = &argc;
                if (x > 2) return 7;
                return p == &argc ? 6 : 5;
            }
            """
        let ending = try execute(source)
        #expect(ending.status == 120)
        #expect(
            ending.error.contains("program.c:5:9: error: uninitialized-read (CWE-457): 'x' was never given a value"))
        let tolerated = try execute(source, ["--tolerate", "uninitialized-read"])
        #expect(tolerated.status == 5, "\(tolerated.error)")
        for words in ["program.c:5:9: warning: ", "'x' was never given", "program.c:6:12: warning: ", "'p' was never"] {
            #expect(tolerated.error.contains(words), "\(tolerated.error)")
        }
        #expect(try execute(source, ["--tolerate", "pointer-comparison"]).status == 120)
        #expect(try execute(source, ["--", "argument"]).status == 7)
    }
}
