// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Lines of source files, each file read once.
final class SourceExcerpts {
    private let read: (String) -> [UInt8]?
    private var files: [String: [ArraySlice<UInt8>]] = [:]

    init(read: @escaping (String) -> [UInt8]?) {
        self.read = read
    }

    /// The source line and a caret below `column` (1-based, in bytes), or `nil` if there is no such place.
    func excerpt(_ file: String, line: Int, column: Int) -> (source: String, caret: String)? {
        let lines = lines(of: file)
        guard lines.indices.contains(line - 1), column >= 1 else { return nil }
        let bytes = lines[line - 1].filter { $0 != UInt8(ascii: "\r") }
        guard column <= bytes.count + 1 else { return nil }
        let number = String(line)
        let margin = String(repeating: " ", count: max(0, 6 - number.count)) + number + " | "
        // Tabs stay tabs, so that the caret meets its column however wide the terminal draws them.
        let before = String(decoding: bytes[..<(column - 1)], as: UTF8.self).map { $0 == "\t" ? $0 : " " }
        return (
            source: margin + printable(bytes),
            caret: String(repeating: " ", count: max(6, number.count)) + " | " + String(before) + "^"
        )
    }

    private func lines(of file: String) -> [ArraySlice<UInt8>] {
        if let known = files[file] { return known }
        let bytes = read(file) ?? []
        let lines = bytes.isEmpty ? [] : bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        files[file] = lines
        return lines
    }

    /// Control characters in a source file must not reach the terminal.
    private func printable(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.map { ($0 < 0x20 && $0 != 0x09) || $0 == 0x7F ? UInt8(ascii: "?") : $0 }, as: UTF8.self)
    }
}
