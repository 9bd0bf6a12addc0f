// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import MemoryCells
import Numbers
import ProgramIR
import Reductions

// Lifetimes: allocate, free, start, end (FORMAT.md section 6.4).
extension Executor {
    mutating func executeAllocate(_ instruction: Instruction) {
        let size = integerValue(instruction.c)
        let high = upper(size), low = lower(size)
        let tag = tags.heap(clone: clone.id, instruction: place, alignment: Int(instruction.alignment))
        let partner = tags.info(tag).partner
        let absent = absentFact(tag), partnerAbsent = absentFact(partner)
        var atoms: [Atom] = [.byte(0x01), .tag(tag), .optionalMemory(absent), .optionalMemory(partnerAbsent)]
        for bound in [high, low] {
            atoms += bound.value.isFinite ? [.byte(1), .derivation(bound.derivation)] : [.byte(0)]
        }
        let label = union(label(of: high.derivation), label(of: low.derivation))
        for made in [tag, partner] {
            clone.effects.allocated.insert(made)
            noteUse(made, BitRanges.everywhere)
        }
        var effects: [MemoryEffect] = [.forgetTag(tag)]
        if absent == nil { effects = retire(tag, to: partner, partnerIsAbsent: partnerAbsent != nil, &atoms) }
        var object = ObjectMemory()
        object.size = IntegerValue(low.value < .zero ? .zero : low.value, high.value < .zero ? .zero : high.value)
        object.sizeFact = newMemory(MemoryFact(tag: tag, content: .size(object.size!)), label)
        object.alive = newMemory(MemoryFact(tag: tag, content: .alive), LabelTable.empty)
        var produces: [FactReference] = [.memory(object.sizeFact), .memory(object.alive!)]
        if let least = low.finite.flatMap(Int.init(exactly:)), least > 0, least < 1 << 50 {
            let fact = newMemory(MemoryFact(tag: tag, content: .raw(0..<(8 * least))), label)
            object.raws = [.init(bits: 0..<(8 * least), fact: fact)]
            produces.append(.memory(fact))
        }
        let symbol = freshBase()
        let conditional = newMemory(MemoryFact(tag: tag, content: .absentIfNull(symbol)), LabelTable.empty)
        object.absentIfNull = [.init(name: symbol, fact: conditional)]
        produces.append(.memory(conditional))
        record(.step, atoms, produces: produces, effects: effects)
        object.exactSize = .init(form: size, label: LabelTable.empty)
        memory[Int(tag)] = object
        let targets = Targets(base: .null, offset: IntegerValue(constant: 0)).join(
            Targets(base: tag, offset: IntegerValue(constant: 0)))
        makeTargets(targets, of: symbol, label: LabelTable.empty, sources: [])
        values[instruction.result] = .pointer(
            SymbolicPointer(base: .symbol(symbol), offset: LinearForm(symbol: base(symbol).offset)))
    }

