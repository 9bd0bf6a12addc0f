// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Levels of function clones in the call graph: a call goes to a lower level, or stays on it inside a recursion.
struct CallLevels {
    private var levels: [Int32: Int] = [:]
    private var recursive: Set<Int32> = []

    /// Tarjan's strongly connected components, without recursion; callees are finished before their callers.
    init(_ clones: [Int32], calls: [Int32: Set<Int32>]) {
        var index: [Int32: Int] = [:], low: [Int32: Int] = [:], onStack: Set<Int32> = []
        var stack: [Int32] = [], next = 0
        for root in clones where index[root] == nil {
            var work: [(clone: Int32, callees: [Int32], position: Int)] = []
            func open(_ clone: Int32) {
                index[clone] = next
                low[clone] = next
                next += 1
                stack.append(clone)
                onStack.insert(clone)
                work.append((clone, (calls[clone] ?? []).sorted(), 0))
            }
            open(root)
            while let top = work.last {
                if top.position < top.callees.count {
                    work[work.count - 1].position += 1
                    let callee = top.callees[top.position]
                    if index[callee] == nil {
                        open(callee)
                    } else if onStack.contains(callee) {
                        low[top.clone] = min(low[top.clone]!, index[callee]!)
                    }
                    continue
                }
                work.removeLast()
                if let caller = work.last { low[caller.clone] = min(low[caller.clone]!, low[top.clone]!) }
                guard low[top.clone] == index[top.clone] else { continue }
                var members: [Int32] = []
                repeat {
                    members.append(stack.removeLast())
                    onStack.remove(members[members.count - 1])
                } while members[members.count - 1] != top.clone
                let isCycle = members.count > 1 || calls[top.clone]?.contains(top.clone) == true
                var level = 0
                for member in members {
                    for callee in calls[member] ?? [] where !members.contains(callee) {
                        level = max(level, levels[callee]! + 1)
                    }
                }
                for member in members {
                    levels[member] = level
                    if isCycle { recursive.insert(member) }
                }
            }
        }
    }

    func level(of clone: Int32) -> Int { levels[clone] ?? 0 }
    func isRecursive(_ clone: Int32) -> Bool { recursive.contains(clone) }
}
