// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation
import Reporting
import Testing

/// A C program under Tests/Fixtures/C that says what must be found in it. See the README there.
struct Fixture: Sendable, CustomTestStringConvertible {
    let path: String
    let annotations: [Annotation]

    /// Without the folders above the obligation kind's.
    var testDescription: String { path.split(separator: "/").suffix(2).joined(separator: "/") }

    init(path: String) throws {
        self.path = path
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        annotations = try zip(1..., lines).flatMap { number, line in
            try Annotation.all(in: line, number: number)
        }
    }

    static func all() throws -> [Fixture] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Fixtures/C").path
        let files = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return try files.filter { $0.hasSuffix(".c") }.sorted().map { try Fixture(path: root + "/" + $0) }
    }
}

/// One expectation at the end of a line.
struct Annotation: Sendable {
    enum Verdict: String, Sendable {
        case bug, safe, imprecise
    }

    let verdict: Verdict
    let kind: ReportedKind
    let line: Int

    struct UnknownKind: Error, CustomStringConvertible {
        let description: String
    }

    /// `// bug: a, b // safe: c`
    static func all(in text: Substring, number: Int) throws -> [Annotation] {
        var found: [Annotation] = []
        for match in text.matches(of: #/\/\/\s*(bug|safe|imprecise):\s*([a-z\-]+(?:,\s*[a-z\-]+)*)/#) {
            guard let verdict = Verdict(rawValue: String(match.1)) else { continue }
            for name in match.2.split(separator: ",") {
                let name = name.trimmingCharacters(in: .whitespaces)
                guard let kind = ReportedKind(rawValue: name) else {
                    throw UnknownKind(description: "line \(number): \"\(name)\" is no obligation kind")
                }
                found.append(Annotation(verdict: verdict, kind: kind, line: number))
            }
        }
        return found
    }
}
