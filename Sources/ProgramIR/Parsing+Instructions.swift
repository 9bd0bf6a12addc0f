// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension Parser {
    mutating func instruction(of function: inout Function) throws(ParseFailure) -> Instruction {
        reader.skipSpace()
        var result: Register = -1
        if reader.peek() == UInt8(ascii: "%") {
            result = try register(of: function)
            try reader.expect("=")
        }
        var instruction = try mnemonic(hasResult: result != -1)
        instruction.result = result
        let shape = instruction.opcode.shape
        try parseOperands(of: &instruction, shape, in: function)
        try parseList(of: &instruction, shape, in: &function)
        if shape.target == .assumption {
            try reader.expectWord("under")
            try reader.expect("#")
            instruction.target = try reader.number()
        }
        if shape.usesImmediate {
            switch instruction.opcode {
            case .offset:
                try reader.expectWord("times")
                instruction.immediate = try reader.number()
            case .difference:
                try reader.expectWord("over")
                instruction.immediate = try reader.number()
            default: if reader.takeWord("offset") { instruction.immediate = try reader.number() }
            }
        }
        if shape.usesBit, reader.takeWord("bit") { instruction.bit = try reader.number() }
        if shape.usesAlignment {
            try reader.expectWord("align")
            instruction.alignment = try reader.number()
        }
        instruction.site = try site()
        return instruction
    }

    /// `opcode.detail.type.flag`, where the opcode asks for the parts; `arithmetic` goes by its operator alone.
    private mutating func mnemonic(hasResult: Bool) throws(ParseFailure) -> Instruction {
        reader.skipSpace()
        let start = reader.offset
        let word = reader.word()
        var instruction: Instruction
        if let operation = TextNames.arithmetic.firstIndex(of: word) {
            instruction = Instruction(.arithmetic, site: 0)
            instruction.detail = UInt8(operation)
        } else if let opcode = TextNames.opcodes.firstIndex(of: word), Opcode.allCases[opcode] != .arithmetic {
            instruction = Instruction(Opcode.allCases[opcode], site: 0)
        } else {
            throw reader.failure(
                word.isEmpty ? "an instruction is expected" : "there is no instruction '\(word)'", at: start)
        }
        let shape = instruction.opcode.shape
        if shape.detail != .none, shape.detail != .arithmetic {
            try reader.expect(".")
            instruction.detail = try reader.choice(TextNames.details(shape.detail), "kind of \(word)")
        }
        switch shape.type {
        case .none: break
        case .withResult where !hasResult: break
        case .integer, .float, .any, .withResult:
            try reader.expect(".")
            instruction.type = try type()
        }
        while reader.peek() == UInt8(ascii: ".") {
            try reader.expect(".")
            let start = reader.offset
            switch reader.word() {
            case "checked" where shape.flags.contains(.checked): instruction.flags.insert(.checked)
            case "volatile" where shape.flags.contains(.volatile): instruction.flags.insert(.volatile)
            case "bases" where shape.flags.contains(.bases): instruction.flags.insert(.bases)
            default: throw reader.failure("the instruction has no such part", at: start)
            }
        }
        return instruction
    }

    private mutating func parseOperands(
        of instruction: inout Instruction, _ shape: InstructionShape, in function: Function
    ) throws(ParseFailure) {
        var isFirst = true
        func needsComma() -> Bool {
            defer { isFirst = false }
            return !isFirst
        }
        switch shape.target {
        case .local:
            instruction.target = try object()
            isFirst = false
        case .function:
            instruction.target = try self.function()
            isFirst = false
        case .none, .assumption: break
        }
        for (slot, field) in [(shape.a, \Instruction.a), (shape.b, \.b), (shape.c, \.c)] where slot != .none {
            if slot == .integerIfDynamic {
                guard reader.take(",") else { continue }
            } else if needsComma() {
                try reader.expect(",")
            }
            instruction[keyPath: field] = try operand(of: function)
        }
    }

    private mutating func parseList(
        of instruction: inout Instruction, _ shape: InstructionShape, in function: inout Function
    ) throws(ParseFailure) {
        var list: [Operand] = []
        switch shape.list {
        case .none: return
        case .terms:
            while reader.take("+") {
                list.append(try operand(of: function))
                try reader.expect("*")
                list.append(try operand(of: function))
            }
        case .arguments:
            try reader.expect("(")
            while !reader.take(")") {
                if !list.isEmpty { try reader.expect(",") }
                list.append(try operand(of: function))
            }
        }
        instruction.list = FunctionBuilder.append(list, to: &function.operands)
    }
}
