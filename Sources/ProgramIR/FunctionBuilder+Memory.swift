// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Instructions on pointers, memory and lifetimes.
extension FunctionBuilder {
    /// `a + b * elementSize` bytes; if checked, the result must stay in the object or one past its end.
    @discardableResult
    public func offset(
        _ a: Operand, by b: Operand, elementSize: Int64, isChecked: Bool, into register: Register? = nil, site: SiteID
    ) -> Operand {
        emit(.offset, a, b, result: .pointer, into: register, site: site) {
            $0.immediate = elementSize
            $0.flags = isChecked ? .checked : []
        }
    }

    /// `(a - b) / elementSize`.
    @discardableResult
    public func difference(
        _ a: Operand, _ b: Operand, elementSize: Int64, into register: Register? = nil, site: SiteID
    ) -> Operand {
        emit(.difference, a, b, result: .signed(64), into: register, site: site) { $0.immediate = elementSize }
    }

    @discardableResult
    public func pointerToInteger(
        _ a: Operand, to type: IntegerType, into register: Register? = nil, site: SiteID
    ) -> Operand {
        emit(.pointerToInteger, a, result: .integer(type), into: register, site: site) { $0.type = .integer(type) }
    }

    @discardableResult
    public func integerToPointer(_ a: Operand, into register: Register? = nil, site: SiteID) -> Operand {
        emit(.integerToPointer, a, result: .pointer, into: register, site: site)
    }

    /// The cell of `type` at `from + offset` bytes `+ bit` bits.
    @discardableResult
    public func load(
        _ type: ScalarType, from a: Operand, offset: Int64 = 0, bit: UInt8 = 0, alignment: UInt16,
        isVolatile: Bool = false, into register: Register? = nil, site: SiteID
    ) -> Operand {
        emit(.load, a, result: type, into: register, site: site) {
            $0.type = type
            $0.immediate = offset
            $0.bit = bit
            $0.alignment = alignment
            $0.flags = isVolatile ? .volatile : []
        }
    }

    /// The cell of `type` at `to + offset` bytes `+ bit` bits becomes `value`.
    public func store(
        _ value: Operand, _ type: ScalarType, to a: Operand, offset: Int64 = 0, bit: UInt8 = 0, alignment: UInt16,
        isVolatile: Bool = false, site: SiteID
    ) {
        var instruction = Instruction(.store, site: site)
        instruction.a = a
        instruction.b = value
        instruction.type = type
        instruction.immediate = offset
        instruction.bit = bit
        instruction.alignment = alignment
        instruction.flags = isVolatile ? .volatile : []
        emit(instruction)
    }

    private func range(_ opcode: Opcode, _ a: Operand, _ b: Operand, _ count: Operand, site: SiteID) {
        var instruction = Instruction(opcode, site: site)
        instruction.a = a
        instruction.b = b
        instruction.c = count
        emit(instruction)
    }

    /// `count` bytes at `to` become those at `from`.
    public func copy(to a: Operand, from b: Operand, count: Operand, site: SiteID) {
        range(.copy, a, b, count, site: site)
    }

    /// `count` bytes at `a` become the byte `value`.
    public func fill(_ a: Operand, with value: Operand, count: Operand, site: SiteID) {
        range(.fill, a, value, count, site: site)
    }

    /// `count` bytes at `a` become any initialised bytes.
    public func scramble(_ a: Operand, count: Operand, site: SiteID) {
        range(.scramble, a, .none, count, site: site)
    }

    /// `count` bytes at `a` must be readable and initialised.
    public func probe(_ a: Operand, count: Operand, site: SiteID) {
        range(.probe, a, .none, count, site: site)
    }

    /// A fresh heap object of `size` bytes, or null.
    @discardableResult
    public func allocate(
        size: Operand, alignment: UInt16, into register: Register? = nil, site: SiteID
    ) -> Operand {
        emit(.allocate, .none, result: .pointer, into: register, site: site) {
            $0.c = size
            $0.alignment = alignment
        }
    }

    /// Ends the lifetime of a heap object; null is allowed.
    public func free(_ a: Operand, site: SiteID) {
        var instruction = Instruction(.free, site: site)
        instruction.a = a
        emit(instruction)
    }

    /// The lifetime of an automatic object begins; `size` in bytes if it is dynamic.
    public func start(_ object: ObjectID, size: Operand = .none, site: SiteID) {
        var instruction = Instruction(.start, site: site)
        instruction.target = object
        instruction.c = size
        emit(instruction)
    }

    /// The lifetime of an automatic object ends.
    public func end(_ object: ObjectID, site: SiteID) {
        var instruction = Instruction(.end, site: site)
        instruction.target = object
        emit(instruction)
    }

    /// All memory and every lifetime may change as the assumption allows; with a type, the result is any value of it.
    @discardableResult
    public func havocMemory(
        under assumption: AssumptionID, result type: ScalarType? = nil, into register: Register? = nil, site: SiteID
    ) -> Operand {
        var instruction = Instruction(.havocMemory, site: site)
        instruction.target = assumption
        if let type {
            instruction.type = type
            instruction.result = target(register, type)
        }
        emit(instruction)
        return type == nil ? .none : .register(instruction.result)
    }

    /// Bytes from `a` to the end of its object.
    @discardableResult
    public func objectSize(_ a: Operand, into register: Register? = nil, site: SiteID) -> Operand {
        emit(.objectSize, a, result: .signed(64), into: register, site: site)
    }
}
