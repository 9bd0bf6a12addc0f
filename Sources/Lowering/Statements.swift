// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// Statements (C11 6.8).
extension FunctionLowering {
    func statement(_ node: Node) {
        let site = site(node)
        switch node.kind {
        case .nullStatement: break
        case .compoundStatement: inScope(site: site) { node.children.forEach(statement) }
        case .declarationStatement: node.declarations.forEach(declare)
        case .ifStatement: inBlock(of: node.condition, site: site) { ifStatement(node) }
        case .whileStatement: inBlock(of: node.condition, site: site) { whileStatement(node) }
        case .doStatement: inBlock(of: node.condition, site: site) { doStatement(node) }
        case .forStatement: forStatement(node)
        case .switchStatement: inBlock(of: node.condition, site: site) { switchStatement(node) }
        case .caseStatement, .defaultStatement: caseStatement(node)
        case .labelStatement: labelStatement(node)
        case .gotoStatement:
            jump(to: labelBlock(node.label), site: site)
            beginDeadCode()
        case .indirectGotoStatement: indirectGoto(node)
        case .continueStatement:
            if let target = jumpTargets.last(where: { $0.continueBlock != nil })?.continueBlock {
                jump(to: target, site: site)
            }
            beginDeadCode()
        case .breakStatement:
            if let target = jumpTargets.last?.breakBlock { jump(to: target, site: site) }
            beginDeadCode()
        case .returnStatement: returnStatement(node)
        case .assemblyStatement: assembly(node)
        case .assumeStatement:
            for index in 0..<node.childCount - 1 {
                guard let condition = node.child(index) else { continue }
                fullExpression(condition) { check(.assertion, rvalue(condition), site: site) }
            }
            if let inner = node.child(node.childCount - 1) { statement(inner) }
        case .unknown: _ = unsupported(node.unknownName, at: node.location)
        default: fullExpression(node) { discard(node) }
        }
    }

    private func ifStatement(_ node: Node) {
        let site = site(node)
        let (first, second, end) = (newBlock(), newBlock(), newBlock())
        fullCondition(node.child(0)!, first, second)
        begin(first, site: site)
        if let then = node.child(1) { substatement(then) }
        jump(to: end, site: site)
        begin(second, site: site)
        if let otherwise = node.child(2) { substatement(otherwise) }
        begin(end, site: site)
    }

    func statementExpression(_ node: Node) -> Operand { statementExpression(node, into: nil) }

    /// GNU C: the value of the last statement; of an aggregate type it is stored.
    @discardableResult
    func statementExpression(_ node: Node, into place: MemoryPlace?) -> Operand {
        guard let body = node.child(0) else { return .none }
        return inScope(site: site(node)) {
            let statements = body.children
            for item in statements.dropLast() { statement(item) }
            guard let last = statements.last else { return .none }
            return lastStatement(last, into: place)
        }
    }

    private func lastStatement(_ node: Node, into place: MemoryPlace?) -> Operand {
        guard node.isExpression else {
            if node.kind == .labelStatement, let inner = node.child(0) {
                begin(labelBlock(node.label), site: site(node))
                return lastStatement(inner, into: place)
            }
            statement(node)
            return .none
        }
        if node.type.isVoid {
            fullExpression(node) { discard(node) }
        } else if node.type.isAggregate {
            fullExpression(node) {
                let source = aggregate(node)
                if let place { copy(integer(Int128(node.type.size)), from: source, to: place, site: site(node)) }
            }
        } else {
            return fullValue(node)
        }
        return .none
    }
}
