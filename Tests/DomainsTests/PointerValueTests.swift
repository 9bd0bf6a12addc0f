// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Intervals
import Lattices
import Pointers
import Testing

@Suite("Pointer values")
struct PointerValueTests {
    typealias Pointer = PointerValue<IntegerInterval>

    static let offsets: [IntegerInterval] = [.bottom, .range(0, 0), .range(-1, 2), .range(1, 3), .top]
    static let samples: [Pointer] =
        [.any]
        + offsets.flatMap { zero in
            offsets.flatMap { one in
                offsets.map { two in
                    Pointer(entries: [
                        Pointer.Entry(base: 7, offset: two), Pointer.Entry(base: 0, offset: zero),
                        Pointer.Entry(base: 3, offset: one),
                    ])
                }
            }
        }
    static let concretes: [ConcretePointer] = [0, 3, 5, 7].flatMap { base in
        (-3...4).map { ConcretePointer(base: base, offset: $0) }
    }

    @Test func laws() {
        LatticeLaws(samples: Self.samples, concretes: Self.concretes, thresholds: Thresholds(integers: [4]))
            .checkValueDomain()
    }

    @Test func entries_areInNormalForm() {
        for value in Self.samples {
            let bases = value.entries.map(\.base)
            #expect(bases == bases.sorted() && Set(bases).count == bases.count && value.count == bases.count)
            #expect(!value.entries.contains { $0.offset.isBottom })
        }
    }

    @Test func shift_isSound() {
        for value in Self.samples {
            let shifted = value.shifted(by: .range(1, 2))
            for pointer in Self.concretes where value.contains(pointer) {
                for amount: Int128 in 1...2 {
                    #expect(shifted.contains(ConcretePointer(base: pointer.base, offset: pointer.offset + amount)))
                }
            }
        }
        #expect(Pointer.null.shifted(by: .bottom).isBottom)
    }

    @Test func comparisons_areSound() {
        for p in Self.samples {
            for q in Self.samples {
                let difference = p.difference(from: q)
                let isLess = p.isLess(than: q)
                let isEqual = p.isEqual(to: q) { _ in true }
                let isEqualToSummary = p.isEqual(to: q) { _ in false }
                let kept = p.assumingNotEqual(to: q) { _ in true }
                let below = p.assumingInOneBase(.less, q)
                #expect(kept.isSubset(of: p) && below.isSubset(of: p))
                #expect(!isEqualToSummary.isAlwaysTrue)
                for x in Self.concretes where p.contains(x) {
                    for y in Self.concretes where q.contains(y) {
                        guard isEqual.contains(x == y), x == y || kept.contains(x) else {
                            Issue.record("\(p) and \(q): \(x), \(y)")
                            return
                        }
                        guard x.base == y.base else { continue }
                        guard isLess.contains(x.offset < y.offset), difference.contains(x.offset - y.offset),
                            x.offset >= y.offset || below.contains(x)
                        else {
                            Issue.record("\(p) and \(q) in one base: \(x), \(y)")
                            return
                        }
                    }
                }
            }
        }
    }

    @Test func bases_areRemovedKeptAndRenamed() {
        let value = Pointer(entries: [
            Pointer.Entry(base: 1, offset: .range(0, 4)), Pointer.Entry(base: 2, offset: .range(8, 8)),
        ])
        #expect(value.removing(base: 1) == Pointer(base: 2, offset: .range(8, 8)))
        #expect(value.keepingOnly(base: 1) == Pointer(base: 1, offset: .range(0, 4)))
        #expect(value.keepingBases { $0 == 9 }.isBottom)
        #expect(value.renaming(base: 1, to: 2) == Pointer(base: 2, offset: .range(0, 8)))
        #expect(value.renaming(base: 2, to: 0).entries.map(\.base) == [0, 1])
        #expect(value.adding(base: 5, like: 2).offset(in: 5) == .range(8, 8))
        #expect(value.sharesBase(with: Pointer(base: 2, offset: .top)))
        #expect(!value.sharesBase(with: .null))
        #expect(value.offsetsInAllBases() == .range(0, 8))
        #expect(Pointer.any.removing(base: 1).isAny)
        #expect(Pointer.any.keepingOnly(base: 1) == Pointer(base: 1, offset: .top))
        #expect(Pointer.any.assumingNotEqual(to: .null) { _ in true }.isAny)
    }

    @Test func budget_givesAny() {
        let many = Pointer(entries: (0..<5).map { Pointer.Entry(base: $0, offset: .range(0, 0)) })
        #expect(many.limited(toBases: 5) == many)
        #expect(many.limited(toBases: 4).isAny)
        #expect(many.join(Pointer(base: 9, offset: .top), budget: 5).isAny)
        #expect(many.widening(next: many.join(Pointer(base: 9, offset: .top)), thresholds: .none, budget: 5).isAny)
    }

    @Test func equality_needsSingularBases() {
        let one = Pointer(base: 4, offset: .range(8, 8))
        #expect(one.isEqual(to: one) { _ in true }.isAlwaysTrue)
        #expect(one.isEqual(to: one) { _ in false }.isTop)
        #expect(one.isEqual(to: .null) { _ in true }.isAlwaysFalse)
    }
}
