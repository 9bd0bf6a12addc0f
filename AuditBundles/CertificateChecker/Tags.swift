// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Names for sets of concrete bases (section 5.1).
struct Tag {
    enum Kind { case null, ended, freed, function, object, local, heap }

    var kind: Kind
    /// The function or the object.
    var index = 0
    var clone = -1
    var instruction = -1
    var isMany = false
    var partner: Int?
    var alignment: Int128 = 1
    /// In bytes; nil: needs a size fact.
    var size: Int128?
    var isReadOnly = false

    var isObject: Bool { kind == .object || kind == .local || kind == .heap }
    /// Names at most one object at any time.
    var isSingle: Bool { isObject && !isMany }
}

enum FixedTag {
    static let null = 0
    static let ended = 1
    static let freed = 2
    static let firstFunction = 3
}

/// What the certificate declares, checked for range and shape; nothing of it is believed.
struct Clone {
    var function: Int
    var level: Int
    var isRecursive: Bool
    var returns: Bool
    /// What memory holds where it returns.
    var places: [Place]
    var resultFacts: [RegisterFact]
    var memoryFacts: [MemoryFact]
    var effects: Effects
    /// The clone's first node and the number of its nodes.
    var nodes: Range<Int> = 0..<0
    var localTags: [Int] = []
}

struct WrittenRange {
    var tag: Int
    var from: Int128?
    var to: Int128?
}

struct Effects {
    var everything: Bool
    var label: Int
    var written: [WrittenRange]
    var freed: [Int]
    var allocated: [Int]
}

struct Node {
    var clone: Int
    var block: Int
    var places: [Place]
    var registerFacts: [RegisterFact]
    var memoryFacts: [MemoryFact]
    var script: Range<Int>
}

struct Certificate {
    var tags: [Tag] = []
    /// Tag of the local `object` in `clone`.
    var localTags: [UInt64: Int] = [:]
    var constants: [MemoryFact] = []
    var clones: [Clone] = []
    var nodes: [Node] = []
    var entry = 0

    static func localKey(_ object: Int, _ clone: Int) -> UInt64 { UInt64(object) << 32 | UInt64(clone) }
}
