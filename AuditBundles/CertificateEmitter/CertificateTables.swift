// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Analyzer
import MemoryCells
import Numbers
import ProgramIR
import Reductions

/// Numbers that a certificate gives to clones, nodes, tags, labels and constant facts.
final class CertificateTables {
    let analysis: ProgramAnalysis
    let labels: LabelTable
    let clones: [Int32]
    let nodes: [NodeKey]
    private let cloneNumbers: [Int32: Int]
    private let nodeNumbers: [NodeKey: Int]
    let tags: [Tag]
    private let tagNumbers: [Tag: Int]
    private(set) var usedLabels: [Int32] = [LabelTable.empty]
    private var labelNumbers: [Int32: Int] = [LabelTable.empty: 0]
    private(set) var constants: [MemoryFact] = []
    private var constantNumbers: [MemoryFact: Int] = [:]

    /// `nodes` must be sorted, and hold the entry node of every clone among `clones`.
    init(_ analysis: ProgramAnalysis, labels: LabelTable, clones: [Int32], nodes: [NodeKey]) {
        self.analysis = analysis
        self.labels = labels
        self.clones = clones
        self.nodes = nodes
        cloneNumbers = Dictionary(uniqueKeysWithValues: clones.enumerated().map { ($1, $0) })
        nodeNumbers = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1, $0) })
        var tags: [Tag] = []
        for place in analysis.tags.dynamic.indices {
            let tag = analysis.tags.firstDynamic + Tag(place)
            switch analysis.tags.info(tag).kind {
            case .local(_, let clone), .heap(let clone, _, _): if cloneNumbers[clone] != nil { tags.append(tag) }
            default: break
            }
        }
        self.tags = tags
        let first = Int(analysis.tags.firstDynamic)
        tagNumbers = Dictionary(uniqueKeysWithValues: tags.enumerated().map { ($1, first + $0) })
    }

    func clone(_ id: Int32) -> Int { cloneNumbers[id] ?? 0 }
    func node(_ key: NodeKey) -> Int { nodeNumbers[key] ?? 0 }
    /// nil: the tag belongs to a clone that no execution of the proof enters, so nothing has it.
    func tag(_ tag: Tag) -> Int? { tag < analysis.tags.firstDynamic ? Int(tag) : tagNumbers[tag] }

    /// What stands for a register or a place in facts of an owner that has these places.
    func number(of register: Register, _ places: [Register], in owner: FactOwner) -> Int {
        guard register >= PlaceTable.first, let index = places.firstIndex(of: register) else { return Int(register) }
        switch owner {
        case .node(let node): return registerCount(of: node.clone) + index
        // The number before the places is the result's.
        case .exit(let clone): return registerCount(of: clone) + 1 + index
        }
    }

    func registerCount(of clone: Int32) -> Int {
        analysis.program.functions[Int(analysis.clones[Int(clone)].function)].registers.count
    }

    func label(_ id: Int32) -> Int {
        if let known = labelNumbers[id] { return known }
        let number = usedLabels.count
        usedLabels.append(id)
        labelNumbers[id] = number
        return number
    }

    func constant(_ fact: MemoryFact) -> Int {
        if let known = constantNumbers[fact] { return known }
        let number = constants.count
        constants.append(fact)
        constantNumbers[fact] = number
        return number
    }
}

/// Facts as FORMAT.md section 5.2 encodes them.
extension ByteWriter {
    mutating func type(_ type: ScalarType) {
        switch type {
        case .integer(let type):
            byte(0)
            byte(type.bits)
            byte(type.isSigned ? 1 : 0)
        case .pointer: byte(1)
        case .float(let format):
            byte(2)
            byte(format.rawValue)
        }
    }

    mutating func targets(_ targets: Targets, _ tables: CertificateTables) {
        let entries = targets.entries.compactMap { entry in tables.tag(entry.base).map { ($0, entry) } }.sorted {
            $0.0 < $1.0
        }
        unsigned(entries.count)
        for (number, entry) in entries {
            unsigned(number)
            guard tables.analysis.tags.isObject(entry.base) else {
                optional(nil)
                optional(nil)
                signed(1)
                signed(0)
                continue
            }
            optional(entry.offset.lower.finite)
            optional(entry.offset.upper.finite)
            modulus(entry.offset)
        }
    }

    /// Single values are told by their bounds.
    mutating func modulus(_ value: IntegerValue) {
        signed(value.stride > 1 ? Int128(value.stride) : 1)
        signed(value.stride > 1 ? Int128(value.offset) : 0)
    }

    mutating func predicate(_ value: AbstractValue, _ tables: CertificateTables) {
        switch value {
        case .integer(let value):
            optional(value.lower.finite)
            optional(value.upper.finite)
            modulus(value)
        case .pointer(let targets):
            byte(targets.isAny ? 1 : 0)
            if !targets.isAny { self.targets(targets, tables) }
        case .float(let range):
            byte(range.isTop ? 1 : 0)
            if !range.isTop {
                double(range.lower)
                double(range.upper)
                byte(range.mayBeNaN ? 1 : 0)
            }
        }
    }

