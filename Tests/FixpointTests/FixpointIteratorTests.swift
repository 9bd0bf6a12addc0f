// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Fixpoint
import Intervals
import Lattices
import Numbers
import Testing

/// Sets of small numbers; each edge has a function on them.
private struct SetClient: FixpointClient {
    let functions: [[@Sendable (UInt16) -> UInt16?]]

    func initialState(at node: Int) -> UInt16? { node == 0 ? 1 : nil }

    mutating func transfer(_ node: Int, _ input: UInt16, in phase: FixpointPhase, outputs: inout [UInt16?]) {
        for (index, function) in functions[node].enumerated() { outputs[index] = function(input) }
    }

    func isSubset(_ left: UInt16, of right: UInt16, at node: Int) -> Bool { left & ~right == 0 }
    func join(_ left: UInt16, _ right: UInt16, at node: Int) -> UInt16 { left | right }
    func widening(_ previous: UInt16, next: UInt16, thresholds: Thresholds, at node: Int) -> UInt16 { next }
    func narrowing(_ previous: UInt16, next: UInt16, at node: Int) -> UInt16 { previous & next }
}

/// One integer variable; each edge has a transfer function.
private struct IntervalClient: FixpointClient {
    typealias Edge = @Sendable (IntegerInterval) -> IntegerInterval
    let edges: [[Edge]]

    func initialState(at node: Int) -> IntegerInterval? { node == 0 ? .top : nil }

    mutating func transfer(
        _ node: Int, _ input: IntegerInterval, in phase: FixpointPhase, outputs: inout [IntegerInterval?]
    ) {
        for (index, edge) in edges[node].enumerated() {
            let output = edge(input)
            outputs[index] = output.isBottom ? nil : output
        }
    }
}

/// A number whose greatest value climbs to 100 and can then be lowered one by one down to 10.
private struct DescendingClient: FixpointClient {
    func initialState(at node: Int) -> Int? { node == 0 ? 0 : nil }

    mutating func transfer(_ node: Int, _ input: Int, in phase: FixpointPhase, outputs: inout [Int?]) {
        outputs[0] = node == 0 ? 0 : input < 10 ? input + 1 : max(10, input - 1)
    }

    func isSubset(_ left: Int, of right: Int, at node: Int) -> Bool { left <= right }
    func join(_ left: Int, _ right: Int, at node: Int) -> Int { max(left, right) }
    func widening(_ previous: Int, next: Int, thresholds: Thresholds, at node: Int) -> Int { 100 }
    func narrowing(_ previous: Int, next: Int, at node: Int) -> Int { next }
}

@Suite("Fixpoint iteration")
struct FixpointIteratorTests {
    private static func number(_ value: Int128) -> IntegerInterval { IntegerInterval(constant: value) }

    private func solve(
        _ successors: [[Int]], _ edges: [[IntervalClient.Edge]], _ parameters: FixpointParameters
    ) -> FixpointResult<IntegerInterval> {
        let graph = Graphs.graph(successors)
        var client = IntervalClient(edges: edges)
        var iterator = FixpointIterator(graph: graph, entry: 0, parameters: parameters, client: client)
        let result = iterator.run()
        #expect(FixpointIterator<IntervalClient>.isPostFixpoint(result.states, graph: graph, client: &client))
        return result
    }

    /// `x = 0; while (x < 100) x++;`
    @Test func countingLoop_isBoundedByNarrowing() {
        let result = solve(
            [[1], [2, 3], [1], []],
            [
                [{ _ in Self.number(0) }],
                [{ $0.assumingLess(than: Self.number(100)) }, { $0.assumingGreaterOrEqual(to: Self.number(100)) }],
                [{ $0.adding(Self.number(1)) }], [],
            ], FixpointParameters())
        #expect(result.states[1] == .range(0, 100))
        #expect(result.states[3] == Self.number(100))
        #expect(result.statistics.widenings == 1)
        #expect(result.statistics.descendingSteps == 1)
        #expect(result.statistics.longestAscentHead == 1)
    }

