// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices
import MemoryCells
import ProgramIR
import Reductions

extension NodeState {
    /// What is known of the objects of a tag; nil: nothing.
    func object(_ key: Int, _ known: ObjectMemory?, _ tags: TagTable) -> ObjectMemory? {
        if let known { return known }
        return heapIsKnown && tags.isHeap(Tag(key)) ? ObjectMemory.nonexistent : nil
    }

    func isSubset(of other: NodeState, _ tags: TagTable) -> Bool {
        if other.heapIsKnown && !heapIsKnown { return false }
        guard registersAreSubset(of: other) else { return false }
        return memory.forEachDifference(from: other.memory) { key, mine, theirs in
            guard let theirs = other.object(key, theirs, tags) else { return true }
            let mine = object(key, mine, tags) ?? ObjectMemory()
            return mine.isSubset(of: theirs)
                && (mine.absent != nil || theirs.segments.isEmpty || knows(theirs.segments, mine))
                && theirs.absentIfNull.allSatisfy { knows(absentIfNull: $0.name, mine) }
        }
    }

    func registersAreSubset(of other: NodeState) -> Bool {
        other.registers.allSatisfy { register, value in
            register < PlaceTable.first && value.isTop || registers[register].map { $0.isSubset(of: value) } ?? false
        } && relations.isSubset(of: other.relations) && equalities.isSubset(of: other.equalities)
            && other.inequalities.allSatisfy(implies)
    }

    /// - Parameter moving: registers with which the end of what is initialised may move.
    func join(_ other: NodeState, _ tags: TagTable, moving: Set<Register> = []) -> NodeState {
        let moved = movedRegisters(other, among: moving)
        var result = merging(other, tags, values: { $0.join($1) }, objects: { $0.join($1) }) {
            $0.commonSegments($1, $2, $3, moved: moved)
        }
        result.relations = relations.join(other.relations)
        result.equalities = equalities.join(other.equalities)
        result.inequalities = commonInequalities(other)
        return result
    }

    func widening(next: NodeState, thresholds: Thresholds, _ tags: TagTable) -> NodeState {
        var result = merging(
            next, tags, values: { $0.widening(next: $1, thresholds: thresholds) },
            objects: { $0.widening(next: $1, thresholds: thresholds) }
        ) { $0.lastingSegments($1, $2, $3) }
        result.relations = relations.widening(next: next.relations, thresholds: thresholds)
        // There are only finitely many, and fewer with each step.
        result.equalities = equalities.join(next.equalities)
        result.inequalities = inequalities.filter(next.implies)
        return result
    }

    private func merging(
        _ other: NodeState, _ tags: TagTable, values: (AbstractValue, AbstractValue) -> AbstractValue?,
        objects: (ObjectMemory, ObjectMemory) -> ObjectMemory,
        segments: (NodeState, ObjectMemory, NodeState, ObjectMemory) -> [ObjectMemory.Segment]
    ) -> NodeState {
        var result = NodeState()
        result.heapIsKnown = heapIsKnown && other.heapIsKnown
        for (register, value) in registers {
            guard let theirs = other.registers[register], let merged = values(value, theirs) else { continue }
            result.registers[register] = merged
        }
        result.memory = memory.merging(other.memory) { key, mine, theirs in
            guard let mine = object(key, mine, tags), let theirs = other.object(key, theirs, tags) else { return nil }
            var merged = objects(mine, theirs)
            if mine.absent == nil, theirs.absent == nil { merged.segments = segments(self, mine, other, theirs) }
            if merged.absent == nil { merged.absentIfNull = commonAbsence(Tag(key), mine, other, theirs) }
            return merged.isBareAbsence && result.heapIsKnown ? nil : merged
        }
        return result
    }
}

extension ObjectMemory {
    /// There is no such object.
    static var nonexistent: ObjectMemory {
        var memory = ObjectMemory()
        memory.absent = -1
        return memory
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
        let places = addPlaces(to: &state, cells: { _, _ in true }, sizes: { _ in true })
        let registers = info.relatedRegisters(at: block) + places
        let known = related(registers) { valueAtEnd(of: $0) }
        state.relations = relations(of: known)
        state.equalities = equalities(of: known)
        state.inequalities = inequalities(of: known)
        state.memory = abstractMemory(known, info.liveRegisters(at: block)) { value(of: $0) }
        dropUnrelated(places, from: &state)
        state.heapIsKnown = heapIsKnown
        return state
    }

