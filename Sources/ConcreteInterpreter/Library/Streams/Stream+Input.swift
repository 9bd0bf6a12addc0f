// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc

extension Stream {
    /// The next byte; nil at the end of the file or after an error, as the stream then says.
    func next() -> UInt8? {
        if let byte = pushedBack.popLast() { return byte }
        if cursor == input.count, !fill() { return nil }
        cursor += 1
        return input[cursor - 1]
    }

    func pushBack(_ byte: UInt8) {
        if cursor > 0, pushedBack.isEmpty, input[cursor - 1] == byte {
            cursor -= 1
        } else {
            pushedBack.append(byte)
        }
        isAtEnd = false
    }

    /// At most `count` bytes, fewer at the end of the file or after an error.
    func read(_ count: Int) -> [UInt8] {
        var result: [UInt8] = []
        while result.count < count {
            if let byte = pushedBack.popLast() {
                result.append(byte)
                continue
            }
            if cursor == input.count, !fill() { break }
            let taken = min(count - result.count, input.count - cursor)
            result.append(contentsOf: input[cursor..<cursor + taken])
            cursor += taken
        }
        return result
    }

    /// Bytes up to and including a delimiter, at most `count`.
    func read(to delimiter: UInt8, count: Int = .max) -> [UInt8] {
        var result: [UInt8] = []
        while result.count < count, let byte = next() {
            result.append(byte)
            if byte == delimiter { break }
        }
        return result
    }

    /// Reads from the file. The end of the file, once seen, stays until it is cleared, as in glibc.
    private func fill() -> Bool {
        guard mode.reads else {
            failed(EBADF)
            return false
        }
        if isAtEnd || !flush() { return false }
        if buffering != .full, let console, console.buffering == .line { _ = console.flush() }
        let wanted = buffering == .none ? 1 : Self.capacity
        let host = host
        var got = 0
        input = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
            got = Glibc.read(host, buffer.baseAddress, wanted)
            count = max(0, got)
        }
        cursor = 0
        if got < 0 { failed(errno) }
        if got == 0 { isAtEnd = true }
        return got > 0
    }
}
