// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// Accesses of all widths, ranges of memory, lifetimes.
extension Machine {
    /// A pointer whose address would lead elsewhere cannot be stored.
    static var noAddress: Stop { .limit("a pointer is stored whose offset does not fit an address") }

    func type(of step: Code) -> ScalarType {
        switch step.detail {
        case 0: .integer(IntegerType(bits: step.width, isSigned: step.isSigned))
        case 1: .pointer
        default: .float(FloatFormat(rawValue: step.detail - 2) ?? .binary64)
        }
    }

    /// Where a step accesses, and how many bytes.
    private func demandAccess(_ step: Code, _ access: Memory.Access, _ type: ScalarType) throws(Stop) -> Pointer {
        let pointer = value(step.a).pointer + Int(step.immediate)
        let count = (Int(step.bit) + type.storageBits + 7) / 8
        try demand(access, pointer, count, alignment: step.alignment)
        return pointer
    }

    func loadAny(_ step: Code) throws(Stop) -> Slot {
        let type = type(of: step)
        let pointer = try demandAccess(step, .read, type)
        var bits = memory.pointee.load(
            base: pointer.base.number, offset: pointer.offset, bit: Int(step.bit), width: type.storageBits)
        if bits == nil {
            try tolerate(uninitialised(pointer))
            bits = memory.pointee.content(
                base: pointer.base.number, offset: pointer.offset, bit: Int(step.bit), width: type.storageBits)
        }
        try demandValue(bits ?? 0, type)
        return slot(bits ?? 0, type)
    }

    func storeAny(_ step: Code) throws(Stop) {
        let type = type(of: step)
        let pointer = try demandAccess(step, .write, type)
        if type == .pointer, !memory.pointee.hasAddress(value(step.b).pointer) { throw Self.noAddress }
        memory.pointee.store(
            encoded(value(step.b), type), base: pointer.base.number, offset: pointer.offset, bit: Int(step.bit),
            width: type.storageBits)
    }

    /// Registers hold 128 bits with a sign, and pointers to what there is.
    func demandValue(_ bits: UInt128, _ type: ScalarType) throws(Stop) {
        if type == .pointer { try memory.pointee.demandBase(at: UInt64(truncatingIfNeeded: bits)) }
        guard type == .integer(IntegerType(bits: 128, isSigned: false)), bits >> 127 != 0 else { return }
        throw .limit("a number does not fit 128 bits")
    }

    // MARK: Ranges

    func copy(_ step: Code) throws(Stop) {
        let (target, source, count) = (value(step.a).pointer, value(step.b).pointer, value(step.c))
        try demandRange(.read, source, count)
        try demandRange(.write, target, count)
        memory.pointee.copy(to: target, from: source, count: Int(count))
    }

    func fill(_ step: Code) throws(Stop) {
        let target = value(step.a).pointer, count = value(step.c)
        try demandRange(.write, target, count)
        memory.pointee.fill(target, byte: UInt8(truncatingIfNeeded: value(step.b)), count: Int(count))
    }

    func scramble(_ step: Code) throws(Stop) {
        let target = value(step.a).pointer, count = value(step.c)
        try demandRange(.write, target, count)
        if count > 0 { memory.pointee.write(choices.bytes(Int(count)), at: target) }
    }

    func probe(_ step: Code) throws(Stop) {
        let source = value(step.a).pointer, count = value(step.c)
        try demandRange(.read, source, count)
        if let index = memory.pointee.firstUninitialised(
            base: source.base.number, offset: source.offset, count: Int64(count))
        {
            try tolerate(uninitialised(source + Int(index)))
        }
    }

    private func demandRange(_ access: Memory.Access, _ pointer: Pointer, _ count: Slot) throws(Stop) {
        // Larger than any object, if it does not fit.
        let count = Int(clamping: count)
        try demand(access, pointer, count == .min ? -1 : count)
        memory.pointee.work += Int64(count)
        if memory.pointee.work > memory.pointee.workLimit { throw .limit("too many bytes are moved") }
    }

    // MARK: Lifetimes

    func allocate(_ step: Code) throws(Stop) {
        let result = try allocate(Int64(clamping: value(step.c)), alignment: step.alignment)
        set(step, result.map { Slot($0) } ?? 0)
    }

    func start(_ step: Code) throws(Stop) {
        let declared = program.objects[Int(step.target)]
        var size = declared.size
        if step.bit == 1 {
            let wanted = value(step.c)
            guard wanted > 0 else {
                throw violation(.vlaSize, "the variable array '\(declared.name)' would have \(wanted) bytes")
            }
            size = Int64(clamping: wanted)
        }
        guard
            let object = memory.pointee.add(
                .automatic, size: size, alignment: declared.alignment, declaration: step.target,
                site: translation.sites[position])
        else { throw .limit("there is no memory for '\(declared.name)' of \(size) bytes") }
        frame[Int(step.result)] = Slot(base: object, offset: 0)
        try observer?.created(Base(object), in: self)
    }

    func end(_ step: Code) throws(Stop) { try endLocal(frame + Int(step.result)) }

    // MARK: Encodings

    /// A value as it is in registers, from its bits in memory.
    func slot(_ bits: UInt128, _ type: ScalarType) -> Slot {
        switch type {
        case .integer(let integer): return integer.number(bits)
        case .pointer: return bits == 0 ? 0 : Slot(memory.pointee.pointer(at: UInt64(truncatingIfNeeded: bits)))
        case .float(.binary32): return Slot(Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))))
        case .float(.binary64): return Slot(UInt64(truncatingIfNeeded: bits))
        case .float(.extended80): return Slot(truncatingIfNeeded: bits & (1 << 80 - 1))
        }
    }

    /// The bits in memory of a value in registers.
    func encoded(_ slot: Slot, _ type: ScalarType) -> UInt128 {
        switch type {
        case .integer, .float(.binary64), .float(.extended80): UInt128(truncatingIfNeeded: slot)
        case .pointer: UInt128(Memory.address(of: slot.pointer))
        case .float(.binary32): UInt128(Float(slot.double).bitPattern)
        }
    }

    func value(_ slot: Slot, _ type: ScalarType) -> Value {
        switch type {
        case .integer: .integer(slot)
        case .pointer: .pointer(slot.pointer)
        case .float(.extended80): .extended(slot.extended)
        case .float: .float(slot.double)
        }
    }

    func slot(_ value: Value) -> Slot {
        switch value {
        case .integer(let number): number
        case .pointer(let pointer): Slot(pointer)
        case .float(let number): Slot(number)
        case .extended(let number): Slot(number)
        }
    }
}
