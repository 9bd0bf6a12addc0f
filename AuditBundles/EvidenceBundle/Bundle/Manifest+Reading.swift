// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension Manifest {
    /// Reads `manifest.json` and refuses whatever ``BundleLayout`` does not foresee.
    init(parsing bytes: [UInt8], limits: BundleLimits) throws(BundleError) {
        let json = try parseJSON(bytes, file: BundleLayout.manifest)
        let rows = try shaped(BundleLayout.manifest) { () throws(JSONShapeError) in
            try Manifest.rows(json)
        }
        guard rows.version == BundleLayout.version else { throw .unsupportedVersion(rows.version) }
        guard rows.files.count <= limits.fileCount else { throw .tooManyFiles(limit: limits.fileCount) }
        var entries: [Entry] = []
        var total = 0
        for row in rows.files {
            let entry = try Manifest.entry(row)
            if let last = entries.last, last.path >= entry.path {
                throw last.path == entry.path
                    ? .duplicateFile(entry.path.text) : .filesOutOfOrder(entry.path.text)
            }
            guard entry.size <= limits.fileSize else {
                throw .tooLarge(file: entry.path.text, limit: limits.fileSize)
            }
            total += entry.size
            guard total <= limits.totalSize else { throw .tooLarge(file: "the bundle", limit: limits.totalSize) }
            entries.append(entry)
        }
        let listed = Set(entries.map(\.path.text))
        if let missing = BundleLayout.fixedFiles.keys.filter({ !listed.contains($0) }).min() {
            throw .missingFile(missing)
        }
        self.entries = entries
    }

    /// The JSON with its types checked, and nothing else.
    private struct Row {
        let path: String
        let size: Int
        let digest: String
        let role: String
        let mediaType: String
    }

    private static func rows(_ json: JSONValue) throws(JSONShapeError) -> (version: Int, files: [Row]) {
        var fields = try JSONFields(json, of: "the manifest")
        guard try fields.string("format") == BundleLayout.format else {
            throw JSONShapeError("the manifest's format is not \"\(BundleLayout.format)\"")
        }
        let version = try fields.integer("version")
        var rows: [Row] = []
        for file in try fields.array("files") {
            var row = try JSONFields(file, of: "file \(rows.count + 1) of the manifest")
            rows.append(
                Row(
                    path: try row.string("path"), size: try row.integer("size"), digest: try row.string("sha256"),
                    role: try row.string("role"), mediaType: try row.string("mediaType")))
            try row.finish()
        }
        try fields.finish()
        return (version, rows)
    }

    private static func entry(_ row: Row) throws(BundleError) -> Entry {
        guard let path = BundlePath(row.path) else {
            throw .badPath(row.path, flaw: BundlePath.flaw(in: row.path) ?? "is not usable")
        }
        guard let description = BundleLayout.description(of: path) else { throw .unknownFile(row.path) }
        guard let digest = Digest(hexadecimal: row.digest) else {
            throw .wrongDescription(file: row.path, "sha256 is not 64 lower-case hexadecimal digits")
        }
        guard row.role == description.role.rawValue else {
            throw .wrongDescription(file: row.path, "its role must be \"\(description.role.rawValue)\"")
        }
        guard row.mediaType == description.mediaType else {
            throw .wrongDescription(file: row.path, "its media type must be \"\(description.mediaType)\"")
        }
        return Entry(
            path: path, size: row.size, digest: digest, role: description.role, mediaType: description.mediaType)
    }
}
