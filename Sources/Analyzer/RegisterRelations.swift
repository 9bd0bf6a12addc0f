// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Intervals
import Lattices
import Numbers
import ProgramIR

/// What is known of each two registers where a node begins or a function returns, beyond what their own values say.
struct RegisterRelations: Sendable, Equatable {
    private(set) var bounds: [Register: IntegerInterval] = [:]
    private(set) var pairs: [RegisterPair: Int128] = [:]

    init() {}

    init(_ bounds: [(Register, IntegerInterval)]) {
        self.bounds = Dictionary(uniqueKeysWithValues: bounds)
    }

    var registers: Set<Register> { Set(pairs.keys.flatMap { [$0.first, $0.second] }) }

    var constraints: [(RegisterPair, Int128)] {
        pairs.sorted {
            ($0.key.first, $0.key.second, $0.key.firstSign, $0.key.secondSign) < (
                $1.key.first, $1.key.second, $1.key.firstSign, $1.key.secondSign
            )
        }.map { ($0.key, $0.value) }
    }

    func bound(of pair: RegisterPair) -> Int128? { pairs[pair] }

    private func upper(_ pair: RegisterPair) -> ExtendedInteger {
        min(pairs[pair].map { ExtendedInteger(roundingUp: $0) } ?? .positiveInfinity, implied(pair))
    }

    private func implied(_ pair: RegisterPair) -> ExtendedInteger {
        guard let first = bounds[pair.first], let second = bounds[pair.second] else { return .positiveInfinity }
        return Self.implied(pair, first, second)
    }

    private static func implied(
        _ pair: RegisterPair, _ first: IntegerInterval, _ second: IntegerInterval
    ) -> ExtendedInteger {
        let a = pair.firstSign > 0 ? first.upper : ExtendedInteger(0).subtractingRoundedUp(first.lower)
        let b = pair.secondSign > 0 ? second.upper : ExtendedInteger(0).subtractingRoundedUp(second.lower)
        return a.addingRoundedUp(b)
    }

    mutating func assume(_ pair: RegisterPair, atMost bound: Int128) {
        let value = ExtendedInteger(roundingUp: bound)
        if value < upper(pair) { pairs[pair] = bound }
    }

    /// The same, of registers whose values are at hand.
    mutating func assume(
        _ left: RelatedRegister, _ leftSign: Int8, _ right: RelatedRegister, _ rightSign: Int8, atMost bound: Int128
    ) {
        let pair = RegisterPair(left.register, leftSign, right.register, rightSign)
        let isSwapped = pair.first != left.register
        let implied = Self.implied(
            pair, (isSwapped ? right : left).interval, (isSwapped ? left : right).interval)
        guard ExtendedInteger(roundingUp: bound) < implied else { return }
        pairs[pair] = Swift.min(pairs[pair] ?? .max, bound)
    }

    mutating func forget(_ register: Register) {
        bounds[register] = nil
        pairs = pairs.filter { $0.key.first != register && $0.key.second != register }
    }

    func isSubset(of other: RegisterRelations) -> Bool {
        other.pairs.allSatisfy { upper($0.key) <= ExtendedInteger(roundingUp: $0.value) }
    }

    func join(_ other: RegisterRelations) -> RegisterRelations {
        var result = RegisterRelations()
        var moved: [Register] = []
        for (register, mine) in bounds {
            guard let theirs = other.bounds[register] else { continue }
            result.bounds[register] = mine.join(theirs)
            if mine != theirs { moved.append(register) }
        }
        var wanted = Set(pairs.keys).union(other.pairs.keys)
        moved.sort()
        for (index, left) in moved.enumerated() where index < 24 {
            for right in moved[..<index] {
                for a in [1, -1] as [Int8] {
                    for b in [1, -1] as [Int8] { wanted.insert(RegisterPair(left, a, right, b)) }
                }
            }
        }
        for pair in wanted where result.bounds[pair.first] != nil && result.bounds[pair.second] != nil {
            if let bound = max(upper(pair), other.upper(pair)).finite { result.assume(pair, atMost: bound) }
        }
        return result
    }

    func widening(next: RegisterRelations, thresholds: Thresholds) -> RegisterRelations {
        var result = next
        result.pairs = [:]
        for (pair, bound) in pairs {
            let reached = next.upper(pair)
            if reached <= ExtendedInteger(roundingUp: bound) { result.pairs[pair] = bound }
        }
        return result
    }
}
