// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc
import ProgramIR

/// The streams and descriptors of one execution.
public final class Streams {
    let descriptors: Descriptors
    /// Standard input, output and errors.
    let standard: [Stream]
    /// What each FILE object stands for.
    private var streams: [Base: Stream] = [:]
    private var latest: (base: Base, stream: Stream)?
    /// Files that hold what the program writes; -1: it writes to the process's own.
    private var captured: (output: Int32, errors: Int32) = (-1, -1)

    /// Streams on the process's own standard input, output and errors.
    public convenience init() { self.init(Descriptors(input: 0, output: 1, errors: 2)) }

    /// Standard input with this content; what the program writes is kept for the caller.
    public convenience init(input: [UInt8]) {
        let file = TemporaryFile.nameless(), output = TemporaryFile.nameless(), errors = TemporaryFile.nameless()
        self.init(Descriptors(input: file, output: output, errors: errors))
        captured = (output, errors)
        let source = Stream(0, Stream.Mode([UInt8(ascii: "w")])!, in: descriptors)
        _ = source.put(input) && source.flush()
        lseek(file, 0, SEEK_SET)
    }

    private init(_ descriptors: Descriptors) {
        self.descriptors = descriptors
        let read = Stream.Mode([UInt8(ascii: "r")])!, write = Stream.Mode([UInt8(ascii: "w")])!
        standard = [
            Stream(0, read, in: descriptors), Stream(1, write, in: descriptors),
            Stream(2, write, in: descriptors, buffering: Stream.Buffering.none),
        ]
        standard[0].console = standard[1]
    }

    /// What the program wrote to standard output, if it is kept, as far as it was flushed.
    public var output: [UInt8] { content(of: captured.output) }
    /// What the program wrote to standard errors, if it is kept.
    public var errorOutput: [UInt8] { content(of: captured.errors) }

    private func content(of host: Int32) -> [UInt8] {
        guard host >= 0 else { return [] }
        var result: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let got = pread(host, &part, part.count, off_t(result.count))
            if got <= 0 { return result }
            result += part[..<got]
        }
    }

    /// Writes what streams hold, as at the end of the program. Whether the files took all of it.
    @discardableResult public func flushAll() -> Bool {
        var isDone = true
        for stream in standard + streams.values where !stream.flush() { isDone = false }
        return isDone
    }

    // MARK: FILE objects

    func add(_ stream: Stream, at object: Pointer) {
        stream.console = standard[1]
        streams[object.base] = stream
        latest = nil
    }

    /// The object is no stream any more.
    func remove(_ object: Pointer) {
        streams[object.base] = nil
        latest = nil
    }

    /// The stream of a FILE object that is open.
    func stream(at object: Pointer, in machine: Machine) throws(Stop) -> Stream {
        try FileObject.use(object, in: machine)
        if let latest, latest.base == object.base { return latest.stream }
        let stream = try find(object, in: machine)
        latest = (object.base, stream)
        return stream
    }

    private func find(_ object: Pointer, in machine: Machine) throws(Stop) -> Stream {
        if let stream = streams[object.base] { return stream }
        let stream: Stream
        switch machine.declaredName(of: object.base) {
        case "standard_input": stream = standard[0]
        case "standard_output": stream = standard[1]
        case "standard_error": stream = standard[2]
        default: throw .unsupported("a stream that is a copy of a FILE object")
        }
        streams[object.base] = stream
        return stream
    }
}
