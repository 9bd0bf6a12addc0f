// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// What an accepted certificate says (section 4).
public struct CheckedClaims: Sendable {
    public struct Counts: Sendable, Hashable {
        public var clones = 0
        public var nodes = 0
        public var facts = 0
        public var derivations = 0
        public var steps = 0
    }

    public var obligations: [CheckedObligation] = []
    public var assumptions: [CheckedAssumption] = []
    public var counts = Counts()
}

public struct CheckedObligation: Sendable, Hashable {
    public enum Verdict: String, Sendable, Hashable { case proved, unreachable, unproved }

    public var id: Int
    public var kind: String
    public var function: String
    public var file: String
    public var line: Int
    public var column: Int
    public var verdict: Verdict
    /// Assumption numbers: ids of the program's assumptions, then their count plus an obligation's id for its alarm.
    public var label: [Int]
}

public struct CheckedAssumption: Sendable, Hashable {
    public var id: Int
    public var kind: String
    public var statement: String
    /// Of its site, nil if it has none.
    public var file: String?
    public var line: Int?
}

/// What the scripts claimed so far.
///
/// *Sound:* every edge of every node's tree is walked, every clone has its nodes, and each execution step is one
/// step of some script; so an obligation that no script raises is never reached, and one whose every step claimed
/// it can be violated only where an assumption of those claims fails.
struct Ledger {
    private var executed: [Bool]
    private var unproved: [Bool]
    private var label: [Int]

    init(count: Int) {
        executed = [Bool](repeating: false, count: count)
        unproved = executed
        label = [Int](repeating: 0, count: count)
    }

    mutating func execute(_ obligation: Int) { executed[obligation] = true }

    mutating func fail(_ obligation: Int) {
        executed[obligation] = true
        unproved[obligation] = true
    }

    mutating func claim(_ obligation: Int, _ premises: Int, _ labels: inout Labels) throws(CheckFailure) {
        executed[obligation] = true
        label[obligation] = try labels.union(label[obligation], premises)
    }

    func claims(
        _ program: Program, _ table: ObligationTable, _ labels: Labels, _ counts: CheckedClaims.Counts, global: Int
    )
        -> CheckedClaims
    {
        func text(_ string: Int) -> String { string < program.strings.count ? program.strings[string] : "" }
        var claims = CheckedClaims()
        claims.counts = counts
        for (id, obligation) in table.obligations.enumerated() {
            let site = program.sites[obligation.site]
            let verdict: CheckedObligation.Verdict = !executed[id] ? .unreachable : unproved[id] ? .unproved : .proved
            claims.obligations.append(
                CheckedObligation(
                    id: id, kind: ObligationKind.names[Int(obligation.kind.rawValue)],
                    function: program.functions[obligation.function].name, file: text(site.file), line: site.line,
                    column: site.column, verdict: verdict,
                    label: verdict == .unproved
                        ? [] : Set(labels.elements(label[id])).union(labels.elements(global)).sorted()))
        }
        for (id, assumption) in program.assumptions.enumerated() {
            let site = assumption.site.map { program.sites[$0] }
            claims.assumptions.append(
                CheckedAssumption(
                    id: id, kind: Assumption.kindNames[assumption.kind], statement: assumption.statement,
                    file: site.map { text($0.file) }, line: site?.line))
        }
        return claims
    }
}

extension Execution {
    /// An obligation that the running instruction raises: its number, and whether the script claims it.
    struct Claim {
        var obligation: Int
        var isClaimed: Bool
        var alarm: Int
    }

    mutating func readClaim(_ kind: ObligationKind, site: Int) throws(CheckFailure) -> Claim {
        let obligation = try alarmNumber(kind, site: site)
        let isClaimed = try reader.flag()
        if isClaimed { ledger.execute(obligation) } else { ledger.fail(obligation) }
        return Claim(obligation: obligation, isClaimed: isClaimed, alarm: isClaimed ? 0 : try alarmLabel(obligation))
    }

    mutating func settle(_ claim: Claim, _ label: Int) throws(CheckFailure) {
        if claim.isClaimed { try ledger.claim(claim.obligation, label, &labels) }
    }
}
