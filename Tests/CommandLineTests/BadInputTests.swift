// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle
import Foundation
import Testing

@testable import ai_check

/// What is wrong with C sources and compile commands is said with its place, and the exit code is 2.
@Suite struct BadInputTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("int main(void) { return 0; }\n", to: "a.c")
    }

    private func check(_ arguments: String...) throws -> ProgramRun {
        try CommandLineTests.run("ai-check", arguments, in: folder)
    }

    private func database(_ commands: String) throws -> ProgramRun {
        try folder.write(commands.replacing("FOLDER", with: folder.path), to: "compile_commands.json")
        return try check("-p", ".")
    }

    @Test(arguments: [
        "-fopenmp", "-fblocks", "-funsigned-bitfields", "-fsingle-precision-constant", "-m32",
        "--target=arm-linux-gnueabi", "-xc++",
    ])
    func flagsThatCannotBeHonouredAreRefused(_ flag: String) throws {
        let run = try check("a.c", "--", flag)
        #expect(run.status == 2)
        #expect(run.error.hasPrefix("ai-check: a.c: "), "\(run.error)")
        #expect(run.output.isEmpty)
    }

    @Test(arguments: [
        ("", "not valid JSON"), ("[", "compile_commands.json:1:"), ("\u{0}", "not valid JSON"), ("{}", "an array"),
        ("[1]", "entry 1: not an object"), ("[{}]", "entry 1: \"file\" is missing"), ("[]", "no compile command"),
        ("[{\"file\": \"a.c\", \"directory\": \"FOLDER\"}]", "neither \"arguments\" nor \"command\""),
        ("[{\"file\": \"a.c\", \"directory\": 7, \"command\": \"cc a.c\"}]", "\"directory\" is missing or no string"),
        ("[{\"file\": \"a.c\", \"directory\": \"FOLDER\", \"command\": \"cc 'a.c\"}]", "unclosed quote"),
        ("[{\"file\": \"a.c\", \"directory\": \"FOLDER\", \"command\": \"cc -c\"}]", "names no source file"),
        ("[{\"file\": \"a.c\", \"directory\": \"FOLDER\", \"command\": \"cc a.c b.c\"}]", "several source files"),
        (
            "[{\"file\": \"b.c\", \"directory\": \"FOLDER\", \"command\": \"cc -c b.c\"}]",
            "b.c: the input cannot be read"
        ),
        (
            "[{\"file\": \"a.c\", \"directory\": \"FOLDER/x\", \"command\": \"cc -c a.c\"}]",
            "FOLDER/x in which it is compiled"
        ),
        ("[{\"file\": \"a.s\", \"directory\": \"FOLDER\", \"command\": \"cc -c a.s\"}]", "the input is not C"),
        ("[{\"file\": \"a.cc\", \"directory\": \"FOLDER\", \"command\": \"cc -c a.cc\"}]", "the input is not C"),
        ("[{\"file\": \"a.c\", \"directory\": \"FOLDER\", \"command\": \"cc -c a.c -include\"}]", "lacks its argument"),
    ])
    func databasesAreReadStrictly(_ text: String, _ message: String) throws {
        try folder.write("", to: "a.s")
        try folder.write("int f();", to: "a.cc")
        let run = try database(text)
        #expect(run.status == 2, "\(run.output)")
        #expect(run.error.contains(message.replacing("FOLDER", with: folder.path)), "\(run.error)")
    }

    @Test func deepDatabasesAreRefused() throws {
        let run = try database(String(repeating: "[", count: 100_000))
        #expect(run.status == 2)
        #expect(run.error.contains("compile_commands.json:1:"))
    }

    @Test func numbersThatAreTooLargeAreMistakesOfTheSource() throws {
        try folder.write("int main(void) { return 340282366920938463463374607431768211456; }\n", to: "n.c")
        let number = try check("n.c")
        #expect(number.status == 2)
        #expect(number.error.contains("n.c:1:25: error: integer literal is too large"))
        try folder.write("char a[1ul << 60][1ul << 60]; int main(void) { return 0; }\n", to: "n.c")
        let array = try check("n.c")
        #expect(array.status == 2)
        #expect(array.error.contains("n.c:1:"))
    }

    @Test func whatIsNoTextIsRefused() throws {
        try Data([0x7F, 0x45, 0x4C, 0x46, 0, 0xFF, 0xFE]).write(to: URL(fileURLWithPath: folder.path + "/b.c"))
        #expect(try check("b.c").status == 2)
        try folder.write("", to: "empty.c")
        let empty = try check("empty.c")
        #expect(empty.status == 2)
        #expect(empty.error.contains("there is no function 'main'"))
    }

    @Test func objectFilesAreNoSources() throws {
        try Data([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0]).write(to: URL(fileURLWithPath: folder.path + "/b.o"))
        let run = try check("b.o")
        #expect(run.status == 2)
        #expect(run.error.contains("b.o: is no C source file"), "\(run.error)")
    }

    @Test func functionsThatNothingDefinesAreNamed() throws {
        try folder.write("int twice(int);\nint main(void) {\n    return twice(2);\n}\n", to: "u.c")
        let run = try check("u.c")
        #expect(
            run.error.contains("note: 'twice' is not defined in the program (called at u.c:3:12): it may change any"),
            "\(run.error)")
        try folder.write("int twice(int a) { return a; }\n", to: "v.c")
        #expect(try !check("u.c", "v.c").error.contains("not defined"))
    }

    @Test func outputsThatCannotBeWrittenAre2() throws {
        try #require(check("keygen").status == 0)
        let report = try check("a.c", "--json", "nowhere/r.json")
        #expect(report.status == 2)
        #expect(report.error.contains("nowhere/r.json: cannot be written"))
        let bundle = try check("bundle", "a.c", "-o", "nowhere/x.aibundle", "--key", "key.pem")
        #expect(bundle.status == 2)
        #expect(bundle.output.isEmpty)
        let key = try check("keygen", "--key", "nowhere/k.pem", "--public", "p.pem")
        #expect(key.status == 2)
        #expect(!folder.has("p.pem"))
        let half = try check("keygen", "--key", "k.pem", "--public", "nowhere/p.pem")
        #expect(half.status == 2)
        #expect(!folder.has("k.pem"))
        let full = try check("a.c", "--json", "/dev/full")
        #expect(full.status == 2)
        #expect(full.error.contains("/dev/full: cannot be written: the disk is full"), "\(full.error)")
    }

    @Test func theSameFileTwiceIsOneUnit() throws {
        #expect(try check("a.c", "a.c").status == 0)
    }
}
