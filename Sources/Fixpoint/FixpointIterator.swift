// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices

/// Drives a client to a post-fixpoint along a weak topological order.
///
/// Strategy: Bourdoncle's recursive one. A component is iterated until its head is stable, its inner components within
/// each pass. As long as all outer components climb, an inner one goes on from its last state, for else the passes would
/// multiply with the depth of nesting; `run(from:)` does the same for an iteration that an outer one asks for again and
/// again. While an outer one is narrowed, the inner ones start again from what flows in from before them, so that the
/// result does not inherit what inner widenings lost. What is reached with the state of last time, a node or a whole
/// component, is not done again.
///
/// Heads: the first `wideningDelay` times that the state grows it is joined, then widened; when it is stable, it is
/// narrowed up to `descendingIterations` times. Every narrowing is checked by one more pass: one that does not
/// reproduce itself, as may happen with transfer functions that are not monotone, is taken back. So whatever the
/// client's functions do, the result is a post-fixpoint as far as `isSubset` shows.
///
/// Soundness: *proved* - a component is left only after a pass over it whose flow into the head is included in the
/// head's state, and every other node's state is the join of what flows into it in that pass - and *checked* by
/// `isPostFixpoint`.
///
/// Termination: of each component's ascending phase, by the client's widening.
public struct FixpointIterator<Client: FixpointClient> {
    public typealias State = Client.State

    public let graph: FlowGraph
    public let order: WeakTopologicalOrder
    public let parameters: FixpointParameters
    public var client: Client

    private var states: [State?]
    /// What flows along each edge, as long as its target may be visited again.
    private var flows: [State?]
    /// What each node was last run on, and the client's generation then.
    private var inputs: [(state: State, generation: Int)?]
    /// What flowed into each component, by its head, when it was last iterated to its end.
    private var entries: [(state: State, generation: Int)?]
    private var active: [ActiveComponent] = []
    /// Whether outermost components go on from states of an earlier iteration.
    private var goesOn = false
    private var statistics = FixpointStatistics()

    /// A component under iteration.
    private struct ActiveComponent {
        enum Phase { case ascending, descending, restoring }

        let headPosition: Int
        let end: Int
        /// What flowed in from before it.
        let entry: State?
        let generation: Int
        var phase = Phase.ascending
        var ascendingSteps = 0
        var descendingSteps = 0
        /// The last state that was shown to be inductive, once there is one.
        var inductive: State?
    }

    public init(graph: FlowGraph, entry: Int, parameters: FixpointParameters, client: Client) {
        self.graph = graph
        self.order = graph.weakTopologicalOrder(entry: entry)
        self.parameters = parameters
        self.client = client
        states = [State?](repeating: nil, count: graph.nodeCount)
        flows = [State?](repeating: nil, count: graph.targets.count)
        inputs = Array(repeating: nil, count: graph.nodeCount)
        entries = Array(repeating: nil, count: graph.nodeCount)
    }

    /// Iterates to a post-fixpoint.
    ///
    /// - Parameter earlier: states of an iteration over the same graph, by node, from which components go on: where the outer
    ///   iteration that asks for this one climbs. What is lost is precision, what is won time.
    public mutating func run(from earlier: [State?]? = nil) -> FixpointResult<State> {
        if let earlier {
            states = earlier
            goesOn = true
        }
        var position = 0
        while position < order.nodes.count || !active.isEmpty {
            if let component = active.last, component.end == position {
                position = continueOrLeave()
            } else if order.componentEnds[position] > 0 {
                position = enterComponent(at: position)
            } else {
                let node = order.nodes[position]
                states[node] = inflow(of: node)
                runTransfer(node)
                position += 1
                if active.isEmpty { releaseFlows(into: position - 1..<position) }
            }
        }
        return FixpointResult(states: states, statistics: statistics)
    }

    /// Begins to iterate a component, unless what flows in is what flowed in last time. Returns the position to go on at.
    private mutating func enterComponent(at position: Int) -> Int {
        let head = order.nodes[position]
        let entry = inflow(of: head, fromBefore: position)
        if !hasSideEntries(position), isKnown(entry, entries[head], at: head) { return order.componentEnds[position] }
        statistics.componentEntries += 1
        let continues = active.isEmpty ? goesOn : phase == .ascending
        active.append(
            ActiveComponent(
                headPosition: position, end: order.componentEnds[position], entry: entry, generation: client.generation)
        )
        if continues, let last = states[head], let entry {
            if !client.isSubset(entry, of: last, at: head) { states[head] = client.join(last, entry, at: head) }
        } else {
            states[head] = entry
        }
        runTransfer(head)
        return position + 1
    }

    /// What becomes of what the next node gives.
    private var phase: FixpointPhase {
        if active.isEmpty { return .outside }
        return active.allSatisfy { $0.phase == .ascending } ? .ascending : .settling
    }

    /// True if some edge from outside leads into the component past its head, as in irreducible graphs.
    private func hasSideEntries(_ position: Int) -> Bool {
        let inside = position..<order.componentEnds[position]
        return order.nodes[inside].dropFirst().contains { node in
            graph.incoming[node].contains { !inside.contains(order.positions[graph.sources[$0]]) }
        }
    }

