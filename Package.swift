// swift-tools-version: 6.1
// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import PackageDescription

// clang 19's C++ libraries. Debian, Ubuntu and apt.llvm.org all install them under this prefix.
let llvm = Context.environment["AICHECK_LLVM_PREFIX"] ?? "/usr/lib/llvm-19"

/// A library target of ours: its folder is `path/name`.
func library(_ name: String, in path: String, needs dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "\(path)/\(name)")
}

/// The tests of one target: `Tests/<name>Tests`.
func tests(of name: String, needs dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

let package = Package(
    name: "ai-check",
    products: [
        .executable(name: "ai-check", targets: ["ai-check"]),
        .executable(name: "ai-audit", targets: ["ai-audit"]),
        .library(name: "Octagons", targets: ["Octagons"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    ],
    targets: [
        // Front end: C source to typed syntax.
        .target(
            name: "ClangBridge",
            path: "Sources/ClangBridge",
            cxxSettings: [
                .unsafeFlags(["-isystem", llvm + "/include", "-fno-rtti", "-fno-exceptions", "-O2"]),
                .define("AICHECK_RESOURCE_DIRECTORY", to: "\"\(llvm)/lib/clang/19\""),
            ],
            linkerSettings: [
                .unsafeFlags(["-L" + llvm + "/lib"]),
                .linkedLibrary(":libclang-cpp.so.19.1"),
                .linkedLibrary(":libLLVM.so.19.1"),
            ]),
        library("CSyntax", in: "Sources", needs: ["ClangBridge"]),

        // The audit IR, and the way from C to it.
        library("ProgramIR", in: "Sources"),
        library("Lowering", in: "Sources", needs: ["CSyntax", "ProgramIR", "LibraryModels"]),
        .target(
            name: "LibraryModels", dependencies: [], path: "Sources/LibraryModels",
            resources: [.embedInCode("Models")]),

        // Executes the audit IR.
        library("ConcreteInterpreter", in: "Sources", needs: ["ProgramIR"]),

        // Abstract domains, from the bottom of the ladder up.
        library("Lattices", in: "Domains"),
        library("Numbers", in: "Domains"),
        library("Intervals", in: "Domains", needs: ["Lattices", "Numbers"]),
        library("Congruences", in: "Domains", needs: ["Lattices", "Numbers"]),
        library("Reductions", in: "Domains", needs: ["Lattices", "Numbers", "Intervals", "Congruences"]),
        library("Pointers", in: "Domains", needs: ["Lattices", "Numbers"]),
        library("MemoryCells", in: "Domains", needs: ["Lattices", "Numbers"]),
        library("Octagons", in: "Domains", needs: ["Lattices", "Numbers"]),
        library("AffineEqualities", in: "Domains", needs: ["Numbers"]),

        // Which inequalities a bound follows from.
        library("LinearInequalities", in: "Sources", needs: ["AffineEqualities", "Numbers"]),

        // The analysis.
        library("Fixpoint", in: "Sources", needs: ["Lattices"]),
        library(
            "Analyzer", in: "Sources",
            needs: [
                "ProgramIR", "Fixpoint", "Lattices", "Numbers", "Intervals", "Congruences", "Reductions", "Pointers",
                "MemoryCells", "AffineEqualities", "LinearInequalities",
            ]),

        // Holds executions against the analysis.
        library("ExecutionCheck", in: "Sources", needs: ["ProgramIR", "Analyzer", "ConcreteInterpreter"]),

        // The proof and its bundle. The checker imports nothing of ours.
        library(
            "CertificateEmitter", in: "AuditBundles",
            needs: ["ProgramIR", "Analyzer", "MemoryCells", "Numbers", "Intervals", "Pointers", "Reductions"]),
        library("CertificateChecker", in: "AuditBundles"),
        library("EvidenceBundle", in: "AuditBundles", needs: [crypto]),

        // What people run.
        library("Reporting", in: "Sources"),
        .executableTarget(
            name: "ai-check",
            dependencies: [
                "CSyntax", "ProgramIR", "Lowering", "LibraryModels", "ConcreteInterpreter", "Analyzer",
                "CertificateEmitter", "CertificateChecker", "EvidenceBundle", "ExecutionCheck", "Reporting",
                argumentParser,
            ],
            path: "Sources/ai-check"),
        .executableTarget(
            name: "ai-audit",
            dependencies: ["CertificateChecker", "EvidenceBundle", argumentParser],
            path: "AuditBundles/ai-audit"),

        // Tests.
        .executableTarget(
            name: "checker-agreement", dependencies: ["CertificateChecker", argumentParser],
            path: "Tests/CheckerAgreement", exclude: ["run"]),
        .testTarget(name: "ArchitectureTests"),
        tests(of: "CSyntax"),
        tests(of: "ProgramIR"),
        tests(of: "Lowering", needs: ["CSyntax", "ProgramIR"]),
        .testTarget(
            name: "DomainsTests",
            dependencies: [
                "Lattices", "Numbers", "Intervals", "Congruences", "Reductions", "Pointers", "MemoryCells", "Octagons",
                "AffineEqualities", "LinearInequalities",
            ]),
        .testTarget(name: "LibraryModelsTests", dependencies: ["LibraryModels"], exclude: ["Native"]),
        tests(of: "Fixpoint", needs: ["Lattices", "Numbers", "Intervals"]),
        tests(of: "CertificateChecker"),
        tests(of: "EvidenceBundle"),
        .testTarget(
            name: "CommandLineTests",
            dependencies: ["ai-check", "ai-audit", "ProgramIR", "Reporting", "CertificateChecker", "EvidenceBundle"]),
        tests(of: "ConcreteInterpreter", needs: ["CSyntax", "Lowering", "ProgramIR"]),
        .testTarget(name: "CheckerAgreementTests", dependencies: ["checker-agreement"]),
        .testTarget(name: "AgreementTests", dependencies: ["ai-check"], exclude: ["Library", "Lua"]),
        .testTarget(
            name: "FixtureTests",
            dependencies: [
                "ai-check", "CSyntax", "Lowering", "ProgramIR", "ConcreteInterpreter", "Analyzer", "CertificateEmitter",
                "CertificateChecker", "ExecutionCheck", "AffineEqualities", "Intervals", "MemoryCells", "Reductions",
                "Reporting",
            ]),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
