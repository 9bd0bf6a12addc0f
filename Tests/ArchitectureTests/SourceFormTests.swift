// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Testing

/// What every source file has, and what none in the trusted part has.
@Suite struct SourceFormTests {
    private let package: PackageDescription

    init() throws {
        package = try PackageDescription.current.get()
    }

    private var shippedFiles: [String] {
        ["Sources", "Domains", "AuditBundles"].flatMap(package.sourceFiles)
    }

    @Test func everyFileNamesItsLicence() throws {
        let files = shippedFiles + package.sourceFiles(in: "Tests") + ["Package.swift"]
        for file in files {
            let lines = try package.text(of: file).split(separator: "\n", omittingEmptySubsequences: false)
            // The manifest's first line belongs to the package manager.
            let start = lines.first?.hasPrefix("// swift-tools-version") == true ? 1 : 0
            // C files may use the older form of comments.
            let header = lines.dropFirst(start).prefix(2).map { line in
                line.split(separator: " ").filter { !["//", "/*", "*/"].contains($0) }.joined(separator: " ")
            }
            let expected = ["SPDX-License-Identifier: Apache-2.0", "SPDX-FileCopyrightText: ai-check contributors"]
            #expect(header == expected, "\(file)")
        }
    }

    @Test func nothingShippedIsUnfinished() throws {
        for file in shippedFiles {
            let text = try package.text(of: file)
            for mark in ["TODO", "FIXME", "fatalError("] {
                #expect(!text.contains(mark), "\(file) has \(mark)")
            }
        }
    }

    /// Malformed evidence must be refused, never trap.
    @Test func theAuditorsCodeHasNoForcedUnwraps() throws {
        let pattern = /try!|\bas!|[A-Za-z0-9_\])]!(?![=])/
        for folder in ["AuditBundles/CertificateChecker", "AuditBundles/ai-audit", "AuditBundles/EvidenceBundle"] {
            for file in package.sourceFiles(in: folder) {
                for line in try package.text(of: file).split(separator: "\n") {
                    let code = line.prefix { $0 != "\"" }
                    if code.drop(while: { $0 == " " }).hasPrefix("//") { continue }
                    #expect(!code.contains(pattern), "\(file): \(line)")
                }
            }
        }
    }
}
