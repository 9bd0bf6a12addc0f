// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

extension ProgramLowering {
    /// A function no unit defines: it may change all memory it can reach and return anything.
    func externalFunction(_ declaration: Declaration, id: FunctionID) -> Function {
        let site = builder.site(declaration.location)
        var function = builder.function(id)
        if let signature = Signature(of: declaration) {
            function.registers = signature.registers
            function.parameterCount = signature.registers.count
            function.result = signature.result
            function.isVariadic = signature.isVariadic
        }
        let assumption = builder.assumption(
            .externalFunction,
            "'\(declaration.name)' is not defined in the program: it may change any memory and lifetime it can reach, returns any value of its type, and has no undefined behaviour of its own.",
            site: site)
        var effect = Instruction(.havocMemory, site: site)
        effect.target = assumption
        if let result = function.result {
            effect.type = result
            effect.result = Register(function.registers.count)
            function.registers.append(result)
        }
        function.registerNames = function.registers.map { _ in "" }
        function.instructions = [effect]
        var end = Terminator(declaration.isNoReturn ? .halt : .return, site: site)
        if !declaration.isNoReturn, effect.result >= 0 { end.operand = .register(effect.result) }
        function.blocks = [
            Block(instructions: PoolRange(start: 0, count: 1), terminator: end, live: .empty)
        ]
        return function
    }

    /// The code around main.
    func lowerEntry(calling main: Declaration) {
        let site = builder.site(main.location)
        let callee = function(main)
        let id = builder.reserveFunction("(entry)", site: site)
        let entry = FunctionLowering(program: self, id: id, site: site)
        entry.buildEntry(main: callee, declaration: main)
        builder.setEntry(id)
    }
}
