// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Decodes a program file (FORMAT.md section 1.1). Checks encodings only; `WellFormedness` checks the rest.
struct ProgramDecoder {
    var reader: Reader

    mutating func decode() throws(CheckFailure) -> Program {
        var program = Program()
        try reader.magic("AIR1")
        for _ in 0..<(try reader.count()) { program.strings.append(try reader.text()) }
        for _ in 0..<(try reader.count()) { program.integers.append(try reader.signed()) }
        for _ in 0..<(try reader.count(ofSize: 8)) { program.floats.append(try reader.double()) }
        for _ in 0..<(try reader.count(ofSize: 9)) { program.sites.append(try site(program.strings.count)) }
        for _ in 0..<(try reader.count(ofSize: 3)) { program.assumptions.append(try assumption()) }
        for _ in 0..<(try reader.count(ofSize: 7)) { program.objects.append(try object()) }
        for _ in 0..<(try reader.count(ofSize: 13)) { program.functions.append(try function()) }
        program.entry = try reader.unsigned()
        try reader.finish()
        return program
    }

    private mutating func site(_ strings: Int) throws(CheckFailure) -> Site {
        var fields: [Int] = []
        for _ in 0..<9 { fields.append(try reader.unsigned()) }
        for place in [0, 3, 6, 7, 8] where fields[place] >= strings {
            throw CheckFailure(.illFormedProgram, "a site names string \(fields[place])")
        }
        return Site(file: fields[0], line: fields[1], column: fields[2])
    }

    private mutating func assumption() throws(CheckFailure) -> Assumption {
        let kind = Int(try reader.byte())
        guard kind < Assumption.kindNames.count else { throw CheckFailure(.malformed, "assumption kind \(kind)") }
        return Assumption(kind: kind, statement: try reader.text(), site: try reader.identifier())
    }

    private mutating func object() throws(CheckFailure) -> Object {
        let name = try reader.text()
        guard let kind = Object.Kind(rawValue: try reader.byte()) else {
            throw CheckFailure(.malformed, "an object's kind is unknown")
        }
        let size = try reader.signed()
        let alignment = Int128(try reader.unsigned())
        let owner = try reader.identifier()
        var runs: [InitialRun] = []
        for _ in 0..<(try reader.count(ofSize: 4)) {
            let position = try reader.signed()
            let stride = Int128(try reader.unsigned())
            let type = try scalarType()
            var values: [InitialValue] = []
            for _ in 0..<(try reader.count()) { values.append(try initialValue()) }
            runs.append(InitialRun(position: position, stride: stride, type: type, values: values))
        }
        return Object(
            name: name, kind: kind, size: size, alignment: alignment, owner: owner, runs: runs,
            site: try reader.unsigned())
    }

    private mutating func initialValue() throws(CheckFailure) -> InitialValue {
        switch try reader.byte() {
        case 0: return .integer(try reader.signed())
        case 1: return .float(try reader.double())
        case 2: return .null
        case 3: return .object(try reader.unsigned(), try reader.signed())
        case 4: return .function(try reader.unsigned())
        case 5: return .unknown
        case let kind: throw CheckFailure(.malformed, "an initial value has kind \(kind)")
        }
    }

    mutating func scalarType() throws(CheckFailure) -> ScalarType { try reader.scalarType() }

    private mutating func operand() throws(CheckFailure) -> Operand {
        guard let kind = Operand.Kind(rawValue: try reader.byte()) else {
            throw CheckFailure(.malformed, "an operand's kind is unknown")
        }
        let index = try reader.unsigned()
        if kind == .none || kind == .null {
            guard index == 0 else { throw CheckFailure(.malformed, "an operand without index has one") }
        }
        return Operand(kind: kind, index: index)
    }