    /// `x = 0; while (x != 100) x++;`: only a threshold stops it.
    @Test func thresholds_stopWidening() {
        let successors = [[1], [2, 3], [1], []]
        let edges: [[IntervalClient.Edge]] = [
            [{ _ in Self.number(0) }],
            [{ $0.assumingNotEqual(to: Self.number(100)) }, { $0.assumingEqual(to: Self.number(100)) }],
            [{ $0.adding(Self.number(1)) }], [],
        ]
        let without = solve(successors, edges, FixpointParameters(descendingIterations: 0))
        #expect(without.states[1] == .nonNegative)
        let with = solve(
            successors, edges, FixpointParameters(ladder: ThresholdLadder([(Thresholds(integers: [100]), 40)])))
        #expect(with.states[1] == .range(0, 100))
    }

    /// `for (;;) { x = 0; while (x < 10) x++; }`: inner loops start afresh.
    @Test func nestedLoop_isPreciseInside() {
        let result = solve(
            [[1], [2], [3, 1], [2]],
            [
                [{ $0 }], [{ _ in Self.number(0) }],
                [{ $0.assumingLess(than: Self.number(10)) }, { $0.assumingGreaterOrEqual(to: Self.number(10)) }],
                [{ $0.adding(Self.number(1)) }],
            ], FixpointParameters())
        #expect(result.states[2] == .range(0, 10))
    }

    /// The first widening, whatever came before it, uses thresholds; the second, where only one may, does not.
    @Test func thresholds_areUsedForSomeWidenings() {
        let graph = [[1], [1]]
        let edges: [[IntervalClient.Edge]] = [
            [{ _ in Self.number(0) }],
            [{ $0.upper.finite.map { $0 >= 100 } ?? true ? $0 : $0.adding(Self.number(1)) }],
        ]
        for delay in 0...6 {
            let parameters = FixpointParameters(
                wideningDelay: delay, descendingIterations: 0,
                ladder: ThresholdLadder([(Thresholds(integers: [40, 100]), 2)]))
            #expect(solve(graph, edges, parameters).states[1] == .range(0, 100), "delay \(delay)")
        }
        let parameters = FixpointParameters(
            wideningDelay: 3, descendingIterations: 0, ladder: ThresholdLadder([(Thresholds(integers: [40, 100]), 1)]))
        #expect(solve(graph, edges, parameters).states[1] == .nonNegative)
    }

    /// Behind the fine rungs come coarser ones.
    @Test func ladder_goesOnWithItsNextRung() {
        let ladder = ThresholdLadder([(Thresholds(integers: [1, 2, 3]), 2), (Thresholds(integers: [9]), 1)])
        #expect((0...4).map { ladder.thresholds(ofWidening: $0).integers } == [[1, 2, 3], [1, 2, 3], [9], [], []])
    }

    /// What an earlier iteration found is the start, and part of the result.
    @Test func run_goesOnFromEarlierStates() {
        let graph = Graphs.graph([[1], [1, 2], []])
        let client = IntervalClient(edges: [
            [{ _ in Self.number(0) }],
            [
                { $0.assumingLess(than: Self.number(10)).adding(Self.number(1)) },
                { $0.assumingGreaterOrEqual(to: Self.number(10)) },
            ], [],
        ])
        var fresh = FixpointIterator(graph: graph, entry: 0, parameters: FixpointParameters(), client: client)
        let first = fresh.run()
        var again = FixpointIterator(graph: graph, entry: 0, parameters: FixpointParameters(), client: client)
        let second = again.run(from: first.states)
        #expect(second.states == first.states)
        #expect(second.statistics.ascendingSteps < first.statistics.ascendingSteps)
    }

    @Test func descendingIterations_areLimited() {
        let graph = Graphs.graph([[1], [1]])
        for limit in [0, 1, 3, 7] {
            var iterator = FixpointIterator(
                graph: graph, entry: 0, parameters: FixpointParameters(descendingIterations: limit),
                client: DescendingClient())
            let result = iterator.run()
            #expect(result.states[1] == 100 - limit)
            #expect(result.statistics.descendingSteps == limit)
        }
    }

    @Test func unreachableEdge_isNotFollowed() {
        let result = solve(
            [[1, 2], [2], []], [[{ _ in .bottom }, { _ in Self.number(1) }], [{ $0 }], []], FixpointParameters())
        #expect(result.states[1] == nil)
        #expect(result.states[2] == Self.number(1))
    }

