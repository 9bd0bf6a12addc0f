// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The work that the replay of all runs of one bundle may take together (FORMAT.md section 7). It is counted, not
/// measured, so that every machine stops at the same place.
public struct ReplayBudget: Sendable {
    /// What a bundle has.
    public static let ofBundle = 1 << 29

    public private(set) var left: Int
    /// Whether some run needed more than was left. No run is replayed after that.
    public private(set) var isUsedUp = false

    public init(_ work: Int = ReplayBudget.ofBundle) { left = max(0, work) }

    mutating func spend(_ work: Int) throws(ReplayStop) {
        guard work <= left else {
            left = 0
            isUsedUp = true
            throw .outOfWork
        }
        left -= work
    }
}
