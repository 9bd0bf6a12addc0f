// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// Conversions between scalar types (C11 6.3).
extension FunctionLowering {
    func convert(_ operand: Operand, from: CType, to: CType, site: SiteID) -> Operand {
        guard let source = from.scalarType, let target = to.scalarType else {
            return unsupportedConversion(from, to, site)
        }
        if to.isBoolean {
            let isTruthValue = from.isBoolean || operand.register.map(truthValues.contains) ?? false
            return isTruthValue ? operand : isNotZero(operand, source, site: site)
        }
        switch (source, target) {
        case (.integer(let a), .integer(let b)):
            return contains(b, a) ? operand : convert(operand, to: b, site: site)
        case (.integer, .float(let format)):
            if let constant = constant(operand), let exact = Double(exactly: constant), format == .binary64 {
                return float(exact)
            }
            return value(.integerToFloat, .float(format), site) { $0.a = operand }
        case (.float, .integer): return value(.floatToInteger, target, site) { $0.a = operand }
        case (.float(let a), .float(let b)):
            if a == b { return operand }
            return value(.convertFloat, target, site) { $0.a = operand }
        case (.pointer, .integer): return value(.pointerToInteger, target, site) { $0.a = operand }
        case (.integer, .pointer):
            if constant(operand) == 0 { return .null }
            return value(.integerToPointer, .pointer, site) { $0.a = operand }
        case (.pointer, .pointer): return operand
        case (.pointer, .float), (.float, .pointer): return unsupportedConversion(from, to, site)
        }
    }

    private func contains(_ outer: IntegerType, _ inner: IntegerType) -> Bool {
        if outer.isSigned == inner.isSigned { return outer.bits >= inner.bits }
        return outer.isSigned && outer.bits > inner.bits
    }

    /// The operand, reduced into the type unless it is known to be in its range. What memory and registers hold is in the
    /// range of their types: a bit-field keeps as many bits as it has (C11 6.7.2.1p10).
    func fitting(_ operand: Operand, _ type: ScalarType, site: SiteID) -> Operand {
        guard case .integer(let integer) = type else { return operand }
        if constant(operand) != nil { return convert(operand, to: integer, site: site) }
        guard let register = operand.register, case .integer(let source) = registers[Int(register)],
            !contains(integer, truthValues.contains(register) ? .unsigned(1) : source)
        else { return operand }
        return convert(operand, to: integer, site: site)
    }

    /// The operand in a register of just this type, as a call through a pointer passes it.
    func typed(_ operand: Operand, _ type: ScalarType, site: SiteID) -> Operand {
        switch type {
        case .pointer: return operand
        case .integer, .float:
            if let register = operand.register, registers[Int(register)] == type { return operand }
            let result = newRegister(type)
            move(operand, to: result, site: site)
            return .register(result)
        }
    }

    func isNotZero(_ operand: Operand, _ type: ScalarType, site: SiteID) -> Operand {
        switch type {
        case .integer: compareIntegers(.notEqual, operand, integer(0), site: site)
        case .pointer: comparePointers(.notEqual, operand, .null, site: site)
        case .float: compareFloats(.notEqual, operand, float(0), site: site)
        }
    }

    private func unsupportedConversion(_ from: CType, _ to: CType, _ site: SiteID) -> Operand {
        guard let location = declaration?.location else { return .null }
        return unsupported("conversion of \(from) to \(to)", at: location, type: to.scalarType)
    }

    /// A cast whose operand and result are scalars.
    func cast(_ node: Node) -> Operand {
        let operand = node.child(0)!
        switch node.castKind {
        case .lValueToRValue: return load(place(operand), site: site(node))
        case .atomicToNonAtomic where operand.isLValue: return load(place(operand), site: site(node))
        case .noOperation, .bitCast, .atomicToNonAtomic, .nonAtomicToAtomic, .addressSpaceConversion:
            return node.type.scalarType == .pointer || operand.type.scalarType == node.type.scalarType
                ? rvalue(operand) : convert(rvalue(operand), from: operand.type, to: node.type, site: site(node))
        case .arrayToPointer: return address(addressedPlace(operand), site: site(node))
        case .functionToPointer, .builtinToPointer: return functionPointer(operand)
        case .nullToPointer:
            _ = operand.type.isVoid ? .none : rvalue(operand)
            return .null
        case .toVoid:
            discard(operand)
            return .none
        case .booleanToSignedInteger:
            return negate(rvalue(operand), node.type.scalarType ?? .signed(32), site: site(node))
        case .integerToPointer, .pointerToInteger, .pointerToBoolean, .integerCast, .integerToBoolean,
            .integerToFloating, .floatingToInteger, .floatingToBoolean, .floatingCast:
            return convert(rvalue(operand), from: operand.type, to: node.type, site: site(node))
        case .floatingComplexToReal, .integerComplexToReal:
            return load(.memory(aggregate(operand).element(0)), site: site(node))
        case .floatingComplexToBoolean, .integerComplexToBoolean: return complexIsNotZero(operand, site: site(node))
        case .lValueToRValueBitCast, .lValueBitCast:
            var place = memoryPlace(operand)
            place.type = node.type
            return load(.memory(place), site: site(node))
        case .other, .toUnion, .vectorSplat, .floatingRealToComplex, .floatingComplexCast,
            .floatingComplexToIntegerComplex, .integerRealToComplex, .integerComplexCast,
            .integerComplexToFloatingComplex:
            return unsupported("cast to \(node.type)", at: node.location, type: node.type.scalarType)
        }
    }

    /// The pointer that a function designator turns into.
    func functionPointer(_ node: Node) -> Operand {
        switch node.kind {
        case .declarationReference where node.declaration.kind == .function:
            let function = Operand.function(program.addressTakenFunction(node.declaration, at: site(node)))
            guard node.declaration.isWeak, program.definition(of: node.declaration) == nil else { return function }
            // A weak reference that nothing defines may be null.
            return nullOr(function, site: site(node))
        case .unary where node.unaryOperator == .dereference: return rvalue(node.child(0)!)
        case .cast where node.castKind == .noOperation || node.castKind == .builtinToPointer:
            return functionPointer(node.child(0)!)
        default: return rvalue(node)
        }
    }

    private func nullOr(_ pointer: Operand, site: SiteID) -> Operand {
        let result = newRegister(.pointer)
        let (some, none, end) = (newBlock(), newBlock(), newBlock())
        branch(havoc(.unsigned(1), site: site), some, none, site: site)
        begin(some, site: site)
        move(pointer, to: result, site: site)
        jump(to: end, site: site)
        begin(none, site: site)
        move(.null, to: result, site: site)
        begin(end, site: site)
        return .register(result)
    }
}
