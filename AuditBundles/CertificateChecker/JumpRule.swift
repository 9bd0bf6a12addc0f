// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Hints that facts hold, at jumps, calls and returns (6.6).
///
/// *Sound:* each demanded fact is derived from the state for the values that its registers have there, and its
/// label holds the labels of everything used.
extension Execution {
    mutating func demandLabel(_ label: Int, within allowed: Int) throws(CheckFailure) {
        guard labels.isSubset(label, allowed) else {
            throw CheckFailure(.label, "a fact rests on more assumptions than its label holds")
        }
    }

    /// Reads hints for facts whose registers have the given values.
    mutating func demandFacts(
        _ facts: [RegisterFact], _ memory: [MemoryFact],
        _ values: (Int, borrowing Execution) throws(CheckFailure) -> Value
    )
        throws(CheckFailure)
    {
        for fact in facts { try demandFact(fact, values) }
        for fact in memory {
            var base: Base?
            if fact.kind == .absentIfNull, case .pointer(let known, _) = try values(fact.pointer, self) { base = known }
            try demandMemory(fact, of: base) { form, checker throws(CheckFailure) in
                try checker.substitute(form.terms, values).adding(form.constant)
            }
        }
    }

    /// The form of a fact's terms. A pointer register stands for its offset.
    func substitute(_ terms: [Term], _ values: (Int, borrowing Execution) throws(CheckFailure) -> Value)
        throws(CheckFailure) -> LinearForm
    {
        var form = LinearForm(0)
        for term in terms {
            switch try values(term.symbol, self) {
            case .integer(let value), .pointer(_, let value): form = try form.adding(value, times: term.coefficient)
            case .float: throw CheckFailure(.illFormedCertificate, "a term names a float")
            }
        }
        return form
    }

    private mutating func demandFact(
        _ fact: RegisterFact, _ values: (Int, borrowing Execution) throws(CheckFailure) -> Value
    )
        throws(CheckFailure)
    {
        counts.facts += 1
        switch fact {
        case .linear(let terms, let bound, let allowed):
            let derived = try upper(try substitute(terms, values))
            guard derived.bound <= bound else {
                throw unjustified("a linear fact is not shown: \(derived.bound) exceeds \(bound)")
            }
            try demandLabel(derived.label, within: allowed)
        case .congruence(let terms, let modulus, let remainder, let allowed):
            let (shown, label) = try congruencePremises(try substitute(terms, values), modulus: modulus)
            guard shown == remainder else { throw unjustified("a congruence fact is not shown") }
            try demandLabel(label, within: allowed)
        case .targets(let register, let list, let allowed):
            guard case .pointer(let base, let form) = try values(register, self) else {
                throw CheckFailure(.illFormedCertificate, "targets of no pointer")
            }
            try demandLabel(try targetsHold(base, form, list), within: allowed)
        case .float(let register, let range, let allowed):
            guard case .float(let value) = try values(register, self) else {
                throw CheckFailure(.illFormedCertificate, "a range of no float")
            }
            try demandLabel(try rangeHolds(value, range), within: allowed)
        }
    }

    private mutating func rangeHolds(_ value: FloatValue, _ range: FloatRange) throws(CheckFailure) -> Int {
        switch try reader.byte() {
        case 0:
            guard let set = rangeSet(value), set.range.isInside(range) else {
                throw unjustified("a float's range is not inside the fact's")
            }
            return set.label
        case 2: return try contradiction(try reader.unsigned())
        case let kind: throw CheckFailure(.malformed, "a hint of a float fact has kind \(kind)")
        }
    }

