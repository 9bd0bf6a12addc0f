// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension Parser {
    mutating func parseFunction() throws(ParseFailure) {
        try next("&", after: program.functions.count)
        var function = Function(name: try declaredName(), site: 0)
        try reader.expect("(")
        var isFirst = true
        while !reader.take(")") {
            if !isFirst { try reader.expect(",") }
            isFirst = false
            if reader.take("...") {
                function.isVariadic = true
                try reader.expect(")")
                break
            }
            try parseRegisters(into: &function)
        }
        function.parameterCount = function.registers.count
        if reader.take("->") { function.result = try type() }
        function.site = try site()
        try reader.expect("{")
        if reader.takeWord("objects") { function.objects = try objects() }
        while reader.takeWord("var") { try parseRegisters(into: &function) }
        while !reader.take("}") { try parseBlock(into: &function) }
        program.functions.append(function)
    }

    /// One register with its type, or several without names.
    private mutating func parseRegisters(into function: inout Function) throws(ParseFailure) {
        try next("%", after: function.registers.count)
        let name = try declaredName()
        var last = function.registers.count
        if reader.take("...") {
            try reader.expect("%")
            let start = reader.offset
            last = try reader.number()
            guard function.registers.count..<FormatLimit.elements ~= last else {
                throw reader.failure("the number is out of range", at: start)
            }
        }
        try reader.expect(":")
        let type = try type()
        for _ in function.registers.count...last {
            function.registers.append(type)
            function.registerNames.append(name)
        }
    }

    private mutating func objects() throws(ParseFailure) -> [ObjectID] {
        try reader.expect("[")
        var objects: [ObjectID] = []
        while !reader.take("]") {
            if !objects.isEmpty { try reader.expect(",") }
            objects.append(try object())
        }
        return objects
    }

    private mutating func parseBlock(into function: inout Function) throws(ParseFailure) {
        reader.skipSpace()
        let start = reader.offset
        guard reader.takeWord("block\(function.blocks.count)") else {
            throw reader.failure("'block\(function.blocks.count)' or '}' is expected", at: start)
        }
        try reader.expect(":")
        let live = reader.takeWord("live") ? try objects() : []
        var code: [Instruction] = []
        while true {
            reader.skipSpace()
            let before = reader
            if let kind = TextNames.terminators.firstIndex(of: reader.word()), reader.peek() != UInt8(ascii: ".") {
                let terminator = try terminator(Terminator.Kind.allCases[kind], of: &function)
                function.blocks.append(
                    Block(
                        instructions: FunctionBuilder.append(code, to: &function.instructions),
                        terminator: terminator, live: FunctionBuilder.append(live, to: &function.live)))
                return
            }
            reader = before
            code.append(try instruction(of: &function))
        }
    }

    private mutating func block() throws(ParseFailure) -> BlockID {
        reader.skipSpace()
        let start = reader.offset
        let word = reader.word()
        guard word.hasPrefix("block"), let number = BlockID(word.dropFirst(5)) else {
            throw reader.failure("a block is expected", at: start)
        }
        return number
    }

    private mutating func terminator(
        _ kind: Terminator.Kind, of function: inout Function
    ) throws(ParseFailure) -> Terminator {
        var terminator = Terminator(kind, site: 0)
        var targets: [BlockID] = []
        switch kind {
        case .goto: targets = [try block()]
        case .branch:
            terminator.operand = try operand(of: function)
            try reader.expect(",")
            targets = [try block()]
            try reader.expect(",")
            targets.append(try block())
        case .switch:
            terminator.operand = try operand(of: function)
            var cases: [CaseRange] = []
            try reader.expect("[")
            while !reader.take("]") {
                if !cases.isEmpty { try reader.expect(",") }
                let lower = integers.place(of: try reader.number())
                let upper = reader.take("...") ? integers.place(of: try reader.number()) : lower
                cases.append(CaseRange(lower: lower, upper: upper))
                try reader.expect(":")
                targets.append(try block())
            }
            try reader.expect(",")
            targets.append(try block())
            terminator.cases = FunctionBuilder.append(cases, to: &function.cases)
        case .labelGoto:
            terminator.operand = try operand(of: function)
            try reader.expectWord("in")
            terminator.labels = try object()
            try reader.expect("[")
            while !reader.take("]") {
                if !targets.isEmpty { try reader.expect(",") }
                targets.append(try block())
            }
        case .return:
            reader.skipSpace()
            if reader.peek() != UInt8(ascii: "@") { terminator.operand = try operand(of: function) }
        case .halt: break
        }
        terminator.targets = FunctionBuilder.append(targets, to: &function.targets)
        terminator.site = try site()
        return terminator
    }

    mutating func register(of function: Function) throws(ParseFailure) -> Register {
        try reader.expect("%")
        let start = reader.offset
        let register = try reader.number(Register.self)
        if let name = reader.suffix() {
            guard function.registers.indices.contains(Int(register)), function.registerNames[Int(register)] == name
            else { throw reader.failure("register \(register) is not \(name)", at: start) }
        }
        return register
    }

    mutating func operand(of function: Function) throws(ParseFailure) -> Operand {
        if let bits = reader.float() { return Operand(.float, floats.place(of: bits)) }
        if reader.takeWord("null") { return .null }
        reader.skipSpace()
        switch reader.peek() {
        case UInt8(ascii: "%"): return .register(try register(of: function))
        case UInt8(ascii: "$"): return .object(try object())
        case UInt8(ascii: "&"): return .function(try self.function())
        case UInt8(ascii: "-")?, (UInt8(ascii: "0")...UInt8(ascii: "9"))?:
            return Operand(.integer, integers.place(of: try reader.number()))
        default: throw reader.failure("an operand is expected")
        }
    }
}
