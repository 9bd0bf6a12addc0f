// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ConcreteInterpreter
import Testing

/// The standard streams of an execution are its own, and an execution does not depend on when it takes place.
@Suite struct StreamTests {
    @Test func standardInputIsWhatItIsGiven() throws {
        let outcome = try execute(
            main: "int c; while ((c = getchar()) != EOF) putchar(c + 1); fputs(\"done\", stderr);", input: "HAL\n")
        #expect(outcome.output == "IBM\u{b}")
        #expect(outcome.errors == "done")
        #expect(outcome.status == 0)
    }

    @Test func descriptorsAndStreamsShareFiles() throws {
        let outcome = try execute(
            main: """
                char s[4] = { 0 };
                read(0, s, 3);
                printf("%s", s);
                fflush(stdout);
                write(1, "-", 1);
                puts("end");
                """, input: "abcdef")
        #expect(outcome.output == "abc-end\n")
    }

    @Test func whatIsNotFlushedComesAtTheEnd() throws {
        let outcome = try execute(main: "printf(\"first\"); write(1, \"second \", 7);")
        #expect(outcome.output == "second first")
    }

    @Test func aProgramMayReplaceTheVariable() throws {
        let outcome = try execute(main: "stdout = stderr; printf(\"there\"); puts(\"\");")
        #expect(outcome.output == "")
        #expect(outcome.errors == "there\n")
    }

    @Test func descriptorsAreNumberedFromThree() throws {
        let outcome = try execute(
            main: "int f = dup(1); close(f); printf(\"%d %d %d\", f, fileno(tmpfile()), close(77)); return errno;")
        #expect(outcome.output == "3 3 -1")
    }

    @Test func timePassesBySleepingOnly() throws {
        let outcome = try execute(
            main: """
                time_t t = time(NULL);
                printf("%ld ", (long)t);
                sleep(5);
                printf("%ld", (long)(time(NULL) - t));
                """)
        #expect(outcome.output == "946684800 5")
    }

    /// Whatever the seed: the library leaves nothing open.
    @Test(arguments: [0, 1, 2, 3, 4] as [UInt64]) func seedsDoNotMatter(seed: UInt64) throws {
        let program = """
            #include <stdio.h>
            #include <stdlib.h>
            #include <string.h>
            #include <errno.h>
            int main(void)
            {
                char *copy = strdup("text");
                printf("%d %d %d ", strcmp("a", "b"), rand(), atoi("12"));
                printf("%s %s %d\\n", copy, strstr(copy, "x"), errno);
                free(copy);
                return 7;
            }
            """
        let outcome = try execute(program, seed: seed)
        #expect(outcome.output == "-1 1804289383 12 text xt 0\n")
        #expect(outcome.status == 7)
    }
}