    @Test func delayAndSteps_areCounted() {
        let result = solve(
            [[1], [1]], [[{ _ in Self.number(0) }], [{ $0.adding(Self.number(1)) }]],
            FixpointParameters(wideningDelay: 5, descendingIterations: 0))
        #expect(result.states[1] == .nonNegative)
        #expect(result.statistics.ascendingSteps == 6)
        #expect(result.statistics.widenings == 1)
        #expect(result.statistics.componentEntries == 1)
    }

    /// Joins of distributive functions: the least fixpoint, as computed by iterating everything until nothing changes.
    @Test func finiteLattice_equalsNaiveIteration() {
        var generator = SeededGenerator(stream: 11)
        for _ in 0..<1500 {
            let graph = Graphs.random(&generator, maximumNodes: 12)
            let functions = (0..<graph.nodeCount).map { node in
                graph.edges(of: node).map { _ -> @Sendable (UInt16) -> UInt16? in
                    let (kill, make) = (
                        UInt16.random(in: 0...255, using: &generator),
                        UInt16(1) << UInt16.random(in: 0..<12, using: &generator)
                    )
                    let isBlocked = Int.random(in: 0..<8, using: &generator) == 0
                    return { isBlocked && $0 & make == 0 ? nil : $0 & ~kill | make }
                }
            }
            var client = SetClient(functions: functions)
            var iterator = FixpointIterator(graph: graph, entry: 0, parameters: FixpointParameters(), client: client)
            let states = iterator.run().states
            #expect(states == naive(graph, client))
            #expect(FixpointIterator<SetClient>.isPostFixpoint(states, graph: graph, client: &client))
        }
    }

    /// Functions without any monotonicity: still a post-fixpoint.
    @Test func arbitraryFunctions_givePostFixpoint() {
        var generator = SeededGenerator(stream: 12)
        var rejected = 0
        for _ in 0..<3000 {
            let graph = Graphs.random(&generator, maximumNodes: 8)
            let functions = (0..<graph.nodeCount).map { node in
                graph.edges(of: node).map { _ -> @Sendable (UInt16) -> UInt16? in
                    let table = (0..<16).map { _ in UInt16.random(in: 0..<16, using: &generator) }
                    return { table[Int($0)] }
                }
            }
            var client = SetClient(functions: functions)
            var iterator = FixpointIterator(
                graph: graph, entry: 0, parameters: FixpointParameters(descendingIterations: 4), client: client)
            let result = iterator.run()
            rejected += result.statistics.rejectedNarrowings
            #expect(FixpointIterator<SetClient>.isPostFixpoint(result.states, graph: graph, client: &client))
        }
        #expect(rejected > 0)
    }

    @Test func wrongStates_areNoPostFixpoint() {
        let graph = Graphs.graph([[1], []])
        var client = SetClient(functions: [[{ $0 | 2 }], []])
        #expect(!FixpointIterator<SetClient>.isPostFixpoint([1, 1], graph: graph, client: &client))
        #expect(!FixpointIterator<SetClient>.isPostFixpoint([1, nil], graph: graph, client: &client))
        #expect(!FixpointIterator<SetClient>.isPostFixpoint([nil, nil], graph: graph, client: &client))
        #expect(FixpointIterator<SetClient>.isPostFixpoint([1, 3], graph: graph, client: &client))
    }

    private func naive(_ graph: FlowGraph, _ client: SetClient) -> [UInt16?] {
        var states = [UInt16?](repeating: nil, count: graph.nodeCount)
        states[0] = client.initialState(at: 0)
        var isChanging = true
        while isChanging {
            isChanging = false
            for node in 0..<graph.nodeCount {
                guard let input = states[node] else { continue }
                for (index, edge) in graph.edges(of: node).enumerated() {
                    guard let output = client.functions[node][index](input) else { continue }
                    let target = graph.targets[edge]
                    let joined = states[target].map { $0 | output } ?? output
                    if states[target] != joined {
                        states[target] = joined
                        isChanging = true
                    }
                }
            }
        }
        return states
    }
}
