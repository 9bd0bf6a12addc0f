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
        let window = SourceExcerpts.window(of: bytes, around: column - 1)
        let start = window.lowerBound > 0 ? "..." : "", end = window.upperBound < bytes.count ? "..." : ""
        // Tabs stay tabs, so that the caret meets its column however wide the terminal draws them.
        let before = start + String(decoding: bytes[window.lowerBound..<(column - 1)], as: UTF8.self)
        return (
            source: margin + start + printable(Array(bytes[window])) + end,
            caret: String(repeating: " ", count: max(6, number.count)) + " | "
                + String(before.map { $0 == "\t" ? $0 : " " }) + "^"
        )
    }

    /// The part of a line to show: lines that people write as a whole, of longer ones what is around the place.
    private static func window(of line: [UInt8], around place: Int) -> Range<Int> {
        guard line.count > 160 else { return 0..<line.count }
        var lower = max(0, place - 50), upper = min(line.count, place + 50)
        // Not inside a character of several bytes.
        while lower > 0, line[lower] & 0xC0 == 0x80 { lower -= 1 }
        while upper < line.count, line[upper] & 0xC0 == 0x80 { upper += 1 }
        return lower..<upper
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
