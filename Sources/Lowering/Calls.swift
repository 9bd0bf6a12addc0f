// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import LibraryModels
import ProgramIR

/// Calls (C11 6.5.2.2). Arguments are evaluated left to right, the function designator first.
extension FunctionLowering {
    func call(_ node: Node) -> Operand {
        if let result = builtinCall(node) { return result }
        return performCall(node, resultPlace: nil)
    }

    func aggregateCall(_ node: Node) -> MemoryPlace {
        let place = temporary(node.type, site: site(node))
        _ = performCall(node, resultPlace: place)
        return place
    }

    private func performCall(_ node: Node, resultPlace: MemoryPlace?) -> Operand {
        let site = site(node)
        let direct = node.directCallee
        let callee = direct == nil ? rvalue(node.callee) : .none
        let type = direct?.type ?? node.callee.type.pointee
        let arguments = node.arguments
        let declaredCount = type.kind == .function ? type.parameters.count : arguments.count

        var list: [Operand] = []
        if let resultPlace { list.append(address(resultPlace, site: site)) }
        for argument in arguments.prefix(declaredCount) { list.append(self.argument(argument)) }
        if type.kind == .function, type.isVariadic {
            list.append(packVariableArguments(Array(arguments.dropFirst(declaredCount)), site: site))
        }
        let result = node.type.isVoid || resultPlace != nil ? nil : node.type.scalarType
        let types = argumentTypes(type, arguments, hasResultPlace: resultPlace != nil)

        var isNoReturn = type.isNoReturn
        let value: Operand
        if let direct {
            isNoReturn = isNoReturn || direct.isNoReturn
            value = callDirectly(direct, list, types, result: result, site: site)
        } else {
            value = callThroughPointer(callee, list, result: result, site: site)
        }
        if isNoReturn {
            // C11 6.7.4p8: what returns in spite of _Noreturn is undefined; nothing follows the call.
            check(.missingReturn, integer(0), site: site)
            terminate(DraftTerminator(kind: .halt, site: site))
            beginDeadCode()
        }
        return value
    }

    /// An argument as the callee gets it: aggregates as the address of a copy.
    private func argument(_ node: Node) -> Operand {
        guard node.type.isAggregate else { return rvalue(node) }
        let copy = temporary(node.type, site: site(node))
        let source = aggregate(node)
        self.copy(integer(Int128(node.type.size)), from: source, to: copy, site: site(node))
        return copy.base
    }

    private func argumentTypes(_ type: CType, _ arguments: [Node], hasResultPlace: Bool) -> [ScalarType] {
        var types: [ScalarType] = hasResultPlace ? [.pointer] : []
        let parameters = type.kind == .function ? type.parameters : arguments.map(\.type)
        types += parameters.map { $0.isAggregate ? .pointer : $0.scalarType ?? .pointer }
        if type.kind == .function, type.isVariadic { types.append(.pointer) }
        return types
    }

    private func callDirectly(
        _ declaration: Declaration, _ list: [Operand], _ types: [ScalarType], result: ScalarType?, site: SiteID
    ) -> Operand {
        if let intrinsic = intrinsicCall(declaration.name, list, result: result, site: site) { return intrinsic }
        if let (plain, extra) = LibraryModels.unfortified(declaration.name), let model = program.models.definition(of: plain),
            program.options.usesLibraryModels
        {
            // What _FORTIFY_SOURCE adds is a check that the model's own obligations cover.
            return callDirectly(model, Array(list.dropLast(extra)), Array(types.dropLast(extra)), result: result, site: site)
        }
        let target = callee(declaration, site: site)
        let function = program.builder.function(target)
        let parameters = Array(function.registers.prefix(function.parameterCount))
        guard Self.fits(types, parameters), result == nil || result == function.result else {
            if program.definition(of: declaration) == nil {
                return havocMemory(
                    .externalFunction,
                    "'\(declaration.name)' is not defined in the program: it may change any memory and lifetime it can reach, returns any value of its type, and has no undefined behaviour of its own.",
                    type: result, site: site)
            }
            // C11 6.5.2.2p6, p9: the definition has another type than the call expects.
            check(.invalidCall, havoc(.unsigned(1), site: site), site: site)
            return havocMemory(
                .languageSemantics, "The call of '\(declaration.name)' with another type than that of its definition has any effect on memory.",
                type: result, site: site)
        }
        var instruction = Instruction(.call, site: site)
        instruction.target = target
        instruction.list = pool(list)
        if let result = function.result {
            instruction.type = result
            instruction.result = newRegister(result)
        }
        emit(instruction)
        return result == nil ? .none : .register(instruction.result)
    }

    /// The function a call goes to; of a model, the copy for the user's call.
    private func callee(_ declaration: Declaration, site: SiteID) -> FunctionID {
        guard let definition = program.definition(of: declaration), program.isModel(definition) else {
            return program.function(declaration)
        }
        return program.function(definition, call: call ?? program.modelSite(site, name: definition.name))
    }

    /// An argument of the other signedness is fine where the value is in both types, which prototypes grant.
    private static func fits(_ arguments: [ScalarType], _ parameters: [ScalarType]) -> Bool {
        arguments.count == parameters.count && zip(arguments, parameters).allSatisfy { $0 == $1 }
    }

    private func callThroughPointer(_ callee: Operand, _ list: [Operand], result: ScalarType?, site: SiteID) -> Operand {
        var instruction = Instruction(.callPointer, site: site)
        instruction.a = callee
        instruction.list = pool(list)
        if let result {
            instruction.type = result
            instruction.result = newRegister(result)
        }
        emit(instruction)
        return result == nil ? .none : .register(instruction.result)
    }
}
