// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation

/// A real program that `Tests/Corpus/get` has fetched; `make test` does that first.
struct CorpusProgram {
    let folder: URL

    init(_ name: String) { folder = Self.root.appendingPathComponent(name) }

    private static var root: URL {
        let environment = ProcessInfo.processInfo.environment
        if let chosen = environment["AICHECK_CORPUS"] { return URL(fileURLWithPath: chosen) }
        let cache = environment["XDG_CACHE_HOME"] ?? FileManager.default.homeDirectoryForCurrentUser.path + "/.cache"
        return URL(fileURLWithPath: cache + "/ai-check/corpus")
    }

    private struct Command: Decodable {
        var file: String
        var arguments: [String]
    }

    /// Builds it with gcc by the commands of its compilation database.
    func build(in scratch: ScratchFolder) throws -> String {
        let database = try Data(contentsOf: folder.appendingPathComponent("compile_commands.json"))
        var objects: [String] = []
        for (number, command) in try JSONDecoder().decode([Command].self, from: database).enumerated() {
            let object = scratch.file("\(number).o").path
            let built = try run("gcc", command.arguments.dropFirst() + ["-w", "-o", object], in: folder)
            guard built.status == 0 else { throw BuildFailure(message: built.errorText) }
            objects.append(object)
        }
        let program = scratch.file("native").path
        let linked = try run("gcc", objects + ["-o", program, "-lm", "-ldl"], in: folder)
        guard linked.status == 0 else { throw BuildFailure(message: linked.errorText) }
        return program
    }

    /// Executes it by the interpreter, which goes on after these kinds of undefined behaviour.
    func interpret(
        _ arguments: [String], tolerating kinds: [String] = [], in folder: URL, input: Data = Data(),
        seconds: Double = 600
    ) throws -> Ending {
        let tolerance = kinds.isEmpty ? [] : ["--tolerate", kinds.joined(separator: ",")]
        return try run(
            checker, ["run", "-p", self.folder.path] + tolerance + ["--"] + arguments, in: folder, input: input,
            seconds: seconds)
    }
}

struct BuildFailure: Error {
    var message: String
}
