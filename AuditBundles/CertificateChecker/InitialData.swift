// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// What static objects hold when the program starts (section 2), and which facts follow from that.
///
/// *Sound:* the objects begin as filled with 0, then their runs are stored; external objects hold anything, all of
/// it initialised. No heap object exists yet.
struct InitialData {
    private let program: Program
    private var cells: [Int: [(position: Int128, type: ScalarType, value: InitialValue)]] = [:]
    private var budget = 1 << 31

    init(_ program: Program) {
        self.program = program
    }

    private mutating func cells(of object: Int) throws(CheckFailure) -> [(
        position: Int128, type: ScalarType, value: InitialValue
    )] {
        if let known = cells[object] { return known }
        var result: [(position: Int128, type: ScalarType, value: InitialValue)] = []
        for run in program.objects[object].runs {
            for (k, value) in run.values.enumerated() {
                result.append((try sum(run.position, try product(Int128(k), run.stride)), run.type, value))
            }
        }
        result.sort { $0.position < $1.position }
        cells[object] = result
        return result
    }

    /// The place of the first cell at or behind a position.
    private func first(_ list: [(position: Int128, type: ScalarType, value: InitialValue)], _ position: Int128) -> Int {
        var (low, high) = (0, list.count)
        while low < high {
            let middle = low + (high - low) / 2
            if list[middle].position < position { low = middle + 1 } else { high = middle }
        }
        return low
    }

    mutating func holds(_ fact: MemoryFact, _ tag: Tag) throws(CheckFailure) -> Bool {
        if fact.kind == .absent { return true }
        guard tag.kind == .object, let size = tag.size else { return false }
        let object = program.objects[tag.index]
        let bits = try product(8, size)
        switch fact.kind {
        case .initialised: return fact.from >= 0 && fact.to <= bits
        case .size: return Bounds(lower: size, upper: size).isInside(fact.size)
        case .bytes:
            guard object.kind != .external, fact.byte == 0, fact.from >= 0, fact.to <= bits else { return false }
            let list = try cells(of: tag.index)
            let place = first(list, fact.from)
            if place > 0, try sum(list[place - 1].position, list[place - 1].type.width) > fact.from { return false }
            return place >= list.count || list[place].position >= fact.to
        case .cells: return object.kind == .external ? false : try cellsHold(fact, tag.index, bits)
        default: return false
        }
    }

    private mutating func cellsHold(_ fact: MemoryFact, _ object: Int, _ bits: Int128) throws(CheckFailure) -> Bool {
        let width = fact.type.width
        let end = try sum(try fact.last(), width)
        guard fact.from >= 0, end <= bits else { return false }
        let list = try cells(of: object)
        var place = first(list, fact.from)
        if place > 0, try sum(list[place - 1].position, list[place - 1].type.width) > fact.from { return false }
        let stride = fact.stride == 0 ? width : fact.stride
        var explicit: Int128 = 0
        while place < list.count, list[place].position < end {
            let cell = list[place]
            let distance = try difference(cell.position, fact.from)
            let inside = distance % stride
            if inside == 0, cell.type.kind == fact.type.kind, cell.type.width == width {
                guard satisfies(cell.value, cell.type, fact) else { return false }
                explicit += 1
            } else {
                // It must lie between two cells of the fact.
                guard inside >= width, try sum(inside, cell.type.width) <= stride else { return false }
            }
            place += 1
            budget -= 1
            guard budget > 0 else { throw CheckFailure(.limit, "the initial data take too long to check") }
        }
        return explicit == fact.count || satisfiesZero(fact)
    }

    private func satisfiesZero(_ fact: MemoryFact) -> Bool {
        switch fact.predicate {
        case .integer: satisfies(.integer(0), fact.type, fact)
        case .pointer: satisfies(.null, fact.type, fact)
        case .float: satisfies(.float(0), fact.type, fact)
        }
    }

    private func satisfies(_ value: InitialValue, _ type: ScalarType, _ fact: MemoryFact) -> Bool {
        switch fact.predicate {
        case .integer(let bounds, let modulus, let remainder):
            let range = fact.type.range
            guard case .integer(let exact) = value else { return modulus == 1 && bounds.relaxed(range) == .all }
            // Read as the other sign, the value may change: then only a value in both types counts.
            guard type.isSigned == fact.type.isSigned || Bounds(lower: exact, upper: exact).isInside(range) else {
                return false
            }
            let difference = exact.subtractingReportingOverflow(remainder)
            return Bounds(lower: exact, upper: exact).isInside(bounds) && !difference.overflow
                && difference.partialValue % modulus == 0
        case .pointer(let list):
            guard let list else { return true }
            let base = FixedTag.firstFunction
            switch value {
            case .null: return list.contains { $0.tag == FixedTag.null }
            case .function(let function): return list.contains { $0.tag == base + function }
            case .object(let object, let offset):
                return list.contains { $0.tag == base + program.functions.count + object && $0.contains(offset) }
            default: return false
            }
        case .float(let range):
            guard let range else { return true }
            guard case .float(let exact) = value else { return false }
            return exact.isNaN ? range.mayBeNaN : exact >= range.lower && exact <= range.upper
        }
    }
}
