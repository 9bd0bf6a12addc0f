// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Fixpoint
import Lattices
import ProgramIR

/// What the analysis derives from a function's code once: cutpoints, the graph of its trees, live registers.
final class FunctionInfo {
    /// Blocks at which trees begin: the entry, every block with several predecessors, and where a path through a tree
    /// would have more than ``deepestTree`` branches.
    let cutpoints: [BlockID]
    /// Place of a block in `cutpoints`; -1 if it lies inside a tree.
    let index: [Int32]
    /// Loops by their heads: the cutpoints in each, its head among them.
    let loops: [BlockID: [BlockID]]
    /// By place of a cutpoint: heads of the loops around it, outermost first.
    private let around: [[BlockID]]
    /// By place of a cutpoint: the blocks that its tree jumps to, and those that it consists of.
    private let trees: [(jumps: [BlockID], blocks: [BlockID])]
    private var graphs: [[BlockID: Int]: TreeGraph] = [:]
    /// Registers whose value at the block's start may be used, by block.
    private let liveIn: [[UInt64]]
    /// Where widening stops on the way to infinity.
    let ladder: ThresholdLadder
    /// Registers that move along with what a loop may fill.
    let writtenAddresses: Set<Register>
    /// Whether trees were cut because they were too deep.
    let cutsTrees: Bool

    /// Each branch of a path keeps what was known before it: the memory for a tree grows with the square of this.
    static let deepestTree = 128

    init(_ function: Function, program: Program) {
        var predecessors = Array(repeating: 0, count: function.blocks.count)
        let flow = ControlFlow(of: function)
        for block in flow.reversePostOrder {
            for successor in function.successors(of: block) { predecessors[Int(successor)] += 1 }
        }
        let cuts = Self.deepBlocks(function, flow, predecessors)
        cutsTrees = !cuts.isEmpty
        cutpoints = flow.reversePostOrder.filter { $0 == 0 || predecessors[Int($0)] > 1 || cuts.contains($0) }
        var places = Array(repeating: Int32(-1), count: function.blocks.count)
        for (place, block) in cutpoints.enumerated() { places[Int(block)] = Int32(place) }
        index = places
        let blocks = cutpoints
        trees = blocks.map { Self.tree(of: $0, function, places) }
        let jumps = trees.map { $0.jumps.map { Int(places[Int($0)]) } }
        let order = FlowGraph(nodeCount: blocks.count) { jumps[$0] }.weakTopologicalOrder(entry: 0)
        var loops: [BlockID: [BlockID]] = [:]
        var around = Array(repeating: [BlockID](), count: blocks.count)
        for (position, end) in order.componentEnds.enumerated() where end > 0 {
            let head = blocks[order.nodes[position]]
            loops[head] = order.nodes[position..<end].map { blocks[$0] }
            for place in order.nodes[position..<end] { around[place].append(head) }
        }
        self.loops = loops
        self.around = around
        liveIn = Self.liveness(function, flow)
        ladder = .init(function, program)
        writtenAddresses = Self.writtenAddresses(function)
    }

    func loopsAround(_ block: BlockID) -> [BlockID] { around[Int(index[Int(block)])] }

    /// The blocks that the tree of a cutpoint jumps to.
    func successors(of block: BlockID) -> [BlockID] { trees[Int(index[Int(block)])].jumps }

    /// The blocks of the trees of a loop's cutpoints; some may lead out of the loop.
    func blocks(ofLoop head: BlockID) -> [BlockID] {
        (loops[head] ?? []).flatMap { trees[Int(index[Int($0)])].blocks }
    }

    func graph(unrolling iterations: [BlockID: Int]) -> TreeGraph {
        if let known = graphs[iterations] { return known }
        let graph = TreeGraph(self, iterations: iterations)
        graphs[iterations] = graph
        return graph
    }

    /// What is reached from a cutpoint without passing another one.
    private static func tree(
        of root: BlockID, _ function: Function, _ places: [Int32]
    ) -> (jumps: [BlockID], blocks: [BlockID]) {
        var jumps: [BlockID] = [], blocks = [root], stack = Array(function.successors(of: root))
        while let block = stack.popLast() {
            if places[Int(block)] < 0 {
                blocks.append(block)
                stack += function.successors(of: block)
            } else if !jumps.contains(block) {
                jumps.append(block)
            }
        }
        return (jumps, blocks)
    }

    /// Blocks with one predecessor at which a new tree must begin to keep all trees flat.
    private static func deepBlocks(_ function: Function, _ flow: ControlFlow, _ predecessors: [Int]) -> Set<BlockID> {
        var depths = Array(repeating: 0, count: function.blocks.count)
        var cuts: Set<BlockID> = []
        // In this order a block inside a tree comes after the one before it.
        for block in flow.reversePostOrder {
            let successors = function.successors(of: block)
            for successor in successors where successor != 0 && predecessors[Int(successor)] == 1 {
                depths[Int(successor)] = depths[Int(block)] + (successors.count > 1 ? 1 : 0)
                if depths[Int(successor)] > deepestTree {
                    depths[Int(successor)] = 0
                    cuts.insert(successor)
                }
            }
        }
        return cuts
    }

    func isLive(_ register: Register, at block: BlockID) -> Bool {
        liveIn[Int(block)][Int(register) >> 6] >> UInt64(register & 63) & 1 == 1
    }

    func liveRegisters(at block: BlockID) -> [Register] {
        var result: [Register] = []
        for (word, bits) in liveIn[Int(block)].enumerated() {
            var rest = bits
            while rest != 0 {
                result.append(Register(word * 64 + rest.trailingZeroBitCount))
                rest &= rest - 1
            }
        }
        return result
    }

    /// Live registers that relations may speak of.
    func relatedRegisters(at block: BlockID) -> [Register] { liveRegisters(at: block) }

    /// Backward data flow over bit sets.
    private static func liveness(_ function: Function, _ flow: ControlFlow) -> [[UInt64]] {
        let words = (function.registers.count + 63) / 64 + 1
        var live = Array(repeating: Array(repeating: UInt64(0), count: words), count: function.blocks.count)
        var changed = true
        while changed {
            changed = false
            for block in flow.reversePostOrder.reversed() {
                var set = Array(repeating: UInt64(0), count: words)
                for successor in function.successors(of: block) {
                    for word in 0..<words { set[word] |= live[Int(successor)][word] }
                }
                func use(_ operand: Operand) {
                    if operand.kind == .register { set[Int(operand.index) >> 6] |= 1 << UInt64(operand.index & 63) }
                }
                use(function.blocks[Int(block)].terminator.operand)
                for place in function.blocks[Int(block)].instructions.range.reversed() {
                    let instruction = function.instructions[place]
                    if instruction.result >= 0 {
                        set[Int(instruction.result) >> 6] &= ~(1 << UInt64(instruction.result & 63))
                    }
                    use(instruction.a)
                    use(instruction.b)
                    use(instruction.c)
                    for operand in function.operands[instruction.list.range] { use(operand) }
                }
                // Parameters never change and results of a clone may speak of them: they stay live throughout.
                for parameter in 0..<function.parameterCount { set[parameter >> 6] |= 1 << UInt64(parameter & 63) }
                if set != live[Int(block)] {
                    live[Int(block)] = set
                    changed = true
                }
            }
        }
        return live
    }
}
