// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices

// The lattice of one format. `bottom` and `top` without a format are those of binary64; the empty and full ranges of
// different formats behave alike in every operation below, and a result has the format of a non-empty operand.
extension FloatInterval: ValueDomain {
    @inlinable public static var bottom: FloatInterval { bottom(.binary64) }
    @inlinable public static var top: FloatInterval { top(.binary64) }

    /// A binary64 value.
    @inlinable
    public init(constant: Double) { self.init(constant: constant, format: .binary64) }

    @inlinable
    public func isSubset(of other: FloatInterval) -> Bool {
        other.lower <= lower && upper <= other.upper && (!mayBeNaN || other.mayBeNaN)
    }

    @inlinable
    public func join(_ other: FloatInterval) -> FloatInterval {
        if isBottom { return other }
        if other.isBottom { return self }
        return FloatInterval(
            other.lower < lower ? other.lower : lower, upper < other.upper ? other.upper : upper,
            mayBeNaN: mayBeNaN || other.mayBeNaN, format: common(other))
    }

    @inlinable
    public func meet(_ other: FloatInterval) -> FloatInterval {
        FloatInterval(
            lower < other.lower ? other.lower : lower, other.upper < upper ? other.upper : upper,
            mayBeNaN: mayBeNaN && other.mayBeNaN, format: format)
    }

    @inlinable
    public func widening(next: FloatInterval, thresholds: Thresholds) -> FloatInterval {
        if isBottom { return next }
        let format = common(next)
        if isNumericEmpty || next.isNumericEmpty { return join(next) }
        var lower = lower
        var upper = upper
        if next.lower < lower {
            // A threshold outside the format is rounded to it, and used only if that keeps it outward.
            let threshold = format.rounded(thresholds.float(atMost: next.lower) ?? -.infinity)
            lower = threshold <= next.lower ? threshold : -.infinity
        }
        if upper < next.upper {
            let threshold = format.rounded(thresholds.float(atLeast: next.upper) ?? .infinity)
            upper = next.upper <= threshold ? threshold : .infinity
        }
        return FloatInterval(lower, upper, mayBeNaN: mayBeNaN || next.mayBeNaN, format: format)
    }

    @inlinable
    public func narrowing(next: FloatInterval) -> FloatInterval {
        if next.isNumericEmpty {
            return FloatInterval(.infinity, -.infinity, mayBeNaN: mayBeNaN && next.mayBeNaN, format: format)
        }
        return FloatInterval(
            lower == -.infinity ? next.lower : lower, upper == .infinity ? next.upper : upper,
            mayBeNaN: mayBeNaN && next.mayBeNaN, format: format)
    }

    /// The format of a result; operands of different formats, which no statement has, make one that is not tracked.
    @inlinable
    func common(_ other: FloatInterval) -> FloatFormat { format == other.format ? format : .extended }
}
