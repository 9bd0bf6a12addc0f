// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The list of a bundle's files with their digests.
public struct Manifest: Equatable, Sendable {
    public struct Entry: Equatable, Sendable {
        public let path: BundlePath
        public let size: Int
        public let digest: Digest
        public let role: BundleLayout.Role
        public let mediaType: String
    }

    /// Ascending by path.
    public let entries: [Entry]

    /// Describes `files` as ``BundleLayout`` wants them described.
    init(describing files: [BundlePath: [UInt8]]) throws(BundleError) {
        var entries: [Entry] = []
        for path in files.keys.sorted() {
            guard let description = BundleLayout.description(of: path), let bytes = files[path] else {
                throw .unknownFile(path.text)
            }
            entries.append(
                Entry(
                    path: path, size: bytes.count, digest: Digest(of: bytes), role: description.role,
                    mediaType: description.mediaType))
        }
        self.entries = entries
    }

    var json: JSONValue {
        [
            "format": .string(BundleLayout.format),
            "version": .integer(BundleLayout.version),
            "files": .array(
                entries.map { entry in
                    [
                        "path": .string(entry.path.text), "size": .integer(entry.size),
                        "sha256": .string(entry.digest.hexadecimal), "role": .string(entry.role.rawValue),
                        "mediaType": .string(entry.mediaType),
                    ]
                }),
        ]
    }

    /// What `sha256sum --check` reads: every listed file and the manifest itself.
    func checksumList(manifestDigest: Digest) -> [UInt8] {
        var lines = entries.map { (path: $0.path.text, digest: $0.digest) }
        lines.append((path: BundleLayout.manifest, digest: manifestDigest))
        lines.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        return lines.flatMap { Array("\($0.digest.hexadecimal)  \($0.path)\n".utf8) }
    }

    subscript(path: String) -> Entry? {
        entries.first { $0.path.text == path }
    }
}
