// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc

extension Stream {
    /// Whether the bytes were accepted; the file may get them later.
    func put(_ bytes: some Collection<UInt8>) -> Bool {
        guard mode.writes else {
            failed(EBADF)
            return false
        }
        if bytes.isEmpty { return true }
        if ahead > 0 { returnInput() }
        if output.count >= Self.capacity, !flush() { return false }
        output.append(contentsOf: bytes)
        switch buffering {
        case .none: return flush()
        case .line: return bytes.contains(UInt8(ascii: "\n")) ? flush() : true
        case .full: return output.count >= Self.capacity ? flush() : true
        }
    }

    /// Gives the file what is to be written. Where this fails the rest is kept.
    func flush() -> Bool {
        var written = 0
        let host = host
        while written < output.count {
            let part = output.withUnsafeBytes { Glibc.write(host, $0.baseAddress! + written, $0.count - written) }
            if part < 0 {
                if errno == EINTR { continue }
                failed(errno)
                break
            }
            written += part
        }
        if written == output.count {
            output.removeAll(keepingCapacity: true)
            return true
        }
        output.removeFirst(written)
        return false
    }

    /// Drops what was read ahead and moves the file back by as much, where it can be moved.
    func returnInput() {
        if ahead > 0 { lseek(host, -off_t(ahead), SEEK_CUR) }
        dropInput()
    }

    private func dropInput() {
        input = []
        cursor = 0
        pushedBack = []
    }

    /// The position in the file; nil with `failure` where it has none.
    func position() -> Int64? {
        let isAppended = mode.appends && !output.isEmpty
        let at = lseek(host, 0, isAppended ? SEEK_END : SEEK_CUR)
        guard at >= 0 else {
            failure = errno
            return nil
        }
        return Int64(at) - Int64(ahead) + Int64(output.count)
    }

    func seek(_ offset: Int64, from origin: Int32) -> Bool {
        if !flush() { return false }
        let (distance, overflow) = offset.subtractingReportingOverflow(origin == SEEK_CUR ? Int64(ahead) : 0)
        guard !overflow, lseek(host, off_t(distance), origin) >= 0 else {
            failure = overflow ? EINVAL : errno
            return false
        }
        dropInput()
        isAtEnd = false
        return true
    }

    /// The stream is of no use afterwards, whatever the result.
    func close() -> Bool {
        let isWritten = flush()
        returnInput()
        let isClosed = descriptors.close(descriptor) == 0
        if !isClosed { failure = errno }
        return isWritten && isClosed
    }
}
