// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// store, and how writes change what is known of memory (6.4).
///
/// *Sound:* what a write may overlap is cut out of the facts; a fact is kept only if the written cell falls on its
/// cells and satisfies it. If the address rests on assumptions, the write may have been elsewhere where they fail:
/// then every fact rests on them too. Writes outside of the clone's own locals lie in its effects.
struct BitRange {
    var from: Int128?
    var to: Int128?

    func overlaps(_ start: Int128, _ end: Int128) -> Bool {
        (to.map { start < $0 } ?? true) && (from.map { end > $0 } ?? true)
    }
}

extension Execution {
    mutating func executeStore(_ i: Instruction) throws(CheckFailure) {
        let (base, form) = try pointer(i.a)
        let stored = try value(i.b)
        let size = (i.bit + i.type.width + 7) / 8
        let (address, claims) = try access(
            Access(
                base: base, form: form, immediate: i.immediate, size: (size, size),
                count: LinearForm(size), alignment: i.alignment,
                kinds: ObligationKind.kinds(of: i), site: i.site))
        try settle(claims, address)
        let shift = try sum(try product(8, i.immediate), i.bit)
        guard let cases = address.cases else {
            try writeAnywhere()
            return
        }
        if cases.isEmpty { return try concludeUnreached(address) }
        for place in cases.indices {
            let range = try bits(cases[place], shift: shift, width: i.type.width)
            try demandEffect(cases[place].tag, range, isOwn: i.a.kind == .object)
        }
        try demandEffectLabel(address.label)
        if cases.count == 1, let only = cases.first, let offset = only.single, try tag(only.tag).isSingle {
            let position = try sum(try product(8, offset), shift)
            try cut(only.tag, BitRange(from: position, to: try sum(position, i.type.width)), [.cells, .bytes, .raw])
            state.labelMemory(address.label)
            try state.addContent(only.tag, position, i.type, stored, address.label)
            return try conclude(address)
        }
        for place in cases.indices {
            let only = cases[place]
            let range = try bits(only, shift: shift, width: i.type.width)
            let positions = try positions(only, shift: shift)
            try weaken(only.tag, range) { checker, fact throws(CheckFailure) in
                try checker.keepsStore(fact, positions, i.type, stored)
            }
        }
        var segment: MemoryFact?
        if i.bit == 0, i.type.width % 8 == 0 {
            segment = try writtenSegment(cases, form, immediate: i.immediate, LinearForm(size), address.label)
        }
        state.labelMemory(address.label)
        if let segment { try state.add(segment) }
        try conclude(address)
    }

    /// The bits that a case may touch.
    func bits(_ address: AddressCase, shift: Int128, width: Int128) throws(CheckFailure) -> BitRange {
        var range = BitRange()
        if let lower = address.bounds.lower { range.from = try sum(try product(8, lower), shift) }
        if let upper = address.bounds.upper { range.to = try sum(try sum(try product(8, upper), shift), width) }
        return range
    }

    /// The label that a kept fact gains.
    private mutating func keepsStore(_ fact: MemoryFact, _ positions: Positions?, _ type: ScalarType, _ value: Value)
        throws(CheckFailure) -> Int
    {
        guard fact.type.kind == type.kind, fact.type.width == type.width, let positions else {
            throw unjustified("a kept cell fact is of another width or class")
        }
        let stride = fact.stride == 0 ? fact.type.width : fact.stride
        let isOnGrid = try floorRemainder(try difference(positions.first, fact.from), stride) == 0
        guard isOnGrid, positions.first == positions.last || positions.step % stride == 0 else {
            throw unjustified("the written cell may lie across a kept cell")
        }
        return try satisfies(value, type, fact.predicate, fact.type)
    }

    /// Facts and contents of a tag, about a range that may be written.
    mutating func weaken(
        _ tag: Int, _ range: BitRange, _ keeps: (inout Execution, MemoryFact) throws(CheckFailure) -> Int
    ) throws(CheckFailure) {
        try removeContents(tag, range)
        for number in state.facts(of: tag) where state.facts[number].fact.isAboutContent {
            let fact = state.facts[number].fact
            guard try overlaps(fact, range) else { continue }
            if fact.kind == .cells, try reader.flag() {
                let gained = try keeps(&self, fact)
                try join(gained, to: number)
            } else {
                try cutFact(number, range)
            }
        }
    }

    /// A fact rests on a label too, from now on.
    mutating func join(_ label: Int, to number: Int) throws(CheckFailure) {
        guard label != 0 else { return }
        let joined = try labels.union(state.facts[number].fact.label, label)
        if joined != state.facts[number].fact.label { state.change(number) { $0.label = joined } }
    }

    /// Whether the range touches a bit of a cell of the fact, or of its range.
    func overlaps(_ fact: MemoryFact, _ range: BitRange) throws(CheckFailure) -> Bool {
        let extent = try fact.extent()
        guard range.overlaps(extent.from, extent.to) else { return false }
        guard fact.kind == .cells, fact.count > 1 else { return true }
        let (before, after) = try cellsAround(fact, range)
        return after > before
    }

