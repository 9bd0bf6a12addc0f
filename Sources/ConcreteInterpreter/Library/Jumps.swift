// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// Where setjmp was called (C11 7.13).
struct JumpPoints {
    struct Point {
        var depth: Int
        var serial: UInt64
        /// The step of the call of setjmp, and where it wants its result.
        var position: Int
        var result: Int32
        /// The function's automatic objects then, by their slots.
        var locals: [Slot]
    }

    private var points: [UInt64: Point] = [:]
    private var last: UInt64 = 0

    /// The number that a jmp_buf holds for a point.
    mutating func add(_ point: Point) -> UInt64 {
        last += 1
        points[last] = point
        return last
    }

    func point(_ number: UInt64) -> Point? { points[number] }

    /// Forgets the points of functions that have returned.
    mutating func retain(where isActive: (Point) -> Bool) {
        guard points.count > 4096 else { return }
        points = points.filter { isActive($0.value) }
    }
}

extension HostLibrary {
    static let jumps: [String: HostFunction] = [
        "setjmp": setJump, "_setjmp": setJump, "__sigsetjmp": setJump, "sigsetjmp": setJump,
        "longjmp": longJump, "_longjmp": longJump, "siglongjmp": longJump,
    ]

    @Sendable private static func setJump(
        _ machine: Machine, _ arguments: HostArguments
    ) throws(Stop) -> Value? {
        try machine.setJump(arguments.pointer(0))
        return .integer(0)
    }

    @Sendable private static func longJump(
        _ machine: Machine, _ arguments: HostArguments
    ) throws(Stop) -> Value? {
        try machine.longJump(arguments.pointer(0), value: arguments.integer(1))
        return nil
    }
}

extension Machine {
    fileprivate func setJump(_ buffer: Pointer) throws(Stop) {
        let running = frames[depth]
        let code = translation.functions[Int(running.function)]
        let locals = (Int(code.registerCount)..<Int(code.frameSize)).map { frame[$0] }
        jumpPoints.retain { $0.depth <= depth && frames[$0.depth].serial == $0.serial }
        let number = jumpPoints.add(
            .init(
                depth: depth, serial: running.serial, position: position,
                result: image.code[position].result, locals: locals))
        try store(.integer(Int128(number)), .unsigned(64), at: buffer)
    }

    /// Goes on behind the call of setjmp. Variables of its function have the values they have now: C11 7.13.2.1p3 makes
    /// those that are not volatile and were changed meanwhile indeterminate, which is not checked.
    fileprivate func longJump(_ buffer: Pointer, value: Int128) throws(Stop) {
        guard case .integer(let number) = try load(.unsigned(64), at: buffer),
            let point = jumpPoints.point(UInt64(truncatingIfNeeded: number))
        else { throw violation(.libraryPrecondition, "no setjmp has filled the buffer") }
        guard point.depth <= depth, frames[point.depth].serial == point.serial else {
            throw violation(.libraryPrecondition, "the function that called setjmp has returned")
        }
        while depth > point.depth { try abandon() }
        try restoreLocals(point)
        if point.result >= 0 { frame[Int(point.result)] = value == 0 ? 1 : value }
        position = point.position + 1
    }

    /// Leaves the running function without a return.
    private func abandon() throws(Stop) {
        let left = frames[depth]
        let code = translation.functions[Int(left.function)]
        for index in Int(code.registerCount)..<Int(code.frameSize) where slots[left.start + index] != 0 {
            try endLocal(slots + left.start + index)
        }
        depth -= 1
        top = left.start
    }

    /// Objects that began behind setjmp end. Objects of blocks that were left meanwhile begin anew: jumping back into their
    /// block starts their lifetime without content.
    private func restoreLocals(_ point: JumpPoints.Point) throws(Stop) {
        let running = frames[depth]
        let code = translation.functions[Int(running.function)]
        for (index, old) in point.locals.enumerated() {
            let place = frame + Int(code.registerCount) + index
            if place.pointee == old { continue }
            if place.pointee != 0 { try endLocal(place) }
            guard old != 0 else { continue }
            let declared = program.functions[Int(running.function)].objects[index]
            let object = program.objects[Int(declared)]
            guard
                let base = memory.pointee.add(
                    .automatic, size: max(0, object.size), alignment: object.alignment, declaration: declared,
                    site: translation.sites[position])
            else { throw .limit("there is no memory for '\(object.name)'") }
            place.pointee = Slot(base: base, offset: 0)
        }
    }
}
