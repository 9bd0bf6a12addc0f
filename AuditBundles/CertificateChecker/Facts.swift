// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Facts of section 5.2, as the certificate states them and as the symbolic state holds them.

struct Term: Hashable {
    var symbol: Int
    var coefficient: Int128
}

/// One tag that a pointer may have, and where its offset then lies. Function entries mean offset 0.
struct TargetEntry: Hashable {
    var tag: Int
    var bounds = Bounds.all
    var modulus: Int128 = 1
    var remainder: Int128 = 0

    /// Everything that this entry allows, `other` allows.
    func isInside(_ other: TargetEntry) -> Bool {
        tag == other.tag && bounds.isInside(other.bounds)
            && (other.modulus == 1
                || (modulus % other.modulus == 0 && (remainder - other.remainder) % other.modulus == 0)
                || (bounds.lower != nil && bounds.lower == bounds.upper && other.contains(bounds.lower)))
    }

    func contains(_ offset: Int128?) -> Bool {
        guard let offset else { return false }
        if let lower = bounds.lower, offset < lower { return false }
        if let upper = bounds.upper, offset > upper { return false }
        guard modulus > 1 else { return true }
        let r = offset % modulus
        return (r < 0 ? r + modulus : r) == remainder
    }

    func hull(_ other: TargetEntry) -> TargetEntry {
        var result = TargetEntry(tag: tag, bounds: bounds.hull(other.bounds))
        if modulus == other.modulus, remainder == other.remainder {
            result.modulus = modulus
            result.remainder = remainder
        }
        return result
    }
}

struct FloatRange: Hashable {
    var lower: Double
    var upper: Double
    var mayBeNaN: Bool

    static let all = FloatRange(lower: -.infinity, upper: .infinity, mayBeNaN: true)

    init(lower: Double, upper: Double, mayBeNaN: Bool) {
        self.lower = lower
        self.upper = upper
        self.mayBeNaN = mayBeNaN
    }

    init(_ value: Double) {
        self = value.isNaN ? .all : FloatRange(lower: value, upper: value, mayBeNaN: false)
    }

    func isInside(_ other: FloatRange) -> Bool {
        lower >= other.lower && upper <= other.upper && (!mayBeNaN || other.mayBeNaN)
    }

    func hull(_ other: FloatRange) -> FloatRange {
        FloatRange(
            lower: lower < other.lower ? lower : other.lower, upper: upper > other.upper ? upper : other.upper,
            mayBeNaN: mayBeNaN || other.mayBeNaN)
    }
}

/// What a cell's value satisfies; an integer's value is taken reduced into the fact's type.
enum Predicate: Hashable {
    case integer(Bounds, modulus: Int128, remainder: Int128)
    case pointer([TargetEntry]?)
    case float(FloatRange?)
}

enum RegisterFact {
    case linear([Term], Int128, label: Int)
    case congruence([Term], modulus: Int128, remainder: Int128, label: Int)
    case targets(Int, [TargetEntry], label: Int)
    case float(Int, FloatRange, label: Int)
}

struct MemoryFact {
    enum Kind: UInt8 { case cells = 0, initialised, bytes, alive, size, absent, raw, segment, absentIfNull }

    var kind: Kind
    var tag: Int
    /// cells: the first bit; initialised, bytes, raw: the range's first bit.
    var from: Int128 = 0
    /// initialised, bytes, raw: the bit behind the range.
    var to: Int128 = 0
    var count: Int128 = 1
    var stride: Int128 = 0
    var type = ScalarType(kind: .integer, bits: 8)
    var mayBeUninitialised = false
    var predicate = Predicate.pointer(nil)
    var byte: UInt8 = 0
    var size = Bounds.all
    /// Of a segment, and of no other fact.
    var segment: Segment?
    /// Of an absent-if-null fact: where it is stated a register or place, and in the state a base symbol.
    var pointer = 0
    var label: Int

    /// Position of the last cell.
    func last() throws(CheckFailure) -> Int128 { try sum(from, try product(count - 1, stride)) }

    /// The bits that the fact speaks of.
    func extent() throws(CheckFailure) -> (from: Int128, to: Int128) {
        kind == .cells ? (from, try sum(try last(), type.width)) : (from, to)
    }

    var isAboutAbsence: Bool { kind == .absent || kind == .absentIfNull }
    var isAboutContent: Bool { kind == .cells || kind == .bytes || kind == .raw }
}
