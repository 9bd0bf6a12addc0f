// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation
import Testing

/// Real programs do under the interpreter what they do natively, byte for byte.
///
/// Some have undefined behaviour that compiled code survives: bzip2's sorting and zlib's compression read memory that they
/// have not written, and Lua computes a register's address before it knows whether the instruction has that register. The
/// interpreter says where, and is told to go on.
@Suite struct WholeProgramTests {
    /// Text that compresses, and bytes that do not.
    private static let sample: Data = {
        var data = Data()
        var state: UInt32 = 1
        for line in 0..<200 { data.append(Data("line \(line % 17) of a text that repeats itself\n".utf8)) }
        for _ in 0..<4000 {
            state = state &* 1_664_525 &+ 1_013_904_223
            data.append(UInt8(truncatingIfNeeded: state >> 24))
        }
        return data
    }()

    @Test func bzip2CompressesAndDecompresses() throws {
        let program = CorpusProgram("bzip2-main"), scratch = try ScratchFolder()
        let native = try program.build(in: scratch)
        let compressed = try run(native, ["-z", "-c"], in: scratch.url, input: Self.sample)
        #expect(compressed.status == 0)
        // What is short is sorted by another function, which reads bits behind those that it has cleared.
        let stopped = try program.interpret(["-z", "-c"], in: scratch.url, input: Self.sample.prefix(5000))
        #expect(stopped.status == 120)
        #expect(stopped.errorText.contains("uninitialized-read"))
        let interpreted = try program.interpret(
            ["-z", "-c"], tolerating: ["uninitialized-read"], in: scratch.url, input: Self.sample)
        #expect(interpreted.status == 0, "\(interpreted.errorText)")
        #expect(interpreted.output == compressed.output)
        let restored = try program.interpret(["-d", "-c"], in: scratch.url, input: compressed.output)
        #expect(restored.status == 0, "\(restored.errorText)")
        #expect(restored.output == Self.sample)
    }

    /// As a user would: files by name, and what goes wrong with them.
    @Test func bzip2WorksOnFiles() throws {
        let program = CorpusProgram("bzip2-main"), scratch = try ScratchFolder()
        let native = try program.build(in: scratch)
        for (folder, isNative) in [("native-files", true), ("interpreted-files", false)] {
            let place = scratch.file(folder)
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            try Self.sample.write(to: place.appendingPathComponent("sample"))
            let arguments = ["-k", "-9", "sample", "missing"]
            let ending =
                isNative
                ? try run(native, arguments, in: place)
                : try program.interpret(arguments, tolerating: ["uninitialized-read"], in: place)
            #expect(ending.status == 1, "\(ending.errorText)")
            #expect(ending.errorText.contains("missing"))
        }
        let files = try ["native-files", "interpreted-files"].map {
            try Data(contentsOf: scratch.file($0).appendingPathComponent("sample.bz2"))
        }
        #expect(files[0] == files[1])
    }

    @Test func zlibPassesItsOwnTest() throws {
        let program = CorpusProgram("zlib-example"), scratch = try ScratchFolder()
        let native = try run(try program.build(in: scratch), [], in: scratch.url)
        let interpreted = try program.interpret([], tolerating: ["uninitialized-read"], in: scratch.url)
        #expect(interpreted.status == 0, "\(interpreted.errorText)")
        #expect(interpreted.text == native.text)
        #expect(interpreted.text.contains("inflate with dictionary: hello, hello!"))
    }

    static let scripts = ["arithmetic", "closures", "coroutines", "errors", "strings", "tables"]

    @Test(arguments: scripts) func luaRunsScripts(script: String) throws {
        let program = CorpusProgram("lua-main"), scratch = try ScratchFolder()
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Lua/\(script).lua")
        try FileManager.default.copyItem(at: file, to: scratch.file("script.lua"))
        let native = try run(try program.build(in: scratch), ["script.lua", "a", "b"], in: scratch.url)
        let interpreted = try program.interpret(
            ["script.lua", "a", "b"], tolerating: ["pointer-arithmetic"], in: scratch.url)
        #expect(native.status == 0, "\(native.errorText)")
        #expect(interpreted.status == 0, "\(interpreted.errorText)")
        #expect(interpreted.text == native.text)
        #expect(native.text.count > 100)
    }

    static let documents = [
        #"{"name": "value", "list": [1, 2.5, -3e10, 0.1, 1e-7], "nested": {"a": null, "b": true, "c": false}}"#,
        #"["\u00e4\u20ac\ud83d\ude00", "tab\tquote\"backslash\\", "", [], {}, [[[[]]]]]"#,
        #"{"numbers": [0, -0, 123456789012345678901234567890, 2147483647, -2147483648, 3.141592653589793]}"#,
        #"{"broken": [1, 2"#, "", "nonsense",
    ]

    @Test(arguments: documents) func cJSONRoundTrips(document: String) throws {
        let program = CorpusProgram("cjson-roundtrip"), scratch = try ScratchFolder()
        let input = Data(document.utf8)
        let native = try run(try program.build(in: scratch), [], in: scratch.url, input: input)
        let interpreted = try program.interpret([], in: scratch.url, input: input)
        #expect(interpreted.status == native.status, "\(interpreted.errorText)")
        #expect(interpreted.text == native.text)
    }
}
