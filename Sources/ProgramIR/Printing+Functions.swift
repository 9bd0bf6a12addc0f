// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension Printer {
    mutating func printFunction(_ id: FunctionID) {
        guard program.functions.indices.contains(Int(id)) else { return }
        let function = program.functions[Int(id)]
        let parameterCount = min(max(function.parameterCount, 0), function.registers.count)
        var parameters = function.registers[..<parameterCount].enumerated().map { index, type in
            "\(declaration(Register(index), of: function)): \(TextNames.type(type))"
        }
        if function.isVariadic { parameters.append("...") }
        output += "\nfunc \(declaration("&\(id)", function.name))(\(parameters.joined(separator: ", ")))"
        if let result = function.result { output += " -> \(TextNames.type(result))" }
        output += " @\(function.site) {\n"
        if !function.objects.isEmpty { output += "  objects \(objects(function.objects))\n" }
        printRegisters(of: function, from: parameterCount)
        for (number, block) in function.blocks.enumerated() {
            output += "block\(number):"
            let live = slice(function.live, block.live)
            output += live.isEmpty ? "\n" : " live \(objects(Array(live)))\n"
            for instruction in slice(function.instructions, block.instructions) { print(instruction, of: function) }
            print(block.terminator, of: function)
        }
        output += "}\n"
    }

    private func declaration(_ register: Register, of function: Function) -> String {
        let name = function.registerNames.indices.contains(Int(register)) ? function.registerNames[Int(register)] : ""
        return declaration("%\(register)", name)
    }

    private func objects(_ ids: [ObjectID]) -> String { "[\(ids.map(object).joined(separator: ", "))]" }

    /// Unnamed neighbours of one type share a line.
    private mutating func printRegisters(of function: Function, from first: Int) {
        var index = first
        func isUnnamed(_ index: Int) -> Bool {
            function.registerNames.indices.contains(index) && function.registerNames[index].isEmpty
        }
        while index < function.registers.count {
            var last = index
            while isUnnamed(index), last + 1 < function.registers.count, isUnnamed(last + 1),
                function.registers[last + 1] == function.registers[index]
            {
                last += 1
            }
            output += "  var \(declaration(Register(index), of: function))"
            if last > index { output += "...%\(last)" }
            output += ": \(TextNames.type(function.registers[index]))\n"
            index = last + 1
        }
    }

    private mutating func print(_ instruction: Instruction, of function: Function) {
        let shape = instruction.opcode.shape
        output += "  "
        if instruction.result != -1 { output += register(instruction.result, function) + " = " }
        output += mnemonic(instruction, shape)
        var operands: [String] = []
        if shape.target == .local || shape.target == .function {
            operands.append(shape.target == .local ? object(instruction.target) : self.function(instruction.target))
        }
        for operand in [instruction.a, instruction.b, instruction.c] where !operand.isNone {
            operands.append(self.operand(operand, function))
        }
        if !operands.isEmpty { output += " " + operands.joined(separator: ", ") }
        printList(instruction, shape, of: function)
        if shape.target == .assumption { output += " under #\(instruction.target)" }
        if shape.usesImmediate {
            switch instruction.opcode {
            case .offset: output += " times \(instruction.immediate)"
            case .difference: output += " over \(instruction.immediate)"
            default: if instruction.immediate != 0 { output += " offset \(instruction.immediate)" }
            }
        }
        if instruction.bit != 0 { output += " bit \(instruction.bit)" }
        if shape.usesAlignment { output += " align \(instruction.alignment)" }
        printSite(instruction.site, ObligationTable.kinds(of: instruction, in: program))
    }

    /// The opcode, or for `arithmetic` the operator; then operator or kind, type and flags as far as there are.
    private func mnemonic(_ instruction: Instruction, _ shape: InstructionShape) -> String {
        var parts = [TextNames.opcodes[Int(instruction.opcode.rawValue)]]
        if shape.detail != .none {
            let details = TextNames.details(shape.detail)
            if shape.detail == .arithmetic { parts.removeAll() }
            parts.append(
                details.indices.contains(Int(instruction.detail))
                    ? details[Int(instruction.detail)] : "?\(instruction.detail)")
        }
        switch shape.type {
        case .none: break
        case .withResult: if instruction.result != -1 { parts.append(TextNames.type(instruction.type)) }
        case .integer, .float, .any: parts.append(TextNames.type(instruction.type))
        }
        if instruction.flags.contains(.checked) { parts.append("checked") }
        if instruction.flags.contains(.volatile) { parts.append("volatile") }
        if instruction.flags.contains(.bases) { parts.append("bases") }
        return parts.joined(separator: ".")
    }

    private mutating func printList(_ instruction: Instruction, _ shape: InstructionShape, of function: Function) {
        let list = slice(function.operands, instruction.list).map { operand($0, function) }
        switch shape.list {
        case .none: break
        case .terms:
            for index in stride(from: 0, to: list.count - 1, by: 2) { output += " + \(list[index])*\(list[index + 1])" }
        case .arguments: output += "(\(list.joined(separator: ", ")))"
        }
    }

    private mutating func print(_ terminator: Terminator, of function: Function) {
        output += "  " + TextNames.terminators[Int(terminator.kind.rawValue)]
        if !terminator.operand.isNone { output += " " + operand(terminator.operand, function) }
        let targets = slice(function.targets, terminator.targets).map { "block\($0)" }
        switch terminator.kind {
        case .goto: output += " " + targets.joined(separator: ", ")
        case .branch: output += ", " + targets.joined(separator: ", ")
        case .switch:
            let cases = zip(slice(function.cases, terminator.cases), targets).map { item, target in
                let lower = integer(item.lower)
                let upper = integer(item.upper)
                return "\(lower == upper ? lower : "\(lower)...\(upper)"): \(target)"
            }
            output += " [\(cases.joined(separator: ", "))], \(targets.last ?? "?")"
        case .labelGoto: output += " in \(object(terminator.labels)) [\(targets.joined(separator: ", "))]"
        case .return, .halt: break
        }
        printSite(terminator.site, terminator.kind == .labelGoto ? [.invalidCall] : [])
    }

    /// The site, and for people what is there and what is demanded there.
    private mutating func printSite(_ id: SiteID, _ kinds: [ObligationKind]) {
        output += " @\(id)"
        if program.sites.indices.contains(Int(id)) {
            let site = program.sites[Int(id)]
            output += " ; \(site.line):\(site.column)"
            if site.expression != 0 { output += " \(TextNames.escaped(string(site.expression)))" }
            if !kinds.isEmpty { output += " [\(kinds.map(\.name).joined(separator: ", "))]" }
        }
        output += "\n"
    }
}
