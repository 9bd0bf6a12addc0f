// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// What C knows of a call through a pointer: the type of the function that is called, and where that has no prototype
/// those of the arguments after their promotion.
struct CalledType: Hashable {
    var type: CType
    var arguments: [CType] = []

    /// Whether a function may be called so (C11 6.5.2.2p6, p9).
    func fits(_ function: Declaration) -> Bool {
        let own = function.type
        let isOldStyle = own.kind == .functionWithoutPrototype && function.body != nil
        if type.kind == .function, isOldStyle {
            // C11 6.7.6.3p15: the parameters of an old definition count as promoted.
            return !type.isVariadic && type.parameters.count == function.parameters.count
                && TypeComparison.areCompatible(type.result.unqualified, own.result.unqualified)
                && zip(type.parameters, function.parameters).allSatisfy { Self.matches($0, promoted: $1.type) }
        }
        guard TypeComparison.areCompatible(type, own) else { return false }
        guard type.kind == .functionWithoutPrototype, isOldStyle || own.kind == .function else { return true }
        let parameters = isOldStyle ? function.parameters.map(\.type) : own.parameters
        return arguments.count == parameters.count && zip(arguments, parameters).allSatisfy(Self.isPassed)
    }

    private static func matches(_ type: CType, promoted parameter: CType) -> Bool {
        if let name = TypeComparison.promotion(of: parameter) { return type.unqualified.name == name }
        return TypeComparison.areCompatible(type.unqualified, parameter.unqualified)
    }

    /// Without a prototype, pointers to characters and to void stand for each other, and so do the integer types of one size:
    /// whether the value is in both is what the call itself asks.
    private static func isPassed(_ argument: CType, _ parameter: CType) -> Bool {
        if matches(argument, promoted: parameter) { return true }
        if argument.isInteger, parameter.isInteger { return argument.size == max(4, parameter.size) }
        return argument.isPointer && parameter.isPointer && isByte(argument.pointee) && isByte(parameter.pointee)
    }

    private static func isByte(_ type: CType) -> Bool {
        type.isVoid || (type.kind == .integer && type.name.hasSuffix("char"))
    }
}

/// The IR compares classes and widths where a function is called through a pointer; C compares types. Which functions a
/// pointer may lead to is known when the whole program is lowered: then each call gets a check for each of them whose type
/// is not compatible, though the IR's is.
extension ProgramLowering {
    /// The number that stands in a call's `immediate` until its checks are made.
    func number(of type: CalledType) -> Int64 {
        if let known = calledTypeNumbers[type] { return known }
        calledTypes.append(type)
        calledTypeNumbers[type] = Int64(calledTypes.count)
        return Int64(calledTypes.count)
    }

    func checkCalledTypes() {
        if calledTypes.isEmpty { return }
        let candidates = functionsWithAddress().compactMap { id in functionDeclarations[id].map { (id, $0) } }
        let strangers = calledTypes.map { type in candidates.filter { !type.fits($0.1) }.map(\.0) }
        for id in builder.program.functions.indices {
            var function = builder.function(FunctionID(id))
            guard function.instructions.contains(where: { $0.opcode == .callPointer && $0.immediate > 0 }) else {
                continue
            }
            addChecks(to: &function, strangers)
            builder.setFunction(function, FunctionID(id))
        }
    }

    private func addChecks(to function: inout Function, _ strangers: [[FunctionID]]) {
        let old = function.instructions
        function.instructions = []
        for block in function.blocks.indices {
            let first = function.instructions.count
            for var instruction in old[function.blocks[block].instructions.range] {
                if instruction.opcode == .callPointer, instruction.immediate > 0 {
                    let type = Int(instruction.immediate) - 1
                    instruction.immediate = 0
                    for stranger in strangers[type] where hasShape(stranger, of: instruction, in: function) {
                        addCheck(that: instruction, isNotTo: stranger, to: &function)
                    }
                }
                function.instructions.append(instruction)
            }
            function.blocks[block].instructions = PoolRange.stretch(first, function.instructions.count - first)
        }
    }

    private func addCheck(that call: Instruction, isNotTo stranger: FunctionID, to function: inout Function) {
        var comparison = Instruction(.comparePointers, site: call.site)
        comparison.detail = ComparisonOperator.notEqual.rawValue
        comparison.flags = .bases
        comparison.a = call.a
        comparison.b = .function(stranger)
        comparison.result = Register(function.registers.count)
        function.registers.append(.signed(32))
        function.registerNames.append("")
        var check = Instruction(.check, site: call.site)
        check.detail = ObligationKind.invalidCall.rawValue
        check.a = .register(comparison.result)
        function.instructions += [comparison, check]
    }

    /// Whether the IR allows the call: otherwise it is an obligation of the call itself. Too many are no harm.
    private func hasShape(_ id: FunctionID, of call: Instruction, in function: Function) -> Bool {
        let target = builder.function(id)
        let arguments = function.operands[call.list.range]
        guard arguments.count == target.parameterCount || target.isVariadic && arguments.count > target.parameterCount
        else { return false }
        for (type, argument) in zip(target.registers, arguments) {
            if let register = argument.register, function.registers[Int(register)] != type { return false }
        }
        return call.result < 0 || target.result == function.registers[Int(call.result)]
    }
}
