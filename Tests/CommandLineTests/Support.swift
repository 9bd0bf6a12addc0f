// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle
import Foundation

/// A folder that goes away with its owner.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "command-line-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        let file = path + "/" + name
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        return file
    }

    func text(of name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)), as: UTF8.self)
    }

    /// A shell script that can be executed.
    @discardableResult
    func script(_ text: String, as name: String) throws -> String {
        let file = try write("#!/bin/sh\n" + text + "\n", to: name)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
        return file
    }

    func has(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: path + "/" + name)
    }
}

/// What a program did.
struct ProgramRun {
    let status: Int32
    let output: String
    let error: String
}

/// Runs one of this package's programs in `folder`.
///
/// - Parameter environment: variables that are set besides those of the tests.
func run(
    _ program: String, _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:]
) throws -> ProgramRun {
    // The programs are built beside the test runner.
    let products = Bundle.main.executableURL?.deletingLastPathComponent() ?? URL(fileURLWithPath: ".")
    let process = Process()
    process.executableURL = products.appendingPathComponent(program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    // Files cannot fill up as pipes do.
    let name = UUID().uuidString
    let files = ["out", "err"].map { URL(fileURLWithPath: folder.path + "/.\(name).\($0)") }
    for file in files { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    for file in files { try FileManager.default.removeItem(at: file) }
    return ProgramRun(status: process.terminationStatus, output: texts[0], error: texts[1])
}
