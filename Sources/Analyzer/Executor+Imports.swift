// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Intervals
import MemoryCells
import Numbers
import ProgramIR
import Reductions

/// Collects the facts that one key of an owner gives rise to.
final class ImportList {
    var facts: [FactReference] = []
    func add(_ references: [FactReference]) { facts += references }
}

// Taking over facts: a tree from its node, a call from the callee's exit.
extension Executor {
    /// Facts of an owner, as they are taken over.
    struct Importer {
        var owner: FactOwner
        var facts: [NodeFactKey: [FactReference]] = [:]
        var symbols: [Register: SymbolRange] = [:]
    }

    func label(_ key: NodeFactKey, _ importer: Importer) -> Int32 {
        analysis.proof?.label(of: key, at: importer.owner) ?? LabelTable.empty
    }

    func isAvailable(_ key: NodeFactKey, _ importer: Importer) -> Bool {
        analysis.proof?.isAvailable(key, at: importer.owner) ?? true
    }

    func note(_ key: NodeFactKey, _ references: [FactReference], _ importer: inout Importer) {
        guard let recorder else { return }
        importer.facts[key] = references
        for reference in references { recorder.imported[reference] = (importer.owner, key) }
    }

    /// The node's state becomes the state of the tree's start.
    mutating func bindEntry() {
        var importer = Importer(owner: .node(node))
        for (register, value) in entryState.registers.sorted(by: { $0.key < $1.key }) {
            if let place = analysis.places.place(of: register) {
                guard canBind(register, importer) else { continue }
                bindPlace(register, entryValue(of: register, place.type), &importer)
                if node.block == 0 { notePlace(place) }
            }
            bind(
                value, integer: register, base: register, float: register, key: register,
                type(of: register), &importer)
        }
        bindRelations(&importer)
        bindEqualities(&importer)
        bindInequalities(&importer)
        if recorder != nil {
            for key in memory.keys {
                guard let object = memory[key] else { continue }
                memory[key] = numbered(object, Tag(key), &importer)
            }
            recorder?.events.append(
                ProofEvent(
                    kind: .automatic, atoms: [], produces: [],
                    imports: FactImports(owner: importer.owner, facts: importer.facts)))
        }
    }

    /// Makes symbols of these numbers satisfy `value`, whose facts are those of register `key` of the owner.
    mutating func bind(
        _ value: AbstractValue, integer: Int32, base: Int32, float: Int32, key: Register, _ type: ScalarType,
        _ importer: inout Importer
    ) {
        switch value {
        case .integer(let value):
            let place = placeOfInteger(integer)
            if value.stride > 1, isAvailable(.congruence(key), importer) {
                let fact = newCongruence(label(.congruence(key), importer))
                note(.congruence(key), [.congruence(fact)], &importer)
                integers[place].modulus = Int128(value.stride)
                integers[place].remainder = Int128(value.offset)
                integers[place].congruenceFact = fact
            }
            if value.upper.isFinite, isAvailable(.upper(key), importer) {
                let fact = newLinear(label(.upper(key), importer))
                note(.upper(key), [.linear(fact)], &importer)
                integers[place].upper = value.upper
                integers[place].upperFact = fact
            }
            if value.lower.isFinite, isAvailable(.lower(key), importer) {
                let fact = newLinear(label(.lower(key), importer))
                note(.lower(key), [.linear(fact)], &importer)
                integers[place].lower = value.lower
                integers[place].lowerFact = fact
            }
        case .pointer(let targets):
            _ = placeOfInteger(integer)
            if basePlaces[base] == nil {
                basePlaces[base] = bases.count
                bases.append(BaseSymbol(number: base, offset: integer))
            }
            if !targets.isAny, isAvailable(.targets(key), importer) {
                let fact = newTargets(label(.targets(key), importer))
                let list = ImportList()
                list.add([.targets(fact)])
                setTargets(targets, of: base, fact: fact, imports: list)
                note(.targets(key), list.facts, &importer)
            }
        case .float(let range):
            var symbol = FloatSymbol(number: float, format: .binary64)
            if case .float(let format) = type { symbol.format = format }
            if !range.isTop, isAvailable(.float(key), importer) {
                symbol.range = range
                symbol.fact = newFloat(label(.float(key), importer))
                note(.float(key), [.float(symbol.fact)], &importer)
            }
            if let place = floatPlaces[float] {
                floats[place] = symbol
            } else {
                floatPlaces[float] = floats.count
                floats.append(symbol)
            }
        }
    }

    /// The object's facts under numbers of the record; those that cannot be proved are left out.
    func numbered(_ object: ObjectMemory, _ tag: Tag, _ importer: inout Importer) -> ObjectMemory {
        guard recorder != nil else { return object }
        var object = object
        var taken = importer
        func number(_ content: MemoryFact.Content) -> Int32? {
            let fact = MemoryFact(tag: tag, content: content)
            // What the owner says twice is one fact of the certificate.
            if case .memory(let known)? = taken.facts[.memory(fact)]?.first { return known }
            guard isAvailable(.memory(fact), taken) else { return nil }
            let number = newMemory(fact, label(.memory(fact), taken))
            note(.memory(fact), [.memory(number)], &taken)
            return number
        }
        object.cells = object.cells.compactMap { cell in
            number(.cells(cell.range, cell.type, mayBeUninitialised: cell.mayBeUninitialised, cell.value)).map {
                var numbered = cell
                numbered.fact = $0
                return numbered
            }
        }
        object.initialised = object.initialised.compactMap { stretch in
            number(.initialised(stretch.bits)).map { .init(bits: stretch.bits, fact: $0) }
        }
        object.segments = object.segments.compactMap { segment in
            let names = segment.from.terms + segment.to.terms
            guard names.allSatisfy({ canBind($0.symbol, taken) }) else { return nil }
            return number(.segment(from: segment.from, to: segment.to)).map {
                .init(from: segment.from, to: segment.to, fact: $0)
            }
        }
        object.fills = object.fills.compactMap { fill in
            number(.bytes(fill.bits, fill.byte)).map { .init(bits: fill.bits, byte: fill.byte, fact: $0) }
        }
        object.raws = object.raws.compactMap { stretch in
            number(.raw(stretch.bits)).map { .init(bits: stretch.bits, fact: $0) }
        }
        if object.alive != nil { object.alive = number(.alive) }
        if let size = object.size {
            if let fact = number(.size(size)) { object.sizeFact = fact } else { object.size = nil }
        }
        if object.absent != nil { object.absent = number(.absent) }
        object.absentIfNull = object.absentIfNull.compactMap { known in
            number(.absentIfNull(known.name)).map { .init(name: known.name, fact: $0) }
        }
        importer = taken
        return object
    }
}
