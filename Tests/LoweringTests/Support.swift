// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import Lowering
import ProgramIR
import Testing

/// Lowers text as a program of its own, and holds the result to the IR's rules.
func lowered(_ text: String, flags: [String] = [], entry: String = "f", all: Bool = false) throws -> LoweredProgram {
    try lowered(units: [text], flags: flags, entry: entry, all: all)
}

/// The same with several translation units, called 0.c, 1.c, ...
func lowered(
    units texts: [String], flags: [String] = [], entry: String = "f", all: Bool = false
) throws -> LoweredProgram {
    let units = try texts.enumerated().map { index, text in
        let path = "/virtual/\(index).c"
        return try parseTranslationUnit(
            CompileCommand(file: path, flags: flags, directory: "/"),
            virtualFiles: [VirtualFile(path: path, text: text)])
    }
    var options = LoweringOptions()
    options.entry = entry
    options.lowersUnreachableFunctions = all
    let result = try lower(units: units, options: options)
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

    /// The functions whose names begin so, in order.
    func functions(_ prefix: String) -> [Function] { program.functions.filter { $0.name.hasPrefix(prefix) } }

    /// Where a function is called directly.
    func calls(from name: String) throws -> [String] {
        try code(of: name).filter { $0.opcode == .call }.map { program.functions[Int($0.target)].name }
    }

    /// The instructions of a function in the order of its blocks.
    func code(of name: String) throws -> [Instruction] {
        let function = try function(name)
        return function.blocks.flatMap { function.instructions[$0.instructions.range] }
    }

    func statements(_ kind: AssumptionKind) -> [String] {
        program.assumptions.filter { $0.kind == kind }.map(\.statement)
    }

    /// The value of an operand that is a constant.
    func constant(_ operand: Operand) -> Int128? {
        operand.kind == .integer ? program.integers[Int(operand.index)] : nil
    }
}
