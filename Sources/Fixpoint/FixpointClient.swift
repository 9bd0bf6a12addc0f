// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices

/// What the iteration does with what a node's run gives.
public enum FixpointPhase: Sendable {
    /// The node is in no component: its only run.
    case outside
    /// All components around the node climb.
    case ascending
    /// A component around the node is narrowed, or a narrowing is checked.
    case settling
}

/// What the engine asks of an analysis. Nodes are numbers; what a state is, and what runs in a node, is the client's.
///
/// A missing state (nil) is bottom: no execution gets there.
public protocol FixpointClient {
    associatedtype State

    /// Changes whenever transfer functions may answer otherwise than before on the same input.
    var generation: Int { get }

    /// What holds at a node on entry from outside the graph; nil for all nodes but entries. Only nodes that
    /// are reachable in the graph from the entry of the iteration are asked about.
    func initialState(at node: Int) -> State?

    /// Runs a node on the state at its entry.
    ///
    /// `outputs` has one slot per successor of the node, in the order of the graph, all nil on call; a slot left nil
    /// says that no execution takes that edge.
    ///
    /// - Parameter phase: what becomes of the outputs. Only precision may depend on it.
    mutating func transfer(_ node: Int, _ input: State, in phase: FixpointPhase, outputs: inout [State?])

    /// Whether `left` is shown to be included in `right`.
    func isSubset(_ left: State, of right: State, at node: Int) -> Bool

    /// An upper bound of both.
    func join(_ left: State, _ right: State, at node: Int) -> State

    /// An upper bound of `previous` and `next`, which contains `previous`, that makes chains end.
    func widening(_ previous: State, next: State, thresholds: Thresholds, at node: Int) -> State

    /// A state between `next` and `previous`, where `next` usually, but not surely, lies in `previous`.
    func narrowing(_ previous: State, next: State, at node: Int) -> State
}

extension FixpointClient {
    public var generation: Int { 0 }
}

// A client whose states are of an abstract domain needs only the transfer function.
extension FixpointClient where State: AbstractDomain {
    public func isSubset(_ left: State, of right: State, at node: Int) -> Bool { left.isSubset(of: right) }

    public func join(_ left: State, _ right: State, at node: Int) -> State { left.join(right) }

    public func widening(_ previous: State, next: State, thresholds: Thresholds, at node: Int) -> State {
        previous.widening(next: next, thresholds: thresholds)
    }

    public func narrowing(_ previous: State, next: State, at node: Int) -> State {
        previous.narrowing(next: previous.meet(next))
    }
}
