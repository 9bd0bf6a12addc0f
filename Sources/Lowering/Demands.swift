// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import LibraryModels
import ProgramIR

/// What a condition is for: an obligation, or an assumption about the world.
enum Demand {
    case check(ObligationKind)
    case assume(AssumptionID)
}

/// Conditions that must hold for the execution to go on: __ai_assert, __ai_assume and kin. They are lowered like branch
/// conditions, so that each part is known behind them by itself.
extension FunctionLowering {
    /// Whether the call was one of these.
    func lowerDemand(_ function: Declaration, _ arguments: [Node], site: SiteID) -> Bool {
        guard arguments.count == 1, program.symbols.resolve(function)?.body == nil else { return false }
        let isAssumed: Bool
        switch function.name {
        case "__ai_assert", "__VERIFIER_assert":
            demand(arguments[0], .check(.assertion), site: site)
            return true
        case "__ai_require":
            demand(arguments[0], .check(.libraryPrecondition), site: site)
            return true
        case "__ai_assume", "__VERIFIER_assume": isAssumed = true
        default: isAssumed = false
        }
        guard isAssumed else { return false }
        let assumption: AssumptionID
        if let call {
            assumption = program.modelAssumption(of: call)
        } else {
            assumption = program.builder.assumption(
                .userAssumption, "The condition given to \(function.name) holds here.", site: site)
        }
        demand(arguments[0], .assume(assumption), site: site)
        return true
    }

    /// Goes on only where the condition is `value`.
    ///
    /// Soundness: of `a && b` each part is demanded by itself. An assertion ends the execution at a false `a` anyway; where an
    /// assumed `a` is false, evaluating `b` too only adds executions.
    func demand(_ node: Node, is value: Bool = true, _ demand: Demand, site: SiteID) {
        switch node.kind {
        case .unary where node.unaryOperator == .logicalNot:
            self.demand(node.child(0)!, is: !value, demand, site: site)
        case .cast where isTransparentCondition(node): self.demand(node.child(0)!, is: value, demand, site: site)
        case .call where isExpectation(node): self.demand(node.arguments[0], is: value, demand, site: site)
        case .binary where node.binaryOperator == (value ? .logicalAnd : .logicalOr):
            self.demand(node.child(0)!, is: value, demand, site: site)
            self.demand(node.child(1)!, is: value, demand, site: site)
        case .binary where node.binaryOperator == .logicalAnd || node.binaryOperator == .logicalOr, .conditional:
            demandByBranches(node, is: value, demand, site: site)
        default:
            guard let type = node.type.scalarType else {
                demandByBranches(node, is: value, demand, site: site)
                return
            }
            let operand = rvalue(node)
            if case .integer = type, value {
                emit(demand, operand, site: site)
            } else if case .integer = type {
                emit(demand, compareIntegers(.equal, operand, integer(0), site: site), site: site)
            } else {
                let isSet = isNotZero(operand, type, site: site)
                emit(demand, value ? isSet : compareIntegers(.equal, isSet, integer(0), site: site), site: site)
            }
        }
    }

    private func demandByBranches(_ node: Node, is value: Bool, _ demand: Demand, site: SiteID) {
        let (holds, fails) = (newBlock(), newBlock())
        condition(node, value ? holds : fails, value ? fails : holds)
        begin(fails, site: site)
        emit(demand, integer(0), site: site)
        // Where an assumption does not hold nothing is claimed.
        terminate(DraftTerminator(kind: .halt, site: site))
        begin(holds, site: site)
        // The obligation is met here: it does not fail whenever it is come to.
        if case .check = demand { emit(demand, integer(1), site: site) }
    }

    /// An assertion of a constant is an obligation like any other.
    private func emit(_ demand: Demand, _ operand: Operand, site: SiteID) {
        switch demand {
        case .check(let kind):
            var instruction = Instruction(.check, site: site)
            instruction.detail = kind.rawValue
            instruction.a = operand
            emit(instruction)
        case .assume(let assumption):
            if let value = constant(operand), value != 0 { return }
            var instruction = Instruction(.assume, site: site)
            instruction.a = operand
            instruction.target = assumption
            emit(instruction)
        }
    }
}
