// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// The memory of an execution.
///
/// FORMAT.md section 2 lets a load without matching cell give any value; here it gives what the bytes are on the target:
/// integers little endian, floats in their IEEE encoding, pointers as addresses. So memory is bytes, and a program that
/// looks at an object through another type sees what a native build sees.
///
/// An address is the number of the base times 2^36, plus 2^35, plus the offset; null is 0, and offsets from it are
/// themselves. So alignments show in addresses, and `p - 1` does not reach the object before.
struct Memory {
    static let addressShift: Int64 = 36
    static let addressBias: Int64 = 1 << 35
    /// Numbers of bases stay below this, so that addresses are positive.
    static let mostObjects = 1 << 26
    static let largestObject: Int64 = 1 << 34

    private(set) var objects: UnsafeMutablePointer<ObjectRecord>
    private(set) var count: Int
    private var capacity: Int
    /// Numbers of the first bases: null, then functions, then maybe that of addresses at which nothing is.
    let functionCount: Int
    /// Places of recycled objects.
    var vacant: [Int32] = []
    /// Objects that died since the last recycling.
    var deathsSinceRecycling = 0
    /// Bytes that living objects hold.
    private(set) var bytesInUse: Int64 = 0
    private(set) var mostBytesInUse: Int64 = 0
    let byteLimit: Int64
    /// Bytes of all objects that were made, and of all accesses to ranges.
    var work: Int64 = 0
    let workLimit: Int64
    /// Bases from `count` up to this are made later, maybe; no address may lead to them before. 0: it may.
    let firstBaseNeverMade: Int64

    /// - Parameter hasNowhere: whether addresses at which nothing is have a base of their own, as programs expect; the
    ///   meaning of the IR knows none, and makes them null's.
    init(functionCount: Int, byteLimit: Int64, workLimit: Int64, hasNowhere: Bool, firstBaseNeverMade: Int64) {
        self.firstBaseNeverMade = firstBaseNeverMade
        self.workLimit = workLimit
        self.functionCount = functionCount
        self.byteLimit = byteLimit
        nowhere = hasNowhere ? Int32(functionCount + 1) : 0
        firstObject = functionCount + (hasNowhere ? 2 : 1)
        capacity = max(1024, 2 * firstObject)
        objects = .allocate(capacity: capacity)
        count = firstObject
        objects.initialize(repeating: .none, count: count)
    }

    func deallocate() {
        for index in 0..<count { objects[index].bytes?.deallocate() }
        objects.deallocate()
    }

    static func base(ofFunction function: FunctionID) -> Int32 { function + 1 }
    func function(of base: Int32) -> FunctionID? { base > 0 && Int(base) <= functionCount ? base - 1 : nil }

    /// The base of a pointer made from an integer that is no object's address, as SIG_IGN is: it differs from null.
    /// 0: null takes its place.
    let nowhere: Int32
    let firstObject: Int

    func isNowhere(_ pointer: Pointer) -> Bool { nowhere > 0 && pointer.base.number == nowhere }

    // MARK: Objects

    /// A new object, alive and not initialised. Nil: there is no room for it.
    mutating func add(
        _ kind: ObjectRecord.Kind, size: Int64, alignment: UInt16, declaration: ObjectID = -1, site: SiteID
    ) -> Int32? {
        guard size >= 0, size < Self.largestObject, bytesInUse + size <= byteLimit, work <= workLimit - size else {
            return nil
        }
        work += size
        guard let place = vacant.popLast() ?? extend() else { return nil }
        let storage = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, 2 * Int(size)))
        (storage + Int(size)).initialize(repeating: 0, count: Int(size))
        storage.initialize(repeating: 0, count: Int(size))
        bytesInUse += size
        mostBytesInUse = max(mostBytesInUse, bytesInUse)
        objects[Int(place)] = ObjectRecord(
            bytes: storage, readable: size, writable: kind == .constant ? -1 : size, size: size, alignment: alignment,
            kind: kind, isAlive: true, declaration: declaration, site: site)
        return place
    }

    private mutating func extend() -> Int32? {
        guard count < Self.mostObjects else { return nil }
        if count == capacity {
            let larger = UnsafeMutablePointer<ObjectRecord>.allocate(capacity: 2 * capacity)
            larger.moveInitialize(from: objects, count: count)
            objects.deallocate()
            objects = larger
            capacity *= 2
        }
        objects.advanced(by: count).initialize(to: .none)
        count += 1
        return Int32(count - 1)
    }

    /// The object's lifetime ends; pointers to it stay what they are.
    mutating func end(_ object: Int32, site: SiteID) {
        let record = objects + Int(object)
        bytesInUse -= record.pointee.size
        record.pointee.bytes?.deallocate()
        record.pointee.bytes = nil
        record.pointee.readable = -1
        record.pointee.writable = -1
        record.pointee.isAlive = false
        record.pointee.site = site
        deathsSinceRecycling += 1
    }

    /// An ended object to which no pointer is left gives its place to the next one.
    mutating func vacate(_ object: Int32) {
        guard objects[Int(object)].kind != .vacant else { return }
        objects[Int(object)].kind = .vacant
        vacant.append(object)
    }

    // MARK: Addresses

    /// No address leads to the function: the program takes none.
    func hide(function: FunctionID) { objects[Int(Self.base(ofFunction: function))].kind = .vacant }

    /// Whether a pointer's address leads back to it, whatever objects come later.
    func hasAddress(_ pointer: Pointer) -> Bool {
        if pointer.isNull { return pointer.offset < 1 << Self.addressShift }
        return isNowhere(pointer) || (pointer.offset >= -Self.addressBias && pointer.offset < Self.addressBias)
    }

    static func address(of pointer: Pointer) -> UInt64 {
        if pointer.isNull { return UInt64(bitPattern: pointer.offset) }
        let start = Int64(pointer.base.number) << addressShift + addressBias
        return UInt64(bitPattern: start &+ pointer.offset)
    }

    /// Ends executions that FORMAT.md section 7 lets no run describe: an address at which nothing is now would be that of
    /// an object which is made later.
    func demandBase(at address: UInt64) throws(Stop) {
        let number = Int64(bitPattern: address) >> Self.addressShift
        if number < firstBaseNeverMade, number >= Int64(count) {
            throw .excluded("an address of an object that is not made yet is used as a pointer")
        }
    }

    /// The pointer with an address; one to nowhere, which has that address again, where no object has it.
    func pointer(at address: UInt64) -> Pointer {
        if address == 0 { return .null }
        var number = Int64(bitPattern: address) >> Self.addressShift
        if number <= 0 || number >= Int64(count) || objects[Int(number)].kind == .vacant { number = Int64(nowhere) }
        if number == 0 { return Pointer(base: .null, offset: Int64(bitPattern: address)) }
        let offset = Int64(bitPattern: address) &- (number << Self.addressShift + Self.addressBias)
        return Pointer(base: Base(Int32(number)), offset: offset)
    }
}
