// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// What undefined behaviour was, in the words of C, with the values involved.
extension Machine {
    func describe(_ type: IntegerType) -> String {
        switch (type.bits, type.isSigned) {
        case (8, true): "signed char"
        case (8, false): "unsigned char"
        case (16, true): "short"
        case (16, false): "unsigned short"
        case (32, true): "int"
        case (32, false): "unsigned int"
        case (64, true): "long"
        case (64, false): "unsigned long"
        default: "a \(type.isSigned ? "signed" : "unsigned") integer of \(type.bits) bits"
        }
    }

    /// What a pointer points to.
    func describe(_ pointer: Pointer) -> String {
        if pointer.isNull { return pointer.offset == 0 ? "a null pointer" : "a pointer to address \(pointer.offset)" }
        if memory.pointee.isNowhere(pointer) { return "a pointer to \(name(of: pointer))" }
        return pointer.offset == 0
            ? "the address of \(name(of: pointer))" : "byte \(pointer.offset) of \(name(of: pointer))"
    }

    /// The object, by its name or where it was made.
    func name(of pointer: Pointer) -> String {
        if let function = memory.pointee.function(of: pointer.base.number) {
            return "function '\(program.functions[Int(function)].name)'"
        }
        if memory.pointee.isNowhere(pointer) {
            return "address \(Memory.address(of: pointer)), where no object is"
        }
        let record = memory.pointee.objects[Int(pointer.base.number)]
        if record.declaration >= 0 {
            let object = program.objects[Int(record.declaration)]
            return object.name == "string literal" ? "a string literal" : "'\(object.name)'"
        }
        let line = program.sites[Int(record.site)].line
        return record.isAlive ? "the memory allocated at line \(line)" : "the memory freed at line \(line)"
    }

    func describe(_ kind: ObligationKind, _ access: Memory.Access, _ pointer: Pointer, _ count: Int) -> String {
        let size = memory.pointee.objects[Int(pointer.base.number)].size
        let verb = access == .read ? "read" : "written"
        let what = count == 1 ? "a byte is \(verb)" : "\(count) bytes are \(verb)"
        switch kind {
        case .nullDereference:
            return pointer.offset == 0 ? "the pointer is null" : "the pointer is null plus \(pointer.offset)"
        case .useAfterFree, .danglingPointer: return "\(name(of: pointer)) does not exist any more"
        case .misalignedAccess: return "\(describe(pointer)) is not aligned for the access"
        case .writeToConstant: return "\(name(of: pointer)) must not be changed"
        default:
            if memory.pointee.isNowhere(pointer) { return "\(what) at \(name(of: pointer))" }
            return "\(what) at offset \(pointer.offset) of \(name(of: pointer)), which has \(size)"
        }
    }

    func invalidFree(_ pointer: Pointer) -> Stop {
        let record = memory.pointee.objects[Int(pointer.base.number)]
        if record.kind == .heap, !record.isAlive {
            return violation(.invalidFree, "\(name(of: pointer)) is freed a second time", weakness: 415)
        }
        if record.kind == .heap {
            return violation(.invalidFree, "\(describe(pointer)) is freed, which is not its start", weakness: 761)
        }
        return violation(.invalidFree, "\(describe(pointer)) is freed, which malloc did not give", weakness: 590)
    }

    // MARK: Failed steps

    private func type(_ step: Code) -> IntegerType { IntegerType(bits: step.width, isSigned: step.isSigned) }

    func overflow(_ at: Int, _ frame: UnsafeMutablePointer<Slot>) -> Stop {
        position = at
        let step = image.code[at]
        let (a, b) = (value(step.a), value(step.b))
        let sign = ["+", "-", "*", "/", "%", "<<", ">>", "&", "|", "^"][Int(min(step.detail, 9))]
        return violation(.signedOverflow, "\(a) \(sign) \(shown(b)) does not fit \(describe(type(step)))")
    }