    /// The latest object of the instruction becomes one of the earlier ones: what holds of it and of all of them stays.
    private mutating func retire(_ tag: Tag, to partner: Tag, partnerIsAbsent: Bool, _ atoms: inout [Atom])
        -> [MemoryEffect]
    {
        for content in memory[Int(tag)]?.contents ?? [] {
            let range = CellRange(first: content.position, width: content.type.storageBits)
            addCells(tag, range, content.type, false, abstraction(of: content.value, content.type))
        }
        keptInAnalysis = []
        memory.update(Int(tag)) { $0.contents = [] }
        guard !partnerIsAbsent else {
            memory[Int(partner)] = memory[Int(tag)] ?? ObjectMemory()
            memory.update(Int(partner)) { ($0.exactSize, $0.absentIfNull) = (nil, []) }
            memory[Int(tag)] = ObjectMemory()
            retag(tag, to: [partner])
            return [.renameTag(tag, to: partner)]
        }
        var common = (memory[Int(partner)] ?? ObjectMemory()).join(memory[Int(tag)] ?? ObjectMemory())
        common.absentIfNull = []
        var pairs: [(Int32, Int32)] = []
        /// Facts about either, as lemmas; the number of the one about the earlier objects.
        func both(_ content: MemoryFact.Content) -> Int32? {
            let old = MemoryFact(tag: partner, content: content), new = MemoryFact(tag: tag, content: content)
            guard let shownOld = show(old), let shownNew = show(new) else { return nil }
            let pair = (recordMemoryLemma(old, shownOld), recordMemoryLemma(new, shownNew))
            pairs.append(pair)
            return pair.0
        }
        common.cells = common.cells.compactMap { cell in
            both(.cells(cell.range, cell.type, mayBeUninitialised: cell.mayBeUninitialised, cell.value)).map {
                var kept = cell
                kept.fact = $0
                return kept
            }
        }
        common.initialised = common.initialised.compactMap { stretch in
            both(.initialised(stretch.bits)).map { .init(bits: stretch.bits, fact: $0) }
        }
        common.fills = common.fills.compactMap { fill in
            both(.bytes(fill.bits, fill.byte)).map { .init(bits: fill.bits, byte: fill.byte, fact: $0) }
        }
        common.raws = common.raws.compactMap { stretch in
            both(.raw(stretch.bits)).map { .init(bits: stretch.bits, fact: $0) }
        }
        common.alive = common.alive == nil ? nil : both(.alive)
        if let size = common.size {
            if let fact = both(.size(size)) { common.sizeFact = fact } else { common.size = nil }
        }
        atoms.append(.items(pairs.map { OptionalItem(fact: $0.0, atoms: [.memory($0.0), .memory($0.1)]) }))
        memory[Int(partner)] = common
        memory[Int(tag)] = ObjectMemory()
        retag(tag, to: [partner])
        return [.forgetTag(partner, except: pairs.map(\.0)), .forgetTag(tag)]
    }

    mutating func executeFree(_ instruction: Instruction) {
        let pointer = pointerValue(instruction.a)
        guard let entries = entries(of: pointer) else {
            decide(.invalidFree, .mayFail("nothing is known of what is freed"))
            let facts = memory.keys.compactMap { memory[$0]?.alive }
            record(.step, [.byte(0x01), .byte(0)], effects: [.forget(facts)])
            clone.effects.everything = true
            for key in memory.keys { memory.update(key) { $0.alive = nil } }
            return
        }
        var atoms: [Atom] = [], failures: [String] = [], heap: [Tag] = []
        var label = LabelTable.empty
        for entry in entries {
            switch tags.info(entry.tag).kind {
            case .null: continue
            case .heap:
                let alive = memory[Int(entry.tag)]?.alive
                noteUse(lifetimeOf: entry.tag)
                let outcome = inCase(pointer, entry.offset) { path, facts in
                    (path.upper(pointer.offset), path.lower(pointer.offset), facts)
                }
                let isStart = (outcome.0.finite ?? 1) <= 0 && (outcome.1.finite ?? -1) >= 0
                atoms += [
                    .optionalMemory(alive), .beginCase(outcome.2), .derivation(outcome.0.derivation),
                    .derivation(outcome.1.derivation), .endCase,
                ]
                if alive == nil {
                    failures.append("the memory may already have been freed")
                } else {
                    label = union(label, memoryLabel(alive!))
                }
                if !isStart { failures.append("the pointer may not be to the start of the allocated memory") }
                if isStart {
                    label = union(
                        label, union(self.label(of: outcome.0.derivation), self.label(of: outcome.1.derivation)))
                }
                heap.append(entry.tag)
            case .freed: failures.append("the memory may already have been freed")
            default: failures.append("`\(tags.name(of: entry.tag))` was not allocated by malloc")
            }
        }
        let holds = failures.isEmpty
        if holds {
            decide(.invalidFree, .holds)
        } else {
            let certain = heap.isEmpty && !entries.contains { $0.tag == .null }
            decide(.invalidFree, certain ? .fails(failures[0]) : .mayFail(failures[0]))
            label = union(label, alarmLabel(.invalidFree))
        }
        if case .symbol(let symbol) = pointer.base {
            label = union(label, recorder?.label(of: .targets(base(symbol).fact)) ?? LabelTable.empty)
        }
        clone.effects.label = union(clone.effects.label, label)
        for tag in heap { clone.effects.freed.insert(tag) }
        // With null possible too nothing may have been freed, and no pointer may be given up.
        let isExact = heap.count == 1 && tags.isSingle(heap[0]) && !entries.contains { $0.tag == .null }
        atoms = [.byte(0x01)] + useTargets(of: pointer) + [.byte(holds ? 1 : 0)] + (holds ? atoms : [])
        if isExact {
            let tag = heap[0]
            let absent = newMemory(MemoryFact(tag: tag, content: .absent), label)
            record(.step, atoms, produces: [.memory(absent)], effects: [.forgetTag(tag)])
            retag(tag, to: [.freed])
            var object = ObjectMemory()
            object.absent = absent
            memory[Int(tag)] = object
        } else {
            let facts = heap.compactMap { memory[Int($0)]?.alive }
            record(.step, atoms, effects: [.forget(facts)])
            for tag in heap { memory.update(Int(tag)) { $0.alive = nil } }
        }
        relabel(label)
    }

