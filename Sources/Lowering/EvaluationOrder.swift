// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// The value of a variable in a register is that of the moment it is read, also where a later operand changes the variable
/// (C11 6.5p2 leaves that undefined; the policy is left to right).
extension FunctionLowering {
    /// An operand that keeps its value while other expressions are evaluated.
    func settled(_ operand: Operand, before later: some Sequence<Node>, site: SiteID) -> Operand {
        guard let register = operand.register, let variable = registerVariables[register],
            later.contains(where: { changes(variable, $0) })
        else { return operand }
        let copy = newRegister(registers[Int(register)])
        move(operand, to: copy, site: site)
        return .register(copy)
    }

    func settled(_ place: MemoryPlace, before later: Node, site: SiteID) -> MemoryPlace {
        var place = place
        place.base = settled(place.base, before: CollectionOfOne(later), site: site)
        return place
    }

    private func changes(_ variable: Declaration, _ node: Node) -> Bool {
        let isChange: Bool
        switch node.kind {
        case .binary: isChange = node.binaryOperator == .assign
        case .compoundAssignment: isChange = true
        case .unary:
            switch node.unaryOperator {
            case .postIncrement, .postDecrement, .preIncrement, .preDecrement: isChange = true
            default: isChange = false
            }
        // Any statement may hide in it.
        case .statementExpression: return true
        default: isChange = false
        }
        if isChange, let target = node.child(0), target.kind == .declarationReference, target.declaration == variable {
            return true
        }
        return node.children.contains { changes(variable, $0) }
    }
}
