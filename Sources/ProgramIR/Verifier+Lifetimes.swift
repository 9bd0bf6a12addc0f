// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension Verifier {
    /// Follows each block from its live set. All stretches and targets must be in range.
    mutating func checkLifetimes(of function: Function, _ id: FunctionID) {
        let entrySet = function.live[function.blocks[0].live.range]
        place.block = 0
        demand(entrySet.isEmpty, .wrongLiveSet, "objects are alive when the function begins")
        for (number, block) in function.blocks.enumerated() {
            place.block = BlockID(number)
            var live = Set(function.live[block.live.range])
            for number in block.instructions.range {
                place.instruction = Int32(number)
                let instruction = function.instructions[number]
                for operand in [instruction.a, instruction.b, instruction.c] { demandAlive(operand, live) }
                for operand in function.operands[instruction.list.range] { demandAlive(operand, live) }
                switch instruction.opcode {
                case .start:
                    demand(
                        live.insert(instruction.target).inserted, .wrongLifetime,
                        "object \(instruction.target) starts while it is alive")
                case .end:
                    demand(
                        live.remove(instruction.target) != nil, .wrongLifetime,
                        "object \(instruction.target) ends while it is not alive")
                default: break
                }
            }
            place.instruction = nil
            demandAlive(block.terminator.operand, live)
            for target in function.targets[block.terminator.targets.range] {
                let expected = function.live[function.blocks[Int(target)].live.range]
                demand(
                    live == Set(expected), .wrongLiveSet,
                    "\(live.sorted()) are alive at the jump to block \(target), which expects \(Array(expected))")
            }
        }
        place.block = nil
    }

    private mutating func demandAlive(_ operand: Operand, _ live: Set<ObjectID>) {
        guard operand.kind == .object, program.objects.indices.contains(Int(operand.index)),
            program.objects[Int(operand.index)].kind == .local
        else { return }
        demand(
            live.contains(operand.index), .wrongLifetime, "object \(operand.index) is named while it is not alive")
    }
}
