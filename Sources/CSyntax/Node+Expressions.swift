// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ClangBridge

/// Expressions.
extension Node {
    public var type: CType { unit.type(word(BridgeNodeWordType)) }
    public var isLValue: Bool { has(BridgeNodeFlagLValue) }
    public var refersToBitField: Bool { has(BridgeNodeFlagBitField) }

    /// The bits of an integer or floating literal.
    public var bits: BitPattern { unit.integer(payloadBase).value }

    /// A string literal's bytes without the terminator. Characters are `characterWidth` bytes, little-endian.
    public var stringBytes: [UInt8] { unit.bytes(payload(0)) }
    public var characterWidth: Int { Int(operand) }

    /// What a declaration reference names, or the field of a member access.
    public var declaration: Declaration { unit.declaration(operand) }
    /// `p->m` rather than `r.m`.
    public var isArrow: Bool { has(BridgeNodeFlagArrow) }

    public var unaryOperator: UnaryOperator { UnaryOperator(rawValue: operand)! }
    public var binaryOperator: BinaryOperator { BinaryOperator(rawValue: operand)! }
    public var castKind: CastKind { CastKind(rawValue: operand)! }
    public var isExplicitCast: Bool { has(BridgeNodeFlagExplicit) }

    /// The type a compound assignment converts its left side to before it computes.
    public var computationLeftType: CType { unit.type(payload(0)) }
    /// The type of the computed value before it is converted back.
    public var computationResultType: CType { unit.type(payload(1)) }

    public var callee: Node { unit.node(unit.words[base + Int(BridgeNodeWordFirstChild.rawValue)]) }
    public var arguments: [Node] { (1..<max(1, childCount)).compactMap(child) }
    /// The function a call names directly.
    public var directCallee: Declaration? { payload(0) == 0 ? nil : unit.declaration(payload(0)) }
    /// clang's number of the builtin a call names, 0 if none.
    public var builtin: Int { Int(operand) }

    /// Whether a compound literal has static storage duration.
    public var isFileScope: Bool { has(BridgeNodeFlagFileScope) }
    /// The value of the elements of an array initialiser that are not listed.
    public var arrayFiller: Node? { payload(0) == 0 ? nil : unit.node(payload(0)) }
    /// The member a union's initialiser sets.
    public var unionField: Declaration? { operand == 0 ? nil : unit.declaration(operand) }

    public var measure: Measure { Measure(rawValue: operand)! }
    /// What sizeof or _Alignof measures.
    public var measuredType: CType { unit.type(payload(0)) }
    /// The value of sizeof, _Alignof or offsetof, where it is constant.
    public var constantValue: BitPattern? {
        guard has(BridgeNodeFlagConstant) else { return nil }
        return unit.integer(payloadBase + (kind == .sizeOrAlignment ? 1 : 0)).value
    }

    /// The record of an offsetof that is not constant.
    public var offsetRecord: CType { unit.type(payload(0)) }
    /// The path of an offsetof that is not constant.
    public var offsetComponents: [OffsetComponent] {
        (0..<Int(payload(1))).map { index in
            let (field, subscript_) = (payload(2 + 2 * index), payload(3 + 2 * index))
            return field != 0 ? .field(unit.declaration(field)) : .index(unit.node(subscript_))
        }
    }

    public var atomicOperation: AtomicOperation { AtomicOperation(rawValue: operand)! }
    public var atomicName: String { unit.string(payload(0)) }
    /// A compare-exchange that may fail spuriously.
    public var isWeakExchange: Bool { has(BridgeNodeFlagWeak) }

    /// The elements a vector element access selects.
    public var elementIndices: [Int] { (0..<payloadCount).map { Int(payload($0)) } }
}

/// One step of an offsetof path.
public enum OffsetComponent: Sendable {
    case field(Declaration)
    case index(Node)
}
