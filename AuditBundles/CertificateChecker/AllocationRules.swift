// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// allocate, free, start, end, havocMemory (6.4): lifetimes, and the renaming of tags that goes with them.
///
/// *Sound:* tags are ghost state. A single heap tag names the newest object of its allocation: when a new one
/// comes, the old one joins the partner, so every list that holds the tag holds the partner instead. A renaming
/// follows the concrete event exactly, or the facts that it would concern are dropped.
extension Execution {
    /// In every targets list and predicate, an entry for which `names` gives tags becomes those, or is joined by them.
    mutating func rename(keeping: Bool, _ label: Int, _ names: (Int) -> [Int]?) throws(CheckFailure) {
        func renamed(_ list: [TargetEntry]) -> [TargetEntry]? {
            var rest: [TargetEntry] = []
            var added: [TargetEntry] = []
            for entry in list {
                guard let new = names(entry.tag) else {
                    rest.append(entry)
                    continue
                }
                if keeping { rest.append(entry) }
                for number in new {
                    var joined = TargetEntry(tag: number)
                    if certificate.tags[number].isObject {
                        joined = entry
                        joined.tag = number
                    }
                    added = Self.union(added, [joined])
                }
            }
            return added.isEmpty ? nil : Self.union(rest, added)
        }
        for symbol in state.targeted {
            guard let set = state.targets[symbol], let entries = renamed(set.entries) else { continue }
            state.setTargets(symbol, TargetSet(entries: entries, label: try labels.union(set.label, label)))
        }
        for number in state.pointerFacts where state.facts[number].isLive {
            guard case .pointer(let list?) = state.facts[number].fact.predicate, let entries = renamed(list) else {
                continue
            }
            let joined = try labels.union(state.facts[number].fact.label, label)
            state.change(number) {
                $0.predicate = .pointer(entries)
                $0.label = joined
            }
        }
    }

    mutating func rename(_ tag: Int, to new: [Int], keeping: Bool, _ label: Int) throws(CheckFailure) {
        try rename(keeping: keeping, label) { $0 == tag ? new : nil }
    }

    /// A local of this activation ends: values that name it name an ended object.
    private mutating func endValues(_ tag: Int) {
        func ended(_ value: Value) -> Value? {
            guard case .pointer(.tag(let base), let form) = value, base == tag else { return nil }
            return .pointer(.tag(FixedTag.ended), form)
        }
        state.replaceRegisters(ended)
        for number in state.tagContents {
            if let value = ended(state.contents[number].value) { state.changeContent(number, value) }
        }
    }

    mutating func removeAll(_ tag: Int) {
        for number in state.contents(of: tag) { state.removeContent(number) }
        for number in state.facts(of: tag) { state.removeFact(number) }
        state.removeSize(tag)
    }

    mutating func endLocal(_ tag: Int) throws(CheckFailure) {
        endValues(tag)
        let isMany = try self.tag(tag).isMany
        try rename(tag, to: [FixedTag.ended], keeping: isMany, 0)
        if !isMany { removeAll(tag) }
    }

    mutating func executeStart(_ i: Instruction) throws(CheckFailure) {
        guard let object = i.target else { throw CheckFailure(.illFormedProgram, "a start names no object") }
        let number = try objectTag(object)
        let tag = try tag(number)
        var size = Bounds(lower: tag.size, upper: tag.size)
        var label = 0
        if i.c.kind != .none {
            let claim = try readClaim(.sizeOfVariableArray, site: i.site)
            let form = try integer(i.c)
            let low: Derived?
            (size, label, low) = try sizeBounds(form)
            if claim.isClaimed {
                guard let low, low.bound >= 1 else { throw unjustified("a size is not shown to be positive") }
                try settle(claim, low.label)
            } else {
                try addAtLeast(form, 1, claim.alarm)
            }
        }
        for fact in state.facts(of: number) where !tag.isMany || !isTrueOfFresh(state.facts[fact].fact) {
            state.removeFact(fact)
        }
        for content in state.contents(of: number) { state.removeContent(content) }
        guard !tag.isMany else { return }
        if i.c.kind != .none { state.setSize(number, try integer(i.c), 0) }
        if tag.size == nil { try state.add(MemoryFact(kind: .size, tag: number, size: size, label: label)) }
        try addRaw(number, size.lower, label)
    }

    /// Holds of an object that has just come to life, of whatever size.
    private func isTrueOfFresh(_ fact: MemoryFact) -> Bool {
        switch fact.kind {
        case .cells: fact.mayBeUninitialised
        case .raw, .alive: true
        default: false
        }
    }