    /// In every pointer that is known, `tag` becomes the tags of `others`.
    mutating func retag(_ tag: Tag, to others: [Tag]) {
        func renamed(_ targets: Targets) -> Targets {
            guard !targets.isAny, targets.mayPoint(into: tag) else { return targets }
            let offset = targets.offset(in: tag)
            return others.reduce(targets.removing(base: tag)) {
                $0.join(Targets(base: $1, offset: tags.isObject($1) ? offset : IntegerValue(constant: 0)))
            }
        }
        for index in bases.indices {
            if let targets = bases[index].targets { bases[index].targets = renamed(targets) }
        }
        for (register, value) in values {
            if case .pointer(let pointer) = value, pointer.base == .tag(tag) {
                values[register] = .pointer(SymbolicPointer(base: .tag(others[0]), offset: pointer.offset))
            }
        }
        for key in memory.keys {
            guard memory[key]!.mentions(tag) else { continue }
            memory.update(key) { object in
                for index in object.cells.indices {
                    if case .pointer(let targets) = object.cells[index].value {
                        object.cells[index].value = .pointer(renamed(targets))
                    }
                }
                for index in object.contents.indices {
                    if case .pointer(let pointer) = object.contents[index].value, pointer.base == .tag(tag) {
                        object.contents[index].value = .pointer(
                            SymbolicPointer(base: .tag(others[0]), offset: pointer.offset))
                    }
                }
            }
        }
    }

    mutating func forgetLifetimes() {
        for key in memory.keys { memory[key] = nil }
        heapIsKnown = false
        forgetHeapTargets()
    }

    /// The fact that no object has the tag, if it is known; -1 without a record.
    func absentFact(_ tag: Tag) -> Int32? {
        noteUse(lifetimeOf: tag)
        if let object = memory[Int(tag)] { return object.absent }
        guard heapIsKnown, tags.isHeap(tag) else { return nil }
        guard let recorder else { return -1 }
        let key = NodeFactKey.memory(MemoryFact(tag: tag, content: .absent))
        let (owner, event) = heapSource
        if let known = recorder.events[event].imports?.facts[key]?.first, case .memory(let fact) = known {
            return relabelled(fact)
        }
        guard analysis.proof?.isAvailable(key, at: owner) ?? true else { return nil }
        let fact = newMemory(
            MemoryFact(tag: tag, content: .absent), analysis.proof?.label(of: key, at: owner) ?? LabelTable.empty)
        recorder.events[event].imports?.facts[key] = [.memory(fact)]
        recorder.imported[.memory(fact)] = (owner, key)
        return relabelled(fact)
    }

    /// A fact of the tree's start or of a callee's exit, with what stores since have put on it.
    private func relabelled(_ fact: Int32) -> Int32 {
        guard let recorder, heapLabel != LabelTable.empty else { return fact }
        let old = recorder.memory[Int(fact)]
        let new = newMemory(old.content, recorder.labels.union(old.fact.label, heapLabel))
        record(.automatic, [], effects: [.relabel([(fact, new)])])
        return new
    }

