// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Testing

/// What the files of each target really import.
@Suite struct ImportTests {
    private let package: PackageDescription

    /// Modules that come with Swift or the operating system.
    private let platform: Set = [
        "Foundation", "Dispatch", "Glibc", "Musl", "Darwin", "Synchronization", "Builtin", "Testing",
    ]

    init() throws {
        package = try PackageDescription.current.get()
    }

    private func imports(of file: String) throws -> [String] {
        let pattern =
            /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)/
        return try package.text(of: file).split(separator: "\n").compactMap { line in
            try pattern.prefixMatch(in: line).map { String($0.1) }
        }
    }

    @Test func targetsImportWhatTheyDeclare() throws {
        for target in package.targets.values {
            let declared = Set(target.targets.compactMap { package.targets[$0]?.module })
                .union(target.products).union(platform)
            for file in package.sourceFiles(in: target.path) where file.hasSuffix(".swift") {
                for module in try imports(of: file) {
                    #expect(declared.contains(module), "\(file) imports \(module)")
                }
            }
        }
    }

    @Test func theCheckerImportsNothing() throws {
        let files = package.sourceFiles(in: "AuditBundles/CertificateChecker")
        #expect(!files.isEmpty)
        for file in files {
            #expect(file.hasSuffix(".swift"), "\(file) is not Swift")
            #expect(try imports(of: file) == [], "\(file)")
        }
    }

    @Test func clangHeadersStayInTheBridge() throws {
        for target in package.targets.values where target.name != "ClangBridge" {
            for file in package.sourceFiles(in: target.path) where !file.contains("/Fixtures/") {
                #expect(!(try package.text(of: file).contains("#include \"clang/")), "\(file)")
            }
        }
    }

    /// The tests above see nothing if this fails.
    @Test func importsAreRecognised() throws {
        #expect(try imports(of: "Tests/ArchitectureTests/PackageDescription.swift") == ["Foundation"])
        #expect(try imports(of: "Tests/ArchitectureTests/ImportTests.swift") == ["Testing"])
    }
}
