// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ClangBridge

/// A canonical C type with its qualifiers: typedefs, typeof and parentheses are resolved.
public struct CType: Sendable, Hashable {
    public let unit: TranslationUnit
    let qualified: UInt32

    public static func == (left: CType, right: CType) -> Bool {
        left.qualified == right.qualified && left.unit === right.unit
    }
    public func hash(into hasher: inout Hasher) { hasher.combine(qualified) }

    /// Unique within the unit for the unqualified type; 0 is "no type".
    public var id: Int32 { Int32(qualified >> 3) }
    public var isPresent: Bool { qualified >> 3 != 0 }
    public var isConst: Bool { qualified & 1 != 0 }
    public var isRestrict: Bool { qualified & 2 != 0 }
    public var isVolatile: Bool { qualified & 4 != 0 }
    public var unqualified: CType { CType(unit: unit, qualified: qualified & ~7) }

    private var base: Int {
        unit.start(BridgeSectionTypes) + Int(unit.words[unit.start(BridgeSectionTypeOffsets) + Int(id)])
    }
    private func word(_ word: BridgeTypeWord) -> UInt32 { unit.words[base + Int(word.rawValue)] }
    private func payload(_ index: Int) -> UInt32 { unit.words[base + Int(BridgeTypeWordFirstPayload.rawValue) + index] }
    private var payloadCount: Int { Int(word(BridgeTypeWordPayloadCount)) }

    public var kind: TypeKind { isPresent ? TypeKind(rawValue: word(BridgeTypeWordKind))! : .unknown }
    /// Size in bytes; 0 for incomplete, function and variable array types.
    public var size: Int64 { unit.int64(base + Int(BridgeTypeWordSizeLow.rawValue)) }
    /// Alignment in bytes; 0 where the type has none.
    public var alignment: Int { Int(word(BridgeTypeWordAlignment)) }

    // MARK: Arithmetic types

    /// Width in bits of the values of an integer, Boolean or enumeration type.
    public var width: Int {
        switch kind {
        case .boolean: 1
        case .integer: Int(payload(0))
        case .enumeration: underlying.width
        default: Int(size) * 8
        }
    }

    /// Whether an integer, Boolean or enumeration type is signed.
    public var isSigned: Bool {
        switch kind {
        case .integer: payload(1) != 0
        case .enumeration: underlying.isSigned
        default: false
        }
    }

    /// The format of a floating type.
    public var format: FloatingFormat { FloatingFormat(rawValue: payload(0))! }

    public var isInteger: Bool { kind == .integer || kind == .boolean || kind == .enumeration }
    public var isFloating: Bool { kind == .floating }
    public var isArithmetic: Bool { isInteger || isFloating || kind == .complex }
    public var isPointer: Bool { kind == .pointer || kind == .nullPointer }
    public var isScalar: Bool { isInteger || isFloating || isPointer }
    public var isVoid: Bool { kind == .void }
    public var isArray: Bool { kind == .constantArray || kind == .incompleteArray || kind == .variableArray }
    public var isFunction: Bool { kind == .function || kind == .functionWithoutPrototype }

    // MARK: Derived types

    /// Pointee, element, value type of an atomic type, or element of a complex type.
    public var element: CType { unit.type(payload(0)) }
    public var pointee: CType { element }
    /// Number of elements of a constant array or a vector.
    public var count: Int64 {
        kind == .vector ? Int64(payload(1)) : unit.int64(base + Int(BridgeTypeWordFirstPayload.rawValue) + 1)
    }
    /// The length of a variable array, as written; evaluated once, where the type is declared. Nil for [*].
    public var lengthExpression: Node? {
        let node = payload(1)
        return node == 0 ? nil : unit.node(node)
    }
    public var declaration: Declaration { unit.declaration(payload(0)) }
    /// The integer type of an enumeration.
    public var underlying: CType { unit.type(payload(1)) }

    public var result: CType { unit.type(payload(0)) }
    public var isVariadic: Bool { payload(1) & 1 != 0 }
    public var isNoReturn: Bool { payload(1) & 2 != 0 }
    public var parameters: [CType] { (2..<max(2, payloadCount)).map { unit.type(payload($0)) } }

    /// Whether the type is, or is built from, a variable array.
    public var isVariablyModified: Bool {
        switch kind {
        case .variableArray: true
        case .pointer, .constantArray, .incompleteArray, .atomic: element.isVariablyModified
        case .function, .functionWithoutPrototype: result.isVariablyModified
        default: false
        }
    }

    /// The spelling of a basic type, or the class name of an unknown one.
    public var name: String {
        switch kind {
        case .integer: unit.string(payload(2))
        case .floating: unit.string(payload(1))
        case .unknown: isPresent ? unit.string(payload(0)) : "(none)"
        default: description
        }
    }
}

extension CType: CustomStringConvertible {
    public var description: String {
        let qualifiers = (isConst ? "const " : "") + (isVolatile ? "volatile " : "") + (isRestrict ? "restrict " : "")
        return qualifiers + unqualifiedDescription
    }

    private var unqualifiedDescription: String {
        switch kind {
        case .unknown, .integer, .floating: name
        case .void: "void"
        case .boolean: "_Bool"
        case .nullPointer: "nullptr_t"
        case .complex: "_Complex \(element)"
        case .pointer: "pointer to \(element)"
        case .constantArray: "array[\(count)] of \(element)"
        case .incompleteArray: "array[] of \(element)"
        case .variableArray: "array[*] of \(element)"
        case .function:
            "function(\((parameters.map(\.description) + (isVariadic ? ["..."] : [])).joined(separator: ", "))) returning \(result)"
        case .functionWithoutPrototype: "function() returning \(result)"
        case .record: (declaration.isUnion ? "union " : "struct ") + declaration.displayName
        case .enumeration: "enum " + declaration.displayName
        case .atomic: "_Atomic \(element)"
        case .vector: "vector[\(count)] of \(element)"
        }
    }
}
