// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import Lowering
import ProgramIR
import Testing

/// Lowers text as a program of its own, and holds the result to the IR's rules.
func lowered(_ text: String, flags: [String] = [], entry: String = "f", all: Bool = false) throws -> LoweredProgram {
    let unit = try parseTranslationUnit(
        CompileCommand(file: "/virtual/test.c", flags: flags, directory: "/"),
        virtualFiles: [VirtualFile(path: "/virtual/test.c", text: text)])
    var options = LoweringOptions()
    options.entry = entry
    options.lowersUnreachableFunctions = all
    let result = try lower(units: [unit], options: options)
    #expect(result.program.violations() == [])
    return result
}

extension LoweredProgram {
    func function(_ name: String) throws -> Function {
        try #require(program.functions.first { $0.name == name })
    }

    /// The kinds of obligations a function raises, sorted.
    func kinds(in name: String) throws -> [String] {
        let id = FunctionID(try #require(program.functions.firstIndex { $0.name == name }))
        return ObligationTable(of: program).obligations.filter { $0.function == id }.map(\.kind.name).sorted()
    }

    /// The opcodes of a function in order.
    func opcodes(of name: String) throws -> [Opcode] {
        let function = try function(name)
        return function.blocks.flatMap { function.instructions[$0.instructions.range].map(\.opcode) }
    }
}
