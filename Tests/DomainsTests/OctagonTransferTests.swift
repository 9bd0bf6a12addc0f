// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Numbers
import Octagons
import Testing

/// Random programs over three dimensions with few values each: every state is the least octagon around the points that
/// are reached, each of them enumerated. The dimensions are displaced, so that the same programs run on small numbers,
/// at the limits of machine words, and where relations need 128 bits.
@Suite("Octagons: transfer functions against enumeration")
struct OctagonTransferTests {
    static let displacements: [[Int128]] = [
        [0, 0, 0],
        [1 << 63, -(1 << 63), 0],
        [1 << 64, 1 << 64, 1 << 64],
        [(1 << 49) - 2, 2, 1 << 48],
        [1 << 100, -(1 << 90), 3],
        [1 << 125, 0, 1 << 125],
    ]

    fileprivate struct Machine {
        let base: [Int128]
        var points: Set<[Int128]>
        var octagon: Octagon

        init(base: [Int128]) {
            self.base = base
            points = []
            octagon = .top(dimensions: 3)
            for x in 0..<3 {
                octagon.assign(
                    x, lower: ExtendedInteger(roundingDown: base[x] - 2),
                    upper: ExtendedInteger(roundingUp: base[x] + 2))
            }
            for x in -2...2 {
                for y in -2...2 {
                    for z in -2...2 { points.insert([base[0] + Int128(x), base[1] + Int128(y), base[2] + Int128(z)]) }
                }
            }
        }

        static func value(_ literal: OctagonLiteral, at point: [Int128]) -> Int128 {
            literal.isNegated ? -point[literal.dimension] : point[literal.dimension]
        }

        /// The least octagon around the points, or nil if its relations do not fit.
        var hull: Octagon? {
            var result = Octagon.top(dimensions: 3)
            if points.isEmpty { return .bottom(dimensions: 3) }
            for p in 0..<6 {
                for q in 0...p where q != p ^ 1 {
                    let sums = points.map { point in
                        Machine.value(.literal(p), at: point).addingReportingOverflow(
                            Machine.value(.literal(q), at: point))
                    }
                    if p == q {
                        let bound = points.map { Machine.value(.literal(p), at: $0) }.max()!
                        result.assume(OctagonalConstraint(.literal(p), atMost: bound))
                    } else if !sums.contains(where: \.overflow) {
                        result.assume(
                            OctagonalConstraint(.literal(p), .literal(q), atMost: sums.map(\.partialValue).max()!))
                    }
                }
            }
            return result
        }

        var pointsOfOctagon: Set<[Int128]> {
            let ranges = (0..<3).map { x in
                let (lower, upper) = octagon.bounds(of: x)
                return lower.finite!...upper.finite!
            }
            var result: Set<[Int128]> = []
            for x in ranges[0] {
                for y in ranges[1] {
                    for z in ranges[2] where octagon.contains([x, y, z]) { result.insert([x, y, z]) }
                }
            }
            return result
        }

        mutating func step(by generator: inout SeededGenerator) -> String {
            let x = Int.random(in: 0..<3, using: &generator), literal = generator.literal(3)
            let small = Int128(Int.random(in: -2...2, using: &generator))
            switch Int.random(in: 0..<6, using: &generator) {
            case 0, 1:
                let other = generator.literal(3)
                // Near the sum of the displacements, so that it matters.
                let middle = Machine.value(literal, at: base) + Machine.value(other, at: base)
                let constraint = OctagonalConstraint(literal, other, atMost: middle + small)
                octagon.assume(constraint)
                points = points.filter { constraint.holds(at: $0) }
                return "\(constraint)"
            case 2, 3:
                let constant = base[x] - Machine.value(literal, at: base) + small
                octagon.assign(x, literal, plus: constant)
                assign(x) { [Machine.value(literal, at: $0) + constant] }
                return "x\(x) := \(literal) + \(constant)"
            case 4:
                let lower = base[x] + small
                octagon.assign(
                    x, lower: ExtendedInteger(roundingDown: lower), upper: ExtendedInteger(roundingUp: lower + 2))
                assign(x) { _ in [lower, lower + 1, lower + 2] }
                return "x\(x) := \(lower) ... \(lower + 2)"
            default:
                var other = self
                let taken = other.step(by: &generator), taken2 = step(by: &generator)
                octagon = octagon.join(other.octagon)
                points.formUnion(other.points)
                return "(\(taken)) or (\(taken2))"
            }
        }

        mutating func assign(_ x: Int, _ values: ([Int128]) -> [Int128]) {
            var result: Set<[Int128]> = []
            for point in points {
                for value in values(point) {
                    var point = point
                    point[x] = value
                    result.insert(point)
                }
            }
            points = result
        }
    }