    /// The state in which the function returns, its own objects gone.
    mutating func exitState(_ value: Value?) -> NodeState {
        endLocals()
        var state = NodeState()
        if let value = value.map(returned), let type = function.result {
            let abstract = abstraction(of: value, type)
            if !abstract.isTop { state.registers[registerCount] = abstract }
        }
        let effects = clone.effects
        let places = addPlaces(
            to: &state,
            cells: { tag, bits in
                effects.allocated.contains(tag)
                    || effects.written[tag]?.ranges.contains { $0.overlaps(bits) } ?? false
            }, sizes: { effects.allocated.contains($0) })
        let result = value.map(returned)
        let registers = Array(0..<Int32(function.parameterCount)) + (value == nil ? [] : [registerCount]) + places
        func valueAtEnd(_ register: Register) -> Value {
            register == registerCount ? result ?? .pointer(.null) : self.valueAtEnd(of: register)
        }
        let known = related(registers, as: valueAtEnd)
        state.relations = relations(of: known)
        state.equalities = equalities(of: known)
        state.inequalities = inequalities(of: known)
        state.memory = abstractMemory(known, registers, valueAtEnd)
        dropUnrelated(places, from: &state)
        state.heapIsKnown = heapIsKnown
        return state
    }

    /// A return ends every object of the function.
    mutating func endLocals() {
        for object in live.sorted() { end(tags.local(object, clone: clone.id)) }
        for object in function.objects { memory[Int(tags.local(object, clone: clone.id))] = nil }
    }

    /// A returned value once the function's own objects have ended: a pointer to one of them dangles.
    func returned(_ value: Value) -> Value {
        guard case .pointer(let pointer) = value, case .tag(let tag) = pointer.base,
            case .local(_, let owner) = tags.info(tag).kind, owner == clone.id
        else { return value }
        return .pointer(SymbolicPointer(base: .tag(.ended), offset: pointer.offset))
    }

    /// What a callee starts with.
    func calleeState(_ callee: FunctionID, _ arguments: [Value]) -> NodeState {
        let target = program.functions[Int(callee)]
        var state = NodeState()
        for (index, value) in arguments.enumerated() {
            let abstract = abstraction(of: value, target.registers[index])
            if !abstract.isTop { state.registers[Register(index)] = abstract }
        }
        let objects = Set(arguments.flatMap { targets(of: $0) })
        let places = addPlaces(to: &state, cells: { _, _ in false }, sizes: { objects.contains($0) })
        let registers = arguments.indices.map(Register.init) + places
        func valueAtEntry(_ register: Register) -> Value {
            register < PlaceTable.first ? arguments[Int(register)] : valueAtEnd(of: register)
        }
        let known = related(registers, as: valueAtEntry)
        state.relations = relations(of: known)
        state.equalities = equalities(of: known)
        state.inequalities = inequalities(of: known)
        state.memory = abstractMemory(known, registers, valueAtEntry)
        dropUnrelated(places, from: &state)
        state.heapIsKnown = heapIsKnown
        return state
    }

    /// Memory with contents turned into cells, and segments and pointers said by the registers and places that the state has.
    private func abstractMemory(
        _ related: [RelatedRegister], _ registers: [Register], _ value: (Register) -> Value
    ) -> PersistentMap<ObjectMemory> {
        var result = memory
        var names: SegmentNames?
        lazy var pointers = baseSymbols(registers) { value($0) }
        for key in memory.keys {
            guard let object = memory[key] else { continue }
            if !object.absentIfNull.isEmpty {
                result.update(key) { $0.absentIfNull = absenceIfNull(object, pointers) }
            }
            guard
                !memory.shares(key, with: entryState.memory) || object.segments.contains(where: { !$0.isConstant }),
                !object.contents.isEmpty || object.exactSize != nil || !object.segments.isEmpty
            else { continue }
            var known = abstracted(object)
            if !object.segments.isEmpty || object.exactSize != nil {
                let these = names ?? SegmentNames(related.map { ($0.register, $0.form) })
                names = these
                known.segments = named(
                    object, Tag(key), these, wanted: entryState.memory[key]?.segments ?? [])
            }
            known.absentIfNull = result[key]?.absentIfNull ?? []
            result[key] = known
        }
        return result
    }

    private func abstracted(_ object: ObjectMemory) -> ObjectMemory {
        var result = object
        result.contents = []
        result.segments = []
        result.exactSize = nil
        for content in object.contents {
            let range = CellRange(first: content.position, width: content.type.storageBits)
            let value = abstraction(of: content.value, content.type)
            if let exact = result.cells.firstIndex(where: { $0.range == range && $0.type.sameCell(as: content.type) }) {
                result.cells[exact].value = value
                result.cells[exact].type = content.type
                result.cells[exact].mayBeUninitialised = false
            } else if result.cells.contains(where: { $0.range.overlaps(content.bits) })
                || value.isTop && result.fills.contains(where: { $0.bits.overlaps(content.bits) })
            {
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
