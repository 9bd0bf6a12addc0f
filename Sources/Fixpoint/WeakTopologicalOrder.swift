// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A weak topological order of the nodes of a directed graph that are reachable from an entry.
///
/// The nodes stand in one line, and components, each a run of nodes that begins with its *head*, nest like parentheses.
/// Every edge that does not go forward in the line goes to the head of a component that contains its source. So every
/// cycle contains a head, and iterating over components until their heads are stable reaches a fixpoint.
///
/// Reference: F. Bourdoncle, "Efficient chaotic iteration strategies with widenings", Formal Methods in Programming and
/// their Applications 1993, section 4.2 (the algorithm of figure 4, with its recursion made explicit).
public struct WeakTopologicalOrder: Sendable {
    /// The reachable nodes in order.
    public let nodes: [Int]

    /// For each position: one past the end of the component whose head stands there, or 0 if no head does.
    public let componentEnds: [Int]

    /// For each position: the number of components around it, its own included if it is a head.
    public let depths: [Int]

    /// The position of each node, or -1 if it is not reachable.
    public let positions: [Int]

    /// Orders the nodes of `0 ..< nodeCount` that are reachable from `entry`. Linear in the number of edges times the
    /// nesting depth; uses no recursion.
    public init(nodeCount: Int, entry: Int, successors: (Int) -> [Int]) {
        var builder = Builder(nodeCount: nodeCount)
        builder.run(from: entry, successors)

        // Nodes come out last first, heads after their components.
        let count = builder.reversedNodes.count
        nodes = builder.reversedNodes.reversed()
        var positions = [Int](repeating: -1, count: nodeCount)
        for (position, node) in nodes.enumerated() { positions[node] = position }
        self.positions = positions
        var ends = [Int](repeating: 0, count: count)
        for (index, start) in builder.componentStarts.enumerated() where start >= 0 {
            ends[count - 1 - index] = count - start
        }
        componentEnds = ends
        var depths = [Int](repeating: 0, count: count)
        var open: [Int] = []
        for position in 0..<count {
            while let end = open.last, end <= position { open.removeLast() }
            if ends[position] > 0 { open.append(ends[position]) }
            depths[position] = open.count
        }
        self.depths = depths
    }

    /// Whether `node` is the head of a component: the place to widen.
    public func isHead(_ node: Int) -> Bool { positions[node] >= 0 && componentEnds[positions[node]] > 0 }
}

extension WeakTopologicalOrder: CustomStringConvertible {
    /// Bourdoncle's notation: `0 1 (2 3 (4 5)) 6`.
    public var description: String {
        var text = ""
        var open: [Int] = []
        for (position, node) in nodes.enumerated() {
            while let end = open.last, end <= position {
                open.removeLast()
                text += ")"
            }
            if position > 0 { text += " " }
            if componentEnds[position] > 0 {
                text += "("
                open.append(componentEnds[position])
            }
            text += "\(node)"
        }
        return text + String(repeating: ")", count: open.count)
    }
}

extension WeakTopologicalOrder {
    /// The state of Bourdoncle's mutually recursive procedures "visit" and "component".
    private struct Builder {
        /// One suspended call.
        struct Call {
            let node: Int
            let successors: [Int]
            var next = 0
            /// The least depth-first number seen, of the node or of a node on the stack that its calls reached.
            var head: Int
            /// Whether the node is reached again from itself.
            var isLoop = false
            /// For a call of "component": where its nodes begin in the output; -1 for a call of "visit".
            var componentStart = -1

            mutating func note(_ number: Int) {
                if number <= head {
                    head = number
                    isLoop = true
                }
            }
        }

        static let done = Int.max

        var reversedNodes: [Int] = []
        /// For each output index: where the component of that head begins in the output, or -1.
        var componentStarts: [Int] = []
        private var numbers: [Int]
        private var lastNumber = 0
        private var stack: [Int] = []
        private var calls: [Call] = []

        init(nodeCount: Int) { numbers = [Int](repeating: 0, count: nodeCount) }

        mutating func run(from entry: Int, _ successors: (Int) -> [Int]) {
            visit(entry, successors)
            while var call = calls.popLast() {
                if call.next < call.successors.count {
                    step(&call, successors)
                } else if call.componentStart >= 0 {
                    emit(call.node, componentStart: call.componentStart)
                } else {
                    finishVisit(call)
                }
            }
        }

        private mutating func visit(_ node: Int, _ successors: (Int) -> [Int]) {
            lastNumber += 1
            numbers[node] = lastNumber
            stack.append(node)
            calls.append(Call(node: node, successors: successors(node), head: lastNumber))
        }

        /// Looks at the next successor; descends into it if it is new.
        private mutating func step(_ call: inout Call, _ successors: (Int) -> [Int]) {
            let successor = call.successors[call.next]
            call.next += 1
            if numbers[successor] == 0 {
                calls.append(call)
                visit(successor, successors)
                return
            }
            if call.componentStart < 0 { call.note(numbers[successor]) }
            calls.append(call)
        }

        private mutating func finishVisit(_ call: Call) {
            if call.head == numbers[call.node] {
                numbers[call.node] = Builder.done
                var element = stack.removeLast()
                if call.isLoop {
                    while element != call.node {
                        numbers[element] = 0
                        element = stack.removeLast()
                    }
                    calls.append(
                        Call(
                            node: call.node, successors: call.successors, head: call.head,
                            componentStart: reversedNodes.count))
                } else {
                    emit(call.node, componentStart: -1)
                }
            }
            returnToCaller(call.head, skippingComponentOf: call)
        }

        /// Passes the result of "visit" to the call that made it, which is below a "component" call just pushed.
        private mutating func returnToCaller(_ head: Int, skippingComponentOf call: Call) {
            var index = calls.count - 1
            if index >= 0, calls[index].componentStart >= 0, calls[index].node == call.node { index -= 1 }
            if index >= 0, calls[index].componentStart < 0 { calls[index].note(head) }
        }

        private mutating func emit(_ node: Int, componentStart: Int) {
            reversedNodes.append(node)
            componentStarts.append(componentStart)
        }
    }
}
