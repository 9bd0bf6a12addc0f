// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices
import Numbers
import Testing

/// The concrete statement of each operation of `IntegerDomain`; nil where it is undefined.
enum ConcreteInteger {
    typealias Binary = @Sendable (Int128, Int128) -> Int128?
    typealias Unary = @Sendable (Int128) -> Int128?

    static let adding: Binary = { $0 + $1 }
    static let subtracting: Binary = { $0 - $1 }
    static let multiplied: Binary = { $0 * $1 }
    static let dividedTruncating: Binary = { $1 == 0 ? nil : $0 / $1 }
    static let remainderTruncating: Binary = { $1 == 0 ? nil : $0 % $1 }
    static let shiftedLeft: Binary = { $1 < 0 ? nil : $0 << $1 }
    static let shiftedRight: Binary = { $1 < 0 ? nil : $0 >> $1 }
    static let bitwiseAnd: Binary = { $0 & $1 }
    static let bitwiseOr: Binary = { $0 | $1 }
    static let bitwiseXor: Binary = { $0 ^ $1 }
    static let minimum: Binary = { min($0, $1) }
    static let maximum: Binary = { max($0, $1) }

    /// C11 6.3.1.3: the low bits, and what they mean in the type. An unsigned result of 2^127 or more is nil.
    static func wrapped(_ value: Int128, width: Int, signed: Bool) -> Int128? {
        let low = UInt128(bitPattern: value) & (UInt128.max >> UInt128(128 - width))
        if signed && low >> UInt128(width - 1) == 1 { return Int128(bitPattern: low | (UInt128.max << UInt128(width))) }
        return low > UInt128(Int128.max) ? nil : Int128(low)
    }
}

/// `<operation>_isSound` for every operation, by membership, on all pairs of samples and all of their members in a
/// window.
struct IntegerSoundness<Domain: IntegerDomain> {
    let samples: [Domain]
    let window: ClosedRange<Int128>
    private let members: [[Int128]]

    init(samples: [Domain], window: ClosedRange<Int128>) {
        self.samples = samples
        self.window = window
        members = samples.map { sample in window.filter { sample.contains($0) } }
    }

    func checkAll() {
        binary_isSound("adding", { $0.adding($1) }, ConcreteInteger.adding)
        binary_isSound("subtracting", { $0.subtracting($1) }, ConcreteInteger.subtracting)
        binary_isSound("multiplied", { $0.multiplied(by: $1) }, ConcreteInteger.multiplied)
        binary_isSound("dividedTruncating", { $0.dividedTruncating(by: $1) }, ConcreteInteger.dividedTruncating)
        binary_isSound(
            "remainderTruncating", { $0.remainderTruncating(dividingBy: $1) }, ConcreteInteger.remainderTruncating)
        binary_isSound("shiftedLeft", { $0.shiftedLeft(by: $1) }, ConcreteInteger.shiftedLeft)
        binary_isSound("shiftedRight", { $0.shiftedRight(by: $1) }, ConcreteInteger.shiftedRight)
        binary_isSound("bitwiseAnd", { $0.bitwiseAnd($1) }, ConcreteInteger.bitwiseAnd)
        binary_isSound("bitwiseOr", { $0.bitwiseOr($1) }, ConcreteInteger.bitwiseOr)
        binary_isSound("bitwiseXor", { $0.bitwiseXor($1) }, ConcreteInteger.bitwiseXor)
        binary_isSound("minimum", { $0.minimum($1) }, ConcreteInteger.minimum)
        binary_isSound("maximum", { $0.maximum($1) }, ConcreteInteger.maximum)
        unary_isSound("negated", { $0.negated() }, { 0 - $0 })
        unary_isSound("complemented", { $0.complemented() }, { ~$0 })
        unary_isSound("absoluteValue", { $0.absoluteValue() }, { abs($0) })
        for width in 1...4 {
            for signed in [false, true] {
                unary_isSound(
                    "wrapped\(width)\(signed)", { $0.wrapped(width: width, signed: signed) },
                    { ConcreteInteger.wrapped($0, width: width, signed: signed) })
            }
        }
        for comparison in Comparison.allCases { comparison_isSound(comparison) }
    }

    func binary_isSound(_ name: String, _ abstract: (Domain, Domain) -> Domain, _ concrete: ConcreteInteger.Binary) {
        for (a, x) in zip(samples, members) {
            for (b, y) in zip(samples, members) {
                let result = abstract(a, b)
                for left in x {
                    for right in y {
                        guard let value = concrete(left, right), !result.contains(value) else { continue }
                        Issue.record("\(name)_isSound: \(a), \(b) gives \(result), not \(value) of \(left), \(right)")
                        return
                    }
                }
            }
        }
    }

    func unary_isSound(_ name: String, _ abstract: (Domain) -> Domain, _ concrete: ConcreteInteger.Unary) {
        for (a, x) in zip(samples, members) {
            let result = abstract(a)
            for operand in x {
                guard let value = concrete(operand), !result.contains(value) else { continue }
                Issue.record("\(name)_isSound: \(a) gives \(result), not \(value) of \(operand)")
                return
            }
        }
    }

    /// A filter keeps what satisfies the comparison and adds nothing; an outcome admits what happens.
    func comparison_isSound(_ comparison: Comparison) {
        for (a, x) in zip(samples, members) {
            for (b, y) in zip(samples, members) {
                let filtered = a.assuming(comparison, b)
                let outcome = a.outcome(of: comparison, b)
                if !filtered.isSubset(of: a) {
                    Issue.record("\(comparison)_staysInside: \(a), \(b) gives \(filtered)")
                    return
                }
                for left in x {
                    for right in y {
                        let holds = comparison.holds(left, right)
                        if (!holds || filtered.contains(left)) && outcome.contains(holds) { continue }
                        Issue.record("\(comparison)_isSound: \(a), \(b): \(left), \(right): \(filtered), \(outcome)")
                        return
                    }
                }
            }
        }
    }
}
