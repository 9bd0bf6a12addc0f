// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// An object of an execution.
struct ConcreteObject {
    enum Kind { case function, fixed, automatic, heap }

    var kind: Kind
    var isReadOnly = false
    var isAlive = true
    var size: Int64 = 0
    var alignment: Int128 = 1
    /// Empty behind its lifetime, as the masks are.
    var bytes: [UInt8] = []
    /// For each byte which of its bits are initialised.
    var masks: [UInt8] = []
    /// Its tag (section 5.1), and where it stands among the objects with that tag.
    var tag = -1
    var place = -1
}

/// The memory of an execution as section 7 has it: every object is bytes.
struct ConcreteMemory {
    static let mostBytes: Int64 = 1 << 28
    static let mostObjects = 1 << 20
    static let shift: Int64 = 36
    static let bias: Int64 = 1 << 35

    /// Base 0 is null; then the functions, the static objects, and every object that comes to life, in order.
    var objects: [ConcreteObject]
    private var mayBeNamed: [Bool]
    private(set) var bytesInUse: Int64 = 0

    /// - Parameter addressTaken: the functions to which an address may lead.
    init(functionCount: Int, addressTaken: [Int]) {
        objects = Array(repeating: ConcreteObject(kind: .function), count: functionCount + 1)
        mayBeNamed = Array(repeating: false, count: functionCount + 1)
        for function in addressTaken { mayBeNamed[function + 1] = true }
    }

    mutating func add(
        _ kind: ConcreteObject.Kind, size: Int128, alignment: Int128, isReadOnly: Bool = false
    ) throws(ReplayStop) -> Int {
        guard size >= 0, size <= Int128(Self.mostBytes - bytesInUse), objects.count < Self.mostObjects else {
            throw .limit("the run needs more memory than a replay has")
        }
        bytesInUse += Int64(size)
        var object = ConcreteObject(kind: kind, isReadOnly: isReadOnly, size: Int64(size), alignment: alignment)
        object.bytes = Array(repeating: 0, count: Int(size))
        object.masks = object.bytes
        objects.append(object)
        return objects.count - 1
    }

    mutating func end(_ base: Int) {
        bytesInUse -= objects[base].size
        objects[base].isAlive = false
        objects[base].bytes = []
        objects[base].masks = []
    }

    // MARK: Addresses

    static func address(of pointer: ConcretePointer) -> UInt64 {
        if pointer.isNull { return UInt64(bitPattern: pointer.offset) }
        return UInt64(bitPattern: (Int64(pointer.base) << shift + bias) &+ pointer.offset)
    }

    /// Whether the address leads back to the pointer, whatever comes to life later.
    static func hasAddress(_ pointer: ConcretePointer) -> Bool {
        pointer.isNull ? pointer.offset < 1 << shift : pointer.offset >= -bias && pointer.offset < bias
    }

    /// An address that belongs to no object now and would belong to one that is made later has no pointer: it would have
    /// to be the same one then.
    func pointer(at address: UInt64) throws(ReplayStop) -> ConcretePointer {
        let number = Int64(bitPattern: address) >> Self.shift
        if number >= Int64(objects.count), number < Int64(Self.mostObjects) {
            throw .invalid("an address of an object that is not made yet is used as a pointer")
        }
        guard number > 0, number < Int64(objects.count), number >= Int64(mayBeNamed.count) || mayBeNamed[Int(number)]
        else { return ConcretePointer(base: 0, offset: Int64(bitPattern: address)) }
        return ConcretePointer(
            base: Int(number), offset: Int64(bitPattern: address) &- (number << Self.shift + Self.bias))
    }

    // MARK: Content of living objects; the ranges are inside them

    /// The bits of a cell; nil: one of them is not initialised.
    func load(_ base: Int, position: Int, width: Int) -> UInt128? {
        var value: UInt128 = 0
        if position & 7 == 0, width & 7 == 0 {
            let first = position >> 3
            for index in 0..<width >> 3 {
                guard objects[base].masks[first + index] == 0xff else { return nil }
                value |= UInt128(objects[base].bytes[first + index]) << UInt128(8 * index)
            }
            return value
        }
        for index in 0..<width {
            let byte = (position + index) >> 3, mask = UInt8(1) << UInt8((position + index) & 7)
            guard objects[base].masks[byte] & mask != 0 else { return nil }
            if objects[base].bytes[byte] & mask != 0 { value |= 1 << UInt128(index) }
        }
        return value
    }

