// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation
import Reporting

/// `ai-check` on a fixture, as a program of its own: a crash or a run without end fails one case only.
struct CheckRun {
    let report: Report?
    /// Why there is no report.
    let failure: String

    private static let seconds = 60.0

    init(of fixture: Fixture) throws {
        let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent("fixture-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let output = folder.appendingPathComponent("report.json")
        let messages = folder.appendingPathComponent("messages")
        try Data().write(to: messages)

        let process = Process()
        // The program is built beside the test runner.
        process.executableURL = (Bundle.main.executableURL ?? URL(fileURLWithPath: "."))
            .deletingLastPathComponent().appendingPathComponent("ai-check")
        process.arguments = ["analyze", "--quiet", "--json", output.path, fixture.path, "--", "-std=gnu17"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: messages)
        try process.run()
        let end = Date(timeIntervalSinceNow: CheckRun.seconds)
        while process.isRunning, Date() < end { usleep(10_000) }
        guard !process.isRunning else {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            report = nil
            failure = "no result within \(CheckRun.seconds) s"
            return
        }
        guard process.terminationReason == .exit, process.terminationStatus <= 1 else {
            report = nil
            failure =
                "status \(process.terminationStatus): "
                + String(decoding: try Data(contentsOf: messages), as: UTF8.self)
            return
        }
        report = try Report(json: Data(contentsOf: output))
        failure = ""
    }
}
