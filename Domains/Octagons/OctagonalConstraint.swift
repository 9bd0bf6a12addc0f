// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A dimension or its negation: the `V` of which an octagonal constraint adds two.
///
/// Dimension `d` has the indices `2 d` (for `+x`) and `2 d + 1` (for `-x`), so negation flips the lowest bit.
@frozen
public struct OctagonLiteral: Hashable, Sendable {
    public let index: Int

    @inlinable
    init(index: Int) { self.index = index }

    @inlinable
    public static func plus(_ dimension: Int) -> OctagonLiteral { OctagonLiteral(index: 2 * dimension) }

    @inlinable
    public static func minus(_ dimension: Int) -> OctagonLiteral { OctagonLiteral(index: 2 * dimension + 1) }

    @inlinable public var dimension: Int { index >> 1 }
    @inlinable public var isNegated: Bool { index & 1 == 1 }
    @inlinable public var negated: OctagonLiteral { OctagonLiteral(index: index ^ 1) }
}

extension OctagonLiteral: CustomStringConvertible {
    public var description: String { "\(isNegated ? "-" : "+")x\(dimension)" }
}

/// An inequality `±x ±y <= bound` or `±x <= bound` between dimensions that hold mathematical integers.
///
/// The two literals may be of one dimension: `x + x <= c` then bounds `x` by `floor(c / 2)`, and `x - x <= c` holds
/// always or never.
@frozen
public struct OctagonalConstraint: Hashable, Sendable {
    public let first: OctagonLiteral
    public let second: OctagonLiteral?
    public let bound: Int128

    @inlinable
    public init(_ first: OctagonLiteral, _ second: OctagonLiteral? = nil, atMost bound: Int128) {
        self.first = first
        self.second = second
        self.bound = bound
    }

    /// `x <= bound`
    @inlinable
    public static func upper(_ x: Int, _ bound: Int128) -> OctagonalConstraint {
        OctagonalConstraint(.plus(x), atMost: bound)
    }

    /// `-x <= bound`, that is `x >= -bound`.
    @inlinable
    public static func negatedUpper(_ x: Int, _ bound: Int128) -> OctagonalConstraint {
        OctagonalConstraint(.minus(x), atMost: bound)
    }

    /// `x - y <= bound`
    @inlinable
    public static func difference(_ x: Int, _ y: Int, _ bound: Int128) -> OctagonalConstraint {
        OctagonalConstraint(.plus(x), .minus(y), atMost: bound)
    }

    /// `x + y <= bound`
    @inlinable
    public static func sum(_ x: Int, _ y: Int, _ bound: Int128) -> OctagonalConstraint {
        OctagonalConstraint(.plus(x), .plus(y), atMost: bound)
    }

    /// Whether the inequality holds at a point, which has a value for each dimension. Exact for every value.
    public func holds(at point: [Int128]) -> Bool {
        func value(_ literal: OctagonLiteral) -> WideSum {
            var sum = WideSum()
            literal.isNegated ? sum.subtract(point[literal.dimension]) : sum.add(point[literal.dimension])
            return sum
        }
        var sum = value(first)
        if let second { sum.add(value(second)) }
        sum.subtract(bound)
        return !sum.isPositive
    }
}

extension OctagonalConstraint: CustomStringConvertible {
    public var description: String { "\(first)\(second.map { " \($0)" } ?? "") <= \(bound)" }
}

/// A sum of a few integers of 128 bits, without overflow.
struct WideSum {
    private var high: Int64 = 0
    private var low: UInt128 = 0

    mutating func add(_ value: Int128) {
        let (sum, carry) = low.addingReportingOverflow(UInt128(truncatingIfNeeded: value))
        low = sum
        high &+= (value < 0 ? -1 : 0) &+ (carry ? 1 : 0)
    }

    mutating func subtract(_ value: Int128) {
        let (difference, borrow) = low.subtractingReportingOverflow(UInt128(truncatingIfNeeded: value))
        low = difference
        high &-= (value < 0 ? -1 : 0) &+ (borrow ? 1 : 0)
    }

    mutating func add(_ other: WideSum) {
        let (sum, carry) = low.addingReportingOverflow(other.low)
        low = sum
        high &+= other.high &+ (carry ? 1 : 0)
    }

    var isPositive: Bool { high > 0 || high == 0 && low != 0 }
}
