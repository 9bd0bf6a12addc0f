// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Crypto

/// A public key that a reader of bundles trusts.
public struct VerificationKey: Sendable {
    private enum Key: Sendable {
        case p256(P256.Signing.PublicKey)
        case ed25519(Curve25519.Signing.PublicKey)
    }

    private let key: Key

    init(_ key: P256.Signing.PublicKey) {
        self.key = .p256(key)
    }

    init(_ key: Curve25519.Signing.PublicKey) {
        self.key = .ed25519(key)
    }

    /// Reads SubjectPublicKeyInfo PEM text. `file` names it in errors.
    public init(pem text: String, file: String) throws(KeyError) {
        guard let block = PEMBlock(keyIn: text) else { throw .notPEM(file: file) }
        guard block.label == "PUBLIC KEY" else {
            let isPrivate = block.label.hasSuffix("PRIVATE KEY")
            throw isPrivate
                ? .wrongHalf(file: file, expected: "public key", found: "private key") : .unsupportedKey(file: file)
        }
        if let bytes = Ed25519Frame.content(of: block.der, in: Ed25519Frame.publicKey),
            let ed25519 = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
        {
            key = .ed25519(ed25519)
        } else if let p256 = try? P256.Signing.PublicKey(derRepresentation: block.der) {
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

    /// The key's SubjectPublicKeyInfo in DER.
    var subjectPublicKeyInfo: [UInt8] {
        switch key {
        case .p256(let key): Array(key.derRepresentation)
        case .ed25519(let key): Ed25519Frame.publicKey + Array(key.rawRepresentation)
        }
    }

    public var pem: String {
        PEMBlock(label: "PUBLIC KEY", der: subjectPublicKeyInfo).text
    }

    /// The digest of the SubjectPublicKeyInfo: `openssl pkey -pubin -in KEY -outform DER | sha256sum`.
    public var identifier: String {
        Digest(of: subjectPublicKeyInfo).hexadecimal
    }

    func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        switch key {
        case .p256(let key):
            // Re-encoding refuses every spelling of a signature but the shortest one.
            guard let decoded = try? P256.Signing.ECDSASignature(derRepresentation: signature),
                Array(decoded.derRepresentation) == signature
            else { return false }
            return key.isValidSignature(decoded, for: message)
        case .ed25519(let key):
            return key.isValidSignature(signature, for: message)
        }
    }
}
