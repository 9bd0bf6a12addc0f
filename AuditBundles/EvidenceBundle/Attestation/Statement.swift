// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The in-toto Statement (version 1) that a bundle's signature covers.
///
/// Its subject is the manifest, and the manifest holds the digest of every other file, so the one
/// signature covers all of them. The predicate repeats the headline figures for tools that read only
/// attestations; the reader compares each with the bundle.
public struct Statement: Equatable, Sendable {
    public static let type = "https://in-toto.io/Statement/v1"
    public static let predicateType = "urn:ai-check:evidence-bundle:v1"

    /// The digest of `manifest.json`.
    public let manifest: Digest
    public let tool: ToolVersion
    public let summary: VerdictSummary
    /// Digests of the program in IR form, its certificate and the effective configuration.
    public let program: Digest
    public let certificate: Digest
    public let configuration: Digest

    init(
        manifest: Digest, tool: ToolVersion, summary: VerdictSummary, program: Digest, certificate: Digest,
        configuration: Digest
    ) {
        self.manifest = manifest
        self.tool = tool
        self.summary = summary
        self.program = program
        self.certificate = certificate
        self.configuration = configuration
    }

    init(_ json: JSONValue) throws(JSONShapeError) {
        var fields = try JSONFields(json, of: "the statement")
        guard try fields.string("_type") == Statement.type else {
            throw JSONShapeError("the statement is not an in-toto Statement v1")
        }
        guard try fields.string("predicateType") == Statement.predicateType else {
            throw JSONShapeError("the statement's predicateType is not \(Statement.predicateType)")
        }
        let subjects = try fields.array("subject")
        guard subjects.count == 1 else { throw JSONShapeError("the statement has not exactly one subject") }
        var subject = try JSONFields(subjects[0], of: "the subject")
        guard try subject.string("name") == BundleLayout.manifest else {
            throw JSONShapeError("the subject is not \(BundleLayout.manifest)")
        }
        manifest = try Digest(algorithmMap: try subject.value("digest"), of: "the subject's digest")
        try subject.finish()

        var predicate = try JSONFields(try fields.value("predicate"), of: "the predicate")
        tool = try ToolVersion(try predicate.value("tool"))
        summary = try VerdictSummary(try predicate.value("summary"))
        program = try Digest(algorithmMap: try predicate.value("program"), of: "the program's digest")
        certificate = try Digest(algorithmMap: try predicate.value("certificate"), of: "the certificate's digest")
        configuration = try Digest(algorithmMap: try predicate.value("configuration"), of: "the configuration's digest")
        try predicate.finish()
        try fields.finish()
    }

    var json: JSONValue {
        [
            "_type": .string(Statement.type),
            "predicateType": .string(Statement.predicateType),
            "subject": [["name": .string(BundleLayout.manifest), "digest": manifest.algorithmMap]],
            "predicate": [
                "tool": tool.json,
                "summary": summary.json,
                "program": program.algorithmMap,
                "certificate": certificate.algorithmMap,
                "configuration": configuration.algorithmMap,
            ],
        ]
    }
}

extension Digest {
    /// in-toto's DigestSet with the one algorithm used here.
    var algorithmMap: JSONValue { ["sha256": .string(hexadecimal)] }

    init(algorithmMap json: JSONValue, of what: String) throws(JSONShapeError) {
        var fields = try JSONFields(json, of: what)
        let text = try fields.string("sha256")
        try fields.finish()
        guard let digest = Digest(hexadecimal: text) else {
            throw JSONShapeError("\(what) is not 64 lower-case hexadecimal digits")
        }
        self = digest
    }
}
