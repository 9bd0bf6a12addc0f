// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// What was analysed: sources, the commands that compile them, the tools, and what was left out.
public struct Scope: Equatable, Sendable {
    /// A source or header that the front end read.
    public struct Source: Equatable, Sendable {
        /// The path as obligations name it.
        public let path: String
        public let bytes: [UInt8]

        public init(path: String, bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
        }
    }

    /// How one translation unit was compiled, reduced to what changes its meaning.
    public struct CompileCommand: Equatable, Sendable {
        public let file: String
        public let arguments: [String]
        /// Flags of the original command that have no bearing on the analysis or are unknown to it.
        public let droppedArguments: [String]

        public init(file: String, arguments: [String], droppedArguments: [String]) {
            self.file = file
            self.arguments = arguments
            self.droppedArguments = droppedArguments
        }
    }

    /// Something that was not analysed, and why.
    public struct Exclusion: Equatable, Sendable {
        public let what: String
        public let reason: String

        public init(what: String, reason: String) {
            self.what = what
            self.reason = reason
        }
    }

    public var sources: [Source]
    public var compileCommands: [CompileCommand]
    /// Compiler, target and their versions, by name.
    public var toolchain: [String: String]
    public var excluded: [Exclusion]

    public init(
        sources: [Source], compileCommands: [CompileCommand], toolchain: [String: String], excluded: [Exclusion]
    ) {
        self.sources = sources
        self.compileCommands = compileCommands
        self.toolchain = toolchain
        self.excluded = excluded
    }

    /// The bundle files that describe the scope.
    func files() throws(BundleError) -> [BundlePath: [UInt8]] {
        var files: [BundlePath: [UInt8]] = [:]
        var list: [JSONValue] = []
        for source in sources.sorted(by: { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }) {
            guard let copy = BundlePath(source: source.path, in: BundleLayout.sourceFolder) else {
                throw .badPath(source.path, flaw: "is too long to be copied into a bundle")
            }
            guard files.updateValue(source.bytes, forKey: copy) == nil else { throw .duplicateFile(source.path) }
            list.append([
                "path": .string(source.path), "file": .string(copy.text), "size": .integer(source.bytes.count),
                "sha256": .string(Digest(of: source.bytes).hexadecimal),
            ])
        }
        let commands = compileCommands.sorted { ($0.file, $0.arguments.joined()) < ($1.file, $1.arguments.joined()) }
        let exclusions = excluded.sorted { ($0.what, $0.reason) < ($1.what, $1.reason) }
        let documents: [String: JSONValue] = [
            BundleLayout.sourceList: .array(list),
            BundleLayout.compileCommands: .array(
                commands.map {
                    [
                        "file": .string($0.file), "arguments": .strings($0.arguments),
                        "droppedArguments": .strings($0.droppedArguments),
                    ]
                }),
            BundleLayout.toolchain: JSONValue(names: toolchain),
            BundleLayout.excluded: .array(
                exclusions.map { ["what": .string($0.what), "reason": .string($0.reason)] }),
        ]
        for (path, document) in documents {
            guard let path = BundlePath(path) else { continue }
            files[path] = document.canonicalBytes
        }
        return files
    }
}

extension JSONValue {
    /// An object of strings.
    init(names: [String: String]) {
        var object = JSONObject()
        for (name, value) in names { object[name] = .string(value) }
        self = .object(object)
    }
}
