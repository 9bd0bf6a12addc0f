// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Testing

/// A function with one piece of undefined behaviour in it: `static int plant(int v)` has it for the value `bad` and no
/// other that programs call it with. The line is the one that ends with `PLANT`.
struct PlantedFault: CustomTestStringConvertible, Sendable {
    var name: String
    /// As `ai-check` calls it.
    var kind: String
    /// In front of the function.
    var declarations = ""
    var body: String
    var good: [Int32] = [3, 4, 5]
    var bad: Int32 = 13
    /// Tools that do not find it, or not there, and why.
    var missedBy: [Tool: String] = [:]

    var testDescription: String { name }
}

/// Second opinions: other programs that find undefined behaviour while a program runs.
enum Tool: String, CaseIterable, Sendable {
    /// gcc's address and undefined behaviour sanitizers.
    case gcc
    /// clang's undefined behaviour sanitizer.
    case clang
    case valgrind
}

extension PlantedFault {
    static let all: [PlantedFault] = arithmetic + conversions + bounds + pointers + lifetimes + calls
}

/// Why a kind of tool misses a kind of fault.
private enum Reason {
    static let notMemory = "valgrind looks at memory only"
    static let memory = "clang's undefined behaviour sanitizer does not look at memory"
    static let noPadding = "valgrind knows no bounds of objects on the stack or among globals"
    static let outside = "only accesses are checked, not pointers that leave their objects"
    static let notInC = "falling off the end is checked in C++ only"
    static let values = "sanitizers do not follow which values are set"
}

extension PlantedFault {
    private static func arithmetic(
        _ name: String, _ kind: String, _ body: String, bad: Int32, good: [Int32] = [3, 4, 5]
    )
        -> PlantedFault
    {
        PlantedFault(
            name: name, kind: kind, body: body, good: good, bad: bad, missedBy: [.valgrind: Reason.notMemory])
    }

    static let arithmetic: [PlantedFault] = [
        arithmetic("sum", "signed-overflow", "return v + 2000000000; // PLANT", bad: 1_000_000_000),
        arithmetic("difference", "signed-overflow", "return -2000000000 - v; // PLANT", bad: 1_000_000_000),
        arithmetic("square", "signed-overflow", "return v * v; // PLANT", bad: 70_000),
        arithmetic("negation", "signed-overflow", "return -v; // PLANT", bad: .min),
        arithmetic("increment", "signed-overflow", "int w = v;\nw++; // PLANT\nreturn w;", bad: .max),
        arithmetic(
            "long product", "signed-overflow", "long w = v;\nreturn (int)((w * w * w) % 97); // PLANT", bad: 3_000_000),
        arithmetic("compound", "signed-overflow", "int w = 2147483600;\nw += v; // PLANT\nreturn w;", bad: 48),
        arithmetic("least quotient", "signed-overflow", "return (-2147483647 - 1) / v; // PLANT", bad: -1),
        arithmetic("quotient", "division-by-zero", "return 1000 / v; // PLANT", bad: 0),
        arithmetic("remainder", "division-by-zero", "return 1000 % v; // PLANT", bad: 0),
        arithmetic("unsigned quotient", "division-by-zero", "unsigned w = v;\nreturn 1000u / w; // PLANT", bad: 0),
        arithmetic("large shift", "invalid-shift", "return 1 << v; // PLANT", bad: 32),
        arithmetic("negative count", "invalid-shift", "return (int)(256u >> v); // PLANT", bad: -1),
        arithmetic("negative number", "invalid-shift", "return v << 2; // PLANT", bad: -1),
        arithmetic("lost bits", "invalid-shift", "return v << 20; // PLANT", bad: 5000),
    ]

    static let conversions: [PlantedFault] = [
        PlantedFault(
            name: "large double", kind: "float-to-int", body: "double d = v * 1e9;\nreturn (int)(d / 2); // PLANT",
            missedBy: [.valgrind: Reason.notMemory]),
        PlantedFault(
            name: "negative float", kind: "float-to-int",
            body: "float d = v - 12.5f;\nunsigned char c = d < 0 ? 0 : (unsigned char)(d * 1000); // PLANT\nreturn c;",
            good: [1, 2, 3], missedBy: [.valgrind: Reason.notMemory]),
        PlantedFault(
            name: "array of no length", kind: "vla-size",
            body: "char b[v]; // PLANT\nb[0] = 1;\nreturn b[0] + (int)sizeof b;", bad: 0,
            missedBy: [.valgrind: Reason.notMemory]),
    ]

    private static let bothRead: [Tool: String] = [.valgrind: Reason.noPadding]
    private static let heapOnly: [Tool: String] = [.clang: Reason.memory]

