// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices
import Numbers

// Comparisons as filters and as outcomes. A class that is not a constant has members on both sides of every number, so
// only constants are ordered.
extension Congruence {
    @inlinable
    public func assumingLess(than other: Congruence) -> Congruence { filtered(other) { $0 < $1 } }

    @inlinable
    public func assumingLessOrEqual(to other: Congruence) -> Congruence { filtered(other) { $0 <= $1 } }

    @inlinable
    public func assumingGreater(than other: Congruence) -> Congruence { filtered(other) { $0 > $1 } }

    @inlinable
    public func assumingGreaterOrEqual(to other: Congruence) -> Congruence { filtered(other) { $0 >= $1 } }

    @inlinable
    public func assumingEqual(to other: Congruence) -> Congruence { meet(other) }

    @inlinable
    public func assumingNotEqual(to other: Congruence) -> Congruence { filtered(other) { $0 != $1 } }

    @inlinable
    public func isLess(than other: Congruence) -> Truth {
        if isBottom || other.isBottom { return .bottom }
        guard let left = constant, let right = other.constant else { return .top }
        return Truth(constant: left < right)
    }

    @inlinable
    public func isEqual(to other: Congruence) -> Truth {
        if isBottom || other.isBottom { return .bottom }
        if let left = constant, let right = other.constant { return Truth(constant: left == right) }
        return Truth(mayBeFalse: true, mayBeTrue: !meet(other).isBottom)
    }

    @inlinable
    func filtered(_ other: Congruence, _ holds: (Int128, Int128) -> Bool) -> Congruence {
        if isBottom || other.isBottom { return .bottom }
        guard let left = constant, let right = other.constant else { return self }
        return holds(left, right) ? self : .bottom
    }
}
