// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle
import Testing

@testable import ai_audit
@testable import ai_check

/// What is said of recorded runs: by whoever records them, and by the auditor.
@Suite struct ExecutionClaimTests {
    /// Four obligations are live; runs reach two of them.
    private func claims(_ change: (inout CheckedExecutions) -> Void = { _ in }) -> CheckedClaimSet {
        var claims = FixedChecker.sample
        claims.executions = CheckedExecutions(runs: 2, steps: 10, facts: 3, reached: [0, 1])
        change(&claims.executions)
        return claims
    }

    private func summary(reached: Int) -> ExecutionSummary {
        var summary = ExecutionSummary()
        (summary.tried, summary.satisfying, summary.recorded, summary.reached, summary.live) = (9, 3, 2, reached, 4)
        return summary
    }

    private func isAccepted(_ reached: Int, _ change: (inout CheckedExecutions) -> Void = { _ in }) -> Bool {
        let comparison = ClaimComparison(
            obligations: [], assumptions: [], claims: claims(change), executions: summary(reached: reached))
        return comparison.executionDifference() == nil
    }

    @Test func whatTheRunsReachIsSaidAsItIs() {
        #expect(isAccepted(2))
        #expect(!isAccepted(1))
        #expect(!isAccepted(3))
    }

    /// Everything that ends a replay early but missing arithmetic does so on every machine.
    @Test func onlyAMachineThatLacksSomethingMayReachLess() {
        #expect(!isAccepted(3) { $0.cutShort = 1 })
        #expect(!isAccepted(3) { $0.empty = 1 })
        #expect(!isAccepted(3) { $0.unreplayed = 1 })
        #expect(isAccepted(3) { $0.unsupported = 1 })
        #expect(!isAccepted(1) { $0.unsupported = 1 })
    }

    @Test func theAuditorReadsWhatWasNotReplayed() {
        func text(_ change: (inout CheckedExecutions) -> Void = { _ in }) -> String {
            ExecutionText(claims(change), summary(reached: 2)).text
        }
        let plain = text()
        #expect(plain.contains("2 runs reach 2 of 4 live obligations"))
        #expect(!plain.contains("Of "))
        #expect(text { $0.cutShort = 1 }.contains("Of 1 run only the beginning was executed"))
        #expect(text { $0.unsupported = 2 }.contains("this machine has no x87 arithmetic. It is not checked that"))
        #expect(text { $0.empty = 3 }.contains("Of 3 runs not even the first step was executed: nothing is shown."))
        let unfinished = text { $0.unreplayed = 4 }
        #expect(unfinished.contains("Of 4 runs nothing is shown: the work that a replay may take was USED UP"))
    }

    @Test func runsThatShowNothingAreNoRuns() {
        let text = ExecutionText(
            claims {
                $0 = CheckedExecutions()
                $0.empty = 1
            }, summary(reached: 0)
        ).text
        #expect(text.contains("none of those recorded shows anything"))
        #expect(text.contains("Nothing here shows that the assumptions can hold together."))
        #expect(text.contains("Of 1 run not even the first step was executed"))
    }

    /// Executions that come to nothing new are not replayed, and nobody knows what a replay would make of them.
    @Test func onlyReplayedExecutionsSatisfyTheAssumptions() throws {
        let folder = try TemporaryFolder()
        // No choice makes the condition true: a square is 0 or 1 modulo 4. That is not seen, so the search goes on.
        let file = try folder.write(
            """
            unsigned __ai_any_unsigned(void);
            int main(void)
            {
                unsigned x = __ai_any_unsigned();
                if ((x * x) % 4 == 3)
                    return (int)(10 / (x - x));
                return 0;
            }

            """, to: "a.c")
        let executions = try AnalysisRun(try AnalysisOptions.parse([file]), runs: 60).result.executions
        #expect(executions.tried == 60)
        #expect(executions.recorded >= 1)
        // One for each block at most.
        #expect((1...3).contains(executions.satisfying), "\(executions)")
    }
}
