// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc

/// An open stream (C11 7.21.2) on a descriptor, buffered as glibc's.
final class Stream {
    enum Buffering { case full, line, none }

    /// What the mode of fopen allows.
    struct Mode {
        var reads = false
        var writes = false
        var appends = false
        /// Flags of open for it.
        var flags: Int32 = 0
    }

    static let capacity = 4096

    var descriptor: Int32
    var mode: Mode
    let descriptors: Descriptors
    /// Nil: decided at the first use, by whether the file is a terminal.
    var wantedBuffering: Buffering?
    var isAtEnd = false
    var hasFailed = false
    /// errno of the last operation that failed; 0 after it was told.
    var failure: Int32 = 0
    /// Standard output: flushed before reading from a terminal.
    weak var console: Stream?

    /// Bytes read from the file and not taken yet, from `cursor` on.
    var input: [UInt8] = []
    var cursor = 0
    /// Bytes pushed back, the last one first to be read.
    var pushedBack: [UInt8] = []
    /// Bytes to be written.
    var output: [UInt8] = []

    init(_ descriptor: Int32, _ mode: Mode, in descriptors: Descriptors, buffering: Buffering? = nil) {
        self.descriptor = descriptor
        self.mode = mode
        self.descriptors = descriptors
        wantedBuffering = buffering
    }

    var host: Int32 { descriptors.host(descriptor) }

    var buffering: Buffering {
        if let wantedBuffering { return wantedBuffering }
        let chosen: Buffering = isatty(host) == 1 ? .line : .full
        wantedBuffering = chosen
        return chosen
    }

    /// Bytes between what the program has read and where the file is.
    var ahead: Int { input.count - cursor + pushedBack.count }

    func failed(_ number: Int32) {
        hasFailed = true
        failure = number
    }
}

extension Stream.Mode {
    /// C11 7.21.5.3p3, with the letters that glibc knows besides; nil for others.
    init?(_ text: [UInt8]) {
        self.init()
        switch text.first {
        case UInt8(ascii: "r"): (reads, writes) = (true, false)
        case UInt8(ascii: "w"): (writes, flags) = (true, O_CREAT | O_TRUNC)
        case UInt8(ascii: "a"): (writes, appends, flags) = (true, true, O_CREAT | O_APPEND)
        default: return nil
        }
        for letter in text.dropFirst().prefix(6) {
            switch letter {
            case UInt8(ascii: "+"): (reads, writes) = (true, true)
            case UInt8(ascii: "x"): flags |= O_EXCL
            case UInt8(ascii: "e"): flags |= O_CLOEXEC
            case UInt8(ascii: ","): break
            default: continue
            }
            if letter == UInt8(ascii: ",") { break }
        }
        flags |= reads && writes ? O_RDWR : reads ? O_RDONLY : O_WRONLY
    }
}
