// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices
import Testing

/// The laws of a lattice with a concretization, each a function of its own, over given samples.
struct LatticeLaws<Domain: AbstractDomain> {
    let samples: [Domain]
    let concretes: [Domain.Concrete]
    let thresholds: Thresholds

    /// Reports one failure per law: the first counterexample.
    func checkAll() {
        inclusionIsReflexive()
        bottomIsLeast()
        bottomIsEmpty()
        inclusionMeansInclusion()
        joinIsUpperBound()
        joinIsIdempotent()
        joinIsCommutative()
        joinCoversBoth()
        meetIsLowerBound()
        meetCoversIntersection()
        wideningIsUpperBound()
        wideningCoversNext()
        wideningChainsEnd()
        narrowingStaysBetween()
        narrowingChainsEnd()
        inclusionIsTransitive()
    }

    func inclusionIsReflexive() { forAll("inclusionIsReflexive") { $0.isSubset(of: $0) } }

    func bottomIsLeast() { forAll("bottomIsLeast") { Domain.bottom.isSubset(of: $0) } }

    func bottomIsEmpty() {
        forAll("bottomIsEmpty") { value in !value.isBottom || !concretes.contains { value.contains($0) } }
    }

    func inclusionMeansInclusion() {
        forAllPairs("inclusionMeansInclusion") { a, b in
            !a.isSubset(of: b) || concretes.allSatisfy { !a.contains($0) || b.contains($0) }
        }
    }

    func joinIsUpperBound() {
        forAllPairs("joinIsUpperBound") { a, b in
            let join = a.join(b)
            return a.isSubset(of: join) && b.isSubset(of: join)
        }
    }

    func joinIsIdempotent() { forAll("joinIsIdempotent") { $0.join($0) == $0 } }

    func joinIsCommutative() { forAllPairs("joinIsCommutative") { a, b in a.join(b) == b.join(a) } }

    func joinCoversBoth() {
        forAllPairs("joinCoversBoth") { a, b in
            let join = a.join(b)
            return concretes.allSatisfy { !(a.contains($0) || b.contains($0)) || join.contains($0) }
        }
    }

    func meetIsLowerBound() {
        forAllPairs("meetIsLowerBound") { a, b in
            let meet = a.meet(b)
            return meet.isSubset(of: a) && meet.isSubset(of: b)
        }
    }

    func meetCoversIntersection() {
        forAllPairs("meetCoversIntersection") { a, b in
            let meet = a.meet(b)
            return concretes.allSatisfy { !(a.contains($0) && b.contains($0)) || meet.contains($0) }
        }
    }

    func wideningIsUpperBound() {
        forAllPairs("wideningIsUpperBound") { a, b in
            let next = a.join(b)
            let widened = a.widening(next: next, thresholds: thresholds)
            return a.isSubset(of: widened) && next.isSubset(of: widened)
        }
    }

    func wideningCoversNext() {
        forAllPairs("wideningCoversNext") { a, b in
            let widened = a.widening(next: a.join(b), thresholds: thresholds)
            return concretes.allSatisfy { !(a.contains($0) || b.contains($0)) || widened.contains($0) }
        }
    }

    /// Feeds the samples in turn, over and over, until nothing changes: that must happen soon.
    func wideningChainsEnd() {
        for start in 0..<Swift.min(samples.count, 20) {
            var value = samples[start]
            var changes = 0
            for step in 0..<samples.count {
                let candidate = samples[(start + step * 7) % samples.count]
                if candidate.isSubset(of: value) { continue }
                let widened = value.widening(next: value.join(candidate), thresholds: thresholds)
                if widened != value { changes += 1 }
                value = widened
            }
            let limit = 2 * (thresholds.integers.count + thresholds.floats.count) + 200
            #expect(changes <= limit, "wideningChainsEnd: \(changes) changes from \(samples[start])")
        }
    }

    func narrowingStaysBetween() {
        forAllPairs("narrowingStaysBetween") { a, b in
            let narrowed = a.narrowing(next: a.meet(b))
            return a.meet(b).isSubset(of: narrowed) && narrowed.isSubset(of: a)
        }
    }

    func narrowingChainsEnd() {
        for start in samples.prefix(50) {
            var value = start
            var changes = 0
            for candidate in samples {
                let narrowed = value.narrowing(next: value.meet(candidate))
                if narrowed != value { changes += 1 }
                value = narrowed
            }
            #expect(changes <= 20, "narrowingChainsEnd: \(changes) changes from \(start)")
        }
    }

    func inclusionIsTransitive() {
        let few = Array(samples.prefix(60))
        for a in few {
            for b in few where a.isSubset(of: b) {
                for c in few where b.isSubset(of: c) {
                    if !a.isSubset(of: c) {
                        Issue.record("inclusionIsTransitive: \(a), \(b), \(c)")
                        return
                    }
                }
            }
        }
    }

    private func forAll(_ law: String, _ holds: (Domain) -> Bool) {
        for a in samples where !holds(a) {
            Issue.record("\(law): \(Domain.self): \(a)")
            return
        }
    }

    private func forAllPairs(_ law: String, _ holds: (Domain, Domain) -> Bool) {
        for a in samples {
            for b in samples where !holds(a, b) {
                Issue.record("\(law): \(Domain.self): \(a), \(b)")
                return
            }
        }
    }
}

extension LatticeLaws where Domain: ValueDomain {
    func checkValueDomain() {
        checkAll()
        for value in samples where !value.isSubset(of: .top) { Issue.record("topIsGreatest: \(value)") }
        for concrete in concretes where !Domain(constant: concrete).contains(concrete) {
            Issue.record("constantContainsItself: \(concrete)")
        }
    }
}
