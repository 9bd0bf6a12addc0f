// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices

extension PointerValue: ValueDomain {
    /// The number of bases beyond which a widening gives `any`, where the caller names none.
    @inlinable public static var standardBudget: Int { 1024 }

    @inlinable
    public func isSubset(of other: PointerValue) -> Bool {
        if other.isAny || isBottom { return true }
        if isAny { return false }
        if let left = single, let right = other.single {
            return left.base == right.base && left.offset.isSubset(of: right.offset)
        }
        if count > other.count { return false }
        var index = 0
        for position in 0..<count {
            let entry = self[position]
            while index < other.count && other[index].base < entry.base { index += 1 }
            guard index < other.count, other[index].base == entry.base,
                entry.offset.isSubset(of: other[index].offset)
            else { return false }
            index += 1
        }
        return true
    }

    @inlinable
    public func join(_ other: PointerValue) -> PointerValue { merge(other) { $0.join($1) } }

    /// The join, or `any` if it would have more than `budget` bases.
    @inlinable
    public func join(_ other: PointerValue, budget: Int) -> PointerValue { join(other).limited(toBases: budget) }

    @inlinable
    public func meet(_ other: PointerValue) -> PointerValue {
        if isAny { return other }
        if other.isAny { return self }
        if let left = single, let right = other.single {
            return left.base == right.base
                ? PointerValue(base: left.base, offset: left.offset.meet(right.offset)) : .bottom
        }
        return mapOffsets { $0.offset.meet(other.offset(in: $0.base)) }
    }

    @inlinable
    public func widening(next: PointerValue, thresholds: Thresholds) -> PointerValue {
        widening(next: next, thresholds: thresholds, budget: Self.standardBudget)
    }

    /// The widening that gives `any` beyond `budget` bases.
    @inlinable
    public func widening(next: PointerValue, thresholds: Thresholds, budget: Int) -> PointerValue {
        merge(next) { $0.widening(next: $0.join($1), thresholds: thresholds) }.limited(toBases: budget)
    }

    @inlinable
    public func narrowing(next: PointerValue) -> PointerValue {
        if isAny { return next }
        if next.isAny { return self }
        return mapOffsets { $0.offset.narrowing(next: next.offset(in: $0.base)) }
    }

    /// The value itself, or `any` if it has more than `budget` bases.
    @inlinable
    public func limited(toBases budget: Int) -> PointerValue { count > budget ? .any : self }

    /// The union of the entries, those of one base combined.
    @inlinable
    func merge(_ other: PointerValue, _ combine: (Offset, Offset) -> Offset) -> PointerValue {
        if isAny || other.isAny { return .any }
        if isBottom { return other }
        if other.isBottom { return self }
        if let left = single, let right = other.single, left.base == right.base {
            return PointerValue(base: left.base, offset: combine(left.offset, right.offset))
        }
        var merged: [Entry] = []
        merged.reserveCapacity(count + other.count)
        var (i, j) = (0, 0)
        while i < count && j < other.count {
            let (left, right) = (self[i], other[j])
            if left.base < right.base {
                merged.append(left)
                i += 1
            } else if right.base < left.base {
                merged.append(right)
                j += 1
            } else {
                merged.append(Entry(base: left.base, offset: combine(left.offset, right.offset)))
                i += 1
                j += 1
            }
        }
        while i < count {
            merged.append(self[i])
            i += 1
        }
        while j < other.count {
            merged.append(other[j])
            j += 1
        }
        return PointerValue(normal: merged)
    }

    /// The entries with new offsets; those whose offset becomes bottom are dropped. `any` stays.
    @inlinable
    func mapOffsets(_ transform: (Entry) -> Offset) -> PointerValue {
        guard let first else { return self }
        if rest.isEmpty { return PointerValue(base: first.base, offset: transform(first)) }
        var result: [Entry] = []
        result.reserveCapacity(count)
        for position in 0..<count {
            let entry = self[position]
            let offset = transform(entry)
            if !offset.isBottom { result.append(Entry(base: entry.base, offset: offset)) }
        }
        return PointerValue(normal: result)
    }
}
