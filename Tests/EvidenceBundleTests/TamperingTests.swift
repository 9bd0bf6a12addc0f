// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation
import Testing

@testable import EvidenceBundle

@Suite struct TamperingTests {
    /// Every byte of every file, each of its bits in turn from one byte to the next; of the long texts that
    /// are the same in all bundles, every seventh byte. Only the attestation depends on the signature scheme.
    @Test(arguments: SignatureAlgorithm.allCases)
    func anyFlippedByteIsRefused(_ algorithm: SignatureAlgorithm) throws {
        let sample = try SampleBundle(algorithm: algorithm)
        for file in algorithm == .p256 ? try sample.files() : [BundleLayout.attestation] {
            let original = try sample.bytes(of: file)
            let isFixedText = file == BundleLayout.readme || file.hasPrefix("schemas/")
            for index in stride(from: 0, to: original.count, by: isFixedText ? 7 : 1) {
                var altered = original
                altered[index] ^= 1 << UInt8(index % 8)
                try sample.replace(file, with: altered)
                #expect(sample.failure() != nil, "\(file), byte \(index)")
            }
            try sample.replace(file, with: original)
        }
        #expect(sample.failure() == nil)
    }

    @Test func truncatedAndLengthenedFilesAreRefused() throws {
        let sample = try SampleBundle()
        for file in try sample.files() {
            let original = try sample.bytes(of: file)
            let half = Array(original.prefix(original.count / 2))
            for altered in [[], Array(original.dropLast()), half, original + [0x0A]] where altered != original {
                try sample.replace(file, with: altered)
                #expect(sample.failure() != nil, "\(file) with \(altered.count) bytes")
            }
            try sample.replace(file, with: original)
        }
    }

    @Test func everyMissingFileIsNoticed() throws {
        let sample = try SampleBundle()
        for file in try sample.files() {
            let original = try sample.bytes(of: file)
            try FileManager.default.removeItem(atPath: sample.path + "/" + file)
            #expect(sample.failure() == .missingFile(file))
            try sample.replace(file, with: original)
        }
    }

    @Test func whatDoesNotBelongIsNoticed() throws {
        let sample = try SampleBundle()
        let files = FileManager.default
        func expect(_ error: BundleError, after make: (String) throws -> Void, at name: String) rethrows {
            let path = sample.path + "/" + name
            try make(path)
            #expect(sample.failure() == error)
            _ = try? files.removeItem(atPath: path)
        }
        try expect(
            .unknownFile("extra.txt"), after: { try Data().write(to: URL(fileURLWithPath: $0)) }, at: "extra.txt")
        try expect(.unknownFile("ir/.x"), after: { try Data().write(to: URL(fileURLWithPath: $0)) }, at: "ir/.x")
        try expect(
            .unknownFile("empty"),
            after: { try files.createDirectory(atPath: $0, withIntermediateDirectories: false) }, at: "empty")
        try expect(
            .symbolicLink("link"),
            after: { try files.createSymbolicLink(atPath: $0, withDestinationPath: "README.txt") },
            at: "link")
        expect(.notARegularFile("pipe"), after: { #expect(mkfifo($0, 0o600) == 0) }, at: "pipe")
        #expect(sample.failure() == nil)
    }

    @Test func linksAreNotFollowed() throws {
        let sample = try SampleBundle()
        for file in ["README.txt", BundleLayout.manifest, BundleLayout.attestation] {
            let path = sample.path + "/" + file
            let outside = sample.folder.path + "/outside"
            try FileManager.default.moveItem(atPath: path, toPath: outside)
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: outside)
            #expect(sample.failure() == .symbolicLink(file))
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.moveItem(atPath: outside, toPath: path)
        }
        let link = sample.folder.path + "/link.aibundle"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: sample.path)
        #expect(throws: BundleError.symbolicLink(link)) {
            try BundleReader.open(link, trusting: sample.key.verificationKey)
        }
    }

    @Test func onlyTheTrustedKeyCounts() throws {
        let sample = try SampleBundle()
        let other = SigningKey(generating: .p256).verificationKey
        #expect(
            throws: BundleError.signedWithOtherKey(
                signed: sample.key.verificationKey.identifier, trusted: other.identifier)
        ) {
            try BundleReader.open(sample.path, trusting: other)
        }
    }

    @Test func filesThatChangePlacesAreNoticed() throws {
        let sample = try SampleBundle()
        let program = try sample.bytes(of: BundleLayout.program)
        let certificate = try sample.bytes(of: BundleLayout.certificate)
        try sample.replace(BundleLayout.program, with: certificate)
        try sample.replace(BundleLayout.certificate, with: program)
        #expect(sample.failure()?.isRejection == true)
    }

    @Test func linesThatChangePlacesAreNoticedEvenWhenSigned() throws {
        let sample = try SampleBundle()
        let lines = try sample.bytes(of: BundleLayout.obligations).split(separator: 0x0A).map { Array($0) + [0x0A] }
        try sample.replace(BundleLayout.obligations, with: Array(lines.reversed().joined()))
        try sample.reseal()
        guard case .inconsistent(BundleLayout.obligations, _) = sample.failure() else {
            Issue.record("accepted or refused for another reason")
            return
        }
    }
}

