// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc
import ProgramIR

extension Value {
    static func number(_ value: some BinaryInteger) -> Value { .integer(Int128(value)) }
    static let zero = Value.integer(0)
    static let minusOne = Value.integer(-1)
    static let null = Value.pointer(.null)
}

/// What many functions of the library do.
extension Machine {
    /// The obligation `library-precondition`: what C demands of a call beyond the accesses it makes.
    func require(_ condition: Bool, _ message: @autoclosure () -> String) throws(Stop) {
        if !condition { throw violation(.libraryPrecondition, message()) }
    }

    /// C11 7.24.1p2: a pointer must be valid even where no byte is accessed. With bytes the access itself tells.
    func requirePointer(_ pointer: Pointer, _ count: Int) throws(Stop) {
        if count == 0 { try require(!pointer.isNull, "a null pointer, although for 0 bytes") }
    }

    /// C11 7.24.2.1p2 and kin: copying between overlapping objects is undefined.
    func requireDisjoint(_ a: Pointer, _ n: Int, _ b: Pointer, _ m: Int) throws(Stop) {
        guard n > 0, m > 0, a.base == b.base, !a.isNull else { return }
        let isDisjoint = a.offset >= b.offset ? a.offset - b.offset >= m : b.offset - a.offset >= n
        try require(isDisjoint, "the ranges of bytes overlap")
    }

    /// The bytes of a string without its terminator; at most `limit` bytes are read.
    func text(at pointer: Pointer, limit: Int = .max) throws(Stop) -> [UInt8] {
        if limit <= 0 { return [] }
        try demand(.read, pointer, 1)
        let record = memory.pointee.objects[Int(pointer.base.number)]
        let room = min(Int64(limit), record.size - pointer.offset)
        let start = record.bytes! + Int(pointer.offset), masks = record.masks + Int(pointer.offset)
        var length = 0
        while length < Int(room), masks[length] == 0xff, start[length] != 0 { length += 1 }
        if length < limit, length == Int(room) || masks[length] != 0xff {
            // Behind the object, or without a value: the access says which.
            _ = try bytes(at: pointer + length, count: 1)
        }
        return Array(UnsafeBufferPointer(start: start, count: length))
    }

    /// A string in the form that functions of the operating system take.
    func path(at pointer: Pointer) throws(Stop) -> [CChar] {
        try text(at: pointer).map { CChar(bitPattern: $0) } + [0]
    }

    /// Stores bytes and a terminator.
    func storeText(_ text: some Collection<UInt8>, at pointer: Pointer) throws(Stop) {
        try write(Array(text) + [0], at: pointer)
    }

    func int32(at pointer: Pointer) throws(Stop) -> Int32 {
        guard case .integer(let value) = try load(.signed(32), at: pointer) else { return 0 }
        return Int32(truncatingIfNeeded: value)
    }

    func int64(at pointer: Pointer) throws(Stop) -> Int64 {
        guard case .integer(let value) = try load(.signed(64), at: pointer) else { return 0 }
        return Int64(truncatingIfNeeded: value)
    }

    func store(int32 value: Int32, at pointer: Pointer) throws(Stop) {
        try store(.number(value), .signed(32), at: pointer)
    }

    func store(int64 value: Int64, at pointer: Pointer) throws(Stop) {
        try store(.number(value), .signed(64), at: pointer)
    }

    func store(pointer value: Pointer, at pointer: Pointer) throws(Stop) {
        try store(.pointer(value), .pointer, at: pointer)
    }

    // MARK: Results

    /// -1 with errno as the operating system has it.
    func failure(_ number: Int32 = errno) throws(Stop) -> Value {
        try setErrno(number)
        return .minusOne
    }

    /// The result of a system call, with errno set where it is -1.
    func result(_ value: some BinaryInteger) throws(Stop) -> Value {
        value == -1 ? try failure() : .number(value)
    }

    /// A variable of the library with external linkage, `stdout` or `optind`; nil where the program has none.
    func variable(_ name: String) -> Pointer? {
        guard let index = program.objects.firstIndex(where: { $0.name == name && $0.kind == .global }),
            staticBases[index] > 0
        else { return nil }
        return Pointer(base: Base(staticBases[index]))
    }

    /// An object of the library itself that the program reaches through results only, made at its first use.
    func ownObject(_ name: String, size: Int) throws(Stop) -> Pointer {
        if let pointer = library.memory.objects[name] { return pointer }
        let pointer = try permanentObject([UInt8](repeating: 0, count: size))
        library.memory.objects[name] = pointer
        return pointer
    }

    /// A text of the library itself, the same object for the same text.
    func ownText(_ text: [UInt8]) throws(Stop) -> Pointer {
        if let pointer = library.memory.texts[text] { return pointer }
        let pointer = try permanentObject(text + [0], alignment: 1)
        library.memory.texts[text] = pointer
        return pointer
    }
}

/// What the functions of the library remember from call to call.
struct LibraryMemory {
    var objects: [String: Pointer] = [:]
    var texts: [[UInt8]: Pointer] = [:]
    var random = RandomNumbers()
    var drand48: UInt64 = 0
    var clock = LibraryClock()
    /// Variables that are looked up by name once.
    var variables: [String: Pointer?] = [:]
}
