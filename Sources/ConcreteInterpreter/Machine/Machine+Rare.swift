// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// What programs do less often. `position` is the step; it is behind it afterwards, or where it led.
extension Machine {
    var frame: UnsafeMutablePointer<Slot> { slots + frames[depth].start }

    func value(_ operand: Int32) -> Slot {
        operand >= 0 ? frame[Int(operand)] : image.constants[Int(operand)]
    }

    func set(_ step: Code, _ value: Slot) { frame[Int(step.result)] = value }

    func executeRare(_ step: Code) throws(Stop) {
        switch step.operation {
        case .wideArithmetic: set(step, try wideArithmetic(step))
        case .convertWide: set(step, try convertWide(value(step.a), step))
        case .comparePointers: set(step, try comparePointers(step) ? 1 : 0)
        case .compareFloats: set(step, compareFloats(step) ? 1 : 0)
        case .floatArithmetic: set(step, floatArithmetic(step))
        case .extendedArithmetic: set(step, extendedArithmetic(step))
        case .floatNegate: set(step, floatNegate(step))
        case .convertFloat: set(step, convertFloat(step))
        case .integerToFloat: set(step, integerToFloat(step))
        case .floatToInteger: set(step, try floatToInteger(step))
        case .difference: set(step, try difference(step))
        case .pointerToInteger:
            let address = Slot(Memory.address(of: value(step.a).pointer))
            set(step, try convertWide(address, step))
        case .integerToPointer:
            set(step, Slot(try pointer(to: UInt64(truncatingIfNeeded: value(step.a)))))
        case .loadAny: set(step, try loadAny(step))
        case .storeAny: try storeAny(step)
        case .copy: try copy(step)
        case .fill: try fill(step)
        case .scramble: try scramble(step)
        case .probe: try probe(step)
        case .allocate: try allocate(step)
        case .free: try free(value(step.a).pointer)
        case .start: try start(step)
        case .end: try end(step)
        case .havoc: set(step, try chosen(step))
        case .assume:
            if value(step.a) == 0 { throw .excluded(program.assumptions[Int(step.target)].statement) }
        case .havocMemory: try havocMemory(step)
        case .objectSize: set(step, Slot(try room(at: value(step.a).pointer)))
        case .provided: return try callProvided(step.target, step)
        case .callPointer: return try callPointer(step)
        case .labelGoto: return try labelGoto(step)
        case .halt: try halt(step)
        default: throw .unsupported("an operation that the interpreter does not have")
        }
        position += 1
    }

    private func halt(_ step: Code) throws(Stop) {
        throw .exited(status: step.detail == 1 ? Int32(truncatingIfNeeded: value(step.a)) : 0)
    }

    /// A value of the step's type that nothing determines.
    private func chosen(_ step: Code) throws(Stop) -> Slot {
        let type: ScalarType
        switch step.detail {
        case 0: type = .integer(IntegerType(bits: step.width, isSigned: step.isSigned))
        case 1: return Slot(try pointer(to: UInt64(truncatingIfNeeded: choices.bits(of: .pointer))))
        default: type = .float(FloatFormat(rawValue: step.detail - 2) ?? .binary64)
        }
        let bits = choices.bits(of: type)
        try demandValue(bits, type)
        return slot(bits, type)
    }

    private func pointer(to address: UInt64) throws(Stop) -> Pointer {
        try memory.pointee.demandBase(at: address)
        return memory.pointee.pointer(at: address)
    }

    /// Nothing changes: that is one of the ways in which it may.
    private func havocMemory(_ step: Code) throws(Stop) {
        if limits.stopsAtUnknownCode { throw unknownCode(step) }
        if step.result >= 0 { set(step, try chosen(step)) }
    }

    private func unknownCode(_ step: Code) -> Stop {
        let running = frames[depth].function, call = Int(frames[depth].returnPosition)
        guard prepared.unknownFunctions.contains(running), call >= 0 else {
            return .unsupported(program.assumptions[Int(step.target)].statement)
        }
        // It has no code that execution could be in: the call is what cannot be done.
        (depth, position) = (depth - 1, call)
        let site = program.sites[Int(translation.sites[call])]
        return .unsupported(
            "'\(program.functions[Int(running)].name)' is not defined in the program "
                + "(called at \(program.strings[Int(site.file)]):\(site.line):\(site.column))")
    }

    func switchTarget(_ step: Code, _ value: Slot) -> Int {
        // Case ranges ascend and are disjoint.
        var low = Int(step.list.start), high = low + Int(step.list.count)
        while low < high {
            let middle = (low + high) / 2
            let range = translation.cases[middle]
            if value < range.lower {
                high = middle
            } else if value > range.upper {
                low = middle + 1
            } else {
                return Int(image.jumps[Int(range.target)])
            }
        }
        return Int(image.jumps[Int(step.target + step.list.count)])
    }

    private func labelGoto(_ step: Code) throws(Stop) {
        let pointer = value(step.a).pointer
        guard pointer.base.number == step.target, pointer.offset >= 0, pointer.offset < Int64(step.list.count) else {
            throw violation(.invalidCall, "the value is no label of this function")
        }
        position = Int(image.jumps[Int(step.list.start) + Int(pointer.offset)])
        try observeBlock(position, steps)
    }

    // MARK: Observation

    func observeBlock(_ at: Int, _ steps: UInt64) throws(Stop) {
        coverage?.note(at)
        guard let observer, let block = translation.blocks[Int32(at)] else { return }
        self.steps = steps
        position = at
        try observer.entered(block, of: frames[depth].function, in: self)
    }

    func observeReturn(_ result: Slot) throws(Stop) {
        let type = program.functions[Int(frames[depth].function)].result
        try observer?.returning(type.map { value(result, $0) }, in: self)
    }

    func observeCall() throws(Stop) {
        coverage?.note(position)
        guard let observer else { return }
        try observer.called(frames[depth].function, in: self)
        try observer.entered(0, of: frames[depth].function, in: self)
    }
}
