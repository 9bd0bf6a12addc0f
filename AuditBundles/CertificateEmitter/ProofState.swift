// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Analyzer
import MemoryCells
import ProgramIR

/// The proof under construction: which facts are demanded of which node or exit, what they rest on, and which had to
/// be given up.
///
/// Demands grow backwards from the obligations: a tree that needs a fact of its node asks for it, and every tree that jumps
/// there has to show it. A fact that some tree cannot show is given up, and the trees that used it are done again without it.
final class ProofState: ProofContext {
    private var demands: [FactOwner: [NodeFactKey: Int32]] = [:]
    private var orders: [FactOwner: [NodeFactKey]] = [:]
    private var unavailable: [FactOwner: Set<NodeFactKey>] = [:]
    private let labels: LabelTable
    /// Trees that show facts of an owner, and trees that take them over.
    private var providers: [FactOwner: Set<NodeKey>] = [:]
    private var consumers: [FactOwner: Set<NodeKey>] = [:]
    /// Trees to be done again because of what is demanded of them, or of what they took over.
    private var dirty: Set<NodeKey> = []
    /// Trees that took over facts which now rest on more.
    private var relabelled: Set<NodeKey> = []
    /// Facts given up.
    private(set) var gaps = 0

    private let places: PlaceTable

    init(labels: LabelTable, places: PlaceTable) {
        self.labels = labels
        self.places = places
    }

    // What the executor asks.

    func isAvailable(_ key: NodeFactKey, at owner: FactOwner) -> Bool {
        guard let given = unavailable[owner] else { return true }
        return !given.contains(key) && !key.places.contains { given.contains(.place($0)) }
    }

    /// The places that are demanded of an owner, in the certificate's order.
    func places(of owner: FactOwner) -> [Register] {
        demanded(of: owner).compactMap { if case .place(let register) = $0 { register } else { nil } }
    }

    func label(of key: NodeFactKey, at owner: FactOwner) -> Int32 { demands[owner]?[key] ?? LabelTable.empty }

    func demanded(of owner: FactOwner) -> [NodeFactKey] {
        if let known = orders[owner] { return known }
        let order = (demands[owner] ?? [:]).keys.map { (place: $0.certificateOrder(places), key: $0) }
            .sorted {
                if $0.place != $1.place { return $0.place.lexicographicallyPrecedes($1.place) }
                return $0.key.text < $1.key.text
            }
            .map(\.key)
        orders[owner] = order
        return order
    }

    func noteLabel(_ label: Int32, of key: NodeFactKey, at owner: FactOwner) {
        guard let known = demands[owner]?[key] else { return }
        let joined = labels.union(known, label)
        guard joined != known else { return }
        demands[owner]?[key] = joined
        relabelled.formUnion(consumers[owner] ?? [])
    }

    func fail(_ key: NodeFactKey, at owner: FactOwner) {
        guard demands[owner]?.removeValue(forKey: key) != nil else { return }
        if case .place(let register) = key {
            demands[owner] = demands[owner]?.filter { !$0.key.places.contains(register) }
        }
        orders[owner] = nil
        unavailable[owner, default: []].insert(key)
        gaps += 1
        dirty.formUnion(consumers[owner] ?? [])
        dirty.formUnion(providers[owner] ?? [])
    }

    // What the emitter says.

    func demand(_ key: NodeFactKey, of owner: FactOwner) {
        guard demands[owner]?[key] == nil, isAvailable(key, at: owner) else { return }
        for place in key.places { demands[owner, default: [:]][.place(place)] = label(of: .place(place), at: owner) }
        demands[owner, default: [:]][key] = LabelTable.empty
        orders[owner] = nil
        dirty.formUnion(providers[owner] ?? [])
    }

    func register(provider tree: NodeKey, of owner: FactOwner) { providers[owner, default: []].insert(tree) }
    func register(consumer tree: NodeKey, of owner: FactOwner) { consumers[owner, default: []].insert(tree) }

    /// Everything that takes over facts or effects of this owner has to be done again.
    func invalidate(consumersOf owner: FactOwner) { dirty.formUnion(consumers[owner] ?? []) }

    func mark(_ tree: NodeKey) { dirty.insert(tree) }

    /// The next tree to execute. Demands travel backwards, so the last in order comes first; once they are at rest labels
    /// travel forwards, the first in order first.
    ///
    /// - Parameter rank: the order in which labels are settled.
    func next(_ rank: (NodeKey) -> Int) -> NodeKey? {
        guard let tree = dirty.max() ?? relabelled.min(by: { rank($0) < rank($1) }) else { return nil }
        dirty.remove(tree)
        relabelled.remove(tree)
        return tree
    }
}

extension NodeFactKey {
    /// Decides between facts about one thing that differ in what they say of it.
    fileprivate var text: String {
        guard case .memory(let fact) = self else { return "" }
        return "\(fact.content)"
    }

    /// Places that the fact speaks of.
    fileprivate var places: [Register] {
        switch self {
        case .upper(let register), .lower(let register), .congruence(let register), .targets(let register),
            .float(let register):
            register >= PlaceTable.first ? [register] : []
        case .relation(let pair): [pair.first, pair.second].filter { $0 >= PlaceTable.first }
        case .inequality(let form): form.terms.map(\.symbol).filter { $0 >= PlaceTable.first }
        case .memory(let fact):
            switch fact.content {
            case .segment(let from, let to): (from.terms + to.terms).map(\.symbol).filter { $0 >= PlaceTable.first }
            case .absentIfNull(let register): register >= PlaceTable.first ? [register] : []
            default: []
            }
        case .place: []
        }
    }

    /// Places first, then register facts, then memory facts, each by what they are about.
    fileprivate func certificateOrder(_ places: PlaceTable) -> [Int] {
        switch self {
        case .place(let register): return [-1] + places.order(of: register)
        case .upper(let register): return [0, Int(register)]
        case .lower(let register): return [1, Int(register)]
        case .congruence(let register): return [2, Int(register)]
        case .targets(let register): return [3, Int(register)]
        case .float(let register): return [4, Int(register)]
        case .relation(let pair):
            return [5, Int(pair.first), Int(pair.second), Int(pair.firstSign), Int(pair.secondSign)]
        case .inequality(let form):
            return [5, .max] + form.terms.flatMap { [Int($0.symbol), Int(truncatingIfNeeded: $0.coefficient)] }
        case .memory(let fact): return [6, Int(fact.tag)] + fact.content.certificateOrder
        }
    }
}

extension MemoryFact.Content {
    fileprivate var certificateOrder: [Int] {
        switch self {
        case .cells(let range, _, let mayBeUninitialised, _):
            [0, range.first, range.count, range.stride, range.width, mayBeUninitialised ? 1 : 0]
        case .initialised(let bits): [1, bits.lowerBound, bits.upperBound]
        case .bytes(let bits, let byte): [2, bits.lowerBound, bits.upperBound, Int(byte)]
        case .alive: [3]
        case .size: [4]
        case .absent: [5]
        case .raw(let bits): [6, bits.lowerBound, bits.upperBound]
        // Segments of one object are told apart by their text.
        case .segment: [7]
        case .absentIfNull(let register): [8, Int(register)]
        }
    }
}
