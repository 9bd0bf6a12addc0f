// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Testing

/// The arrows between targets that must never exist. ARCHITECTURE.md says why.
@Suite struct DependencyTests {
    private let package: PackageDescription

    init() throws {
        package = try PackageDescription.current.get()
    }

    @Test func thePackageWasRead() {
        let expected: Set = ["ai-check", "ai-audit", "CertificateChecker", "EvidenceBundle", "ClangBridge", "Lattices"]
        #expect(expected.isSubset(of: package.targets.keys))
        #expect(package.targets["CSyntax"]?.targets == ["ClangBridge"])
        #expect(package.targets["EvidenceBundle"]?.products == ["Crypto"])
    }

    @Test func theCheckerDependsOnNothing() throws {
        let checker = try #require(package.targets["CertificateChecker"])
        #expect(checker.targets.isEmpty)
        #expect(checker.products.isEmpty)
    }

    @Test func theAuditorsProgramNeedsTheCheckerAndTheBundleOnly() {
        #expect(package.closure(of: "ai-audit") == ["CertificateChecker", "EvidenceBundle"])
    }

    /// It compares the checkers, so nothing of ours stands between them and the bytes.
    @Test func theComparisonOfTheCheckersNeedsTheCheckerOnly() {
        #expect(package.closure(of: "checker-agreement") == ["CertificateChecker"])
    }

    @Test func theBundleKnowsNoAnalysis() {
        #expect(package.closure(of: "EvidenceBundle").isEmpty)
    }

    @Test func emitterAndCheckerShareNothing() {
        #expect(!package.closure(of: "CertificateEmitter").contains("CertificateChecker"))
    }

    @Test func theFixpointEngineKnowsNoProgram() {
        #expect(package.closure(of: "Fixpoint").isSubset(of: ["Lattices", "Numbers"]))
    }

    @Test func domainsStandAlone() {
        for target in package.targets.values where target.path.hasPrefix("Domains/") {
            if target.name == "Reductions" {
                let domains = package.targets.values.filter { $0.path.hasPrefix("Domains/") }.map(\.name)
                #expect(target.targets.isSubset(of: domains))
            } else {
                #expect(target.targets.isSubset(of: ["Lattices", "Numbers"]), "\(target.name)")
            }
            #expect(target.products.isEmpty, "\(target.name)")
        }
    }

    @Test func onlyTheSyntaxSeesClang() {
        let users = package.targets.values.filter { $0.targets.contains("ClangBridge") && !$0.isTest }
        #expect(users.map(\.name) == ["CSyntax"])
    }

    @Test func theProgramFormKnowsNeitherCNorAnalysis() {
        #expect(package.closure(of: "ProgramIR").isEmpty)
    }
}
