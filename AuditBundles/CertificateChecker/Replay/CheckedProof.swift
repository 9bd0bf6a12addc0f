// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A certificate that was accepted, with what it takes to replay runs over it.
public struct CheckedProof: Sendable {
    public let claims: CheckedClaims
    let plan: ReplayPlan
    let certificate: Certificate
    let paths: Paths

    init(claims: CheckedClaims, plan: ReplayPlan, certificate: Certificate, paths: Paths) {
        self.claims = claims
        self.plan = plan
        self.certificate = certificate
        self.paths = paths
    }

    /// Replays a run, and compares every obligation, path and fact that it meets with the certificate.
    public func replay(_ run: [UInt8]) -> ReplayedRun { CertificateChecker.replay(run, plan, self) }
}

/// A program without certificate, to replay runs over.
public struct ReplayableProgram: Sendable {
    private let plan: ReplayPlan

    public init(_ bytes: [UInt8]) throws(CheckFailure) {
        let program = try checkedProgram(bytes)
        plan = ReplayPlan(program, ObligationTable(program))
    }

    public func replay(_ run: [UInt8]) -> ReplayedRun { CertificateChecker.replay(run, plan, nil) }
}

private func replay(_ run: [UInt8], _ plan: ReplayPlan, _ proof: CheckedProof?) -> ReplayedRun {
    do throws(ReplayStop) {
        var replay = try Replay(plan, proof: proof, run: try RunFile(run))
        return replay.execute()
    } catch {
        var reason = "the file is no run"
        if case .invalid(let message) = error { reason = message }
        return ReplayedRun(end: .invalid(reason), steps: 0, reached: [], checkedFacts: 0, blocks: 0, path: 0)
    }
}
