// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

// Which loops are unrolled: small ones, as long as they turn out to end within the iterations that the budget allows.
extension ProgramAnalysis {
    /// By head of a loop: iterations with nodes of their own.
    func unrolling(of clone: FunctionClone) -> [BlockID: Int] {
        unrolling(of: clone.function).filter { !clone.rolled.contains($0.key) }
    }

    private func unrolling(of function: FunctionID) -> [BlockID: Int] {
        if let known = unrollings[function] { return known }
        let info = info(function)
        var result: [BlockID: Int] = [:]
        for (head, members) in info.loops {
            let inner = members.filter { $0 != head && info.loops[$0] != nil }
            let isNested = inner.contains { info.loopsAround($0).count > info.loopsAround(head).count + 1 }
            if isNested || weight(ofLoop: head, in: function) > budget.unrolledInstructions { continue }
            result[head] = inner.isEmpty ? budget.unrolledIterations : budget.unrolledOuterIterations
        }
        unrollings[function] = result
        return result
    }

    /// Instructions of a loop, those of the functions it calls included.
    private func weight(ofLoop head: BlockID, in function: FunctionID) -> Int {
        let body = program.functions[Int(function)]
        var ongoing: Set<FunctionID> = [function]
        return info(function).blocks(ofLoop: head).reduce(0) { sum, block in
            sum + weight(body.blocks[Int(block)], of: body, &ongoing)
        }
    }

    /// Instructions of a block and of what it calls, if that is neither recursive, nor a loop, nor through a pointer.
    private func weight(_ block: Block, of body: Function, _ ongoing: inout Set<FunctionID>) -> Int {
        var sum = block.instructions.range.count
        for place in block.instructions.range where sum <= budget.unrolledInstructions {
            switch body.instructions[place].opcode {
            case .callPointer: sum += budget.unrolledInstructions + 1
            case .call: sum += weight(body.instructions[place].target, &ongoing)
            default: break
            }
        }
        return sum
    }

    private func weight(_ callee: FunctionID, _ ongoing: inout Set<FunctionID>) -> Int {
        guard info(callee).loops.isEmpty, ongoing.insert(callee).inserted else {
            return budget.unrolledInstructions + 1
        }
        defer { ongoing.remove(callee) }
        let body = program.functions[Int(callee)]
        var sum = 0
        for block in body.blocks where sum <= budget.unrolledInstructions { sum += weight(block, of: body, &ongoing) }
        return sum
    }
}
