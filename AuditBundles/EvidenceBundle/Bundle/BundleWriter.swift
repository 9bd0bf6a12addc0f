// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation

/// Writes bundles.
public enum BundleWriter {
    /// Writes a sealed bundle and returns the digest of its manifest.
    ///
    /// The files go into a folder beside `directory`, which takes its name only when it is complete. An
    /// older bundle of that name is replaced; anything else is left alone. The same contents always give
    /// the same manifest; only the signature differs.
    @discardableResult
    public static func write(
        _ contents: BundleContents, to directory: String, sealedWith key: SigningKey
    ) throws(BundleError) -> Digest {
        let target = try checkedTarget(directory)
        var contents = contents
        contents.normalise()
        let files = try contents.files()
        let manifest = try Manifest(describing: files)
        let manifestBytes = manifest.json.canonicalBytes
        let manifestDigest = Digest(of: manifestBytes)
        let statement = Statement(
            manifest: manifestDigest, tool: contents.tool,
            summary: VerdictSummary(contents.obligations, contents.assumptions),
            program: Digest(of: contents.program), certificate: Digest(of: contents.certificate),
            configuration: Digest(of: contents.configuration.canonicalBytes))

        let partial = partialName(of: target)
        do throws(FileSystemError) {
            try FileSystem.makeDirectory(partial)
        } catch {
            throw .unwritable(file: partial, reason: error.description)
        }
        do throws(BundleError) {
            try write(files, below: partial)
            try write(manifestBytes, to: partial + "/" + BundleLayout.manifest)
            try write(
                manifest.checksumList(manifestDigest: manifestDigest), to: partial + "/" + BundleLayout.checksums)
            try write(
                try sealed(statement, with: key).canonicalBytes, to: partial + "/" + BundleLayout.attestation)
            try install(partial, as: target)
        } catch {
            FileSystem.removeTree(partial)
            throw error
        }
        return manifestDigest
    }

    /// Fails early, before an analysis is spent, if a bundle could not be written to `directory`.
    public static func checkTarget(_ directory: String) throws(BundleError) {
        let partial = partialName(of: try checkedTarget(directory))
        do throws(FileSystemError) {
            try FileSystem.makeDirectory(partial)
        } catch {
            throw .unwritable(file: directory, reason: error.description)
        }
        FileSystem.removeTree(partial)
    }

    private static func checkedTarget(_ directory: String) throws(BundleError) -> String {
        var target = directory
        while target.hasSuffix("/") { target.removeLast() }
        let name = target.split(separator: "/").last ?? ""
        let ending = "." + BundleLayout.directoryExtension
        guard name.hasSuffix(ending), name.count > ending.count else { throw .badName(directory) }
        guard FileSystem.kind(of: target) == nil || isBundle(target) else { throw .wouldOverwrite(target) }
        return target
    }

    /// Whether a folder is recognisably a bundle. It need not be a valid one to be replaced.
    private static func isBundle(_ path: String) -> Bool {
        FileSystem.kind(of: path) == .directory
            && FileSystem.kind(of: path + "/" + BundleLayout.manifest) == .regular
            && FileSystem.kind(of: path + "/" + BundleLayout.attestation) == .regular
    }

    private static func partialName(of target: String) -> String {
        "\(target).partial-\(getpid())"
    }

    private static func sealed(_ statement: Statement, with key: SigningKey) throws(BundleError) -> JSONValue {
        do {
            return try Envelope(payload: statement.json.canonicalBytes, signedWith: key).json
        } catch {
            throw .signingFailed(String(describing: error))
        }
    }

    private static func write(_ files: [BundlePath: [UInt8]], below root: String) throws(BundleError) {
        var made: Set<String> = []
        for path in files.keys.sorted() {
            for folder in path.folders where made.insert(folder).inserted {
                do throws(FileSystemError) {
                    try FileSystem.makeDirectory(root + "/" + folder)
                } catch {
                    throw .unwritable(file: root + "/" + folder, reason: error.description)
                }
            }
            try write(files[path] ?? [], to: root + "/" + path.text)
        }
    }

    private static func write(_ bytes: [UInt8], to file: String) throws(BundleError) {
        do throws(FileSystemError) {
            try FileSystem.writeNew(bytes, to: file)
        } catch {
            throw .unwritable(file: file, reason: error.description)
        }
    }

    /// Gives the finished folder its name. An older bundle steps aside first and is removed last, so that
    /// a crash leaves one complete bundle behind, if under another name.
    private static func install(_ partial: String, as target: String) throws(BundleError) {
        let aside = "\(target).replaced-\(getpid())"
        let replaces = FileSystem.kind(of: target) != nil
        do throws(FileSystemError) {
            if replaces { try FileSystem.rename(target, to: aside) }
            try FileSystem.rename(partial, to: target)
        } catch {
            if replaces, FileSystem.kind(of: target) == nil { try? FileSystem.rename(aside, to: target) }
            throw .unwritable(file: target, reason: error.description)
        }
        if replaces { FileSystem.removeTree(aside) }
    }
}
