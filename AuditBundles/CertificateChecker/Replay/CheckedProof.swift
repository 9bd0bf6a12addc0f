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
    ///
    /// - Parameter budget: the bundle's; what the run takes is taken from it.
    public func replay(_ run: [UInt8], within budget: inout ReplayBudget) -> ReplayedRun {
        CertificateChecker.replay(run, plan, self, &budget)
    }

    /// Replays a run as the only one of its bundle.
    public func replay(_ run: [UInt8]) -> ReplayedRun {
        var budget = ReplayBudget()
        return replay(run, within: &budget)
    }
}

/// A program without certificate, to replay runs over.
public struct ReplayableProgram: Sendable {
    private let plan: ReplayPlan

    public init(_ bytes: [UInt8]) throws(CheckFailure) {
        let program = try checkedProgram(bytes)
        plan = ReplayPlan(program, ObligationTable(program))
    }

    public func replay(_ run: [UInt8]) -> ReplayedRun {
        var budget = ReplayBudget()
        return CertificateChecker.replay(run, plan, nil, &budget)
    }
}

private func replay(
    _ run: [UInt8], _ plan: ReplayPlan, _ proof: CheckedProof?, _ budget: inout ReplayBudget
) -> ReplayedRun {
    if budget.isUsedUp { return ReplayedRun(end: .outOfWork) }
    do throws(ReplayStop) {
        var replay = Replay(plan, proof: proof, run: try RunFile(run), budget: budget)
        let replayed = replay.execute()
        budget = replay.budget
        return replayed
    } catch {
        var reason = "the file is no run"
        if case .invalid(let message) = error { reason = message }
        return ReplayedRun(end: .invalid(reason))
    }
}
