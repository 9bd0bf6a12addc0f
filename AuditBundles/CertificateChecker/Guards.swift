// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// What a branch teaches (6.2), and how a script shows a comparison's outcome (6.5).
///
/// *Sound:* a comparison's symbol is 1 exactly if the comparison holds; the facts are that comparison or its
/// negation over the integers. With NaN a float comparison is false, so only a true one bounds its operands.
extension Execution {
    /// Adds "value is not 0" or "value is 0".
    mutating func guardValue(_ form: LinearForm, isTrue truth: Bool, _ given: Int) throws(CheckFailure) {
        var (form, truth, label) = (form, truth, given)
        while true {
            if form.isConstant {
                if (form.constant != 0) != truth { try state.addContradiction(label) }
                return
            }
            guard let symbol = form.symbol, let definition = state.definition(symbol) else {
                if truth {
                    state.addExclusion(form, 0...0, label)
                } else {
                    try addBounds(form, Bounds(lower: 0, upper: 0), label)
                }
                return
            }
            if truth { try addAtLeast(form, 1, label) } else { try state.addLinear(form, atMost: 0, label) }
            label = try labels.union(label, definition.label)
            switch definition.meaning {
            case .integers(let comparison, let x, let y):
                let (kind, isSwapped) = Self.outcome(comparison, truth)
                if kind == .equal || kind == .notEqual, y == LinearForm(0), let inner = x.symbol,
                    state.definition(inner) != nil
                {
                    form = x
                    truth = kind == .notEqual
                    continue
                }
                guard let gap = isSwapped ? try gap(y, x) : try gap(x, y) else { return }
                switch kind {
                case .less: try state.addLinear(gap, atMost: -1, label)
                case .lessOrEqual: try state.addLinear(gap, atMost: 0, label)
                case .equal:
                    try state.addLinear(gap, atMost: 0, label)
                    try addAtLeast(gap, 0, label)
                case .notEqual: state.addExclusion(gap, 0...0, label)
                }
            case .null(let base, let isEqual):
                if case .symbol(let symbol) = base, let set = state.currentTargets(symbol) {
                    let isNull = isEqual == truth
                    let kept = set.entries.filter { ($0.tag == FixedTag.null) == isNull }
                    try makeCurrent(symbol, TargetSet(entries: kept, label: try labels.union(label, set.label)))
                }
            case .bases: break
            case .floats(let comparison, let x, let y):
                try guardFloats(comparison, x, y, truth, label)
            }
            return
        }
    }

    /// The comparison that holds if `comparison` is true or false, and whether its sides are swapped.
    static func outcome(_ comparison: Comparison, _ truth: Bool) -> (Comparison, isSwapped: Bool) {
        if truth { return (comparison, false) }
        switch comparison {
        case .equal: return (.notEqual, false)
        case .notEqual: return (.equal, false)
        case .less: return (.lessOrEqual, true)
        case .lessOrEqual: return (.less, true)
        }
    }

    private mutating func guardFloats(
        _ comparison: Comparison, _ x: FloatValue, _ y: FloatValue, _ truth: Bool, _ label: Int
    )
        throws(CheckFailure)
    {
        let (a, b) = (rangeSet(x), rangeSet(y))
        var label = label
        switch (comparison, truth) {
        case (.equal, true), (.notEqual, false):
            label = try labels.union(label, try labels.union(a?.label ?? 0, b?.label ?? 0))
            let (p, q) = (a?.range ?? .all, b?.range ?? .all)
            let lower = p.lower > q.lower ? p.lower : q.lower
            let upper = p.upper < q.upper ? p.upper : q.upper
            try cut(x, lower, upper, label)
            try cut(y, lower, upper, label)
        case (.less, true), (.lessOrEqual, true):
            label = try labels.union(label, try labels.union(a?.label ?? 0, b?.label ?? 0))
            try order(x, a?.range ?? .all, y, b?.range ?? .all, label)
        case (.less, false), (.lessOrEqual, false):
            guard let a, let b, !a.range.mayBeNaN, !b.range.mayBeNaN else { return }
            label = try labels.union(label, try labels.union(a.label, b.label))
            try order(y, b.range, x, a.range, label)
        default: return
        }
    }

    /// x <= y, and neither is a NaN.
    private mutating func order(_ x: FloatValue, _ a: FloatRange, _ y: FloatValue, _ b: FloatRange, _ label: Int)
        throws(CheckFailure)
    {
        try cut(x, a.lower, a.upper < b.upper ? a.upper : b.upper, label)
        try cut(y, a.lower > b.lower ? a.lower : b.lower, b.upper, label)
    }

    private mutating func cut(_ value: FloatValue, _ lower: Double, _ upper: Double, _ label: Int) throws(CheckFailure)
    {
        guard lower <= upper else {
            try state.addContradiction(label)
            return
        }
        if case .symbol(let symbol) = value {
            state.setRange(
                symbol, RangeSet(range: FloatRange(lower: lower, upper: upper, mayBeNaN: false), label: label))
        }
    }

    // MARK: True and false hints

    /// Reads a hint that the value is (or is not) 0; the label it rests on.
    mutating func decided(_ form: LinearForm, isTrue truth: Bool) throws(CheckFailure) -> Int {
        let selector = try reader.byte()
        if selector == 2 {
            guard let symbol = form.symbol else { throw unjustified("the value is no symbol with a definition") }
            return try decidedDefinition(symbol, isTrue: truth)
        }
        return try decidedDirectly(selector, form, truth)
    }

