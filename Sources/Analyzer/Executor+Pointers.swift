// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Intervals
import Numbers
import ProgramIR
import Reductions

// Pointers: offset, difference, comparison, conversion (FORMAT.md section 6.3).
extension Executor {
    mutating func executeOffset(_ instruction: Instruction) {
        let pointer = pointerValue(instruction.a)
        let amount = integerValue(instruction.b).scaled(by: Int128(instruction.immediate))
        let moved = amount.flatMap { pointer.offset.adding($0) } ?? LinearForm(symbol: freshInteger())
        let target = SymbolicPointer(base: pointer.base, offset: moved)
        values[instruction.result] = .pointer(target)
        guard instruction.flags.contains(.checked) else { return record(.step, [.byte(0x01)]) }
        if let amount, amount.isConstant, amount.constant == 0 {
            decide(.pointerArithmetic, .holds)
            return record(.step, [.byte(0x01), .byte(1), .byte(0)])
        }
        guard let entries = entries(of: pointer) else {
            decide(.pointerArithmetic, .mayFail("nothing is known of what the pointer points to"))
            return record(.step, [.byte(0x01), .byte(0)])
        }
        var atoms: [Atom] = [], failures: [String] = []
        var survivors: [IntegerValue] = []
        for entry in entries {
            guard tags.isObject(entry.tag) else {
                failures.append(
                    entry.tag == .null
                        ? "the pointer may be NULL" : "the pointer may not point into an object that exists")
                continue
            }
            let outcome = inCase(pointer, entry.offset) { path, facts in path.offsetCase(entry.tag, target, facts) }
            atoms += outcome.atoms
            if let failure = outcome.failure { failures.append(failure) }
            if let kept = outcome.kept { survivors.append(kept) }
        }
        if failures.isEmpty {
            decide(.pointerArithmetic, .holds)
            return record(.step, [.byte(0x01), .byte(1), .byte(1)] + useTargets(of: pointer) + atoms)
        }
        // A distance of 0 violates nothing, whatever the base.
        let mayStay = amount.map { range(of: $0).contains(0) } ?? true
        decide(
            .pointerArithmetic, survivors.isEmpty && !mayStay ? .fails(failures[0]) : .mayFail(failures[0]))
        record(.step, [.byte(0x01), .byte(0)])
        // Where the distance may be 0 nothing is learnt.
        guard integerValue(instruction.b).isConstant else { return }
        var alarm = alarmLabel(.pointerArithmetic)
        var sources: [FactReference] = []
        if case .symbol(let symbol) = pointer.base {
            alarm = union(alarm, recorder?.label(of: .targets(base(symbol).fact)) ?? LabelTable.empty)
            sources = [.targets(base(symbol).fact)]
        }
        let objects = entries.filter { tags.isObject($0.tag) }
        if objects.isEmpty {
            let fact = newLinear(alarm)
            record(.automatic, [], produces: [.linear(fact)], condition: sources.first, sources: sources)
            return contradict([.init(fact: fact, coefficient: 1)])
        }
        if objects.count < entries.count, case .symbol(let symbol) = pointer.base {
            refineTargets(symbol, to: base(symbol).targets!.keepingBases { tags.isObject($0) }, label: alarm)
        }
        // Behind the instruction the offset is inside some object: the largest limit holds for all.
        let sizes = objects.compactMap { tags.staticSize(of: $0.tag) }
        if sizes.count == objects.count, let most = sizes.max() {
            guardUpper(moved, Int128(most), label: alarm, sources: sources)
        }
        guardLower(moved, 0, label: alarm, sources: sources)
    }