/// What a holder of the key could still get wrong.
@Suite struct SealedButWrongTests {
    private func failure(_ edit: (inout JSONObject) -> Void) throws -> BundleError? {
        let sample = try SampleBundle()
        try sample.reseal(manifest: edit)
        return sample.failure()
    }

    private func edited(
        _ manifest: inout JSONObject, _ index: Int, _ key: String, _ value: JSONValue?
    ) {
        var files = manifest["files"]!.array!
        var file = files[index].object!
        file[key] = value
        files[index] = .object(file)
        manifest["files"] = .array(files)
    }

    @Test func resealingAloneChangesNothing() throws {
        #expect(try failure { _ in } == nil)
    }

    @Test(arguments: ["../x", "/etc/passwd", "a//b", "./a", "a/../b", "", "a\\b", "a b", "a\u{0}b", "scope/sources/"])
    func pathsThatLeaveTheBundleAreRefused(_ path: String) throws {
        let failure = try failure { edited(&$0, 0, "path", .string(path)) }
        guard case .badPath = failure else {
            Issue.record("\(path): \(String(describing: failure))")
            return
        }
    }

    @Test func duplicatesAndDisorderAreRefused() throws {
        #expect(
            try failure { $0["files"] = .array([$0["files"]!.array![0]] + $0["files"]!.array!) }
                == .duplicateFile("README.txt"))
        guard case .filesOutOfOrder = try failure({ $0["files"] = .array($0["files"]!.array!.reversed()) }) else {
            Issue.record("not refused as out of order")
            return
        }
    }

    @Test func wrongDescriptionsAreRefused() throws {
        for (key, value) in [("role", "source"), ("mediaType", "text/html"), ("sha256", "00")] {
            guard case .wrongDescription = try failure({ edited(&$0, 0, key, .string(value)) }) else {
                Issue.record("\(key) was not refused")
                continue
            }
        }
        #expect(try failure { edited(&$0, 0, "size", 1) } != nil)
        #expect(try failure { edited(&$0, 0, "extra", 1) } != nil)
        #expect(try failure { edited(&$0, 0, "size", nil) } != nil)
        #expect(try failure { $0["version"] = 2 } == .unsupportedVersion(2))
        #expect(
            try failure { $0["files"] = .array(Array($0["files"]!.array!.dropFirst())) } == .missingFile("README.txt"))
    }

    @Test func limitsHold() throws {
        let sample = try SampleBundle()
        func failure(_ set: (inout BundleLimits) -> Void) -> BundleError? {
            var limits = BundleLimits()
            set(&limits)
            do throws(BundleError) {
                _ = try BundleReader.open(sample.path, trusting: sample.key.verificationKey, limits: limits)
                return nil
            } catch {
                return error
            }
        }
        #expect(failure { $0.fileCount = 3 } == .tooManyFiles(limit: 3))
        #expect(failure { $0.fileSize = 100 } == .tooLarge(file: "README.txt", limit: 100))
        #expect(failure { $0.totalSize = 5000 } == .tooLarge(file: "the bundle", limit: 5000))
        #expect(failure { $0.indexSize = 10 } == .tooLarge(file: BundleLayout.attestation, limit: 10))
    }

    @Test(arguments: [
        (BundleLayout.obligations, "\"id\":0", "\"id\":1"), (BundleLayout.obligations, "proved", "proven"),
        (BundleLayout.obligations, "[0,1]", "[1,0]"), (BundleLayout.obligations, "[0,1]", "[0,7]"),
        (BundleLayout.obligations, "[0,1]", "[0]"), (BundleLayout.obligations, "proved", "alarm"),
        (BundleLayout.obligations, "\"line\":3", "\"line\": 3"), (BundleLayout.obligations, "{", "{\"zzz\":0,"),
        (BundleLayout.assumptions, "int has 32 bits", "int has 64 bits"), (BundleLayout.assumptions, "open", "closed"),
        (BundleLayout.assumptions, "target-abi", "whatever"), (BundleLayout.sourceList, "src/a.c", "src/b.c"),
        (BundleLayout.sourceList, "\"size\":0", "\"size\":1"), (BundleLayout.environment, "Linux\"", "Linux\" "),
        (BundleLayout.configuration, "main", "other"), (BundleLayout.excluded, "reason", "raison"),
        ("schemas/manifest.schema.json", "string", "number"),
    ])
    func nonsenseIsRefusedEvenWhenSigned(_ file: String, _ old: String, _ new: String) throws {
        let sample = try SampleBundle()
        let text = String(decoding: try sample.bytes(of: file), as: UTF8.self)
        #expect(text.contains(old))
        try sample.replace(file, with: Array(text.replacingOccurrences(of: old, with: new).utf8))
        try sample.reseal()
        #expect(sample.failure() != nil)
    }
}
