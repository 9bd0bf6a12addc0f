// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import Foundation
import Lowering
import ProgramIR
import Testing

/// Every fixture lowers to a well-formed program that has an obligation wherever a run fails.
@Suite struct FixtureLoweringTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures/C").path

    static let fixtures: [String] = {
        let files = FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? []
        return files.filter { $0.hasSuffix(".c") }.sorted()
    }()

    @Test(arguments: fixtures) func bugsAreObligations(path: String) throws {
        let file = Self.folder + "/" + path
        let result = try lower(units: [
            try parseTranslationUnit(CompileCommand(file: file, flags: ["-I" + Self.folder]))
        ])
        let violations = result.program.violations()
        #expect(violations.isEmpty, "\(violations.prefix(3).map(\.description))")

        var found: Set<String> = []
        for obligation in ObligationTable(of: result.program).obligations {
            let site = result.program.sites[Int(obligation.site)]
            if result.program.strings[Int(site.file)] == file { found.insert("\(site.line): \(obligation.kind.name)") }
        }
        let missing = try Self.bugs(of: file).filter { !found.contains($0) }
        #expect(missing == [])
        if !path.hasPrefix("unsupported/") { #expect(result.unsupported == []) }
    }

    /// The obligations that a run breaks, as "line: kind".
    private static func bugs(of file: String) throws -> [String] {
        var result: [String] = []
        let text = try String(contentsOfFile: file, encoding: .utf8)
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            for part in line.components(separatedBy: "// ").dropFirst() {
                let words = part.split(separator: ":", maxSplits: 1)
                guard words.count == 2, words[0] == "bug" else { continue }
                for kind in words[1].split(separator: ",") {
                    result.append("\(index + 1): \(kind.trimmingCharacters(in: .whitespaces))")
                }
            }
        }
        return result
    }
}
