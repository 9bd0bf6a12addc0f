// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A directed graph over `0 ..< nodeCount` with numbered edges: those of a node are consecutive, in the order of its
/// successors.
public struct FlowGraph: Sendable {
    public let nodeCount: Int
    /// The first edge of each node; one more element closes the last node's range.
    public let firstEdges: [Int]
    /// The target of each edge.
    public let targets: [Int]
    /// The source of each edge.
    public let sources: [Int]
    /// The edges into each node, by source.
    public let incoming: [[Int]]

    public init(nodeCount: Int, successors: (Int) -> [Int]) {
        var firstEdges: [Int] = []
        var targets: [Int] = []
        var sources: [Int] = []
        var incoming = [[Int]](repeating: [], count: nodeCount)
        for node in 0..<nodeCount {
            firstEdges.append(targets.count)
            for successor in successors(node) {
                incoming[successor].append(targets.count)
                targets.append(successor)
                sources.append(node)
            }
        }
        firstEdges.append(targets.count)
        self.nodeCount = nodeCount
        self.firstEdges = firstEdges
        self.targets = targets
        self.sources = sources
        self.incoming = incoming
    }

    /// The edges out of a node.
    public func edges(of node: Int) -> Range<Int> { firstEdges[node]..<firstEdges[node + 1] }

    /// The successors of a node.
    public func successors(of node: Int) -> [Int] { Array(targets[edges(of: node)]) }

    /// The weak topological order from an entry.
    public func weakTopologicalOrder(entry: Int) -> WeakTopologicalOrder {
        WeakTopologicalOrder(nodeCount: nodeCount, entry: entry) { successors(of: $0) }
    }
}