    static let bounds: [PlantedFault] = [
        PlantedFault(
            name: "global index", kind: "out-of-bounds-read", declarations: "static int table[8] = {1, 2, 3};",
            body: "return table[v]; // PLANT", bad: 8, missedBy: bothRead),
        PlantedFault(
            name: "local index", kind: "out-of-bounds-read",
            body: "int a[8] = {1, 2, 3, 4, 5, 6, 7, 8};\nreturn a[v]; // PLANT", bad: 8, missedBy: bothRead),
        PlantedFault(
            name: "local store", kind: "out-of-bounds-write",
            body: "int a[8] = {0};\na[v] = 1; // PLANT\nreturn a[0];", bad: 8, missedBy: bothRead),
        PlantedFault(
            name: "heap read", kind: "out-of-bounds-read",
            body: """
                unsigned char *p = malloc(8);
                if (!p) return 0;
                memset(p, 1, 8);
                int r = p[v]; // PLANT
                free(p);
                return r;
                """, bad: 8, missedBy: heapOnly),
        PlantedFault(
            name: "heap store", kind: "out-of-bounds-write",
            body: """
                short *p = malloc(8 * sizeof *p);
                if (!p) return 0;
                p[v] = 1; // PLANT
                free(p);
                return 1;
                """, bad: 8, missedBy: heapOnly),
        PlantedFault(
            name: "long copy", kind: "out-of-bounds-write",
            body: """
                char *p = malloc(8), q[32] = "some text that is long";
                if (!p) return 0;
                memcpy(p, q, v); // PLANT
                int r = p[0];
                free(p);
                return r;
                """, missedBy: heapOnly),
        PlantedFault(
            name: "string without end", kind: "out-of-bounds-read",
            body: """
                char *p = malloc(6);
                if (!p) return 0;
                memset(p, 'x', 6);
                if (v != 13) p[v] = 0;
                int r = (int)strlen(p); // PLANT
                free(p);
                return r;
                """, missedBy: heapOnly),
        PlantedFault(
            name: "long string", kind: "out-of-bounds-write",
            body: """
                char *p = malloc(8);
                if (!p) return 0;
                strcpy(p, v == 13 ? "12345678" : "1234567"); // PLANT
                int r = p[0];
                free(p);
                return r;
                """, missedBy: heapOnly),
        PlantedFault(
            name: "literal", kind: "write-to-constant", declarations: "static char buffer[8];",
            body: "char *s = v == 13 ? (char *)\"abc\" : buffer;\ns[0] = 'x'; // PLANT\nreturn s[0];",
            missedBy: [.clang: Reason.memory]),
    ]

    static let pointers: [PlantedFault] = [
        PlantedFault(
            name: "null read", kind: "null-dereference", declarations: "static int some = 7;",
            body: "int *p = v == 13 ? 0 : &some;\nreturn *p; // PLANT"),
        PlantedFault(
            name: "null member", kind: "null-dereference",
            declarations: "struct pair { int first, second; };\nstatic struct pair some = {1, 2};",
            body: "struct pair *p = v == 13 ? 0 : &some;\np->second = v; // PLANT\nreturn some.second;"),
        PlantedFault(
            name: "far pointer", kind: "pointer-arithmetic", declarations: "static char bytes[8];",
            body: "char *p = bytes + v; // PLANT\nreturn p == bytes;",
            missedBy: [.gcc: Reason.outside, .clang: Reason.outside, .valgrind: Reason.outside]),
        PlantedFault(
            name: "pointer before", kind: "pointer-arithmetic", declarations: "static int words[8];",
            body: "int *p = words + 4;\np -= v; // PLANT\nreturn p == words;", good: [1, 2, 4], bad: 5,
            missedBy: [.gcc: Reason.outside, .clang: Reason.outside, .valgrind: Reason.outside]),
        PlantedFault(
            name: "order of objects", kind: "pointer-comparison", declarations: "static int one[4], two[4];",
            body: "int *p = v == 13 ? two : one;\nreturn p < one + 2; // PLANT",
            missedBy: [.clang: "it has no such check", .valgrind: Reason.notMemory]),
        PlantedFault(
            name: "distance of objects", kind: "pointer-comparison", declarations: "static int one[4], two[4];",
            body: "int *p = v == 13 ? two + 1 : one + 1;\nreturn p - one == 1; // PLANT",
            missedBy: [.clang: "it has no such check", .valgrind: Reason.notMemory]),
        PlantedFault(
            name: "odd address", kind: "misaligned-access",
            declarations: "static union { int whole[4]; char bytes[16]; } u = {{1, 2, 3, 4}};",
            body: "char *p = u.bytes + (v == 13 ? 1 : 4);\nreturn *(int *)p; // PLANT",
            missedBy: [.valgrind: "the processor allows it"]),
    ]

