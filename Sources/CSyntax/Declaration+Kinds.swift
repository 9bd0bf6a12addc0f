// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ClangBridge

/// What only functions have.
extension Declaration {
    /// clang's builtin number, 0 if the function is no builtin. The name tells which.
    public var builtin: Int { kind == .function ? Int(payload(0)) : 0 }
    /// The body of the definition.
    public var body: Node? {
        let node = word(BridgeDeclarationWordBody)
        return kind == .function && node != 0 ? unit.node(node) : nil
    }
    public var parameters: [Declaration] { (0..<Int(payload(5))).map { unit.declaration(payload(6 + $0)) } }
    public var isInline: Bool { has(BridgeDeclarationFlagInline) }
    /// An inline definition that provides no external definition (C11 6.7.4p7).
    public var isInlineOnly: Bool { has(BridgeDeclarationFlagInlineOnly) }
    public var isNoReturn: Bool { has(BridgeDeclarationFlagNoReturn) }
    public var returnsTwice: Bool { has(BridgeDeclarationFlagReturnsTwice) }
    /// __attribute__((malloc)): the result is a fresh object.
    public var returnsFreshObject: Bool { has(BridgeDeclarationFlagMalloc) }
    public var isIndirectFunction: Bool { has(BridgeDeclarationFlagIndirectFunction) }
    /// Runs before main; the smaller number runs first.
    public var constructorPriority: Int? { has(BridgeDeclarationFlagConstructor) ? Int(payload(3)) : nil }
    /// Runs after main; the smaller number runs last.
    public var destructorPriority: Int? { has(BridgeDeclarationFlagDestructor) ? Int(payload(4)) : nil }
}

/// What only variables and parameters have.
extension Declaration {
    /// The initialiser as an expression. Absent if `constantInitializer` is given.
    public var initializer: Node? {
        let node = word(BridgeDeclarationWordBody)
        return kind != .function && node != 0 ? unit.node(node) : nil
    }
    /// The initialiser of an object with static storage duration, evaluated.
    public var constantInitializer: ConstantValue? {
        let id = word(BridgeDeclarationWordConstant)
        return id == 0 ? nil : ConstantValue(unit: unit, id: id)
    }
    /// The type as it is written: of a parameter that is declared as an array, that array (C11 6.7.6.3p7 makes it a pointer).
    public var writtenType: CType { unit.type(payload(5)) }
    public var isRegister: Bool { has(BridgeDeclarationFlagRegister) }
    /// A parameter of a function defined without prototype: the argument arrives promoted.
    public var isOldStyle: Bool { has(BridgeDeclarationFlagOldStyle) }
    /// __attribute__((cleanup(f))): f is called with the variable's address when its scope ends.
    public var cleanupFunction: Declaration? {
        guard kind == .variable, payload(3) != 0 else { return nil }
        return unit.declaration(payload(3))
    }
    /// The machine register a global or local register variable is bound to.
    public var machineRegister: String? {
        guard kind == .variable, payload(4) != 0 else { return nil }
        return unit.string(payload(4))
    }
    /// The alignment of the object in bytes, attributes included. 0 if the type is incomplete.
    public var objectAlignment: Int { Int(payload(2)) }
}

/// What only records and their fields have.
extension Declaration {
    public var isUnion: Bool { has(BridgeDeclarationFlagUnion) }
    public var isComplete: Bool { has(BridgeDeclarationFlagComplete) }
    public var isPacked: Bool { has(BridgeDeclarationFlagPacked) }
    public var isTransparentUnion: Bool { has(BridgeDeclarationFlagTransparentUnion) }
    public var hasFlexibleArray: Bool { has(BridgeDeclarationFlagFlexibleArray) }
    /// The fields of a complete record, unnamed bit-fields included.
    public var fields: [Declaration] {
        guard kind == .record, payloadCount > 3 else { return [] }
        return (3..<payloadCount).map { unit.declaration(payload($0)) }
    }

    /// The record a field belongs to.
    public var record: Declaration { unit.declaration(payload(0)) }
    public var fieldIndex: Int { Int(payload(1)) }
    public var bitOffset: Int64 { unit.int64(payloadBase + 2) }
    public var bitWidth: Int? { payload(4) == 0 ? nil : Int(payload(4)) - 1 }
    public var isBitField: Bool { payload(4) != 0 }
}

/// What only enumerations, their constants and file-scope assembly have.
extension Declaration {
    public var enumerationConstants: [Declaration] { (0..<payloadCount).map { unit.declaration(payload($0)) } }
    /// The value of an enumeration constant, to be read with the sign of its type.
    public var enumerationValue: BitPattern { unit.integer(payloadBase).value }
    public var assemblyText: String { unit.string(payload(0)) }
}
