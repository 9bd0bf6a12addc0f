// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The normal form of programs: what is the same program has the same bytes.
///
/// Strings, integers and floats are numbered in the order of their first use, by sites, then by functions, blocks
/// and instructions in order (`a`, `b`, `c`, list, operand of the terminator, cases); none is there twice or
/// unused, but for string 0. A function's pools hold what its blocks use, in the same order, without gaps, each
/// use its own stretch; an empty stretch is `PoolRange.empty`. Nothing else is renumbered: the order of functions,
/// objects, sites, assumptions, blocks and registers belongs to the program.
extension Program {
    /// The same program in normal form. The program must be well formed.
    public func normalized() -> Program {
        var pools = NormalPools(of: self)
        var result = self
        result.strings = []
        result.integers = []
        result.floats = []
        _ = pools.strings.place(of: ExactText(""))
        for index in result.sites.indices { pools.renumber(&result.sites[index]) }
        for index in functions.indices { result.functions[index] = pools.normalize(functions[index]) }
        result.strings = pools.strings.values.map(\.text)
        result.integers = pools.integers.values
        result.floats = pools.floats.values
        return result
    }
}

private struct NormalPools {
    let old: Program
    var strings = Numbering<ExactText>()
    var integers = Numbering<Int128>()
    var floats = Numbering<UInt64>()

    init(of program: Program) { old = program }

    mutating func renumber(_ site: inout Site) {
        for field in [\Site.file, \.spellingFile, \.macro, \.expression, \.model] {
            site[keyPath: field] = strings.place(of: ExactText(old.strings[Int(site[keyPath: field])]))
        }
    }

    mutating func renumber(_ operand: inout Operand) {
        switch operand.kind {
        case .integer: operand.index = integers.place(of: old.integers[Int(operand.index)])
        case .float: operand.index = floats.place(of: old.floats[Int(operand.index)])
        case .none, .register, .object, .function, .null: break
        }
    }

    mutating func normalize(_ function: Function) -> Function {
        var result = function
        result.blocks = []
        result.instructions = []
        result.operands = []
        result.targets = []
        result.cases = []
        result.live = []
        for block in function.blocks {
            let begin = result.instructions.count
            for var instruction in function.instructions[block.instructions.range] {
                renumber(&instruction.a)
                renumber(&instruction.b)
                renumber(&instruction.c)
                var list = Array(function.operands[instruction.list.range])
                for index in list.indices { renumber(&list[index]) }
                instruction.list = FunctionBuilder.append(list, to: &result.operands)
                result.instructions.append(instruction)
            }
            var terminator = block.terminator
            renumber(&terminator.operand)
            terminator.targets = FunctionBuilder.append(
                Array(function.targets[terminator.targets.range]), to: &result.targets)
            let cases = function.cases[terminator.cases.range].map { range in
                let lower = integers.place(of: old.integers[Int(range.lower)])
                return CaseRange(lower: lower, upper: integers.place(of: old.integers[Int(range.upper)]))
            }
            terminator.cases = FunctionBuilder.append(cases, to: &result.cases)
            let count = result.instructions.count - begin
            result.blocks.append(
                Block(
                    instructions: count == 0 ? .empty : PoolRange(start: Int32(begin), count: Int32(count)),
                    terminator: terminator,
                    live: FunctionBuilder.append(Array(function.live[block.live.range]), to: &result.live)))
        }
        return result
    }
}
