// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// Local declarations and parameters.
extension FunctionLowering {
    func declare(_ item: Declaration) {
        switch item.kind {
        case .typedef: evaluateLengths(item.type)
        case .variable: declareVariable(item)
        case .function, .record, .enumeration, .staticAssertion, .label, .other, .field, .enumerationConstant,
            .parameter,
            .fileAssembly:
            break
        case .unknown: _ = unsupported("declaration", at: item.location)
        }
    }

    private func declareVariable(_ item: Declaration) {
        guard item.storageDuration == .automatic else { return }
        let site = site(item.location)
        evaluateLengths(item.type)
        if item.type.kind == .variableArray {
            declareVariableArray(item, site: site)
        } else if let type = registerType(of: item) {
            let register = variableRegister(item, type)
            guard let initializer = item.initializer else {
                resetPoints.append(point(of: register))
                if let flag = flags[register] { move(integer(0), to: flag, site: site) }
                return
            }
            fullExpression(initializer) { set(register, of: item, to: initializer, site: site) }
            return
        } else {
            let object: Operand
            if case .memory(let known)? = variables[item] {
                object = known
            } else {
                object = newObject(
                    item.name, size: item.type.size, alignment: UInt16(clamping: max(1, item.objectAlignment)),
                    site: site)
                variables[item] = .memory(object)
            }
            let place = MemoryPlace(base: object, type: item.type)
            if let initializer = item.initializer {
                fullExpression(initializer) { initialize(place, with: initializer) }
            } else if isReachedAgain {
                forget(place, site: site)
            }
        }
        if item.cleanupFunction != nil { _ = unsupported("cleanup attribute", at: item.location) }
    }

    /// Whether a jump to a label may lead to the place where lowering stands without leaving the block.
    private var isReachedAgain: Bool { labels.values.contains { isInside(blocks[$0].scope, scope) } }

    /// A variable has no value when its declaration is reached again (C11 6.2.4p6): it becomes what an object is at first.
    private func forget(_ place: MemoryPlace, site: SiteID) {
        let fresh = newObject(
            "indeterminate value", size: place.type.size, alignment: place.type.accessAlignment, site: site)
        copy(
            integer(Int128(place.type.size)), from: MemoryPlace(base: fresh, type: place.type), to: place, site: site)
    }

    /// The type of the register a variable can live in.
    func registerType(of item: Declaration) -> ScalarType? {
        guard !memoryVariables.contains(item), !item.type.isVolatile, item.machineRegister == nil,
            item.cleanupFunction == nil, item.type.kind != .atomic || !item.type.element.isVolatile
        else { return nil }
        return item.type.scalarType
    }

    private func variableRegister(_ item: Declaration, _ type: ScalarType) -> Register {
        let register = newRegister(type, name: item.name)
        variables[item] = .register(register)
        variableRegisters.append((register, item))
        registerVariables[register] = item
        if flaggedVariables.contains(item) {
            flags[register] = newRegister(.unsigned(1), name: item.name.isEmpty ? "" : item.name + " is set")
        }
        scopes[scope].registers.append(register)
        return register
    }

    // MARK: The whole body

    func lowerBody(_ body: Node) {
        guard let declaration else { return }
        guard let signature = Signature(of: declaration) else {
            _ = unsupported("type of function '\(declaration.name)'", at: declaration.location)
            terminate(DraftTerminator(kind: .halt, site: functionSite))
            return
        }
        self.signature = signature
        for type in signature.registers { _ = newRegister(type) }
        collectAddressedLabels(body)
        inScope(site: functionSite) {
            bindParameters(declaration, signature)
            for node in body.children { statement(node) }
            endOfBody(body, declaration, signature)
        }
        // What follows the scope is not reached: the body ends in a return.
        terminate(DraftTerminator(kind: .halt, site: functionSite))
    }

    private func endOfBody(_ body: Node, _ declaration: Declaration, _ signature: Signature) {
        guard isReachable(current), blocks[current].terminator == nil else { return }
        let site = site(body.end)
        var terminator = DraftTerminator(kind: .return, site: site)
        if !neverReturns(site: site), signature.returnsValue {
            if declaration.name == "main" {
                // C11 5.1.2.2.3p1.
                terminator.operand = signature.result.map(zero) ?? .none
            } else {
                terminator.operand = missingValue(signature, site: site)
            }
        }
        terminate(terminator)
        beginDeadCode()
    }

    private func bindParameters(_ declaration: Declaration, _ signature: Signature) {
        var index = 0
        if signature.returnsThroughMemory {
            resultAddress = .register(0)
            index = 1
        }
        for parameter in declaration.parameters {
            bind(parameter, to: Register(index))
            index += 1
        }
        if signature.isVariadic { variableArguments = .register(Register(index)) }
        for parameter in declaration.parameters { evaluateLengths(parameter.writtenType) }
    }

    private func bind(_ parameter: Declaration, to register: Register) {
        let site = site(parameter.location)
        registerNames[Int(register)] = parameter.name
        if parameter.type.isAggregate {
            // The caller passed a copy: it is the parameter.
            variables[parameter] = .memory(.register(register))
            return
        }
        guard let type = parameter.type.scalarType else { return }
        var value = Operand.register(register)
        if registers[Int(register)] != type { value = narrow(value, registers[Int(register)], type, site: site) }
        if registerType(of: parameter) != nil {
            if value == .register(register), !assignedParameters.contains(parameter) {
                variables[parameter] = .register(register)
                return
            }
            let copy = newRegister(type, name: parameter.name)
            move(value, to: copy, site: site)
            variables[parameter] = .register(copy)
            registerVariables[copy] = parameter
            return
        }
        let object = newObject(
            parameter.name, size: parameter.type.size, alignment: parameter.type.accessAlignment, site: site)
        variables[parameter] = .memory(object)
        store(value, to: .memory(MemoryPlace(base: object, type: parameter.type)), site: site)
    }

    /// An old-style parameter arrives promoted (C11 6.9.1p10).
    private func narrow(_ value: Operand, _ from: ScalarType, _ to: ScalarType, site: SiteID) -> Operand {
        switch to {
        case .integer(let type): convert(value, to: type, site: site)
        case .float: self.value(.convertFloat, to, site) { $0.a = value }
        case .pointer: value
        }
    }
}
