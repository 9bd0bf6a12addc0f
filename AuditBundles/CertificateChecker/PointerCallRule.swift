// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// callPointer (6.6).
///
/// *Sound:* every function that the pointer may name is called in its turn; what that rests on every claim rests on.
/// Of an unknown pointer, every function that the program takes the address of is called.
extension Execution {
    /// The functions to call.
    mutating func executeCallPointer(_ i: Instruction) throws(CheckFailure) -> [Int] {
        let (base, form) = try pointer(i.a)
        let null = try readClaim(.nullDereference, site: i.site)
        let invalid = try readClaim(.invalidCall, site: i.site)
        let anything = addressTaken.filter { Self.fits(program.functions[$0], i, in: functionBody) }
        guard let set = cases(base) else {
            guard !null.isClaimed, !invalid.isClaimed else {
                throw unjustified("a call of an unknown pointer is claimed")
            }
            return anything
        }
        // A function is called at its start: nil where the offset is not known, and may be 0.
        let start = shift(base, form)
        var callees: [Int] = []
        var kept: [TargetEntry] = []
        for entry in set.entries {
            let tag = try tag(entry.tag)
            if tag.kind == .null {
                guard !null.isClaimed else {
                    throw unjustified("null-dereference is claimed and the pointer may be null")
                }
                continue
            }
            let isCallable =
                tag.kind == .function && (start ?? 0) == 0
                && Self.fits(program.functions[tag.index], i, in: functionBody)
            guard isCallable && start != nil || !invalid.isClaimed else {
                throw unjustified("invalid-call is claimed and a case of the pointer fails it")
            }
            guard isCallable else { continue }
            callees.append(tag.index)
            kept.append(entry)
        }
        try settle(null, set.label)
        try settle(invalid, set.label)
        if kept.count < set.entries.count {
            let label = try labels.union(set.label, try labels.union(null.alarm, invalid.alarm))
            if kept.isEmpty {
                try state.addContradiction(label)
            } else if case .symbol(let symbol) = base {
                try makeCurrent(symbol, TargetSet(entries: kept, label: label))
            }
        }
        // Which code runs is decided by it.
        try rest(on: set.label)
        return callees
    }

    /// The callee takes what the call in `body` gives and gives what it takes.
    static func fits(_ callee: Function, _ i: Instruction, in body: Function) -> Bool {
        guard callee.isVariadic ? i.list.count >= callee.parameterCount : i.list.count == callee.parameterCount else {
            return false
        }
        for (place, operand) in body.operands[i.list].enumerated() where place < callee.parameterCount {
            let expected = callee.registers[place]
            switch operand.kind {
            case .register: guard body.registers[operand.index] == expected else { return false }
            case .integer: guard expected.kind == .integer else { return false }
            case .float: guard expected.kind == .float else { return false }
            default: guard expected.kind == .pointer else { return false }
            }
        }
        guard let result = i.result else { return true }
        return callee.result == body.registers[result]
    }

    static func functionsWithAddress(_ program: Program) -> [Int] {
        var taken: Set<Int> = []
        func see(_ operand: Operand) { if operand.kind == .function { taken.insert(operand.index) } }
        for function in program.functions {
            for operand in function.operands { see(operand) }
            for instruction in function.instructions {
                for operand in [instruction.a, instruction.b, instruction.c] { see(operand) }
            }
            for block in function.blocks { see(block.terminator.operand) }
        }
        for object in program.objects {
            for run in object.runs {
                for case .function(let function) in run.values { taken.insert(function) }
            }
        }
        return taken.filter { $0 < program.functions.count }.sorted()
    }
}
