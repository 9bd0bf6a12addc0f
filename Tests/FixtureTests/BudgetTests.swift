// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Analyzer
import CSyntax
import CertificateChecker
import CertificateEmitter
import Lowering
import ProgramIR
import Testing

/// Budgets lose precision and nothing else: whatever they are, the certificate is accepted and proves no bug safe.
@Suite(.timeLimit(.minutes(20))) struct BudgetTests {
    enum Limit: CaseIterable {
        case contexts, depth, precision, unrolling, nothing

        var budget: Budget {
            var budget = Budget()
            switch self {
            case .contexts:
                budget.clonesPerFunction = 1
                budget.exactReanalyses = 1
            case .depth: budget.callDepth = 3
            case .precision:
                budget.wideningDelay = 0
                budget.descendingIterations = 0
                budget.exactReanalyses = 0
                budget.distinctElements = 1
            case .unrolling: budget.unrolledIterations = 0
            case .nothing:
                budget.clones = 1
                budget.unrolledIterations = 30
                budget.unrolledOuterIterations = 10
                budget.unrolledInstructions = 200
            }
            return budget
        }
    }

    /// Programs with calls, recursion, callbacks, lists and loops, and every tenth of the others.
    static let sample: [Fixture] = {
        let words = ["recurs", "callback", "list", "tree", "table", "pool", "parse", "buffer"]
        let fixtures = (try? Fixture.all()) ?? []
        return fixtures.enumerated().filter { index, fixture in
            index % 10 == 0 || words.contains { fixture.testDescription.contains($0) }
        }.map(\.element)
    }()

    @Test func thereIsSomethingToTry() { #expect(Self.sample.count > 40) }

    @Test(arguments: sample, Limit.allCases) func noBugIsProved(_ fixture: Fixture, _ limit: Limit) throws {
        let unit = try parseTranslationUnit(CompileCommand(file: fixture.path, flags: ["-std=gnu17"]))
        let program = try lower(units: [unit]).program
        let analysis = ProgramAnalysis(program, budget: limit.budget)
        analysis.run()
        let claims = try check(program: program.encoded(), certificate: emit(analysis).certificate)
        for annotation in fixture.annotations where annotation.verdict == .bug {
            let verdicts = claims.obligations.filter {
                $0.line == annotation.line && $0.kind == annotation.kind.rawValue
                    && $0.file.hasSuffix(fixture.testDescription)
            }.map(\.verdict)
            #expect(verdicts.contains(.unproved), "\(fixture.testDescription):\(annotation.line) \(annotation.kind)")
        }
    }
}
