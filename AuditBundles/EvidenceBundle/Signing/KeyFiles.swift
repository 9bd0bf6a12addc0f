// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation

extension SigningKey {
    /// Reads a private key from a PEM file.
    public init(file: String) throws(KeyError) {
        try self.init(pem: try readKeyText(file), file: file)
    }

    /// Writes the private key, readable by its owner only, and refuses to replace a file.
    public func write(to file: String) throws(KeyError) {
        try writeNewKey(pem, to: file, mode: 0o600)
    }

    /// Writes both halves, each to a file that does not exist yet, or neither.
    public func writePair(privateTo file: String, publicTo publicFile: String) throws(KeyError) {
        try write(to: file)
        do throws(KeyError) {
            try verificationKey.write(to: publicFile)
        } catch {
            FileSystem.remove(file)
            throw error
        }
    }
}

extension VerificationKey {
    /// Reads a public key from a PEM file.
    public init(file: String) throws(KeyError) {
        try self.init(pem: try readKeyText(file), file: file)
    }

    /// Writes the public key and refuses to replace a file.
    public func write(to file: String) throws(KeyError) {
        try writeNewKey(pem, to: file, mode: 0o644)
    }
}

/// No real key file comes near this size.
private let keyFileLimit = 64 * 1024

private func readKeyText(_ file: String) throws(KeyError) -> String {
    do {
        let bytes = try FileSystem.read(file, limit: keyFileLimit, followingLinks: true)
        guard let text = String(validating: bytes, as: UTF8.self) else { throw KeyError.notPEM(file: file) }
        return text
    } catch let error as FileSystemError {
        throw .unreadable(file: file, reason: error.description)
    } catch {
        throw .notPEM(file: file)
    }
}

private func writeNewKey(_ text: String, to file: String, mode: UInt16) throws(KeyError) {
    do throws(FileSystemError) {
        try FileSystem.writeNew(Array(text.utf8), to: file, mode: mode)
    } catch {
        if error == .exists { throw .alreadyExists(file: file) }
        throw .unwritable(file: file, reason: error.description)
    }
}
