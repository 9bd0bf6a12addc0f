// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Analyzer
import MemoryCells
import ProgramIR

/// Writes the script of one tree: gives facts their final numbers, as the checker will count them, and leaves out what
/// is not needed.
struct ScriptWriter {
    private let record: ProofRecorder
    private let needed: NeededFacts
    private let tables: CertificateTables
    private let context: ProofState
    /// The node's places, and how many registers its function has.
    private let places: [Register]
    private let registerCount: Int
    private var writer = ByteWriter()
    private var numbers = Numbers()
    private var stack: [Numbers] = []
    /// By fact of the record; -1: it has none.
    private var linear: [Int]
    private var congruences: [Int]
    private var exclusions: [Int]
    private var memory: [Int]
    private var present: Set<FactReference> = []
    /// The event that is being written.
    private var current = 0

    /// The checker's counters and memory facts at one point of a path.
    private struct Numbers {
        var linear = 0
        var congruences = 0
        var exclusions = 0
        var memory: [Mirrored] = []
        /// Fresh symbols of the record that the checker does not make: of places that nothing asks for.
        var skippedIntegers: [Range<Int32>] = []
        var skippedBases: [Range<Int32>] = []
    }

    /// A memory fact as the checker holds it.
    private struct Mirrored {
        var content: MemoryFact.Content
        var tag: Tag
        /// The fact's present number in the record; -1 for pieces that the record does not know.
        var fact: Int32
        var isAlive = true
    }

    init(
        _ record: ProofRecorder, _ needed: NeededFacts, _ tables: CertificateTables, _ context: ProofState,
        _ node: NodeKey
    ) {
        places = context.places(of: .node(node))
        registerCount = tables.registerCount(of: node.clone)
        self.record = record
        self.needed = needed
        self.tables = tables
        self.context = context
        linear = Array(repeating: -1, count: record.linear.count)
        congruences = Array(repeating: -1, count: record.congruences.count)
        exclusions = Array(repeating: -1, count: record.exclusions.count)
        memory = Array(repeating: -1, count: record.memory.count)
    }

    /// The script's bytes.
    mutating func write() -> [UInt8] {
        for (index, event) in record.events.enumerated() {
            current = index
            switch event.kind {
            case .save: stack.append(numbers)
            case .restore: numbers = stack.removeLast()
            default:
                guard needed.isIncluded[index] else { continue }
                if let condition = event.condition, !present.contains(condition) { continue }
                let isMinimal = needed.isMinimal[index]
                for atom in isMinimal ? event.minimal ?? [] : event.atoms { write(atom, event) }
                for effect in event.effects { apply(effect, event) }
                for reference in isMinimal ? event.minimalProduces : event.produces { number(reference) }
                if let imports = event.imports { take(imports) }
            }
        }
        return writer.bytes
    }

    // Numbers.

    private mutating func number(_ reference: FactReference) {
        present.insert(reference)
        switch reference {
        case .linear(let fact):
            linear[Int(fact)] = numbers.linear
            numbers.linear += 1
        case .congruence(let fact):
            congruences[Int(fact)] = numbers.congruences
            numbers.congruences += 1
        case .exclusion(let fact):
            exclusions[Int(fact)] = numbers.exclusions
            numbers.exclusions += 1
        case .memory(let fact):
            if isSkipped(fact) { present.remove(reference); return }
            memory[Int(fact)] = numbers.memory.count
            let content = record.memory[Int(fact)].content
            numbers.memory.append(Mirrored(content: content.content, tag: content.tag, fact: fact))
        case .targets, .float, .place: break
        }
    }

    /// Items of an optional list that were left out make no fact.
    private func isSkipped(_ fact: Int32) -> Bool { optional.contains(fact) && !needed.contains(.memory(fact)) }

    private var optional: Set<Int32> = []

    /// The checker's numbers of symbols: registers and the node's places come before what the tree makes.
    private func numbering(_ skipped: [Range<Int32>]) -> (Int32) -> Int {
        { [places, registerCount] symbol in
            if let index = places.firstIndex(of: symbol) { return registerCount + index }
            if Int(symbol) < registerCount { return Int(symbol) }
            let fresh = symbol - Int32(registerCount)
            let missing = skipped.reduce(0) { $1.lowerBound < fresh ? $0 + $1.count : $0 }
            return Int(symbol) + places.count - missing
        }
    }

    private mutating func take(_ imports: FactImports) {
        if !imports.symbols.isEmpty {
            let demanded = Set(context.places(of: imports.owner))
            for (register, symbols) in imports.symbols where !demanded.contains(register) {
                numbers.skippedIntegers.append(symbols.integers)
                numbers.skippedBases.append(symbols.bases)
            }
        }
        for key in context.demanded(of: imports.owner) {
            if let references = imports.facts[key] {
                for reference in references { number(reference) }
            } else if case .memory(let fact) = key {
                // An earlier execution of the tree asked for it, that objects are absent; this one does not.
                numbers.memory.append(Mirrored(content: fact.content, tag: fact.tag, fact: -1))
            }
        }
    }

