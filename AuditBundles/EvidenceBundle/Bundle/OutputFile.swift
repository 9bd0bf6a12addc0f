// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation

/// Why a file that a user asked for was not written.
public struct OutputFailure: Error, Equatable, CustomStringConvertible, Sendable {
    public let file: String
    public let reason: String

    init(_ file: String, _ error: FileSystemError) {
        self.file = file
        switch error {
        case .system(ENOENT): reason = "its folder does not exist"
        case .system(EISDIR), .isNotRegularFile: reason = "it is a folder"
        default: reason = error.description
        }
    }

    public var description: String { "\(file): cannot be written: \(reason)" }
}

/// A file for a report, which holds all of it or what it held before.
///
/// The report goes to another name beside the file, which is renamed when it is complete. What is neither there nor a regular
/// file, such as a terminal or a pipe, is written to as it is.
public enum OutputFile {
    /// Fails early, before work is spent, if a report could not be written to `file`.
    public static func check(_ file: String) throws(OutputFailure) {
        do throws(FileSystemError) {
            guard let target = try replaceable(file) else { return }
            let partial = partialName(of: target.path)
            try FileSystem.writeNew([], to: partial)
            unlink(partial)
        } catch {
            throw OutputFailure(file, error)
        }
    }

    public static func write(_ bytes: [UInt8], to file: String) throws(OutputFailure) {
        do throws(FileSystemError) {
            guard let target = try replaceable(file) else { return try FileSystem.writeInPlace(bytes, to: file) }
            let partial = partialName(of: target.path)
            try FileSystem.writeNew(bytes, to: partial)
            if let mode = target.mode { chmod(partial, mode) }
            do throws(FileSystemError) {
                try FileSystem.rename(partial, to: target.path)
            } catch {
                unlink(partial)
                throw error
            }
        } catch {
            throw OutputFailure(file, error)
        }
    }

    /// What the new file takes the place of, at the end of links, and its permissions; nil if that is no file of this kind.
    private static func replaceable(_ file: String) throws(FileSystemError) -> (path: String, mode: mode_t?)? {
        var status = stat()
        guard stat(file, &status) == 0 else {
            guard errno == ENOENT else { throw .last }
            return (file, nil)
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw .isNotRegularFile
        default: return nil
        }
        guard access(file, W_OK) == 0 else { throw .last }
        guard let resolved = realpath(file, nil) else { throw .last }
        defer { free(resolved) }
        return (String(cString: resolved), status.st_mode & 0o777)
    }

    private static func partialName(of file: String) -> String { "\(file).partial-\(getpid())" }
}