    private mutating func offsetCase(_ tag: Tag, _ target: SymbolicPointer, _ facts: [FactReference])
        -> (atoms: [Atom], label: Int32, failure: String?, kept: IntegerValue?)
    {
        var atoms: [Atom] = [.beginCase(facts)]
        var label = LabelTable.empty
        var failure: String?
        let object = memory[Int(tag)]
        noteUse(lifetimeOf: tag)
        if tags.isHeap(tag) {
            atoms.append(.optionalMemory(object?.alive))
            if let alive = object?.alive {
                label = memoryLabel(alive)
            } else {
                failure = "the memory it points to may have been freed"
            }
        }
        var size = tags.staticSize(of: tag).map { Int128($0) }
        if size == nil {
            atoms.append(.optionalMemory(object?.size == nil ? nil : object?.sizeFact))
            size = object?.size?.lower.finite
            if let object, object.size != nil { label = union(label, memoryLabel(object.sizeFact)) }
        }
        let high = size.map { upper(target.offset, aimingAt: $0) } ?? upper(target.offset)
        let low = lower(target.offset, aimingAt: 0)
        var shown = high
        var isBelowEnd = size != nil && (high.finite.map { $0 <= size! } ?? false)
        if tags.staticSize(of: tag) == nil {
            if !isBelowEnd, let exact = object?.exactSize, let excess = target.offset.gap(to: exact.form),
                case let bound = upper(excess, aimingAt: 0), bound.value <= .zero
            {
                atoms += [.byte(1)] + usePlace(exact.place)
                label = union(label, exact.label)
                shown = bound
                isBelowEnd = true
            } else {
                atoms.append(.byte(0))
            }
        }
        atoms += [.derivation(shown.derivation), .derivation(low.derivation), .endCase]
        label = union(label, union(self.label(of: shown.derivation), self.label(of: low.derivation)))
        let fits = isBelowEnd && (low.finite ?? -1) >= 0
        if !fits {
            failure =
                failure
                ?? "the result may be at offset \(describe(target.offset)), `\(tags.name(of: tag))` has \(size.map(String.init) ?? "an unknown number of") bytes"
        }
        let most = tags.staticSize(of: tag).map { Int128($0) } ?? object?.size?.upper.finite
        let top = min(high.finite ?? .max, most ?? .max), bottom = max(low.finite ?? 0, 0)
        let kept =
            bottom <= top
            ? IntegerValue(
                ExtendedInteger(roundingDown: bottom),
                top == .max ? .positiveInfinity : ExtendedInteger(roundingUp: top)) : nil
        return (atoms, label, failure, kept)
    }

    /// Both pointers certainly have one base, and it is not null; nor, if that is asked, a function. Must be what
    /// FORMAT.md section 6.3 calls "same base": the definition of a comparison's result depends on it.
    private func sameBase(_ left: SymbolicPointer, _ right: SymbolicPointer, orFunction: Bool) -> (
        holds: Bool, atoms: [Atom], label: Int32, sources: [FactReference]
    ) {
        if left.base == right.base {
            if case .tag(let tag) = left.base, tags.isSingle(tag) || (orFunction && tags.isFunction(tag)) {
                return (true, [], LabelTable.empty, [])
            }
            if case .symbol(let symbol) = left.base, let targets = base(symbol).targets, !targets.isAny,
                !targets.mayPoint(into: .null)
            {
                var isAllowed = true
                targets.forEachEntry { isAllowed = isAllowed && (orFunction || !tags.isFunction($0.base)) }
                let label = recorder?.label(of: .targets(base(symbol).fact)) ?? LabelTable.empty
                if isAllowed { return (true, useTargets(of: left), label, [.targets(base(symbol).fact)]) }
            }
        }
        guard let a = entries(of: left), let b = entries(of: right), a.count == 1, b.count == 1, a[0].tag == b[0].tag,
            tags.isObject(a[0].tag), tags.isSingle(a[0].tag)
        else { return (false, [], LabelTable.empty, []) }
        var sources: [FactReference] = []
        for pointer in [left, right] {
            if case .symbol(let symbol) = pointer.base { sources.append(.targets(base(symbol).fact)) }
        }
        let label = sources.reduce(LabelTable.empty) { union($0, recorder?.label(of: $1) ?? LabelTable.empty) }
        return (true, useTargets(of: left) + useTargets(of: right), label, sources)
    }