    private mutating func addRaw(_ tag: Int, _ lower: Int128?, _ label: Int) throws(CheckFailure) {
        guard let lower, lower > 0 else { return }
        guard lower < 1 << 90 else { throw .overflow }
        try state.add(MemoryFact(kind: .raw, tag: tag, from: 0, to: try product(8, lower), label: label))
    }

    /// Reads the bounds of a size: `byte` 1 and upper, `byte` 1 and lower.
    private mutating func sizeBounds(_ form: LinearForm) throws(CheckFailure) -> (Bounds, label: Int, lower: Derived?) {
        var bounds = Bounds.all
        var label = 0
        var low: Derived?
        if try reader.flag() {
            let derived = try finiteUpper(form)
            bounds.upper = derived.bound
            label = derived.label
        }
        if try reader.flag() {
            let derived = try finiteLower(form)
            bounds.lower = derived.bound
            label = try labels.union(label, derived.label)
            low = derived
        }
        return (bounds, label, low)
    }

    mutating func executeAllocate(_ i: Instruction) throws(CheckFailure) {
        let number = try reader.unsigned()
        let tag = try tag(number)
        guard tag.kind == .heap, tag.clone == clone, tag.instruction == instruction else {
            throw unjustified("the tag is not of this allocation")
        }
        guard effects.everything || effects.allocated.contains(number) else {
            throw CheckFailure(.effects, "an allocation of tag \(number) is not in the clone's effects")
        }
        note(number)
        let (own, other) = (try reader.identifier(), try reader.identifier())
        let isFree = try absent(own, number)
        var (size, label, _) = try sizeBounds(try integer(i.c))
        // A negative size gives no object.
        size = Bounds(lower: max(size.lower ?? 0, 0), upper: size.upper.map { max($0, 0) })
        if let partner = tag.partner {
            let isPartnerFree = try absent(other, partner)
            if isFree { removeAll(number) } else { try retag(number, partner, isPartnerFree: isPartnerFree) }
        } else {
            guard other == nil else { throw unjustified("a many tag has no partner") }
            for fact in state.facts(of: number) where isFree || !isTrueOfFresh(state.facts[fact].fact) {
                state.removeFact(fact)
            }
        }
        if tag.partner != nil || isFree {
            try state.add(MemoryFact(kind: .size, tag: number, size: size, label: label))
            try state.add(MemoryFact(kind: .alive, tag: number, label: 0))
            try addRaw(number, size.lower, label)
        }
        // The form itself: an object comes only where it is not negative.
        if tag.partner != nil { state.setSize(number, try integer(i.c), 0) }
        let zero = Bounds(lower: 0, upper: 0)
        let result = try freshPointer(
            TargetSet(entries: [TargetEntry(tag: FixedTag.null), TargetEntry(tag: number, bounds: zero)], label: 0))
        assign(i, result)
        // Before, no object had the tag.
        if tag.partner != nil || isFree, case .pointer(.symbol(let symbol), _) = result {
            try state.add(MemoryFact(kind: .absentIfNull, tag: number, pointer: symbol, label: 0))
        }
    }

    private mutating func absent(_ number: Int?, _ tag: Int) throws(CheckFailure) -> Bool {
        guard let number else { return false }
        _ = try fact(number, .absent, of: tag)
        // Which object has the tag is decided by it.
        try rest(on: try label(ofFact: number))
        return true
    }

    /// The object of a single tag joins its partner.
    private mutating func retag(_ tag: Int, _ partner: Int, isPartnerFree: Bool) throws(CheckFailure) {
        for content in state.contents(of: tag) { state.removeContent(content) }
        if isPartnerFree {
            try rename(tag, to: [partner], keeping: false, 0)
            for number in state.facts(of: partner) { state.removeFact(number) }
            for number in state.facts(of: tag) {
                if state.facts[number].fact.isAboutAbsence {
                    state.removeFact(number)
                } else {
                    state.move(number, to: partner)
                }
            }
            return
        }
        try rename(tag, to: [partner], keeping: false, 0)
        var kept: Set<Int> = []
        for _ in 0..<(try reader.count(ofSize: 2)) {
            let (first, second) = (try reader.unsigned(), try reader.unsigned())
            let (old, new) = (try fact(first), try fact(second))
            guard old.tag == partner, new.tag == tag, new.kind == old.kind, try implies(new, old) else {
                throw unjustified("a fact of the newest object does not imply the partner's")
            }
            try join(try label(ofFact: second), to: first)
            kept.insert(first)
        }
        for number in state.facts(of: partner) where !kept.contains(number) { state.removeFact(number) }
        for number in state.facts(of: tag) { state.removeFact(number) }
    }

