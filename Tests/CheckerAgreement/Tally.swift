// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// How often the checkers agreed, and about what.
struct Tally: CustomStringConvertible {
    private var bundles = 0
    private var acceptedMutations = 0
    /// Rejected where a script is checked, behind the tables of the files.
    private var rejectedInScripts = 0
    private var rejectedBefore = 0
    private(set) var rejectedOriginals = 0
    private(set) var disagreements = 0

    /// - Returns: whether they agree.
    mutating func add(_ ours: Answer, _ theirs: Answer, isMutated: Bool) -> Bool {
        guard ours.agrees(with: theirs) else {
            disagreements += 1
            return false
        }
        switch (ours, isMutated) {
        case (.accepted, false): bundles += 1
        case (_, false): rejectedOriginals += 1
        case (.accepted, true): acceptedMutations += 1
        case (.rejected(_, inScript: true), true): rejectedInScripts += 1
        case (_, true): rejectedBefore += 1
        }
        return true
    }

    var description: String {
        let mutations = acceptedMutations + rejectedInScripts + rejectedBefore
        return """
            \(bundles) bundles accepted with the same verdicts under the same assumptions\
            \(rejectedOriginals == 0 ? "" : ", \(rejectedOriginals) REJECTED")
            \(mutations) mutated ones: \(acceptedMutations) accepted alike, \(rejectedBefore + rejectedInScripts) rejected by \
            both (\(rejectedInScripts) of them in a script)
            \(disagreements) disagreements
            """
    }
}
