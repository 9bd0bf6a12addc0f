// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices

/// How the engine iterates. All of it affects precision and time, never soundness.
public struct FixpointParameters: Sendable {
    /// How many times the state of a head is joined before it is widened.
    public var wideningDelay: Int

    /// How many times a stable head is narrowed, at most.
    public var descendingIterations: Int

    /// Where the widenings of a head stop on the way to infinity.
    public var ladder: ThresholdLadder

    public init(
        wideningDelay: Int = 2, descendingIterations: Int = 2, ladder: ThresholdLadder = ThresholdLadder()
    ) {
        self.wideningDelay = wideningDelay
        self.descendingIterations = descendingIterations
        self.ladder = ladder
    }
}

/// Thresholds for one widening after the other: first many, then few, then none, so that what grows slowly ends soon.
public struct ThresholdLadder: Sendable {
    /// The thresholds of so many widenings.
    public var rungs: [(thresholds: Thresholds, widenings: Int)]

    public init(_ rungs: [(thresholds: Thresholds, widenings: Int)] = []) {
        self.rungs = rungs
    }

    /// - Parameter widening: how many came before it.
    public func thresholds(ofWidening widening: Int) -> Thresholds {
        var rest = widening
        for rung in rungs {
            if rest < rung.widenings { return rung.thresholds }
            rest -= rung.widenings
        }
        return .none
    }
}

/// What the iteration did.
public struct FixpointStatistics: Hashable, Sendable {
    /// Calls of the transfer function.
    public var transfers = 0
    /// Times a head's state grew, by join or widening.
    public var ascendingSteps = 0
    /// Those of them that widened.
    public var widenings = 0
    /// Times a head's state was narrowed.
    public var descendingSteps = 0
    /// Narrowings taken back because the result was not shown to be inductive.
    public var rejectedNarrowings = 0
    /// Times a component was entered; inner components are entered again in each pass of the outer ones.
    public var componentEntries = 0
    /// The most ascending steps in one entry of a component, and its head.
    public var longestAscent = 0
    public var longestAscentHead = -1
}

/// The outcome: a state at the entry of each node, and it is a post-fixpoint.
public struct FixpointResult<State> {
    /// For each node the state at its entry; nil if it is not reached.
    public let states: [State?]
    public let statistics: FixpointStatistics
}

extension FixpointResult: Sendable where State: Sendable {}
