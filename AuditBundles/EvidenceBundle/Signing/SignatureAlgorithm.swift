// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The signature schemes a bundle can be sealed with.
public enum SignatureAlgorithm: String, CaseIterable, Sendable {
    /// ECDSA over P-256 with SHA-256, signatures in DER: what HSMs, KMSs and cosign understand.
    case p256
    /// Ed25519 (RFC 8032).
    case ed25519

    public var displayName: String {
        switch self {
        case .p256: "ECDSA P-256 with SHA-256"
        case .ed25519: "Ed25519"
        }
    }
}
