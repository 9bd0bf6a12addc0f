// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Crypto

/// A private key that seals bundles.
public struct SigningKey: Sendable {
    private enum Key: Sendable {
        case p256(P256.Signing.PrivateKey)
        case ed25519(Curve25519.Signing.PrivateKey)
    }

    private let key: Key

    /// Makes a new random key.
    public init(generating algorithm: SignatureAlgorithm) {
        switch algorithm {
        case .p256: key = .p256(P256.Signing.PrivateKey())
        case .ed25519: key = .ed25519(Curve25519.Signing.PrivateKey())
        }
    }

    /// Reads PKCS#8 or SEC 1 PEM text. `file` names it in errors.
    public init(pem text: String, file: String) throws(KeyError) {
        guard let block = PEMBlock(keyIn: text) else { throw .notPEM(file: file) }
        switch block.label {
        case "PRIVATE KEY", "EC PRIVATE KEY": break
        case "ENCRYPTED PRIVATE KEY": throw .encrypted(file: file)
        case "PUBLIC KEY": throw .wrongHalf(file: file, expected: "private key", found: "public key")
        default: throw .unsupportedKey(file: file)
        }
        if let seed = Ed25519Frame.content(of: block.der, in: Ed25519Frame.privateKey),
            let ed25519 = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed)
        {
            key = .ed25519(ed25519)
        } else if let p256 = try? P256.Signing.PrivateKey(derRepresentation: block.der) {
            key = .p256(p256)
        } else {
            throw .unsupportedKey(file: file)
        }
    }

    public var algorithm: SignatureAlgorithm {
        switch key {
        case .p256: .p256
        case .ed25519: .ed25519
        }
    }

    public var verificationKey: VerificationKey {
        switch key {
        case .p256(let key): VerificationKey(key.publicKey)
        case .ed25519(let key): VerificationKey(key.publicKey)
        }
    }

    /// PKCS#8 PEM, as `openssl genpkey` writes it.
    public var pem: String {
        switch key {
        case .p256(let key): PEMBlock(label: "PRIVATE KEY", der: Array(key.derRepresentation)).text
        case .ed25519(let key):
            PEMBlock(label: "PRIVATE KEY", der: Ed25519Frame.privateKey + Array(key.rawRepresentation)).text
        }
    }

    /// Signs `message`: DER for P-256, 64 raw bytes for Ed25519.
    func signature(of message: [UInt8]) throws -> [UInt8] {
        switch key {
        case .p256(let key): Array(try key.signature(for: message).derRepresentation)
        case .ed25519(let key): Array(try key.signature(for: message))
        }
    }
}
