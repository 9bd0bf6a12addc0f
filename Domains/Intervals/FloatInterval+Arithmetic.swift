// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices

// Rounding to integral values compiles to calls of the C mathematics library; importing it makes it linked.
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

// IEEE arithmetic. Operands of one statement have one format. A NaN operand makes a NaN result.
extension FloatInterval {
    /// `x + y`; `inf + -inf` is NaN.
    ///
    /// Soundness: monotone in both operands. Where the sum of two bounds is NaN, one operand is a single infinity, and
    /// so is every numeric sum: the bound becomes that infinity, or the range is empty.
    @inlinable
    public func adding(_ other: FloatInterval) -> FloatInterval {
        let format = common(other)
        if isBottom || other.isBottom { return .bottom(format) }
        let nan =
            mayBeNaN || other.mayBeNaN || (upper == .infinity && other.lower == -.infinity)
            || (lower == -.infinity && other.upper == .infinity)
        if isNumericEmpty || other.isNumericEmpty { return .onlyNaN(format) }
        let low = format.sum(lower, other.lower)
        let high = format.sum(upper, other.upper)
        return FloatInterval(
            low.isNaN ? .infinity : low, high.isNaN ? -.infinity : high, mayBeNaN: nan, format: format)
    }

    /// `x - y`, which is `x + (-y)` bit for bit, NaN aside.
    @inlinable
    public func subtracting(_ other: FloatInterval) -> FloatInterval { adding(other.negated()) }

    /// `-x`
    @inlinable
    public func negated() -> FloatInterval {
        FloatInterval(-upper, -lower, mayBeNaN: mayBeNaN, format: format)
    }

    /// `fabs(x)`
    @inlinable
    public func absoluteValue() -> FloatInterval {
        if lower >= 0 { return self }
        if upper <= 0 { return negated() }
        return FloatInterval(0, -lower < upper ? upper : -lower, mayBeNaN: mayBeNaN, format: format)
    }

    /// `x * y`; `0 * inf` is NaN.
    ///
    /// Soundness: monotone or antitone in each operand, so the extremes lie in the corners. A corner that is NaN counts
    /// as zero: the other operand's numeric values near it give zero, or the other corners.
    @inlinable
    public func multiplied(by other: FloatInterval) -> FloatInterval {
        let format = common(other)
        if isBottom || other.isBottom { return .bottom(format) }
        if isNumericEmpty || other.isNumericEmpty { return .onlyNaN(format) }
        let nan =
            mayBeNaN || other.mayBeNaN || (mayBeZero && other.mayBeInfinite) || (mayBeInfinite && other.mayBeZero)
        return hullOfCorners(other, mayBeNaN: nan) { format.product($0, $1) }
    }

    /// `x / y`; `0 / 0` and `inf / inf` are NaN, anything else over zero is an infinity of either sign.
    @inlinable
    public func divided(by other: FloatInterval) -> FloatInterval {
        let format = common(other)
        if isBottom || other.isBottom { return .bottom(format) }
        if isNumericEmpty || other.isNumericEmpty { return .onlyNaN(format) }
        let nan =
            mayBeNaN || other.mayBeNaN || (mayBeZero && other.mayBeZero) || (mayBeInfinite && other.mayBeInfinite)
        if other.mayBeZero {
            if lower == 0 && upper == 0 { return FloatInterval(0, 0, mayBeNaN: nan, format: format) }
            return FloatInterval(-.infinity, .infinity, mayBeNaN: nan, format: format)
        }
        return hullOfCorners(other, mayBeNaN: nan) { format.quotient($0, $1) }
    }

    /// `sqrt(x)`; NaN below zero.
    @inlinable
    public func squareRoot() -> FloatInterval {
        if isBottom { return self }
        if isNumericEmpty { return self }
        let nan = mayBeNaN || lower < 0
        if upper < 0 { return .onlyNaN(format) }
        return FloatInterval(
            lower < 0 ? 0 : format.squareRoot(lower), format.squareRoot(upper), mayBeNaN: nan, format: format)
    }

    /// `fmod(x, y)`: NaN if x is infinite or y zero; else of the sign of x, and no larger than x nor y.
    @inlinable
    public func remainder(dividingBy other: FloatInterval) -> FloatInterval {
        let format = common(other)
        if isBottom || other.isBottom { return .bottom(format) }
        if isNumericEmpty || other.isNumericEmpty { return .onlyNaN(format) }
        let nan = mayBeNaN || other.mayBeNaN || mayBeInfinite || other.mayBeZero
        let limit = other.absoluteValue().upper
        let low = lower < -limit ? -limit : lower
        let high = limit < upper ? limit : upper
        return FloatInterval(low < 0 ? low : 0, 0 < high ? high : 0, mayBeNaN: nan, format: format)
    }

    /// `fmin(x, y)`: a NaN operand gives the other one (C11 F.10.9.3).
    @inlinable
    public func minimum(_ other: FloatInterval) -> FloatInterval {
        let both = FloatInterval(
            other.lower < lower ? other.lower : lower, other.upper < upper ? other.upper : upper, format: common(other))
        return extreme(both, other)
    }

    /// `fmax(x, y)`: a NaN operand gives the other one (C11 F.10.9.2).
    @inlinable
    public func maximum(_ other: FloatInterval) -> FloatInterval {
        let both = FloatInterval(
            lower < other.lower ? other.lower : lower, upper < other.upper ? other.upper : upper, format: common(other))
        return extreme(both, other)
    }

    @inlinable
    func extreme(_ both: FloatInterval, _ other: FloatInterval) -> FloatInterval {
        let format = common(other)
        if isBottom || other.isBottom { return .bottom(format) }
        var result = isNumericEmpty || other.isNumericEmpty ? FloatInterval.bottom(format) : both
        if mayBeNaN { result = result.join(other) }
        if other.mayBeNaN { result = result.join(self) }
        return mayBeNaN && other.mayBeNaN ? result : result.withoutNaN()
    }

    /// `floor(x)`, `ceil(x)`, `trunc(x)`, `rint(x)` and `round(x)`: exact and monotone.
    @inlinable
    public func roundedToIntegral(_ rule: FloatingPointRoundingRule) -> FloatInterval {
        FloatInterval(lower.rounded(rule), upper.rounded(rule), mayBeNaN: mayBeNaN, format: format)
    }

    @inlinable
    static func onlyNaN(_ format: FloatFormat) -> FloatInterval {
        FloatInterval(.infinity, -.infinity, mayBeNaN: true, format: format)
    }

    @inlinable
    func hullOfCorners(
        _ other: FloatInterval, mayBeNaN: Bool, _ operation: (Double, Double) -> Double
    ) -> FloatInterval {
        var low = Double.infinity
        var high = -Double.infinity
        func include(_ corner: Double) {
            let value = corner.isNaN ? 0 : corner
            low = value < low ? value : low
            high = high < value ? value : high
        }
        include(operation(lower, other.lower))
        include(operation(lower, other.upper))
        include(operation(upper, other.lower))
        include(operation(upper, other.upper))
        return FloatInterval(low, high, mayBeNaN: mayBeNaN, format: common(other))
    }
}
