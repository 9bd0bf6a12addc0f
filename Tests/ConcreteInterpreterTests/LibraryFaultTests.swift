// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ConcreteInterpreter
import ProgramIR
import Testing

/// Calls of library functions that are undefined end the execution, and those next to them that are defined do not.
@Suite struct LibraryFaultTests {
    static let faults: [(body: String, kind: ObligationKind)] = [
        // Strings and their buffers.
        ("char s[2] = { 'a', 'b' }; puts(s);", .outOfBoundsRead),
        ("char s[4]; s[0] = 'a'; puts(s);", .uninitializedRead),
        ("puts(NULL);", .nullDereference),
        ("char *s = malloc(4); strcpy(s, \"abc\"); free(s); puts(s);", .useAfterFree),
        ("return strcmp(\"a\", NULL);", .nullDereference),
        ("char a[2] = { 'a', 'b' }, b[2] = { 'a', 'b' }; return strcmp(a, b);", .outOfBoundsRead),
        ("return memcmp(\"ab\", \"cd\", 4);", .outOfBoundsRead),
        ("return strncmp(NULL, \"a\", 0);", .libraryPrecondition),
        ("char s[3]; return (int)strxfrm(s, \"abc\", 4);", .outOfBoundsWrite),
        ("return strstr(\"a\", NULL) != NULL;", .nullDereference),
        // printf.
        ("printf(\"%d\\n\", 1L);", .invalidCall),
        ("printf(\"%d %d\\n\", 1);", .invalidCall),
        ("printf(\"%s\\n\", (char *)0);", .nullDereference),
        ("printf(\"%.0s\\n\", (char *)0);", .libraryPrecondition),
        ("char s[2] = { 'a', 'b' }; printf(\"%.3s\", s);", .outOfBoundsRead),
        ("printf(\"%f\\n\", 1);", .invalidCall),
        ("printf(\"%y\\n\");", .libraryPrecondition),
        ("printf(\"%\");", .libraryPrecondition),
        ("printf(\"%Ld\", 1);", .libraryPrecondition),
        ("char s[4]; sprintf(s, \"%d\", 1234);", .outOfBoundsWrite),
        ("char s[4]; snprintf(s, 5, \"%d\", 12345);", .outOfBoundsWrite),
        ("char s[9] = \"abc\"; sprintf(s, \"%s\", s);", .libraryPrecondition),
        ("char s[9] = \"abc\"; snprintf(s, 9, \"x%s\", s + 1);", .libraryPrecondition),
        ("printf(\"%n\", (int *)0);", .nullDereference),
        ("fprintf(NULL, \"x\");", .nullDereference),
        // scanf.
        ("char s[4]; scanf(\"%s\", s);", .outOfBoundsWrite),
        ("char s[4]; scanf(\"%4s\", s);", .outOfBoundsWrite),
        ("char s[4]; scanf(\"%4[a-z]\", s);", .outOfBoundsWrite),
        ("sscanf(\"1\", \"%d\", (int *)0);", .nullDereference),
        ("int a; sscanf(\"1 2\", \"%d %d\", &a);", .invalidCall),
        ("char s; sscanf(\"1\", \"%d\", (int *)&s);", .outOfBoundsWrite),
        ("int a; sscanf(\"1\", \"%q\", &a);", .libraryPrecondition),
        ("char s[1] = { '1' }; int a; sscanf(s, \"%d\", &a);", .outOfBoundsRead),
        // Streams.
        ("FILE *f = tmpfile(); fclose(f); fputc('x', f);", .useAfterFree),
        ("FILE *f = tmpfile(); fclose(f); fclose(f);", .useAfterFree),
        ("fclose(stdin); getchar();", .libraryPrecondition),
        ("FILE *f = fopen(\"/nonexistent/file\", \"r\"); getc(f);", .nullDereference),
        ("char s[3]; fgets(s, 8, stdin);", .outOfBoundsWrite),
        ("int a[2]; fread(a, sizeof *a, 3, stdin);", .outOfBoundsWrite),
        ("int a[2] = { 0 }; fwrite(a, sizeof *a, 3, stdout);", .outOfBoundsRead),
        ("int a[2]; a[0] = 1; fwrite(a, sizeof *a, 2, stdout);", .uninitializedRead),
        ("fread(NULL, 0, 1, stdin);", .libraryPrecondition),
        ("char c; fread(&c, (size_t)1 << 63, 4, stdin);", .libraryPrecondition),
        ("{ char b[64]; setvbuf(stdout, b, _IOFBF, sizeof b); } puts(\"x\");", .danglingPointer),
        ("char *line = (char[8]){ 0 }; size_t n = 8; getline(&line, &n, stdin);", .invalidFree),
        // Numbers.
        ("return atoi(\"2147483648\");", .libraryPrecondition),
        ("return (int)strtol(NULL, NULL, 10);", .nullDereference),
        ("char s[2] = { '1', '2' }; return (int)strtol(s, NULL, 10);", .outOfBoundsRead),
        ("char s[3] = { '1', '.', '5' }; return (int)strtod(s, NULL);", .outOfBoundsRead),
        ("return (int)frexp(1.0, NULL);", .nullDereference),
        ("double d; return (int)modf(1.5, (double *)((char *)&d + 4));", .outOfBoundsWrite),
        ("return (isalpha)(300);", .libraryPrecondition),
        // The heap.
        ("int a; realloc(&a, 8);", .invalidFree),
        ("char *p = malloc(8); p = realloc(p + 1, 16);", .invalidFree),
        ("char *p = malloc(8), *q = realloc(p, 16); *p = 1; return q != NULL;", .useAfterFree),
        ("int *p = malloc(sizeof *p); return *p;", .uninitializedRead),
        // Time and signals.
        ("struct tm t; t.tm_year = 100; mktime(&t);", .uninitializedRead),
        ("struct tm t = { .tm_mon = 12 }; asctime(&t);", .libraryPrecondition),
        ("struct tm t = { 0 }; char s[3]; return (int)strftime(s, 8, \"%Y\", &t);", .outOfBoundsWrite),
        ("gmtime(NULL);", .nullDereference),
        ("sigset_t s; sigaddset(&s, SIGINT);", .uninitializedRead),
        ("write(1, \"ab\", 4);", .outOfBoundsRead),
        ("char s[2]; read(0, s, 8);", .outOfBoundsWrite),
    ]

