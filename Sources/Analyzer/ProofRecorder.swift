// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// A piece of a script, before facts have their final numbers: the emitter turns atoms into bytes one by one.
public enum Atom: Sendable {
    case byte(UInt8)
    case unsigned(Int)
    case signed(Int128)
    case optionalSigned(Int128?)
    case derivation(Derivation)
    /// The modulus, then the premises if it is not 1.
    case congruence(CongruenceDerivation)
    /// The premises alone, where the modulus is known from what is to be shown.
    case congruencePremises(CongruenceDerivation)
    case linear(Int32)
    case exclusion(Int32)
    case congruenceFact(Int32)
    case memory(Int32)
    case optionalMemory(Int32?)
    case form(LinearForm)
    /// Whether a write makes this fact, a segment: only if something asks for it.
    case writtenSegment(Int32)
    /// The number of an integer symbol.
    case symbol(Int32)
    case baseSymbol(Int32)
    case type(ScalarType)
    /// Facts of a case, numbered next and withdrawn at `endCase`.
    case beginCase([FactReference])
    case endCase
    /// A memory fact as FORMAT.md section 5.2 encodes it, its label number included.
    case memoryFact(MemoryFact, label: Int32)
    /// Decisions for the cells facts that a weak write overlaps, in the order of their numbers.
    case keeps([KeptCells])
    case node(NodeKey)
    case clone(Int32)
    case tag(Tag)
    /// What a loaded value satisfies, as FORMAT.md section 5.2 encodes predicates.
    case predicate(AbstractValue, ScalarType)
    /// A fact about constant objects, to be listed in the certificate's table.
    case constant(MemoryFact)
    /// Reads a symbol's current targets or range without naming it: it must be present.
    case uses(FactReference)
    /// Facts that the step has made by this point of its hint.
    case makes([FactReference])
    /// A list of which only the items are written whose fact is needed.
    case items([OptionalItem])
}

/// One item of a list that a step offers: the fact that it makes, and its bytes.
public struct OptionalItem: Sendable {
    public var fact: Int32
    public var atoms: [Atom]
}

/// A cells fact that a weak write keeps, and why the written value satisfies its predicate.
public struct KeptCells: Sendable {
    public var fact: Int32
    public var atoms: [Atom]
    /// What that rests on.
    public var label: Int32
}

/// What the replay of the script does to the numbering of memory facts.
public enum MemoryEffect: Sendable {
    /// Facts that overlap the bits are cut; initialised facts too if `initialised`. `pieces` names what stays.
    case write(tag: Tag, bits: Range<Int>, strong: Bool, initialised: Bool, kept: [Int32])
    /// All facts go.
    case forgetAll
    /// What is known of what memory holds goes: cells, bytes, raw stretches, and initialised ones if `initialised`.
    case forgetContents(initialised: Bool)
    /// All facts about a tag go, but for those listed.
    case forgetTag(Tag, except: [Int32] = [])
    /// Facts about one tag are about another from here on.
    case renameTag(Tag, to: Tag)
    case forget([Int32])
    /// Facts go on under new record numbers, their labels having grown.
    case relabel([(old: Int32, new: Int32)])
    /// Facts that are cut into those named.
    case pieces([(old: Int32, new: Int32)])
}

/// One entry of the record of a tree's execution, in the order of its script.
public struct ProofEvent: Sendable {
    public enum Kind: Sendable {
        /// Part of the script in any case.
        case step
        /// Left out where nothing it produces is needed.
        case lemma
        /// No bytes: facts that arise by themselves, if `condition` is present.
        case automatic
        /// State is saved before a branch, or restored behind it.
        case save, restore
    }

    public var kind: Kind
    public var atoms: [Atom]
    public var produces: [FactReference]
    /// Cheaper bytes where nothing of `produces` that they lack is needed.
    public var minimal: [Atom]?
    public var minimalProduces: [FactReference] = []
    public var condition: FactReference?
    /// Facts this one follows from without naming them.
    public var sources: [FactReference] = []
    public var effects: [MemoryEffect] = []
    /// Facts that come from the demanded ones of a node or of a function clone's exit, by key.
    public var imports: FactImports?
}

