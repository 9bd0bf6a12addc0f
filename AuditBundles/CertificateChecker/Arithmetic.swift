// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Arithmetic on 128-bit integers that rejects where it would leave them. Every number of a proof passes here.

@inline(__always)
func sum(_ a: Int128, _ b: Int128) throws(CheckFailure) -> Int128 {
    let (value, overflow) = a.addingReportingOverflow(b)
    guard !overflow else { throw .overflow }
    return value
}

@inline(__always)
func difference(_ a: Int128, _ b: Int128) throws(CheckFailure) -> Int128 {
    let (value, overflow) = a.subtractingReportingOverflow(b)
    guard !overflow else { throw .overflow }
    return value
}

@inline(__always)
func product(_ a: Int128, _ b: Int128) throws(CheckFailure) -> Int128 {
    let (value, overflow) = a.multipliedReportingOverflow(by: b)
    guard !overflow else { throw .overflow }
    return value
}

func negated(_ a: Int128) throws(CheckFailure) -> Int128 { try difference(0, a) }

/// Division rounded to zero, as C's.
func quotient(_ a: Int128, _ b: Int128) throws(CheckFailure) -> Int128 {
    let (value, overflow) = a.dividedReportingOverflow(by: b)
    guard !overflow else { throw .overflow }
    return value
}

/// Division rounded down; `b` is positive.
func floorQuotient(_ a: Int128, _ b: Int128) throws(CheckFailure) -> Int128 {
    let q = try quotient(a, b)
    return a < 0 && q.multipliedReportingOverflow(by: b).partialValue != a ? try difference(q, 1) : q
}

/// The remainder in 0 ..< b; `b` is positive.
func floorRemainder(_ a: Int128, _ b: Int128) throws(CheckFailure) -> Int128 {
    guard b > 0 else { throw .overflow }
    let r = a % b
    return r < 0 ? r + b : r
}

/// 2^k, for 0 <= k < 127.
func powerOfTwo(_ k: Int128) throws(CheckFailure) -> Int128 {
    guard k >= 0, k < 127 else { throw .overflow }
    return 1 << k
}

/// k such that `a` = 2^k.
func exponentOfTwo(_ a: Int128) -> Int? {
    guard a > 0, a & (a - 1) == 0 else { return nil }
    return a.trailingZeroBitCount
}

func greatestCommonDivisor(_ a: Int128, _ b: Int128) -> Int128 {
    var (a, b) = (a.magnitude, b.magnitude)
    while b != 0 { (a, b) = (b, a % b) }
    return Int128(exactly: a) ?? 1
}

/// A range of integers with either end open.
struct Bounds: Hashable {
    var lower: Int128?
    var upper: Int128?

    static let all = Bounds(lower: nil, upper: nil)

    func isInside(_ other: Bounds) -> Bool {
        if let low = other.lower {
            guard let lower, lower >= low else { return false }
        }
        if let high = other.upper {
            guard let upper, upper <= high else { return false }
        }
        return true
    }

    func hull(_ other: Bounds) -> Bounds {
        var result = Bounds.all
        if let a = lower, let b = other.lower { result.lower = a < b ? a : b }
        if let a = upper, let b = other.upper { result.upper = a > b ? a : b }
        return result
    }
}
