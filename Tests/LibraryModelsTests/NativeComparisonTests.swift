// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation
import LibraryModels
import Testing

/// Models run natively: beside glibc (`Native/compare.c`), and on valid arguments (`Native/valid.c`).
@Suite struct NativeComparisonTests {
    @Test func modelsDoWhatTheLibraryDoes() throws {
        try run("compare.c")
    }

    @Test func validArgumentsViolateNothing() throws {
        try run("valid.c")
    }

    /// Compiles a program of the folder `Native` with all models and runs it; it prints what is wrong and exits with 1.
    private func run(_ program: String) throws {
        let toolchain = try Toolchain()
        defer { toolchain.remove() }
        var names: Set<String> = []
        for file in Toolchain.models {
            try toolchain.compile(file)
            names.formUnion(try toolchain.definitions(in: file))
        }
        // The models' functions get other names, so that the program has both them and the library's.
        let renamings = names.filter { !$0.hasPrefix("__ai_") }.sorted().map { "\($0) model_\($0)\n" }.joined()
        try Data(renamings.utf8).write(to: toolchain.folder.appendingPathComponent("names"))
        let objects = Toolchain.models.map(toolchain.objectName)
        for object in objects { try toolchain.run("objcopy", ["--redefine-syms=names", object]) }

        let native = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Native").path
        let flags = ["-std=gnu17", "-O0", "-fno-builtin", "-Wall", "-Wextra", "-Werror", "-I.", "-I\(native)"]
        let sources = ["intrinsics.c", program].map { "\(native)/\($0)" }
        try toolchain.run("clang-19", flags + sources + objects + ["-o", "program"])
        try toolchain.run("./program", [])
    }
}
