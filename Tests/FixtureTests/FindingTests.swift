// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Analyzer
import CSyntax
import CertificateChecker
import CertificateEmitter
import Foundation
import Lowering
import ProgramIR
import Testing

/// What the analysis says of an obligation that is not proved: why, and whether it fails whenever execution comes there.
struct FindingTests {
    private struct Case {
        let kind: String
        let fails: Bool
        /// Part of the reason.
        let words: String
        let body: String
    }

    private static let cases: [Case] = [
        Case(kind: "division-by-zero", fails: true, words: "0", body: "int z = 0; return 7 / z;"),
        Case(
            kind: "division-by-zero", fails: false, words: "the divisor may be 0 (it is -2147483648 to 2147483647)",
            body: "return 7 / any();"),
        Case(kind: "division-by-zero", fails: true, words: "0", body: "int z = 0; return 7 % z;"),
        Case(kind: "invalid-shift", fails: true, words: "the shift count is 40", body: "int n = 40; return 1 << n;"),
        Case(kind: "invalid-shift", fails: true, words: "the shift count is 32", body: "int n = 32; return 1 >> n;"),
        Case(kind: "invalid-shift", fails: false, words: "the shift count may be", body: "return 1 >> any();"),
        Case(
            kind: "invalid-shift", fails: false, words: "the value shifted may be negative",
            body: "return any() << 1;"),
        Case(
            kind: "invalid-shift", fails: false, words: "beyond a 32-bit signed integer",
            body: "int x = any(); return x < 0 ? 0 : x << 1;"),
        Case(
            kind: "signed-overflow", fails: false, words: "the result may be -2147483647 to 2147483648",
            body: "return any() + 1;"),
        Case(
            kind: "signed-overflow", fails: true, words: "the result is at least 2147483648",
            body: "int x = 2147483647; return x + 1;"),
        Case(
            kind: "signed-overflow", fails: false, words: "the dividend may be",
            body: "int d = any(); return d == 0 ? 0 : any() % d;"),
        Case(kind: "null-dereference", fails: true, words: "may be NULL", body: "int (*f)(void) = 0; return f();"),
        Case(
            kind: "null-dereference", fails: false, words: "may be NULL",
            body: "int (*f)(void) = any() ? any : 0; return f();"),
        Case(
            kind: "null-dereference", fails: false, words: "may be NULL",
            body: "int v = 1, *p = any() ? &v : 0; return *p;"),
        Case(kind: "null-dereference", fails: true, words: "may be NULL", body: "int *p = 0; return *p;"),
        Case(
            kind: "out-of-bounds-read", fails: true, words: "reads 4 bytes at offset 8, `a` has 8 bytes",
            body: "int a[2] = {0}, i = 2; return a[i];"),
        Case(
            kind: "out-of-bounds-read", fails: false, words: "reads 4 bytes at an offset from 0 to 12, `a` has 8 bytes",
            body: "int a[2] = {0}; return a[any() & 3];"),
        Case(
            kind: "out-of-bounds-write", fails: true, words: "writes 4 bytes at offset -4, `a` has 8 bytes",
            body: "int a[2], i = -1; a[i] = 1; return 0;"),
        Case(
            kind: "uninitialized-read", fails: false, words: "before it is given a value",
            body: "int x; if (any()) x = 1; return x + 1;"),
        Case(
            kind: "float-to-int", fails: false, words: "outside of the range of the integer type",
            body: "double d = any(); return (short)d;"),
        Case(
            kind: "vla-size", fails: false, words: "the number of elements may be -2147483648 to 2147483647",
            body: "int n = any(); char a[n]; return sizeof a > 5;"),
        // Two functions may be called: what fails behind one of them need not fail behind the other.
        Case(
            kind: "division-by-zero", fails: false, words: "the divisor may be 0",
            body: "int (*f)(void) = any() ? zero : any; int d = f(); return 7 / d;"),
        Case(
            kind: "division-by-zero", fails: false, words: "the divisor may be 0",
            body: "int (*f)(void) = any() ? any : zero; int d = f(); return 7 / d;"),
        Case(
            kind: "division-by-zero", fails: false, words: "the divisor may be 0",
            body: "int (*f)(void) = any() ? zero : one; int d = f(); return 7 / d;"),
        Case(
            kind: "division-by-zero", fails: false, words: "the divisor may be 0",
            body: "int (*f)(void) = any() ? one : zero; int d = f(); return 7 / d;"),
        Case(
            kind: "null-dereference", fails: false, words: "may be NULL",
            body: "int *(*f)(void) = any() ? none : some; return *f();"),
        Case(
            kind: "null-dereference", fails: false, words: "may be NULL",
            body: "int *(*f)(void) = any() ? none : perhaps; return *f();"),
        Case(
            kind: "null-dereference", fails: false, words: "may be NULL",
            body: "int *(*f)(void) = any() ? none : late; return *f();"),
        Case(
            kind: "null-dereference", fails: true, words: "may be NULL",
            body: "int *(*f)(void) = any() ? none : nil; return *f();"),
        Case(
            kind: "division-by-zero", fails: true, words: "0",
            body: "int (*f)(void) = any() ? zero : nought; int d = 0; return f() + 7 / d;"),
        // A distance of 0 violates nothing.
        Case(
            kind: "pointer-arithmetic", fails: false, words: "may be NULL",
            body: "char *p = 0; p = p + any(); return p != 0;"),
        Case(
            kind: "pointer-arithmetic", fails: true, words: "may be NULL",
            body: "char *p = 0; int d = (any() & 3) + 1; p = p + d; return p != 0;"),
        // What is certainly outside need be neither unaligned nor freed.
        Case(
            kind: "misaligned-access", fails: false, words: "may not be a multiple of 4",
            body: "char a[8] = {0}; return ((int *)a)[-1];"),
        Case(
            kind: "use-after-free", fails: false, words: "may have been freed",
            body: "char *p = __builtin_malloc(4), *q = p; if (!p) return 1; if (any()) __builtin_free(p); return q[4];"),
    ]

