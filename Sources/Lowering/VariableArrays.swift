// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// sizeof and kin, and types whose size is known only at run time (C11 6.7.6.2).
extension FunctionLowering {
    /// Evaluates the lengths of variable arrays in a type, where the type is declared: each must be positive (C11
    /// 6.7.6.2p5). Later uses read the values; so do declarations by a name of the type, or by `typeof`.
    func evaluateLengths(_ type: CType) {
        guard type.isVariablyModified else { return }
        switch type.kind {
        case .variableArray:
            evaluateLengths(type.element)
            guard let length = type.lengthExpression, variableLengths[length] == nil,
                let integerType = length.type.scalarType
            else { return }
            let saved = newRegister(integerType), place = site(length)
            fullExpression(length) { move(rvalue(length), to: saved, site: place) }
            check(.vlaSize, compareIntegers(.less, integer(0), .register(saved), site: place), site: place)
            variableLengths[length] = .register(saved)
        case .pointer, .constantArray, .incompleteArray, .atomic: evaluateLengths(type.element)
        case .function, .functionWithoutPrototype: evaluateLengths(type.result)
        default: break
        }
    }

    /// The size of a type in bytes, exact.
    func size(of type: CType, site: SiteID) -> Operand {
        switch type.kind {
        case .variableArray:
            guard let count = length(of: type) else { return integer(0) }
            return exactProduct(count, size(of: type.element, site: site), site: site)
        case .constantArray where type.isVariablyModified:
            return exactProduct(integer(Int128(type.count)), size(of: type.element, site: site), site: site)
        default: return integer(Int128(elementSize(type)))
        }
    }

    /// The number of elements of a variable array; nil for [*].
    func length(of type: CType) -> Operand? {
        guard let length = type.lengthExpression else { return nil }
        if variableLengths[length] == nil { evaluateLengths(type) }
        return variableLengths[length] ?? integer(0)
    }

    func declareVariableArray(_ item: Declaration, site: SiteID) {
        let size = size(of: item.type, site: site)
        let alignment = UInt16(clamping: max(1, item.type.alignment))
        let index = addLocal(item.name, size: -1, alignment: alignment, site: site)
        variables[item] = .memory(.object(Self.localBase + Int32(index)))
        openDynamicScope(object: index, size: size, site: site)
    }

    func measure(_ node: Node) -> Operand {
        if let value = node.constantValue?.unsigned, let exact = Int128(exactly: value) { return integer(exact) }
        let site = site(node)
        guard node.measure == .size else {
            return unsupported("alignment of a variable type", at: node.location, type: node.type.scalarType)
        }
        // The operand is evaluated where its type is a variable array (C11 6.5.3.4p2).
        if let operand = node.child(0) { discard(operand) }
        return convert(size(of: node.measuredType, site: site), to: .unsigned(64), site: site)
    }

    func offsetOf(_ node: Node) -> Operand {
        if let value = node.constantValue?.unsigned, let exact = Int128(exactly: value) { return integer(exact) }
        let site = site(node)
        var type = node.offsetRecord
        var total = integer(0)
        for component in node.offsetComponents {
            let step: Operand
            switch component {
            case .field(let field):
                step = integer(Int128(field.bitOffset / 8))
                type = field.type
            case .index(let index):
                type = type.element
                step = arithmetic(
                    .multiply, convert(rvalue(index), to: .unsigned(64), site: site), integer(Int128(type.size)),
                    type: .unsigned(64), site: site)
            }
            total = arithmetic(.add, total, step, type: .unsigned(64), site: site)
        }
        return total
    }

    /// alloca: memory that lives until the function returns.
    ///
    /// The object is alive from the start of the function, so that every path has the same objects; the call ends it and
    /// starts it anew in its size. Where the call is repeated the memory that it gave before counts as gone: to use that is
    /// an alarm, though it need not be a mistake.
    func allocateOnStack(_ arguments: [Node], site: SiteID) -> Operand {
        let size = rvalue(arguments[0])
        arguments.dropFirst().forEach(discard)
        let bits = arguments.dropFirst().first.flatMap(ConstantFolder.integer)?.unsigned
        let index = addLocal(
            "memory of alloca", size: -1, alignment: bits.map { UInt16(min(max(1, $0 / 8), 1 << 15)) } ?? 16, site: site
        )
        scopes[Self.bodyScope].objects.append(index)
        emit(lifetime(.end, index, site))
        var start = lifetime(.start, index, site)
        start.c = size
        emit(start)
        return .object(Self.localBase + Int32(index))
    }
}