/// Who provides facts: a node, to its tree; or a function clone's exit, to its callers.
public enum FactOwner: Hashable, Sendable {
    case node(NodeKey)
    case exit(Int32)
}

/// Facts that a step takes over from their owner: those that are demanded, in the owner's order.
public struct FactImports: Sendable {
    public var owner: FactOwner
    public var facts: [NodeFactKey: [FactReference]] = [:]
    /// Fresh symbols of an exit's places, which are not made where nothing asks for the place.
    public var symbols: [Register: SymbolRange] = [:]
}

/// Symbols that a tree has made, counted by class from the first fresh one.
public struct SymbolRange: Sendable {
    public var integers: Range<Int32>
    public var bases: Range<Int32>
}

/// The record of one tree: facts, their labels, and the events that made them.
public final class ProofRecorder {
    public struct Fact: Sendable {
        public var label: Int32
        public var event: Int32
    }

    public internal(set) var events: [ProofEvent] = []
    public internal(set) var linear: [Fact] = []
    public internal(set) var congruences: [Fact] = []
    public internal(set) var exclusions: [Fact] = []
    public internal(set) var targets: [Fact] = []
    public internal(set) var floats: [Fact] = []
    public internal(set) var memory: [(fact: Fact, content: MemoryFact)] = []
    public internal(set) var places: [Fact] = []
    /// Facts that others provide: what is to be asked of them if the fact is needed.
    public internal(set) var imported: [FactReference: (owner: FactOwner, key: NodeFactKey)] = [:]
    /// Function clones that the tree calls.
    public internal(set) var calls: Set<Int32> = []
    let labels: LabelTable

    init(labels: LabelTable) { self.labels = labels }

    func label(of reference: FactReference) -> Int32 {
        switch reference {
        case .linear(let fact): linear[Int(fact)].label
        case .congruence(let fact): congruences[Int(fact)].label
        case .exclusion(let fact): exclusions[Int(fact)].label
        case .targets(let fact): targets[Int(fact)].label
        case .float(let fact): floats[Int(fact)].label
        case .memory(let fact): memory[Int(fact)].fact.label
        case .place(let fact): places[Int(fact)].label
        }
    }

    func event(of reference: FactReference) -> Int32 {
        switch reference {
        case .linear(let fact): linear[Int(fact)].event
        case .congruence(let fact): congruences[Int(fact)].event
        case .exclusion(let fact): exclusions[Int(fact)].event
        case .targets(let fact): targets[Int(fact)].event
        case .float(let fact): floats[Int(fact)].event
        case .memory(let fact): memory[Int(fact)].fact.event
        case .place(let fact): places[Int(fact)].event
        }
    }

    func label(of derivation: Derivation) -> Int32 {
        var result = LabelTable.empty
        for premise in derivation.premises { result = labels.union(result, linear[Int(premise.fact)].label) }
        return result
    }

    func label(of derivation: CongruenceDerivation) -> Int32 {
        var result = LabelTable.empty
        for premise in derivation.premises { result = labels.union(result, congruences[Int(premise.fact)].label) }
        return result
    }
}

/// Sets of assumption numbers, each kept once.
public final class LabelTable {
    public static let empty: Int32 = 0
    public private(set) var sets: [[Int32]] = [[]]
    private var ids: [[Int32]: Int32] = [[]: 0]
    private var unions: [UInt64: Int32] = [:]

    public init() {}

    public func intern(_ set: [Int32]) -> Int32 {
        if let known = ids[set] { return known }
        let id = Int32(sets.count)
        sets.append(set)
        ids[set] = id
        return id
    }

    public func single(_ assumption: Int32) -> Int32 { intern([assumption]) }

    public func union(_ left: Int32, _ right: Int32) -> Int32 {
        if left == right || right == Self.empty { return left }
        if left == Self.empty { return right }
        let key = UInt64(UInt32(min(left, right))) << 32 | UInt64(UInt32(max(left, right)))
        if let known = unions[key] { return known }
        let result = intern(Set(sets[Int(left)]).union(sets[Int(right)]).sorted())
        unions[key] = result
        return result
    }

    public func isSubset(_ left: Int32, of right: Int32) -> Bool { union(left, right) == right }
}
