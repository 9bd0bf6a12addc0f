// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// Which register variables may be read before they are set: a forward analysis over the draft blocks.
extension FunctionLowering {
    func variablesReadBeforeSet() -> Set<Declaration> {
        guard !variableRegisters.isEmpty else { return [] }
        var slots = [Int](repeating: -1, count: registers.count)
        for (slot, entry) in variableRegisters.enumerated() { slots[Int(entry.register)] = slot }
        let analysis = AssignmentAnalysis(function: self, slots: slots, count: variableRegisters.count)
        return Set(analysis.unset().map { variableRegisters[$0].variable })
    }
}

private struct AssignmentAnalysis {
    let function: FunctionLowering
    /// The bit of each register, -1 for registers that are no variables.
    let slots: [Int]
    let words: Int
    /// Resets and reads by block, in order.
    private var resets: [Int: [(index: Int, slot: Int)]] = [:]
    private var reads: [Int: [(index: Int, register: Register)]] = [:]

    typealias Bits = [UInt64]

    init(function: FunctionLowering, slots: [Int], count: Int) {
        self.function = function
        self.slots = slots
        words = (count + 63) / 64
        for point in function.resetPoints {
            resets[point.block, default: []].append((point.index, slots[Int(point.register)]))
        }
        for point in function.readPoints { reads[point.block, default: []].append((point.index, point.register)) }
    }

    /// Slots that some reachable instruction reads while they may be unset.
    func unset() -> Set<Int> {
        var entry = [Bits?](repeating: nil, count: function.blocks.count)
        entry[0] = Bits(repeating: 0, count: words)
        var work = [0], missing: Set<Int> = []
        while let block = work.popLast() {
            guard var bits = entry[block] else { continue }
            run(block, &bits, missing: nil)
            guard let terminator = function.blocks[block].terminator else { continue }
            for target in terminator.targets {
                var out = bits
                for register in function.enteredRegisters(
                    from: function.blocks[block].scope, to: function.blocks[target].scope)
                {
                    clear(&out, slots[Int(register)])
                }
                let joined = entry[target].map { zip($0, out).map { $0 & $1 } } ?? out
                if joined != entry[target] {
                    entry[target] = joined
                    work.append(target)
                }
            }
        }
        for block in function.blocks.indices {
            if var bits = entry[block] { run(block, &bits, missing: { missing.insert($0) }) }
        }
        return missing
    }

    private func run(_ block: Int, _ bits: inout Bits, missing: ((Int) -> Void)?) {
        let draft = function.blocks[block]
        var pending = (resets[block] ?? [])[...], read = (reads[block] ?? [])[...]
        func noteReads(before index: Int) {
            while let next = read.first, next.index <= index {
                if let missing { note(.register(next.register), bits, missing) }
                read.removeFirst()
            }
        }
        for (index, instruction) in draft.instructions.enumerated() {
            while let next = pending.first, next.index <= index {
                clear(&bits, next.slot)
                pending.removeFirst()
            }
            noteReads(before: index)
            if let missing {
                for operand in operands(of: instruction) { note(operand, bits, missing) }
            }
            if instruction.result >= 0, slots[Int(instruction.result)] >= 0 {
                let slot = slots[Int(instruction.result)]
                bits[slot / 64] |= 1 << UInt64(slot % 64)
            }
        }
        for next in pending { clear(&bits, next.slot) }
        noteReads(before: .max)
        if let missing, let operand = draft.terminator?.operand { note(operand, bits, missing) }
    }

    private func note(_ operand: Operand, _ bits: Bits, _ missing: (Int) -> Void) {
        guard let register = operand.register else { return }
        let slot = slots[Int(register)]
        if slot >= 0, bits[slot / 64] & 1 << UInt64(slot % 64) == 0 { missing(slot) }
    }

    private func operands(of instruction: Instruction) -> [Operand] {
        [instruction.a, instruction.b, instruction.c] + function.operands[instruction.list.range]
    }

    private func clear(_ bits: inout Bits, _ slot: Int) {
        if slot >= 0 { bits[slot / 64] &= ~(1 << UInt64(slot % 64)) }
    }
}