    /// How many cells lie before the range, and the first cell that lies behind it.
    private func cellsAround(_ fact: MemoryFact, _ range: BitRange) throws(CheckFailure) -> (
        before: Int128, after: Int128
    ) {
        let width = fact.type.width
        let stride = fact.stride == 0 ? width : fact.stride
        var before: Int128 = 0
        if let from = range.from {
            let room = try difference(from, try sum(fact.from, width))
            before = room < 0 ? 0 : try sum(try floorQuotient(room, stride), 1)
        }
        var after = fact.count
        if let to = range.to {
            let distance = try difference(to, fact.from)
            after = distance <= 0 ? 0 : try floorQuotient(try sum(distance, stride - 1), stride)
        }
        return (before < fact.count ? before : fact.count, after < fact.count ? after : fact.count)
    }

    /// Removes a range from what is known: parts before and after it stay as new facts.
    mutating func cut(_ tag: Int, _ range: BitRange, _ kinds: Set<MemoryFact.Kind>) throws(CheckFailure) {
        try removeContents(tag, range)
        for number in state.facts(of: tag) where kinds.contains(state.facts[number].fact.kind) {
            if try overlaps(state.facts[number].fact, range) { try cutFact(number, range) }
        }
    }

    mutating func removeContents(_ tag: Int, _ range: BitRange) throws(CheckFailure) {
        for number in state.contents(of: tag) {
            let content = state.contents[number]
            if range.overlaps(content.position, try sum(content.position, content.type.width)) {
                state.removeContent(number)
            }
        }
    }

    /// Removes the content of a cell, of equal width and class.
    mutating func removeContent(_ tag: Int, _ position: Int128, _ type: ScalarType) {
        for number in state.contents(of: tag) {
            let content = state.contents[number]
            if content.position == position, content.type.kind == type.kind, content.type.width == type.width {
                state.removeContent(number)
            }
        }
    }

    mutating func cutFact(_ number: Int, _ range: BitRange) throws(CheckFailure) {
        var fact = state.facts[number].fact
        fact.label = try label(ofFact: number)
        state.removeFact(number)
        if fact.kind == .cells {
            let (before, after) = try cellsAround(fact, range)
            if before > 0 { try state.add(fact.cells(0, before)) }
            if after < fact.count { try state.add(fact.cells(after, fact.count - after)) }
            return
        }
        // A range of bytes is cut at whole bytes.
        let grain: Int128 = fact.kind == .bytes ? 8 : 1
        if let from = range.from {
            let end = try difference(from, try floorRemainder(from, grain))
            if end > fact.from { try state.add(fact.range(fact.from, end)) }
        }
        if let to = range.to {
            let start = try sum(to, try floorRemainder(try negated(to), grain))
            if start < fact.to { try state.add(fact.range(start, fact.to)) }
        }
    }

    /// A write to a pointer of which nothing is known.
    mutating func writeAnywhere() throws(CheckFailure) {
        guard effects.everything else {
            throw CheckFailure(.effects, "a write to anywhere is not in the clone's effects")
        }
        for tag in state.touchedTags() where try !self.tag(tag).isReadOnly {
            for number in state.contents(of: tag) { state.removeContent(number) }
            for number in state.facts(of: tag) where state.facts[number].fact.isAboutContent {
                state.removeFact(number)
            }
        }
    }

    // MARK: Effects

    var effects: Effects { certificate.clones[clone].effects }

    /// The clone's effects hold a write. `isOwn`: the instruction names the object itself, so it is this
    /// activation's and its lifetime ends with it; else only a clone that is never active twice owns its locals.
    func demandEffect(_ tag: Int, _ range: BitRange, isOwn: Bool) throws(CheckFailure) {
        if effects.everything { return }
        let body = try self.tag(tag)
        if body.kind == .local, body.clone == clone, isOwn || !certificate.clones[clone].isRecursive { return }
        for written in effects.written where written.tag == tag {
            let isLow = written.from.map { low in range.from.map { $0 >= low } ?? false } ?? true
            let isHigh = written.to.map { high in range.to.map { $0 <= high } ?? false } ?? true
            if isLow && isHigh { return }
        }
        throw CheckFailure(.effects, "a write to tag \(tag) is not in the clone's effects")
    }

    mutating func demandEffectLabel(_ label: Int) throws(CheckFailure) {
        guard labels.isSubset(label, effects.label) else {
            throw CheckFailure(.effects, "the label of the clone's effects does not hold that of an address")
        }
    }
}

extension MemoryFact {
    func cells(_ first: Int128, _ count: Int128) throws(CheckFailure) -> MemoryFact {
        var part = self
        part.from = try sum(from, try product(first, stride))
        part.count = count
        if count == 1 { part.stride = 0 }
        return part
    }

    func range(_ from: Int128, _ to: Int128) -> MemoryFact {
        var part = self
        part.from = from
        part.to = to
        return part
    }
}
