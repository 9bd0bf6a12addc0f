// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Intervals
import Numbers
import ProgramIR
import Reductions

// What a branch tells: FORMAT.md section 6.2. The order of facts is that of the rules.
extension Executor {
    /// `value` is not 0 (or is 0).
    mutating func guardValue(_ value: LinearForm, isTrue: Bool, label: Int32) {
        if value.isConstant {
            guard (value.constant != 0) != isTrue else { return }
            let fact = newLinear(label)
            record(.automatic, [], produces: [.linear(fact)])
            return contradict([.init(fact: fact, coefficient: 1)])
        }
        guard let symbol = value.singleSymbol, let definition = integer(symbol).definition else {
            if isTrue {
                guardOutside(value, 0, 0, label: label)
            } else {
                guardUpper(value, 0, label: label)
                guardLower(value, 0, label: label)
            }
            return
        }
        if isTrue { guardLower(value, 1, label: label) } else { guardUpper(value, 0, label: label) }
        // The path is dead already: nothing more is needed.
        if contradiction != nil { return }
        switch definition {
        case .integers(let comparison, let left, let right):
            let known = integer(symbol)
            if !known.definitionSources.isEmpty { record(.automatic, [], sources: known.definitionSources) }
            guardComparison(comparison, left, right, holds: isTrue, label: union(label, known.definitionLabel))
        case .pointers(let comparison, let left, let right):
            guardPointers(comparison, left, right, holds: isTrue, label: label)
        case .bases: break
        case .floats(let comparison, let left, let right):
            guardFloats(comparison, left, right, holds: isTrue, label: label)
        }
    }

    private mutating func guardComparison(
        _ comparison: ComparisonOperator, _ left: LinearForm, _ right: LinearForm, holds: Bool, label: Int32
    ) {
        if let inner = innerTruth(comparison, left, right, holds: holds) {
            return guardValue(left, isTrue: inner, label: label)
        }
        guard let difference = left.gap(to: right), let opposite = right.gap(to: left) else { return }
        switch (comparison, holds) {
        case (.less, true): addAutomatic(difference, plus: 1, label: label)
        case (.lessOrEqual, true): addAutomatic(difference, plus: 0, label: label)
        case (.less, false): addAutomatic(opposite, plus: 0, label: label)
        case (.lessOrEqual, false): addAutomatic(opposite, plus: 1, label: label)
        case (.equal, true), (.notEqual, false):
            addAutomatic(difference, plus: 0, label: label)
            addAutomatic(opposite, plus: 0, label: label)
            exactForms.append(difference)
        case (.equal, false), (.notEqual, true):
            guardOutside(difference, 0, 0, label: label)
        }
    }

    /// For a comparison of another comparison's result with 0: whether that other one is true.
    func innerTruth(_ comparison: ComparisonOperator, _ left: LinearForm, _ right: LinearForm, holds: Bool) -> Bool? {
        guard comparison == .equal || comparison == .notEqual, right.isConstant, right.constant == 0,
            let inner = left.singleSymbol, integer(inner).definition != nil
        else { return nil }
        return (comparison == .notEqual) == holds
    }

    /// The fact `form + constant <= 0`, which the checker adds by itself.
    mutating func addAutomatic(_ form: LinearForm, plus constant: Int128, label: Int32, sources: [FactReference] = []) {
        guard let form = form.adding(LinearForm(constant)), form.isNegatable else { return }
        let fact = newLinear(label)
        record(.automatic, [], produces: [.linear(fact)], condition: sources.first, sources: sources)
        learn(form, fact: fact)
    }

    mutating func guardUpper(_ value: LinearForm, _ bound: Int128, label: Int32, sources: [FactReference] = []) {
        guard let form = value.gap(to: LinearForm(bound)) else { return }
        addAutomatic(form, plus: 0, label: label, sources: sources)
    }

    mutating func guardLower(_ value: LinearForm, _ bound: Int128, label: Int32, sources: [FactReference] = []) {
        guard let form = LinearForm(bound).gap(to: value) else { return }
        addAutomatic(form, plus: 0, label: label, sources: sources)
    }

