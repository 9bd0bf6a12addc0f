// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Compares what lies in a bundle's folder with what its manifest lists.
struct DirectoryInventory {
    private let root: String
    private let files: Set<String>
    private let folders: Set<String>
    private let limits: BundleLimits

    init(root: String, manifest: Manifest, limits: BundleLimits) {
        self.root = root
        self.limits = limits
        files = Set(manifest.entries.map(\.path.text)).union([
            BundleLayout.manifest, BundleLayout.checksums, BundleLayout.attestation,
        ])
        folders = Set(manifest.entries.flatMap(\.path.folders))
    }

    func check() throws(BundleError) {
        var found: Set<String> = []
        try visit("", &found)
        if let missing = files.subtracting(found).min() { throw .missingFile(missing) }
    }

    private func visit(_ folder: String, _ found: inout Set<String>) throws(BundleError) {
        let names: [[UInt8]]
        do throws(FileSystemError) {
            names = try FileSystem.names(in: root + "/" + folder)
        } catch {
            throw .unreadable(file: folder.isEmpty ? root : folder, reason: error.description)
        }
        for nameBytes in names {
            guard let name = String(validating: nameBytes, as: UTF8.self) else {
                throw .badPath(folder + String(decoding: nameBytes, as: UTF8.self), flaw: "is not UTF-8")
            }
            let path = folder + name
            if let flaw = BundlePath.flaw(in: path) { throw .badPath(path, flaw: flaw) }
            switch FileSystem.kind(of: root + "/" + path) {
            case .regular:
                guard files.contains(path) else { throw .unknownFile(path) }
                found.insert(path)
            case .directory:
                guard folders.contains(path) else { throw .unknownFile(path) }
                try visit(path + "/", &found)
            case .symbolicLink: throw .symbolicLink(path)
            case .other: throw .notARegularFile(path)
            case nil: throw .missingFile(path)
            }
        }
    }
}
