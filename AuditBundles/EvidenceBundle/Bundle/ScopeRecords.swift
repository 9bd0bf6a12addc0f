// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The scope files of a bundle, read and checked against its manifest.
struct ScopeRecords {
    let translationUnits: [String]
    let excluded: [Scope.Exclusion]

    init(
        sources: [UInt8], commands: [UInt8], excluded: [UInt8], manifest: Manifest
    ) throws(BundleError) {
        try ScopeRecords.checkSources(sources, against: manifest)
        var units: [String] = []
        for command in try ScopeRecords.elements(of: commands, file: BundleLayout.compileCommands) {
            units.append(
                try shaped(BundleLayout.compileCommands) { () throws(JSONShapeError) in
                    var fields = try JSONFields(command, of: "the compile command")
                    let file = try fields.string("file")
                    _ = try fields.strings("arguments")
                    _ = try fields.strings("droppedArguments")
                    try fields.finish()
                    return file
                })
        }
        translationUnits = units
        var exclusions: [Scope.Exclusion] = []
        for exclusion in try ScopeRecords.elements(of: excluded, file: BundleLayout.excluded) {
            exclusions.append(
                try shaped(BundleLayout.excluded) { () throws(JSONShapeError) in
                    var fields = try JSONFields(exclusion, of: "the exclusion")
                    let what = try fields.string("what")
                    let reason = try fields.string("reason")
                    try fields.finish()
                    return Scope.Exclusion(what: what, reason: reason)
                })
        }
        self.excluded = exclusions
    }

    private static func elements(of bytes: [UInt8], file: String) throws(BundleError) -> [JSONValue] {
        guard let elements = try parseJSON(bytes, file: file).array else {
            throw .badShape(file: file, JSONShapeError("not an array"))
        }
        return elements
    }

    /// The list of sources and the copies in the bundle are the same files.
    private static func checkSources(_ bytes: [UInt8], against manifest: Manifest) throws(BundleError) {
        let list = BundleLayout.sourceList
        var copies: [String: Manifest.Entry] = [:]
        for entry in manifest.entries where entry.role == .source { copies[entry.path.text] = entry }
        for source in try elements(of: bytes, file: list) {
            let (path, file, size, digest) = try shaped(list) { () throws(JSONShapeError) in
                var fields = try JSONFields(source, of: "the source")
                let row = (
                    path: try fields.string("path"), file: try fields.string("file"),
                    size: try fields.integer("size"), digest: try fields.string("sha256")
                )
                try fields.finish()
                return row
            }
            guard file == BundlePath(source: path, in: BundleLayout.sourceFolder)?.text else {
                throw .inconsistent(file: list, "the copy of \(printable(path)) is not where it must be")
            }
            guard let copy = copies.removeValue(forKey: file) else {
                throw .inconsistent(file: list, "there is no copy of \(printable(path)), or it is listed twice")
            }
            guard copy.size == size, copy.digest.hexadecimal == digest else {
                throw .inconsistent(file: list, "the size or digest of \(printable(path)) is not that of its copy")
            }
        }
        if let extra = copies.keys.min() { throw .inconsistent(file: list, "does not list \(extra)") }
    }
}
