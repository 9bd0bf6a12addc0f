// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle
import Foundation
import Testing

/// A report is there in full, or what was there before it.
@Suite struct OutputFileTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    private var file: String { folder.appendingPathComponent("r.json").path }

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func clean() { try? FileManager.default.removeItem(at: folder) }
    private var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()) ?? [] }

    @Test func reportsTakeTheirNameWhenTheyAreComplete() throws {
        defer { clean() }
        try OutputFile.write(Array("old".utf8), to: file)
        let reader = try #require(FileHandle(forReadingAtPath: file))
        try OutputFile.check(file)
        try OutputFile.write(Array("new one".utf8), to: file)
        // Whoever has the old file open reads it to its end.
        #expect(try reader.readToEnd() == Data("old".utf8))
        #expect(FileManager.default.contents(atPath: file) == Data("new one".utf8))
        #expect(names == ["r.json"])
    }

    @Test func linksAndPermissionsStay() throws {
        defer { clean() }
        try OutputFile.write([1], to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        let link = folder.appendingPathComponent("link").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "r.json")
        try OutputFile.write([2], to: link)
        #expect(FileManager.default.contents(atPath: file) == Data([2]))
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "r.json")
        let permissions = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(permissions == 0o600)
        #expect(names == ["link", "r.json"])
    }

    @Test func failuresSayWhyAndLeaveNothing() {
        defer { clean() }
        func reason(_ file: String, _ work: (String) throws(OutputFailure) -> Void) -> String? {
            do throws(OutputFailure) {
                try work(file)
                return nil
            } catch {
                return error.reason
            }
        }
        let write: (String) throws(OutputFailure) -> Void = { file throws(OutputFailure) in
            try OutputFile.write([1], to: file)
        }
        let missing = folder.path + "/nowhere/r.json"
        #expect(reason(missing, write) == "its folder does not exist")
        #expect(reason(missing, OutputFile.check) == "its folder does not exist")
        #expect(reason(folder.path, OutputFile.check) == "it is a folder")
        #expect(reason("/dev/full", OutputFile.check) == nil)
        #expect(reason("/dev/full", write) == "the disk is full")
        #expect(reason("/dev/null", write) == nil)
        #expect(names == [])
    }
}