    static let lifetimes: [PlantedFault] = [
        PlantedFault(
            name: "read after free", kind: "use-after-free",
            body: """
                int *p = malloc(sizeof *p);
                if (!p) return 0;
                *p = v;
                if (v == 13) free(p);
                int r = *p; // PLANT
                free(p);
                return r;
                """, missedBy: heapOnly),
        PlantedFault(
            name: "store after realloc", kind: "use-after-free",
            body: """
                int *p = malloc(4 * sizeof *p), *q;
                if (!p) return 0;
                p[0] = v;
                q = v == 13 ? realloc(p, 4000 * sizeof *p) : p;
                if (!q) return 0;
                p[0] = 1; // PLANT
                free(q);
                return 1;
                """, missedBy: heapOnly),
        PlantedFault(
            name: "end of block", kind: "dangling-pointer", declarations: "static int outside = 1;",
            body: "int *p;\n{ int x = v; p = v == 13 ? &x : &outside; }\nreturn *p; // PLANT",
            missedBy: [.clang: Reason.memory, .valgrind: "the stack is still there"]),
        PlantedFault(
            name: "end of function", kind: "dangling-pointer",
            declarations: """
                static int outside = 1;
                static int *escape(int v) { int x = v; int *p = &x; return v == 13 ? p : &outside; }
                """,
            body: "int *p = escape(v);\nreturn *p; // PLANT",
            missedBy: [.clang: Reason.memory, .valgrind: "what lies below the stack is reported as a later use"]),
        PlantedFault(
            name: "second free", kind: "invalid-free",
            body:
                "char *p = malloc(8);\nif (v != 13) p = (free(p), (char *)0);\nelse free(p);\nfree(p); // PLANT\nreturn 1;",
            missedBy: heapOnly),
        PlantedFault(
            name: "free of a part", kind: "invalid-free",
            body: "char *p = malloc(8);\nif (!p) return 0;\nif (v == 13) p++;\nfree(p); // PLANT\nreturn 1;",
            missedBy: heapOnly),
        PlantedFault(
            name: "free of a variable", kind: "invalid-free",
            body: "int x = v, *p = malloc(4);\nif (v == 13) p = &x;\nfree(p); // PLANT\nreturn x;", missedBy: heapOnly),
        PlantedFault(
            name: "unset variable", kind: "uninitialized-read",
            body: "int x;\nif (v != 13) x = v;\nif (x > 3) return 1; // PLANT\nreturn 2;",
            missedBy: [.gcc: Reason.values, .clang: Reason.values]),
        PlantedFault(
            name: "unset element", kind: "uninitialized-read",
            body: "int a[4];\na[0] = a[1] = 1;\nif (v != 13) a[2] = v;\nif (a[2] > 3) return 1; // PLANT\nreturn 2;",
            missedBy: [.gcc: Reason.values, .clang: Reason.values]),
        PlantedFault(
            name: "unset memory", kind: "uninitialized-read",
            body: """
                struct { int a, b; } *p = malloc(sizeof *p);
                if (!p) return 0;
                p->a = v;
                if (v != 13) p->b = v;
                if (p->b > 3) v = 1; // PLANT
                free(p);
                return v;
                """, missedBy: [.gcc: Reason.values, .clang: Reason.values]),
    ]

    static let calls: [PlantedFault] = [
        PlantedFault(
            name: "wrong type", kind: "invalid-call",
            declarations: "static int one(int a) { return a; }\nstatic int two(int a, long b) { return a; }",
            body: "int (*f)(int) = v == 13 ? (int (*)(int))two : one;\nreturn f(v); // PLANT",
            missedBy: [.gcc: "it has no such check", .valgrind: Reason.notMemory]),
        PlantedFault(
            name: "no value", kind: "missing-return",
            declarations: "static int some(int v) { if (v != 13) return v; } // PLANT", body: "return some(v);",
            missedBy: [.gcc: Reason.notInC, .clang: Reason.notInC, .valgrind: Reason.notMemory]),
        PlantedFault(
            name: "assertion", kind: "assertion", body: "assert(v != 13); // PLANT\nreturn v;"),
        PlantedFault(
            name: "overlap", kind: "library-precondition",
            body: """
                char *p = malloc(32);
                if (!p) return 0;
                memset(p, 'x', 32);
                memcpy(p + (v == 13 ? 4 : 16), p, 8); // PLANT
                int r = p[0];
                free(p);
                return r;
                """, missedBy: [.clang: Reason.memory, .valgrind: "it takes the library's memcpy for memmove"]),
    ]
}
