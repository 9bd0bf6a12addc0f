// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR
import Reporting
import Testing

/// `ai-check run` as a user meets it: its exit codes, and what it says.
struct RunCommandTests {
    private func execute(_ source: String, _ arguments: [String] = []) throws -> ProgramRun {
        let folder = try TemporaryFolder()
        try folder.write(source, to: "program.c")
        return try run("ai-check", ["run", "program.c"] + arguments, in: folder)
    }

    @Test func programsEndWithTheirOwnStatus() throws {
        let ending = try execute("#include <stdio.h>\nint main(void) { printf(\"out\\n\"); return 7; }")
        #expect(ending.status == 7)
        #expect(ending.output == "out\n")
        #expect(ending.error == "")
    }

    @Test func whatFollowsTwoDashesIsForTheProgram() throws {
        let source = "int main(int argc, char **argv) { return argc == 3 && argv[1][0] == '-' ? argv[2][0] : 0; }"
        #expect(try execute(source, ["--", "-x", "A"]).status == 65)
    }

    @Test func undefinedBehaviourIsShownWithValuesAndCalls() throws {
        let ending = try execute(
            """
            static int sum(int a, int b) {
                return a + b;
            }
            int main(void) { return sum(2147483647, 1); }
            """)
        #expect(ending.status == 120)
        for words in [
            "program.c:2:14: error: signed-overflow (CWE-190): 2147483647 + 1 does not fit int", "return a + b;",
            "in sum at", "called from main at program.c:4:",
        ] {
            #expect(ending.error.contains(words), "\(ending.error)")
        }
    }

    @Test func toleratedBehaviourIsAWarning() throws {
        let source = "int main(void) { int a[4]; return a[2] * 0 + (a + 9 != a) + 4; }"
        #expect(try execute(source).status == 120)
        for tolerance in [
            ["--tolerate", "uninitialized-read,pointer-arithmetic"],
            ["--tolerate", "uninitialized-read", "--tolerate", "pointer-arithmetic"],
        ] {
            let ending = try execute(source, tolerance)
            #expect(ending.status == 5, "\(ending.error)")
            #expect(ending.error.contains("warning: uninitialized-read"))
            #expect(ending.error.contains("warning: pointer-arithmetic"))
        }
    }

    @Test func allocaGivesMemory() throws {
        let source = """
            int sum(int n) {
                char *p = 0;
                if (n > 0) p = __builtin_alloca(n);
                for (int i = 0; i < n; i++) p[i] = (char)i;
                return n > 0 ? p[n - 1] + sum(n - 1) : 0;
            }
            int main(void) { return sum(6); }
            """
        #expect(try execute(source).status == 15)
        #expect(try execute(source.replacing("i < n", with: "i <= n")).error.contains("out-of-bounds-write"))
        let analysed = try execute(source, ["--check-analysis"])
        #expect(analysed.status == 0, "\(analysed.error)")
    }

    @Test func whatCannotGoOnSaysWhy() throws {
        let unknown = try execute("int elsewhere(int); int main(void) { return elsewhere(1); }")
        #expect(unknown.status == 121)
        #expect(unknown.error.contains("'elsewhere' is not defined in the program"))
        let endless = try execute("int main(void) { for (;;) {} }", ["--max-steps", "1000"])
        #expect(endless.status == 121)
        #expect(endless.error.contains("more than 1000 steps"))
        let excluded = try execute("void __ai_assume(int); int main(void) { __ai_assume(0); return 1; }")
        #expect(excluded.status == 121)
        #expect(excluded.error.contains("assumption"))
    }

    @Test func mistakesOnTheCommandLineAreWrongUsage() throws {
        for (arguments, words) in [
            (["--tolerate", "use-after-free"], "can be tolerated"), (["--allocation-failures", "2"], "from 0 to 1"),
            (["--inputs", "program.c", "--allocation-failures", "1"], "every allocation finds memory"),
            (["--inputs", "program.c", "--seed", "1"], "--inputs and --seed exclude each other"),
            (["--malloc-succeeds", "--allocation-failures", "1"], "exclude each other"),
        ] {
            let ending = try execute("int main(void) { return 0; }", arguments)
            #expect(ending.status == 64)
            #expect(ending.error.contains(words), "\(ending.error)")
        }
        let missing = try execute("int main(void) { return 0; }", ["--inputs", "nowhere"])
        #expect(missing.status == 2)
        #expect(missing.error.contains("nowhere: the inputs cannot be read"))
    }

    @Test func inputsDecideWhatAnyValuesAre() throws {
        let folder = try TemporaryFolder()
        try folder.write("int __ai_any_int(void); int main(void) { return __ai_any_int() & 0x7f; }", to: "program.c")
        try folder.write("A\0\0\0", to: "inputs")
        #expect(try run("ai-check", ["run", "program.c", "--inputs", "inputs"], in: folder).status == 65)
    }

    @Test func everyKindThatAnExecutionMeetsCanBeReported() {
        for kind in ObligationKind.allCases { #expect(ReportedKind(rawValue: kind.name) != nil, "\(kind.name)") }
    }
}