    /// A fact implies another of its kind, but for the tag.
    private func implies(_ a: MemoryFact, _ b: MemoryFact) throws(CheckFailure) -> Bool {
        switch a.kind {
        case .cells:
            guard a.type.kind == b.type.kind, a.type.width == b.type.width,
                b.mayBeUninitialised || !a.mayBeUninitialised,
                implies(a.predicate, a.type, b.predicate, b.type)
            else { return false }
            let positions = Positions(first: b.from, last: try b.last(), step: b.stride == 0 ? 8 : b.stride)
            var next = b.from
            try advance(&next, positions, over: a)
            return next > positions.last
        case .size: return a.size.isInside(b.size)
        case .initialised, .bytes, .raw: return a.byte == b.byte && a.from <= b.from && a.to >= b.to
        case .alive: return true
        case .absent, .absentIfNull: return false
        case .segment: return a.segment == b.segment
        }
    }

    mutating func executeFree(_ i: Instruction) throws(CheckFailure) {
        let (base, form) = try pointer(i.a)
        let claim = try readClaim(.invalidFree, site: i.site)
        guard let targets = cases(base) else {
            guard !claim.isClaimed else { throw unjustified("invalid-free is claimed for an unknown pointer") }
            guard effects.everything else {
                throw CheckFailure(.effects, "freeing anything is not in the clone's effects")
            }
            for tag in state.touchedTags() {
                for number in state.facts(of: tag) where state.facts[number].fact.kind == .alive {
                    state.removeFact(number)
                }
            }
            return
        }
        var label = targets.label
        var heap: [Int] = []
        var mayBeNull = false
        for entry in targets.entries {
            let tag = try tag(entry.tag)
            if tag.kind == .null {
                mayBeNull = true
                continue
            }
            guard tag.kind == .heap else {
                guard !claim.isClaimed else {
                    throw unjustified("invalid-free is claimed and a case of the pointer fails it")
                }
                continue
            }
            heap.append(entry.tag)
            guard claim.isClaimed else { continue }
            guard let number = try reader.identifier() else {
                throw unjustified("the freed object is not shown to be alive")
            }
            _ = try fact(number, .alive, of: entry.tag)
            label = try labels.union(label, try self.label(ofFact: number))
            let begun = try begin(entry, of: base, targets.label)
            defer { end(begun) }
            let (high, low) = (try upper(form), try lower(form))
            guard high.bound <= 0, low.bound >= 0 else {
                throw unjustified("the freed pointer is not shown to have offset 0")
            }
            label = try labels.union(label, try labels.union(high.label, low.label))
        }
        try settle(claim, label)
        label = try labels.union(label, claim.alarm)
        try demandEffectLabel(label)
        for tag in heap {
            guard effects.everything || effects.freed.contains(tag) else {
                throw CheckFailure(.effects, "freeing tag \(tag) is not in the clone's effects")
            }
        }
        // Where the pointer may be null nothing may have been freed: a pointer that counts as freed and is not would
        // make an access that is fine look like the end of the execution.
        if heap.count == 1, let tag = heap.first, !mayBeNull, try self.tag(tag).isSingle {
            note(1)
            try rest(on: label)
            try rename(tag, to: [FixedTag.freed], keeping: false, label)
            removeAll(tag)
            state.labelMemory(label)
            try state.add(MemoryFact(kind: .absent, tag: tag, label: label))
            return
        }
        for tag in heap {
            for number in state.facts(of: tag) where state.facts[number].fact.kind == .alive {
                state.removeFact(number)
            }
        }
        state.labelMemory(label)
    }

    mutating func havocMemory() throws(CheckFailure) {
        for tag in state.touchedTags() { removeAll(tag) }
        state.removeSizes()
        let tags = certificate.tags
        try rename(keeping: true, 0) { tag in
            tags[tag].kind == .heap ? [FixedTag.freed] + (tags[tag].partner.map { [$0] } ?? []) : nil
        }
    }

    mutating func executeHavocMemory(_ i: Instruction) throws(CheckFailure) {
        guard effects.everything else {
            throw CheckFailure(.effects, "a havoc of memory is not in the clone's effects")
        }
        try havocMemory()
        if i.result != nil { assign(i, try freshValue(i.type)) }
    }
}
