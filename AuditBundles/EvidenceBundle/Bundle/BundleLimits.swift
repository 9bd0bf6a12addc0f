// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// How much a reader is willing to hold. A bundle past any of these is refused.
public struct BundleLimits: Sendable {
    /// Bytes of one file.
    public var fileSize = 4 << 30
    /// Bytes of all files together.
    public var totalSize = 8 << 30
    /// Bytes of the manifest, the checksum list and the attestation, each.
    public var indexSize = 64 << 20
    public var fileCount = 200_000

    public init() {}
}
