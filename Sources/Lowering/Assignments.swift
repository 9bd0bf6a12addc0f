// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// Assignments (C11 6.5.16). The left side is evaluated before the right one.
extension FunctionLowering {
    func assign(_ node: Node) -> Operand {
        let (left, right) = (node.child(0)!, node.child(1)!)
        if node.type.isAggregate {
            _ = assignAggregate(node)
            return .none
        }
        let place = place(left)
        let value = rvalue(right)
        store(value, to: place, site: site(node))
        return stored(value, in: left, site: site(node))
    }

    /// The value of an assignment is that of the left side afterwards: a bit-field may have cut it.
    func stored(_ value: Operand, in left: Node, site: SiteID) -> Operand {
        guard left.refersToBitField, left.kind == .member, let width = left.declaration.bitWidth,
            let type = left.type.integerType, width < Int(type.bits), !left.type.isBoolean
        else { return value }
        return convert(value, to: IntegerType(bits: UInt8(width), isSigned: type.isSigned), site: site)
    }

    func compoundAssignment(_ node: Node) -> Operand {
        let (left, right) = (node.child(0)!, node.child(1)!)
        if node.type.isAggregate {
            return unsupported("compound assignment to \(node.type)", at: node.location)
        }
        let site = site(node)
        let place = place(left)
        let amount = rvalue(right)
        let old = load(place, site: site)
        let result: Operand
        if left.type.isPointer {
            result = operate(node.binaryOperator, old, left.type, amount, right.type, result: left.type, node)
        } else {
            let wide = convert(old, from: left.type, to: node.computationLeftType, site: site)
            let computed = operate(
                node.binaryOperator, wide, node.computationLeftType, amount, right.type,
                result: node.computationResultType, node)
            result = convert(computed, from: node.computationResultType, to: left.type, site: site)
        }
        store(result, to: place, site: site)
        return stored(result, in: left, site: site)
    }
}
