// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Analyzer

/// Which facts of one tree's record are needed: by its obligations, and by what is demanded where its paths end.
struct NeededFacts {
    private(set) var linear: [Bool]
    private(set) var congruences: [Bool]
    private(set) var exclusions: [Bool]
    private(set) var targets: [Bool]
    private(set) var floats: [Bool]
    private(set) var memory: [Bool]
    private(set) var places: [Bool]
    /// By event: whether it is part of the script.
    private(set) var isIncluded: [Bool]
    /// By event: whether its cheaper form is used.
    private(set) var isMinimal: [Bool]
    /// By event of a write: the cells facts that something behind it needs. What only something before it needs is given
    /// up there: nothing was asked for that would show that the write respects it.
    private var kept: [Int: Set<Int32>] = [:]

    init(_ record: ProofRecorder) {
        linear = Array(repeating: false, count: record.linear.count)
        congruences = Array(repeating: false, count: record.congruences.count)
        exclusions = Array(repeating: false, count: record.exclusions.count)
        targets = Array(repeating: false, count: record.targets.count)
        floats = Array(repeating: false, count: record.floats.count)
        memory = Array(repeating: false, count: record.memory.count)
        places = Array(repeating: false, count: record.places.count)
        isIncluded = Array(repeating: true, count: record.events.count)
        isMinimal = Array(repeating: false, count: record.events.count)
        for (index, event) in record.events.enumerated().reversed() { visit(event, index) }
    }

    func contains(_ reference: FactReference) -> Bool {
        switch reference {
        case .linear(let fact): linear[Int(fact)]
        case .congruence(let fact): congruences[Int(fact)]
        case .exclusion(let fact): exclusions[Int(fact)]
        case .targets(let fact): targets[Int(fact)]
        case .float(let fact): floats[Int(fact)]
        case .memory(let fact): memory[Int(fact)]
        case .place(let fact): places[Int(fact)]
        }
    }

    func keeps(_ fact: Int32, at event: Int) -> Bool { kept[event]?.contains(fact) ?? false }

    private mutating func need(_ reference: FactReference) {
        switch reference {
        case .linear(let fact): if fact >= 0 { linear[Int(fact)] = true }
        case .congruence(let fact): if fact >= 0 { congruences[Int(fact)] = true }
        case .exclusion(let fact): if fact >= 0 { exclusions[Int(fact)] = true }
        case .targets(let fact): if fact >= 0 { targets[Int(fact)] = true }
        case .float(let fact): if fact >= 0 { floats[Int(fact)] = true }
        case .memory(let fact): if fact >= 0 { memory[Int(fact)] = true }
        case .place(let fact): if fact >= 0 { places[Int(fact)] = true }
        }
    }

    private mutating func visit(_ event: ProofEvent, _ index: Int) {
        for effect in event.effects {
            switch effect {
            case .relabel(let pairs), .pieces(let pairs):
                // A call may cut a fact twice: the second piece comes from the first.
                for pair in pairs.reversed() where pair.new >= 0 && memory[Int(pair.new)] { need(.memory(pair.old)) }
            default: break
            }
        }
        switch event.kind {
        case .save, .restore: return
        case .lemma:
            guard event.produces.contains(where: contains) else {
                isIncluded[index] = false
                return
            }
            need(event.atoms, at: index)
        case .automatic:
            guard
                event.produces.contains(where: contains)
                    || (event.produces.isEmpty && event.imports == nil && event.effects.isEmpty)
            else { return }
            for source in event.sources { need(source) }
            if let condition = event.condition { need(condition) }
        case .step:
            if let minimal = event.minimal {
                let extra = event.produces.filter { !event.minimalProduces.contains($0) }
                if !extra.contains(where: contains) {
                    isMinimal[index] = true
                    return need(minimal, at: index)
                }
            }
            need(event.atoms, at: index)
        }
    }

    private mutating func need(_ atoms: [Atom], at event: Int) {
        for atom in atoms {
            switch atom {
            case .derivation(let derivation): for premise in derivation.premises { need(.linear(premise.fact)) }
            case .congruence(let derivation), .congruencePremises(let derivation):
                for premise in derivation.premises { need(.congruence(premise.fact)) }
            case .linear(let fact): need(.linear(fact))
            case .exclusion(let fact): need(.exclusion(fact))
            case .congruenceFact(let fact): need(.congruence(fact))
            case .memory(let fact): need(.memory(fact))
            case .optionalMemory(let fact): if let fact { need(.memory(fact)) }
            case .uses(let reference): need(reference)
            case .keeps(let kept):
                // Only what is needed later is kept with an argument; needed facts stay needed before.
                let cells = kept.filter { $0.fact >= 0 && memory[Int($0.fact)] }
                self.kept[event] = Set(cells.map(\.fact))
                for cells in cells { need(cells.atoms, at: event) }
            case .items(let items):
                for item in items where memory[Int(item.fact)] { need(item.atoms, at: event) }
            default: break
            }
        }
    }
}
