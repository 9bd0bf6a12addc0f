// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// Conditions of accesses, in the order in which FORMAT.md section 2 raises them.
extension Memory {
    enum Access { case read, write }

    /// What is wrong with a pointer that is to be dereferenced; nil: it points into a living object, or to a function.
    func lifetimeFault(_ base: Int32) -> ObligationKind? {
        if base == 0 { return .nullDereference }
        let record = objects[Int(base)]
        if record.kind == .none || record.isAlive { return nil }
        return record.kind == .automatic ? .danglingPointer : .useAfterFree
    }

    /// What is wrong with an access of `count` bytes; nil: nothing.
    func fault(
        _ access: Access, base: Int32, offset: Int64, count: Int64, alignment: UInt16 = 1
    ) -> ObligationKind? {
        if let fault = lifetimeFault(base) { return fault }
        let record = objects[Int(base)]
        let outside: ObligationKind = access == .read ? .outOfBoundsRead : .outOfBoundsWrite
        guard record.kind != .none, count >= 0, offset >= 0, count <= record.size, offset <= record.size - count
        else { return outside }
        guard alignment <= 1 || (record.alignment % alignment == 0 && offset % Int64(alignment) == 0) else {
            return .misalignedAccess
        }
        return access == .write && record.writable < 0 ? .writeToConstant : nil
    }

    /// Whether all bits of a range of bytes are initialised.
    func isInitialised(base: Int32, offset: Int64, count: Int64) -> Bool {
        firstUninitialised(base: base, offset: offset, count: count) == nil
    }

    /// The first byte of a range that has a bit which is not initialised, counted from the range's start.
    func firstUninitialised(base: Int32, offset: Int64, count: Int64) -> Int64? {
        let masks = objects[Int(base)].masks + Int(offset)
        var index = 0
        while index + 8 <= Int(count) {
            if UnsafeRawPointer(masks + index).loadUnaligned(as: UInt64.self) != .max { break }
            index += 8
        }
        while index < Int(count) {
            if masks[index] != 0xff { return Int64(index) }
            index += 1
        }
        return nil
    }
}

/// Accesses whose conditions hold.
extension Memory {
    /// The bits of a cell at bit `8 * offset + bit`, at most 128 of them; nil: one of them is not initialised.
    func load(base: Int32, offset: Int64, bit: Int, width: Int) -> UInt128? {
        let record = objects[Int(base)]
        let bytes = record.bytes! + Int(offset), masks = record.masks + Int(offset)
        if bit == 0, width.isMultiple(of: 8) {
            var value: UInt128 = 0
            for index in 0..<width / 8 {
                if masks[index] != 0xff { return nil }
                value |= UInt128(bytes[index]) << UInt128(8 * index)
            }
            return value
        }
        var value: UInt128 = 0
        for index in 0..<width {
            let place = bit + index, mask = UInt8(1) << UInt8(place & 7)
            if masks[place >> 3] & mask == 0 { return nil }
            if bytes[place >> 3] & mask != 0 { value |= 1 << UInt128(index) }
        }
        return value
    }

    /// The bits of a cell, whether they are initialised or not.
    func content(base: Int32, offset: Int64, bit: Int, width: Int) -> UInt128 {
        let bytes = objects[Int(base)].bytes! + Int(offset)
        var value: UInt128 = 0
        for index in 0..<width {
            let place = bit + index
            if bytes[place >> 3] >> UInt8(place & 7) & 1 != 0 { value |= 1 << UInt128(index) }
        }
        return value
    }

    /// Stores the low `width` bits of a value.
    func store(_ value: UInt128, base: Int32, offset: Int64, bit: Int, width: Int) {
        let record = objects[Int(base)]
        let bytes = record.bytes! + Int(offset), masks = record.masks + Int(offset)
        if bit == 0, width.isMultiple(of: 8) {
            for index in 0..<width / 8 {
                bytes[index] = UInt8(truncatingIfNeeded: value >> UInt128(8 * index))
                masks[index] = 0xff
            }
            return
        }
        for index in 0..<width {
            let place = bit + index, mask = UInt8(1) << UInt8(place & 7)
            if value >> UInt128(index) & 1 != 0 {
                bytes[place >> 3] |= mask
            } else {
                bytes[place >> 3] &= ~mask
            }
            masks[place >> 3] |= mask
        }
    }

    /// Copies bytes with what is known of their initialisation; the ranges may overlap.
    func copy(to target: Pointer, from source: Pointer, count: Int) {
        guard count > 0 else { return }
        let to = objects[Int(target.base.number)], from = objects[Int(source.base.number)]
        (to.bytes! + Int(target.offset)).update(from: from.bytes! + Int(source.offset), count: count)
        (to.masks + Int(target.offset)).update(from: from.masks + Int(source.offset), count: count)
    }

    func fill(_ target: Pointer, byte: UInt8, count: Int) {
        guard count > 0 else { return }
        let record = objects[Int(target.base.number)]
        (record.bytes! + Int(target.offset)).update(repeating: byte, count: count)
        (record.masks + Int(target.offset)).update(repeating: 0xff, count: count)
    }

    /// Gives an object as many bytes as it has.
    func write(whole content: [UInt8], to base: Int32) {
        guard let bytes = objects[Int(base)].bytes, !content.isEmpty else { return }
        content.withUnsafeBufferPointer { bytes.update(from: $0.baseAddress!, count: $0.count) }
        objects[Int(base)].masks.update(repeating: 0xff, count: content.count)
    }

    func content(of base: Int32) -> [UInt8] {
        Array(UnsafeBufferPointer(start: objects[Int(base)].bytes, count: Int(objects[Int(base)].size)))
    }

    func write(_ content: some Collection<UInt8>, at target: Pointer) {
        let record = objects[Int(target.base.number)]
        var bytes = record.bytes! + Int(target.offset)
        for byte in content {
            bytes.pointee = byte
            bytes += 1
        }
        (record.masks + Int(target.offset)).update(repeating: 0xff, count: content.count)
    }
}