    // Atoms.

    private mutating func write(_ atom: Atom, _ event: ProofEvent) {
        switch atom {
        case .byte(let value): writer.byte(value)
        case .unsigned(let value): writer.unsigned(value)
        case .signed(let value): writer.signed(value)
        case .optionalSigned(let value): writer.optional(value)
        case .derivation(let derivation): write(derivation)
        case .congruence(let derivation):
            writer.signed(derivation.modulus)
            if derivation.modulus != 1 { writePremises(derivation) }
        case .congruencePremises(let derivation): writePremises(derivation)
        case .linear(let fact): writer.unsigned(linear[Int(fact)])
        case .exclusion(let fact): writer.unsigned(exclusions[Int(fact)])
        case .congruenceFact(let fact): writer.unsigned(congruences[Int(fact)])
        case .memory(let fact): writer.unsigned(memory[Int(fact)])
        case .optionalMemory(let fact): writer.unsigned(fact.map { memory[Int($0)] + 1 } ?? 0)
        case .form(let form):
            let number = numbering(numbers.skippedIntegers)
            writer.terms(form, number: number)
        case .writtenSegment(let fact):
            optional.insert(fact)
            writer.byte(needed.contains(.memory(fact)) ? 1 : 0)
        case .symbol(let symbol): writer.unsigned(numbering(numbers.skippedIntegers)(symbol))
        case .baseSymbol(let symbol): writer.unsigned(numbering(numbers.skippedBases)(symbol))
        case .type(let type): writer.type(type)
        case .beginCase(let references):
            caseStart = (numbers.linear, numbers.congruences)
            for reference in references { number(reference) }
        case .endCase:
            numbers.linear = caseStart.linear
            numbers.congruences = caseStart.congruences
        case .memoryFact(let fact, let label):
            let number = numbering(fact.content.namesBase ? numbers.skippedBases : numbers.skippedIntegers)
            writer.memoryFact(fact, label: label, tables, number: number)
        case .keeps(let kept): writeKeeps(kept, event)
        case .node(let key): writer.unsigned(tables.node(key))
        case .clone(let id): writer.unsigned(tables.clone(id))
        case .tag(let tag): writer.unsigned(tables.tag(tag) ?? 0)
        case .predicate(let value, _): writer.predicate(value, tables)
        case .constant(let fact): writer.unsigned(tables.constant(fact))
        case .uses: break
        case .makes(let references): for reference in references { number(reference) }
        case .items(let items):
            optional.formUnion(items.map(\.fact))
            let chosen = items.filter { needed.contains(.memory($0.fact)) }
            writer.unsigned(chosen.count)
            for item in chosen { for atom in item.atoms { write(atom, event) } }
        }
    }

    private var caseStart: (linear: Int, congruences: Int) = (0, 0)

    private mutating func write(_ derivation: Derivation) {
        if derivation.premises.isEmpty { return writer.unsigned(0) }
        if derivation.premises.count == 1, derivation.premises[0].coefficient == 1, derivation.divisor == 1 {
            writer.unsigned(1)
            return writer.unsigned(linear[Int(derivation.premises[0].fact)])
        }
        writer.unsigned(derivation.premises.count + 1)
        for premise in derivation.premises {
            writer.unsigned(linear[Int(premise.fact)])
            writer.signed(premise.coefficient)
        }
        writer.signed(derivation.divisor)
    }

    private mutating func writePremises(_ derivation: CongruenceDerivation) {
        writer.unsigned(derivation.premises.count)
        for premise in derivation.premises {
            writer.unsigned(congruences[Int(premise.fact)])
            writer.signed(premise.coefficient)
        }
    }

    /// One decision for each cells fact that the write may overlap, case by case.
    private mutating func writeKeeps(_ kept: [KeptCells], _ event: ProofEvent) {
        for effect in event.effects {
            guard case .write(let tag, let bits, strong: false, _, _) = effect else { continue }
            for fact in numbers.memory where fact.isAlive && fact.tag == tag {
                guard case .cells(let range, _, _, _) = fact.content, range.overlaps(bits) else { continue }
                if let entry = kept.first(where: { $0.fact == fact.fact }), needed.keeps(fact.fact, at: current) {
                    writer.byte(1)
                    for atom in entry.atoms { write(atom, event) }
                } else {
                    writer.byte(0)
                }
            }
        }
    }

    // Memory.