    /// `number` gives what stands for a symbol, register or place that a fact names.
    mutating func memoryFact(
        _ fact: MemoryFact, label: Int32, _ tables: CertificateTables, number: (Int32) -> Int
    ) {
        let tag = tables.tag(fact.tag) ?? 0
        func head(_ writer: inout ByteWriter, _ kind: UInt8) {
            writer.byte(kind)
            writer.unsigned(tag)
        }
        switch fact.content {
        case .cells(let range, let type, let mayBeUninitialised, let value):
            head(&self, 0)
            signed(Int128(range.first))
            unsigned(range.count)
            unsigned(range.stride)
            self.type(type)
            byte(mayBeUninitialised ? 1 : 0)
            predicate(value, tables)
        case .initialised(let bits):
            head(&self, 1)
            signed(Int128(bits.lowerBound))
            signed(Int128(bits.upperBound))
        case .bytes(let bits, let value):
            head(&self, 2)
            signed(Int128(bits.lowerBound))
            signed(Int128(bits.upperBound))
            byte(value)
        case .alive: head(&self, 3)
        case .size(let size):
            head(&self, 4)
            optional(size.lower.finite)
            optional(size.upper.finite)
        case .absent: head(&self, 5)
        case .raw(let bits):
            head(&self, 6)
            signed(Int128(bits.lowerBound))
            signed(Int128(bits.upperBound))
        case .segment(let from, let to):
            head(&self, 7)
            for form in [from, to] {
                terms(form, number: number)
                signed(form.constant)
            }
        case .absentIfNull(let name):
            head(&self, 8)
            unsigned(number(name))
        }
        unsigned(tables.label(label))
    }

    /// The terms of a form, ascending by what stands for their symbols.
    mutating func terms(_ form: LinearForm, number: (Int32) -> Int) {
        unsigned(form.terms.count)
        for (name, coefficient) in form.terms.map({ (number($0.symbol), $0.coefficient) }).sorted(by: { $0.0 < $1.0 }) {
            unsigned(name)
            signed(coefficient)
        }
    }

    mutating func place(_ register: Register, label: Int32, _ tables: CertificateTables) {
        guard let place = tables.analysis.places.place(of: register) else { return }
        switch place.kind {
        case .cell(let position, let type):
            byte(0)
            unsigned(tables.tag(place.tag) ?? 0)
            signed(Int128(position))
            self.type(type)
        case .size:
            byte(1)
            unsigned(tables.tag(place.tag) ?? 0)
        }
        unsigned(tables.label(label))
    }

    /// A demanded fact of a node or an exit.
    mutating func fact(
        _ key: NodeFactKey, of owner: FactOwner, _ places: [Register], label: Int32, _ tables: CertificateTables
    ) {
        let state = tables.analysis.registers(of: owner)
        func number(_ register: Register) -> Int { tables.number(of: register, places, in: owner) }
        func linear(_ writer: inout ByteWriter, _ terms: [(Register, Int128)], _ bound: Int128) {
            writer.byte(0)
            writer.unsigned(terms.count)
            for (number, coefficient) in terms.map({ (number($0.0), $0.1) }).sorted(by: { $0.0 < $1.0 }) {
                writer.unsigned(number)
                writer.signed(coefficient)
            }
            writer.signed(bound)
        }
        switch key {
        case .upper(let register):
            guard case .integer(let value)? = state[register], let bound = value.upper.finite else { return }
            linear(&self, [(register, 1)], bound)
        case .lower(let register):
            guard case .integer(let value)? = state[register], let bound = value.lower.finite else { return }
            linear(&self, [(register, -1)], -bound)
        case .congruence(let register):
            guard case .integer(let value)? = state[register] else { return }
            byte(1)
            unsigned(1)
            unsigned(number(register))
            signed(1)
            signed(Int128(value.stride))
            signed(Int128(value.offset))
        case .targets(let register):
            guard case .pointer(let targets)? = state[register] else { return }
            byte(2)
            unsigned(number(register))
            self.targets(targets, tables)
        case .float(let register):
            guard case .float(let range)? = state[register] else { return }
            byte(3)
            unsigned(number(register))
            double(range.lower)
            double(range.upper)
            byte(range.mayBeNaN ? 1 : 0)
        case .relation(let pair):
            guard let bound = tables.analysis.bound(of: pair, at: owner) else { return }
            linear(
                &self, [(pair.first, Int128(pair.firstSign)), (pair.second, Int128(pair.secondSign))], bound)
        case .inequality(let form):
            byte(0)
            terms(form, number: number)
            signed(-form.constant)
        case .memory(let fact): return memoryFact(fact, label: label, tables, number: number)
        case .place: return
        }
        unsigned(tables.label(label))
    }
}
