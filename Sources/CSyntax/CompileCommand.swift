// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// How one source file is compiled.
public struct CompileCommand: Sendable, Hashable {
    /// Relative paths are resolved against it; nil is the process' working directory.
    public var directory: String?
    /// The source file, for messages.
    public var file: String
    /// The command with the compiler's name first.
    public var arguments: [String]

    public init(directory: String?, file: String, arguments: [String]) {
        self.directory = directory
        self.file = file
        self.arguments = arguments
    }

    /// A file given on the command line with clang arguments.
    public init(file: String, flags: [String] = [], directory: String? = nil) {
        self.init(directory: directory, file: file, arguments: ["cc"] + flags + [file])
    }
}

/// A source file held in memory. It hides a file of the same path on disk.
public struct VirtualFile: Sendable {
    public var path: String
    public var contents: [UInt8]

    public init(path: String, contents: [UInt8]) {
        self.path = path
        self.contents = contents
    }

    public init(path: String, text: String) { self.init(path: path, contents: Array(text.utf8)) }
}
