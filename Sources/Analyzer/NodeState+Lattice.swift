// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices
import MemoryCells
import ProgramIR
import Reductions

extension NodeState {
    func isSubset(of other: NodeState) -> Bool {
        for (register, value) in other.registers where !value.isTop {
            guard let mine = registers[register], mine.isSubset(of: value) else { return false }
        }
        return memory.forEachDifference(from: other.memory) { _, mine, theirs in
            guard let theirs else { return true }
            return (mine ?? ObjectMemory()).isSubset(of: theirs)
        }
    }

    func join(_ other: NodeState) -> NodeState {
        merging(other) { $0.join($1) } _: { $0.join($1) }
    }

    func widening(next: NodeState, thresholds: Thresholds) -> NodeState {
        merging(next) { $0.widening(next: $1, thresholds: thresholds) } _: { $0.widening(next: $1, thresholds: thresholds) }
    }

    private func merging(
        _ other: NodeState, _ values: (AbstractValue, AbstractValue) -> AbstractValue?,
        _ objects: (ObjectMemory, ObjectMemory) -> ObjectMemory
    ) -> NodeState {
        var result = NodeState()
        for (register, value) in registers {
            guard let theirs = other.registers[register], let merged = values(value, theirs) else { continue }
            result.registers[register] = merged
        }
        result.memory = memory.merging(other.memory) { _, mine, theirs in
            guard let mine, let theirs else { return nil }
            return objects(mine, theirs)
        }
        return result
    }
}

// From the executor's state to a node's: symbols are forgotten, what is known of them stays.
extension Executor {
    /// The state in which another tree begins at `block`.
    func state(at block: BlockID, _ info: FunctionInfo) -> NodeState {
        var state = NodeState()
        for register in info.liveRegisters(at: block) {
            let value = abstraction(of: value(of: register), function.registers[Int(register)])
            if !value.isTop { state.registers[register] = value }
        }
        state.memory = abstractMemory()
        return state
    }

    /// The state in which the function returns, its own objects gone.
    mutating func exitState(_ value: Value?) -> NodeState {
        endLocals()
        var state = NodeState()
        if let value, let type = function.result {
            let abstract = abstraction(of: value, type)
            if !abstract.isTop { state.registers[registerCount] = abstract }
        }
        state.memory = abstractMemory()
        return state
    }

    /// A return ends every object of the function.
    mutating func endLocals() {
        for object in live.sorted() { end(tags.local(object, clone: clone.id)) }
        for object in function.objects { memory[Int(tags.local(object, clone: clone.id))] = nil }
    }

    /// What a callee starts with.
    func calleeState(_ callee: FunctionID, _ arguments: [Value]) -> NodeState {
        let target = program.functions[Int(callee)]
        var state = NodeState()
        for (index, value) in arguments.enumerated() {
            let abstract = abstraction(of: value, target.registers[index])
            if !abstract.isTop { state.registers[Register(index)] = abstract }
        }
        state.memory = abstractMemory()
        return state
    }

    /// Memory with contents turned into cells.
    func abstractMemory() -> PersistentMap<ObjectMemory> {
        var result = memory
        for key in memory.keys {
            guard let object = memory[key], !object.contents.isEmpty else { continue }
            result[key] = abstracted(object)
        }
        return result
    }

    private func abstracted(_ object: ObjectMemory) -> ObjectMemory {
        var result = object
        result.contents = []
        for content in object.contents {
            let range = CellRange(first: content.position, width: content.type.storageBits)
            let value = abstraction(of: content.value, content.type)
            if let exact = result.cells.firstIndex(where: { $0.range == range && $0.type.sameCell(as: content.type) }) {
                result.cells[exact].value = value
                result.cells[exact].type = content.type
                result.cells[exact].mayBeUninitialised = false
            } else if result.cells.contains(where: { $0.range.overlaps(content.bits) }) || value.isTop && result.fills.contains(where: { $0.bits.overlaps(content.bits) }) {
                continue
            } else if result.fills.contains(where: { $0.bits.overlaps(content.bits) }) {
                continue
            } else {
                result.insert(.init(range: range, type: content.type, mayBeUninitialised: false, value: value))
            }
        }
        result.normalise()
        return result
    }
}
