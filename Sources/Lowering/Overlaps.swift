// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// Assignments between objects that overlap, which must do so exactly (C11 6.5.16.1p3).
extension FunctionLowering {
    /// Checks an assignment of record type that has been made: what it went through are good pointers.
    func checkOverlap(of target: MemoryPlace, with source: MemoryPlace, _ node: Node, site: SiteID) {
        let (left, right) = (node.child(0)!, Self.lvalue(node.child(1)!))
        let size = Int128(node.type.size)
        guard size > 0, right.isLValue, !source.isValue, !areElementsOfOneArray(left, right) else { return }
        if target.base == source.base {
            let distance = abs(Int128(target.offset) - Int128(source.offset))
            if distance > 0, distance < size { check(.libraryPrecondition, integer(0), site: site) }
            return
        }
        if target.base.kind == .object, source.base.kind == .object { return }
        if isHidden(left) || isHidden(right) { return }
        let pointers = [target, source].map { address($0, isKept: false, site: site) }
        let (work, apart, above, below, end) = (newBlock(), newBlock(), newBlock(), newBlock(), newBlock())
        branch(isSameObject(pointers[0], pointers[1], site: site), work, end, site: site)
        begin(work, site: site)
        let behind = pointers.map { objectSize($0, site: site) }
        let distance = exactSum([(1, behind[0]), (-1, behind[1])], site: site)
        branch(compareIntegers(.equal, distance, integer(0), site: site), end, apart, site: site)
        begin(apart, site: site)
        branch(compareIntegers(.less, distance, integer(0), site: site), below, above, site: site)
        for (block, factor) in [(below, Int128(-1)), (above, 1)] {
            begin(block, site: site)
            let gap = exactSum([(factor, distance)], site: site)
            check(.libraryPrecondition, compareIntegers(.lessOrEqual, integer(size), gap, site: site), site: site)
            jump(to: end, site: site)
        }
        begin(end, site: site)
    }

    /// The lvalue whose value an expression is.
    private static func lvalue(_ node: Node) -> Node {
        var node = node
        while node.kind == .cast, !node.isLValue, let inner = node.child(0), inner.type.isAggregate { node = inner }
        return node
    }

    /// Elements of one array are one or apart.
    private func areElementsOfOneArray(_ left: Node, _ right: Node) -> Bool {
        guard left.kind == .arraySubscript, right.kind == .arraySubscript, let array = array(of: left) else {
            return false
        }
        // A pointer may be another one after an index that changes it.
        return array == self.array(of: right)
            && (array.type.isArray
                || !exposedVariables.contains(array) && variables[array] != nil
                    && [left, right].allSatisfy { $0.child(1).map(isPlain) ?? false })
    }

    /// Whether evaluating the expression changes nothing.
    private func isPlain(_ node: Node) -> Bool {
        switch node.kind {
        case .integerLiteral, .declarationReference: true
        case .cast, .binary, .arraySubscript, .member:
            !(node.kind == .binary && node.binaryOperator == .assign) && node.children.allSatisfy(isPlain)
        default: false
        }
    }

    /// The variable that a subscript goes into.
    private func array(of node: Node) -> Declaration? {
        guard let pointer = node.child(0), pointer.kind == .cast, let inner = pointer.child(0),
            pointer.castKind == .arrayToPointer || pointer.castKind == .lValueToRValue,
            inner.kind == .declarationReference
        else { return nil }
        return inner.declaration
    }

    /// Whether an lvalue lies in an automatic variable to which no pointer leads.
    private func isHidden(_ node: Node) -> Bool {
        var node = node
        while node.kind == .member && !node.isArrow, let base = node.child(0) { node = base }
        guard node.kind == .declarationReference else { return false }
        return variables[node.declaration] != nil && !exposedVariables.contains(node.declaration)
    }
}