    private func shown(_ number: Slot) -> String { number < 0 ? "(\(number))" : "\(number)" }

    func divisionByZero(_ at: Int, _ frame: UnsafeMutablePointer<Slot>) -> Stop {
        position = at
        return violation(.divisionByZero, "\(value(image.code[at].a)) is divided by 0")
    }

    func invalidShift(_ at: Int, _ frame: UnsafeMutablePointer<Slot>) -> Stop {
        position = at
        let step = image.code[at]
        let (number, count) = (value(step.a), value(step.b))
        if count < 0 || count >= Slot(step.width) {
            return violation(.invalidShift, "\(describe(type(step))) is shifted by \(count)")
        }
        return violation(.invalidShift, "\(shown(number)) << \(count) does not fit \(describe(type(step)))")
    }

    func invalidOffset(_ at: Int, _ frame: UnsafeMutablePointer<Slot>) -> Stop {
        position = at
        let step = image.code[at]
        let pointer = value(step.a).pointer, bytes = value(step.b).multipliedReportingOverflow(by: Slot(step.immediate))
        let record = memory.pointee.objects[Int(pointer.base.number)]
        let sum = "\(describe(pointer)) plus \(shown(bytes.partialValue)) bytes"
        if pointer.isNull || record.kind == .none || !record.isAlive {
            return violation(.pointerArithmetic, "\(sum) is in no object")
        }
        return violation(.pointerArithmetic, "\(sum) is outside of the \(record.size) bytes")
    }

    func tooManySteps(_ at: Int) -> Stop {
        position = at
        return .limit("more than \(limits.steps) steps")
    }

    func failedAccess(_ at: Int, _ frame: UnsafeMutablePointer<Slot>) -> Stop {
        position = at
        let step = image.code[at]
        let access: Memory.Access = step.operation == .storeInteger || step.operation == .storePointer ? .write : .read
        let pointer = value(step.a).pointer + Int(step.immediate), count = Int(step.width / 8)
        if let kind = memory.pointee.fault(
            access, base: pointer.base.number, offset: pointer.offset, count: Int64(count), alignment: step.alignment)
        {
            return violation(kind, describe(kind, access, pointer, count))
        }
        return uninitialised(pointer)
    }

    func uninitialised(_ pointer: Pointer) -> Stop {
        violation(.uninitializedRead, "byte \(pointer.offset) of \(name(of: pointer)) has no value yet")
    }

    func failedCheck(_ at: Int) -> Stop {
        position = at
        let step = image.code[at]
        let kind = ObligationKind(rawValue: step.detail) ?? .assertion
        let site = program.sites[Int(translation.sites[at])]
        let expression = program.strings[Int(site.expression)], library = program.strings[Int(site.model)]
        switch kind {
        case .assertion where expression.hasPrefix("__builtin_unreachable"):
            return violation(kind, "__builtin_unreachable was reached")
        case .assertion: return violation(kind, "the asserted condition is false")
        case .missingReturn:
            return violation(kind, "the function ends without a value that is used, or returns and must not")
        case .uninitializedRead: return violation(kind, "\(variable(of: step) ?? "a variable") was never given a value")
        case .unsupported:
            return violation(kind, "the analysis does not support \(expression.isEmpty ? "this" : "'\(expression)'")")
        default:
            let demand = library.isEmpty ? "a demand of C" : "a condition that '\(library)' demands"
            return violation(kind, "\(demand) does not hold")
        }
    }

    /// The variable whose flag a check demands: the lowering calls the flag of x "x is set".
    private func variable(of check: Code) -> String? {
        let names = program.functions[Int(frames[depth].function)].registerNames
        guard check.a >= 0, names.indices.contains(Int(check.a)), names[Int(check.a)].hasSuffix(" is set") else {
            return nil
        }
        return "'\(names[Int(check.a)].dropLast(" is set".count))'"
    }
}
