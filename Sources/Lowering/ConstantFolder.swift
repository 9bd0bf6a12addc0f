// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// Values of expressions that are constant as they stand, for static initialisers clang did not evaluate as a whole.
/// Nil where a value is not certain; nothing is folded that could be undefined.
enum ConstantFolder {
    static func integer(_ node: Node) -> BitPattern? {
        switch node.kind {
        case .integerLiteral: return node.bits
        case .sizeOrAlignment, .offsetOf: return node.constantValue
        case .declarationReference where node.declaration.kind == .enumerationConstant:
            return node.declaration.enumerationValue
        case .cast where node.castKind == .integerCast || node.castKind == .noOperation:
            guard let inner = node.child(0), inner.type.isInteger, node.type.kind != .boolean,
                let bits = integer(inner),
                let value = bits.value(signed: inner.type.isSigned), node.type.width <= 64
            else { return nil }
            let mask = node.type.width == 64 ? UInt64.max : (1 << UInt64(node.type.width)) - 1
            return BitPattern(width: node.type.width, limbs: [UInt64(truncatingIfNeeded: value) & mask])
        default: return nil
        }
    }

    static func address(_ node: Node) -> (ConstantValue.Base, Int64)? {
        switch node.kind {
        case .stringLiteral, .compoundLiteral: return (.node(node), 0)
        case .labelAddress: return (.node(node), 0)
        case .declarationReference:
            let item = node.declaration
            guard item.kind == .function || (item.kind == .variable && item.storageDuration == .static) else {
                return nil
            }
            return (.declaration(item), 0)
        case .cast:
            guard let inner = node.child(0) else { return nil }
            switch node.castKind {
            case .arrayToPointer, .functionToPointer, .bitCast, .noOperation, .lValueBitCast: return address(inner)
            case .nullToPointer: return (ConstantValue.Base.none, 0)
            default: return nil
            }
        case .unary where node.unaryOperator == .addressOf: return node.child(0).flatMap(address)
        case .member where !node.isArrow && !node.declaration.isBitField:
            guard let (base, offset) = node.child(0).flatMap(address) else { return nil }
            return (base, offset + node.declaration.bitOffset / 8)
        default: return nil
        }
    }
}
