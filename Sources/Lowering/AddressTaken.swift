// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax

/// Variables that cannot be registers: their address is taken, or they are volatile or no scalars.
enum AddressTaken {
    static func variables(of function: Declaration) -> Set<Declaration> {
        var found: Set<Declaration> = []
        if let body = function.body { visit(body, isDirectAccess: false, &found) }
        return found
    }

    /// Parameters of a function that its body assigns to.
    static func assignedParameters(of function: Declaration) -> Set<Declaration> {
        var found: Set<Declaration> = []
        func visit(_ node: Node) {
            if accessesItsOperand(node), node.kind != .cast, let target = node.child(0),
                target.kind == .declarationReference
            {
                found.insert(target.declaration)
            }
            if node.kind == .declarationStatement {
                for item in node.declarations { item.initializer.map(visit) }
            }
            if node.kind == .assemblyStatement {
                node.children.filter { $0.kind == .declarationReference }.forEach { found.insert($0.declaration) }
            }
            node.children.forEach(visit)
        }
        if let body = function.body { visit(body) }
        return found.intersection(function.parameters)
    }

    /// Variables that are named otherwise than to be read or written, as a whole or in a part.
    static func exposedVariables(of function: Declaration) -> Set<Declaration> {
        var found: Set<Declaration> = []
        func visit(_ node: Node, isAccess: Bool) {
            if node.kind == .declarationReference, !isAccess { found.insert(node.declaration) }
            if node.kind == .declarationStatement {
                for item in node.declarations { if let value = item.initializer { visit(value, isAccess: false) } }
            }
            for (index, child) in node.children.enumerated() {
                let isPart = node.kind == .member && !node.isArrow
                visit(child, isAccess: isPart ? isAccess : index == 0 && accessesItsOperand(node))
            }
        }
        if let body = function.body { visit(body, isAccess: false) }
        return found
    }

    private static func visit(_ node: Node, isDirectAccess: Bool, _ found: inout Set<Declaration>) {
        if node.kind == .declarationReference {
            if !isDirectAccess { found.insert(node.declaration) }
            return
        }
        if node.kind == .declarationStatement {
            for declaration in node.declarations {
                if let initializer = declaration.initializer { visit(initializer, isDirectAccess: false, &found) }
                visit(declaration.type, &found)
            }
            return
        }
        if node.kind == .sizeOrAlignment { visit(node.measuredType, &found) }
        if node.kind == .cast || node.kind == .compoundLiteral { visit(node.type, &found) }
        if node.kind == .offsetOf, node.constantValue == nil {
            for case .index(let index) in node.offsetComponents { visit(index, isDirectAccess: false, &found) }
        }
        if node.kind == .initializerList, let filler = node.arrayFiller { visit(filler, isDirectAccess: false, &found) }
        let namesParameter = node.kind == .call && node.directCallee?.name == "__builtin_va_start"
        for (index, child) in node.children.enumerated() {
            // The second argument of va_start names the last parameter; it is not evaluated.
            if namesParameter && index == 2 { continue }
            visit(child, isDirectAccess: index == 0 && accessesItsOperand(node), &found)
        }
    }

    /// Sizes of variable arrays hang on the type.
    private static func visit(_ type: CType, _ found: inout Set<Declaration>) {
        guard type.isVariablyModified else { return }
        switch type.kind {
        case .variableArray:
            if let length = type.lengthExpression { visit(length, isDirectAccess: false, &found) }
            visit(type.element, &found)
        case .pointer, .constantArray, .incompleteArray, .atomic: visit(type.element, &found)
        case .function, .functionWithoutPrototype: visit(type.result, &found)
        default: break
        }
    }

    private static func accessesItsOperand(_ node: Node) -> Bool {
        switch node.kind {
        case .cast: node.castKind == .lValueToRValue
        case .binary: node.binaryOperator == .assign
        case .compoundAssignment: true
        case .unary:
            switch node.unaryOperator {
            case .postIncrement, .postDecrement, .preIncrement, .preDecrement: true
            default: false
            }
        default: false
        }
    }
}
