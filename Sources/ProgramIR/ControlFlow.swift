// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The edges of a function's CFG, backwards, and an order of its blocks. The function must be well formed.
public struct ControlFlow: Sendable {
    /// The blocks that edges reach from the entry, each before its successors but for back edges.
    public let reversePostOrder: [BlockID]
    /// Place of each block in `reversePostOrder`; -1 for blocks that no edge reaches.
    public let positions: [Int32]
    private let predecessors: [BlockID]
    private let starts: [Int32]

    public init(of function: Function) {
        (reversePostOrder, positions) = Self.order(function)
        (predecessors, starts) = Self.backwards(function)
    }

    public func isReachable(_ block: BlockID) -> Bool { positions[Int(block)] >= 0 }

    /// The blocks with an edge to this one, ascending, each once, reachable or not.
    public func predecessors(of block: BlockID) -> ArraySlice<BlockID> {
        predecessors[Int(starts[Int(block)])..<Int(starts[Int(block) + 1])]
    }

    /// Depth-first with a stack of its own: functions may be deeper than the thread's stack.
    private static func order(_ function: Function) -> ([BlockID], [Int32]) {
        guard !function.blocks.isEmpty else { return ([], []) }
        var isSeen = Array(repeating: false, count: function.blocks.count)
        var postOrder: [BlockID] = []
        var stack: [(block: BlockID, next: Int)] = [(0, function.successors(of: 0).startIndex)]
        isSeen[0] = true
        while let top = stack.last {
            let successors = function.successors(of: top.block)
            guard top.next < successors.endIndex else {
                postOrder.append(top.block)
                stack.removeLast()
                continue
            }
            stack[stack.count - 1].next += 1
            let successor = successors[top.next]
            if !isSeen[Int(successor)] {
                isSeen[Int(successor)] = true
                stack.append((successor, function.successors(of: successor).startIndex))
            }
        }
        let order = Array(postOrder.reversed())
        var positions = Array(repeating: Int32(-1), count: function.blocks.count)
        for (position, block) in order.enumerated() { positions[Int(block)] = Int32(position) }
        return (order, positions)
    }

    private static func backwards(_ function: Function) -> ([BlockID], [Int32]) {
        let count = function.blocks.count
        var lists: [[BlockID]] = Array(repeating: [], count: count)
        for block in 0..<BlockID(count) {
            for successor in function.successors(of: block) where lists[Int(successor)].last != block {
                lists[Int(successor)].append(block)
            }
        }
        var starts: [Int32] = [0]
        for list in lists { starts.append(starts[starts.count - 1] + Int32(list.count)) }
        return (Array(lists.joined()), starts)
    }
}
