// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// Expressions of record type. Their value is the place where it stands.
extension FunctionLowering {
    func aggregate(_ node: Node) -> MemoryPlace {
        switch node.kind {
        case .cast:
            switch node.castKind {
            case .lValueToRValue, .noOperation, .atomicToNonAtomic, .nonAtomicToAtomic, .bitCast, .lValueBitCast:
                var place = aggregate(node.child(0)!)
                place.type = node.type
                return place
            case .toUnion:
                let place = temporary(node.type, site: site(node))
                let inner = node.child(0)!
                let field = node.type.valueType.declaration.fields.first {
                    $0.type.unqualified == inner.type.unqualified
                }
                guard let field else { break }
                scrambleAll(place, site: site(node))
                initialize(place.field(field), with: inner)
                return place
            default: return complexCast(node)
            }
        case .declarationReference, .member, .arraySubscript, .compoundLiteral, .stringLiteral: return memoryPlace(node)
        case .unary:
            if node.unaryOperator == .dereference { return memoryPlace(node) }
            return complexUnary(node)
        case .binary:
            switch node.binaryOperator {
            case .assign: return assignAggregate(node)
            case .comma:
                discard(node.child(0)!)
                return aggregate(node.child(1)!)
            default: return complexBinary(node)
            }
        case .call: return aggregateCall(node)
        case .conditional: return aggregateConditional(node)
        case .statementExpression:
            let place = temporary(node.type, site: site(node))
            statementExpression(node, into: place)
            return place
        case .variadicArgument: return aggregateVariadicArgument(node)
        case .opaqueValue: return aggregate(node.child(0)!)
        case .initializerList, .implicitValueInitializer, .designatedInitializerUpdate, .imaginaryLiteral:
            let place = temporary(node.type, site: site(node))
            initialize(place, with: node)
            return place
        default: break
        }
        let place = temporary(node.type, site: site(node))
        _ = unsupported(node.kind == .unknown ? node.unknownName : "expression of type \(node.type)", at: node.location)
        scrambleAll(place, site: site(node))
        return place
    }

    func scrambleAll(_ place: MemoryPlace, site: SiteID) {
        scramble(place, size: integer(Int128(place.type.size)), site: site)
    }

    func assignAggregate(_ node: Node) -> MemoryPlace {
        let target = settled(memoryPlace(node.child(0)!), before: node.child(1)!, site: site(node))
        let source = aggregate(node.child(1)!)
        copy(integer(Int128(node.type.size)), from: source, to: target, site: site(node))
        checkOverlap(of: target, with: source, node, site: site(node))
        return target
    }

    private func aggregateConditional(_ node: Node) -> MemoryPlace {
        let site = site(node)
        let result = temporary(node.type, site: site)
        let (ifTrue, ifFalse, end) = (newBlock(), newBlock(), newBlock())
        condition(node.child(0)!, ifTrue, ifFalse)
        for (block, index) in [(ifTrue, 1), (ifFalse, 2)] {
            begin(block, site: site)
            let value = aggregate(node.child(index)!)
            copy(integer(Int128(node.type.size)), from: value, to: result, site: site)
            jump(to: end, site: site)
        }
        begin(end, site: site)
        return result
    }
}
