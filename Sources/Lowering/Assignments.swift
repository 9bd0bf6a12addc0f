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

    /// Gives a variable in a register the value of an expression. Copying an unset variable is no use of it: the copy is
    /// unset too. (Copying a scalar out of memory is a use of its value; copying a structure is none.)
    func set(_ register: Register, of variable: Declaration, to node: Node, site: SiteID) {
        if let (source, flag) = unsetVariable(node), registers[Int(source)] == registers[Int(register)] {
            if let target = flags[register] {
                move(.register(source), to: register, site: site)
                move(.register(flag), to: target, site: site)
                return
            }
            copiesOfUnset.insert(variable)
        }
        store(rvalue(node), to: .register(register, variable.type), site: site)
    }

    /// The variable whose value an expression is, if that may be unset.
    private func unsetVariable(_ node: Node) -> (register: Register, flag: Register)? {
        guard node.kind == .cast, node.castKind == .lValueToRValue, let inner = node.child(0),
            inner.kind == .declarationReference, case .register(let register)? = variables[inner.declaration],
            let flag = flags[register]
        else { return nil }
        return (register, flag)
    }

    /// An assignment whose value nobody uses.
    func assignForEffect(_ node: Node) {
        let (left, right) = (node.child(0)!, node.child(1)!)
        if left.kind == .declarationReference, case .register(let register)? = variables[left.declaration] {
            set(register, of: left.declaration, to: right, site: site(node))
        } else {
            _ = rvalue(node)
        }
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
