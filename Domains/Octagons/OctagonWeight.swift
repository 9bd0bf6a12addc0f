// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The numbers in a block's matrix, of 64 or of 128 bits.
///
/// `absent` stands for infinity. It is an ordinary number to the kernels, which add without checks: three finite
/// weights, or paths of up to `2 * OctagonBlock.largestCount` of them, stay below `presentLimit` in magnitude, and
/// whatever has an absent part stays above it. Only what is below the limit is a constraint; whoever halves or compares
/// a weight asks that first, since half of `absent` looks like a finite weight.
protocol OctagonWeight: FixedWidthInteger, SignedInteger, Sendable {
    static var absent: Self { get }

    /// Weights below this are finite.
    static var presentLimit: Self { get }

    /// The greatest magnitude of a finite weight at rest.
    static var largest: Self { get }

    /// All bits set if one weight, or a sum of two, is less than another, else none.
    static func isLess(_ left: Self, _ right: Self) -> Self

    /// The lesser of two weights, or sums of two.
    static func least(_ left: Self, _ right: Self) -> Self

    /// The least of three weights, or sums of two, if it is below a limit, else `absent`.
    static func least(_ first: Self, _ second: Self, _ third: Self, ifBelow limit: Self) -> Self
}

extension Int64: OctagonWeight {
    static var absent: Int64 { 1 << 61 }
    static var presentLimit: Int64 { 1 << 60 }
    static var largest: Int64 { 1 << 49 }

    // Comparisons of integers of 64 bits are no vector instruction on every machine; those of floating-point numbers
    // are. Positive numbers of that format are ordered as their bits are, read as an integer. All sums of two weights
    // lie between -2^60 and 2^62 + 2^60: shifted by 2^61 they are bits of normal numbers, without NaN among them.

    @inline(__always)
    private var shifted: Double { Double(bitPattern: UInt64(bitPattern: self &+ (1 << 61))) }

    @inline(__always)
    static func isLess(_ left: Int64, _ right: Int64) -> Int64 { left.shifted < right.shifted ? -1 : 0 }

    @inline(__always)
    static func least(_ left: Int64, _ right: Int64) -> Int64 {
        let left = left.shifted, right = right.shifted
        return Int64(bitPattern: (left < right ? left : right).bitPattern) &- (1 << 61)
    }

    @inline(__always)
    static func least(_ first: Int64, _ second: Int64, _ third: Int64, ifBelow limit: Int64) -> Int64 {
        let first = first.shifted, second = second.shifted, third = third.shifted
        let pair = second < third ? second : third
        let least = pair < first ? pair : first
        return Int64(bitPattern: (least < limit.shifted ? least : absent.shifted).bitPattern) &- (1 << 61)
    }
}

extension Int128: OctagonWeight {
    static var absent: Int128 { 1 << 125 }
    static var presentLimit: Int128 { 1 << 124 }
    static var largest: Int128 { 1 << 113 }

    @inline(__always)
    static func isLess(_ left: Int128, _ right: Int128) -> Int128 { left < right ? -1 : 0 }

    @inline(__always)
    static func least(_ left: Int128, _ right: Int128) -> Int128 { left < right ? left : right }

    @inline(__always)
    static func least(_ first: Int128, _ second: Int128, _ third: Int128, ifBelow limit: Int128) -> Int128 {
        let least = least(first, least(second, third))
        return least < limit ? least : absent
    }
}

/// Upper bounds of literals: integers of 128 bits, `infinity` for none.
enum OctagonBound {
    static var infinity: Int128 { .max }

    /// The sum, or a greater value where it does not fit.
    @inline(__always)
    static func sum(_ left: Int128, _ right: Int128) -> Int128 {
        if left == .max || right == .max { return .max }
        let (sum, overflow) = left.addingReportingOverflow(right)
        if overflow { return left > 0 ? .max : .min + 1 }
        return sum == .min ? .min + 1 : sum
    }

    /// Whether `left + right < 0`, exactly.
    @inline(__always)
    static func isNegativeSum(_ left: Int128, _ right: Int128) -> Bool {
        if left == .max || right == .max { return false }
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? left < 0 : sum < 0
    }

    /// Whether `left + right <= value`, exactly.
    @inline(__always)
    static func isSum(_ left: Int128, _ right: Int128, atMost value: Int128) -> Bool {
        if value == .max { return true }
        if left == .max || right == .max { return false }
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? left < 0 : sum <= value
    }

    /// Whether two bounds, of a literal and its negation, leave one value only.
    @inline(__always)
    static func areOpposite(_ left: Int128, _ right: Int128) -> Bool {
        left != .max && right != .max && left == 0 &- right
    }
}
