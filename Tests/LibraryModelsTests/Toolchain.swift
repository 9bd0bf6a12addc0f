// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation
import LibraryModels

/// Runs a stock tool on files of a scratch folder that holds every model file.
struct Toolchain {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("models-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for file in LibraryModels.files {
            try Data(file.bytes).write(to: folder.appendingPathComponent(file.name))
        }
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The tool's output; throws with all of it where the exit status is not 0.
    @discardableResult
    func run(_ tool: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [tool] + arguments
        process.currentDirectoryURL = folder
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: "\(tool) \(arguments.joined(separator: " ")): \(output)")
        }
        return output
    }

    /// Compiles a model file to an object file beside it.
    func compile(_ file: ModelFile) throws {
        let arguments = LibraryModels.compilerArguments + ["-O0", "-fno-builtin", "-c", file.name]
        try run("clang-19", arguments + ["-o", objectName(of: file)])
    }

    func objectName(of file: ModelFile) -> String { file.name.dropLast(2) + ".o" }

    /// The names with external linkage that an object file defines.
    func definitions(in file: ModelFile) throws -> Set<String> {
        let lines = try run("nm", ["--defined-only", "--extern-only", "--format=posix", objectName(of: file)])
        return Set(lines.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) })
    }

    static let sources = LibraryModels.files.filter(\.isSource)
    /// What an analysis uses: all but what takes the place of models where a program is executed.
    static let models = sources.filter { $0.name != LibraryModels.exactFile }
}
