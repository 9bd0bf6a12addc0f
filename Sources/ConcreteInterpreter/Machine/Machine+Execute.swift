// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

extension Machine {
    /// Executes from `position` on. Ends by what it throws.
    ///
    /// What programs do most stands here in full; the rest is one call away. The loop keeps what it uses in local
    /// variables, since the compiler must load properties of a class again after each store.
    func execute() throws(Stop) {
        let code = image.code, constants = image.constants, jumps = image.jumps
        let memory = self.memory
        let observed = observer != nil || coverage != nil
        let stepLimit = limits.steps
        var frame = slots + frames[depth].start
        var at = position
        var steps: UInt64 = self.steps
        defer { self.steps = steps }
        if observed { try observeCall() }

        @inline(__always) func value(_ operand: Int32) -> Slot {
            (operand >= 0 ? UnsafePointer(frame) : constants)[Int(operand)]
        }
        /// The place of a cell of whole bytes, where the access is inside a living object.
        @inline(__always) func place(_ step: UnsafePointer<Code>, _ isWrite: Bool) -> CellPlace? {
            let pointer = value(step.pointee.a)
            let offset = pointer.offset &+ step.pointee.immediate
            let record = memory.pointee.objects + Int(pointer.base)
            let limit = isWrite ? record.pointee.writable : record.pointee.readable
            let count = Int64(step.pointee.width &>> 3)
            let mask = Int64(step.pointee.alignment) &- 1
            guard offset >= 0, offset <= limit &- count, offset & mask == 0,
                record.pointee.alignment >= step.pointee.alignment, let bytes = record.pointee.bytes
            else { return nil }
            return CellPlace(bytes: UnsafeMutableRawPointer(bytes) + Int(offset), masks: Int(record.pointee.size))
        }

        while true {
            let step = code + at
            steps &+= 1
            switch step.pointee.operation {
            case .move: frame[Int(step.pointee.result)] = value(step.pointee.a)
            case .linearTerm:
                let factor = value(step.pointee.c), term = value(step.pointee.b), rest = value(step.pointee.a)
                if factor.isNarrow, term.isNarrow, rest.isNarrow {
                    frame[Int(step.pointee.result)] = rest &+ factor &* term
                } else {
                    position = at
                    frame[Int(step.pointee.result)] = try linear(step.pointee, frame)
                }
            case .linear:
                position = at
                frame[Int(step.pointee.result)] = try linear(step.pointee, frame)
            case .addSigned:
                let exact = value(step.pointee.a) &+ value(step.pointee.b)
                guard fits(exact, step.pointee.width) else {
                    try recover(from: overflow(at, frame))
                    at &+= 1
                    continue
                }
                frame[Int(step.pointee.result)] = exact
            case .subtractSigned:
                let exact = value(step.pointee.a) &- value(step.pointee.b)
                guard fits(exact, step.pointee.width) else {
                    try recover(from: overflow(at, frame))
                    at &+= 1
                    continue
                }
                frame[Int(step.pointee.result)] = exact
            case .multiplySigned:
                let (exact, isLarge) = product(value(step.pointee.a), value(step.pointee.b))
                guard !isLarge, fits(exact, step.pointee.width) else {
                    try recover(from: overflow(at, frame))
                    at &+= 1
                    continue
                }
                frame[Int(step.pointee.result)] = exact
            case .addUnsigned:
                let sum = value(step.pointee.a).unsignedLow &+ value(step.pointee.b).unsignedLow
                frame[Int(step.pointee.result)] = Slot(sum & lowBits(step.pointee.width))
            case .subtractUnsigned:
                let difference = value(step.pointee.a).unsignedLow &- value(step.pointee.b).unsignedLow
                frame[Int(step.pointee.result)] = Slot(difference & lowBits(step.pointee.width))
            case .multiplyUnsigned:
                let product = value(step.pointee.a).unsignedLow &* value(step.pointee.b).unsignedLow
                frame[Int(step.pointee.result)] = Slot(product & lowBits(step.pointee.width))
            case .and: frame[Int(step.pointee.result)] = value(step.pointee.a) & value(step.pointee.b)
            case .or: frame[Int(step.pointee.result)] = value(step.pointee.a) | value(step.pointee.b)
            case .xor: frame[Int(step.pointee.result)] = value(step.pointee.a) ^ value(step.pointee.b)
            case .shiftLeft:
                let count = value(step.pointee.b), number = value(step.pointee.a)
                guard count >= 0, count < Slot(step.pointee.width) else { throw invalidShift(at, frame) }
                // At most 64 bits, shifted by at most 63: 127 bits.
                let exact = number &<< count
                if step.pointee.isSigned {
                    guard number >= 0, fits(exact, step.pointee.width) else { throw invalidShift(at, frame) }
                    frame[Int(step.pointee.result)] = exact
                } else {
                    frame[Int(step.pointee.result)] = Slot(exact.unsignedLow & lowBits(step.pointee.width))
                }
            case .shiftRight:
                let count = value(step.pointee.b)
                guard count >= 0, count < Slot(step.pointee.width) else { throw invalidShift(at, frame) }
                frame[Int(step.pointee.result)] = value(step.pointee.a) &>> count
            case .divide:
                let divisor = value(step.pointee.b), dividend = value(step.pointee.a)
                guard divisor != 0 else { throw divisionByZero(at, frame) }
                let quotient: Slot
                if dividend.isNarrow, divisor.isNarrow, divisor.low != -1 {
                    quotient = Slot(dividend.low / divisor.low)
                } else {
                    quotient = dividend / divisor
                }
                if step.pointee.isSigned, !fits(quotient, step.pointee.width) { throw overflow(at, frame) }
                frame[Int(step.pointee.result)] = quotient
            case .remainder:
                let divisor = value(step.pointee.b), dividend = value(step.pointee.a)
                guard divisor != 0 else { throw divisionByZero(at, frame) }
                if step.pointee.isSigned, divisor == -1, !fits(0 &- dividend, step.pointee.width) {
                    throw overflow(at, frame)
                }
                if dividend.isNarrow, divisor.isNarrow, divisor.low != -1 {
                    frame[Int(step.pointee.result)] = Slot(dividend.low % divisor.low)
                } else {
                    frame[Int(step.pointee.result)] = dividend % divisor
                }
            case .convertSigned:
                let shift = Int64(64 &- step.pointee.width)
                frame[Int(step.pointee.result)] = Slot((value(step.pointee.a).low &<< shift) &>> shift)
            case .convertUnsigned:
                frame[Int(step.pointee.result)] = Slot(value(step.pointee.a).unsignedLow & lowBits(step.pointee.width))
            case .equal: frame[Int(step.pointee.result)] = value(step.pointee.a) == value(step.pointee.b) ? 1 : 0
            case .notEqual: frame[Int(step.pointee.result)] = value(step.pointee.a) != value(step.pointee.b) ? 1 : 0
            case .less: frame[Int(step.pointee.result)] = value(step.pointee.a) < value(step.pointee.b) ? 1 : 0
            case .lessOrEqual:
                frame[Int(step.pointee.result)] = value(step.pointee.a) <= value(step.pointee.b) ? 1 : 0
            case .offset:
                let pointer = value(step.pointee.a), count = value(step.pointee.b)
                let (bytes, isLarge) = count.low.multipliedReportingOverflow(by: step.pointee.immediate)
                let (offset, isFar) = pointer.offset.addingReportingOverflow(bytes)
                if step.pointee.flags.contains(.checked), bytes != 0 || !count.isNarrow {
                    let record = memory.pointee.objects + Int(pointer.base)
                    guard count.isNarrow, !isLarge, !isFar, offset >= 0, offset <= record.pointee.readable else {
                        try recover(from: invalidOffset(at, frame))
                        at &+= 1
                        continue
                    }
                } else if !count.isNarrow || isLarge || isFar {
                    position = at
                    throw .limit("a pointer's offset does not fit 64 bits")
                }
                frame[Int(step.pointee.result)] = Slot(base: pointer.base, offset: offset)
            case .loadUnsigned:
                guard let cell = place(step, false), let bits = cell.read(step.pointee.width) else {
                    try recover(from: failedAccess(at, frame))
                    at &+= 1
                    continue
                }
                frame[Int(step.pointee.result)] = Slot(bits)
            case .loadSigned:
                guard let cell = place(step, false), let bits = cell.read(step.pointee.width) else {
                    try recover(from: failedAccess(at, frame))
                    at &+= 1
                    continue
                }
                let shift = Int64(64 &- step.pointee.width)
                frame[Int(step.pointee.result)] = Slot((Int64(bitPattern: bits) &<< shift) &>> shift)
            case .loadPointer:
                guard let cell = place(step, false), let bits = cell.read(step.pointee.width) else {
                    try recover(from: failedAccess(at, frame))
                    at &+= 1
                    continue
                }
                try memory.pointee.demandBase(at: bits)
                frame[Int(step.pointee.result)] = bits == 0 ? 0 : Slot(memory.pointee.pointer(at: bits))
            case .storeInteger:
                guard let cell = place(step, true) else {
                    try recover(from: failedAccess(at, frame))
                    at &+= 1
                    continue
                }
                cell.write(value(step.pointee.b).unsignedLow, step.pointee.width)
            case .storePointer:
                guard let cell = place(step, true) else {
                    try recover(from: failedAccess(at, frame))
                    at &+= 1
                    continue
                }
                let pointer = value(step.pointee.b).pointer
                guard memory.pointee.hasAddress(pointer) else {
                    position = at
                    throw Self.noAddress
                }
                cell.write(Memory.address(of: pointer), 64)
            case .check:
                if value(step.pointee.a) == 0 { try goOnBehind(failedCheck(at)) }
            case .goto:
                at = Int(step.pointee.target)
                if observed { try observeBlock(at, steps) }
                if steps > stepLimit { throw tooManySteps(at) }
                continue
            case .branch:
                let choice = value(step.pointee.a) == 0 ? 1 : 0
                at = Int(jumps[Int(step.pointee.list.start) + choice])
                if observed { try observeBlock(at, steps) }
                if steps > stepLimit { throw tooManySteps(at) }
                continue
            case .switch:
                at = switchTarget(step.pointee, value(step.pointee.a))
                if observed { try observeBlock(at, steps) }
                continue
            case .call:
                position = at
                try call(step.pointee.target, step.pointee)
                frame = slots + frames[depth].start
                at = position
                if observed { try observeCall() }
                continue
            case .returnNothing, .returnValue:
                position = at
                let result = step.pointee.operation == .returnValue ? value(step.pointee.a) : 0
                if observed { try observeReturn(result) }
                guard try leave(result) else { throw .exited(status: 0) }
                frame = slots + frames[depth].start
                at = position
                continue
            default:
                position = at
                self.steps = steps
                try executeRare(step.pointee)
                // Calls and jumps of the library go on elsewhere.
                frame = slots + frames[depth].start
                at = position
                continue
            }
            at &+= 1
        }
    }

