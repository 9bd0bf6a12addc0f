// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Numbers

/// `sum of coefficient * dimension, plus any of lower ... upper`.
public struct OctagonLinearForm: Hashable, Sendable {
    public struct Term: Hashable, Sendable {
        public var coefficient: Int128
        public var dimension: Int
    }

    /// At most one term per dimension, none with coefficient 0, in ascending order of dimensions.
    public private(set) var terms: [Term]
    public var lower: ExtendedInteger
    public var upper: ExtendedInteger

    /// Terms of one dimension are added up; nil if a coefficient does not fit.
    public init?(terms: [(coefficient: Int128, dimension: Int)], lower: ExtendedInteger, upper: ExtendedInteger) {
        self.terms = []
        self.lower = lower
        self.upper = upper
        for term in terms where !add(term.coefficient, term.dimension) { return nil }
    }

    /// False, and nothing done, if the coefficient does not fit.
    private mutating func add(_ coefficient: Int128, _ dimension: Int) -> Bool {
        guard let index = terms.firstIndex(where: { $0.dimension >= dimension }), terms[index].dimension == dimension
        else {
            let place = terms.firstIndex { $0.dimension > dimension } ?? terms.count
            if coefficient != 0 { terms.insert(Term(coefficient: coefficient, dimension: dimension), at: place) }
            return true
        }
        let (sum, overflow) = terms[index].coefficient.addingReportingOverflow(coefficient)
        if overflow { return false }
        if sum == 0 { terms.remove(at: index) } else { terms[index].coefficient = sum }
        return true
    }

    /// The form plus `coefficient * dimension`; nil if the coefficient does not fit.
    func adding(_ coefficient: Int128, _ dimension: Int) -> OctagonLinearForm? {
        var result = self
        return result.add(coefficient, dimension) ? result : nil
    }

    func coefficient(of dimension: Int) -> Int128 {
        terms.first { $0.dimension == dimension }?.coefficient ?? 0
    }
}

extension Octagon {
    /// The least and the greatest value of a form that bounds and relations show; the lower one is greater if no point
    /// is left, or if the form has no value.
    ///
    /// Relations are used for pairs of terms, those first that gain most; exact for two terms with coefficients ±1.
    public func bounds(of form: OctagonLinearForm) -> (lower: ExtendedInteger, upper: ExtendedInteger) {
        if isBottom || form.upper < form.lower { return (.positiveInfinity, .negativeInfinity) }
        let upper = greatest(form, isNegated: false).addingRoundedUp(form.upper)
        let negated = greatest(form, isNegated: true).addingRoundedUp(form.lower.negatedRoundedUp())
        return (negated.negatedRoundedDown(), upper)
    }

    /// An upper bound of the terms of a form, or of their negation.
    private func greatest(_ form: OctagonLinearForm, isNegated: Bool) -> ExtendedInteger {
        var literals: [(index: Int, weight: Int128)] = []
        literals.reserveCapacity(form.terms.count)
        for term in form.terms {
            // The least value has no positive counterpart.
            if term.coefficient == .min { return .positiveInfinity }
            let isMinus = (term.coefficient < 0) != isNegated
            literals.append((2 * term.dimension + (isMinus ? 1 : 0), term.coefficient.magnitude.asInt128))
        }
        var sum = ExtendedInteger.zero
        while let (first, second) = bestPair(of: literals) {
            let weight = Swift.min(literals[first].weight, literals[second].weight)
            let relation = Octagon.extended(store.effective(literals[first].index, literals[second].index))
            sum = sum.addingRoundedUp(relation.multipliedRoundedUp(by: ExtendedInteger(roundingUp: weight)))
            literals[first].weight -= weight
            literals[second].weight -= weight
            literals.removeAll { $0.weight == 0 }
        }
        for literal in literals {
            let bound = Octagon.extended(store.bound(literal.index))
            sum = sum.addingRoundedUp(bound.multipliedRoundedUp(by: ExtendedInteger(roundingUp: literal.weight)))
        }
        return sum
    }

    /// The two literals whose sum has a bound that is lower than that of both by the most.
    private func bestPair(of literals: [(index: Int, weight: Int128)]) -> (Int, Int)? {
        var best: (Int, Int)?
        var greatest: Int128 = 0
        for second in literals.indices {
            for first in 0..<second {
                let relation = store.relation(literals[first].index, literals[second].index)
                if relation == .max { continue }
                let implied = OctagonBound.sum(store.bound(literals[first].index), store.bound(literals[second].index))
                let gain = implied == .max ? .max : OctagonBound.sum(implied, 0 - relation)
                if gain > greatest { (best, greatest) = ((first, second), gain) }
            }
        }
        return best
    }

