// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation
import LibraryModels
import Testing

/// Model files are C that the pinned compiler accepts, and the registry is complete.
@Suite struct ModelFileTests {
    @Test(arguments: Toolchain.sources.map(\.name))
    func everyModelCompilesWithoutWarning(name: String) throws {
        let toolchain = try Toolchain()
        defer { toolchain.remove() }
        let flags = LibraryModels.compilerArguments + ["-Wall", "-Wextra", "-Werror", "-fsyntax-only"]
        #expect(throws: Never.self) { try toolchain.run("clang-19", flags + [name]) }
    }

    /// The registry and the model files name the same functions and variables.
    @Test func registryMatchesDefinitions() throws {
        let toolchain = try Toolchain()
        defer { toolchain.remove() }
        for file in Toolchain.models {
            try toolchain.compile(file)
            let defined = try toolchain.definitions(in: file)
            let registered = LibraryModels.all.filter { $0.file == file.name && $0.format == nil }.map(\.name)
            #expect(Set(registered).subtracting(defined).isEmpty, "registered, but not in \(file.name)")
            for name in defined.subtracting(registered) where !isFormatHelper(name) {
                #expect(LibraryModels.file(defining: name) == file.name, "\(name) of \(file.name) is not registered")
            }
        }
    }

    /// What is exact takes the place of what is said to be, and of nothing else.
    @Test func exactFunctionsAreDefined() throws {
        let toolchain = try Toolchain()
        defer { toolchain.remove() }
        let file = try #require(Toolchain.sources.first { $0.name == LibraryModels.exactFile })
        try toolchain.compile(file)
        #expect(try toolchain.definitions(in: file) == LibraryModels.exactFunctions)
    }

    private func isFormatHelper(_ name: String) -> Bool {
        name.hasPrefix("__ai_printf") || name.hasPrefix("__ai_scanf")
            || LibraryModels.all.contains { $0.format?.helper == name }
    }

    /// Every name that a model file uses is an intrinsic, or what another model file defines for all: models call no
    /// modelled function.
    @Test func modelsUseOnlyIntrinsicsAndSharedNames() throws {
        let toolchain = try Toolchain()
        defer { toolchain.remove() }
        let header = try #require(LibraryModels.files.first { $0.name == "ai.h" }).text
        for file in Toolchain.models {
            try toolchain.compile(file)
            let lines = try toolchain.run("nm", ["--undefined-only", "--format=posix", toolchain.objectName(of: file)])
            for name in lines.split(separator: "\n").compactMap({ $0.split(separator: " ").first.map(String.init) })
            // The compiler's own, for assignments of structures.
            where name != "memcpy" && name != "memset" {
                let isKnown = header.contains(name + "(") || LibraryModels.file(defining: name) != nil
                #expect(isKnown, "\(file.name) uses \(name)")
            }
        }
    }

    /// Where a demand fails, an execution says what is wrong.
    @Test func everyDemandHasWords() {
        for file in LibraryModels.files {
            var function = ""
            for line in file.text.split(separator: "\n") {
                if let first = line.first, first.isLetter || first == "_", let end = line.firstIndex(of: "(") {
                    function = String(line[..<end].split(whereSeparator: { $0 == " " || $0 == "*" }).last ?? "")
                }
                if line.first == " ", line.contains("__ai_require(") {
                    #expect(LibraryModels.brokenDemand(of: function) != nil, "\(function) of \(file.name)")
                }
            }
        }
    }

    @Test func everyFileHasALicence() {
        for file in LibraryModels.files {
            #expect(file.text.hasPrefix("// SPDX-License-Identifier: Apache-2.0\n"), "\(file.name)")
        }
    }
}