    mutating func guardOutside(_ value: LinearForm, _ lower: Int128, _ upper: Int128, label: Int32) {
        let fact = newExclusion(label)
        record(.automatic, [], produces: [.exclusion(fact)])
        if value.isConstant, lower <= value.constant, value.constant <= upper {
            // A constant in the range that it is outside of: bounds 0 and 0 are excluded.
            let contradiction = recordExcludedConstant(fact, value)
            contradict([.init(fact: contradiction, coefficient: 1)])
            return
        }
        exclude(value, lower, upper, fact: fact)
    }

    private func recordExcludedConstant(_ exclusion: Int32, _ value: LinearForm) -> Int32 {
        guard let recorder else { return -1 }
        let fact = newLinear(recorder.label(of: .exclusion(exclusion)))
        record(
            .lemma, [.byte(0x11), .exclusion(exclusion), .derivation(Derivation())], produces: [.linear(fact)])
        return fact
    }

    // Pointers.

    /// What is compared with null; nil if neither side is null.
    func comparedWithNull(_ left: SymbolicPointer, _ right: SymbolicPointer) -> SymbolicPointer? {
        right.base == .tag(.null) ? left : left.base == .tag(.null) ? right : nil
    }

    private mutating func guardPointers(
        _ comparison: ComparisonOperator, _ left: SymbolicPointer, _ right: SymbolicPointer, holds: Bool, label: Int32
    ) {
        guard comparison == .equal || comparison == .notEqual else { return }
        let isEqual = (comparison == .equal) == holds
        guard let pointer = comparedWithNull(left, right) else { return }
        guard case .symbol(let symbol) = pointer.base, let targets = base(symbol).targets else { return }
        let refined =
            isEqual
            ? (targets.mayPoint(into: .null) ? targets.keepingOnly(base: .null) : .bottom)
            : targets.removing(base: .null)
        refineTargets(symbol, to: refined, label: label)
    }

    /// The checker replaces the current targets of `symbol` by itself, if it has any.
    mutating func refineTargets(_ symbol: Int32, to targets: Targets, label: Int32) {
        let old = base(symbol).fact
        let oldLabel = recorder?.label(of: .targets(old)) ?? LabelTable.empty
        let fact = newTargets(union(oldLabel, label))
        record(
            .automatic, [], produces: [.targets(fact)], condition: .targets(old), sources: [.targets(old)])
        let before = base(symbol).targets
        setTargets(targets, of: symbol, fact: fact)
        if targets.single?.base == .null, let before { noteNull(symbol, was: before) }
        if targets.isBottom {
            record(.step, [.byte(0x16), .baseSymbol(symbol), .uses(.targets(fact))])
            isUnreachable = true
        }
    }

    /// Makes `targets` current; what follows for the offset is numbered as the rules say.
    mutating func setTargets(_ targets: Targets, of symbol: Int32, fact: Int32, imports: ImportList? = nil) {
        let place: Int
        if let known = basePlaces[symbol] {
            place = known
        } else {
            place = bases.count
            basePlaces[symbol] = place
            bases.append(BaseSymbol(number: symbol, offset: symbol))
        }
        bases[place].targets = targets
        bases[place].fact = fact
        let offset = bases[place].offset
        var top: Int128? = nil, bottom: Int128? = nil
        var isFirst = true
        targets.forEachEntry { entry in
            let isObject = tags.isObject(entry.base)
            let high = isObject ? entry.offset.upper.finite : nil
            let low = isObject ? entry.offset.lower.finite : nil
            if isFirst {
                top = high
                bottom = low
                isFirst = false
            } else {
                top = top.flatMap { known in high.map { max(known, $0) } }
                bottom = bottom.flatMap { known in low.map { min(known, $0) } }
            }
        }
        let label = recorder?.label(of: .targets(fact)) ?? LabelTable.empty
        var produced: [FactReference] = []
        var upperFact: Int32 = -1, lowerFact: Int32 = -1, congruenceFact: Int32 = -1
        if top != nil { upperFact = newLinear(label); produced.append(.linear(upperFact)) }
        if bottom != nil { lowerFact = newLinear(label); produced.append(.linear(lowerFact)) }
        let single = targets.single?.offset
        if let single, single.stride > 1, tags.isObject(targets.single!.base) {
            congruenceFact = newCongruence(label)
            produced.append(.congruence(congruenceFact))
        }
        if let imports {
            imports.add(produced)
        } else {
            record(.automatic, [], produces: produced, condition: .targets(fact), sources: [.targets(fact)])
        }
        let integerPlace = placeOfInteger(offset)
        if let single, congruenceFact >= 0 || recorder == nil, single.stride > 1 {
            integers[integerPlace].modulus = Int128(single.stride)
            integers[integerPlace].remainder = Int128(single.offset)
            integers[integerPlace].congruenceFact = congruenceFact
        }
        if let top { setBound(offset, upper: true, top, fact: upperFact) }
        if let bottom { setBound(offset, upper: false, -bottom, fact: lowerFact) }
    }