    private mutating func range() throws(CheckFailure) -> Range<Int> {
        let start = try reader.unsigned()
        let count = try reader.unsigned()
        guard start <= Reader.maximumFile, count <= Reader.maximumCount else {
            throw CheckFailure(.limit, "a stretch of a pool is too long")
        }
        return start..<(start + count)
    }

    private mutating func function() throws(CheckFailure) -> Function {
        let name = try reader.text()
        let isVariadic = try reader.flag()
        var registers: [ScalarType] = []
        for _ in 0..<(try reader.count()) { registers.append(try scalarType()) }
        let names = try reader.count()
        guard names == registers.count else {
            throw CheckFailure(.illFormedProgram, "\(names) names for \(registers.count) registers")
        }
        for _ in 0..<names { _ = try reader.text() }
        let parameters = try reader.unsigned()
        let result: ScalarType? = try reader.flag() ? try scalarType() : nil
        var function = Function(
            name: name, isVariadic: isVariadic, registers: registers, parameterCount: parameters, result: result,
            objects: [], live: [], operands: [], targets: [], cases: [], instructions: [], blocks: [], site: 0)
        for _ in 0..<(try reader.count()) { function.objects.append(try reader.unsigned()) }
        for _ in 0..<(try reader.count()) { function.live.append(try reader.unsigned()) }
        for _ in 0..<(try reader.count(ofSize: 2)) { function.operands.append(try operand()) }
        for _ in 0..<(try reader.count()) { function.targets.append(try reader.unsigned()) }
        for _ in 0..<(try reader.count(ofSize: 2)) {
            function.cases.append((lower: try reader.unsigned(), upper: try reader.unsigned()))
        }
        for _ in 0..<(try reader.count(ofSize: 17)) { function.instructions.append(try instruction()) }
        for _ in 0..<(try reader.count(ofSize: 13)) { function.blocks.append(try block()) }
        function.site = try reader.unsigned()
        return function
    }

    private mutating func instruction() throws(CheckFailure) -> Instruction {
        guard let opcode = Opcode(rawValue: try reader.byte()) else {
            throw CheckFailure(.malformed, "an opcode is unknown")
        }
        let detail = try reader.byte()
        let bit = Int128(try reader.byte())
        let flags = try reader.byte()
        let alignment = Int128(try reader.unsigned())
        let type = try scalarType()
        let result = try reader.identifier()
        let (a, b, c) = (try operand(), try operand(), try operand())
        let immediate = try reader.signed()
        let list = try range()
        return Instruction(
            opcode: opcode, detail: detail, bit: bit, flags: flags, alignment: alignment, type: type, result: result,
            a: a, b: b, c: c, immediate: immediate, list: list, target: try reader.identifier(),
            site: try reader.unsigned())
    }

    private mutating func block() throws(CheckFailure) -> Block {
        let instructions = try range()
        guard let kind = Terminator.Kind(rawValue: try reader.byte()) else {
            throw CheckFailure(.malformed, "a terminator's kind is unknown")
        }
        let operand = try operand()
        let (targets, cases) = (try range(), try range())
        let labels = try reader.identifier()
        let terminator = Terminator(
            kind: kind, operand: operand, targets: targets, cases: cases, labels: labels, site: try reader.unsigned())
        return Block(instructions: instructions, terminator: terminator, live: try range())
    }
}

extension Reader {
    mutating func scalarType() throws(CheckFailure) -> ScalarType {
        switch try byte() {
        case 0:
            let bits = Int(try byte())
            guard bits >= 1, bits <= 128 else { throw CheckFailure(.malformed, "an integer type has \(bits) bits") }
            return ScalarType(kind: .integer, bits: bits, isSigned: try flag())
        case 1: return ScalarType(kind: .pointer)
        case 2:
            guard let format = FloatFormat(rawValue: try byte()) else {
                throw CheckFailure(.malformed, "a float format is unknown")
            }
            return ScalarType(kind: .float, format: format)
        case let kind: throw CheckFailure(.malformed, "a type has class \(kind)")
        }
    }
}
