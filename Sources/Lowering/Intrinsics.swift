// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// The functions that tests and library models use to say what C cannot. DESIGN.md section 9 names them; the models'
/// ai.h states their meaning.
extension FunctionLowering {
    /// The result of an intrinsic, nil if the function is none.
    func intrinsicCall(_ name: String, _ list: [Operand], result: ScalarType?, site: SiteID) -> Operand? {
        if name.hasPrefix("__ai_") { return ownIntrinsic(name, list, result, site) }
        if name == "__VERIFIER_nondet_bool", let result { return truthValue(result, site: site) }
        if name.hasPrefix("__VERIFIER_nondet_"), let result { return havoc(result, site: site) }
        switch name {
        case "reach_error", "__VERIFIER_error":
            check(.assertion, integer(0), site: site)
            stop(site)
        case "__assert_fail", "__assert", "__assert_perror_fail":
            check(.assertion, integer(0), site: site)
            stop(site)
        // Who executes the program wants to know how it ends.
        case "abort" where !program.installsHandlers && !program.isExecuted: stop(site)
        default: return nil
        }
        return .some(.none)
    }

    private func ownIntrinsic(_ name: String, _ list: [Operand], _ result: ScalarType?, _ site: SiteID) -> Operand? {
        switch (name, list.count) {
        case ("__ai_any_bytes", 2), ("__ai_write", 2): rangeOperation(.scramble, list[0], length: list[1], site: site)
        case ("__ai_any_bool", 0): return result.map { truthValue($0, site: site) }
        case (_, 0) where name.hasPrefix("__ai_any_"): return result.map { havoc($0, site: site) }
        case ("__ai_exit", 0):
            runShutdownFunctions(site: site)
            stop(site)
        case ("__ai_run_destructors", 0): runShutdownFunctions(site: site)
        case ("__ai_allocate", 1): return allocate(list[0], site: site)
        case ("__ai_object", 1): return permanentObject(list[0], site: site)
        case ("__ai_free", 1):
            var instruction = Instruction(.free, site: site)
            instruction.a = list[0]
            emit(instruction)
        case ("__ai_copy", 3):
            rangeOperation(.copy, list[0], source: list[1], length: list[2], site: site)
        case ("__ai_fill", 3):
            let byte = convert(list[1], to: .unsigned(8), site: site)
            rangeOperation(.fill, list[0], source: byte, length: list[2], site: site)
        case ("__ai_read", 2): rangeOperation(.probe, list[0], length: list[1], site: site)
        case ("__ai_object_size", 1): return convert(objectSize(list[0], site: site), to: .unsigned(64), site: site)
        case ("__ai_same_object", 2): return isSameObject(list[0], list[1], site: site)
        default: return nil
        }
        return .some(.none)
    }

    /// 0 or 1.
    private func truthValue(_ type: ScalarType, site: SiteID) -> Operand {
        let bit = havoc(.unsigned(1), site: site)
        guard case .integer(let integer) = type else { return havoc(type, site: site) }
        return convert(bit, to: integer, site: site)
    }

    /// The bytes from a pointer to the end of its object.
    func objectSize(_ pointer: Operand, site: SiteID) -> Operand {
        value(.objectSize, .signed(128), site) { $0.a = pointer }
    }

    /// 1 if both pointers have the same base, whatever their offsets.
    func isSameObject(_ p: Operand, _ q: Operand, site: SiteID) -> Operand {
        value(.comparePointers, .signed(32), site) {
            $0.detail = ComparisonOperator.equal.rawValue
            $0.flags = .bases
            $0.a = p
            $0.b = q
        }
    }

    /// The execution ends, without fault.
    func stop(_ site: SiteID) {
        terminate(DraftTerminator(kind: .halt, site: site))
        beginDeadCode()
    }

    /// Executions in which the condition does not hold end here: they chose a value that is not asked about.
    func assume(_ condition: Operand, site: SiteID) {
        let (go, end) = (newBlock(), newBlock())
        branch(condition, go, end, site: site)
        begin(end, site: site)
        terminate(DraftTerminator(kind: .halt, site: site))
        begin(go, site: site)
    }

    func allocate(_ size: Operand, site: SiteID) -> Operand {
        let result = value(.allocate, .pointer, site) {
            $0.c = size
            $0.alignment = 16
        }
        if program.options.assumesAllocationSucceeds {
            assumeWorld(
                comparePointers(.notEqual, result, .null, site: site), .allocation, "Memory allocation succeeds.",
                site: site)
        }
        return result
    }

    /// An object nobody can free. It is a heap object that is never null.
    private func permanentObject(_ size: Operand, site: SiteID) -> Operand {
        let result = value(.allocate, .pointer, site) {
            $0.c = size
            $0.alignment = 16
        }
        assumeWorld(
            comparePointers(.notEqual, result, .null, site: site), .libraryModel,
            "The memory that the system provides for the program's arguments and the library's own objects is there, and the program does not free it.",
            site: site)
        return result
    }

    func assumeWorld(_ condition: Operand, _ kind: AssumptionKind, _ statement: String, site: SiteID) {
        var instruction = Instruction(.assume, site: site)
        instruction.a = condition
        instruction.target = program.builder.assumption(kind, statement)
        emit(instruction)
    }

    /// An operation on `length` bytes that has no obligation when there are none.
    func rangeOperation(
        _ opcode: Opcode, _ target: Operand, source: Operand = .none, length: Operand, site: SiteID
    ) {
        if constant(length) == 0 { return }
        let isKnown = constant(length) != nil
        let (work, end) = (newBlock(), newBlock())
        if !isKnown {
            branch(compareIntegers(.notEqual, length, integer(0), site: site), work, end, site: site)
            begin(work, site: site)
        }
        var instruction = Instruction(opcode, site: site)
        instruction.a = target
        instruction.b = source
        instruction.c = length
        emit(instruction)
        if !isKnown { begin(end, site: site) }
    }
}
