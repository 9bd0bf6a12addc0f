// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ClangBridge

/// A declared entity. All declarations of the same entity in a unit are one `Declaration`.
public struct Declaration: Sendable, Hashable {
    public let unit: TranslationUnit
    /// Unique within the unit; 0 is "none".
    public let id: UInt32

    public static func == (left: Declaration, right: Declaration) -> Bool {
        left.id == right.id && left.unit === right.unit
    }
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }

    var base: Int {
        unit.start(BridgeSectionDeclarations)
            + Int(unit.words[unit.start(BridgeSectionDeclarationOffsets) + Int(id)])
    }
    func word(_ word: BridgeDeclarationWord) -> UInt32 { unit.words[base + Int(word.rawValue)] }
    func payload(_ index: Int) -> UInt32 {
        unit.words[base + Int(BridgeDeclarationWordFirstPayload.rawValue) + index]
    }
    var payloadBase: Int { base + Int(BridgeDeclarationWordFirstPayload.rawValue) }
    var payloadCount: Int { Int(word(BridgeDeclarationWordPayloadCount)) }
    func has(_ flag: BridgeDeclarationFlag) -> Bool { word(BridgeDeclarationWordFlags) & flag.rawValue != 0 }

    public var isPresent: Bool { id != 0 }
    public var kind: DeclarationKind { DeclarationKind(rawValue: word(BridgeDeclarationWordKind))! }
    public var name: String { unit.string(word(BridgeDeclarationWordName)) }
    /// The definition's place, or the first declaration's.
    public var location: Location { unit.location(word(BridgeDeclarationWordLocation)) }
    /// The type; of a typedef the type it stands for, of an enumeration its integer type.
    public var type: CType { unit.type(word(BridgeDeclarationWordType)) }
    public var linkage: Linkage { Linkage(rawValue: word(BridgeDeclarationWordLinkage) & 15)! }
    public var storageDuration: StorageDuration {
        StorageDuration(rawValue: word(BridgeDeclarationWordLinkage) >> 4 & 15)!
    }
    public var definition: DefinitionState { DefinitionState(rawValue: word(BridgeDeclarationWordLinkage) >> 8 & 15)! }

    public var isImplicit: Bool { has(BridgeDeclarationFlagImplicit) }
    public var isWeak: Bool { has(BridgeDeclarationFlagWeak) || has(BridgeDeclarationFlagWeakReference) }
    /// An anonymous member or an unnamed bit-field.
    public var isUnnamed: Bool { has(BridgeDeclarationFlagUnnamed) }
    /// Declared inside a function.
    public var isBlockScope: Bool { has(BridgeDeclarationFlagBlockScope) }

    /// The name, or the place of an unnamed declaration.
    public var displayName: String { name.isEmpty ? "(unnamed at \(location))" : name }

    /// The name the linker sees: an asm label wins over the identifier.
    public var symbol: String {
        switch kind {
        case .function: unit.string(payload(1))
        case .variable, .parameter: unit.string(payload(0))
        default: name
        }
    }

    /// The symbol this one stands for (alias, weakref), or the resolver of an ifunc.
    public var aliasTarget: String? {
        let id = kind == .function ? payload(2) : kind == .variable ? payload(1) : 0
        return id == 0 ? nil : unit.string(id)
    }
}
