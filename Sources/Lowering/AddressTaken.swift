// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax

/// Variables that cannot be registers: their address is taken, or they are volatile or no scalars.
enum AddressTaken {
    static func variables(of function: Declaration) -> Set<Declaration> {
        var found: Set<Declaration> = []
        for length in lengths(inParametersOf: function) { visit(length, isDirectAccess: false, &found) }
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
            lengths(in: node).forEach(visit)
            node.children.forEach(visit)
        }
        for length in lengths(inParametersOf: function) { visit(length) }
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
            for length in lengths(in: node) { visit(length, isAccess: false) }
            for (index, child) in node.children.enumerated() {
                let isPart = node.kind == .member && !node.isArrow
                visit(child, isAccess: isPart ? isAccess : index == 0 && accessesItsOperand(node))
            }
        }
        for length in lengths(inParametersOf: function) { visit(length, isAccess: false) }
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
            }
            for length in lengths(in: node) { visit(length, isDirectAccess: false, &found) }
            return
        }
        for length in lengths(in: node) { visit(length, isDirectAccess: false, &found) }
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

    /// Lengths of variable arrays hang on the types that a node names.
    private static func lengths(in node: Node) -> [Node] {
        switch node.kind {
        case .declarationStatement: node.declarations.flatMap { lengths(of: $0.type) }
        case .sizeOrAlignment: lengths(of: node.measuredType)
        case .cast, .compoundLiteral: lengths(of: node.type)
        default: []
        }
    }

    private static func lengths(inParametersOf function: Declaration) -> [Node] {
        function.parameters.flatMap { lengths(of: $0.writtenType) }
    }

    private static func lengths(of type: CType) -> [Node] {
        guard type.isVariablyModified else { return [] }
        return switch type.kind {
        case .variableArray: (type.lengthExpression.map { [$0] } ?? []) + lengths(of: type.element)
        case .pointer, .constantArray, .incompleteArray, .atomic: lengths(of: type.element)
        case .function, .functionWithoutPrototype: lengths(of: type.result)
        default: []
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