    /// Reads the hint that a pointer is inside a target list.
    private mutating func targetsHold(_ base: Base, _ form: LinearForm, _ list: [TargetEntry]) throws(CheckFailure)
        -> Int
    {
        switch try reader.byte() {
        case 0:
            guard let set = try entries(base, form), Self.isInside(set.entries, list) else {
                throw unjustified("a pointer's targets are not inside the fact's")
            }
            return set.label
        case 1:
            guard let set = cases(base) else { throw unjustified("a pointer's targets are unknown") }
            var label = set.label
            for entry in set.entries {
                guard let demanded = list.first(where: { $0.tag == entry.tag }) else {
                    throw unjustified("a pointer may have a tag that the fact does not allow")
                }
                let kind = try tag(entry.tag).kind
                if kind == .function, shift(base, form) != 0 {
                    throw unjustified("a function pointer may be inside a function")
                }
                guard try tag(entry.tag).isObject else { continue }
                let begun = try begin(entry, of: base, set.label)
                defer { end(begun) }
                if let bound = demanded.bounds.upper {
                    let derived = try upper(form)
                    guard derived.bound <= bound else {
                        throw unjustified("a pointer's offset is not shown to be low enough")
                    }
                    label = try labels.union(label, derived.label)
                }
                if let bound = demanded.bounds.lower {
                    let derived = try lower(form)
                    guard derived.bound >= bound else {
                        throw unjustified("a pointer's offset is not shown to be high enough")
                    }
                    label = try labels.union(label, derived.label)
                }
                if demanded.modulus >= 2 {
                    let (shown, used) = try congruencePremises(form, modulus: demanded.modulus)
                    guard shown == demanded.remainder else {
                        throw unjustified("a pointer's offset is not shown to be congruent")
                    }
                    label = try labels.union(label, used)
                }
            }
            return label
        case 2: return try contradiction(try reader.unsigned())
        case let kind: throw CheckFailure(.malformed, "a hint of a targets fact has kind \(kind)")
        }
    }

    /// Reads the hint that a value satisfies a predicate; its label.
    mutating func satisfies(_ value: Value, _ from: ScalarType, _ predicate: Predicate, _ to: ScalarType)
        throws(CheckFailure) -> Int
    {
        switch (value, predicate) {
        case (.integer(let form), .integer(let bounds, let modulus, let remainder)):
            guard from.isSigned == to.isSigned || bounds.completed(to.range).isInside(from.range) else {
                throw unjustified("a value of the other sign, and a predicate that is not inside both types")
            }
            var label = 0
            // Of the other sign, the value itself must be shown to be inside.
            let needed = from.isSigned == to.isSigned ? bounds : bounds.completed(to.range)
            if let bound = needed.upper {
                let derived = try upper(form)
                guard derived.bound <= bound else { throw unjustified("a value is not shown to be low enough") }
                label = derived.label
            }
            if let bound = needed.lower {
                let derived = try lower(form)
                guard derived.bound >= bound else { throw unjustified("a value is not shown to be high enough") }
                label = try labels.union(label, derived.label)
            }
            if modulus >= 2 {
                let (shown, used) = try congruencePremises(form, modulus: modulus)
                guard shown == remainder else { throw unjustified("a value is not shown to be congruent") }
                label = try labels.union(label, used)
            }
            return label
        case (.pointer(let base, let form), .pointer(let list)):
            guard let list else { return 0 }
            return try targetsHold(base, form, list)
        case (.float(let value), .float(let range)):
            guard let range else { return 0 }
            return try rangeHolds(value, range)
        default: throw unjustified("a value of another class than the predicate")
        }
    }

