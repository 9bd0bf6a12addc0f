// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// Conditions and short-circuit operators (C11 6.5.13 to 6.5.15).
extension FunctionLowering {
    /// Goes on at `ifTrue` or `ifFalse`.
    func condition(_ node: Node, _ ifTrue: Int, _ ifFalse: Int) {
        let site = site(node)
        switch node.kind {
        case .binary where node.binaryOperator == .logicalAnd || node.binaryOperator == .logicalOr:
            let second = newBlock()
            let isAnd = node.binaryOperator == .logicalAnd
            condition(node.child(0)!, isAnd ? second : ifTrue, isAnd ? ifFalse : second)
            begin(second, site: site)
            condition(node.child(1)!, ifTrue, ifFalse)
        case .binary where node.binaryOperator == .comma:
            discard(node.child(0)!)
            condition(node.child(1)!, ifTrue, ifFalse)
        case .unary where node.unaryOperator == .logicalNot: condition(node.child(0)!, ifFalse, ifTrue)
        case .cast where isTransparentCondition(node): condition(node.child(0)!, ifTrue, ifFalse)
        case .call where isExpectation(node): condition(node.arguments[0], ifTrue, ifFalse)
        default:
            if node.type.valueType.kind == .complex {
                branch(complexIsNotZero(node, site: site), ifTrue, ifFalse, site: site)
                return
            }
            let value = rvalue(node)
            guard let type = node.type.scalarType else {
                branch(havoc(.unsigned(1), site: site), ifTrue, ifFalse, site: site)
                return
            }
            if case .integer = type {
                branch(value, ifTrue, ifFalse, site: site)
            } else {
                branch(isNotZero(value, type, site: site), ifTrue, ifFalse, site: site)
            }
        }
    }

    /// Whether a conversion keeps zero zero and all else not zero.
    func isTransparentCondition(_ node: Node) -> Bool {
        guard let inner = node.child(0) else { return false }
        switch node.castKind {
        case .integerToBoolean, .pointerToBoolean, .floatingToBoolean: return true
        case .integerCast:
            return inner.type.isInteger && (node.type.isBoolean || node.type.width >= inner.type.width)
                && isTruthValue(inner)
        default: return false
        }
    }

    private func isTruthValue(_ node: Node) -> Bool {
        switch node.kind {
        case .binary:
            node.binaryOperator.comparison != nil || node.binaryOperator == .logicalAnd
                || node.binaryOperator == .logicalOr
        case .unary: node.unaryOperator == .logicalNot
        case .cast:
            node.child(0).map { isTransparentCondition(node) || (node.castKind == .integerCast && isTruthValue($0)) }
                ?? false
        case .call: isExpectation(node) && isTruthValue(node.arguments[0])
        default: false
        }
    }

    /// __builtin_expect returns its first argument.
    func isExpectation(_ node: Node) -> Bool {
        guard let name = node.directCallee?.name else { return false }
        return (name == "__builtin_expect" || name == "__builtin_expect_with_probability")
            && node.arguments.dropFirst().allSatisfy {
                $0.kind == .integerLiteral || $0.kind == .cast || $0.kind == .floatingLiteral
            }
    }

    /// The int 0 or 1 of a condition.
    func logicalValue(_ node: Node) -> Operand {
        let site = site(node)
        if node.kind == .unary, let type = node.child(0)!.type.scalarType, !isTruthValue(node.child(0)!) {
            let value = rvalue(node.child(0)!)
            switch type {
            case .integer: return compareIntegers(.equal, value, integer(0), site: site)
            case .pointer: return comparePointers(.equal, value, .null, site: site)
            case .float: return compareFloats(.equal, value, float(0), site: site)
            }
        }
        let result = newRegister(.signed(32))
        truthValues.insert(result)
        let (ifTrue, ifFalse, end) = (newBlock(), newBlock(), newBlock())
        condition(node, ifTrue, ifFalse)
        begin(ifTrue, site: site)
        move(integer(1), to: result, site: site)
        jump(to: end, site: site)
        begin(ifFalse, site: site)
        move(integer(0), to: result, site: site)
        begin(end, site: site)
        return .register(result)
    }

    func conditional(_ node: Node) -> Operand {
        choose(
            node, condition: { self.condition(node.child(0)!, $0, $1) },
            first: { self.voidOrValue(node.child(1)!) }, second: { self.voidOrValue(node.child(2)!) })
    }

    /// a ?: b evaluates a once.
    func binaryConditional(_ node: Node) -> Operand {
        let common = node.child(0)!
        if common.type.isAggregate || common.isLValue && common.type.scalarType == nil {
            return unsupported("?: on \(common.type)", at: node.location, type: node.type.scalarType)
        }
        let source = common.child(0)!
        opaqueValues[common] = source.isLValue ? nil : rvalue(source)
        return choose(
            node, condition: { self.condition(node.child(1)!, $0, $1) },
            first: { self.rvalue(node.child(2)!) }, second: { self.rvalue(node.child(3)!) })
    }

    private func voidOrValue(_ node: Node) -> Operand {
        if node.type.isVoid || node.type.isAggregate || (node.isLValue && node.type.scalarType == nil) {
            discard(node)
            return .none
        }
        return rvalue(node)
    }

    private func choose(
        _ node: Node, condition: (Int, Int) -> Void, first: @escaping () -> Operand, second: @escaping () -> Operand
    ) -> Operand {
        let site = site(node)
        let result = node.type.scalarType.map { newRegister($0) }
        let (ifTrue, ifFalse, end) = (newBlock(), newBlock(), newBlock())
        condition(ifTrue, ifFalse)
        for (block, part) in [(ifTrue, first), (ifFalse, second)] {
            begin(block, site: site)
            let value = part()
            if let result, !value.isNone { move(value, to: result, site: site) }
            jump(to: end, site: site)
        }
        begin(end, site: site)
        return result.map(Operand.register) ?? .none
    }
}
