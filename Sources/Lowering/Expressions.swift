// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// Values of expressions.
extension FunctionLowering {
    /// The value of a scalar expression; `none` for void.
    func rvalue(_ node: Node) -> Operand {
        switch node.kind {
        case .integerLiteral: return literal(node.bits, node)
        case .floatingLiteral: return floatingLiteral(node)
        case .declarationReference: return reference(node)
        case .cast: return cast(node)
        case .unary: return unary(node)
        case .binary: return binary(node)
        case .compoundAssignment: return compoundAssignment(node)
        case .conditional: return conditional(node)
        case .binaryConditional: return binaryConditional(node)
        case .opaqueValue:
            if let known = opaqueValues[node] { return known }
            return rvalue(node.child(0)!)
        case .call: return call(node)
        case .sizeOrAlignment: return measure(node)
        case .offsetOf: return offsetOf(node)
        case .statementExpression: return statementExpression(node)
        case .variadicArgument: return variadicArgument(node)
        case .labelAddress: return labelAddress(node)
        case .atomic: return atomic(node)
        case .implicitValueInitializer: return node.type.scalarType.map(zero) ?? .none
        case .initializerList:
            return node.child(0).map(rvalue) ?? (node.type.scalarType.map(zero) ?? .none)
        case .member, .arraySubscript, .compoundLiteral, .stringLiteral:
            // An lvalue whose conversion is implied.
            return node.type.isScalar || node.type.kind == .atomic ? load(place(node), site: site(node)) : .none
        default:
            let name = node.kind == .unknown ? node.unknownName : "\(node.kind)"
            return unsupported(name, at: node.location, type: node.type.scalarType)
        }
    }

    /// Evaluates an expression for its effects.
    func discard(_ node: Node) {
        if node.type.isAggregate {
            let place = aggregate(node)
            // To read a structure and drop it is an access to it as well (C11 6.3.2.1p2).
            if node.kind == .cast, node.castKind == .lValueToRValue, place.base.kind == .register {
                let size = integer(Int128(node.type.size)), site = site(node)
                copy(size, from: place, to: temporary(node.type, site: site), site: site)
            }
        } else if node.isLValue && node.type.scalarType != nil && node.kind != .cast {
            if case .memory(let memory) = place(node, isKept: true) {
                checkConditions(of: memory, .pointerArithmetic, site: site(node))
            }
        } else if node.type.isFunction {
            _ = functionPointer(node)
        } else {
            discardValue(node)
        }
    }

    /// As `rvalue`, without the work only the value needs.
    private func discardValue(_ node: Node) {
        switch node.kind {
        case .unary where node.unaryOperator == .postIncrement || node.unaryOperator == .postDecrement:
            _ = increment(node, needsOldValue: false)
        case .binary where node.binaryOperator == .assign && !node.type.isAggregate: assignForEffect(node)
        case .cast where node.castKind == .toVoid: discard(node.child(0)!)
        case .binary where node.binaryOperator == .comma:
            discard(node.child(0)!)
            discard(node.child(1)!)
        default: _ = rvalue(node)
        }
    }

    private func literal(_ bits: BitPattern, _ node: Node) -> Operand {
        if let value = bits.value(signed: node.type.isSigned) { return integer(value) }
        return unsupported("integer constant beyond 127 bits", at: node.location, type: node.type.scalarType)
    }

    private func floatingLiteral(_ node: Node) -> Operand {
        guard let format = node.type.floatFormat else {
            return unsupported("floating type \(node.type)", at: node.location, type: nil)
        }
        if let value = FloatingBits.double(node.bits, format) { return float(value) }
        return havoc(.float(format), site: site(node))
    }

    private func reference(_ node: Node) -> Operand {
        let item = node.declaration
        if item.kind == .enumerationConstant { return literal(item.enumerationValue, node) }
        if item.kind == .function { return .function(program.addressTakenFunction(item, at: site(node))) }
        return load(place(node), site: site(node))
    }

    // MARK: Unary operators

    func unary(_ node: Node) -> Operand {
        let operand = node.child(0)!
        switch node.unaryOperator {
        case .postIncrement, .postDecrement, .preIncrement, .preDecrement:
            return increment(node, needsOldValue: true)
        case .addressOf: return addressOf(operand, site: site(node))
        case .dereference:
            return node.type.isFunction ? rvalue(operand) : load(place(node), site: site(node))
        case .plus: return rvalue(operand)
        case .minus: return negate(rvalue(operand), node.type.scalarType ?? .signed(32), site: site(node))
        case .bitwiseNot:
            guard let type = node.type.integerType else { break }
            // ~x is -1 - x, and for unsigned types the maximum minus x: neither overflows.
            let value = rvalue(operand)
            let ones = type.isSigned ? Int128(-1) : type.maximum
            return ones.map { arithmetic(.xor, value, integer($0), type: type, site: site(node)) }
                ?? havoc(.integer(type), site: site(node))
        case .logicalNot: return logicalValue(node)
        case .realPart, .imaginaryPart:
            if operand.type.valueType.kind == .complex {
                let index: Int64 = node.unaryOperator == .realPart ? 0 : 1
                return load(.memory(aggregate(operand).element(index)), site: site(node))
            }
            if node.unaryOperator == .realPart { return rvalue(operand) }
            discard(operand)
            return node.type.scalarType.map(zero) ?? .none
        }
        return unsupported("unary operator", at: node.location, type: node.type.scalarType)
    }

