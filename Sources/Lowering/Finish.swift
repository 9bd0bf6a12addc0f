// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// From draft blocks to the function of the program.
extension FunctionLowering {
    func finish() {
        let ids = objects.map { program.builder.addObject($0) }
        func global(_ operand: Operand) -> Operand {
            operand.kind == .object && operand.index >= Self.localBase
                ? .object(ids[Int(operand.index - Self.localBase)]) : operand
        }

        var function = program.builder.function(id)
        function.registers = registers
        function.registerNames = registerNames
        function.operands = operands.map(global)
        function.objects = ids
        function.instructions = []
        function.targets = []
        function.cases = []
        function.live = []

        let order = blockOrder()
        var numbers = [Int: BlockID]()
        for (number, block) in order.enumerated() { numbers[block] = BlockID(number) }
        function.blocks = order.map { block in
            let draft = blocks[block]
            let first = function.instructions.count
            for var instruction in draft.instructions {
                instruction.a = global(instruction.a)
                instruction.b = global(instruction.b)
                instruction.c = global(instruction.c)
                if instruction.opcode == .start || instruction.opcode == .end {
                    instruction.target = ids[Int(instruction.target - Self.localBase)]
                }
                function.instructions.append(instruction)
            }
            let live = liveObjects(block).map { ids[$0] }
            let liveRange = PoolRange.stretch(function.live.count, live.count)
            function.live += live
            return Block(
                instructions: PoolRange.stretch(first, function.instructions.count - first),
                terminator: terminator(of: draft, numbers: numbers, operand: global, in: &function), live: liveRange)
        }
        program.builder.setFunction(function, id)
    }

    private func terminator(
        of draft: DraftBlock, numbers: [Int: BlockID], operand: (Operand) -> Operand, in function: inout Function
    ) -> Terminator {
        guard let source = draft.terminator else { return Terminator(.halt, site: functionSite) }
        var terminator = Terminator(source.kind, site: source.site)
        terminator.operand = operand(source.operand)
        let targets = source.targets.compactMap { numbers[$0] }
        terminator.targets = PoolRange.stretch(function.targets.count, targets.count)
        function.targets += targets
        terminator.cases = PoolRange.stretch(function.cases.count, source.cases.count)
        function.cases += source.cases.map {
            CaseRange(lower: program.builder.integer($0.lower), upper: program.builder.integer($0.upper))
        }
        if source.kind == .labelGoto { terminator.labels = labelObject ?? -1 }
        return terminator
    }

    /// The blocks to keep, in order: what the entry reaches, and dead code that has obligations of its own.
    private func blockOrder() -> [Int] {
        skipEmptyBlocks()
        mergeChains(of: Set(blocksToKeep()))
        return blocksToKeep()
    }

    private func blocksToKeep() -> [Int] {
        var seen = Set<Int>(), order: [Int] = []
        func visit(_ start: Int) {
            var work = [start]
            while let block = work.popLast() {
                guard seen.insert(block).inserted else { continue }
                order.append(block)
                work += (blocks[block].terminator?.targets ?? []).reversed()
            }
        }
        visit(0)
        for block in blocks.indices where !seen.contains(block) && raisesObligations(block) { visit(block) }
        return order
    }

    private func raisesObligations(_ block: Int) -> Bool {
        blocks[block].instructions.contains {
            !ObligationTable.kinds(of: $0, in: program.builder.program).isEmpty
        }
    }

    /// Jumps to a block that does nothing but jump on lead to where it leads.
    private func skipEmptyBlocks() {
        func successor(_ block: Int) -> Int? {
            guard blocks[block].instructions.isEmpty, let terminator = blocks[block].terminator,
                terminator.kind == .goto
            else { return nil }
            return terminator.targets[0]
        }
        var destinations = [Int?](repeating: nil, count: blocks.count)
        func destination(_ block: Int) -> Int {
            var chain: [Int] = [], seen = Set<Int>(), next = block
            // Blocks that jump in a circle lead to where the circle was entered.
            while destinations[next] == nil, seen.insert(next).inserted, let following = successor(next) {
                chain.append(next)
                next = following
            }
            let end = destinations[next] ?? next
            for block in chain { destinations[block] = end }
            return end
        }
        let targets = blocks.map { $0.terminator?.targets.map(destination) }
        for (block, targets) in targets.enumerated() {
            if let targets { blocks[block].terminator?.targets = targets }
        }
    }

    /// A block whose only predecessor jumps to it becomes part of that one.
    private func mergeChains(of kept: Set<Int>) {
        var predecessors = [Int](repeating: 0, count: blocks.count)
        for block in kept { for target in blocks[block].terminator?.targets ?? [] { predecessors[target] += 1 } }
        predecessors[0] += 1
        for block in kept.sorted() {
            while let terminator = blocks[block].terminator, terminator.kind == .goto {
                let target = terminator.targets[0]
                guard target != block, predecessors[target] == 1 else { break }
                blocks[block].instructions += blocks[target].instructions
                blocks[block].terminator = blocks[target].terminator
                blocks[target] = DraftBlock(scope: 0)
            }
        }
    }
}

extension PoolRange {
    /// A stretch of a pool; all empty ones are alike.
    static func stretch(_ start: Int, _ count: Int) -> PoolRange {
        count == 0 ? .empty : PoolRange(start: Int32(start), count: Int32(count))
    }
}
