// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Octagons
import Testing

/// Derivations, evaluated exactly and independently of how they were found.
@Suite("Octagons: derivations")
struct OctagonDerivationTests {
    /// A sum of dimensions and its bound.
    struct Inequality: Equatable {
        var coefficients: [Int: Int128] = [:]
        var bound: Int128

        init(bound: Int128) { self.bound = bound }

        init(_ constraint: OctagonalConstraint) {
            self.init(bound: constraint.bound)
            for literal in [constraint.first, constraint.second].compactMap({ $0 }) {
                add(literal.isNegated ? -1 : 1, literal.dimension)
            }
        }

        mutating func add(_ coefficient: Int128, _ dimension: Int) {
            let sum = coefficients[dimension, default: 0] + coefficient
            coefficients[dimension] = sum == 0 ? nil : sum
        }
    }

    /// What a derivation ends with, or nil if a step is not what it says.
    static func evaluate(_ derivation: OctagonDerivation, _ given: [OctagonalConstraint]) -> Inequality? {
        var shown: [Inequality] = []
        func value(_ fact: OctagonDerivation.Fact) -> Inequality? {
            switch fact {
            case .given(let index): given.indices.contains(index) ? Inequality(given[index]) : nil
            case .step(let index): shown.indices.contains(index) ? shown[index] : nil
            }
        }
        for step in derivation.steps {
            var sum = Inequality(bound: 0)
            for term in step.terms {
                guard term.multiplier > 0, let fact = value(term.fact) else { return nil }
                sum.bound += term.multiplier * fact.bound
                for (dimension, coefficient) in fact.coefficients { sum.add(term.multiplier * coefficient, dimension) }
            }
            guard step.divisor == 1 || step.divisor == 2 else { return nil }
            for (dimension, coefficient) in sum.coefficients {
                if coefficient % step.divisor != 0 { return nil }
                sum.coefficients[dimension] = coefficient / step.divisor
            }
            sum.bound = step.divisor == 2 ? sum.bound >> 1 : sum.bound
            if sum != Inequality(step.conclusion) { return nil }
            shown.append(sum)
        }
        return value(derivation.result)
    }

    static func shows(_ derivation: OctagonDerivation, _ given: [OctagonalConstraint], _ target: OctagonalConstraint)
        -> Bool
    {
        guard let result = evaluate(derivation, given) else { return false }
        let wanted = Inequality(target)
        return result.coefficients == wanted.coefficients && result.bound <= wanted.bound
    }

    /// Whatever a closed state says is derived, exactly; nothing more is.
    @Test func everyBoundHasItsDerivation() {
        var generator = SeededGenerator(stream: 1131)
        var halves = 0, contradictions = 0
        for _ in 0..<400 {
            let dimensions = Int.random(in: 1...6, using: &generator)
            let given = (0..<Int.random(in: 1...16, using: &generator)).map { _ in
                generator.constraint(dimensions, -4...15)
            }
            var octagon = Octagon.top(dimensions: dimensions)
            for constraint in given { octagon.assume(constraint) }
            let deriver = OctagonDeriver(given)
            if octagon.isBottom {
                contradictions += 1
                guard let derivation = deriver.contradiction(), let result = Self.evaluate(derivation, given) else {
                    Issue.record("no contradiction in \(given)")
                    return
                }
                #expect(result.coefficients.isEmpty && result.bound < 0)
                continue
            }
            #expect(deriver.contradiction() == nil)
            for constraint in octagon.constraints {
                guard let derivation = deriver.derivation(of: constraint) else {
                    Issue.record("\(constraint) is not derived from \(given)")
                    return
                }
                if !Self.shows(derivation, given, constraint) {
                    Issue.record("\(derivation) does not show \(constraint) from \(given)")
                    return
                }
                halves += derivation.steps.contains { $0.divisor == 2 } ? 1 : 0
                let stronger = OctagonalConstraint(constraint.first, constraint.second, atMost: constraint.bound - 1)
                #expect(deriver.derivation(of: stronger) == nil)
            }
            // Implied by bounds, looser than needed, and twice a bound.
            for _ in 0..<8 {
                let first = generator.literal(dimensions), second = generator.literal(dimensions)
                guard let bound = octagon.upperBound(of: first, second).finite, first != second.negated else {
                    continue
                }
                let slack = Int128(Int.random(in: 0...3, using: &generator))
                let target = OctagonalConstraint(first, second, atMost: bound + slack)
                let derivation = deriver.derivation(of: target)
                #expect(derivation.map { Self.shows($0, given, target) } == true, "\(target) from \(given)")
            }
        }
        #expect(halves > 20 && contradictions > 10)
    }

    /// The shortest way is taken, not the tightest, where both suffice.
    @Test func derivationsAreShort() throws {
        var given = (0..<20).map { OctagonalConstraint.difference($0, $0 + 1, -1) }
        given.append(.difference(0, 20, -3))
        let derivation = try #require(OctagonDeriver(given).derivation(of: .difference(0, 20, -2)))
        #expect(derivation.steps.isEmpty && derivation.result == .given(20))
        let tight = try #require(OctagonDeriver(given).derivation(of: .difference(0, 20, -20)))
        #expect(tight.steps.count == 1 && tight.steps[0].terms.count == 20)
        #expect(Self.shows(tight, given, .difference(0, 20, -20)))
    }

    @Test func integersTighten() throws {
        // 2 x <= 5 and 2 x >= 5 leave rationals, but no integer.
        let given: [OctagonalConstraint] = [
            .sum(0, 1, 3), .difference(0, 1, 2), .init(.minus(0), .minus(1), atMost: -2),
            .init(.minus(0), .plus(1), atMost: -3),
        ]
        let bound = try #require(OctagonDeriver(given).derivation(of: .upper(0, 2)))
        #expect(bound.steps.map(\.divisor) == [2])
        let contradiction = try #require(OctagonDeriver(given).contradiction())
        let result = try #require(Self.evaluate(contradiction, given))
        #expect(result.coefficients.isEmpty && result.bound < 0)
    }

    /// Numbers near the limit of 128 bits: a derivation is exact or missing.
    @Test func largeNumbersAreExactOrMissing() {
        var generator = SeededGenerator(stream: 1132)
        for _ in 0..<300 {
            let given = (0..<8).map { _ in
                OctagonalConstraint(
                    generator.literal(3), Bool.random(using: &generator) ? generator.literal(3) : nil,
                    atMost: generator.integer(maximumBits: 122))
            }
            let deriver = OctagonDeriver(given)
            for _ in 0..<10 {
                let target = OctagonalConstraint(
                    generator.literal(3), generator.literal(3), atMost: generator.integer(maximumBits: 122))
                if let derivation = deriver.derivation(of: target) {
                    #expect(
                        target.first == target.second?.negated || Self.shows(derivation, given, target),
                        "\(derivation) for \(target) from \(given)")
                }
            }
        }
    }
}