    // Floats.

    private mutating func guardFloats(
        _ comparison: ComparisonOperator, _ left: FloatOperand, _ right: FloatOperand, holds: Bool, label: Int32
    ) {
        let x = range(of: left), y = range(of: right)
        var refined: (FloatInterval, FloatInterval)?
        switch (comparison, holds) {
        case (.less, true), (.lessOrEqual, true): refined = FloatInterval.ordered(x, y)
        case (.equal, true), (.notEqual, false): refined = FloatInterval.equal(x, y)
        case (.less, false), (.lessOrEqual, false):
            if !x.mayBeNaN && !y.mayBeNaN {
                let swapped = FloatInterval.ordered(y, x)
                refined = (swapped.1, swapped.0)
            }
        default: break
        }
        guard let refined else { return }
        let sources = [left, right].compactMap(floatFact)
        let common = sources.reduce(label) { union($0, recorder?.label(of: $1) ?? LabelTable.empty) }
        for (operand, range) in [(left, refined.0), (right, refined.1)] {
            guard case .symbol(let symbol) = operand else { continue }
            if range.isBottom {
                let fact = newLinear(common)
                record(.automatic, [], produces: [.linear(fact)], sources: sources)
                return contradict([.init(fact: fact, coefficient: 1)])
            }
            setFloatRange(range, of: symbol, label: common, sources: sources)
        }
    }
}

extension FloatInterval {
    /// The x and y for which `x <= y` holds for some of the other.
    static func ordered(_ x: FloatInterval, _ y: FloatInterval) -> (FloatInterval, FloatInterval) {
        (
            FloatInterval(x.lower, min(x.upper, y.upper), format: x.format),
            FloatInterval(max(x.lower, y.lower), y.upper, format: y.format)
        )
    }

    /// Whether every `x` and `y` compare so, or none; nil if it depends. A comparison with NaN is false.
    static func outcome(_ comparison: ComparisonOperator, _ x: FloatInterval, _ y: FloatInterval) -> Bool? {
        if x.isNumericEmpty || y.isNumericEmpty { return nil }
        let areNumbers = !x.mayBeNaN && !y.mayBeNaN
        switch comparison {
        case .less: return areNumbers && x.upper < y.lower ? true : x.lower >= y.upper ? false : nil
        case .lessOrEqual: return areNumbers && x.upper <= y.lower ? true : x.lower > y.upper ? false : nil
        case .equal, .notEqual:
            if areNumbers, x.lower == x.upper, y.lower == y.upper, x.lower == y.lower { return comparison == .equal }
            return x.upper < y.lower || y.upper < x.lower ? comparison == .notEqual : nil
        }
    }

    /// The x and y for which `x == y` holds for some of the other.
    static func equal(_ x: FloatInterval, _ y: FloatInterval) -> (FloatInterval, FloatInterval) {
        let lower = max(x.lower, y.lower), upper = min(x.upper, y.upper)
        return (FloatInterval(lower, upper, format: x.format), FloatInterval(lower, upper, format: y.format))
    }
}