    mutating func executeDifference(_ instruction: Instruction) {
        let left = pointerValue(instruction.a), right = pointerValue(instruction.b)
        let same = sameBase(left, right, orFunction: false)
        decide(
            .pointerComparison, same.holds ? .holds : .mayFail("the two pointers may not point into the same object"))
        let claim: [Atom] = same.holds ? [.byte(1)] + same.atoms : [.byte(0)]
        guard let distance = left.offset.subtracting(right.offset) else {
            values[instruction.result] = .integer(LinearForm(symbol: freshInteger()))
            return record(.step, [.byte(0x01)] + claim + [.byte(1)])
        }
        // Behind the instruction both point into one object.
        let size = Int128(instruction.immediate)
        if size == 1 {
            values[instruction.result] = .integer(distance)
            return record(.step, [.byte(0x01)] + claim + [.byte(0)])
        }
        let exact = congruence(of: distance, modulo: size).flatMap { $0.remainder == 0 ? $0 : nil }
        record(.step, [.byte(0x01)] + claim + (exact.map { [.byte(2), .congruencePremises($0)] } ?? [.byte(0)]))
        let label = exact.map { recorder?.label(of: $0) ?? LabelTable.empty } ?? LabelTable.empty
        let symbol = LinearForm(symbol: freshInteger())
        values[instruction.result] = .integer(symbol)
        let slack = exact == nil ? size - 1 : 0
        if let scaled = symbol.scaled(by: size), let above = scaled.subtracting(distance),
            let below = distance.subtracting(scaled)
        {
            addAutomatic(above, plus: -slack, label: label)
            addAutomatic(below, plus: -slack, label: label)
        }
    }

    mutating func executeComparePointers(_ instruction: Instruction) {
        guard let comparison = instruction.comparison else { return }
        let left = pointerValue(instruction.a), right = pointerValue(instruction.b)
        let symbol = freshInteger()
        let form = LinearForm(symbol: symbol)
        values[instruction.result] = .integer(form)
        let isOrdering = comparison == .less || comparison == .lessOrEqual
        let same = sameBase(left, right, orFunction: true)
        if isOrdering {
            decide(
                .pointerComparison,
                same.holds ? .holds : .mayFail("the two pointers may not point into the same object"))
            record(.step, [.byte(0x01)] + (same.holds ? [.byte(1)] + same.atoms : [.byte(0)]))
        } else {
            record(.step, [.byte(0x01)])
        }
        guardUpper(form, 1, label: LabelTable.empty)
        guardLower(form, 0, label: LabelTable.empty)
        let place = placeOfInteger(symbol)
        if isOrdering {
            // Behind the instruction both point into one object.
            integers[place].definition = .integers(comparison, left.offset, right.offset)
            decideComparison(symbol)
        } else if instruction.flags.contains(.bases) {
            integers[place].definition = .bases
            decideBases(symbol, comparison, left, right)
        } else if same.holds {
            integers[place].definition = .integers(comparison, left.offset, right.offset)
            integers[place].definitionLabel = same.label
            integers[place].definitionSources = same.sources
            decideComparison(symbol)
        } else if left.base == .tag(.null) || right.base == .tag(.null) {
            integers[place].definition = .pointers(comparison, left, right)
            decideNull(symbol, comparison, left, right)
        }
    }

    /// A comparison with null that the targets decide.
    private mutating func decideNull(
        _ symbol: Int32, _ comparison: ComparisonOperator, _ left: SymbolicPointer, _ right: SymbolicPointer
    ) {
        guard comparison == .equal || comparison == .notEqual else { return }
        guard let pointer = comparedWithNull(left, right) else { return }
        var isNull: Bool?
        var label = LabelTable.empty
        switch pointer.base {
        case .tag(let tag): isNull = tag == .null
        case .symbol(let symbol):
            guard let targets = base(symbol).targets, !targets.isAny, !targets.isBottom else { return }
            label = recorder?.label(of: .targets(base(symbol).fact)) ?? LabelTable.empty
            if !targets.mayPoint(into: .null) { isNull = false } else if targets.count == 1 { isNull = true }
        }
        guard let isNull else { return }
        let holds = isNull == (comparison == .equal)
        decided(symbol, holds, useTargets(of: pointer), label)
    }

