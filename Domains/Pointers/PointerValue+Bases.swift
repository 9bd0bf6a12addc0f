// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices

// Operations on the set of bases.
extension PointerValue {
    /// The pointers that do not point into `base`. `any` stays: it cannot leave out a base.
    @inlinable
    public func removing(base: Int32) -> PointerValue { keepingBases { $0 != base } }

    /// The pointers into `base`; of `any`, all offsets in it.
    @inlinable
    public func keepingOnly(base: Int32) -> PointerValue { PointerValue(base: base, offset: offset(in: base)) }

    /// The pointers into the bases that satisfy `isKept`. `any` stays.
    @inlinable
    public func keepingBases(_ isKept: (Int32) -> Bool) -> PointerValue {
        mapOffsets { isKept($0.base) ? $0.offset : .bottom }
    }

    /// The pointers into `old` become pointers into `new`, joined with those that already are.
    @inlinable
    public func renaming(base old: Int32, to new: Int32) -> PointerValue {
        if isAny || old == new { return self }
        let moved = offset(in: old)
        return moved.isBottom ? self : removing(base: old).join(PointerValue(base: new, offset: moved))
    }

    /// Pointers into `old` may also be pointers into `new`, at the same offsets.
    @inlinable
    public func adding(base new: Int32, like old: Int32) -> PointerValue {
        if isAny { return self }
        return join(PointerValue(base: new, offset: offset(in: old)))
    }

    /// Whether some base is possible in both.
    @inlinable
    public func sharesBase(with other: PointerValue) -> Bool {
        if isAny { return !other.isBottom }
        if other.isAny { return !isBottom }
        for position in 0..<count where other.mayPoint(into: self[position].base) { return true }
        return false
    }
}
