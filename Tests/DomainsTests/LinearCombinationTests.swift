// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import LinearInequalities
import Testing

@Suite struct LinearCombinationTests {
    typealias Term = LinearInequality.Term

    private func bound(_ terms: [Term], _ inequalities: [LinearInequality]) -> Int128? {
        LinearCombination(bounding: terms, by: inequalities, wanted: .min)?.bound
    }

    /// `x <= y, y <= z, z <= 7`: what the bound of x follows from.
    @Test func chains_areFollowed() throws {
        let inequalities = [
            LinearInequality([Term(0, 1), Term(1, -1)], atMost: 0),
            LinearInequality([Term(1, 1), Term(2, -1)], atMost: 0), LinearInequality([Term(2, 1)], atMost: 7),
            LinearInequality([Term(0, 1)], atMost: 100),
        ]
        let found = try #require(LinearCombination(bounding: [Term(0, 1)], by: inequalities, wanted: .min))
        #expect(found.bound == 7 && found.divisor == 1)
        #expect(found.multiples.map(\.place).sorted() == [0, 1, 2])
    }

    /// `2 m <= low + high, low <= high, high <= n`: a binary search's middle is at most n.
    @Test func fractions_areDividedAndRoundedDown() throws {
        let inequalities = [
            LinearInequality([Term(0, 2), Term(1, -1), Term(2, -1)], atMost: 0),
            LinearInequality([Term(1, 1), Term(2, -1)], atMost: -1),
            LinearInequality([Term(2, 1), Term(3, -1)], atMost: 0),
        ]
        #expect(bound([Term(0, 1), Term(3, -1)], inequalities) == -1)
        let found = try #require(
            LinearCombination(bounding: [Term(0, 1), Term(3, -1)], by: inequalities, wanted: .min))
        #expect(found.divisor == 2)
    }

    @Test func whatIsNotBounded_hasNoCombination() {
        #expect(bound([Term(0, 1)], [LinearInequality([Term(0, -1)], atMost: 0)]) == nil)
        #expect(bound([Term(0, 1)], [LinearInequality([Term(1, 1)], atMost: 0)]) == nil)
        #expect(bound([Term(0, 1)], []) == nil)
    }

    @Test func numbersBeyondTheRange_areRefused() {
        let large = Int128.max / 2
        #expect(
            bound([Term(0, 3)], [LinearInequality([Term(0, 1)], atMost: large)]) == nil)
    }

    /// Against points of a small box: no point exceeds the bound, and where the greatest value is a vertex's it is reached.
    @Test(arguments: 0..<200)
    func bounds_holdOfEveryPoint(seed: Int) throws {
        var random = SeededGenerator(stream: UInt64(seed))
        let box: ClosedRange<Int128> = -3...3
        var inequalities = (0..<3).flatMap {
            [
                LinearInequality([Term($0, 1)], atMost: 3), LinearInequality([Term($0, -1)], atMost: 3),
            ]
        }
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            let terms = (0..<3).map { Term($0, Int128(Int.random(in: -2...2, using: &random))) }
            inequalities.append(
                LinearInequality(
                    terms.filter { $0.coefficient != 0 }, atMost: Int128(Int.random(in: -1...4, using: &random))))
        }
        let terms = (0..<3).map { Term($0, Int128(Int.random(in: -3...3, using: &random))) }
            .filter { $0.coefficient != 0 }
        let found = try #require(LinearCombination(bounding: terms, by: inequalities, wanted: .min))
        for multiple in found.multiples { #expect(multiple.multiple > 0) }
        func value(_ terms: [Term], _ point: [Int128]) -> Int128 {
            terms.reduce(0) { $0 + $1.coefficient * point[$1.variable] }
        }
        var greatest: Int128?
        for x in box {
            for y in box {
                for z in box {
                    let point = [x, y, z]
                    guard inequalities.allSatisfy({ value($0.terms, point) <= $0.bound }) else { continue }
                    greatest = max(greatest ?? .min, value(terms, point))
                }
            }
        }
        // Of points with integers alone the greatest value may be less than the bound, by less than what rounding explains.
        if let greatest { #expect(found.bound >= greatest && found.bound <= greatest + 9) }
    }
}
