// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Congruences
import Intervals
import Lattices
import Numbers

/// An interval and a congruence, each made as tight as the other allows: the value the analyser uses for integers.
///
/// - Concretization: the integers v with `lower <= v <= upper` and v congruent to `offset` modulo `stride`.
/// - Order: componentwise, decided exactly on reduced values.
/// - Representation (normal form): finite bounds are members of the class. A single value, and the empty one, have
///   `stride` 0 and `offset` 0, the interval says all; else `stride >= 1` and `0 <= offset < stride`. A modulus too
///   wide for a machine word is weakened to the power of two that divides it.
/// - Widening: that of the interval and the join of the congruences, then reduced again. Chains end: the stride changes
///   only to a proper divisor; while it stays, a moved bound is a threshold tightened to the class, or infinite.
/// - Cost: 48 bytes, no allocation. While both strides are 1 an operation costs what the interval's does.
/// - Known imprecision: that of its parts, and strides beyond a machine word.
/// - Reference: P. Granger, "Improving the results of static analyses of programs by local decreasing iterations",
///   FSTTCS 1992, for reduced products of intervals and congruences.
@frozen
public struct IntegerValue: Hashable, Sendable {
    public let interval: IntegerInterval
    /// The modulus; 0 if there is at most one value.
    public let stride: Int64
    /// The remainder; 0 if there is at most one value.
    public let offset: Int64

    @inlinable
    init(normalInterval interval: IntegerInterval, stride: Int64, offset: Int64) {
        self.interval = interval
        self.stride = stride
        self.offset = offset
    }

    /// All integers of an interval.
    @inlinable
    public init(_ interval: IntegerInterval) {
        self.init(normalInterval: interval, stride: interval.upper <= interval.lower ? 0 : 1, offset: 0)
    }

    /// The integers in both; the reduction of the product.
    @inlinable
    public init(_ interval: IntegerInterval, _ congruence: Congruence) {
        if congruence.isTop || interval.isBottom {
            self.init(interval)
        } else if congruence.isBottom {
            self = .bottom
        } else {
            self = IntegerValue.reduced(interval, modulus: congruence.modulus, remainder: congruence.remainder)
        }
    }

    @inlinable
    public init(constant: Int128) { self.init(IntegerInterval(constant: constant)) }

    @inlinable
    public init(_ lower: ExtendedInteger, _ upper: ExtendedInteger) { self.init(IntegerInterval(lower, upper)) }

    @inlinable
    public static func range(_ lower: Int128, _ upper: Int128) -> IntegerValue {
        IntegerValue(IntegerInterval.range(lower, upper))
    }

    /// The values of a machine integer type.
    @inlinable
    public static func machine(width: Int, signed: Bool) -> IntegerValue {
        IntegerValue(IntegerInterval.machine(width: width, signed: signed))
    }

    @inlinable public static var bottom: IntegerValue {
        IntegerValue(normalInterval: .bottom, stride: 0, offset: 0)
    }
    @inlinable public static var top: IntegerValue { IntegerValue(normalInterval: .top, stride: 1, offset: 0) }

    @inlinable public var lower: ExtendedInteger { interval.lower }
    @inlinable public var upper: ExtendedInteger { interval.upper }
    @inlinable public var isBottom: Bool { interval.isBottom }
    @inlinable public var isTop: Bool { stride == 1 && interval.isTop }
    @inlinable public var constant: Int128? { interval.constant }

    /// The congruence part as a value of its domain.
    @inlinable
    public var congruence: Congruence {
        if let constant = interval.constant { return Congruence(constant: constant) }
        return stride == 0 ? .bottom : Congruence(modulus: Int128(stride), remainder: Int128(offset))
    }

    @inlinable
    public func contains(_ concrete: Int128) -> Bool {
        interval.contains(concrete)
            && (stride <= 1 || concrete.residue(modulo: Int128(stride)) == Int128(offset))
    }
}

extension IntegerValue: CustomStringConvertible {
    public var description: String { stride > 1 ? "\(interval) & \(offset) mod \(stride)" : "\(interval)" }
}