    /// Whether two pointers have one base, where their targets decide it.
    private mutating func decideBases(
        _ symbol: Int32, _ comparison: ComparisonOperator, _ left: SymbolicPointer, _ right: SymbolicPointer
    ) {
        let isEqual = comparison == .equal
        if left.base == right.base, left.base == .tag(.null) || left.base.isSymbol {
            return decided(symbol, isEqual, [], LabelTable.empty)
        }
        let same = sameBase(left, right, orFunction: true)
        if same.holds { return decided(symbol, isEqual, same.atoms, same.label) }
        guard let first = entries(of: left), let second = entries(of: right) else { return }
        let known = Set(first.map(\.tag))
        let areApart =
            !(first + second).contains { $0.tag == .ended || $0.tag == .freed }
            && !second.contains { known.contains($0.tag) }
        guard areApart else { return }
        var label = LabelTable.empty
        for case .symbol(let base) in [left.base, right.base] {
            label = union(label, recorder?.label(of: .targets(self.base(base).fact)) ?? LabelTable.empty)
        }
        decided(symbol, !isEqual, useTargets(of: left) + useTargets(of: right), label)
    }

    /// Records that a comparison is certainly true (or false).
    mutating func decided(_ symbol: Int32, _ holds: Bool, _ hint: [Atom], _ label: Int32) {
        let fact = newLinear(label)
        record(.lemma, [.byte(holds ? 0x13 : 0x14), .symbol(symbol)] + hint, produces: [.linear(fact)])
        setBound(symbol, upper: !holds, holds ? -1 : 0, fact: fact)
    }

    mutating func executeCompareIntegers(_ instruction: Instruction) {
        guard let comparison = instruction.comparison else { return }
        let symbol = freshInteger()
        let form = LinearForm(symbol: symbol)
        values[instruction.result] = .integer(form)
        record(.step, [.byte(0x01)])
        guardUpper(form, 1, label: LabelTable.empty)
        guardLower(form, 0, label: LabelTable.empty)
        integers[placeOfInteger(symbol)].definition = .integers(
            comparison, integerValue(instruction.a), integerValue(instruction.b))
        decideComparison(symbol)
    }

    private mutating func decideComparison(_ symbol: Int32) {
        guard case .integers(let comparison, let left, let right)? = integer(symbol).definition else { return }
        for holds in [true, false] {
            if let shown = showComparison(comparison, left, right, holds: holds) {
                let known = integer(symbol)
                return decided(
                    symbol, holds, shown.atoms + known.definitionSources.map(Atom.uses),
                    union(shown.label, known.definitionLabel))
            }
        }
    }

    /// The true (or false) hint of an integer comparison: FORMAT.md section 6.5.
    ///
    /// - Parameter isDemanded: an obligation asks for it, so that more effort is worth while.
    func showComparison(
        _ comparison: ComparisonOperator, _ left: LinearForm, _ right: LinearForm, holds: Bool, isDemanded: Bool = false
    ) -> Shown? {
        if let inner = innerTruth(comparison, left, right, holds: holds) { return showInner(left, isTrue: inner) }
        guard let difference = left.subtracting(right), let opposite = right.subtracting(left) else { return nil }
        func atMost(_ form: LinearForm, _ bound: Int128) -> Shown? {
            let value = isDemanded ? upper(form, aimingAt: bound) : upper(form)
            guard let top = value.finite, top <= bound else {
                return value.value == .negativeInfinity
                    ? Shown(atoms: [.derivation(value.derivation)], label: label(of: value.derivation)) : nil
            }
            return Shown(atoms: [.derivation(value.derivation)], label: label(of: value.derivation))
        }
        switch (comparison, holds) {
        case (.less, true): return atMost(difference, -1)
        case (.lessOrEqual, true): return atMost(difference, 0)
        case (.less, false): return atMost(opposite, 0)
        case (.lessOrEqual, false): return atMost(opposite, -1)
        case (.equal, true), (.notEqual, false):
            guard let above = atMost(difference, 0), let below = atMost(opposite, 0) else { return nil }
            return Shown(atoms: above.atoms + below.atoms, label: union(above.label, below.label))
        case (.equal, false), (.notEqual, true):
            if let less = atMost(difference, -1) { return Shown(atoms: [.byte(0)] + less.atoms, label: less.label) }
            if let more = atMost(opposite, -1) { return Shown(atoms: [.byte(1)] + more.atoms, label: more.label) }
            for exclusion in exclusions
            where exclusion.form == difference && exclusion.lower <= 0 && 0 <= exclusion.upper {
                return Shown(
                    atoms: [.byte(2), .exclusion(exclusion.fact)],
                    label: recorder?.label(of: .exclusion(exclusion.fact)) ?? LabelTable.empty)
            }
            return nil
        }
    }

