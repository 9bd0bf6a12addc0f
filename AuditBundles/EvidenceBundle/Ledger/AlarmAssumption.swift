// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension Assumption {
    /// What a proof rests on that holds only as long as another obligation, itself not proved, does not fail.
    ///
    /// Programs do not list these assumptions. A certificate refers to the one about obligation `o` by the
    /// number of the program's own assumptions plus `o`.
    public static func alarm(about obligation: ObligationRecord, programAssumptions count: Int) -> Assumption {
        Assumption(
            id: count + obligation.id, kind: .alarm,
            statement: "no \(obligation.kind) happens at \(obligation.file):\(obligation.line):\(obligation.column) "
                + "in \(obligation.function), although this is not proved (obligation \(obligation.id))",
            origin: "analysis", scope: "what runs after that place")
    }

    /// The assumptions about alarms that the labels of `obligations` name, ascending. `count` is the number of
    /// the program's own assumptions. Numbers past all obligations are left out: no assumption has them.
    public static func alarms(
        namedBy obligations: [ObligationRecord], programAssumptions count: Int
    ) -> [Assumption] {
        let named = Set(obligations.flatMap(\.assumptions).filter { $0 >= count })
        return obligations.filter { named.contains(count + $0.id) }.sorted { $0.id < $1.id }.map {
            alarm(about: $0, programAssumptions: count)
        }
    }
}
