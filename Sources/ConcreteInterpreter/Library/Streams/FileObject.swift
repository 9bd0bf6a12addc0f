// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// FILE as the program sees it, with the fields of glibc's that the models use (models' ai_stream.h): so the inline
/// functions of <stdio.h> find its buffer empty and call the library.
enum FileObject {
    static let size = 216
    private static let readPointers = [8, 16], writePointers = [40, 48]
    private static let bufferStart = 56, bufferEnd = 64
    private static let ownBuffer = 131

    /// A new open one; null where there is no memory.
    static func make(in machine: Machine) throws(Stop) -> Pointer {
        guard let object = try machine.allocate(Int64(size)) else { return .null }
        try open(object, in: machine)
        return object
    }

    static func open(_ object: Pointer, in machine: Machine) throws(Stop) {
        try machine.write([UInt8](repeating: 0, count: size), at: object)
        try setOpen(true, object, in: machine)
        for field in readPointers + writePointers {
            try machine.store(pointer: object + ownBuffer, at: object + field)
        }
    }

    static func setOpen(_ isOpen: Bool, _ object: Pointer, in machine: Machine) throws(Stop) {
        try machine.store(int32: isOpen ? 1 : 0, at: object)
    }

    /// The obligations of every operation: the stream is open, and the buffer that the program gave it still lives.
    static func use(_ object: Pointer, in machine: Machine) throws(Stop) {
        try machine.require(try machine.int32(at: object) == 1, "the stream is closed")
        let buffer = try machine.pointer(at: object + bufferStart)
        if buffer.isNull { return }
        let end = try machine.pointer(at: object + bufferEnd)
        try machine.demand(.write, buffer, Int(end.offset - buffer.offset))
    }

    /// The program's buffer, whose content is the library's from now on; null for none.
    static func setBuffer(_ buffer: Pointer, _ count: Int, _ object: Pointer, in machine: Machine) throws(Stop) {
        let isGiven = !buffer.isNull && count > 0
        if isGiven {
            try machine.demand(.write, buffer, count)
            machine.memory.pointee.fill(buffer, byte: 0, count: count)
        }
        try machine.store(pointer: isGiven ? buffer : .null, at: object + bufferStart)
        try machine.store(pointer: isGiven ? buffer + count : .null, at: object + bufferEnd)
    }
}
