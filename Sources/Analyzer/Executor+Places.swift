// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Numbers
import ProgramIR
import Reductions

// Places: FORMAT.md section 5.3. Where a tree begins they are contents and exact sizes, and where it ends these become places.
extension Executor {
    /// What a place's value is now, what that rests on, and the place of an owner that it comes from.
    func value(at place: Place) -> (value: Value, label: Int32, source: Int32?)? {
        guard let object = memory[Int(place.tag)] else { return nil }
        switch place.kind {
        case .cell(let position, let type):
            return object.contents.last { $0.position == position && $0.type == type }.map {
                ($0.value, $0.label, $0.place)
            }
        case .size: return object.exactSize.map { (.integer($0.form), $0.label, $0.place) }
        }
    }

    /// Shows that the place has a value.
    func showPlace(_ register: Register) -> Shown? {
        guard let place = analysis.places.place(of: register), let known = value(at: place) else { return nil }
        return Shown(atoms: usePlace(known.source), label: known.label)
    }

    func usePlace(_ fact: Int32?) -> [Atom] { fact.map { [.uses(.place($0))] } ?? [] }

    /// Whether an owner's facts about the register are there to be taken over: those about a place are not where it has turned
    /// out that no single object has the tag, or that the place cannot be proved.
    func canBind(_ register: Register, _ importer: Importer) -> Bool {
        guard let place = analysis.places.place(of: register) else { return true }
        let isAbsent = memory[Int(place.tag)] == nil && tags.isHeap(place.tag)
        return tags.isSingle(place.tag) && !isAbsent && isAvailable(.place(register), importer)
    }

    /// A place of an owner takes this value.
    mutating func bindPlace(_ register: Register, _ value: Value, _ importer: inout Importer) {
        guard let place = analysis.places.place(of: register) else { return }
        if memory[Int(place.tag)] == nil { memory[Int(place.tag)] = ObjectMemory() }
        let form = number(value)
        let label = label(.place(register), importer)
        let fact = recorder == nil ? nil : newPlace(label)
        if let fact { note(.place(register), [.place(fact)], &importer) }
        memory.update(Int(place.tag)) { object in
            switch place.kind {
            case .cell(let position, let type):
                object.contents.removeAll { $0.position == position && $0.type.sameCell(as: type) }
                object.contents.append(.init(position: position, type: type, value: value, label: label, place: fact))
            case .size:
                if let form { object.exactSize = .init(form: form, label: label, place: fact) }
            }
        }
    }

    /// Places of the state at hand, as far as they are wanted, become part of a node's or an exit's.
    func addPlaces(
        to state: inout NodeState, cells: (Tag, Range<Int>) -> Bool, sizes: (Tag) -> Bool
    ) -> [Register] {
        if !analysis.budget.usesRelations { return [] }
        var result: [Register] = []
        func add(_ place: Place, _ value: Value) {
            let register = analysis.places.register(for: place)
            state.registers[register] = abstraction(of: value, place.type)
            result.append(register)
        }
        for key in memory.keys {
            let tag = Tag(key)
            guard let object = memory[key], tags.isSingle(tag) else { continue }
            if let size = object.exactSize, sizes(tag) { add(Place(tag: tag, kind: .size), .integer(size.form)) }
            if let kind = tags.object(of: tag)?.kind, kind == .constant || kind == .labels { continue }
            for content in object.contents.prefix(Self.mostCells) where cells(tag, content.bits) {
                // A pointer that is read back under a label is known by its targets alone.
                guard content.type.isInteger else { continue }
                add(Place(tag: tag, kind: .cell(position: content.position, content.type)), content.value)
            }
            if result.count >= analysis.budget.places { break }
        }
        return result
    }

    /// What is known of a cell alone its facts say too: places are kept that are related to something, and those with one
    /// value, which may turn out to be related to others where paths meet.
    func dropUnrelated(_ places: [Register], from state: inout NodeState) {
        var related = state.relations.registers
        for key in state.memory.keys {
            for segment in state.memory[key]?.segments ?? [] {
                related.formUnion((segment.from.terms + segment.to.terms).map(\.symbol))
            }
        }
        for row in state.equalities.rows where row.isBeyondRelations {
            related.formUnion(row.terms.map { Register($0.variable) })
        }
        related.formUnion(state.inequalities.flatMap { $0.terms.map(\.symbol) })
        for register in places where !related.contains(register) {
            if case .integer(let value)? = state.registers[register], value.constant != nil { continue }
            state.registers[register] = nil
            state.relations.forget(register)
            state.equalities = state.equalities.removing(Int(register))
        }
    }

    /// How many cells of one object may be places.
    private static let mostCells = 16
}

extension ScalarType {
    var isInteger: Bool {
        if case .integer = self { return true }
        return false
    }
}
