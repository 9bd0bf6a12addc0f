// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension Program {
    /// Reads a program file (FORMAT.md section 1.1). What it returns follows the grammar; whether it is well formed
    /// is the verifier's question.
    public init(decoding bytes: [UInt8]) throws(DecodingFailure) {
        var reader = ByteReader(bytes)
        guard bytes.count <= FormatLimit.fileBytes else { throw reader.failure(.fileTooLarge) }
        for expected in "AIR1".utf8 {
            guard try reader.byte() == expected else { throw reader.failure(.wrongMagic) }
        }
        self.init()
        strings = try reader.list { reader throws(DecodingFailure) in try reader.text() }
        integers = try reader.list { reader throws(DecodingFailure) in try reader.signed() }
        floats = try reader.list { reader throws(DecodingFailure) in try reader.float() }
        sites = try reader.list { reader throws(DecodingFailure) in try reader.site() }
        assumptions = try reader.list { reader throws(DecodingFailure) in try reader.assumption() }
        objects = try reader.list { reader throws(DecodingFailure) in try reader.object() }
        functions = try reader.list { reader throws(DecodingFailure) in try reader.function() }
        entry = try reader.unsigned()
        guard reader.isAtEnd else { throw reader.failure(.trailingBytes) }
    }
}

extension ByteReader {
    mutating func site() throws(DecodingFailure) -> Site {
        Site(
            file: try unsigned(), line: try unsigned(), column: try unsigned(), spellingFile: try unsigned(),
            spellingLine: try unsigned(), spellingColumn: try unsigned(), macro: try unsigned(),
            expression: try unsigned(), model: try unsigned())
    }

    mutating func assumption() throws(DecodingFailure) -> Assumption {
        Assumption(kind: try code("kind of an assumption"), statement: try text(), site: try id())
    }

    mutating func object() throws(DecodingFailure) -> Object {
        Object(
            name: try text(), kind: try code("kind of an object"), size: try signed64(), alignment: try unsigned(),
            owner: try id(), initializer: try list { reader throws(DecodingFailure) in try reader.initialRun() },
            site: try unsigned())
    }

    mutating func initialRun() throws(DecodingFailure) -> InitialRun {
        InitialRun(
            position: try signed64(), stride: try unsigned(), type: try type(),
            values: try list { reader throws(DecodingFailure) in try reader.initialValue() })
    }

    mutating func initialValue() throws(DecodingFailure) -> InitialValue {
        switch try byte() {
        case 0: return .integer(try signed())
        case 1: return .float(try float())
        case 2: return .null
        case 3: return .object(try unsigned(), offset: try signed64())
        case 4: return .function(try unsigned())
        case 5: return .unknown
        default: throw failure(.unknownCode(field: "kind of an initial value"))
        }
    }

    mutating func function() throws(DecodingFailure) -> Function {
        var function = Function(name: try text(), site: 0)
        function.isVariadic = try flag("variadic mark")
        function.registers = try list { reader throws(DecodingFailure) in try reader.type() }
        function.registerNames = try list { reader throws(DecodingFailure) in try reader.text() }
        function.parameterCount = try unsigned()
        function.result = try flag("result mark") ? try type() : nil
        function.objects = try list { reader throws(DecodingFailure) in try reader.unsigned() }
        function.live = try list { reader throws(DecodingFailure) in try reader.unsigned() }
        function.operands = try list { reader throws(DecodingFailure) in try reader.operand() }
        function.targets = try list { reader throws(DecodingFailure) in try reader.unsigned() }
        function.cases = try list { reader throws(DecodingFailure) in
            CaseRange(lower: try reader.unsigned(), upper: try reader.unsigned())
        }
        function.instructions = try list { reader throws(DecodingFailure) in try reader.instruction() }
        function.blocks = try list { reader throws(DecodingFailure) in try reader.block() }
        function.site = try unsigned()
        return function
    }

    mutating func instruction() throws(DecodingFailure) -> Instruction {
        var instruction = Instruction(try code("opcode"), site: 0)
        instruction.detail = try byte()
        instruction.bit = try byte()
        instruction.flags = InstructionFlags(rawValue: try byte())
        instruction.alignment = try unsigned()
        instruction.type = try type()
        instruction.result = try id()
        instruction.a = try operand()
        instruction.b = try operand()
        instruction.c = try operand()
        instruction.immediate = try signed64()
        instruction.list = try range()
        instruction.target = try id()
        instruction.site = try unsigned()
        return instruction
    }

    mutating func block() throws(DecodingFailure) -> Block {
        let instructions = try range()
        var terminator = Terminator(try code("kind of a terminator"), site: 0)
        terminator.operand = try operand()
        terminator.targets = try range()
        terminator.cases = try range()
        terminator.labels = try id()
        terminator.site = try unsigned()
        return Block(instructions: instructions, terminator: terminator, live: try range())
    }
}
