// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A bundle whose signature, digests and structure were found in order. Only ``BundleReader`` makes one.
public struct VerifiedBundle: Sendable {
    /// The digest of `manifest.json`, which names the bundle's whole content.
    public let manifestDigest: Digest
    public let key: VerificationKey
    public let manifest: Manifest
    public let statement: Statement
    public let obligations: [ObligationRecord]
    public let assumptions: [Assumption]
    public let excluded: [Scope.Exclusion]
    public let translationUnits: [String]
    public let program: [UInt8]
    public let certificate: [UInt8]
    public let runs: [RecordedRun]
    public let executions: ExecutionSummary

    init(
        manifestDigest: Digest, key: VerificationKey, manifest: Manifest, statement: Statement, records: Records,
        scope: ScopeRecords, program: [UInt8], certificate: [UInt8], runs: [RecordedRun],
        executions: ExecutionSummary
    ) {
        self.manifestDigest = manifestDigest
        self.key = key
        self.manifest = manifest
        self.statement = statement
        obligations = records.obligations
        assumptions = records.assumptions
        excluded = scope.excluded
        translationUnits = scope.translationUnits
        self.program = program
        self.certificate = certificate
        self.runs = runs
        self.executions = executions
    }
}

/// Reads bundles strictly: first the signature, then the manifest it covers, then the files that lists.
/// Nothing is interpreted before the step that vouches for it has passed.
public struct BundleReader {
    private let root: String
    private let limits: BundleLimits

    public static func open(
        _ directory: String, trusting key: VerificationKey, limits: BundleLimits = BundleLimits()
    ) throws(BundleError) -> VerifiedBundle {
        var root = directory
        while root.count > 1, root.hasSuffix("/") { root.removeLast() }
        switch FileSystem.kind(of: root) {
        case .directory: break
        case .symbolicLink: throw .symbolicLink(directory)
        case .regular: throw .isAFile(directory)
        default: throw .notADirectory(directory)
        }
        return try BundleReader(root: root, limits: limits).read(trusting: key)
    }

    private func read(trusting key: VerificationKey) throws(BundleError) -> VerifiedBundle {
        let statement = try verifiedStatement(trusting: key)
        let manifestBytes = try bytes(of: BundleLayout.manifest, limit: limits.indexSize)
        let manifestDigest = Digest(of: manifestBytes)
        guard manifestDigest == statement.manifest else {
            throw .wrongManifestDigest(signed: statement.manifest, found: manifestDigest)
        }
        let manifest = try Manifest(parsing: manifestBytes, limits: limits)
        let checksums = try bytes(of: BundleLayout.checksums, limit: limits.indexSize)
        guard checksums == manifest.checksumList(manifestDigest: manifestDigest) else { throw .wrongChecksumList }

        try DirectoryInventory(root: root, manifest: manifest, limits: limits).check()
        var files = try verifiedFiles(of: manifest)
        func take(_ path: String) throws(BundleError) -> [UInt8] {
            guard let bytes = files.removeValue(forKey: path) else { throw .missingFile(path) }
            return bytes
        }
        let configuration = try take(BundleLayout.configuration)
        for (path, bytes) in [
            (BundleLayout.configuration, configuration), (BundleLayout.environment, try take(BundleLayout.environment)),
            (BundleLayout.toolchain, try take(BundleLayout.toolchain)),
        ] {
            _ = try parseJSON(bytes, file: path)
        }
        for (path, schema) in Schemas.all where try take(path) != schema.canonicalBytes {
            throw .inconsistent(file: path, "is not the schema of format version \(BundleLayout.version)")
        }
        let records = try Records(
            obligations: try take(BundleLayout.obligations), assumptions: try take(BundleLayout.assumptions))
        let scope = try ScopeRecords(
            sources: try take(BundleLayout.sourceList), commands: try take(BundleLayout.compileCommands),
            excluded: try take(BundleLayout.excluded), manifest: manifest)
        var runs: [RecordedRun] = []
        for entry in manifest.entries where entry.role == .run {
            guard runs.count < BundleLayout.mostRuns, entry.path.text == BundleLayout.run(runs.count + 1) else {
                throw .inconsistent(file: entry.path.text, "the runs are not numbered one after the other")
            }
            runs.append(RecordedRun(path: entry.path.text, bytes: try take(entry.path.text)))
        }
        let file = BundleLayout.executions
        let json = try parseJSON(try take(file), file: file)
        let executions = try shaped(file) { () throws(JSONShapeError) in try ExecutionSummary(json) }
        guard executions.recorded == runs.count else {
            throw .inconsistent(file: file, "speaks of \(executions.recorded) runs where there are \(runs.count)")
        }
        let bundle = VerifiedBundle(
            manifestDigest: manifestDigest, key: key, manifest: manifest, statement: statement, records: records,
            scope: scope, program: try take(BundleLayout.program), certificate: try take(BundleLayout.certificate),
            runs: runs, executions: executions)
        try check(statement, against: bundle, configuration: Digest(of: configuration))
        return bundle
    }

    /// The statement, read from the very bytes whose signature was verified.
    private func verifiedStatement(trusting key: VerificationKey) throws(BundleError) -> Statement {
        let file = BundleLayout.attestation
        let json = try parseJSON(try bytes(of: file, limit: limits.indexSize), file: file)
        let envelope = try shaped(file) { () throws(JSONShapeError) in try Envelope(json) }
        guard envelope.keyIdentifier == key.identifier else {
            throw .signedWithOtherKey(signed: envelope.keyIdentifier, trusted: key.identifier)
        }
        guard envelope.isSigned(by: key) else { throw .invalidSignature }
        let payload = try parseJSON(envelope.payload, file: file + " (payload)")
        return try shaped(file) { () throws(JSONShapeError) in try Statement(payload) }
    }

    private func verifiedFiles(of manifest: Manifest) throws(BundleError) -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for entry in manifest.entries {
            let bytes = try bytes(of: entry.path.text, limit: limits.fileSize)
            guard bytes.count == entry.size else {
                throw .wrongSize(file: entry.path.text, listed: entry.size, found: bytes.count)
            }
            let digest = Digest(of: bytes)
            guard digest == entry.digest else {
                throw .wrongDigest(file: entry.path.text, listed: entry.digest, found: digest)
            }
            files[entry.path.text] = bytes
        }
        return files
    }

    private func bytes(of path: String, limit: Int) throws(BundleError) -> [UInt8] {
        do throws(FileSystemError) {
            return try FileSystem.read(root + "/" + path, limit: limit)
        } catch {
            switch error {
            case .isSymbolicLink: throw .symbolicLink(path)
            case .isNotRegularFile: throw .notARegularFile(path)
            case .isLarger(let limit): throw .tooLarge(file: path, limit: limit)
            default:
                if FileSystem.kind(of: root + "/" + path) == nil { throw .missingFile(path) }
                throw .unreadable(file: path, reason: error.description)
            }
        }
    }

    private func check(
        _ statement: Statement, against bundle: VerifiedBundle, configuration: Digest
    ) throws(BundleError) {
        guard statement.summary == VerdictSummary(bundle.obligations, bundle.assumptions) else {
            throw .wrongStatement("its summary does not count what the bundle lists")
        }
        let claims = [
            ("program", statement.program, Digest(of: bundle.program)),
            ("certificate", statement.certificate, Digest(of: bundle.certificate)),
            ("configuration", statement.configuration, configuration),
        ]
        for (name, claimed, found) in claims where claimed != found {
            throw .wrongStatement("its digest of the \(name) is not that of the file")
        }
    }
}
