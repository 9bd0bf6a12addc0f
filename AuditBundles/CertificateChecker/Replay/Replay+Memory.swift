// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Pointers and memory.
extension Replay {
    func staticBase(_ object: Int) -> Int { plan.staticBases[object] }

    func comparePointers(_ i: Instruction) throws(ReplayStop) -> Bool {
        let (a, b) = (try pointer(i.a), try pointer(i.b))
        switch i.comparison {
        case .equal, .notEqual, nil:
            // The meaning leaves it open whether pointers to different objects are equal; in a run they are not.
            let isEqual = a.base == b.base && (a.isNull || i.comparesBases || a.offset == b.offset)
            return isEqual == (i.comparison == .equal)
        case .less, .lessOrEqual:
            guard a.base == b.base, !a.isNull else { throw .violated(.pointerComparison) }
            return i.comparison == .less ? a.offset < b.offset : a.offset <= b.offset
        }
    }

    func offset(_ i: Instruction) throws(ReplayStop) -> ConcretePointer {
        let (start, count) = (try pointer(i.a), try integer(i.b))
        let (bytes, isLarge) = count.multipliedReportingOverflow(by: i.immediate)
        let (sum, isLarger) = Int128(start.offset).addingReportingOverflow(bytes)
        let isFar = isLarge || isLarger
        if i.isChecked, isLarge || bytes != 0 {
            let object = memory.objects[start.base]
            guard object.kind != .function, object.isAlive, !isFar, sum >= 0, sum <= Int128(object.size) else {
                throw .violated(.pointerArithmetic)
            }
        }
        guard !isFar, let offset = Int64(exactly: sum) else { throw .limit("a pointer's offset does not fit 64 bits") }
        return ConcretePointer(base: start.base, offset: offset)
    }

    func difference(_ i: Instruction) throws(ReplayStop) -> Int128 {
        let (a, b) = (try pointer(i.a), try pointer(i.b))
        guard a.base == b.base, memory.objects[a.base].kind != .function else { throw .violated(.pointerComparison) }
        return (Int128(a.offset) - Int128(b.offset)) / i.immediate
    }

    // MARK: Conditions of accesses

    /// The first three kinds of an access.
    func demandLife(_ pointer: ConcretePointer) throws(ReplayStop) {
        if pointer.isNull { throw .violated(.nullDereference) }
        let object = memory.objects[pointer.base]
        if object.isAlive { return }
        throw .violated(object.kind == .heap ? .useAfterFree : .danglingPointer)
    }

    /// Where a range of `count` bytes begins in its object.
    func demandRange(_ pointer: ConcretePointer, _ shift: Int128, _ count: Int128, isWrite: Bool) throws(ReplayStop)
        -> Int
    {
        try demandLife(pointer)
        let start = Int128(pointer.offset) + shift
        let object = memory.objects[pointer.base]
        guard object.kind != .function, count >= 0, start >= 0, count <= Int128(object.size),
            start <= Int128(object.size) - count
        else { throw .violated(isWrite ? .outOfBoundsWrite : .outOfBoundsRead) }
        return Int(start)
    }

    /// The bit of its object at which a load or store accesses.
    private func demandCell(_ i: Instruction, _ pointer: ConcretePointer, isWrite: Bool) throws(ReplayStop) -> Int {
        let bytes = (i.bit + i.type.width + 7) / 8
        let start = try demandRange(pointer, i.immediate, bytes, isWrite: isWrite)
        let object = memory.objects[pointer.base]
        guard object.alignment % i.alignment == 0, Int128(start) % i.alignment == 0 else {
            throw .violated(.misalignedAccess)
        }
        if isWrite, object.isReadOnly { throw .violated(.writeToConstant) }
        return 8 * start + Int(i.bit)
    }

    private func demandWritable(_ pointer: ConcretePointer) throws(ReplayStop) {
        if memory.objects[pointer.base].isReadOnly { throw .violated(.writeToConstant) }
    }

