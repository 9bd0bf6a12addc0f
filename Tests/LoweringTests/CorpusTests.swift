// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import Foundation
import Lowering
import ProgramIR
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

    @Test(arguments: programs) func nothingButAssemblyIsUnsupported(program: String) throws {
        let directory = Self.directory(program)
        guard FileManager.default.fileExists(atPath: directory) else { return }
        let commands = try CompilationDatabase.load(directory: directory).commands
        let units = try parseAll(commands).map { try $0.get() }
        var options = LoweringOptions()
        for lowersAll in [false, true] {
            options.lowersUnreachableFunctions = lowersAll
            let result = try lower(units: units, options: options)
            let foreign = result.unsupported.filter {
                $0.construct != "inline assembly" && !$0.construct.hasPrefix("call of ")
            }
            #expect(foreign == [])
            #expect(result.linkProblems == [])
            #expect(ObligationTable(of: result.program).obligations.count > 100)
            let count = result.program.functions.reduce(0) { $0 + $1.instructions.count }
            let assumptions = result.program.assumptions.count
            print(
                program, "functions", result.program.functions.count, "instructions", count, "assumptions", assumptions,
                "unsupported", result.unsupported.count)
            let violations = result.program.violations()
            #expect(violations.count == 0, "\(violations.prefix(5).map(\.description))")
        }
    }
}