    /// `x := form`, for any value of its constant part.
    ///
    /// `±x + v` is moved exactly. Of other forms x keeps its bounds, and its sum and difference with each dimension of
    /// the form; if x has coefficient ±1 in it, also its relations with others, moved by the bounds of the rest.
    public mutating func assign(_ x: Int, _ form: OctagonLinearForm) {
        if isBottom { return }
        let (lower, upper) = bounds(of: form)
        if upper < lower { return becomeBottom() }
        let relations = relations(of: x, equalTo: form)
        let own = form.coefficient(of: x)
        if own == 1 || own == -1, let rest = form.adding(-own, x) {
            let (restLower, restUpper) = bounds(of: rest)
            assign(x, own == 1 ? .plus(x) : .minus(x), plusLower: restLower.storage, upper: restUpper.storage)
            assumeBound(2 * x, upper.storage)
            if !isBottom { assumeBound(2 * x + 1, lower.negatedRoundedUp().storage) }
            if isBottom { return }
        } else {
            assign(x, lower: lower, upper: upper)
        }
        if !store.addRelations(relations, around: x) { becomeBottom() }
    }

    /// What is known of `±x ±y`, for x that has the value of the form and y another dimension in it.
    private func relations(of x: Int, equalTo form: OctagonLinearForm) -> [OctagonStore.Relation] {
        var result: [OctagonStore.Relation] = []
        result.reserveCapacity(4 * form.terms.count)
        for term in form.terms where term.dimension != x {
            for sign in 0..<2 {
                // x + y for sign 0, x - y for sign 1.
                guard let sum = form.adding(sign == 0 ? 1 : -1, term.dimension) else { continue }
                let (lower, upper) = bounds(of: sum)
                let y = 2 * term.dimension + sign
                if let upper = upper.finite {
                    result.append(OctagonStore.Relation(first: 2 * x, second: y, bound: upper))
                }
                if let negated = lower.negatedRoundedUp().finite {
                    result.append(OctagonStore.Relation(first: 2 * x + 1, second: y ^ 1, bound: negated))
                }
            }
        }
        return result
    }
}

extension OctagonStore {
    /// Adds relations that all are of dimension x and others. False if no point is left.
    mutating func addRelations(_ relations: [Relation], around x: Int) -> Bool {
        let added = relations.filter {
            $0.bound < effective($0.first, $0.second) && $0.bound <= Int128.largest && $0.bound >= -Int128.largest
        }
        if added.isEmpty { return true }
        let isWide = added.contains { !OctagonStore.isSmall($0.bound) }
        var block = gather([x] + added.map { $0.second >> 1 }, isWide: isWide)
        return withUnsafeTemporaryAllocation(of: Int128.self, capacity: block.side) { memory in
            let bounds = memory.baseAddress!
            loadBounds(of: block, into: bounds)
            let outcome =
                block.isWide
                ? block.add(Int128.self, added, around: x, bounds: bounds)
                : block.add(Int64.self, added, around: x, bounds: bounds)
            if outcome == .empty { return false }
            if outcome == .outOfRange { block = block.copy(isWide: true) }
            settle(block, bounds: bounds)
            return true
        }
    }
}

extension OctagonBlock {
    fileprivate func add<Weight: OctagonWeight>(
        _ type: Weight.Type, _ relations: [OctagonStore.Relation], around x: Int, bounds: UnsafeMutablePointer<Int128>
    ) -> OctagonOutcome {
        let matrix = matrix(type), side = side, place = 2 * position(of: x)
        for relation in relations {
            let p = place + relation.first & 1
            let q = 2 * position(of: relation.second >> 1) + relation.second & 1
            let weight = Weight(truncatingIfNeeded: relation.bound)
            if weight < matrix[p * side + q] {
                matrix[p * side + q] = weight
                matrix[q * side + p] = weight
            }
        }
        return close(type, around: place, bounds: bounds)
    }
}

extension UInt128 {
    /// A magnitude that is not that of the least value.
    fileprivate var asInt128: Int128 { Int128(truncatingIfNeeded: self) }
}
