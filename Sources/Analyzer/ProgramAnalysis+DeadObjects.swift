// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import MemoryCells
import ProgramIR
import Reductions

// Objects of calls that turn out not to be made.
extension ProgramAnalysis {
    /// Takes objects that belong to clones outside of `clones` out of the states of nodes and of their clones' exits: the
    /// analysis went through those clones on its way, and no execution makes their objects. True if there were any.
    public func forgetObjects(except clones: Set<Int32>, in nodes: [NodeKey]) -> Bool {
        var dead: Set<Tag> = []
        for place in tags.dynamic.indices {
            switch tags.dynamic[place].kind {
            case .local(_, let clone), .heap(let clone, _, _):
                if !clones.contains(clone) { dead.insert(tags.firstDynamic + Tag(place)) }
            default: break
            }
        }
        if dead.isEmpty { return false }
        var hasChanged = false
        for node in nodes {
            let clone = self.clones[Int(node.clone)]
            hasChanged = clone.nodes[node]?.forget(dead, places) ?? false || hasChanged
        }
        for id in clones { hasChanged = self.clones[Int(id)].exit?.forget(dead, places) ?? false || hasChanged }
        return hasChanged
    }
}

extension NodeState {
    fileprivate mutating func forget(_ dead: Set<Tag>, _ places: PlaceTable) -> Bool {
        var hasChanged = false
        var gone: Set<Register> = []
        for register in registers.keys {
            guard let place = places.place(of: register), dead.contains(place.tag) else { continue }
            registers[register] = nil
            relations.forget(register)
            equalities = equalities.removing(Int(register))
            inequalities.removeAll { $0.terms.contains { $0.symbol == register } }
            gone.insert(register)
            hasChanged = true
        }
        for (register, value) in registers {
            guard let rest = value.without(dead) else { continue }
            registers[register] = rest
            hasChanged = true
        }
        for key in memory.keys {
            guard let object = memory[key] else { continue }
            if dead.contains(Tag(key)) {
                memory[key] = nil
                hasChanged = true
                continue
            }
            if !gone.isEmpty, !object.segments.isEmpty { memory.update(key) { $0.forgetSegments(of: gone) } }
            if object.cells.contains(where: { $0.value.without(dead) != nil }) {
                memory.update(key) { object in
                    for index in object.cells.indices {
                        if let rest = object.cells[index].value.without(dead) { object.cells[index].value = rest }
                    }
                }
                hasChanged = true
            }
        }
        return hasChanged
    }
}

extension AbstractValue {
    /// The value without these targets; nil if it has none of them. With no other target it becomes unknown.
    fileprivate func without(_ dead: Set<Tag>) -> AbstractValue? {
        guard case .pointer(let targets) = self, !targets.isAny else { return nil }
        let rest = targets.keepingBases { !dead.contains($0) }
        if rest.count == targets.count { return nil }
        return .pointer(rest.count == 0 ? .top : rest)
    }
}
