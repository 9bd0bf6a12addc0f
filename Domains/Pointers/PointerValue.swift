// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices

/// One concrete pointer: a byte offset in the object or function with number `base`; NULL is base 0.
@frozen
public struct ConcretePointer: Hashable, Sendable {
    public var base: Int32
    public var offset: Int128

    @inlinable
    public init(base: Int32, offset: Int128) {
        self.base = base
        self.offset = offset
    }
}

/// A set of bases, each with the byte offsets possible in it; or any pointer at all.
///
/// - Concretization: the pointers (b, o) for which b has an entry whose offset value contains o; `any` is every
///   pointer.
/// - Order: `any` is greatest; else an entry for each base of the lesser, with a greater offset value.
/// - Representation: entries strictly ascending by base, no offset value bottom. The first entry is stored in place, so
///   that a pointer into one object, by far the most frequent, needs no allocation. `any` has no entries.
/// - Widening: by entry, and to `any` beyond a number of bases; so a chain adds at most that many entries, and each of
///   them is widened by the offset domain's widening. Narrowing drops and narrows entries of `self`, or leaves `any`
///   once.
/// - Cost: linear in the number of entries; joins are one merge.
/// - Known imprecision: no relation between the offsets of two pointers, nor between base and offset across entries.
///   One base may stand for several objects; a caller that has such bases says so wherever it matters (equality).
/// - Reference: A. Mine, "Field-sensitive value analysis of embedded C programs with union types and pointer
///   arithmetics", LCTES 2006, section 3.
@frozen
public struct PointerValue<Offset: IntegerDomain>: Sendable {
    /// The offsets possible in one base.
    @frozen
    public struct Entry: Equatable, Sendable {
        public let base: Int32
        public let offset: Offset

        @inlinable
        public init(base: Int32, offset: Offset) {
            self.base = base
            self.offset = offset
        }
    }

    /// Whether every pointer is possible.
    public let isAny: Bool
    @usableFromInline let first: Entry?
    @usableFromInline let rest: [Entry]

    @inlinable
    init(isAny: Bool, first: Entry?, rest: [Entry]) {
        self.isAny = isAny
        self.first = first
        self.rest = rest
    }

    /// Offsets in one base; bottom if there are none.
    @inlinable
    public init(base: Int32, offset: Offset) {
        self.init(isAny: false, first: offset.isBottom ? nil : Entry(base: base, offset: offset), rest: [])
    }

    /// Entries in strictly ascending order of their bases, no offset bottom.
    @inlinable
    init(normal entries: [Entry]) {
        self.init(isAny: false, first: entries.first, rest: entries.count > 1 ? Array(entries.dropFirst()) : [])
    }

    /// Offsets in several bases, in any order; a base that occurs twice has the join of its offsets.
    @inlinable
    public init(entries: some Sequence<Entry>) {
        self = entries.reduce(.bottom) { $0.join(PointerValue(base: $1.base, offset: $1.offset)) }
    }

    @inlinable
    public init(constant: ConcretePointer) {
        self.init(base: constant.base, offset: Offset(constant: constant.offset))
    }

    @inlinable public static var bottom: PointerValue { PointerValue(isAny: false, first: nil, rest: []) }

    /// Every pointer.
    @inlinable public static var any: PointerValue { PointerValue(isAny: true, first: nil, rest: []) }
    @inlinable public static var top: PointerValue { any }

    /// NULL: base 0, offset 0.
    @inlinable public static var null: PointerValue { PointerValue(base: 0, offset: Offset(constant: 0)) }

    @inlinable public var isBottom: Bool { !isAny && first == nil }
    @inlinable public var isTop: Bool { isAny }

    /// The number of bases; 0 for `any`.
    @inlinable public var count: Int { first == nil ? 0 : 1 + rest.count }

    /// The entry at a position in `0 ..< count`, ascending by base.
    @inlinable
    public subscript(index: Int) -> Entry {
        if index == 0, let first { return first }
        return rest[index - 1]
    }

    /// The entries in ascending order of their bases; none for `any`.
    @inlinable
    public var entries: [Entry] {
        guard let first else { return [] }
        return rest.isEmpty ? [first] : [first] + rest
    }

    /// Calls `body` for each entry without allocating.
    @inlinable
    public func forEachEntry<Failure: Error>(_ body: (Entry) throws(Failure) -> Void) throws(Failure) {
        guard let first else { return }
        try body(first)
        for entry in rest { try body(entry) }
    }

    /// The only entry, if there is exactly one.
    @inlinable public var single: Entry? { rest.isEmpty ? first : nil }

    /// The offsets possible in `base`: bottom without an entry, top for `any`.
    @inlinable
    public func offset(in base: Int32) -> Offset {
        if isAny { return .top }
        if let first, first.base == base { return first.offset }
        for entry in rest where entry.base == base { return entry.offset }
        return .bottom
    }

    /// Whether a pointer into `base` is possible.
    @inlinable
    public func mayPoint(into base: Int32) -> Bool { isAny || !offset(in: base).isBottom }

    @inlinable
    public func contains(_ concrete: ConcretePointer) -> Bool {
        isAny || offset(in: concrete.base).contains(concrete.offset)
    }
}

extension PointerValue: Equatable {
    @inlinable
    public static func == (left: PointerValue, right: PointerValue) -> Bool {
        left.isAny == right.isAny && left.first == right.first && left.rest == right.rest
    }
}

extension PointerValue.Entry: Hashable where Offset: Hashable {}

extension PointerValue: Hashable where Offset: Hashable {
    @inlinable
    public func hash(into hasher: inout Hasher) {
        hasher.combine(isAny)
        hasher.combine(first)
        hasher.combine(rest)
    }
}

extension PointerValue: CustomStringConvertible {
    public var description: String {
        isAny ? "any" : "{" + entries.map { "\($0.base): \($0.offset)" }.joined(separator: ", ") + "}"
    }
}
