// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Which memory facts speak of the cells and bits of an access (6.4).
///
/// *Sound:* the positions of a case are those of its range and congruence; a list of facts covers them if the
/// first position that is not yet covered is always a cell of the next fact.

/// The first bits at which a cell of a case may lie: first, first + step, ..., last.
struct Positions {
    var first: Int128
    var last: Int128
    var step: Int128
}

/// What sources say about a loaded value.
struct Known {
    /// nil: nothing.
    var predicate: Predicate?
    var type: ScalarType
    var isInitialised: Bool
    var label: Int
    /// What the predicate of an exact value rests on besides.
    var predicateLabel = 0
    /// The exact value, from a content.
    var value: Value?
    /// What each source by itself says of the cell, and the cell's type.
    var parts: [(predicate: Predicate?, type: ScalarType)] = []
}

extension Execution {
    /// nil: without end.
    func positions(_ address: AddressCase, shift: Int128) throws(CheckFailure) -> Positions? {
        guard var low = address.bounds.lower, var high = address.bounds.upper else { return nil }
        if address.modulus > 1 {
            low = try sum(low, try floorRemainder(try difference(address.remainder, low), address.modulus))
            high = try difference(high, try floorRemainder(try difference(high, address.remainder), address.modulus))
        }
        return Positions(
            first: try sum(try product(low, 8), shift), last: try sum(try product(high, 8), shift),
            step: try product(address.modulus, 8))
    }

    /// Moves `next` behind the positions that a row of cells covers, from `next` on.
    func advance(_ next: inout Int128, _ positions: Positions, over fact: MemoryFact) throws(CheckFailure) {
        let end = try fact.last()
        let distance = try difference(next, fact.from)
        guard next <= positions.last, next >= fact.from, next <= end, fact.stride == 0 || distance % fact.stride == 0
        else {
            throw unjustified("a cell fact does not hold the next position")
        }
        if fact.stride == 0 || positions.step % fact.stride != 0 {
            next = try sum(next, positions.step)
        } else {
            let steps = try sum(try floorQuotient(try difference(end, next), positions.step), 1)
            next = try sum(next, try product(steps, positions.step))
        }
    }

    /// Reads evidence that the bits are initialised (`list` of `byte` and what it names).
    mutating func evidence(_ tag: Int, from: Int128, to: Int128) throws(CheckFailure) -> Int {
        var next = from
        var label = 0
        for _ in 0..<(try reader.count()) {
            let (start, end): (Int128, Int128)
            switch try reader.byte() {
            case 0:
                let number = try reader.unsigned()
                let fact = try fact(number)
                guard fact.tag == tag else { throw unjustified("evidence is about another tag") }
                switch fact.kind {
                case .initialised, .bytes: (start, end) = (fact.from, fact.to)
                case .cells where !fact.mayBeUninitialised && (fact.count == 1 || fact.stride == fact.type.width):
                    (start, end) = try fact.extent()
                default: throw unjustified("a memory fact is no evidence of initialised bits")
                }
                label = try labels.union(label, try self.label(ofFact: number))
            case 1:
                let position = try reader.signed()
                let type = try reader.scalarType()
                let number = try content(tag, position, type)
                (start, end) = (position, try sum(position, type.width))
                label = try labels.union(label, try self.label(ofContent: number))
            case 2:
                guard try self.tag(tag).isReadOnly, let size = try self.tag(tag).size else {
                    throw unjustified("the object is no constant")
                }
                (start, end) = (0, try product(size, 8))
            case let kind: throw CheckFailure(.malformed, "evidence has kind \(kind)")
            }
            guard start <= next, end > next else { throw unjustified("evidence leaves a gap") }
            next = end
        }
        guard next >= to else { throw unjustified("the evidence does not reach the end") }
        return label
    }

    /// The content of a cell, of equal width and class.
    mutating func content(_ tag: Int, _ position: Int128, _ type: ScalarType) throws(CheckFailure) -> Int {
        for number in state.contents(of: tag) {
            let content = state.contents[number]
            if content.position == position, content.type.kind == type.kind, content.type.width == type.width {
                return number
            }
        }
        throw CheckFailure(.unknownReference, "no content at bit \(position)")
    }

    /// The value of cells at these positions in a range all of whose bytes are `byte`, reduced into the type; nil if nothing
    /// is known of it. A cell that begins inside a byte has other bits, unless all bits are the same.
    func repeated(
        _ byte: UInt8, _ type: ScalarType, first: Int128, step: Int128
    ) throws(CheckFailure) -> Predicate? {
        guard byte == 0 || byte == 255 || (first % 8 == 0 && step % 8 == 0) else { return nil }
        switch type.kind {
        case .pointer: return byte == 0 ? .pointer([TargetEntry(tag: FixedTag.null)]) : .pointer(nil)
        case .float: return byte == 0 ? .float(FloatRange(0)) : .float(nil)
        case .integer:
            var value: Int128 = 0
            if byte != 0 {
                guard type.bits % 8 == 0, type.bits <= 64 || byte == 255 else { return nil }
                if byte == 255 {
                    guard type.isSigned || type.bits < 128 else { return nil }
                    value = type.isSigned ? -1 : type.range.upper ?? 0
                } else {
                    for _ in 0..<(type.bits / 8) { value = value * 256 + Int128(byte) }
                    if type.isSigned, let upper = type.range.upper, value > upper {
                        value -= try powerOfTwo(type.width)
                    }
                }
            }
            return .integer(Bounds(lower: value, upper: value), modulus: 1, remainder: 0)
        }
    }

    /// Everything that `a` allows of a cell of type `from`, `b` allows of it as `to`.
    func implies(_ a: Predicate, _ from: ScalarType, _ b: Predicate, _ to: ScalarType) -> Bool {
        switch (a, b) {
        case (.integer(let bounds, let m, let r), .integer(let other, let n, let s)):
            let full = bounds.completed(from.range)
            // Equal bits, other sign: the values agree where they lie in both types.
            guard from.isSigned == to.isSigned || full.isInside(to.range) else { return false }
            guard full.isInside(other.relaxed(to.range)) else { return false }
            if n == 1 { return true }
            if let value = full.lower, value == full.upper {
                return value >= 0 ? value % n == s : (value % n + n) % n == s
            }
            return m % n == 0 && (r - s) % n == 0
        case (.pointer(let list), .pointer(let other)):
            guard let other else { return true }
            guard let list else { return false }
            return Self.isInside(list, other)
        case (.float(let range), .float(let other)):
            guard let other else { return true }
            guard let range else { return false }
            return range.isInside(other)
        default: return false
        }
    }

    static func isInside(_ list: [TargetEntry], _ other: [TargetEntry]) -> Bool {
        var j = 0
        for entry in list {
            while j < other.count, other[j].tag < entry.tag { j += 1 }
            guard j < other.count, entry.isInside(other[j]) else { return false }
        }
        return true
    }
}

extension Bounds {
    /// With a type's ends where an end is open.
    func completed(_ type: Bounds) -> Bounds {
        var result = self
        if lower == nil || (type.lower.map { $0 > lower ?? .min } ?? false) { result.lower = type.lower }
        if upper == nil || (type.upper.map { $0 < upper ?? .max } ?? false) { result.upper = type.upper }
        return result
    }

    /// Without the ends that a type gives anyway.
    func relaxed(_ type: Bounds) -> Bounds {
        var result = self
        if let low = lower, let least = type.lower, low <= least { result.lower = nil }
        if let high = upper, let most = type.upper, high >= most { result.upper = nil }
        return result
    }
}
