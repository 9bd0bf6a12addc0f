// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// Objects without a name: values of record type live to the end of the full expression (C11 6.2.4p8, 6.8p4), what a call
/// passes lives as long as the call, compound literals as long as the block around them (6.5.2.5p5).
extension FunctionLowering {
    /// Evaluates a full expression: its temporaries end with it.
    func fullExpression<T>(_ node: Node, _ body: () -> T) -> T {
        if !makesTemporary(node) { return body() }
        enterPlainScope(site: site(node))
        return inScope(.expression, site: site(node), body)
    }

    /// The same for a full expression that decides where to go on.
    func fullCondition(_ node: Node, _ ifTrue: Int, _ ifFalse: Int) {
        if !makesTemporary(node) { return condition(node, ifTrue, ifFalse) }
        enterPlainScope(site: site(node))
        let outer = scope
        openScope(.expression, site: site(node))
        condition(node, ifTrue, ifFalse)
        scope = outer
    }

    /// The value of a full expression of scalar type. It outlives the variables and temporaries of the expression, and what it
    /// points to may be one of them.
    func fullValue(_ node: Node) -> Operand {
        fullExpression(node) {
            let value = rvalue(node)
            guard value.kind == .register || value.kind == .object, let type = node.type.scalarType else {
                return value
            }
            let saved = newRegister(type)
            move(value, to: saved, site: site(node))
            return .register(saved)
        }
    }

    /// Runs the part of a call that needs objects of its own.
    func inCall<T>(site: SiteID, _ body: () -> T) -> T {
        enterPlainScope(site: site)
        return inScope(.call, site: site, body)
    }

    /// An automatic object for a value that has no name.
    func temporary(_ type: CType, site: SiteID) -> MemoryPlace {
        var target = scope
        while scopes[target].kind == .call { target = scopes[target].parent }
        return unnamedObject("temporary", type, in: target, site: site)
    }

    /// A copy that a call passes.
    func passedCopy(_ type: CType, site: SiteID) -> MemoryPlace {
        unnamedObject("argument", type, in: scope, site: site)
    }

    /// Compound literals in a function live as long as the block around them.
    func compoundLiteral(_ node: Node) -> MemoryPlace {
        if node.isFileScope { return MemoryPlace(base: .object(program.literal(node)), type: node.type) }
        let place: MemoryPlace
        if case .memory(let known)? = temporaryPlaces[node] {
            place = known
        } else {
            var target = scope
            while scopes[target].kind == .call || scopes[target].kind == .expression { target = scopes[target].parent }
            place = unnamedObject("compound literal", node.type, in: target, site: site(node))
            temporaryPlaces[node] = .memory(place)
        }
        if let initializer = node.child(0) { initialize(place, with: initializer) }
        return place
    }

    private func unnamedObject(_ name: String, _ type: CType, in target: Int, site: SiteID) -> MemoryPlace {
        let size = max(type.size, 1), alignment = type.accessAlignment
        if target == scope {
            return MemoryPlace(base: newObject(name, size: size, alignment: alignment, site: site), type: type)
        }
        let index = addLocal(name, size: size, alignment: alignment, site: site)
        scopes[target].objects.append(index)
        return MemoryPlace(base: .object(Self.localBase + Int32(index)), type: type)
    }

    /// Whether an expression has a value of record type somewhere that is no variable's.
    func makesTemporary(_ node: Node) -> Bool {
        switch node.kind {
        case .member:
            if !node.isArrow, let base = node.child(0), !base.isLValue { return true }
        case .cast where node.castKind != .toUnion: break
        case .initializerList, .implicitValueInitializer, .designatedInitializerUpdate, .stringLiteral, .binary: break
        default:
            if node.isExpression, node.type.isAggregate, !node.isLValue { return true }
        }
        return node.children.contains(where: makesTemporary)
    }

    /// The value of record type of which a member is named. A member that is no scalar can be looked at later: it must not
    /// be that of the variable that the value comes from.
    func valuePlace(_ node: Node, of field: Declaration) -> MemoryPlace {
        var place = aggregate(node)
        if !field.type.isScalar, !isOwnObject(node) {
            let copied = temporary(node.type, site: site(node))
            copy(integer(Int128(node.type.size)), from: place, to: copied, site: site(node))
            place = copied
        }
        place.isValue = true
        return place
    }

    /// Whether a value of record type stands in an object that was made for it.
    private func isOwnObject(_ node: Node) -> Bool {
        switch node.kind {
        case .cast where node.castKind != .toUnion: node.child(0).map(isOwnObject) ?? false
        case .binary: node.binaryOperator == .comma && node.child(1).map(isOwnObject) ?? false
        default: !node.isLValue
        }
    }

    // MARK: Blocks

    /// A statement that is a block of its own, whether or not it has braces (C11 6.8.4p3, 6.8.5p5).
    func substatement(_ node: Node) {
        if node.kind != .compoundStatement, hasCompoundLiteral(node) {
            inScope(site: site(node)) { statement(node) }
        } else {
            statement(node)
        }
    }

    /// Runs a statement that is a block because its condition has objects of the block.
    func inBlock(of condition: Node?, site: SiteID, _ body: () -> Void) {
        if let condition, hasCompoundLiteral(condition) { inScope(site: site, body) } else { body() }
    }

    private func hasCompoundLiteral(_ node: Node) -> Bool {
        node.kind == .compoundLiteral || node.children.contains(where: hasCompoundLiteral)
    }
}
