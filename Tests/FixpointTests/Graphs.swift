// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Fixpoint

/// Graphs for tests; node 0 is the entry.
enum Graphs {
    static func graph(_ successors: [[Int]]) -> FlowGraph {
        FlowGraph(nodeCount: successors.count) { successors[$0] }
    }

    /// Any graph at all: irreducible, with parallel edges, self loops and unreachable nodes.
    static func random(_ generator: inout SeededGenerator, maximumNodes: Int) -> FlowGraph {
        let count = Int.random(in: 1...maximumNodes, using: &generator)
        let successors = (0..<count).map { node -> [Int] in
            var targets = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
                Int.random(in: 0..<count, using: &generator)
            }
            if node + 1 < count && Int.random(in: 0..<4, using: &generator) > 0 { targets.append(node + 1) }
            return targets
        }
        return graph(successors)
    }

    static func reachable(in graph: FlowGraph) -> Set<Int> {
        var seen: Set<Int> = [0]
        var work = [0]
        while let node = work.popLast() {
            for successor in graph.successors(of: node) where seen.insert(successor).inserted { work.append(successor) }
        }
        return seen
    }
}
