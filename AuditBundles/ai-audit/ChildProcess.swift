// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation

/// A program that was executed within limits, and what came of it. Nothing that it does is trusted: it may print
/// without end, close its output and go on, or never end.
struct ChildProcess {
    enum End: Equatable {
        case exited(Int32)
        case signalled(Int32)
        /// It was killed when the time was over.
        case tookTooLong
        /// It was killed when it had printed more than was asked for.
        case printedTooMuch
    }

    let end: End
    let output: [UInt8]
    /// The beginning of what it said to standard error.
    let error: [UInt8]

    private static let largestError = 1 << 16

    /// - Parameter largestOutput: how many bytes it may print.
    /// - Throws: what kept it from being started.
    init(_ program: String, _ arguments: [String], seconds: Int, largestOutput: Int) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        let pipes = [Pipe(), Pipe()]
        process.standardOutput = pipes[0]
        process.standardError = pipes[1]
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        let deadline = DispatchTime.now() + .seconds(seconds)
        try ChildProcess.withLargeStack { try process.run() }
        let hasGroup = getpgid(process.processIdentifier) == process.processIdentifier

        let limits = [largestOutput, ChildProcess.largestError]
        var texts: [[UInt8]] = [[], []]
        let failure = ChildProcess.read(pipes, into: &texts, limits: limits, until: deadline)
        output = texts[0]
        error = texts[1]
        if let failure {
            ChildProcess.kill(process, hasGroup: hasGroup, ended)
            end = failure
        } else if ended.wait(timeout: deadline) == .timedOut {
            ChildProcess.kill(process, hasGroup: hasGroup, ended)
            end = .tookTooLong
        } else {
            end =
                process.terminationReason == .exit
                ? .exited(process.terminationStatus) : .signalled(process.terminationStatus)
        }
    }

    /// What is started inherits the limit of the stack: as large as may be, up to 4 GiB.
    private static func withLargeStack(_ start: () throws -> Void) rethrows {
        let stack = __rlimit_resource_t(RLIMIT_STACK.rawValue)
        var old = rlimit()
        guard getrlimit(stack, &old) == 0 else { return try start() }
        var large = old
        large.rlim_cur = max(old.rlim_cur, min(old.rlim_max, 1 << 32))
        setrlimit(stack, &large)
        defer { setrlimit(stack, &old) }
        try start()
    }

    /// Reads until both pipes are closed.
    ///
    /// - Returns: why the program has to be killed, if it has to.
    private static func read(
        _ pipes: [Pipe], into texts: inout [[UInt8]], limits: [Int], until deadline: DispatchTime
    ) -> End? {
        var open = [0, 1]
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while !open.isEmpty {
            guard DispatchTime.now() < deadline else { return .tookTooLong }
            let files = open.map { pipes[$0].fileHandleForReading.fileDescriptor }
            var polled = files.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard poll(&polled, nfds_t(polled.count), 100) > 0 else { continue }
            for (place, stream) in open.enumerated().reversed() where polled[place].revents != 0 {
                let count = Foundation.read(files[place], &buffer, buffer.count)
                if count > 0 {
                    let room = max(0, limits[stream] - texts[stream].count)
                    texts[stream] += buffer.prefix(min(count, room))
                    // Standard error may be long, and its beginning is enough.
                    if count > room, stream == 0 { return .printedTooMuch }
                } else if count == 0 || errno != EINTR {
                    open.remove(at: place)
                }
            }
        }
        return nil
    }

    /// What it started may hold the pipes and outlive it, and is killed too where it is in its group.
    private static func kill(_ process: Process, hasGroup: Bool, _ ended: DispatchSemaphore) {
        let child = process.processIdentifier
        guard child > 1 else { return }
        if hasGroup { Foundation.kill(-child, SIGKILL) }
        if process.isRunning { Foundation.kill(child, SIGKILL) }
        // Its end is not seen while something that it started goes on in a group of its own.
        _ = ended.wait(timeout: .now() + .seconds(5))
    }
}
