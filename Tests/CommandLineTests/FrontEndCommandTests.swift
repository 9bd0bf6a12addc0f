// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation
import Testing

@testable import ai_check

/// `ai-check` on C that it can or cannot read, up to the audit IR.
@Suite struct FrontEndCommandTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func check(_ arguments: String...) throws -> ProgramRun {
        try CommandLineTests.run("ai-check", arguments, in: folder)
    }

    @Test func lowerPrintsTheProgram() throws {
        try folder.write("int twice(int x);\nint main(void) { return twice(VALUE); }\n", to: "a.c")
        try folder.write("int twice(int x) { return x * 2; }\n", to: "b.c")
        let run = try check("lower", "a.c", "b.c", "--", "-DVALUE=21")
        #expect(run.status == 0, "\(run.error)")
        #expect(run.output.hasPrefix("air 1\n"))
        #expect(run.output.contains("multiply.i32"))
        #expect(run.output.contains("21"))
    }

    @Test func mistakesInCAreReportedWithTheirPlaces() throws {
        try folder.write("int main(void) {\n    return x;\n}\n", to: "a.c")
        try folder.write("int f(void) { return 1 }\n", to: "b.c")
        let run = try check("a.c", "b.c")
        #expect(run.status == 2)
        #expect(run.error.contains("a.c:2:12: error: use of undeclared identifier 'x'"))
        #expect(run.error.contains("b.c:1:23: error:"))
    }

    @Test func aProgramNeedsOneEntry() throws {
        try folder.write("int f(void) { return 0; }\n", to: "a.c")
        let none = try check("lower", "a.c")
        #expect(none.status == 2)
        #expect(none.error == "ai-check: there is no function 'main' to start with; name another one with --entry: f\n")
        #expect(try check("lower", "a.c", "--entry", "f").status == 0)
        try folder.write("static int f(void) { return 0; }\n", to: "s.c")
        #expect(try check("lower", "s.c").error.contains("the sources define no function that others can call"))
        try folder.write("int f(void) { return 1; }\n", to: "b.c")
        let two = try check("lower", "a.c", "b.c", "--entry", "f")
        #expect(two.status == 2)
        #expect(two.error.contains("'f' is defined more than once"))
        #expect(two.error.contains("b.c:1:5"))
    }

    /// A setting that cannot be honoured is refused: a report under another setting would be wrong.
    @Test func whatIsNotAvailableIsRefused() throws {
        try folder.write("int main(void) { return 0; }\n", to: "a.c")
        let library = try check("lower", "a.c", "--library")
        #expect(library.status == 2)
        #expect(library.error.contains("--library is not available"))
        try folder.write("{\"optionalChecks\": [\"memory-leak\"]}", to: "c.json")
        let leak = try check("lower", "a.c", "--config", "c.json")
        #expect(leak.status == 2)
        #expect(leak.error.contains("memory-leak is not available"))
    }

    @Test func aBuildFolderGivesItsCommands() throws {
        try folder.write("int main(void) { return VALUE; }\n", to: "a.c")
        let command = """
            {"directory": "\(folder.path)", "file": "a.c", "arguments": ["cc", "-DVALUE=3", "-c", "a.c"]}
            """
        // The same command twice is one translation unit.
        try folder.write("[\(command), \(command)]", to: "compile_commands.json")
        #expect(try check("lower", "-p", ".").status == 0)
        try folder.write("[]", to: "compile_commands.json")
        let empty = try check("lower", "-p", ".")
        #expect(empty.status == 2)
        #expect(empty.error.contains("there is no compile command"))
        try folder.write("[{]", to: "compile_commands.json")
        #expect(try check("lower", "-p", ".").error.contains("compile_commands.json:1:"))
    }
}
