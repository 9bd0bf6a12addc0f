// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// Static objects and what they hold in the beginning.
extension Machine {
    /// Functions of which the program never takes the address: no pointer has them as base (FORMAT.md section 2).
    static func functionsWithoutAddress(of program: Program) -> [FunctionID] {
        var taken: Set<FunctionID> = []
        func note(_ operand: Operand) { if operand.kind == .function { taken.insert(operand.index) } }
        for function in program.functions {
            function.operands.forEach(note)
            for instruction in function.instructions {
                note(instruction.a)
                note(instruction.b)
                note(instruction.c)
            }
            for block in function.blocks { note(block.terminator.operand) }
        }
        for object in program.objects {
            for run in object.initializer {
                for case .function(let function) in run.values { taken.insert(function) }
            }
        }
        return program.functions.indices.map(FunctionID.init).filter { !taken.contains($0) }
    }

    /// For each object of the program its base: they follow the functions; 0 for automatic ones.
    static func staticBases(of program: Program, after last: Int32) -> [Int32] {
        var last = last
        return program.objects.map { object in
            if object.kind == .local { return 0 }
            last += 1
            return last
        }
    }

    /// False: there is no memory for them.
    func makeStaticObjects() -> Bool {
        for (id, object) in program.objects.enumerated() where object.kind != .local {
            let kind: ObjectRecord.Kind = object.kind == .constant || object.kind == .labels ? .constant : .global
            guard
                memory.pointee.add(kind, size: object.size, alignment: object.alignment, site: object.site)
                    == staticBases[id]
            else { return false }
        }
        return true
    }

    func fillStaticObjects() throws(Stop) {
        for (id, object) in program.objects.enumerated() where staticBases[id] > 0 {
            let base = staticBases[id]
            memory.pointee.objects[Int(base)].declaration = ObjectID(id)
            if let known = prepared.staticContents[ObjectID(id)] {
                memory.pointee.write(whole: known, to: base)
                continue
            }
            memory.pointee.fill(Pointer(base: Base(base)), byte: 0, count: Int(object.size))
            if object.kind == .external {
                memory.pointee.write(choices.bytes(Int(object.size)), at: Pointer(base: Base(base)))
            }
            for run in object.initializer {
                for (index, value) in run.values.enumerated() {
                    try store(value, run.type, base: base, bit: run.position + Int64(index) * run.stride)
                }
            }
            let isChosen =
                object.kind == .external
                || object.initializer.contains { $0.values.contains { if case .unknown = $0 { true } else { false } } }
            if !isChosen, !object.initializer.isEmpty {
                prepared.staticContents[ObjectID(id)] = memory.pointee.content(of: base)
            }
        }
    }

    private func store(_ value: InitialValue, _ type: ScalarType, base: Int32, bit: Int64) throws(Stop) {
        let bits: UInt128
        switch value {
        case .integer(let number): bits = UInt128(truncatingIfNeeded: number)
        case .float(let pattern):
            let number = Double(bitPattern: pattern)
            bits = encoded(type == .float(.extended80) ? Slot(Extended(number)) : Slot(number), type)
        case .null: bits = 0
        case .object(let object, let offset):
            bits = UInt128(Memory.address(of: Pointer(base: Base(staticBases[Int(object)]), offset: offset)))
        case .function(let function):
            bits = UInt128(Memory.address(of: Pointer(base: Base(Memory.base(ofFunction: function)))))
        case .unknown:
            bits = choices.bits(of: type)
            if type == .pointer { try memory.pointee.demandBase(at: UInt64(truncatingIfNeeded: bits)) }
        }
        memory.pointee.store(
            bits, base: base, offset: bit / 8, bit: Int(bit % 8), width: type.storageBits)
    }
}