    /// - Parameters:
    ///   - base: that of the pointer that the fact names.
    ///   - resolve: what a form of the fact is in terms of symbols.
    mutating func demandMemory(
        _ demanded: MemoryFact, of base: Base?,
        _ resolve: (LinearForm, borrowing Execution) throws(CheckFailure) -> LinearForm
    ) throws(CheckFailure) {
        counts.facts += 1
        var label = 0
        switch try reader.byte() {
        case 0:
            switch demanded.kind {
            case .cells: label = try cellsHold(demanded)
            case .initialised: label = try evidence(demanded.tag, from: demanded.from, to: demanded.to)
            case .segment:
                guard let segment = demanded.segment else { throw unjustified("a segment has no forms") }
                let (from, to) = (try resolve(segment.from, self), try resolve(segment.to, self))
                label = try segmentSources(demanded.tag, from: from, to: to)
            case .absent: label = try absentHolds(demanded.tag)
            case .absentIfNull:
                guard let base else { throw unjustified("an absent-if-null fact of no pointer") }
                label = try absentIfNullHolds(demanded.tag, base)
            default:
                let number = try reader.unsigned()
                let fact = try fact(number, demanded.kind, of: demanded.tag)
                switch demanded.kind {
                case .size:
                    guard fact.size.isInside(demanded.size) else {
                        throw unjustified("a size fact does not imply another")
                    }
                case .bytes, .raw:
                    guard fact.byte == demanded.byte, fact.from <= demanded.from, fact.to >= demanded.to else {
                        throw unjustified("a range of bytes or raw bits does not imply another")
                    }
                default: break
                }
                label = try self.label(ofFact: number)
            }
        case 2: label = try contradiction(try reader.unsigned())
        case 3:
            // Of no object everything holds.
            let number = try reader.unsigned()
            _ = try fact(number, .absent, of: demanded.tag)
            guard demanded.kind != .absent else { throw unjustified("an absent fact shown by itself") }
            label = try self.label(ofFact: number)
        case let kind: throw CheckFailure(.malformed, "a hint of a memory fact has kind \(kind)")
        }
        try demandLabel(label, within: demanded.label)
    }

    /// Reads sources that cover the cells of a demanded fact, in order.
    private mutating func cellsHold(_ demanded: MemoryFact) throws(CheckFailure) -> Int {
        let width = demanded.type.width
        let positions = Positions(
            first: demanded.from, last: try demanded.last(), step: demanded.stride == 0 ? 8 : demanded.stride)
        var next = positions.first
        var label = 0
        for _ in 0..<(try reader.count()) {
            guard next <= positions.last else { throw unjustified("more sources than cells") }
            switch try reader.byte() {
            case 0:
                let number = try reader.unsigned()
                let fact = try fact(number, .cells, of: demanded.tag)
                guard fact.type.kind == demanded.type.kind, fact.type.width == width,
                    demanded.mayBeUninitialised || !fact.mayBeUninitialised,
                    implies(fact.predicate, fact.type, demanded.predicate, demanded.type)
                else { throw unjustified("a cell fact does not imply another") }
                try advance(&next, positions, over: fact)
                label = try labels.union(label, try self.label(ofFact: number))
            case 1:
                let number = try content(demanded.tag, next, demanded.type)
                let content = state.contents[number]
                label = try labels.union(label, try self.label(ofContent: number))
                label = try labels.union(
                    label, try satisfies(content.value, content.type, demanded.predicate, demanded.type))
                next = try sum(next, positions.step)
            case 2:
                let number = try reader.unsigned()
                let fact = try fact(number, .bytes, of: demanded.tag)
                guard let predicate = try repeated(fact.byte, demanded.type, first: next, step: positions.step),
                    implies(predicate, demanded.type, demanded.predicate, demanded.type)
                else { throw unjustified("repeated bytes do not satisfy a predicate") }
                guard next >= fact.from, try sum(next, width) <= fact.to else {
                    throw unjustified("the bytes do not hold the next cell")
                }
                let room = try difference(try difference(fact.to, width), next)
                next = try sum(next, try product(try sum(try floorQuotient(room, positions.step), 1), positions.step))
                label = try labels.union(label, try self.label(ofFact: number))
            case 3:
                let number = try reader.unsigned()
                let fact = try fact(number, .raw, of: demanded.tag)
                guard demanded.mayBeUninitialised, fact.from < fact.to, next < fact.to, try sum(next, width) > fact.from
                else {
                    throw unjustified("the raw bits do not touch the next cell")
                }
                let room = try difference(try difference(fact.to, 1), next)
                next = try sum(next, try product(try sum(try floorQuotient(room, positions.step), 1), positions.step))
                label = try labels.union(label, try self.label(ofFact: number))
            case let kind: throw CheckFailure(.malformed, "a source of cells has kind \(kind)")
            }
        }
        guard next > positions.last else { throw unjustified("the sources do not cover every cell") }
        return label
    }
}