    private mutating func decidedDirectly(_ selector: UInt8, _ form: LinearForm, _ truth: Bool) throws(CheckFailure)
        -> Int
    {
        switch selector {
        case 0 where truth:
            let bound = try lower(form)
            guard bound.bound >= 1 else { throw unjustified("the value is not shown to be positive") }
            return bound.label
        case 0:
            let (high, low) = (try upper(form), try lower(form))
            guard high.bound <= 0, low.bound >= 0 else { throw unjustified("the value is not shown to be 0") }
            return try labels.union(high.label, low.label)
        case 1 where truth:
            let bound = try upper(form)
            guard bound.bound <= -1 else { throw unjustified("the value is not shown to be negative") }
            return bound.label
        case 3 where truth: return try exclusion(try reader.unsigned(), ofZero: form)
        default: throw CheckFailure(.malformed, "a hint of a truth value has kind \(selector)")
        }
    }

    /// The label of an exclusion that has the form and holds 0 in its range.
    mutating func exclusion(_ number: Int, ofZero form: LinearForm) throws(CheckFailure) -> Int {
        guard number < state.exclusions.count else {
            throw CheckFailure(.unknownReference, "exclusion \(number) does not exist")
        }
        let exclusion = state.exclusions[number]
        guard exclusion.form == form, exclusion.range.contains(0) else {
            throw unjustified("exclusion \(number) does not exclude 0 of the form")
        }
        return exclusion.label
    }

    /// The comparison that the symbol stands for is true, or false.
    mutating func decidedDefinition(_ first: Int, isTrue firstTruth: Bool) throws(CheckFailure) -> Int {
        var (symbol, truth, label) = (first, firstTruth, 0)
        while true {
            guard let definition = state.definition(symbol) else {
                throw unjustified("symbol \(symbol) has no definition")
            }
            label = try labels.union(label, definition.label)
            switch definition.meaning {
            case .integers(let comparison, let x, let y):
                let (kind, isSwapped) = Self.outcome(comparison, truth)
                if kind == .equal || kind == .notEqual, y == LinearForm(0), let inner = x.symbol,
                    state.definition(inner) != nil
                {
                    // Goes on inside, with a hint for x.
                    truth = kind == .notEqual
                    let selector = try reader.byte()
                    guard selector == 2 else {
                        return try labels.union(label, try decidedDirectly(selector, x, truth))
                    }
                    symbol = inner
                    continue
                }
                let gap = isSwapped ? try y.subtracting(x) : try x.subtracting(y)
                return try labels.union(label, try shown(kind, gap))
            case .null(let base, let isEqual):
                guard let set = cases(base) else { throw unjustified("the pointer has no targets") }
                let wantsNull = isEqual == truth
                for entry in set.entries where (entry.tag == FixedTag.null) != wantsNull {
                    throw unjustified("the pointer's targets do not decide whether it is null")
                }
                return try labels.union(label, set.label)
            case .bases(let isTrue):
                guard isTrue == truth else {
                    throw unjustified("the pointers' targets do not decide whether they have one base")
                }
                return label
            case .floats(let comparison, let x, let y):
                return try labels.union(label, try shown(comparison, x, y, truth))
            }
        }
    }

    /// The label of the ranges that decide a comparison of floats. One with a NaN is false.
    private mutating func shown(_ comparison: Comparison, _ x: FloatValue, _ y: FloatValue, _ truth: Bool)
        throws(CheckFailure) -> Int
    {
        let (first, second) = (rangeSet(x), rangeSet(y))
        let (a, b) = (first?.range ?? .all, second?.range ?? .all)
        let areNumbers = !a.mayBeNaN && !b.mayBeNaN
        let isShown =
            switch comparison {
            case .less: truth ? areNumbers && a.upper < b.lower : a.lower >= b.upper
            case .lessOrEqual: truth ? areNumbers && a.upper <= b.lower : a.lower > b.upper
            case .equal, .notEqual:
                truth == (comparison == .equal)
                    ? areNumbers && a.lower == a.upper && b.lower == b.upper && a.lower == b.lower
                    : a.upper < b.lower || b.upper < a.lower
            }
        guard isShown else { throw unjustified("the ranges do not decide the comparison") }
        return try labels.union(first?.label ?? 0, second?.label ?? 0)
    }

    private mutating func shown(_ kind: Comparison, _ gap: LinearForm) throws(CheckFailure) -> Int {
        switch kind {
        case .less, .lessOrEqual:
            let bound = try upper(gap)
            guard bound.bound <= (kind == .less ? -1 : 0) else { throw unjustified("the comparison is not shown") }
            return bound.label
        case .equal:
            let (high, low) = (try upper(gap), try lower(gap))
            guard high.bound <= 0, low.bound >= 0 else { throw unjustified("the equality is not shown") }
            return try labels.union(high.label, low.label)
        case .notEqual:
            switch try reader.byte() {
            case 0:
                let bound = try upper(gap)
                guard bound.bound <= -1 else { throw unjustified("the inequality is not shown") }
                return bound.label
            case 1:
                let bound = try lower(gap)
                guard bound.bound >= 1 else { throw unjustified("the inequality is not shown") }
                return bound.label
            case 2:
                let number = try reader.unsigned()
                guard number < state.exclusions.count else {
                    throw CheckFailure(.unknownReference, "exclusion \(number) does not exist")
                }
                return try exclusion(
                    number, ofZero: state.exclusions[number].form == gap ? gap : try gap.scaled(by: -1))
            case let selector: throw CheckFailure(.malformed, "a hint of an inequality has kind \(selector)")
            }
        }
    }
}
