// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import Foundation
import Lowering
import ProgramIR
import Testing

/// The expressions that sites quote.
@Suite struct SourceTextTests {
    /// The expressions of all sites of a program in a file on disk.
    private func expressions(_ text: String) throws -> Set<String> {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).c")
        try text.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        var options = LoweringOptions()
        options.entry = "f"
        let program = try lower(units: [try parseTranslationUnit(CompileCommand(file: file.path))], options: options)
            .program
        #expect(program.violations() == [])
        return Set(program.sites.map { program.strings[Int($0.expression)] })
    }

    @Test func expressionsAreQuotedInOneLine() throws {
        let found = try expressions("int f(int *a, int i) {\n  return a[i // the next\n    + 1] / i;\n}")
        #expect(found.contains("a[i + 1] / i") && found.contains("a[i + 1]"))
    }

    @Test func parenthesesBelongToTheirOperands() throws {
        #expect(try expressions("int f(int a, int b) { return (a + b) * (a - b); }").contains("(a + b) * (a - b)"))
    }

    @Test func macrosAreQuotedAsTheyAreCalled() throws {
        let found = try expressions(
            "#define SQUARE(x) ((x) * (x))\n#define ONE 1\nint f(int a) { return SQUARE(a + ONE) << ONE; }")
        #expect(found.contains("SQUARE(a + ONE)") && found.contains("SQUARE(a + ONE) << ONE"))
        // What stands in an argument is quoted alone.
        let argument = try expressions("#define SQUARE(x) ((x) * (x))\nint f(int a) { return SQUARE(a / 7); }")
        #expect(argument.contains("a / 7") && argument.contains("SQUARE(a / 7)"))
    }

    @Test func literalsEndAtTheirQuotes() throws {
        let found = try expressions(#"int g(const char *s); int f(void) { return g("(\")") / g("b" "c"); }"#)
        #expect(found.contains(#"g("(\")") / g("b" "c")"#))
    }

    @Test func longExpressionsAreCut() throws {
        let found = try expressions(
            "int f(int number) { return \(Array(repeating: "number", count: 20).joined(separator: " + ")); }")
        #expect(found.allSatisfy { $0.count <= 60 } && found.contains { $0.hasSuffix("...") })
    }
}