    /// Whether a number is in the signed type of so many bits, at most 64.
    @inline(__always) private func fits(_ exact: Slot, _ width: UInt8) -> Bool {
        let shift = Int64(64 &- width)
        return exact.isNarrow && (exact.low &<< shift) &>> shift == exact.low
    }

    @inline(__always) private func product(_ a: Slot, _ b: Slot) -> (Slot, Bool) {
        a.isNarrow && b.isNarrow ? (a &* b, false) : a.multipliedReportingOverflow(by: b)
    }

    @inline(__always) private func lowBits(_ width: UInt8) -> UInt64 { UInt64.max &>> UInt64(64 &- width) }
}

/// Where a cell of whole bytes lies; its masks are at a fixed distance.
private struct CellPlace {
    let bytes: UnsafeMutableRawPointer
    let masks: Int

    /// The cell's bits; nil: one of them is not initialised.
    @inline(__always) func read(_ width: UInt8) -> UInt64? {
        switch width {
        case 8:
            guard bytes.load(fromByteOffset: masks, as: UInt8.self) == .max else { return nil }
            return UInt64(bytes.load(as: UInt8.self))
        case 16:
            guard bytes.loadUnaligned(fromByteOffset: masks, as: UInt16.self) == .max else { return nil }
            return UInt64(bytes.loadUnaligned(as: UInt16.self))
        case 32:
            guard bytes.loadUnaligned(fromByteOffset: masks, as: UInt32.self) == .max else { return nil }
            return UInt64(bytes.loadUnaligned(as: UInt32.self))
        default:
            guard bytes.loadUnaligned(fromByteOffset: masks, as: UInt64.self) == .max else { return nil }
            return bytes.loadUnaligned(as: UInt64.self)
        }
    }

    @inline(__always) func write(_ bits: UInt64, _ width: UInt8) {
        switch width {
        case 8:
            bytes.storeBytes(of: UInt8(truncatingIfNeeded: bits), as: UInt8.self)
            bytes.storeBytes(of: .max, toByteOffset: masks, as: UInt8.self)
        case 16:
            bytes.storeBytes(of: UInt16(truncatingIfNeeded: bits), as: UInt16.self)
            bytes.storeBytes(of: .max, toByteOffset: masks, as: UInt16.self)
        case 32:
            bytes.storeBytes(of: UInt32(truncatingIfNeeded: bits), as: UInt32.self)
            bytes.storeBytes(of: .max, toByteOffset: masks, as: UInt32.self)
        default:
            bytes.storeBytes(of: bits, as: UInt64.self)
            bytes.storeBytes(of: .max, toByteOffset: masks, as: UInt64.self)
        }
    }
}
