// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// What an observer may want to know of the state that it is told of.
extension Machine {
    /// What a base is.
    public enum BaseKind: Sendable, Hashable {
        /// Nothing, or the place of an object that is forgotten.
        case null
        case function(FunctionID)
        /// An object that the program declares.
        case declared(ObjectID)
        case allocated
    }

    // MARK: Registers

    /// What a register of the running function holds. A register that was never written holds anything, even of another
    /// class than its own.
    public func value(of register: Register) -> Value {
        let type = program.functions[Int(frames[depth].function)].registers[Int(register)]
        return value(frame[Int(register)], type)
    }

    // MARK: Places

    /// The instruction that is being executed, as a place in its function; nil: it is a terminator.
    public var instruction: Int32? { place(of: position) }

    /// The instruction that called the running function, as a place in the caller; nil: it is the entry.
    public var callingInstruction: Int32? {
        let call = Int(frames[depth].returnPosition)
        return call < 0 ? nil : place(of: call)
    }

    private func place(of position: Int) -> Int32? {
        let place = translation.places[position]
        return place < 0 ? nil : place
    }

    // MARK: Objects

    public func kind(of base: Base) -> BaseKind {
        if let function = memory.pointee.function(of: base.number) { return .function(function) }
        guard base.number > 0, Int(base.number) < memory.pointee.count else { return .null }
        let record = memory.pointee.objects[Int(base.number)]
        if record.kind == .vacant { return .null }
        return record.declaration >= 0 ? .declared(record.declaration) : .allocated
    }

    /// The object with static storage of a declaration.
    public func base(ofStatic object: ObjectID) -> Base? {
        staticBases[Int(object)] > 0 ? Base(staticBases[Int(object)]) : nil
    }

    /// In bytes.
    public func size(of object: Base) -> Int64 { memory.pointee.objects[Int(object.number)].size }

    /// The value of a cell of a living object; nil: one of its bits is not initialised, or lies outside.
    public func cell(of object: Base, at bit: Int, _ type: ScalarType) -> Value? {
        let record = memory.pointee.objects[Int(object.number)]
        let bits = bit..<(bit + type.storageBits)
        guard record.bytes != nil, bit >= 0, bits.upperBound <= 8 * Int(record.size),
            let stored = memory.pointee.load(
                base: object.number, offset: Int64(bit / 8), bit: bit % 8, width: bits.count)
        else { return nil }
        return value(slot(stored, type), type)
    }

    /// A byte of a living object, whether initialised or not; nil outside.
    public func byte(of object: Base, at offset: Int) -> UInt8? {
        let record = memory.pointee.objects[Int(object.number)]
        guard let bytes = record.bytes, offset >= 0, offset < Int(record.size) else { return nil }
        return bytes[offset]
    }

    /// Which bits of a byte of a living object are initialised; none outside.
    public func initialisedBits(of object: Base, at offset: Int) -> UInt8 {
        let record = memory.pointee.objects[Int(object.number)]
        guard record.bytes != nil, offset >= 0, offset < Int(record.size) else { return 0 }
        return record.masks[offset]
    }
}