    @Test(arguments: displacements)
    func everyStateIsTheLeastOctagon(base: [Int128]) {
        var generator = SeededGenerator(stream: 1111)
        for _ in 0..<60 {
            var machine = Machine(base: base)
            var history: [String] = []
            for _ in 0..<12 {
                history.append(machine.step(by: &generator))
                // Join of joins may leave points between those reached: the octagon is compared with its own hull too.
                let missed = machine.points.first { !machine.octagon.contains($0) }
                if let missed {
                    Issue.record("\(missed) is not in \(machine.octagon) after \(history)")
                    return
                }
                guard let hull = machine.hull else { continue }
                // Sums beyond the range of weights are dropped.
                let isLossy = base.contains { $0.magnitude > 1 << 112 }
                let isJoin = history.last!.contains(" or ")
                let isLeast = isLossy || isJoin || machine.octagon.isSubset(of: hull)
                if !hull.isSubset(of: machine.octagon) || !isLeast {
                    Issue.record("\(machine.octagon), but the least is \(hull) after \(history)")
                    return
                }
                if machine.points.isEmpty { break }
                if isJoin {
                    // From here on the points are those of the octagon, so that precision stays comparable.
                    history = ["from \(machine.octagon)"]
                    let all = machine.pointsOfOctagon
                    if let joined = Machine.hull(of: machine.points, like: machine), !isLossy {
                        #expect(machine.octagon.isSubset(of: joined), "\(history)")
                    }
                    machine.points = all
                }
            }
        }
    }

    /// Forms: every result of every value is covered, and bounds with unit coefficients are exact.
    @Test(arguments: displacements.dropLast())
    func linearForms_areSound(base: [Int128]) throws {
        var generator = SeededGenerator(stream: 1112)
        for _ in 0..<200 {
            var machine = Machine(base: base)
            for _ in 0..<4 { _ = machine.step(by: &generator) }
            if machine.points.isEmpty { continue }
            let coefficients = (0..<3).map { _ in Int128(Int.random(in: -2...2, using: &generator)) }
            let x = Int.random(in: 0..<3, using: &generator)
            // Brings the value near the displacement of x.
            let middle = base[x] - zip(coefficients, base).map { $0 * $1 }.reduce(0, +)
            let form = try #require(
                OctagonLinearForm(
                    terms: coefficients.enumerated().map { ($0.element, $0.offset) },
                    lower: ExtendedInteger(roundingDown: middle), upper: ExtendedInteger(roundingUp: middle + 1)))
            let (lower, upper) = machine.octagon.bounds(of: form)
            let values = machine.points.map { point in zip(coefficients, point).map { $0 * $1 }.reduce(middle, +) }
            #expect(lower.finite! <= values.min()! && upper.finite! >= values.max()! + 1)
            let before = machine.octagon
            machine.octagon.assign(x, form)
            machine.assign(x) { point in
                let value = zip(coefficients, point).map { $0 * $1 }.reduce(middle, +)
                return [value, value + 1]
            }
            for point in machine.points where !machine.octagon.contains(point) {
                Issue.record("\(point) is not in \(machine.octagon) after x\(x) := \(form) in \(before)")
                return
            }
        }
    }
}

extension OctagonTransferTests.Machine {
    fileprivate static func hull(of points: Set<[Int128]>, like machine: Self) -> Octagon? {
        var copy = machine
        copy.points = points
        return copy.hull
    }
}
