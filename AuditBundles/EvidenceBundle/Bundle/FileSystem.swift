// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation

/// Why a file operation failed.
enum FileSystemError: Error, Equatable, CustomStringConvertible {
    case exists
    case isSymbolicLink
    case isNotRegularFile
    case isLarger(than: Int)
    case system(Int32)

    var description: String {
        switch self {
        case .exists: "exists already"
        case .isSymbolicLink: "is a symbolic link"
        case .isNotRegularFile: "is not a regular file"
        case .isLarger(let limit): "is larger than \(limit) bytes"
        case .system(ENOSPC): "the disk is full"
        case .system(EDQUOT): "the disk quota is used up"
        case .system(let number): String(cString: strerror(number))
        }
    }

    static var last: FileSystemError {
        switch errno {
        case EEXIST: .exists
        case ELOOP: .isSymbolicLink
        default: .system(errno)
        }
    }
}

/// The few file operations bundles need, without following links and without partial results.
enum FileSystem {
    enum Kind: Equatable {
        case regular, directory, symbolicLink, other
    }

    /// What `path` itself is, or `nil` if nothing is there.
    static func kind(of path: String) -> Kind? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .regular
        case S_IFDIR: return .directory
        case S_IFLNK: return .symbolicLink
        default: return .other
        }
    }

    /// The names in a directory, as raw bytes and sorted, without "." and "..".
    static func names(in directory: String) throws(FileSystemError) -> [[UInt8]] {
        guard let stream = opendir(directory) else { throw .last }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { text in
                    Array(UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) })
                }
            }
            if name != Array(".".utf8) && name != Array("..".utf8) { names.append(name) }
        }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Reads a whole regular file of at most `limit` bytes.
    static func read(
        _ path: String, limit: Int, followingLinks: Bool = false
    ) throws(FileSystemError) -> [UInt8] {
        // Without O_NONBLOCK, opening a named pipe would wait for ever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followingLinks ? 0 : O_NOFOLLOW))
        guard descriptor >= 0 else { throw .last }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .last }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .isNotRegularFile }
        guard status.st_size <= limit else { throw .isLarger(than: limit) }
        let size = Int(status.st_size)
        var failure: FileSystemError?
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let rest = UnsafeMutableBufferPointer(rebasing: buffer[count...])
                let got = Foundation.read(descriptor, rest.baseAddress, rest.count)
                if got < 0 && errno == EINTR { continue }
                if got < 0 { failure = .last }
                if got <= 0 { break }
                count += got
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Writes a file that does not exist yet. A failed write leaves nothing behind.
    static func writeNew(_ bytes: [UInt8], to path: String, mode: UInt16 = 0o644) throws(FileSystemError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(mode))
        guard descriptor >= 0 else { throw .last }
        if let failure = write(bytes, closing: descriptor) {
            unlink(path)
            throw failure
        }
    }

    /// Writes to what is there, a terminal or a pipe.
    static func writeInPlace(_ bytes: [UInt8], to path: String) throws(FileSystemError) {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last }
        if let failure = write(bytes, closing: descriptor) { throw failure }
    }

    private static func write(_ bytes: [UInt8], closing descriptor: Int32) -> FileSystemError? {
        var failure: FileSystemError?
        bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count {
                let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
                let put = Foundation.write(descriptor, rest.baseAddress, rest.count)
                if put < 0 && errno == EINTR { continue }
                if put < 0 {
                    failure = .last
                    break
                }
                written += put
            }
        }
        if close(descriptor) != 0 && failure == nil { failure = .last }
        return failure
    }

    static func makeDirectory(_ path: String) throws(FileSystemError) {
        guard mkdir(path, 0o755) == 0 else { throw .last }
    }

    static func rename(_ path: String, to target: String) throws(FileSystemError) {
        guard Foundation.rename(path, target) == 0 else { throw .last }
    }

    /// Removes a file that this process made.
    static func remove(_ path: String) {
        unlink(path)
    }

    /// Removes a directory that this process made, with all it holds. What cannot be removed stays.
    static func removeTree(_ path: String) {
        try? FileManager.default.removeItem(atPath: path)
    }
}
