// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation
import Testing

@testable import EvidenceBundle

@Suite struct BundleTests {
    @Test(arguments: SignatureAlgorithm.allCases)
    func aBundleReadsBack(_ algorithm: SignatureAlgorithm) throws {
        let sample = try SampleBundle(algorithm: algorithm)
        let bundle = try sample.open()
        #expect(bundle.program == [1, 2, 3, 4])
        #expect(bundle.certificate == [9, 8, 7])
        #expect(bundle.obligations == BundleContents.sample.obligations)
        #expect(bundle.assumptions.map(\.id) == [0, 1])
        #expect(bundle.assumptions.map(\.dependents) == [[0], [0, 2]])
        #expect(bundle.excluded == BundleContents.sample.scope.excluded)
        #expect(bundle.translationUnits == ["src/a.c"])
        #expect(bundle.statement.summary.proved == 1)
        #expect(bundle.statement.summary.obligations == 3)
        #expect(bundle.manifestDigest == Digest(of: try sample.bytes(of: BundleLayout.manifest)))
    }

    @Test func twoRunsGiveTheSameManifest() throws {
        let folder = try TemporaryFolder()
        var shuffled = BundleContents.sample
        shuffled.obligations.reverse()
        shuffled.scope.sources.reverse()
        let a = try BundleWriter.write(
            .sample, to: folder.path + "/a.aibundle", sealedWith: SigningKey(generating: .p256))
        let b = try BundleWriter.write(
            shuffled, to: folder.path + "/b.aibundle", sealedWith: SigningKey(generating: .ed25519))
        #expect(a == b)
    }

    @Test func sourcesKeepTheirNamesAndNeverMeet() {
        func copy(_ path: String) -> String? { BundlePath(source: path, in: "s/")?.text }
        #expect(copy("src/a.c") == "s/src/a.c")
        #expect(copy("/usr/include/b.h") == "s/%2F/usr/include/b.h")
        #expect(copy("../c d/é.c") == "s/%2E%2E/c%20d/%C3%A9.c")
        #expect(copy("%2F/usr/include/b.h") == "s/%252F/usr/include/b.h")
        #expect(copy(String(repeating: "x", count: 300)) == nil)
    }

    @Test func anOlderBundleIsReplacedAndNothingElse() throws {
        let sample = try SampleBundle()
        try BundleWriter.write(.sample, to: sample.path, sealedWith: sample.key)
        _ = try sample.open()
        #expect(try FileManager.default.contentsOfDirectory(atPath: sample.folder.path) == ["sample.aibundle"])

        let occupied = sample.folder.path + "/mine.aibundle"
        try FileManager.default.createDirectory(atPath: occupied, withIntermediateDirectories: true)
        #expect(throws: BundleError.wouldOverwrite(occupied)) {
            try BundleWriter.write(.sample, to: occupied, sealedWith: sample.key)
        }
        let file = sample.folder.path + "/file.aibundle"
        try Data("precious".utf8).write(to: URL(fileURLWithPath: file))
        #expect(throws: BundleError.wouldOverwrite(file)) { try BundleWriter.checkTarget(file) }
        #expect(throws: BundleError.badName("out")) { try BundleWriter.checkTarget("out") }
        #expect(throws: BundleError.self) { try BundleWriter.checkTarget("/nowhere/at/all/x.aibundle") }
    }

    @Test func aFailedWriteLeavesNothingBehind() throws {
        let folder = try TemporaryFolder()
        var contents = BundleContents.sample
        contents.scope.sources.append(contents.scope.sources[0])
        #expect(throws: BundleError.duplicateFile("src/a.c")) {
            try BundleWriter.write(
                contents, to: folder.path + "/x.aibundle", sealedWith: SigningKey(generating: .p256))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func tenThousandObligationsFit() throws {
        var contents = BundleContents.sample
        let model = contents.obligations[1]
        for id in 3..<10_003 {
            var obligation = model
            obligation.id = id
            contents.obligations.append(obligation)
        }
        #expect(try SampleBundle(contents).open().obligations.count == 10_003)
    }
}