    // MARK: Accesses

    func load(_ i: Instruction) throws(ReplayStop) -> ConcreteValue {
        let pointer = try pointer(i.a)
        let position = try demandCell(i, pointer, isWrite: false)
        guard let bits = memory.load(pointer.base, position: position, width: Int(i.type.width)) else {
            throw .violated(.uninitializedRead)
        }
        return try decoded(bits, i.type)
    }

    mutating func store(_ i: Instruction) throws(ReplayStop) {
        let pointer = try pointer(i.a)
        let position = try demandCell(i, pointer, isWrite: true)
        memory.store(
            try encoded(try value(i.b), i.type), pointer.base, position: position, width: Int(i.type.width))
    }

    func decoded(_ bits: UInt128, _ type: ScalarType) throws(ReplayStop) -> ConcreteValue {
        switch type.kind {
        case .integer:
            guard let number = type.number(bits) else { throw .limit("a number does not fit 128 bits") }
            return .integer(number)
        case .pointer: return .pointer(try memory.pointer(at: UInt64(truncatingIfNeeded: bits)))
        case .float:
            switch type.format {
            case .binary32: return .float(Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))))
            case .binary64: return .float(Double(bitPattern: UInt64(truncatingIfNeeded: bits)))
            case .extended80: return .extended(bits & (1 << 80 - 1))
            }
        }
    }

    func encoded(_ value: ConcreteValue, _ type: ScalarType) throws(ReplayStop) -> UInt128 {
        switch try converted(value, type) {
        case .integer(let number):
            guard type.holds(number) else { throw .invalid("an integer is stored that is not in its type") }
            return UInt128(bitPattern: number)
        case .pointer(let pointer):
            guard ConcreteMemory.hasAddress(pointer) else {
                throw .limit("a pointer is stored whose offset does not fit an address")
            }
            return UInt128(ConcreteMemory.address(of: pointer))
        case .float(let number):
            return type.format == .binary32 ? UInt128(Float(number).bitPattern) : UInt128(number.bitPattern)
        case .extended(let bits): return bits
        }
    }

    // MARK: Ranges

    mutating func copy(_ i: Instruction) throws(ReplayStop) {
        let (target, source, count) = (try pointer(i.a), try pointer(i.b), try integer(i.c))
        let from = try demandRange(source, 0, count, isWrite: false)
        let to = try demandRange(target, 0, count, isWrite: true)
        try demandWritable(target)
        try spend(bytes: count)
        memory.copy(target.base, at: to, from: source.base, at: from, count: Int(count))
    }

    mutating func fill(_ i: Instruction) throws(ReplayStop) {
        let (target, count) = (try pointer(i.a), try integer(i.c))
        let start = try demandRange(target, 0, count, isWrite: true)
        try demandWritable(target)
        try spend(bytes: count)
        if i.opcode == .scramble {
            memory.write(try choices.take(Int(count)), target.base, at: start)
        } else {
            let byte = UInt8(truncatingIfNeeded: try integer(i.b))
            memory.fill(target.base, at: start, count: Int(count), with: byte)
        }
    }

    mutating func probe(_ i: Instruction) throws(ReplayStop) {
        let (source, count) = (try pointer(i.a), try integer(i.c))
        let start = Int128(try demandRange(source, 0, count, isWrite: false))
        try spend(bytes: count)
        guard memory.isInitialised(source.base, from: 8 * start, to: 8 * (start + count)) else {
            throw .violated(.uninitializedRead)
        }
    }

    func objectSize(_ i: Instruction) throws(ReplayStop) -> Int128 {
        let pointer = try pointer(i.a)
        try demandLife(pointer)
        guard memory.objects[pointer.base].kind != .function else { throw .violated(.nullDereference) }
        return Int128(memory.objects[pointer.base].size) - Int128(pointer.offset)
    }
}
