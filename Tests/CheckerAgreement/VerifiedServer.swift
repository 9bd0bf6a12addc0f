// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation

/// `ai-audit-verified --serve`, which answers many pairs of files. It is started anew when it is gone.
final class VerifiedServer {
    private let program: String
    private var process: Process?
    private var input = Pipe()
    private var output = Pipe()
    /// What was read and not used yet.
    private var pending: ArraySlice<UInt8> = []

    /// No pair of files may take longer.
    private static let seconds = 300

    init(program: String) {
        self.program = program
        // A server that is gone is an answer, and no end of this program.
        signal(SIGPIPE, SIG_IGN)
    }

    deinit { stop() }

    func answer(_ files: Files) -> Answer {
        // A program of length 0 would mean the one before.
        guard !files.program.isEmpty else { return .rejected(why: "there is no program", inScript: false) }
        do {
            try start()
            var question = Data("\(files.program.count) \(files.certificate.count)\n".utf8)
            question.append(contentsOf: files.program)
            question.append(contentsOf: files.certificate)
            try input.fileHandleForWriting.write(contentsOf: question)
            return answer(from: try lines())
        } catch {
            stop()
            return .none(why: "\(error)")
        }
    }

    /// The time of the processor that it used.
    var processorSeconds: Double? {
        guard let process else { return nil }
        let file = "/proc/\(process.processIdentifier)/stat"
        // The name, the second field, may have spaces.
        let fields = (try? String(contentsOfFile: file, encoding: .utf8))?.split(separator: ")").last?
            .split(separator: " ")
        guard let fields, fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
            return nil
        }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// The most memory that it had, where the system says so.
    var peakKilobytes: Int? {
        guard let process else { return nil }
        let file = "/proc/\(process.processIdentifier)/status"
        guard let status = try? String(contentsOfFile: file, encoding: .utf8) else { return nil }
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line.flatMap { Int($0.dropFirst("VmHWM:".count).filter(\.isNumber)) }
    }

    private func answer(from lines: [String]) -> Answer {
        guard let first = lines.first else { return .none(why: "no line") }
        if first.hasPrefix("rejected: "), lines.count == 1 {
            return .rejected(why: String(first.dropFirst("rejected: ".count)), inScript: false)
        }
        guard first == "covered" || first == "not covered" else { return .none(why: "it says '\(first)'") }
        return .accepted(Array(lines.dropFirst()))
    }

    private struct NoAnswer: Error, CustomStringConvertible {
        let description: String
    }

    /// The lines before the one that ends an answer.
    private func lines() throws -> [String] {
        let deadline = DispatchTime.now() + .seconds(VerifiedServer.seconds)
        var lines: [String] = []
        while true {
            if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: pending[..<end], as: UTF8.self)
                pending = pending[(end + 1)...]
                if line == "." { return lines }
                lines.append(line)
            } else {
                pending = ArraySlice(pending + (try read(until: deadline)))
            }
        }
    }

    private func read(until deadline: DispatchTime) throws -> [UInt8] {
        let file = output.fileHandleForReading.fileDescriptor
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while DispatchTime.now() < deadline {
            var polled = [pollfd(fd: file, events: Int16(POLLIN), revents: 0)]
            guard poll(&polled, 1, 1000) > 0 else { continue }
            let count = Foundation.read(file, &buffer, buffer.count)
            guard count > 0 else { throw NoAnswer(description: "it ended") }
            return Array(buffer[..<count])
        }
        throw NoAnswer(description: "it takes longer than \(VerifiedServer.seconds) s")
    }

    private func start() throws {
        guard process == nil else { return }
        let server = Process()
        server.executableURL = URL(fileURLWithPath: program)
        server.arguments = ["--serve"]
        (input, output, pending) = (Pipe(), Pipe(), [])
        server.standardInput = input
        server.standardOutput = output
        try server.run()
        process = server
    }

    private func stop() {
        guard let server = process else { return }
        if server.isRunning { kill(server.processIdentifier, SIGKILL) }
        server.waitUntilExit()
        process = nil
    }
}
