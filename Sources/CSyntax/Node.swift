// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ClangBridge

/// A statement or an expression. Accessors that only some kinds have are in the extensions beside this file; what
/// operand and payload of a kind mean is listed in BridgeLayout.h.
public struct Node: Sendable, Hashable {
    public let unit: TranslationUnit
    /// Unique within the unit; a node with several parents has one id.
    public let id: UInt32

    public static func == (left: Node, right: Node) -> Bool { left.id == right.id && left.unit === right.unit }
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }

    var base: Int { unit.start(BridgeSectionNodes) + Int(id) }
    func word(_ word: BridgeNodeWord) -> UInt32 { unit.words[base + Int(word.rawValue)] }
    var operand: UInt32 { word(BridgeNodeWordOperand) }
    func has(_ flag: BridgeNodeFlag) -> Bool { word(BridgeNodeWordFlags) & flag.rawValue != 0 }
    var payloadCount: Int { Int(word(BridgeNodeWordPayloadCount)) }
    var payloadBase: Int { base + Int(BridgeNodeWordFirstChild.rawValue) + childCount }
    func payload(_ index: Int) -> UInt32 { unit.words[payloadBase + index] }

    public var kind: NodeKind { NodeKind(rawValue: word(BridgeNodeWordKind))! }
    /// The operator, member name or keyword: where a finding about this node is reported.
    public var location: Location { unit.location(word(BridgeNodeWordLocation)) }
    public var begin: Location { unit.location(word(BridgeNodeWordBegin)) }
    public var end: Location { unit.location(word(BridgeNodeWordEnd)) }

    public var childCount: Int { Int(word(BridgeNodeWordChildCount)) }
    /// The child, nil if it is absent (`for (;;)`).
    public func child(_ index: Int) -> Node? {
        guard index < childCount else { return nil }
        let id = unit.words[base + Int(BridgeNodeWordFirstChild.rawValue) + index]
        return id == 0 ? nil : unit.node(id)
    }
    /// The children that are present.
    public var children: [Node] { (0..<childCount).compactMap(child) }

    /// The class name of an unknown node.
    public var unknownName: String { unit.string(payload(0)) }
    public var isExpression: Bool { word(BridgeNodeWordType) != 0 }
}
