// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

extension Machine {
    func comparePointers(_ step: Code) throws(Stop) -> Bool {
        let a = value(step.a).pointer, b = value(step.b).pointer
        switch ComparisonOperator(rawValue: step.detail) {
        case .equal, nil: return isEqual(a, b, step)
        case .notEqual: return !isEqual(a, b, step)
        case .less, .lessOrEqual:
            let isLess = step.detail == ComparisonOperator.less.rawValue
            if a.base == b.base, !a.isNull { return isLess ? a.offset < b.offset : a.offset <= b.offset }
            try tolerate(violation(.pointerComparison, "\(describe(a)) is compared with \(describe(b))"))
            let (first, second) = (Memory.address(of: a), Memory.address(of: b))
            return isLess ? first < second : first <= second
        }
    }

    /// Null equals null whatever the offsets; pointers to different objects differ, though the meaning leaves it open.
    private func isEqual(_ a: Pointer, _ b: Pointer, _ step: Code) -> Bool {
        guard a.base == b.base else { return false }
        return a.isNull || step.flags.contains(.bases) || a.offset == b.offset
    }

    func difference(_ step: Code) throws(Stop) -> Slot {
        let a = value(step.a).pointer, b = value(step.b).pointer
        guard a.base == b.base, memory.pointee.objects[Int(a.base.number)].kind != .none else {
            throw violation(.pointerComparison, "\(describe(b)) is subtracted from \(describe(a))")
        }
        return (Slot(a.offset) - Slot(b.offset)) / Slot(step.immediate)
    }

    // MARK: Calls

    func callPointer(_ step: Code) throws(Stop) {
        let pointer = value(step.a).pointer
        if pointer.isNull { throw violation(.nullDereference, "the function pointer is null") }
        guard let function = memory.pointee.function(of: pointer.base.number), pointer.offset == 0 else {
            throw violation(.invalidCall, "\(describe(pointer)) is called, which is no function")
        }
        guard translation.fits(function, position) else {
            throw violation(
                .invalidCall, "'\(program.functions[Int(function)].name)' has another type than the call expects")
        }
        if translation.functions[Int(function)].provided >= 0 { return try callProvided(function, step) }
        try call(function, step)
        for index in 0..<Int(translation.functions[Int(function)].parameterCount) {
            frame[index] = argument(frame[index], index, of: function, step)
        }
        try observeCallIfAny()
    }

    /// A float constant in the format of the parameter: which function a step calls is not known before it is executed.
    private func argument(_ value: Slot, _ index: Int, of function: FunctionID, _ step: Code) -> Slot {
        guard step.operation == .callPointer, translation.lists[Int(step.list.start) + index] < 0,
            program.functions[Int(function)].registers[index] == .float(.extended80)
        else { return value }
        return Slot(Extended(value.double))
    }

    private func observeCallIfAny() throws(Stop) {
        if observer != nil || coverage != nil { try observeCall() }
    }

    /// Enters a function with the arguments of a step.
    func call(_ function: FunctionID, _ step: Code) throws(Stop) {
        let caller = frame
        let count = Int(translation.functions[Int(function)].parameterCount)
        let call = position
        try enter(function, from: call, result: step.result)
        let callee = frame
        let first = Int(step.list.start)
        for index in 0..<count {
            let operand = translation.lists[first + index]
            callee[index] = operand >= 0 ? caller[Int(operand)] : image.constants[Int(operand)]
        }
    }

    /// Leaves the running function; false: it was the entry.
    func leave(_ result: Slot) throws(Stop) -> Bool {
        let left = frames[depth]
        let code = translation.functions[Int(left.function)]
        if code.localCount > 0 { try endLocals(of: left, code) }
        if memory.pointee.deathsSinceRecycling >= Memory.deathsBetweenRecyclings, !limits.isReproducible { recycle() }
        if left.returnPosition < 0 { return false }
        depth -= 1
        top = left.start
        if left.result >= 0 { frame[Int(left.result)] = result }
        position = Int(left.returnPosition) + 1
        return true
    }

    private func endLocals(of frame: Frame, _ code: FunctionCode) throws(Stop) {
        let first = slots + frame.start + Int(code.registerCount)
        for index in 0..<Int(code.localCount) where first[index] != 0 { try endLocal(first + index) }
    }

    /// The lifetime of an automatic object ends: its slot is 0 where it is not alive.
    func endLocal(_ slot: UnsafeMutablePointer<Slot>) throws(Stop) {
        let object = slot.pointee.base
        slot.pointee = 0
        if observer != nil { try observer?.ended(Base(object), in: self) }
        let isHidden = translation.hasHiddenAddress(memory.pointee.objects[Int(object)].declaration)
        memory.pointee.end(object, site: translation.sites[position])
        // No pointer to it was ever made.
        if isHidden, observer == nil, !limits.isReproducible { memory.pointee.vacate(object) }
    }

    private func recycle() {
        // The frame of the function that is being left is still there; that only keeps more.
        let used = min(top, limits.slots)
        memory.pointee.recycle(slots: UnsafeBufferPointer(start: slots, count: used))
    }

    /// A function of the library: the arguments with the types of its parameters.
    func callProvided(_ function: FunctionID, _ step: Code) throws(Stop) {
        let callee = program.functions[Int(function)]
        var arguments: [Value] = []
        for index in 0..<Int(step.list.count) {
            let slot = value(translation.lists[Int(step.list.start) + index])
            guard index < callee.parameterCount else {
                arguments.append(value(slot, .pointer))
                continue
            }
            arguments.append(value(argument(slot, index, of: function, step), callee.registers[index]))
        }
        let provided = providedFunctions[Int(translation.functions[Int(function)].provided)]
        let depth = self.depth, call = position
        let result = try provided.function(self, HostArguments(values: arguments))
        // A jump out of it goes on elsewhere.
        if self.depth != depth || position != call { return }
        if step.result >= 0 {
            guard let result, let type = callee.result else {
                throw .unsupported("'\(provided.name)' is declared with a result that it does not have")
            }
            set(step, converted(result, to: type))
        }
        position += 1
    }

    /// A result as the declaration has it.
    private func converted(_ result: Value, to type: ScalarType) -> Slot {
        switch (result, type) {
        case (.integer(let number), .integer(let integer)):
            return integer.number(UInt128(truncatingIfNeeded: number))
        case (.float(let number), .float(.extended80)): return Slot(Extended(number))
        case (.float(let number), .float(.binary32)): return Slot(Double(Float(number)))
        case (.extended(let number), .float(.binary64)): return Slot(Double(number))
        default: return slot(result)
        }
    }
}
