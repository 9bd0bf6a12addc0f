// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A small assembler of program files: functions of straight blocks, all at site 0 of "a.c".
struct TestProgram {
    enum Scalar {
        case int(UInt8, Bool), pointer, single, double, extended

        static let int32 = Scalar.int(32, true)
        static let uint32 = Scalar.int(32, false)
    }

    enum Operand { case none, register(Int), integer(Int128), object(Int), function(Int), null, float(Double) }

    struct Instruction {
        var opcode: UInt8
        var detail: UInt8 = 0
        var bit: UInt8 = 0
        var flags: UInt8 = 0
        var alignment = 1
        var type = Scalar.int32
        var result: Int?
        var a = Operand.none
        var b = Operand.none
        var c = Operand.none
        var immediate: Int128 = 0
        var list: [Operand] = []
        var target: Int?
        var site = 0
    }

    struct Block {
        var code: [Instruction] = []
        var kind: UInt8
        var operand = Operand.none
        var targets: [Int] = []
        var cases: [(Int128, Int128)] = []
        var live: [Int] = []
        var labels: Int?
    }

    struct Function {
        var registers: [Scalar] = []
        var parameters = 0
        var result: Scalar?
        var blocks: [Block]
    }

    struct Object {
        var kind: UInt8
        var size: Int128
        var owner: Int?
        /// Single cells of type int32.
        var cells: [(Int128, Int128)] = []
        /// Of the runs that the cells are; 0 for single cells.
        var stride = 0
        /// Cells of unknown pointers.
        var unknownPointers: [Int128] = []
    }

    var objects: [Object] = []
    var functions: [Function]
    var assumptions: [String] = []
    var siteCount = 4

    func bytes() -> [UInt8] {
        var integers: [Int128] = []
        var floats: [Double] = []
        func place(_ value: Int128) -> Int {
            if let known = integers.firstIndex(of: value) { return known }
            integers.append(value)
            return integers.count - 1
        }
        func write(_ type: Scalar, _ out: inout Bytes) {
            switch type {
            case .int(let bits, let signed):
                out.byte(0)
                out.byte(bits)
                out.byte(signed ? 1 : 0)
            case .pointer: out.byte(1)
            case .single: out.raw([2, 0])
            case .double: out.raw([2, 1])
            case .extended: out.raw([2, 2])
            }
        }
        func write(_ operand: Operand, _ out: inout Bytes) {
            switch operand {
            case .none:
                out.byte(0)
                out.u(0)
            case .register(let number):
                out.byte(1)
                out.u(number)
            case .integer(let value):
                out.byte(2)
                out.u(place(value))
            case .float(let value):
                out.byte(3)
                floats.append(value)
                out.u(floats.count - 1)
            case .object(let number):
                out.byte(4)
                out.u(number)
            case .function(let number):
                out.byte(5)
                out.u(number)
            case .null:
                out.byte(6)
                out.u(0)
            }
        }
        var tail = Bytes()
        tail.list(objects) { out, object in
            out.text("object")
            out.byte(object.kind)
            out.s(object.size)
            out.u(4)
            out.id(object.owner)
            out.u(object.cells.count + object.unknownPointers.count)
            for cell in object.cells {
                out.s(cell.0)
                out.u(object.stride)
                write(.int32, &out)
                out.u(1)
                out.byte(0)
                out.s(cell.1)
            }
            for position in object.unknownPointers {
                out.s(position)
                out.u(0)
                write(.pointer, &out)
                out.raw([1, 5])
            }
            out.u(0)
        }
        tail.list(Array(functions.enumerated())) { out, entry in
            let (number, function) = entry
            out.text("function\(number)")
            out.byte(0)
            out.list(function.registers) { write($1, &$0) }
            out.list(function.registers) { out, _ in out.text("") }
            out.u(function.parameters)
            out.byte(function.result == nil ? 0 : 1)
            if let result = function.result { write(result, &out) }
            let locals = objects.indices.filter { objects[$0].kind == 2 && objects[$0].owner == number }
            out.list(locals) { $0.u($1) }
            out.list(function.blocks.flatMap(\.live)) { $0.u($1) }
            out.list(function.blocks.flatMap(\.code).flatMap(\.list)) { write($1, &$0) }
            out.list(function.blocks.flatMap(\.targets)) { $0.u($1) }
            out.list(function.blocks.flatMap(\.cases)) { out, range in
                out.u(place(range.0))
                out.u(place(range.1))
            }
            var list = 0
            out.list(function.blocks.flatMap(\.code)) { out, i in
                for byte in [i.opcode, i.detail, i.bit, i.flags] { out.byte(byte) }
                out.u(i.alignment)
                write(i.type, &out)
                out.id(i.result)
                for operand in [i.a, i.b, i.c] { write(operand, &out) }
                out.s(i.immediate)
                out.u(list)
                out.u(i.list.count)
                list += i.list.count
                out.id(i.target)
                out.u(i.site)
            }
            var (code, targets, cases, live) = (0, 0, 0, 0)
            out.list(function.blocks) { out, block in
                out.u(code)
                out.u(block.code.count)
                out.byte(block.kind)
                write(block.operand, &out)
                out.u(targets)
                out.u(block.targets.count)
                out.u(cases)
                out.u(block.cases.count)
                out.id(block.labels)
                out.u(0)
                out.u(live)
                out.u(block.live.count)
                code += block.code.count
                targets += block.targets.count
                cases += block.cases.count
                live += block.live.count
            }
            out.u(0)
        }
        tail.u(0)
        var head = Bytes { $0.raw(Array("AIR1".utf8)) }
        head.list(["", "a.c"]) { $0.text($1) }
        head.list(integers) { $0.s($1) }
        head.list(floats) { out, value in
            for shift in 0..<8 { out.byte(UInt8(truncatingIfNeeded: value.bitPattern >> UInt64(8 * shift))) }
        }
        head.list(Array(0..<siteCount)) { out, line in
            for field in [1, line + 1, 1, 1, line + 1, 1, 0, 0, 0] { out.u(field) }
        }
        head.list(assumptions) { out, statement in
            out.byte(12)
            out.text(statement)
            out.u(0)
        }
        return head.bytes + tail.bytes
    }
}
