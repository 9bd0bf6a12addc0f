// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import Foundation

/// The text of expressions, as messages quote it. Each file is read once; one that cannot be read has no text.
final class SourceText {
    private var files: [String: SourceFile?] = [:]
    /// Longer expressions are cut.
    private static let longest = 60
    /// Ranges over more lines are taken for macros that begin and end in different places.
    private static let mostLines = 6

    /// The C expression in one line; empty where its text is not in one piece.
    func expression(_ node: Node) -> String {
        guard node.isExpression, node.begin.isKnown, node.end.isKnown else { return "" }
        let (begin, end, place) = (node.begin, node.end, node.location)
        // All in one place: as it is spelled, also in the arguments of a macro. Else with the whole call of the macro.
        if begin.macro == end.macro, begin.macro == nil || begin.expansion == end.expansion,
            begin.spelling.file == begin.expansion.file, begin.spelling <= place.spelling,
            place.spelling <= end.spelling,
            let text = text(begin.spelling, end.spelling, isCall: false, in: node.unit)
        {
            return text
        }
        let from = begin.macro == nil ? begin.spelling : begin.expansion
        let to = end.macro == nil ? end.spelling : end.expansion
        return text(from, to, isCall: end.macro != nil, in: node.unit) ?? ""
    }

    private func text(
        _ begin: Location.Position, _ end: Location.Position, isCall: Bool, in unit: TranslationUnit
    ) -> String? {
        guard begin <= end, end.line - begin.line < Self.mostLines, let file = file(begin.file, unit),
            let first = file.offset(begin), let last = file.offset(end),
            let range = file.balanced(first..<max(first, file.endOfToken(last, isCall: isCall)))
        else { return nil }
        let text = file.oneLine(range)
        if text.isEmpty { return nil }
        return text.count <= Self.longest ? text : text.prefix(Self.longest - 3) + "..."
    }

    private func file(_ name: String, _ unit: TranslationUnit) -> SourceFile? {
        let path = name.hasPrefix("/") ? name : unit.command.directory.map { $0 + "/" + name } ?? name
        if let known = files[path] { return known }
        let file = FileManager.default.contents(atPath: path).map { SourceFile([UInt8]($0)) }
        files[path] = .some(file)
        return file
    }
}

extension Location.Position {
    /// In one file, at or before.
    fileprivate static func <= (a: Self, b: Self) -> Bool {
        a.file == b.file && (a.line, a.column) <= (b.line, b.column)
    }
}

/// The bytes of a source file, and where its lines begin.
private struct SourceFile {
    let bytes: [UInt8]
    private let lines: [Int]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        lines = [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    }

    func offset(_ position: Location.Position) -> Int? {
        guard lines.indices.contains(position.line - 1), position.column > 0 else { return nil }
        let offset = lines[position.line - 1] + position.column - 1
        return offset < bytes.count ? offset : nil
    }

    private func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    /// Behind the token that begins here; `isCall`: and behind the arguments of a macro.
    func endOfToken(_ start: Int, isCall: Bool) -> Int {
        var next = start
        while isWord(byte(next)) { next += 1 }
        switch byte(next) {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return endOfQuote(next)
        case UInt8(ascii: "(") where isCall && next > start:
            var depth = 0
            while next < bytes.count {
                if byte(next) == UInt8(ascii: "(") { depth += 1 }
                if byte(next) == UInt8(ascii: ")") { depth -= 1 }
                next += 1
                if depth == 0 { break }
            }
            return next
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            return next > start ? next : next + (byte(next + 1) == byte(next) ? 2 : 1)
        default: return next > start ? next : next + 1
        }
    }

    private func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), 128...:
            true
        default: false
        }
    }

    private func endOfQuote(_ start: Int) -> Int {
        var next = start + 1
        while next < bytes.count, bytes[next] != bytes[start], bytes[next] != UInt8(ascii: "\n") {
            next += bytes[next] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(next + 1, bytes.count)
    }

    /// With the parentheses around the first and the last operand, which the tree leaves out; nil if they are not there.
    func balanced(_ range: Range<Int>) -> Range<Int>? {
        var (first, end) = (range.lowerBound, range.upperBound)
        var depth = 0, lowest = 0, next = first
        while next < end {
            switch bytes[next] {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"):
                depth -= 1
                lowest = min(lowest, depth)
            case UInt8(ascii: "\""), UInt8(ascii: "'"): next = endOfQuote(next) - 1
            default: break
            }
            next += 1
        }
        for _ in 0 ..< -lowest {
            repeat { first -= 1 } while first >= 0 && bytes[first] <= 32
            guard first >= 0, bytes[first] == UInt8(ascii: "(") else { return nil }
        }
        for _ in 0..<depth - lowest {
            while byte(end) <= 32, end < bytes.count { end += 1 }
            guard byte(end) == UInt8(ascii: ")") else { return nil }
            end += 1
        }
        return first..<end
    }

    /// Without comments and line breaks.
    func oneLine(_ range: Range<Int>) -> String {
        var result: [UInt8] = [], next = range.lowerBound, isSpace = false
        while next < range.upperBound {
            let pair = (byte(next), byte(next + 1))
            switch pair {
            case (UInt8(ascii: "/"), UInt8(ascii: "/")):
                while next < range.upperBound, bytes[next] != UInt8(ascii: "\n") { next += 1 }
                isSpace = true
            case (UInt8(ascii: "/"), UInt8(ascii: "*")):
                next += 2
                while next < range.upperBound,
                    !(bytes[next] == UInt8(ascii: "*") && byte(next + 1) == UInt8(ascii: "/"))
                { next += 1 }
                next += 2
                isSpace = true
            case (0...32, _), (UInt8(ascii: "\\"), UInt8(ascii: "\n")):
                next += 1
                if pair.0 > 32 { next += 1 }
                isSpace = true
            default:
                if isSpace, !result.isEmpty { result.append(32) }
                isSpace = false
                let isQuote = pair.0 == UInt8(ascii: "\"") || pair.0 == UInt8(ascii: "'")
                let end = isQuote ? min(endOfQuote(next), range.upperBound) : next + 1
                result += bytes[next..<end]
                next = end
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
