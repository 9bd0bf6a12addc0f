// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Why a key file cannot be used.
public enum KeyError: Error, Equatable, CustomStringConvertible, Sendable {
    case unreadable(file: String, reason: String)
    case unwritable(file: String, reason: String)
    case alreadyExists(file: String)
    case notPEM(file: String)
    case encrypted(file: String)
    /// A public key where a private one is needed, or the other way round.
    case wrongHalf(file: String, expected: String, found: String)
    case unsupportedKey(file: String)

    public var description: String {
        switch self {
        case .unreadable(let file, let reason): "\(file): cannot read the key: \(reason)"
        case .unwritable(let file, let reason): "\(file): cannot write the key: \(reason)"
        case .alreadyExists(let file): "\(file): exists already; keys are never overwritten, choose another name"
        case .notPEM(let file): "\(file): not a PEM key; make one with 'ai-check keygen'"
        case .encrypted(let file):
            "\(file): the private key is protected by a passphrase; decrypt it first with 'openssl pkey -in \(file)'"
        case .wrongHalf(let file, let expected, let found): "\(file): holds a \(found), but a \(expected) is needed"
        case .unsupportedKey(let file): "\(file): not an ECDSA P-256 or Ed25519 key"
        }
    }
}
