// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Fixpoint
import Testing

@Suite("Weak topological orders")
struct WeakTopologicalOrderTests {
    /// Bourdoncle 1993, figure 1; nodes counted from 0.
    @Test func exampleOfThePaper() {
        let order = Graphs.graph([[1], [2, 7], [3], [4, 6], [5], [4, 6], [2, 7], []]).weakTopologicalOrder(entry: 0)
        #expect(order.description == "0 1 (2 3 (4 5) 6) 7")
        #expect(order.isHead(2) && order.isHead(4) && !order.isHead(3))
        #expect(order.depths == [0, 0, 1, 1, 2, 2, 1, 0])
    }

    @Test func classicGraphs() {
        #expect(describe([[]]) == "0")
        #expect(describe([[0]]) == "(0)")
        #expect(describe([[1], [0]]) == "(0 1)")
        #expect(describe([[1], [2], [1, 3], []]) == "0 (1 2) 3")
        // Two loops that share a head.
        #expect(
            describe([[1], [2, 3, 4], [1], [1], []]) == "0 (1 3 2) 4"
                || describe([[1], [2, 3, 4], [1], [1], []]) == "0 (1 2 3) 4")
        // A loop with two entries.
        #expect(["0 (1 2)", "0 (2 1)"].contains(describe([[1, 2], [2], [1]])))
        // An unreachable node.
        #expect(describe([[2], [2], []]) == "0 2")
    }

    @Test func randomGraphs_haveTheOrderProperty() {
        var generator = SeededGenerator(stream: 10)
        for _ in 0..<3000 {
            let graph = Graphs.random(&generator, maximumNodes: 14)
            check(graph)
        }
        for _ in 0..<20 { check(Graphs.random(&generator, maximumNodes: 400)) }
    }

    /// No recursion: neither long chains nor deep nests exhaust the stack.
    @Test func longAndDeepGraphs() {
        let length = 200_000
        let chain = FlowGraph(nodeCount: length) { $0 + 1 < length ? [$0 + 1] : [] }
        #expect(chain.weakTopologicalOrder(entry: 0).nodes == Array(0..<length))
        // Each node of the first half is the head of a loop that ends in the second half.
        let depth = 300
        let nest = FlowGraph(nodeCount: 2 * depth) { node in
            let next = node + 1 < 2 * depth ? [node + 1] : []
            return node < depth ? next : next + [2 * depth - 1 - node]
        }
        check(nest)
        #expect(nest.weakTopologicalOrder(entry: 0).depths.max() == depth)
    }

    private func describe(_ successors: [[Int]]) -> String {
        Graphs.graph(successors).weakTopologicalOrder(entry: 0).description
    }

    /// Every reachable node occurs once, components nest, and an edge that does not go forward goes to a head around
    /// its source; so every cycle contains a head.
    private func check(_ graph: FlowGraph) {
        let order = graph.weakTopologicalOrder(entry: 0)
        #expect(order.nodes.count == Set(order.nodes).count)
        #expect(Set(order.nodes) == Graphs.reachable(in: graph))
        #expect(order.nodes.first == 0)
        var open: [Int] = []
        for position in order.nodes.indices {
            while let end = open.last, end <= position { open.removeLast() }
            let end = order.componentEnds[position]
            if end > 0 {
                #expect(position < end && end <= (open.last ?? order.nodes.count))
                open.append(end)
            }
        }
        for edge in graph.targets.indices {
            let source = order.positions[graph.sources[edge]]
            let target = order.positions[graph.targets[edge]]
            if source < 0 || source < target { continue }
            let isBackEdge = order.componentEnds[target] > source
            if !isBackEdge {
                Issue.record("\(graph.sources[edge]) to \(graph.targets[edge]) in \(order)")
                return
            }
        }
    }
}
