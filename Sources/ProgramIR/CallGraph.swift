// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Which functions name which. The program must be well formed.
extension Program {
    /// The functions whose address the program takes: as an operand or in an initial value. A call that names its
    /// callee takes no address.
    public func addressTakenFunctions() -> Set<FunctionID> {
        var result = Set(functionsInInitialValues())
        for function in functions { result.formUnion(function.namedFunctions().addressTaken) }
        return result
    }

    /// The functions that can run, ascending: the entry, and what a function that can run calls or takes the address
    /// of, or what an initial value names. A pointer of unknown origin is not counted: it could lead to any function.
    public func reachableFunctions() -> [FunctionID] {
        var reached: Set<FunctionID> = [entry]
        var pending = [entry]
        for function in functionsInInitialValues() where reached.insert(function).inserted { pending.append(function) }
        while let function = pending.popLast() {
            let named = functions[Int(function)].namedFunctions()
            for callee in named.called.union(named.addressTaken) where reached.insert(callee).inserted {
                pending.append(callee)
            }
        }
        return reached.sorted()
    }

    private func functionsInInitialValues() -> [FunctionID] {
        objects.flatMap { object in
            object.initializer.flatMap { run in
                run.values.compactMap { value in
                    if case .function(let function) = value { function } else { nil }
                }
            }
        }
    }
}

extension Function {
    /// The functions that the code calls directly, and those whose address it takes.
    public func namedFunctions() -> (called: Set<FunctionID>, addressTaken: Set<FunctionID>) {
        var called: Set<FunctionID> = []
        var addressTaken: Set<FunctionID> = []
        func take(_ operand: Operand) {
            if operand.kind == .function { addressTaken.insert(operand.index) }
        }
        for instruction in instructions {
            if instruction.opcode == .call { called.insert(instruction.target) }
            take(instruction.a)
            take(instruction.b)
            take(instruction.c)
        }
        operands.forEach(take)
        for block in blocks { take(block.terminator.operand) }
        return (called, addressTaken)
    }
}
