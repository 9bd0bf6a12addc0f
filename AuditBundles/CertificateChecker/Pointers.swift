// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Targets of pointers: how they become current, and the cases of a pointer (6.3).
///
/// *Sound:* a base symbol is one fixed base. If a targets fact holds, one of its entries describes base and own
/// offset; a statement that is shown in every case, with that entry's range as extra facts, holds.
extension Execution {
    /// One case of a pointer, its extra facts in place.
    struct PointerCase {
        var entry: TargetEntry
        fileprivate var linear: Int
        fileprivate var congruences: Int
    }

    /// Makes targets current and adds what follows for the offset.
    mutating func makeCurrent(_ base: Int, _ set: TargetSet) throws(CheckFailure) {
        state.setTargets(base, set)
        guard !set.entries.isEmpty else { return }
        var bounds: Bounds?
        for entry in set.entries {
            guard try tag(entry.tag).isObject else { return }
            bounds = bounds.map { $0.hull(entry.bounds) } ?? entry.bounds
        }
        let offset = LinearForm(symbol: state.ownOffset(base))
        try addBounds(offset, bounds ?? .all, set.label)
        if set.entries.count == 1, let entry = set.entries.first, entry.modulus >= 2 {
            state.addCongruence(
                CongruenceFact(
                    terms: offset.terms, modulus: entry.modulus, remainder: entry.remainder, label: set.label))
        }
    }

    /// The cases of a pointer and their label; nil if its targets are unknown.
    func cases(_ base: Base) -> TargetSet? {
        switch base {
        case .tag(let tag): TargetSet(entries: [TargetEntry(tag: tag)], label: 0)
        case .symbol(let symbol): state.currentTargets(symbol)
        }
    }

    mutating func begin(_ entry: TargetEntry, of base: Base, _ label: Int) throws(CheckFailure) -> PointerCase {
        let begun = PointerCase(entry: entry, linear: state.bounds.count, congruences: state.congruences.count)
        if case .symbol(let symbol) = base {
            let offset = LinearForm(symbol: state.ownOffset(symbol))
            try addBounds(offset, entry.bounds, label)
            if entry.modulus >= 2 {
                state.addCongruence(
                    CongruenceFact(
                        terms: offset.terms, modulus: entry.modulus, remainder: entry.remainder, label: label))
            } else if let only = entry.bounds.lower, only == entry.bounds.upper {
                // Modulus 0: the number itself, which every modulus divides.
                state.addCongruence(CongruenceFact(terms: offset.terms, modulus: 0, remainder: only, label: label))
            }
        }
        return begun
    }

    mutating func end(_ begun: PointerCase) { state.dropFacts(linear: begun.linear, congruences: begun.congruences) }

    /// The constant by which a form exceeds the base's own offset symbol.
    func shift(_ base: Base, _ form: LinearForm) -> Int128? {
        switch base {
        case .tag: return form.isConstant ? form.constant : nil
        case .symbol(let symbol):
            guard form.terms.count == 1, let term = form.terms.first, term.coefficient == 1,
                term.symbol == state.ownOffset(symbol)
            else { return nil }
            return form.constant
        }
    }

    /// What is known of a pointer value without hints: entries about the value's own offset.
    func entries(_ base: Base, _ form: LinearForm) throws(CheckFailure) -> TargetSet? {
        guard var set = cases(base) else { return nil }
        let shift = shift(base, form)
        for place in set.entries.indices {
            var entry = set.entries[place]
            let kind = try tag(entry.tag).kind
            if kind == .function, shift != 0 { return nil }
            guard try tag(entry.tag).isObject else { continue }
            if case .tag = base, let shift {
                entry.bounds = Bounds(lower: shift, upper: shift)
            } else if let shift {
                if let lower = entry.bounds.lower { entry.bounds.lower = try sum(lower, shift) }
                if let upper = entry.bounds.upper { entry.bounds.upper = try sum(upper, shift) }
                if entry.modulus > 1 {
                    entry.remainder = try floorRemainder(try sum(entry.remainder, shift), entry.modulus)
                }
            } else {
                entry = TargetEntry(tag: entry.tag)
            }
            set.entries[place] = entry
        }
        return set
    }

    /// A fresh pointer with known targets, or with none.
    mutating func freshPointer(_ set: TargetSet?) throws(CheckFailure) -> Value {
        let (base, offset) = try state.freshPointer()
        if let set { try makeCurrent(base, set) }
        return .pointer(.symbol(base), LinearForm(symbol: offset))
    }

    /// Any value of a type.
    mutating func freshValue(_ type: ScalarType) throws(CheckFailure) -> Value {
        switch type.kind {
        case .integer:
            let form = LinearForm(symbol: try state.freshInteger())
            try addBounds(form, type.range, 0)
            return .integer(form)
        case .pointer: return try freshPointer(nil)
        case .float: return .float(.symbol(state.freshFloat(nil)))
        }
    }

    /// Joins two target lists, which ascend.
    static func union(_ a: [TargetEntry], _ b: [TargetEntry]) -> [TargetEntry] {
        var result: [TargetEntry] = []
        var (i, j) = (0, 0)
        while i < a.count || j < b.count {
            if j >= b.count || (i < a.count && a[i].tag < b[j].tag) {
                result.append(a[i])
                i += 1
            } else if i >= a.count || b[j].tag < a[i].tag {
                result.append(b[j])
                j += 1
            } else {
                result.append(a[i].hull(b[j]))
                i += 1
                j += 1
            }
        }
        return result
    }
}
