// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices

// Pointer arithmetic and comparison. That operands point into one object, and stay in it, are the caller's obligations.
extension PointerValue {
    /// `p + n`, n in bytes: the same bases, every offset moved by n.
    @inlinable
    public func shifted(by amount: Offset) -> PointerValue {
        if amount.isBottom { return .bottom }
        return mapOffsets { $0.offset.adding(amount) }
    }

    /// The offsets of all possible pointers, bases forgotten.
    @inlinable
    public func offsetsInAllBases() -> Offset {
        if isAny { return .top }
        var result = Offset.bottom
        forEachEntry { result = result.join($0.offset) }
        return result
    }

    /// `p - q` in bytes, for p and q into one base.
    @inlinable
    public func difference(from other: PointerValue) -> Offset {
        if isBottom || other.isBottom { return .bottom }
        if isAny || other.isAny { return .top }
        var result = Offset.bottom
        forEachEntry { result = result.join($0.offset.subtracting(other.offset(in: $0.base))) }
        return result
    }

    /// The possible outcomes of `p < q`, for p and q into one base.
    @inlinable
    public func isLess(than other: PointerValue) -> Truth {
        if isBottom || other.isBottom { return .bottom }
        if isAny || other.isAny { return .top }
        var result = Truth.bottom
        forEachEntry { result = result.join($0.offset.isLess(than: other.offset(in: $0.base))) }
        return result
    }

    /// The possible outcomes of `p == q`, as equality of base and offset.
    ///
    /// `isSingular` says that a base stands for one object only; pointers into a base that does not may differ though
    /// base and offset are the same.
    @inlinable
    public func isEqual(to other: PointerValue, isSingular: (Int32) -> Bool) -> Truth {
        if isBottom || other.isBottom { return .bottom }
        if isAny || other.isAny { return .top }
        if let left = single, let right = other.single, left.base == right.base {
            let outcome = left.offset.isEqual(to: right.offset)
            return isSingular(left.base) ? outcome : outcome.join(.alwaysFalse)
        }
        var mayBeEqual = false
        forEachEntry { entry in
            mayBeEqual = mayBeEqual || entry.offset.isEqual(to: other.offset(in: entry.base)).mayBeTrue
        }
        return Truth(mayBeFalse: true, mayBeTrue: mayBeEqual)
    }

    /// The p for which some q satisfies `p == q`.
    @inlinable
    public func assumingEqual(to other: PointerValue) -> PointerValue { meet(other) }

    /// The p for which some q satisfies `p != q`.
    ///
    /// Soundness: something is lost only if q is in one singular base; else there is another q for every p.
    @inlinable
    public func assumingNotEqual(to other: PointerValue, isSingular: (Int32) -> Bool) -> PointerValue {
        if other.isBottom { return .bottom }
        guard let excluded = other.single, isSingular(excluded.base) else { return self }
        return mapOffsets {
            $0.base == excluded.base ? $0.offset.assumingNotEqual(to: excluded.offset) : $0.offset
        }
    }

    /// The p for which some q into the same base makes the comparison hold; `other` `any` tells nothing.
    @inlinable
    public func assumingInOneBase(_ comparison: Comparison, _ other: PointerValue) -> PointerValue {
        if other.isAny { return self }
        if isAny {
            return other.mapOffsets { Offset.top.assuming(comparison, $0.offset) }
        }
        return mapOffsets { $0.offset.assuming(comparison, other.offset(in: $0.base)) }
    }
}