    private func addressOf(_ operand: Node, site: SiteID) -> Operand {
        if operand.type.isFunction { return functionPointer(operand) }
        return address(addressedPlace(operand), site: site)
    }

    func increment(_ node: Node, needsOldValue: Bool) -> Operand {
        let target = node.child(0)!, site = site(node)
        let place = place(target)
        var old = load(place, site: site)
        let isIncrement = node.unaryOperator == .postIncrement || node.unaryOperator == .preIncrement
        let isPostfix = node.unaryOperator == .postIncrement || node.unaryOperator == .postDecrement
        if isPostfix && needsOldValue, case .register(_, let type) = place, let scalar = type.scalarType {
            let saved = newRegister(scalar)
            move(old, to: saved, site: site)
            old = .register(saved)
        }
        let new = step(old, target.type, isIncrement: isIncrement, site: site)
        store(new, to: place, site: site)
        return isPostfix ? old : stored(new, in: target, site: site)
    }

    /// x + 1 or x - 1, converted back to the type of x.
    private func step(_ value: Operand, _ type: CType, isIncrement: Bool, site: SiteID) -> Operand {
        if type.isBoolean { return isIncrement ? integer(1) : compareIntegers(.equal, value, integer(0), site: site) }
        switch type.scalarType {
        case .integer(let integer):
            // Narrow types are promoted to int first (C11 6.5.3.1p2, 6.5.16.2p3).
            let wide = integer.bits < 32 ? IntegerType.signed(32) : integer
            let result = arithmetic(isIncrement ? .add : .subtract, value, self.integer(1), type: wide, site: site)
            return wide == integer ? result : convert(result, to: integer, site: site)
        case .float(let format):
            return floatArithmetic(isIncrement ? .add : .subtract, value, float(1), format, site: site)
        case .pointer:
            let element = type.valueType.pointee
            if element.isVariablyModified {
                let bytes = size(of: element, site: site)
                return offset(value, by: bytes, size: isIncrement ? 1 : -1, site: site)
            }
            return offset(value, by: integer(1), size: elementSize(element) * (isIncrement ? 1 : -1), site: site)
        case nil: return value
        }
    }

    /// GNU C: void and functions count as one byte in pointer arithmetic.
    func elementSize(_ type: CType) -> Int64 { type.isVoid || type.isFunction ? 1 : type.size }

    // MARK: Binary operators

    func binary(_ node: Node) -> Operand {
        switch node.binaryOperator {
        case .assign: return assign(node)
        case .comma:
            discard(node.child(0)!)
            return rvalue(node.child(1)!)
        case .logicalAnd, .logicalOr: return logicalValue(node)
        default:
            let (left, right) = (node.child(0)!, node.child(1)!)
            if left.type.valueType.kind == .complex { return complexComparison(node) }
            let a = settled(rvalue(left), before: CollectionOfOne(right), site: site(node))
            let b = rvalue(right)
            return operate(node.binaryOperator, a, left.type, b, right.type, result: node.type, node)
        }
    }

    /// A binary operator on values that are converted already.
    func operate(
        _ operation: BinaryOperator, _ a: Operand, _ left: CType, _ b: Operand, _ right: CType, result: CType,
        _ node: Node
    ) -> Operand {
        let site = site(node)
        if let (comparison, isSwapped) = operation.comparison {
            let (x, y) = isSwapped ? (b, a) : (a, b)
            switch left.scalarType {
            case .integer: return compareIntegers(comparison, x, y, site: site)
            case .pointer: return comparePointers(comparison, x, y, site: site)
            case .float: return compareFloats(comparison, x, y, site: site)
            case nil: break
            }
        }
        if left.isPointer || right.isPointer {
            return pointerArithmetic(operation, a, left, b, right, node)
        }
        if let format = result.floatFormat, let float = operation.float {
            return floatArithmetic(float, a, b, format, site: site)
        }
        if let type = result.integerType, let arithmetic = operation.arithmetic {
            return self.arithmetic(arithmetic, a, b, type: type, site: site)
        }
        return unsupported("operator on \(left)", at: node.location, type: result.scalarType)
    }

    private func pointerArithmetic(
        _ operation: BinaryOperator, _ a: Operand, _ left: CType, _ b: Operand, _ right: CType, _ node: Node
    ) -> Operand {
        let site = site(node)
        let element = (left.isPointer ? left : right).valueType.pointee
        if left.isPointer && right.isPointer {
            let size = element.isVariablyModified ? 0 : elementSize(element)
            guard operation == .subtract, size > 0 else {
                return unsupported("difference of pointers to \(element)", at: node.location, type: .signed(64))
            }
            return value(.difference, .signed(64), site) {
                $0.a = a
                $0.b = b
                $0.immediate = size
            }
        }
        let (pointer, index) = left.isPointer ? (a, b) : (b, a)
        if element.isVariablyModified {
            let bytes = scaledIndex(index, element: element, site: site)
            return offset(pointer, by: bytes, size: operation == .add ? 1 : -1, site: site)
        }
        let size = elementSize(element)
        return offset(pointer, by: index, size: operation == .add ? size : -size, site: site)
    }
}