    /// A value that is itself a comparison's result is not 0 (or is 0).
    private func showInner(_ value: LinearForm, isTrue: Bool) -> Shown? {
        let low = lower(value), high = upper(value)
        if isTrue {
            if let bound = low.finite, bound >= 1 {
                return Shown(atoms: [.byte(0), .derivation(low.derivation)], label: label(of: low.derivation))
            }
        } else if let bottom = low.finite, let top = high.finite, bottom >= 0, top <= 0 {
            return Shown(
                atoms: [.byte(0), .derivation(high.derivation), .derivation(low.derivation)],
                label: union(label(of: high.derivation), label(of: low.derivation)))
        }
        return nil
    }

    mutating func executeCompareFloats(_ instruction: Instruction) {
        guard let comparison = instruction.comparison else { return }
        let symbol = freshInteger()
        let form = LinearForm(symbol: symbol)
        values[instruction.result] = .integer(form)
        record(.step, [.byte(0x01)])
        guardUpper(form, 1, label: LabelTable.empty)
        guardLower(form, 0, label: LabelTable.empty)
        let left = floatValue(instruction.a), right = floatValue(instruction.b)
        integers[placeOfInteger(symbol)].definition = .floats(comparison, left, right)
        guard let holds = FloatInterval.outcome(comparison, range(of: left), range(of: right)) else { return }
        let facts = [left, right].compactMap(floatFact)
        let label = facts.reduce(LabelTable.empty) { union($0, recorder?.label(of: $1) ?? LabelTable.empty) }
        decided(symbol, holds, facts.map(Atom.uses), label)
    }

    mutating func executeObjectSize(_ instruction: Instruction) {
        let pointer = pointerValue(instruction.a)
        let demand = AccessDemand(size: LinearForm(0), bounds: nil, isNamed: instruction.a.kind == .object)
        let result = access(pointer, demand)
        let symbol = LinearForm(symbol: freshInteger())
        values[instruction.result] = .integer(symbol)
        let only = result.cases.count == 1 && !result.isUnknown ? result.cases[0].tag : nil
        let exact = only.flatMap { memory[Int($0)]?.exactSize }
        var hint: [Atom] = []
        if let only, tags.staticSize(of: only) == nil {
            hint = exact.map { [.byte(1)] + usePlace($0.place) } ?? [.byte(0)]
        }
        record(.step, [.byte(0x01)] + result.atoms + hint)
        if let tag = only, let sum = symbol.adding(pointer.offset) {
            let known = tags.staticSize(of: tag).map { IntegerValue(constant: Int128($0)) } ?? memory[Int(tag)]?.size
            if let top = known?.upper.finite { guardUpper(sum, top, label: result.label) }
            if let bottom = known?.lower.finite { guardLower(sum, bottom, label: result.label) }
            if let exact, let excess = sum.gap(to: exact.form), let missing = exact.form.gap(to: sum) {
                let label = union(result.label, exact.label)
                addAutomatic(excess, plus: 0, label: label)
                addAutomatic(missing, plus: 0, label: label)
            }
        }
        conclude(result)
    }
}
