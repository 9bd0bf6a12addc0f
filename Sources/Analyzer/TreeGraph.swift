// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Fixpoint
import ProgramIR

/// The trees of a function as the fixpoint iteration visits them: one node for each cutpoint, and in loops that are
/// unrolled one for each of the first iterations.
///
/// A loop that is unrolled has copies 1, 2, ... of its nodes for its first iterations, and the loop proper behind them. What
/// copy a jump goes to depends on the copy it comes from alone, so every execution of the function has its run of nodes.
final class TreeGraph {
    struct Node: Hashable {
        var block: BlockID
        /// Names the iterations of the loops around the block; 0: the loops proper.
        var copy: Int32
    }

    let nodes: [Node]
    let graph: FlowGraph
    private let places: [Node: Int]
    /// By node: the node of each block that its tree jumps to.
    private let targets: [[BlockID: Int]]
    /// Nodes at which the loop proper of an unrolled loop begins, with the loop's head.
    private let overruns: [(node: Int, head: BlockID)]

    /// `iterations`: how many iterations of the loop with that head become nodes of their own.
    init(_ info: FunctionInfo, iterations: [BlockID: Int]) {
        var builder = Builder(info, iterations)
        builder.run()
        nodes = builder.nodes
        places = builder.places
        targets = builder.targets
        overruns = builder.overruns
        let successors = builder.targets.map { $0.values.sorted() }
        graph = FlowGraph(nodeCount: nodes.count) { successors[$0] }
    }

    /// The node that a jump from another node's tree to `block` goes to.
    func target(from key: NodeKey, to block: BlockID) -> Int? {
        places[Node(block: key.block, copy: key.copy)].flatMap { targets[$0][block] }
    }

    /// Heads of unrolled loops that did not end within their copies.
    func overrun<State>(_ states: [State?]) -> [BlockID] {
        overruns.compactMap { states[$0.node] == nil ? nil : $0.head }
    }

    private struct Builder {
        let info: FunctionInfo
        let iterations: [BlockID: Int]
        var nodes: [Node] = []
        var places: [Node: Int] = [:]
        var targets: [[BlockID: Int]] = []
        var overruns: [(node: Int, head: BlockID)] = []
        /// By node: the iteration of each loop around it, outermost first.
        private var positions: [[Int]] = []
        private var copies: [[Int]: Int32] = [:]

        init(_ info: FunctionInfo, _ iterations: [BlockID: Int]) {
            self.info = info
            self.iterations = iterations
        }

        mutating func run() {
            _ = node(info.cutpoints[0], [])
            var next = 0
            while next < nodes.count {
                var found: [BlockID: Int] = [:]
                for block in info.successors(of: nodes[next].block) {
                    found[block] = node(block, position(of: block, from: next))
                }
                targets[next] = found
                next += 1
            }
        }

        private mutating func node(_ block: BlockID, _ position: [Int]) -> Int {
            var copy: Int32 = 0
            if position.contains(where: { $0 > 0 }) {
                copy = copies[position] ?? Int32(copies.count + 1)
                copies[position] = copy
            }
            let node = Node(block: block, copy: copy)
            if let known = places[node] { return known }
            places[node] = nodes.count
            nodes.append(node)
            targets.append([:])
            positions.append(position)
            if let last = position.last, last == 0, iterations[block, default: 0] > 0, info.loops[block] != nil {
                overruns.append((nodes.count - 1, block))
            }
            return nodes.count - 1
        }

        /// The iterations in which a jump from the node finds the loops around `block`.
        private func position(of block: BlockID, from node: Int) -> [Int] {
            let here = info.loopsAround(nodes[node].block)
            var result: [Int] = []
            for (depth, head) in info.loopsAround(block).enumerated() {
                let count = iterations[head, default: 0]
                if depth < here.count, here[depth] == head {
                    let iteration = positions[node][depth]
                    // A jump to its head begins the loop's next iteration.
                    result.append(head != block ? iteration : iteration == 0 || iteration == count ? 0 : iteration + 1)
                } else {
                    result.append(head == block && count > 0 ? 1 : 0)
                }
            }
            return result
        }
    }
}
