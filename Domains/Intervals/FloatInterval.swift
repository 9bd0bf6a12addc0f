// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices

/// A range of floating-point values of one format, and whether NaN is one of them.
///
/// - Concretization: the values v of `format` with `lower <= v <= upper`, infinities included, and every NaN if
///   `mayBeNaN`. The two zeros compare equal, so a range with one of them contains both. The format `extended` is not
///   tracked: its only values are bottom and top.
/// - Order: inclusion, decided exactly, between values of one format.
/// - Representation: bounds are values of the format carried in a Double, zeros are positive; no numeric value is
///   `lower = +infinity, upper = -infinity`, which with `mayBeNaN` false is bottom.
/// - Rounding: every operation of the format rounds to nearest, ties to even, and is the exact real operation followed
///   by a monotone rounding; hence monotone where the exact one is. So the very same operation of the very same format,
///   applied to the bounds, gives the exact range: nothing is rounded outward. This assumes the program runs in the
///   default rounding mode, evaluates in its own types (`FLT_EVAL_METHOD` 0), does not flush subnormals, and contracts
///   nothing; the lowering records these as `floating-point` assumptions.
/// - Widening: an unstable bound moves to the next threshold outward and past the last one to infinity; NaN appears at
///   most once. Narrowing replaces infinite bounds only.
/// - Cost: constant time, 24 bytes; operations are machine operations.
/// - Known imprecision: the sign of zero is not tracked, so a division whose divisor may be zero loses both bounds; no
///   holes; the remainder is bounded by its operands only.
/// - Reference: A. Mine, "Relational abstract domains for the detection of floating-point run-time errors", ESOP 2004,
///   section 3.
@frozen
public struct FloatInterval: Hashable, Sendable {
    public let lower: Double
    public let upper: Double
    public let mayBeNaN: Bool
    public let format: FloatFormat

    /// The range between two values of the format, which must not be NaN; numerically empty if they exclude every
    /// value.
    @inlinable
    public init(_ lower: Double, _ upper: Double, mayBeNaN: Bool = false, format: FloatFormat) {
        self.format = format
        if format == .extended {
            let isEmpty = upper < lower && !mayBeNaN
            self.lower = isEmpty ? .infinity : -.infinity
            self.upper = isEmpty ? -.infinity : .infinity
            self.mayBeNaN = !isEmpty
        } else if lower <= upper {
            // Adding a positive zero turns a negative zero into a positive one and changes nothing else.
            self.lower = lower + 0.0
            self.upper = upper + 0.0
            self.mayBeNaN = mayBeNaN
        } else {
            self.lower = .infinity
            self.upper = -.infinity
            self.mayBeNaN = mayBeNaN
        }
    }

    /// One value of the format.
    @inlinable
    public init(constant: Double, format: FloatFormat) {
        if constant.isNaN {
            self.init(.infinity, -.infinity, mayBeNaN: true, format: format)
        } else {
            self.init(constant, constant, format: format)
        }
    }

    @inlinable
    public static func bottom(_ format: FloatFormat) -> FloatInterval {
        FloatInterval(.infinity, -.infinity, format: format)
    }

    @inlinable
    public static func top(_ format: FloatFormat) -> FloatInterval {
        FloatInterval(-.infinity, .infinity, mayBeNaN: true, format: format)
    }

    /// Whether no value but NaN is possible.
    @inlinable public var isNumericEmpty: Bool { upper < lower }
    @inlinable public var isBottom: Bool { upper < lower && !mayBeNaN }
    @inlinable public var isTop: Bool { lower == -.infinity && upper == .infinity && mayBeNaN }

    /// Whether an infinity is possible.
    @inlinable
    public var mayBeInfinite: Bool { !isNumericEmpty && (lower == -.infinity || upper == .infinity) }

    /// Whether a zero is possible.
    @inlinable public var mayBeZero: Bool { lower <= 0 && 0 <= upper }

    /// The only value, if there is just one and it is not a zero, whose sign would be unknown.
    @inlinable
    public var constant: Double? { lower == upper && lower != 0 && !mayBeNaN && format != .extended ? lower : nil }

    @inlinable
    public func contains(_ concrete: Double) -> Bool {
        concrete.isNaN ? mayBeNaN : lower <= concrete && concrete <= upper
    }

    /// The same range without NaN.
    @inlinable
    public func withoutNaN() -> FloatInterval {
        // An extended value cannot give up its NaN: it is not tracked.
        FloatInterval(lower, upper, mayBeNaN: false, format: format)
    }
}

extension FloatInterval: CustomStringConvertible {
    public var description: String {
        let range = isNumericEmpty ? "" : "[\(lower), \(upper)]"
        return isBottom ? "empty" : mayBeNaN ? "\(range)|NaN" : range
    }
}
