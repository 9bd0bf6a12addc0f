// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import MemoryCells
import ProgramIR
import Reductions

// Where an allocation gave null there is no object: FORMAT.md section 5.2, "Absent if null". What another path, on which there
// is one, knows of it then stays where both meet: memory that a wrapper of malloc fills before it returns it.
extension Executor {
    /// The base symbol may only be null from here on: the objects that were made with it as their pointer do not exist.
    mutating func noteNull(_ symbol: Int32, was targets: Targets) {
        targets.forEachEntry { entry in
            guard tags.isHeap(entry.base), let object = memory[Int(entry.base)], object.absent == nil,
                let known = object.absentIfNull.first(where: { $0.name == symbol })
            else { return }
            let current = base(symbol).fact
            let label = union(memoryLabel(known.fact), recorder?.label(of: .targets(current)) ?? LabelTable.empty)
            let fact = recordMemoryLemma(
                MemoryFact(tag: entry.base, content: .absent),
                Shown(atoms: [.uses(.targets(current)), .byte(0), .memory(known.fact)], label: label))
            memory.update(Int(entry.base)) { $0.absent = fact }
        }
    }

    /// Why there is no object with the tag if the value is null.
    func showAbsentIfNull(_ tag: Tag, _ value: Value) -> Shown? {
        guard case .pointer(let pointer) = value else { return nil }
        switch pointer.base {
        case .tag(let base): return base == .null ? nil : Shown(atoms: [.byte(0), .byte(1)])
        case .symbol(let symbol):
            if let known = memory[Int(tag)]?.absentIfNull.first(where: { $0.name == symbol }) {
                noteUse(lifetimeOf: tag)
                return Shown(atoms: [.byte(0), .byte(0), .memory(known.fact)], label: memoryLabel(known.fact))
            }
            guard let targets = base(symbol).targets, !targets.isAny, !targets.mayPoint(into: .null) else { return nil }
            let label = recorder?.label(of: .targets(base(symbol).fact)) ?? LabelTable.empty
            return Shown(atoms: useTargets(of: pointer) + [.byte(0), .byte(1)], label: label)
        }
    }

    /// What a path knows of an object, said of the registers that hold the pointers where it ends.
    func absenceIfNull(_ object: ObjectMemory, _ pointers: [(register: Register, base: Int32)])
        -> [ObjectMemory.AbsentIfNull]
    {
        if object.absentIfNull.isEmpty { return [] }
        return pointers.filter { pointer in object.absentIfNull.contains { $0.name == pointer.base } }
            .map { .init(name: $0.register) }
    }

    /// The registers whose value has a base symbol.
    func baseSymbols(_ registers: some Sequence<Register>, _ value: (Register) -> Value?) -> [(Register, Int32)] {
        registers.compactMap { register in
            guard case .pointer(let pointer)? = value(register), case .symbol(let symbol) = pointer.base else {
                return nil
            }
            return (register, symbol)
        }
    }

    /// What the callee's exit says of objects that it may have made.
    mutating func takeOverAbsence(
        _ exit: NodeState, _ effects: Effects, _ value: (Register) -> Value?, _ importer: inout Importer
    ) {
        for tag in effects.everything ? exit.memory.keys.map({ Tag($0) }) : effects.allocated.sorted() {
            for known in exit.memory[Int(tag)]?.absentIfNull ?? [] {
                let fact = MemoryFact(tag: tag, content: .absentIfNull(known.name))
                guard case .pointer(let pointer)? = value(known.name), case .symbol(let symbol) = pointer.base,
                    isAvailable(.memory(fact), importer)
                else { continue }
                let made = newMemory(
                    MemoryFact(tag: tag, content: .absentIfNull(symbol)), label(.memory(fact), importer))
                note(.memory(fact), [.memory(made)], &importer)
                if memory[Int(tag)] == nil { memory[Int(tag)] = ObjectMemory() }
                memory.update(Int(tag)) { $0.absentIfNull.append(.init(name: symbol, fact: made)) }
            }
        }
    }
}

extension NodeState {
    /// Whether there is no object of the tag, of which `object` is known, if the register is null.
    func knows(absentIfNull register: Register, _ object: ObjectMemory) -> Bool {
        if object.absent != nil || object.absentIfNull.contains(where: { $0.name == register }) { return true }
        guard case .pointer(let targets)? = registers[register] else { return false }
        return !targets.isAny && !targets.mayPoint(into: .null)
    }

    /// Registers of which both states know that there is no object of the tag if they are null: named by one of them, or
    /// null on the path without the object.
    func commonAbsence(_ tag: Tag, _ mine: ObjectMemory, _ other: NodeState, _ theirs: ObjectMemory)
        -> [ObjectMemory.AbsentIfNull]
    {
        var names = Set((mine.absentIfNull + theirs.absentIfNull).map(\.name))
        if mine.absent != nil { names.formUnion(other.pointers(into: tag)) }
        if theirs.absent != nil { names.formUnion(pointers(into: tag)) }
        return names.filter { knows(absentIfNull: $0, mine) && other.knows(absentIfNull: $0, theirs) }.sorted()
            .map { .init(name: $0) }
    }

    private func pointers(into tag: Tag) -> [Register] {
        registers.compactMap { register, value in
            guard case .pointer(let targets) = value, !targets.isAny, targets.mayPoint(into: tag) else { return nil }
            return register
        }
    }
}