    private mutating func apply(_ effect: MemoryEffect, _ event: ProofEvent) {
        switch effect {
        case .pieces: break
        case .relabel(let pairs):
            for pair in pairs {
                let place = memory[Int(pair.old)]
                // A fact on an absent object may get new labels several times from the one it was taken over with.
                guard place >= 0, place < numbers.memory.count,
                    numbers.memory[place].fact == pair.old
                        || isAbout(numbers.memory[place], record.memory[Int(pair.new)].content)
                else { continue }
                numbers.memory[place].fact = pair.new
                memory[Int(pair.new)] = place
            }
        case .forgetAll: for place in numbers.memory.indices { numbers.memory[place].isAlive = false }
        case .forgetContents(let initialised):
            for place in numbers.memory.indices
            where numbers.memory[place].content.isAboutContents(orInitialised: initialised) {
                numbers.memory[place].isAlive = false
            }
        case .forgetTag(let tag, let except):
            for place in numbers.memory.indices
            where numbers.memory[place].tag == tag && !except.contains(numbers.memory[place].fact) {
                numbers.memory[place].isAlive = false
            }
        case .renameTag(let tag, let other):
            for place in numbers.memory.indices where numbers.memory[place].tag == tag {
                numbers.memory[place].tag = other
            }
        case .forget(let facts):
            for place in numbers.memory.indices where facts.contains(numbers.memory[place].fact) {
                numbers.memory[place].isAlive = false
            }
        case .write(let tag, let bits, _, let initialised, let kept):
            for place in numbers.memory.indices where numbers.memory[place].isAlive && numbers.memory[place].tag == tag
            {
                cut(place, bits, initialised: initialised, kept: kept, event)
            }
        }
    }

    private func isAbout(_ fact: Mirrored, _ content: MemoryFact) -> Bool {
        fact.tag == content.tag && fact.content == content.content
    }

    private mutating func cut(_ place: Int, _ bits: Range<Int>, initialised: Bool, kept: [Int32], _ event: ProofEvent) {
        let fact = numbers.memory[place]
        var pieces: [MemoryFact.Content] = []
        switch fact.content {
        case .cells(let range, let type, let mayBeUninitialised, let value):
            guard range.overlaps(bits) else { return }
            if kept.contains(fact.fact), needed.keeps(fact.fact, at: current) { return }
            pieces = [range.before(bits), range.after(bits)].compactMap { $0 }.map {
                .cells($0, type, mayBeUninitialised: mayBeUninitialised, value)
            }
        case .initialised(let range):
            guard initialised, range.overlaps(bits) else { return }
            pieces = range.without(bits).map { .initialised($0) }
        case .bytes(let range, let byte):
            guard range.overlaps(bits) else { return }
            let whole = (bits.lowerBound & ~7)..<((bits.upperBound + 7) & ~7)
            pieces = range.without(whole).map { .bytes($0, byte) }
        case .segment:
            guard initialised else { return }
        case .raw(let range):
            guard range.overlaps(bits) else { return }
            pieces = range.without(bits).map { .raw($0) }
        default: return
        }
        numbers.memory[place].isAlive = false
        for piece in pieces {
            let known = recordedPiece(of: fact.fact, piece, event)
            if known >= 0 {
                memory[Int(known)] = numbers.memory.count
                present.insert(.memory(known))
            }
            numbers.memory.append(Mirrored(content: piece, tag: fact.tag, fact: known))
        }
    }

    private func recordedPiece(of fact: Int32, _ content: MemoryFact.Content, _ event: ProofEvent) -> Int32 {
        guard fact >= 0 else { return -1 }
        for effect in event.effects {
            guard case .pieces(let pairs) = effect else { continue }
            for pair in pairs
            where pair.old == fact && pair.new >= 0 && record.memory[Int(pair.new)].content.content == content {
                return pair.new
            }
        }
        return -1
    }
}

extension MemoryFact.Content {
    /// What it names in a script is a base symbol, not an integer symbol.
    fileprivate var namesBase: Bool {
        if case .absentIfNull = self { return true }
        return false
    }

    /// A write somewhere takes it away; of what is initialised one says so that may leave bits without a value.
    fileprivate func isAboutContents(orInitialised: Bool) -> Bool {
        switch self {
        case .cells, .bytes, .raw: true
        case .initialised, .segment: orInitialised
        case .alive, .size, .absent, .absentIfNull: false
        }
    }
}

extension Range<Int> {
    /// What lies before and behind `other`.
    fileprivate func without(_ other: Range<Int>) -> [Range<Int>] {
        if !overlaps(other) { return isEmpty ? [] : [self] }
        return [
            lowerBound..<Swift.max(lowerBound, other.lowerBound), Swift.min(upperBound, other.upperBound)..<upperBound,
        ]
        .filter { !$0.isEmpty }
    }
}