    @Test(arguments: cases.indices) func findingsSayWhyAndWhetherAlways(_ number: Int) throws {
        let sample = Self.cases[number]
        let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent("finding-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("a.c")
        let source =
            "int __ai_any_int(void);\nstatic int any(void) { return __ai_any_int(); }\n"
            + "static int zero(void) { return 0; }\nstatic int nought(void) { return 0; }\n"
            + "static int one(void) { return 1; }\nstatic int v;\nstatic int *perhaps(void) { return any() ? &v : 0; }\n"
            + "static int *none(void) { return 0; }\nstatic int *nil(void) { return 0; }\n"
            + "static int *some(void) { return &v; }\nstatic int *late(void) { return any() ? &v : 0; }\n"
            + "int *(*const pointers[5])(void) = {perhaps, none, nil, some, late};\n"
            + "int (*const functions[4])(void) = {any, zero, nought, one};\nint main(void) {\n\(sample.body)\n}\n"
        try Data(source.utf8).write(to: file)
        let unit = try parseTranslationUnit(CompileCommand(file: file.path, flags: ["-std=gnu17"]))
        let program = try lower(units: [unit]).program
        let analysis = ProgramAnalysis(program)
        analysis.run()
        let emission = emit(analysis)
        let claims = try check(program: program.encoded(), certificate: emission.certificate)
        #expect(emission.gaps == 0)
        let open = claims.obligations.filter { $0.verdict == .unproved && $0.kind == sample.kind }
        #expect(open.count == 1, "\(sample.body): \(open)")
        for obligation in open {
            let finding = try #require(emission.findings[Int32(obligation.id)], "\(sample.body)")
            #expect(finding.alwaysFails == sample.fails, "\(sample.body): \(finding.message)")
            #expect(finding.message.contains(sample.words), "\(sample.body): \(finding.message)")
        }
    }
}
