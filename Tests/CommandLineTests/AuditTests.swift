// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle
import Testing

@testable import ai_audit
@testable import ai_check

/// From an analysis to a sealed bundle to an auditor's answer.
@Suite struct AuditTests {
    private let folder: TemporaryFolder
    private let key = SigningKey(generating: .p256)
    private var path: String { folder.path + "/x.aibundle" }

    init() throws {
        folder = try TemporaryFolder()
        let file = try folder.write(SamplePipeline.source, to: "a.c")
        let run = try AnalysisRun(try AnalysisOptions.parse([file]), pipeline: SamplePipeline())
        try BundleWriter.write(run.bundleContents(), to: path, sealedWith: key)
    }

    private func outcome(_ claims: CheckedClaimSet) -> AuditOutcome {
        AuditOutcome { () throws(AuditFailure) in
            try Audit(checker: FixedChecker(claims: claims)).verify(path, trusting: key.verificationKey)
        }
    }

    private func rejection(_ claims: CheckedClaimSet) -> String? {
        guard case .failed(let failure) = outcome(claims), failure.kind == .rejected else { return nil }
        return failure.reason
    }

    @Test func whatTheCertificateShowsIsAccepted() throws {
        guard case .accepted(let result) = outcome(FixedChecker.sample) else {
            Issue.record("\(outcome(FixedChecker.sample))")
            return
        }
        let text = AuditText(result, today: Day(text: "2026-01-01")).text
        #expect(text.contains("ACCEPTED: 3 of 5 obligations hold under 2 assumptions; 2 not proved."))
        #expect(text.contains("A0 [target-abi] int has 32 bits"))
        #expect(text.contains("if it is false, 2 proofs may fall"))
        #expect(
            text.contains("A2 [alarm] no uninitialized-read happens at a.c:3:9 in main, although this is not proved"))
        #expect(text.contains("1 translation unit analysed. Nothing was left out."))
        let json = outcome(FixedChecker.sample).json(about: path)
        #expect(json.object?["result"] == "accepted")
    }

    @Test func aBundleThatSaysMoreOrLessIsRejected() {
        typealias Obligation = CheckedClaimSet.Obligation
        func changed(_ index: Int, _ change: (Obligation) -> Obligation) -> CheckedClaimSet {
            let sample = FixedChecker.sample
            var obligations = sample.obligations
            obligations[index] = change(obligations[index])
            return CheckedClaimSet(
                obligations: obligations, assumptions: sample.assumptions, clones: 1, facts: 1, derivations: 1)
        }
        func with(
            _ o: Obligation, id: Int? = nil, kind: String? = nil, function: String? = nil, line: Int? = nil,
            verdict: CheckedClaimSet.Verdict? = nil, label: [Int]? = nil
        ) -> Obligation {
            Obligation(
                id: id ?? o.id, kind: kind ?? o.kind, function: function ?? o.function, file: o.file,
                line: line ?? o.line, column: o.column, verdict: verdict ?? o.verdict, label: label ?? o.label)
        }
        #expect(rejection(changed(0) { with($0, verdict: .unproved) })?.contains("does not show it") == true)
        #expect(rejection(changed(0) { with($0, verdict: .unreachable) })?.contains("does not show it") == true)
        #expect(rejection(changed(1) { with($0, verdict: .proved) })?.contains("shows more") == true)
        #expect(rejection(changed(4) { with($0, verdict: .unreachable) })?.contains("shows more") == true)
        #expect(rejection(changed(0) { with($0, label: []) })?.contains("under the assumptions") == true)
        #expect(rejection(changed(0) { with($0, label: [0, 5]) })?.contains("under the assumptions") == true)
        #expect(rejection(changed(0) { with($0, kind: "signed-overflow") })?.contains("listed as") == true)
        #expect(rejection(changed(0) { with($0, line: 4) })?.contains("another place") == true)
        #expect(rejection(changed(0) { with($0, function: "f") })?.contains("another place") == true)
        #expect(rejection(changed(4) { with($0, id: 9) })?.contains("not in both") == true)
    }

    @Test func listsOfOtherLengthsAreRejected() {
        let sample = FixedChecker.sample
        func claims(
            _ obligations: [CheckedClaimSet.Obligation], _ assumptions: [CheckedClaimSet.Assumption]
        ) -> CheckedClaimSet {
            CheckedClaimSet(obligations: obligations, assumptions: assumptions, clones: 1, facts: 1, derivations: 1)
        }
        #expect(rejection(claims(Array(sample.obligations.dropLast()), sample.assumptions)) != nil)
        #expect(rejection(claims(sample.obligations, [])) != nil)
        let extra = CheckedClaimSet.Assumption(id: 1, kind: "user-assumption", statement: "x > 0")
        #expect(rejection(claims(sample.obligations, sample.assumptions + [extra])) != nil)
        let other = CheckedClaimSet.Assumption(id: 0, kind: "target-abi", statement: "int has 16 bits")
        #expect(rejection(claims(sample.obligations, [other]))?.contains("stated otherwise") == true)
        let moved = CheckedClaimSet.Assumption(id: 0, kind: "frontend", statement: "int has 32 bits")
        #expect(rejection(claims(sample.obligations, [moved]))?.contains("in the program it is frontend") == true)
    }
}