    /// Any heap object may have been freed, and others made by the same instructions.
    mutating func forgetHeapTargets() {
        for index in bases.indices {
            guard var targets = bases[index].targets, !targets.isAny else { continue }
            targets.forEachEntry { entry in
                guard tags.isHeap(entry.base) else { return }
                targets = targets.join(Targets(base: .freed, offset: IntegerValue(constant: 0)))
                let partner = tags.info(entry.base).partner
                if partner >= 0 { targets = targets.join(Targets(base: partner, offset: entry.offset)) }
            }
            bases[index].targets = targets
        }
    }

    mutating func executeStart(_ instruction: Instruction) {
        let id = instruction.target
        live.insert(id)
        let tag = tags.local(id, clone: clone.id)
        var object = ObjectMemory()
        var atoms: [Atom] = [.byte(0x01)]
        var produces: [FactReference] = []
        let declared = program.objects[Int(id)].size
        var isAssumed = false
        if !tags.isSingle(tag) {
            var kept = memory[Int(tag)] ?? ObjectMemory()
            kept.cells.removeAll { !$0.mayBeUninitialised }
            kept.contents = []
            kept.initialised = []
            kept.fills = []
            object = kept
        }
        if !instruction.c.isNone {
            let size = integerValue(instruction.c)
            let low = lower(size), high = upper(size)
            let holds = (low.finite ?? 0) >= 1
            atoms += [.byte(holds ? 1 : 0)]
            for bound in [high, low] {
                atoms += bound.value.isFinite ? [.byte(1), .derivation(bound.derivation)] : [.byte(0)]
            }
            decide(.vlaSize, holds ? .holds : .mayFail("the number of bytes \(isOrMayBe(size)), it must be positive"))
            if !holds { isAssumed = true }
            let range = IntegerValue(low.value, high.value)
            let label = union(label(of: low.derivation), label(of: high.derivation))
            if tags.isSingle(tag) {
                object.size = range
                object.sizeFact = newMemory(MemoryFact(tag: tag, content: .size(range)), label)
                object.exactSize = .init(form: size, label: LabelTable.empty)
                produces.append(.memory(object.sizeFact))
            } else {
                // Earlier objects of the tag may be of other sizes.
                object.size = nil
            }
            if tags.isSingle(tag), let least = range.lower.finite.flatMap(Int.init(exactly:)), least > 0,
                least < 1 << 50
            {
                let fact = newMemory(MemoryFact(tag: tag, content: .raw(0..<(8 * least))), label)
                object.raws = [.init(bits: 0..<(8 * least), fact: fact)]
                produces.append(.memory(fact))
            }
        } else if tags.isSingle(tag), declared > 0 {
            let bits = 0..<(8 * Int(declared))
            let fact = newMemory(MemoryFact(tag: tag, content: .raw(bits)), LabelTable.empty)
            object.raws = [.init(bits: bits, fact: fact)]
            produces.append(.memory(fact))
        }
        let kept = object.cells.map(\.fact) + object.raws.map(\.fact)
        record(.step, atoms, produces: produces, effects: [.forgetTag(tag, except: tags.isSingle(tag) ? [] : kept)])
        memory[Int(tag)] = object
        if isAssumed { guardLower(integerValue(instruction.c), 1, label: alarmLabel(.vlaSize)) }
    }

    mutating func executeEnd(_ instruction: Instruction) {
        live.remove(instruction.target)
        let tag = tags.local(instruction.target, clone: clone.id)
        record(.step, [.byte(0x01)], effects: tags.isSingle(tag) ? [.forgetTag(tag)] : [])
        end(tag)
    }

    /// The object's lifetime is over: pointers to it dangle.
    mutating func end(_ tag: Tag) {
        if tags.isSingle(tag) {
            retag(tag, to: [.ended])
            memory[Int(tag)] = nil
        } else {
            retag(tag, to: [tag, .ended])
        }
    }
}

extension ObjectMemory {
    /// True if some pointer known here may point into `tag`.
    func mentions(_ tag: Tag) -> Bool {
        cells.contains {
            if case .pointer(let targets) = $0.value { return !targets.isAny && targets.mayPoint(into: tag) }
            return false
        }
            || contents.contains {
                if case .pointer(let pointer) = $0.value { return pointer.base == .tag(tag) }
                return false
            }
    }
}
