// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// The C library of one execution: its functions, and what they remember between calls.
public final class LibraryState {
    /// The program's name and arguments: argv.
    public let arguments: [String]
    /// Names with values, each as "NAME=value".
    public let environment: [String]
    /// The object that holds errno; nil before its first use.
    var errnoObject: Pointer?
    /// What getenv gave, by entry of the environment.
    var environmentValues: [String: Pointer] = [:]
    let streams: Streams
    var memory = LibraryMemory()

    /// - Parameters:
    ///   - arguments: argv, the program's name first.
    ///   - output: where standard output goes; nil: to the process's own.
    public init(arguments: [String], environment: [String] = [], streams: Streams = Streams()) {
        self.arguments = arguments
        self.environment = environment
        self.streams = streams
    }

    /// What remains to be done when the execution has ended. A program that ended by itself has done it: exit writes what
    /// streams hold, _Exit and signals do not. Where it was stopped, what it has written up to there is shown.
    public func finish(after stop: Stop) {
        switch stop {
        case .exited, .signalled: break
        case .excluded, .violation, .unsupported, .limit: streams.flushAll()
        }
    }

    public func function(named name: String) -> HostFunction? { HostLibrary.functions[name] }
}
