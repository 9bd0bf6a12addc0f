// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// offset, difference, comparePointers, objectSize and the casts (6.3).
///
/// *Sound:* behind an instruction its obligations hold, so a difference or an ordering is one of offsets into one
/// object. Equality of two pointers with one base is that of their offsets only where the base is not null.
extension Execution {
    mutating func executeOffset(_ i: Instruction) throws(CheckFailure) {
        let (base, old) = try pointer(i.a)
        let index = try integer(i.b)
        let moved = try orFresh { () throws(CheckFailure) in try old.adding(index, times: i.immediate) }
        assign(i, .pointer(base, moved))
        guard i.isChecked else { return }
        let claim = try readClaim(.pointerArithmetic, site: i.site)
        guard claim.isClaimed else {
            // With a distance of 0 nothing is violated, whatever the base.
            if index.isConstant, index.constant != 0, i.immediate != 0 { try narrowOffset(base, moved, claim.alarm) }
            return
        }
        switch try reader.byte() {
        case 0:
            guard i.immediate == 0 || index == LinearForm(0) else { throw unjustified("the distance is not 0") }
            try settle(claim, 0)
        case 1:
            guard let set = cases(base) else { throw unjustified("the pointer's targets are unknown") }
            var label = set.label
            for entry in set.entries {
                let tag = try tag(entry.tag)
                guard tag.isObject else { throw unjustified("a pointer that is no object's is moved") }
                if tag.kind == .heap {
                    guard let number = try reader.identifier() else {
                        throw unjustified("the object is not shown to be alive")
                    }
                    _ = try fact(number, .alive, of: entry.tag)
                    label = try labels.union(label, try self.label(ofFact: number))
                }
                var size = tag.size
                if size == nil, let number = try reader.identifier() {
                    size = try fact(number, .size, of: entry.tag).size.lower
                    label = try labels.union(label, try self.label(ofFact: number))
                }
                let begun = try begin(entry, of: base, set.label)
                defer { end(begun) }
                if tag.size == nil, try reader.flag() {
                    label = try labels.union(label, try isInside(moved, entry.tag))
                } else {
                    let high = try upper(moved)
                    guard high.isContradiction || (size.map { high.bound <= $0 } ?? false) else {
                        throw unjustified("the moved pointer is not shown to stay in its object")
                    }
                    label = try labels.union(label, high.label)
                }
                let low = try lower(moved)
                guard low.bound >= 0 else { throw unjustified("the moved pointer is not shown to stay in its object") }
                label = try labels.union(label, low.label)
            }
            try settle(claim, label)
        case let kind: throw CheckFailure(.malformed, "a hint of pointer arithmetic has kind \(kind)")
        }
    }

    /// The pointer stayed in an object: cases without object are gone, and the offset is inside the largest.
    private mutating func narrowOffset(_ base: Base, _ moved: LinearForm, _ alarm: Int) throws(CheckFailure) {
        guard let set = cases(base) else { return }
        var kept: [TargetEntry] = []
        var most: Int128? = 0
        for entry in set.entries {
            let tag = try tag(entry.tag)
            guard tag.isObject else { continue }
            kept.append(entry)
            if let size = tag.size, let known = most { most = size > known ? size : known } else { most = nil }
        }
        let label = try labels.union(set.label, alarm)
        if kept.isEmpty { return try state.addContradiction(label) }
        if kept != set.entries, case .symbol(let symbol) = base {
            try makeCurrent(symbol, TargetSet(entries: kept, label: label))
        }
        try addBounds(moved, Bounds(lower: 0, upper: most), label)
    }

    /// Both pointers have one base, and it is not null: the label of that; nil if it is not shown.
    private mutating func commonBase(_ a: Base, _ b: Base, isObject: Bool) throws(CheckFailure) -> Int? {
        guard a == b else {
            guard let found = try commonSingle(a, b) else { return nil }
            var label = 0
            for one in found { label = try labels.union(label, one) }
            return label
        }
        switch a {
        case .tag(let number):
            let tag = try tag(number)
            return tag.isSingle || (tag.kind == .function && !isObject) ? 0 : nil
        case .symbol(let symbol):
            guard let set = state.currentTargets(symbol) else { return nil }
            for entry in set.entries {
                let kind = try tag(entry.tag).kind
                if kind == .null || (kind == .function && isObject) { return nil }
            }
            return set.label
        }
    }

    /// Both pointers have one possible target, the same object, and there is only one of that.
    private func commonSingle(_ a: Base, _ b: Base) throws(CheckFailure) -> [Int]? {
        var found: [Int] = []
        var known: Int?
        for base in [a, b] {
            guard let set = cases(base), set.entries.count == 1, let entry = set.entries.first else { return nil }
            let tag = try tag(entry.tag)
            guard tag.isObject, tag.isSingle, known == nil || known == entry.tag else { return nil }
            known = entry.tag
            found.append(set.label)
        }
        return found
    }

