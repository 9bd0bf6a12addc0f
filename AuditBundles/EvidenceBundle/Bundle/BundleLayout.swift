// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Which files a bundle has, and what each is for. A file that is not described here does not belong.
public enum BundleLayout {
    public static let format = "ai-check evidence bundle"
    public static let version = 1
    public static let directoryExtension = "aibundle"

    // The three files around the manifest. They are not listed in it: it cannot hold its own digest, the
    // checksum list follows from it, and the attestation signs it.
    public static let manifest = "manifest.json"
    public static let checksums = "SHA256SUMS"
    public static let attestation = "attestation.dsse.json"

    public static let readme = "README.txt"
    public static let environment = "environment.json"
    public static let configuration = "config/effective.json"
    public static let program = "ir/program.air"
    public static let programText = "ir/program.txt"
    public static let certificate = "certificate/proof.aic"
    public static let obligations = "obligations.jsonl"
    public static let assumptions = "assumptions.jsonl"
    public static let sourceList = "scope/sources.json"
    public static let compileCommands = "scope/compile-commands.json"
    public static let toolchain = "scope/toolchain.json"
    public static let excluded = "scope/excluded.json"
    public static let executions = "executions.json"
    /// Recorded runs lie in this folder, `0001.run` and so on.
    public static let runFolder = "runs/"
    /// Copies of the analysed sources lie below this folder.
    public static let sourceFolder = "scope/sources/"

    /// What a file is for.
    public enum Role: String, CaseIterable, Sendable {
        case program, certificate, obligations, assumptions, scope, source, environment, configuration, schema
        case executions, run
        case programText = "program-text"
        case readme
    }

    /// What the manifest must say about a file, besides its size and digest.
    struct Description: Equatable {
        let role: Role
        let mediaType: String
    }

    private static let json = "application/json"
    private static let jsonLines = "application/jsonl"
    private static let text = "text/plain; charset=utf-8"

    /// The files that every bundle has.
    static let fixedFiles: [String: Description] = {
        var files: [String: Description] = [
            readme: Description(role: .readme, mediaType: text),
            environment: Description(role: .environment, mediaType: json),
            configuration: Description(role: .configuration, mediaType: json),
            program: Description(role: .program, mediaType: "application/vnd.ai-check.program"),
            programText: Description(role: .programText, mediaType: text),
            certificate: Description(role: .certificate, mediaType: "application/vnd.ai-check.certificate"),
            obligations: Description(role: .obligations, mediaType: jsonLines),
            assumptions: Description(role: .assumptions, mediaType: jsonLines),
            executions: Description(role: .executions, mediaType: json),
            sourceList: Description(role: .scope, mediaType: json),
            compileCommands: Description(role: .scope, mediaType: json),
            toolchain: Description(role: .scope, mediaType: json),
            excluded: Description(role: .scope, mediaType: json),
        ]
        for path in Schemas.all.keys {
            files[path] = Description(role: .schema, mediaType: "application/schema+json")
        }
        return files
    }()

    /// The description of the file at `path`, or `nil` if a bundle has no such file.
    static func description(of path: BundlePath) -> Description? {
        if let fixed = fixedFiles[path.text] { return fixed }
        if path.text.hasPrefix(runFolder) {
            guard let number = runNumber(path.text), path.text == self.run(number) else { return nil }
            return Description(role: .run, mediaType: "application/vnd.ai-check.run")
        }
        guard path.text.hasPrefix(sourceFolder) else { return nil }
        return Description(role: .source, mediaType: "text/x-c")
    }

    /// The most runs that a bundle holds.
    public static let mostRuns = 9999

    /// How people call a run; the first one has number 1.
    public static func runName(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// The path of a run.
    static func run(_ number: Int) -> String { runFolder + runName(number) + ".run" }

    private static func runNumber(_ path: String) -> Int? {
        guard path.hasSuffix(".run"), let number = Int(path.dropFirst(runFolder.count).dropLast(4)) else { return nil }
        return (1...mostRuns).contains(number) ? number : nil
    }
}
