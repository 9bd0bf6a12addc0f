// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Analyzer
import ConcreteInterpreter
import ProgramIR

/// Which object of an execution has which tag: the ghost state of FORMAT.md section 5.1.
struct TagLedger {
    struct Entry {
        /// Of an object that is no longer alive: what it had.
        var tag: Tag
        var isHeap: Bool
        var isAlive = true
    }

    private var entries: [Base: Entry] = [:]
    private var living: [Tag: Set<Base>] = [:]
    /// By heap tag of latest objects: the object that has it, alive or not.
    private var latest: [Tag: Base] = [:]

    /// Static objects have their tags from the start.
    init(_ machine: Machine, _ tags: TagTable) {
        for id in machine.program.objects.indices {
            if let base = machine.base(ofStatic: ObjectID(id)) { add(base, tags.object(ObjectID(id)), isHeap: false) }
        }
    }

    subscript(base: Base) -> Entry? { entries[base] }

    func living(_ tag: Tag) -> [Base] { Array(living[tag] ?? []) }

    private mutating func add(_ base: Base, _ tag: Tag, isHeap: Bool) {
        entries[base] = Entry(tag: tag, isHeap: isHeap)
        living[tag, default: []].insert(base)
    }

    /// A function clone starts an automatic object.
    mutating func started(_ base: Base, _ tag: Tag) { add(base, tag, isHeap: false) }

    /// An instruction allocates: what it gave before is one of its earlier objects from now on, even where it finds no
    /// memory.
    mutating func allocated(_ base: Base?, _ tag: Tag, earlier: Tag) {
        if let before = latest[tag], let entry = entries[before] {
            entries[before]?.tag = earlier
            if entry.isAlive {
                living[tag]?.remove(before)
                living[earlier, default: []].insert(before)
            }
        }
        latest[tag] = base
        if let base { add(base, tag, isHeap: true) }
    }

    mutating func ended(_ base: Base) {
        guard let entry = entries[base], entry.isAlive else { return }
        entries[base]?.isAlive = false
        living[entry.tag]?.remove(base)
    }
}
