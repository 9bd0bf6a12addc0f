// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import AffineEqualities
import Testing

/// Sets of a few points of three variables, against every equality with small coefficients.
@Suite struct AffineEqualitiesTests {
    typealias Point = [Int128]

    static let coefficients: [[Int128]] = (-2...2).flatMap { x in
        (-2...2).flatMap { y in (-2...2).map { z in [Int128(x), Int128(y), Int128(z)] } }
    }

    /// `coefficients * (point - origin) = 0`.
    private func equality(_ coefficients: [Int128], through origin: Point) -> AffineEquality? {
        let constant = zip(coefficients, origin).reduce(Int128(0)) { $0 - $1.0 * $1.1 }
        return AffineEquality(coefficients.enumerated().map { .init($0, $1) }, constant: constant)
    }

    private func point(_ point: Point) -> AffineEqualities {
        var result = AffineEqualities()
        for (variable, value) in point.enumerated() {
            if let row = AffineEquality([.init(variable, 1)], constant: -value) { result.insert(row) }
        }
        return result
    }

    private func holds(_ coefficients: [Int128], at point: Point, as origin: Point) -> Bool {
        zip(coefficients, zip(point, origin)).reduce(Int128(0)) { $0 + $1.0 * ($1.1.0 - $1.1.1) } == 0
    }

    @Test(arguments: 0..<40)
    func theJoinOfPointsImpliesExactlyWhatHoldsOfAll(seed: Int) throws {
        var random = SeededGenerator(stream: UInt64(seed))
        let offset: Int128 = seed % 2 == 0 ? 0 : 1 << 40
        let points = (0..<Int.random(in: 1...4, using: &random)).map { _ in
            (0..<3).map { _ in offset + Int128(Int.random(in: -3...3, using: &random)) }
        }
        let hull = points.dropFirst().reduce(point(points[0])) { $0.join(point($1)) }
        for coefficients in Self.coefficients where coefficients.contains(where: { $0 != 0 }) {
            let wanted = try #require(equality(coefficients, through: points[0]))
            let holdsOfAll = points.allSatisfy { holds(coefficients, at: $0, as: points[0]) }
            // Far away some numbers grow too large, and equalities are lost.
            #expect(!hull.implies(wanted) || holdsOfAll, "\(coefficients) of \(points)")
            #expect(offset > 0 || hull.implies(wanted) == holdsOfAll, "\(coefficients) of \(points)")
            // Beside the hull: nothing has the same coefficients and another constant.
            let beside = try #require(AffineEquality(wanted.terms, constant: wanted.constant + 1))
            #expect(!hull.implies(beside))
        }
        for point in points { #expect(self.point(point).isSubset(of: hull)) }
    }

    @Test(arguments: 0..<40)
    func theJoinOfPlanesImpliesExactlyWhatBothDo(seed: Int) throws {
        var random = SeededGenerator(stream: UInt64(seed))
        func plane() -> AffineEqualities {
            var result = AffineEqualities()
            for _ in 0..<Int.random(in: 1...2, using: &random) {
                let origin = (0..<3).map { _ in Int128(Int.random(in: -2...2, using: &random)) }
                if let row = equality(Self.coefficients.randomElement(using: &random)!, through: origin) {
                    result.insert(row)
                }
            }
            return result
        }
        let left = plane(), right = plane(), join = left.join(right)
        for coefficients in Self.coefficients where coefficients.contains(where: { $0 != 0 }) {
            for constant in Int128(-4)...4 {
                let row = try #require(
                    AffineEquality(coefficients.enumerated().map { .init($0, $1) }, constant: constant))
                #expect(join.implies(row) == (left.implies(row) && right.implies(row)), "\(row)")
            }
        }
        #expect(left.isSubset(of: join) && right.isSubset(of: join))
    }

    @Test(arguments: 0..<3)
    func aRemovedVariableLeavesWhatIsSaidOfTheOthers(variable: Int) throws {
        for first in Self.coefficients {
            var all = AffineEqualities()
            for (row, constant) in [(first, Int128(1)), ([1, -1, 1], 2)] {
                if let row = AffineEquality(row.enumerated().map { .init($0, $1) }, constant: constant) {
                    all.insert(row)
                }
            }
            let rest = all.removing(variable)
            #expect(!rest.variables.contains(variable))
            for coefficients in Self.coefficients where coefficients[variable] == 0 {
                for constant in Int128(-4)...4 {
                    let row = try #require(
                        AffineEquality(coefficients.enumerated().map { .init($0, $1) }, constant: constant))
                    #expect(rest.implies(row) == all.implies(row), "\(row) of \(all)")
                }
            }
        }
    }

    @Test func numbersThatGrowTooLargeLoseEqualitiesOnly() throws {
        let large: Int128 = (1 << 61) - 1
        var all = AffineEqualities()
        let first = try #require(AffineEquality([.init(0, large), .init(1, large - 1)], constant: 1))
        let second = try #require(AffineEquality([.init(0, large - 2), .init(1, 3)], constant: 5))
        all.insert(first)
        all.insert(second)
        // Their combination does not fit; the first stays.
        #expect(all.rows == [first])
        #expect(AffineEquality([.init(0, 1 << 62)], constant: 0) == nil)
        #expect(AffineEquality([.init(0, .min)], constant: 0) == nil)
    }

    @Test func oneEqualityHasOneForm() throws {
        let row = try #require(AffineEquality([.init(2, -4), .init(1, 6), .init(2, 2)], constant: -8))
        #expect(row == AffineEquality([.init(1, -3), .init(2, 1)], constant: 4))
        #expect(row.leading == 1)
        #expect(try #require(AffineEquality([.init(1, 3), .init(1, -3)], constant: 0)).isTrivial)
    }
}
