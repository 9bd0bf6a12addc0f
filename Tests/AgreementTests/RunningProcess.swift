// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation

/// What a process did.
struct Ending: Equatable {
    /// Exit status; 128 and the signal's number after a signal; nil: it was ended for taking too long.
    var status: Int32?
    var output: Data
    var errors: Data

    var text: String { String(decoding: output, as: UTF8.self) }
    var errorText: String { String(decoding: errors, as: UTF8.self) }
}

/// A folder that goes away with its owner.
final class ScratchFolder: Sendable {
    let url: URL

    init() throws {
        url = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent("agreement-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func file(_ name: String) -> URL { url.appendingPathComponent(name) }
}

/// Runs a program to its end, at most for so many seconds.
func run(
    _ program: String, _ arguments: [String], in folder: URL, input: Data = Data(), seconds: Double = 120,
    environment: [String: String]? = nil
) throws -> Ending {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.currentDirectoryURL = folder
    if let environment {
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    }
    // Files cannot fill up as pipes do.
    let files = ["in", "out", "err"].map { folder.appendingPathComponent(".\(UUID().uuidString).\($0)") }
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    try input.write(to: files[0])
    for file in files.dropFirst() { try Data().write(to: file) }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    let end = Date(timeIntervalSinceNow: seconds)
    while process.isRunning, Date() < end { usleep(2_000) }
    let isLate = process.isRunning
    if isLate { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    let status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    return Ending(
        status: isLate ? nil : status, output: try Data(contentsOf: files[1]), errors: try Data(contentsOf: files[2]))
}

/// The `ai-check` that AI_CHECK names; else the one that was built beside the tests.
let checker =
    ProcessInfo.processInfo.environment["AI_CHECK"]
    ?? (Bundle.main.executableURL ?? URL(fileURLWithPath: ".")).deletingLastPathComponent()
    .appendingPathComponent("ai-check").path
