// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension Program {
    /// The program file (FORMAT.md section 1.1). The program must be well formed, or decoders will refuse it.
    public func encoded() -> [UInt8] {
        var writer = ByteWriter()
        writer.ascii("AIR1")
        writer.list(strings) { $0.text($1) }
        writer.list(integers) { $0.signed($1) }
        writer.list(floats) { $0.float($1) }
        writer.list(sites) { $0.site($1) }
        writer.list(assumptions) { writer, assumption in
            writer.byte(assumption.kind.rawValue)
            writer.text(assumption.statement)
            writer.id(assumption.site)
        }
        writer.list(objects) { $0.object($1) }
        writer.list(functions) { $0.function($1) }
        writer.unsigned(entry)
        return writer.bytes
    }
}

extension ByteWriter {
    mutating func site(_ site: Site) {
        let fields = [
            site.file, site.line, site.column, site.spellingFile, site.spellingLine, site.spellingColumn, site.macro,
            site.expression, site.model,
        ]
        for field in fields { unsigned(field) }
    }

    mutating func object(_ object: Object) {
        text(object.name)
        byte(object.kind.rawValue)
        signed(Int128(object.size))
        unsigned(object.alignment)
        id(object.owner)
        list(object.initializer) { writer, run in
            writer.signed(Int128(run.position))
            writer.unsigned(run.stride)
            writer.type(run.type)
            writer.list(run.values) { $0.initialValue($1) }
        }
        unsigned(object.site)
    }

    mutating func initialValue(_ value: InitialValue) {
        switch value {
        case .integer(let value):
            byte(0)
            signed(value)
        case .float(let bits):
            byte(1)
            float(bits)
        case .null:
            byte(2)
        case .object(let object, let offset):
            byte(3)
            unsigned(object)
            signed(Int128(offset))
        case .function(let function):
            byte(4)
            unsigned(function)
        case .unknown:
            byte(5)
        }
    }

    mutating func function(_ function: Function) {
        text(function.name)
        flag(function.isVariadic)
        list(function.registers) { $0.type($1) }
        list(function.registerNames) { $0.text($1) }
        unsigned(function.parameterCount)
        flag(function.result != nil)
        if let result = function.result { type(result) }
        list(function.objects) { $0.unsigned($1) }
        list(function.live) { $0.unsigned($1) }
        list(function.operands) { $0.operand($1) }
        list(function.targets) { $0.unsigned($1) }
        list(function.cases) { writer, range in
            writer.unsigned(range.lower)
            writer.unsigned(range.upper)
        }
        list(function.instructions) { $0.instruction($1) }
        list(function.blocks) { $0.block($1) }
        unsigned(function.site)
    }

    mutating func instruction(_ instruction: Instruction) {
        byte(instruction.opcode.rawValue)
        byte(instruction.detail)
        byte(instruction.bit)
        byte(instruction.flags.rawValue)
        unsigned(instruction.alignment)
        type(instruction.type)
        id(instruction.result)
        operand(instruction.a)
        operand(instruction.b)
        operand(instruction.c)
        signed(Int128(instruction.immediate))
        range(instruction.list)
        id(instruction.target)
        unsigned(instruction.site)
    }

    mutating func block(_ block: Block) {
        range(block.instructions)
        byte(block.terminator.kind.rawValue)
        operand(block.terminator.operand)
        range(block.terminator.targets)
        range(block.terminator.cases)
        id(block.terminator.labels)
        unsigned(block.terminator.site)
        range(block.live)
    }
}
