// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation
import Testing

/// Functions of the C library do under the interpreter what glibc's do: one program for each subject, in `Library`. Where
/// a program has a text of the same name beside it, that is its standard input.
@Suite struct LibraryTests {
    static let subjects = [
        "printf", "scanf", "numbers", "math", "streams", "strings", "time", "files", "signals", "options", "leaving",
        "aborting", "trapping",
    ]

    @Test(arguments: subjects) func doesWhatGlibcDoes(subject: String) throws {
        let library = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Library")
        let source = library.appendingPathComponent(subject + ".c").path
        let input = (try? Data(contentsOf: library.appendingPathComponent(subject + ".txt"))) ?? Data()
        let scratch = try ScratchFolder()
        let program = scratch.file(subject).path
        // Its own inline versions of functions are not what is compared.
        let built = try run(
            "gcc", ["-std=gnu17", "-O1", "-w", "-fno-builtin", source, "-o", program, "-lm"], in: scratch.url)
        try #require(built.status == 0, "\(built.errorText)")
        let environment = ["TZ": "UTC", "LC_ALL": "C"]
        let folders = try ["native", "interpreted"].map { name in
            let folder = scratch.file(name)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            return folder
        }
        let native = try run(program, [], in: folders[0], input: input, environment: environment)
        let interpreted = try run(
            checker, ["run", source], in: folders[1], input: input, environment: environment)
        #expect(interpreted.status == native.status, "\(interpreted.errorText)")
        // Of a signal the interpreter tells.
        if let status = native.status, status < 128 { #expect(interpreted.errorText == native.errorText) }
        let lines = [native, interpreted].map { $0.text.split(separator: "\n", omittingEmptySubsequences: false) }
        for (number, (expected, found)) in zip(lines[0], lines[1]).enumerated() where expected != found {
            Issue.record("line \(number + 1): \(found) instead of \(expected)")
        }
        #expect(lines[0].count == lines[1].count)
        #expect(try contents(of: folders[1]) == contents(of: folders[0]))
    }

    /// The files that a program left, with what they hold.
    private func contents(of folder: URL) throws -> [String: Data] {
        var result: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where !name.hasPrefix(".") {
            result[name] = try Data(contentsOf: folder.appendingPathComponent(name))
        }
        return result
    }
}