    /// True if the state is the one that was remembered, and transfer functions have not changed since.
    private func isKnown(_ state: State?, _ remembered: (state: State, generation: Int)?, at node: Int) -> Bool {
        guard let state, let remembered, remembered.generation == client.generation else { return false }
        return client.isSubset(state, of: remembered.state, at: node)
            && client.isSubset(remembered.state, of: state, at: node)
    }

    /// Decides, after a pass over the innermost active component, whether to make another one. Returns the position to
    /// go on at.
    private mutating func continueOrLeave() -> Int {
        var component = active.removeLast()
        let head = order.nodes[component.headPosition]
        let previous = states[head]
        let next = inflow(of: head)

        if !includes(previous, next, at: head) {
            switch component.phase {
            case .ascending:
                states[head] = ascend(from: previous, candidate: next, &component, at: head)
            case .descending:
                // The narrowed state is not inductive; the one before it was.
                statistics.rejectedNarrowings += 1
                states[head] = component.inductive
                component.phase = .restoring
            case .restoring:
                // The client's functions changed their mind since that state was shown inductive: climb again.
                component.phase = .ascending
                component.descendingSteps = parameters.descendingIterations
                states[head] = ascend(from: previous, candidate: next, &component, at: head)
            }
        } else if let narrowed = descend(from: previous, next: next, &component, at: head) {
            states[head] = narrowed
        } else {
            entries[head] = component.entry.map { ($0, component.generation) }
            if active.isEmpty { releaseFlows(into: component.headPosition..<component.end) }
            return component.end
        }
        active.append(component)
        runTransfer(head)
        return component.headPosition + 1
    }

    private mutating func ascend(
        from previous: State?, candidate: State?, _ component: inout ActiveComponent, at head: Int
    ) -> State? {
        statistics.ascendingSteps += 1
        component.ascendingSteps += 1
        if component.ascendingSteps > statistics.longestAscent {
            statistics.longestAscent = component.ascendingSteps
            statistics.longestAscentHead = head
        }
        guard let previous, let candidate else { return candidate }
        let joined = client.join(previous, candidate, at: head)
        if component.ascendingSteps <= parameters.wideningDelay { return joined }
        statistics.widenings += 1
        let thresholds = parameters.ladder.thresholds(
            ofWidening: component.ascendingSteps - parameters.wideningDelay - 1)
        return client.widening(previous, next: joined, thresholds: thresholds, at: head)
    }

    /// The narrowed state of an inductive head, or nil if there is nothing to gain.
    private mutating func descend(
        from previous: State?, next: State?, _ component: inout ActiveComponent, at head: Int
    ) -> State? {
        guard component.phase != .restoring, component.descendingSteps < parameters.descendingIterations,
            let previous, let next, !client.isSubset(previous, of: next, at: head)
        else { return nil }
        let narrowed = client.narrowing(previous, next: next, at: head)
        if client.isSubset(previous, of: narrowed, at: head) { return nil }
        component.phase = .descending
        component.descendingSteps += 1
        component.inductive = previous
        statistics.descendingSteps += 1
        return narrowed
    }

    private func includes(_ state: State?, _ flow: State?, at node: Int) -> Bool {
        guard let flow else { return true }
        guard let state else { return false }
        return client.isSubset(flow, of: state, at: node)
    }

    /// The join of what flows into a node, or of that part of it that comes from before a position.
    private func inflow(of node: Int, fromBefore position: Int = .max) -> State? {
        var result = client.initialState(at: node)
        for edge in graph.incoming[node] where order.positions[graph.sources[edge]] < position {
            guard let flow = flows[edge] else { continue }
            result = result.map { client.join($0, flow, at: node) } ?? flow
        }
        return result
    }

    private mutating func runTransfer(_ node: Int) {
        if isKnown(states[node], inputs[node], at: node) {
            // Equal states may be written differently: what was found holds for the one it was found for.
            states[node] = inputs[node]?.state
            return
        }
        let edges = graph.edges(of: node)
        var outputs = [State?](repeating: nil, count: edges.count)
        inputs[node] = states[node].map { ($0, client.generation) }
        if let input = states[node] {
            statistics.transfers += 1
            client.transfer(node, input, in: phase, outputs: &outputs)
        }
        for (edge, output) in zip(edges, outputs) { flows[edge] = output }
    }

    /// Forgets what flows into nodes that will not be visited again.
    private mutating func releaseFlows(into positions: Range<Int>) {
        for position in positions {
            inputs[order.nodes[position]] = nil
            entries[order.nodes[position]] = nil
            for edge in graph.incoming[order.nodes[position]] { flows[edge] = nil }
        }
    }

    /// Whether states solve the client's constraints: one transfer of each node's state, and every flow included in its
    /// target's state. Uses nothing of the iteration.
    public static func isPostFixpoint(_ states: [State?], graph: FlowGraph, client: inout Client) -> Bool {
        for node in 0..<graph.nodeCount {
            if let initial = client.initialState(at: node) {
                guard let state = states[node], client.isSubset(initial, of: state, at: node) else { return false }
            }
            guard let input = states[node] else { continue }
            let edges = graph.edges(of: node)
            var outputs = [State?](repeating: nil, count: edges.count)
            client.transfer(node, input, in: .settling, outputs: &outputs)
            for (edge, output) in zip(edges, outputs) {
                guard let output else { continue }
                let target = graph.targets[edge]
                guard let state = states[target], client.isSubset(output, of: state, at: target) else { return false }
            }
        }
        return true
    }
}
