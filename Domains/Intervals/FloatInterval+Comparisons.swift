// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices

// Comparisons as filters and as outcomes. A comparison with NaN is false, but for `!=`, which is true.
extension FloatInterval {
    /// The x for which some y makes the comparison come out as `holds`.
    @inlinable
    public func assuming(_ comparison: Comparison, _ other: FloatInterval, holds: Bool = true) -> FloatInterval {
        if isBottom || other.isBottom { return .bottom(format) }
        let admitsNaN = (comparison == .notEqual) == holds
        // With a NaN on the other side this outcome tells nothing about x.
        if admitsNaN && other.mayBeNaN { return self }
        let numbers = numbersAssuming(holds ? comparison : comparison.negated, other)
        return FloatInterval(
            numbers.lower, numbers.upper, mayBeNaN: admitsNaN && mayBeNaN, format: format)
    }

    /// The possible outcomes of the comparison.
    @inlinable
    public func outcome(of comparison: Comparison, _ other: FloatInterval) -> Truth {
        if isBottom || other.isBottom { return .bottom }
        let nan = mayBeNaN || other.mayBeNaN
        let trueNumbers = !numbersAssuming(comparison, other).isNumericEmpty
        let falseNumbers = !numbersAssuming(comparison.negated, other).isNumericEmpty
        return Truth(
            mayBeFalse: falseNumbers || (nan && comparison != .notEqual),
            mayBeTrue: trueNumbers || (nan && comparison == .notEqual))
    }

    /// The numeric x for which some numeric y satisfies the comparison.
    @inlinable
    func numbersAssuming(_ comparison: Comparison, _ other: FloatInterval) -> FloatInterval {
        if isNumericEmpty || other.isNumericEmpty { return .bottom(format) }
        var low = lower
        var high = upper
        switch comparison {
        case .less:
            if other.upper == -.infinity { return .bottom(format) }
            let limit = format.next(below: other.upper)
            high = limit < high ? limit : high
        case .lessOrEqual:
            high = other.upper < high ? other.upper : high
        case .greater:
            if other.lower == .infinity { return .bottom(format) }
            let limit = format.next(above: other.lower)
            low = low < limit ? limit : low
        case .greaterOrEqual:
            low = low < other.lower ? other.lower : low
        case .equal:
            high = other.upper < high ? other.upper : high
            low = low < other.lower ? other.lower : low
        case .notEqual:
            guard other.lower == other.upper else { break }
            if low == other.lower && high == other.lower { return .bottom(format) }
            if low == other.lower { low = format.next(above: low) }
            if high == other.lower { high = format.next(below: high) }
        }
        return FloatInterval(low, high, format: format)
    }
}
