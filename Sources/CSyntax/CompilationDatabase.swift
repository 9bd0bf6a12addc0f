// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation

/// The commands of a compile_commands.json (the JSON Compilation Database of clang's tools).
public struct CompilationDatabase: Sendable {
    public let path: String
    public let commands: [CompileCommand]

    /// Reads `directory`/compile_commands.json; a path to the file itself is accepted too.
    public static func load(directory: String) throws(FrontEndError) -> CompilationDatabase {
        var isDirectory: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory)
        let path = exists && !isDirectory.boolValue ? directory : directory + "/compile_commands.json"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .unreadableDatabase(path: path, message: "the file does not exist or cannot be read")
        }
        return try parse(data, path: path)
    }

    static func parse(_ data: Data, path: String) throws(FrontEndError) -> CompilationDatabase {
        let root: Any
        do {
            root = try JSONSerialization.jsonObject(with: data)
        } catch {
            throw malformed(error, data: data, path: path)
        }
        guard let list = root as? [Any] else {
            throw .malformedDatabase(
                path: path, line: 1, column: 1, message: "an array of compile commands is expected")
        }
        guard !list.isEmpty else { throw .emptyDatabase(path: path) }
        var commands: [CompileCommand] = []
        for (index, item) in list.enumerated() {
            commands.append(try command(item, entry: index + 1, path: path))
        }
        return CompilationDatabase(path: path, commands: commands)
    }

    private static func command(_ item: Any, entry: Int, path: String) throws(FrontEndError) -> CompileCommand {
        func fail(_ message: String) -> FrontEndError { .malformedEntry(path: path, entry: entry, message: message) }
        guard let fields = item as? [String: Any] else { throw fail("not an object") }
        guard let file = fields["file"] as? String else { throw fail("\"file\" is missing or no string") }
        guard let directory = fields["directory"] as? String else {
            throw fail("\"directory\" is missing or no string")
        }
        var arguments: [String]
        if let list = fields["arguments"] {
            guard let words = list as? [String] else { throw fail("\"arguments\" is no array of strings") }
            arguments = words
        } else if let line = fields["command"] {
            guard let text = line as? String else { throw fail("\"command\" is no string") }
            guard let words = shellWords(text) else { throw fail("\"command\" has an unclosed quote") }
            arguments = words
        } else {
            throw fail("neither \"arguments\" nor \"command\" is given")
        }
        arguments = withoutLaunchers(arguments)
        guard arguments.count > 1 else { throw fail("the command has no arguments") }
        return CompileCommand(directory: directory, file: file, arguments: arguments)
    }

    /// Programs that builds put in front of the compiler.
    private static let launchers: Set = ["ccache", "sccache", "distcc", "icecc", "gomacc", "buildcache"]

    private static func withoutLaunchers(_ words: [String]) -> [String] {
        var rest = words[...]
        while rest.count > 1, let first = rest.first?.split(separator: "/").last, launchers.contains(String(first)),
            !rest[rest.startIndex + 1].hasPrefix("-")
        {
            rest.removeFirst()
        }
        return Array(rest)
    }

    /// Foundation gives the byte offset of the error at best; the user wants line and column.
    private static func malformed(_ error: any Error, data: Data, path: String) -> FrontEndError {
        let details = (error as NSError).userInfo
        let reason = details["NSDebugDescription"] as? String ?? (error as NSError).localizedDescription
        let offset = details["NSJSONSerializationErrorIndex"] as? Int ?? data.count
        let before = data.prefix(offset)
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let column = before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count + 1
        return .malformedDatabase(path: path, line: line, column: column, message: "not valid JSON: \(reason)")
    }
}