    @Test(arguments: faults) func ends(body: String, kind: ObligationKind) throws {
        let outcome = try execute(main: body, input: "abcdefgh\nsecond line that is long\n")
        #expect(outcome.fault == kind, "\(outcome.stop)")
    }

    static let defined = [
        "char s[2] = { 'a', 'b' }; printf(\"%.2s\", s);",
        "printf(\"%u %x\\n\", 1, -1);",
        "char s[5]; sprintf(s, \"%d\", 1234);",
        "char s[4]; snprintf(s, 4, \"%d\", 12345);",
        "char s[9] = \"abc\"; sprintf(s + 4, \"%s\", s);",
        "char s[4]; scanf(\"%3s\", s);",
        "char s[9]; fgets(s, 9, stdin);",
        "char s[2]; read(0, s, 2);",
        "char c[4]; fread(c, 1, 4, stdin);",
        "char s[3] = { '1', '2', 'x' }; return strtol(s, NULL, 10) != 12;",
        "static char b[64]; setvbuf(stdout, b, _IOFBF, sizeof b); puts(\"x\");",
        "snprintf(NULL, 0, \"%d\", 1);",
        "printf(\"%%%d%%\\n\", 1, 2);",
        "return atoi(\"-2147483648\") == 0;",
    ]

    @Test(arguments: defined) func goesOn(body: String) throws {
        let outcome = try execute(main: body, input: "abcdefgh\nsecond line that is long\n")
        #expect(outcome.status == 0, "\(outcome.stop)")
    }
}
