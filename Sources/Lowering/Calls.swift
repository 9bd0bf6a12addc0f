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
        if let direct, lowerDemand(direct, arguments, site: site) { return .none }
        if let direct, let value = formatCall(direct, node, site: site) { return value }
        let isVariadic = type.kind == .function && type.isVariadic
        let declaredCount = isVariadic ? type.parameters.count : arguments.count
        let result = node.type.isVoid || resultPlace != nil ? nil : node.type.scalarType
        let types = argumentTypes(type, arguments, hasResultPlace: resultPlace != nil)

        func pass() -> Operand {
            var list: [Operand] = []
            if let resultPlace { list.append(address(resultPlace, site: site)) }
            for (index, argument) in arguments.prefix(declaredCount).enumerated() {
                list.append(settled(self.argument(argument), before: arguments.dropFirst(index + 1), site: site))
            }
            if isVariadic {
                list.append(packVariableArguments(Array(arguments.dropFirst(declaredCount)), site: site))
            }
            let value: Operand
            if let direct {
                value = callDirectly(direct, list, types, result: result, site: site)
            } else {
                let called = CalledType(
                    type: type.unqualified, arguments: type.kind == .function ? [] : arguments.map(\.type.unqualified))
                let passed = zip(list, types).map { typed($0, $1, site: site) }
                value = callThroughPointer(callee, passed, called, result: result, site: site)
            }
            if type.isNoReturn || direct?.isNoReturn == true, !isBehindJump {
                // C11 6.7.4p8: what returns in spite of _Noreturn is undefined; nothing follows the call.
                check(.missingReturn, integer(0), site: site)
                terminate(DraftTerminator(kind: .halt, site: site))
                beginDeadCode()
            }
            return value
        }
        // What the call passes in memory ends with it.
        let passesObjects = arguments.count > declaredCount || arguments.contains { $0.type.isAggregate }
        return passesObjects ? inCall(site: site, pass) : pass()
    }

    /// An argument as the callee gets it: aggregates as the address of a copy.
    private func argument(_ node: Node) -> Operand {
        guard node.type.isAggregate else { return rvalue(node) }
        let copy = passedCopy(node.type, site: site(node))
        let source = aggregate(node)
        self.copy(integer(Int128(node.type.size)), from: source, to: copy, site: site(node))
        return copy.base
    }

    /// The types of the arguments as they are passed. Where the call sees a prototype they are those of the parameters.
    private func argumentTypes(_ type: CType, _ arguments: [Node], hasResultPlace: Bool) -> [ScalarType] {
        var types: [ScalarType] = hasResultPlace ? [.pointer] : []
        let isVariadic = type.kind == .function && type.isVariadic
        types += arguments.prefix(isVariadic ? type.parameters.count : arguments.count)
            .map { $0.type.isAggregate ? .pointer : $0.type.scalarType ?? .pointer }
        if isVariadic { types.append(.pointer) }
        return types
    }

    /// A call of a function named in the program, or of the model that stands for it.
    func callDirectly(
        _ declaration: Declaration, _ list: [Operand], _ types: [ScalarType], result: ScalarType?, site: SiteID
    ) -> Operand {
        let own = program.symbols.resolve(declaration)
        if own?.body == nil || !program.isOverridable(declaration.name), !program.isProvided(declaration.name),
            let intrinsic = intrinsicCall(declaration.name, list, result: result, site: site)
        {
            return intrinsic
        }
        if own == nil, !program.isProvided(declaration.name),
            let reason = LibraryModels.reasonNotModelled(declaration.name),
            let value = callWithoutModel(declaration, reason, result: result, site: site)
        {
            return value
        }
        if own == nil, let (plain, extra) = LibraryModels.unfortified(declaration.name),
            let model = program.model(named: plain)
        {
            // What _FORTIFY_SOURCE adds is a check that the model's own obligations cover.
            return callDirectly(
                model, Array(list.dropLast(extra)), Array(types.dropLast(extra)), result: result, site: site)
        }
        if declaration.isWeak, program.definition(of: declaration) == nil {
            check(.nullDereference, havoc(.unsigned(1), site: site), site: site)
        }
        let target = callee(declaration, site: site)
        let function = program.builder.function(target)
        let parameters = Array(function.registers.prefix(function.parameterCount))
        guard let converted = fit(list, types, to: parameters, site: site), result == nil || result == function.result
        else {
            if program.definition(of: declaration) == nil {
                return havocMemory(
                    .externalFunction, ProgramLowering.externalStatement(declaration.name), type: result, site: site)
            }
            return impossibleCall(result: result, site: site)
        }
        return emitCall(target, converted, site: site)
    }

    func emitCall(_ target: FunctionID, _ list: [Operand], site: SiteID) -> Operand {
        var instruction = Instruction(.call, site: site)
        instruction.target = target
        let callee = program.builder.function(target)
        instruction.list = pool(zip(list, callee.registers).map { fitting($0, $1, site: site) })
        let result = callee.result
        if let result {
            instruction.type = result
            instruction.result = newRegister(result)
        }
        emit(instruction)
        return result == nil ? .none : .register(instruction.result)
    }

    /// C11 6.5.2.2p6, p9: the definition has another type than the call expects.
    private func impossibleCall(result: ScalarType?, site: SiteID) -> Operand {
        check(.invalidCall, integer(0), site: site)
        stop(site)
        return result.map { havoc($0, site: site) } ?? .none
    }

    /// The function a call goes to; of a model, the copy for the user's call.
    private func callee(_ declaration: Declaration, site: SiteID) -> FunctionID {
        guard let definition = program.definition(of: declaration), program.isModel(definition) else {
            return program.function(declaration)
        }
        return program.function(definition, call: call ?? program.modelSite(site, name: definition.name))
    }

    /// The arguments as the parameters want them; nil if they do not fit. Without a prototype, a type may have the other
    /// sign as long as the value is in both types (C11 6.5.2.2p6).
    private func fit(
        _ list: [Operand], _ arguments: [ScalarType], to parameters: [ScalarType], site: SiteID
    ) -> [Operand]? {
        guard arguments.count == parameters.count else { return nil }
        let pairs = zip(arguments, parameters)
        for (argument, parameter) in pairs where argument != parameter {
            guard case .integer(let from) = argument, case .integer(let to) = parameter, from.bits == to.bits
            else { return nil }
        }
        for (operand, (argument, parameter)) in zip(list, pairs) where argument != parameter {
            check(.invalidCall, compareIntegers(.lessOrEqual, integer(0), operand, site: site), site: site)
            if case .integer(let type) = parameter, type.isSigned, let maximum = type.maximum {
                check(.invalidCall, compareIntegers(.lessOrEqual, operand, integer(maximum), site: site), site: site)
            }
        }
        return list
    }

    private func callThroughPointer(
        _ callee: Operand, _ list: [Operand], _ type: CalledType, result: ScalarType?, site: SiteID
    ) -> Operand {
        var instruction = Instruction(.callPointer, site: site)
        instruction.a = callee
        instruction.list = pool(list)
        instruction.immediate = program.number(of: type)
        if let result {
            instruction.type = result
            instruction.result = newRegister(result)
        }
        emit(instruction)
        return result == nil ? .none : .register(instruction.result)
    }
}