    /// Whether the pointers have one base, as far as their targets decide it.
    ///
    /// *Sound:* an object has one tag at a time. Tags of ended objects decide nothing: an object may be known by one
    /// of them and by its former tag.
    private mutating func compareBases(_ a: Base, _ b: Base) throws(CheckFailure) -> (isSame: Bool, label: Int)? {
        if a == b {
            if case .symbol = a { return (true, 0) }
            if a == .tag(FixedTag.null) { return (true, 0) }
        }
        if let label = try commonBase(a, b, isObject: false) { return (true, label) }
        guard let first = cases(a), let second = cases(b) else { return nil }
        let known = Set(first.entries.map(\.tag))
        for entry in first.entries + second.entries where entry.tag == FixedTag.ended || entry.tag == FixedTag.freed {
            return nil
        }
        for entry in second.entries where known.contains(entry.tag) { return nil }
        return (false, try labels.union(first.label, second.label))
    }

    mutating func executeDifference(_ i: Instruction) throws(CheckFailure) {
        let ((a, x), (b, y)) = (try pointer(i.a), try pointer(i.b))
        let claim = try readClaim(.pointerComparison, site: i.site)
        if claim.isClaimed {
            guard let label = try commonBase(a, b, isObject: true) else {
                throw unjustified("the pointers are not shown to have one base")
            }
            try settle(claim, label)
        }
        let gap = try x.subtracting(y)
        switch try reader.byte() {
        case 0:
            if i.immediate == 1 {
                assign(i, .integer(gap))
                return
            }
            try assignQuotient(i, gap, slack: i.immediate - 1, 0)
        case 1: assign(i, .integer(try fresh(.all, 0)))
        case 2:
            let (remainder, label) = try congruencePremises(gap, modulus: i.immediate)
            guard remainder == 0 else { throw unjustified("the distance is not shown to be a multiple of the size") }
            try assignQuotient(i, gap, slack: 0, label)
        case let kind: throw CheckFailure(.malformed, "a hint of a difference has kind \(kind)")
        }
    }

    private mutating func assignQuotient(_ i: Instruction, _ gap: LinearForm, slack: Int128, _ label: Int)
        throws(CheckFailure)
    {
        let q = try fresh(.all, 0)
        let rest = try q.scaled(by: i.immediate).subtracting(gap)
        try state.addLinear(rest, atMost: slack, label)
        try state.addLinear(try rest.scaled(by: -1), atMost: slack, label)
        assign(i, .integer(q))
    }

    mutating func executeComparePointers(_ i: Instruction) throws(CheckFailure) {
        guard let comparison = i.comparison else { throw CheckFailure(.illFormedProgram, "a comparison operator") }
        let ((a, x), (b, y)) = (try pointer(i.a), try pointer(i.b))
        if comparison == .less || comparison == .lessOrEqual {
            let claim = try readClaim(.pointerComparison, site: i.site)
            if claim.isClaimed {
                guard let label = try commonBase(a, b, isObject: false) else {
                    throw unjustified("the pointers are not shown to have one base")
                }
                try settle(claim, label)
            }
            try assignTruth(i, Definition(meaning: .integers(comparison, x, y), label: 0))
            return
        }
        var definition: Definition?
        if i.comparesBases {
            let relation = try compareBases(a, b)
            definition = Definition(
                meaning: .bases(isTrue: relation.map { $0.isSame == (comparison == .equal) }),
                label: relation?.label ?? 0)
        } else if let label = try commonBase(a, b, isObject: false) {
            definition = Definition(meaning: .integers(comparison, x, y), label: label)
        } else if b == .tag(FixedTag.null) {
            definition = Definition(meaning: .null(a, isEqual: comparison == .equal), label: 0)
        } else if a == .tag(FixedTag.null) {
            definition = Definition(meaning: .null(b, isEqual: comparison == .equal), label: 0)
        }
        try assignTruth(i, definition)
    }

    mutating func executeIntegerToPointer(_ i: Instruction) throws(CheckFailure) {
        let isNull = try integer(i.a) == LinearForm(0)
        assign(i, isNull ? .pointer(.tag(FixedTag.null), LinearForm(0)) : try freshPointer(nil))
    }

    mutating func executeObjectSize(_ i: Instruction) throws(CheckFailure) {
        let (base, form) = try pointer(i.a)
        let (address, claims) = try access(
            Access(
                base: base, form: form, size: (0, 0), count: LinearForm(0), kinds: ObligationKind.kinds(of: i),
                site: i.site))
        try settle(claims, address)
        let s = try fresh(.all, 0)
        if let cases = address.cases, cases.count == 1, let only = cases.first {
            let sum = try s.adding(form)
            try addBounds(sum, only.size, address.label)
            try relateSize(sum, only, address.label)
        }
        assign(i, .integer(s))
        try conclude(address)
    }
}