    mutating func store(_ value: UInt128, _ base: Int, position: Int, width: Int) {
        if position & 7 == 0, width & 7 == 0 {
            let first = position >> 3
            for index in 0..<width >> 3 {
                objects[base].bytes[first + index] = UInt8(truncatingIfNeeded: value >> UInt128(8 * index))
                objects[base].masks[first + index] = 0xff
            }
            return
        }
        for index in 0..<width {
            let byte = (position + index) >> 3, mask = UInt8(1) << UInt8((position + index) & 7)
            if value >> UInt128(index) & 1 != 0 {
                objects[base].bytes[byte] |= mask
            } else {
                objects[base].bytes[byte] &= ~mask
            }
            objects[base].masks[byte] |= mask
        }
    }

    mutating func write(_ content: ArraySlice<UInt8>, _ base: Int, at offset: Int) {
        objects[base].bytes.replaceSubrange(offset..<offset + content.count, with: content)
        for index in offset..<offset + content.count { objects[base].masks[index] = 0xff }
    }

    mutating func fill(_ base: Int, at offset: Int, count: Int, with byte: UInt8) {
        if count == objects[base].bytes.count {
            objects[base].bytes = Array(repeating: byte, count: count)
            objects[base].masks = Array(repeating: 0xff, count: count)
            return
        }
        for index in offset..<offset + count {
            objects[base].bytes[index] = byte
            objects[base].masks[index] = 0xff
        }
    }

    mutating func copy(_ target: Int, at to: Int, from source: Int, at from: Int, count: Int) {
        if source == target {
            // The ranges may overlap, and slices would copy the object.
            for step in 0..<count {
                let index = from < to ? count - 1 - step : step
                objects[target].bytes[to + index] = objects[target].bytes[from + index]
                objects[target].masks[to + index] = objects[target].masks[from + index]
            }
            return
        }
        let bytes = objects[source].bytes[from..<from + count], masks = objects[source].masks[from..<from + count]
        objects[target].bytes.replaceSubrange(to..<to + count, with: bytes)
        objects[target].masks.replaceSubrange(to..<to + count, with: masks)
    }

    /// Whether all bits of a range are initialised; those outside of the object are not.
    func isInitialised(_ base: Int, from: Int128, to: Int128) -> Bool {
        if from >= to { return true }
        guard from >= 0, to <= 8 * Int128(objects[base].size), objects[base].isAlive else { return false }
        return every(base, from, to, 0xff)
    }

    /// Whether no bit of a range is initialised.
    func isRaw(_ base: Int, from: Int128, to: Int128) -> Bool {
        let from = max(from, 0), to = min(to, 8 * Int128(objects[base].masks.count))
        if from >= to { return true }
        return every(base, from, to, 0)
    }

    /// Whether the masks have these bits throughout a range: all or none.
    private func every(_ base: Int, _ from: Int128, _ to: Int128, _ wanted: UInt8) -> Bool {
        let (first, last) = (Int(from >> 3), Int((to - 1) >> 3))
        return objects[base].masks.withUnsafeBytes { masks in
            func differs(_ byte: Int, _ mask: UInt8) -> Bool { (masks[byte] ^ wanted) & mask != 0 }
            let head: UInt8 = 0xff << UInt8(from & 7), tail: UInt8 = 0xff >> UInt8(7 - (to - 1) & 7)
            if first == last { return !differs(first, head & tail) }
            if differs(first, head) || differs(last, tail) { return false }
            // A loop that fills an object comes here with each round: words are looked at, not bytes.
            let word = UInt64(repeating: wanted)
            var byte = first + 1
            while byte + 8 <= last {
                if masks.loadUnaligned(fromByteOffset: byte, as: UInt64.self) != word { return false }
                byte += 8
            }
            while byte < last {
                if masks[byte] != wanted { return false }
                byte += 1
            }
            return true
        }
    }
}

extension UInt64 {
    fileprivate init(repeating byte: UInt8) { self = UInt64(byte) * 0x0101_0101_0101_0101 }
}
