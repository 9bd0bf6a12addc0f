// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import Foundation
import Testing

/// Real programs, where they have been fetched.
@Suite struct CorpusTests {
    static let programs = [
        "zlib-uncompress", "zlib-example", "bzip2-decompress", "bzip2-main", "cjson-parse", "lua-main",
    ]

    static func directory(_ program: String) -> String {
        let cache =
            ProcessInfo.processInfo.environment["XDG_CACHE_HOME"]
            ?? FileManager.default.homeDirectoryForCurrentUser.path + "/.cache"
        return cache + "/ai-check/corpus/" + program
    }

    @Test(arguments: programs) func everyConstructIsKnown(program: String) throws {
        let directory = Self.directory(program)
        guard FileManager.default.fileExists(atPath: directory) else { return }
        let commands = try CompilationDatabase.load(directory: directory).commands
        for result in parseAll(commands) {
            let unit = try result.get()
            #expect(unit.unknownConstructs.map(\.name) == [], "\(unit.command.file)")
            _ = visit(unit)
        }
    }
}
