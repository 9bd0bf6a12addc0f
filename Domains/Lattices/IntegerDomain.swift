// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A value domain for mathematical integers with the operations of the audit IR.
///
/// Concrete values are all of Z; `contains` can be asked about those that fit `Int128`. Each transfer function
/// returns a value that contains the results of the concrete statement for every choice of operands on which the
/// statement is defined; operands on which it is not (a zero divisor, a negative shift amount) are the caller's
/// obligation and contribute nothing.
public protocol IntegerDomain: ValueDomain where Concrete == Int128 {
    /// A value that contains all of `lower ... upper`; bottom if there is none.
    static func range(_ lower: Int128, _ upper: Int128) -> Self

    /// The only concrete value, if there is just one and it is known.
    var constant: Int128? { get }

    /// `x + y`
    func adding(_ other: Self) -> Self
    /// `x - y`
    func subtracting(_ other: Self) -> Self
    /// `x * y`
    func multiplied(by other: Self) -> Self
    /// `trunc(x / y)`, y not 0: C's division (C11 6.5.5p6).
    func dividedTruncating(by other: Self) -> Self
    /// `x - y * trunc(x / y)`, y not 0: C's remainder; its sign is that of x.
    func remainderTruncating(dividingBy other: Self) -> Self
    /// `x * 2^y`, y not negative.
    func shiftedLeft(by other: Self) -> Self
    /// `floor(x / 2^y)`, y not negative.
    func shiftedRight(by other: Self) -> Self
    /// `x & y` on two's complement with infinite sign extension.
    func bitwiseAnd(_ other: Self) -> Self
    /// `x | y` on two's complement with infinite sign extension.
    func bitwiseOr(_ other: Self) -> Self
    /// `x ^ y` on two's complement with infinite sign extension.
    func bitwiseXor(_ other: Self) -> Self
    /// `-x`
    func negated() -> Self
    /// `~x`, that is `-1 - x`
    func complemented() -> Self
    /// `|x|`
    func absoluteValue() -> Self
    /// `min(x, y)`
    func minimum(_ other: Self) -> Self
    /// `max(x, y)`
    func maximum(_ other: Self) -> Self
    /// The integer congruent to x modulo `2^width` that lies in `0 ..< 2^width`, or in
    /// `-2^(width-1) ..< 2^(width-1)` if `signed`; `1 <= width <= 128`.
    func wrapped(width: Int, signed: Bool) -> Self

    /// The x for which some y satisfies `x < y`.
    func assumingLess(than other: Self) -> Self
    /// The x for which some y satisfies `x <= y`.
    func assumingLessOrEqual(to other: Self) -> Self
    /// The x for which some y satisfies `x > y`.
    func assumingGreater(than other: Self) -> Self
    /// The x for which some y satisfies `x >= y`.
    func assumingGreaterOrEqual(to other: Self) -> Self
    /// The x for which some y satisfies `x == y`.
    func assumingEqual(to other: Self) -> Self
    /// The x for which some y satisfies `x != y`.
    func assumingNotEqual(to other: Self) -> Self

    /// The possible outcomes of `x < y`.
    func isLess(than other: Self) -> Truth
    /// The possible outcomes of `x == y`.
    func isEqual(to other: Self) -> Truth
}

extension IntegerDomain {
    /// The x for which some y satisfies the comparison.
    @inlinable
    public func assuming(_ comparison: Comparison, _ other: Self) -> Self {
        switch comparison {
        case .equal: assumingEqual(to: other)
        case .notEqual: assumingNotEqual(to: other)
        case .less: assumingLess(than: other)
        case .lessOrEqual: assumingLessOrEqual(to: other)
        case .greater: assumingGreater(than: other)
        case .greaterOrEqual: assumingGreaterOrEqual(to: other)
        }
    }

    /// The possible outcomes of the comparison.
    @inlinable
    public func outcome(of comparison: Comparison, _ other: Self) -> Truth {
        switch comparison {
        case .equal: isEqual(to: other)
        case .notEqual: isEqual(to: other).negated()
        case .less: isLess(than: other)
        case .lessOrEqual: other.isLess(than: self).negated()
        case .greater: other.isLess(than: self)
        case .greaterOrEqual: isLess(than: other).negated()
        }
    }
}
