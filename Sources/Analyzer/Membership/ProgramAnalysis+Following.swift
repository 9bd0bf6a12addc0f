// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

// Where an execution is, in terms of the analysis.
extension ProgramAnalysis {
    /// The clone that a call enters: made by instruction `place` of the caller's function, in the tree of `node`. Nil: the
    /// analysis says that the call is not made.
    public func clone(calledFrom node: NodeKey, place: Int32, _ callee: FunctionID) -> FunctionClone? {
        sites[.call(node, place: place, callee)]?.clone
    }

    /// Whether a block begins a tree.
    public func beginsTree(_ block: BlockID, of function: FunctionID) -> Bool { isCutpoint(block, in: function) }

    /// The node that is reached by a jump out of the tree of `node` to a block that begins another one.
    public func node(reachedFrom node: NodeKey, block: BlockID) -> NodeKey? {
        guard let graph = clones[Int(node.clone)].graph, let target = graph.target(from: node, to: block) else {
            return nil
        }
        return NodeKey(clone: node.clone, block: graph.nodes[target].block, copy: graph.nodes[target].copy)
    }

    /// The clones that the program's calls enter, from its entry on.
    public var clonesInUse: [FunctionClone] {
        guard let entry = entryClone else { return [] }
        var callees: [Int32: Set<Int32>] = [:]
        for (key, site) in sites {
            if case .call(let node, _, _) = key, clones[Int(node.clone)].nodes[node] != nil {
                callees[node.clone, default: []].insert(site.clone.id)
            }
        }
        var seen: Set<Int32> = [entry.id], pending = [entry.id]
        while let next = pending.popLast() {
            for callee in callees[next] ?? [] where seen.insert(callee).inserted { pending.append(callee) }
        }
        return seen.sorted().map { clones[Int($0)] }
    }
}
