// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// What the functions of the library do with memory. Each has the obligations of the accesses it makes.
extension Machine {
    /// The stop for undefined behaviour of the call that is being executed.
    public func violation(_ kind: ObligationKind, _ message: String, weakness: Int? = nil) -> Stop {
        .violation(
            UndefinedBehaviour(
                kind: kind, site: translation.sites[position], function: translation.owners[position],
                message: message, weakness: weakness, stack: activations()))
    }

    /// The calls that are being executed, the innermost first.
    public func activations() -> [UndefinedBehaviour.Activation] {
        var result: [UndefinedBehaviour.Activation] = []
        var at = position
        for level in stride(from: depth, to: 0, by: -1) {
            result.append(.init(function: frames[level].function, site: translation.sites[at]))
            if frames[level].returnPosition < 0 { break }
            at = Int(frames[level].returnPosition)
        }
        return result
    }

    func demand(_ access: Memory.Access, _ pointer: Pointer, _ count: Int, alignment: UInt16 = 1) throws(Stop) {
        guard
            let kind = memory.pointee.fault(
                access, base: pointer.base.number, offset: pointer.offset, count: Int64(count), alignment: alignment)
        else { return }
        try tolerate(violation(kind, describe(kind, access, pointer, count)))
        // What is demanded behind the alignment is not forgotten.
        if alignment > 1 { try demand(access, pointer, count) }
    }

    private func demandInitialised(_ pointer: Pointer, _ count: Int) throws(Stop) {
        if let index = memory.pointee.firstUninitialised(
            base: pointer.base.number, offset: pointer.offset, count: Int64(count))
        {
            try tolerate(uninitialised(pointer + Int(index)))
        }
    }

    /// Bytes that must be readable and initialised.
    public func bytes(at pointer: Pointer, count: Int) throws(Stop) -> [UInt8] {
        if count == 0 { return [] }
        try demand(.read, pointer, count)
        try demandInitialised(pointer, count)
        let start = memory.pointee.objects[Int(pointer.base.number)].bytes! + Int(pointer.offset)
        return Array(UnsafeBufferPointer(start: start, count: count))
    }

    /// The bytes of a string without its terminator; at most `limit` bytes are read.
    public func string(at pointer: Pointer, limit: Int = .max) throws(Stop) -> [UInt8] {
        var result: [UInt8] = []
        while result.count < limit {
            let byte = try bytes(at: pointer + result.count, count: 1)[0]
            if byte == 0 { break }
            result.append(byte)
        }
        return result
    }

    public func write(_ content: some Collection<UInt8>, at pointer: Pointer) throws(Stop) {
        if content.isEmpty { return }
        try demand(.write, pointer, content.count)
        memory.pointee.write(content, at: pointer)
    }

    public func load(_ type: ScalarType, at pointer: Pointer) throws(Stop) -> Value {
        try demand(.read, pointer, (type.storageBits + 7) / 8)
        // Who stores a long double by parts need not write its padding.
        let width = type == .float(.extended80) ? 80 : type.storageBits
        try demandInitialised(pointer, (width + 7) / 8)
        let bits = memory.pointee.content(base: pointer.base.number, offset: pointer.offset, bit: 0, width: width)
        return value(slot(bits, type), type)
    }

    public func store(_ value: Value, _ type: ScalarType, at pointer: Pointer) throws(Stop) {
        try demand(.write, pointer, (type.storageBits + 7) / 8)
        memory.pointee.store(
            encoded(slot(value), type), base: pointer.base.number, offset: pointer.offset, bit: 0,
            width: type.storageBits)
    }

    public func pointer(at place: Pointer) throws(Stop) -> Pointer {
        guard case .pointer(let pointer) = try load(.pointer, at: place) else { return .null }
        return pointer
    }

    /// Whether a slot of variable arguments has a code, false also behind the last one.
    func holdsArgument(_ slot: Pointer, code: Int128) throws(Stop) -> Bool {
        if memory.pointee.fault(.read, base: slot.base.number, offset: slot.offset, count: 4) != nil { return false }
        return try load(.unsigned(32), at: slot) == .integer(code)
    }

    // MARK: Objects

    /// A heap object without content; nil where the execution finds no memory.
    public func allocate(_ count: Int64, alignment: UInt16 = 16) throws(Stop) -> Pointer? {
        guard count >= 0, choices.allocates(count) else {
            try observer?.allocationFailed(in: self)
            return nil
        }
        guard
            let object = memory.pointee.add(
                .heap, size: count, alignment: alignment, site: translation.sites[position])
        else {
            // In a recorded run only the choices say where there is no memory.
            if limits.isReproducible { throw .limit("there is no memory for an object of \(count) bytes") }
            try observer?.allocationFailed(in: self)
            return nil
        }
        try observer?.created(Base(object), in: self)
        return Pointer(base: Base(object))
    }

    /// An object of the library with this content, which lives as long as the program.
    public func permanentObject(_ content: [UInt8], alignment: UInt16 = 16) throws(Stop) -> Pointer {
        guard
            let object = memory.pointee.add(
                .permanent, size: Int64(content.count), alignment: alignment, site: translation.sites[position])
        else { throw .limit("there is no memory for the library's own objects") }
        let pointer = Pointer(base: Base(object))
        memory.pointee.write(content, at: pointer)
        return pointer
    }

    /// Ends a heap object that is alive; the same obligation as free.
    public func free(_ pointer: Pointer) throws(Stop) {
        if pointer.isNull { return }
        let record = memory.pointee.objects[Int(pointer.base.number)]
        guard record.kind == .heap, record.isAlive, pointer.offset == 0 else {
            throw invalidFree(pointer)
        }
        try observer?.ended(pointer.base, in: self)
        memory.pointee.end(pointer.base.number, site: translation.sites[position])
    }

    /// The bytes from a pointer to the end of its object, which must be alive.
    public func room(at pointer: Pointer) throws(Stop) -> Int64 {
        if let kind = memory.pointee.lifetimeFault(pointer.base.number) {
            throw violation(kind, describe(kind, .read, pointer, 0))
        }
        if memory.pointee.objects[Int(pointer.base.number)].kind == .none {
            throw violation(.nullDereference, describe(.nullDereference, .read, pointer, 0))
        }
        return memory.pointee.objects[Int(pointer.base.number)].size - pointer.offset
    }

    // MARK: errno

    public func setErrno(_ number: Int32) throws(Stop) {
        try store(.integer(Int128(number)), .signed(32), at: try errnoPlace())
    }

    public func errnoPlace() throws(Stop) -> Pointer {
        if let place = library.errnoObject { return place }
        let place = try permanentObject([0, 0, 0, 0], alignment: 4)
        library.errnoObject = place
        return place
    }

    /// The name of a static object that a pointer points to; nil for others.
    public func declaredName(of base: Base) -> String? {
        let record = memory.pointee.objects[Int(base.number)]
        return record.declaration >= 0 ? program.objects[Int(record.declaration)].name : nil
    }

    /// The program ends.
    public func exit(_ status: Int32) -> Stop { .exited(status: status) }
}
