// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import MemoryCells
import ProgramIR
import Reductions

/// Facts about constant objects, read from their initial data and kept once each.
public final class ConstantFacts {
    private struct Query: Hashable {
        var tag: Tag
        var positions: PositionSet
        var type: ScalarType
    }

    private var known: [Query: [MemoryFact]?] = [:]
    private let tags: TagTable

    init(tags: TagTable) { self.tags = tags }

    /// One fact that covers the positions; nil if the data does not have such cells there.
    func facts(_ tag: Tag, _ object: Object, _ positions: PositionSet, _ type: ScalarType) -> [MemoryFact]? {
        let query = Query(tag: tag, positions: positions, type: type)
        if let answer = known[query] { return answer }
        let answer = compute(tag, object, positions, type).map { [$0] }
        known[query] = answer
        return answer
    }

    private func compute(_ tag: Tag, _ object: Object, _ positions: PositionSet, _ type: ScalarType) -> MemoryFact? {
        let width = type.storageBits
        let count = (positions.upper - positions.lower) / positions.step + 1
        guard count <= 1 << 20, positions.lower >= 0, positions.upper + width <= Int(object.size) * 8,
            positions.isSingle || positions.step >= width
        else { return nil }
        let range = CellRange(first: positions.lower, count: count, stride: positions.step, width: width)
        var value: AbstractValue?
        for index in 0..<count {
            guard let cell = self.value(of: object, at: range.position(index), type) else { return nil }
            if let known = value {
                guard let joined = known.join(cell) else { return nil }
                value = joined
            } else {
                value = cell
            }
        }
        return value.map { MemoryFact(tag: tag, content: .cells(range, type, mayBeUninitialised: false, $0)) }
    }

    /// The value of a cell in the initial data; nil if the data has no such cell.
    func value(of object: Object, at position: Int, _ type: ScalarType) -> AbstractValue? {
        let end = position + type.storageBits
        // Runs ascend by their first cell; the last one that begins at or before the position may hold it, and runs of
        // interleaved members before it too.
        var high = object.initializer.partitioningIndex { $0.position > Int64(end) - 1 }
        var isOverlapped = false
        while high > 0 {
            high -= 1
            let run = object.initializer[high]
            let width = run.type.storageBits
            let range = CellRange(
                first: Int(run.position), count: run.values.count, stride: Int(run.stride), width: width)
            if let index = range.index(at: position), run.type.sameCell(as: type) {
                return abstract(run.values[index], run.type)?.said(of: run.type, as: type)
            }
            if range.overlaps(position..<end) { isOverlapped = true }
        }
        return isOverlapped ? nil : .pattern(0, type, first: position, step: 0)
    }

    private func abstract(_ value: InitialValue, _ type: ScalarType) -> AbstractValue? {
        switch (value, type) {
        case (.integer(let value), .integer(let type)):
            return .integer(IntegerValue(constant: value).wrapped(width: Int(type.bits), signed: type.isSigned))
        case (.float(let bits), .float(let format)):
            return format == .extended80 ? nil : .float(.number(Double(bitPattern: bits), format.domain))
        case (.null, .pointer): return .pointer(Targets(base: .null, offset: IntegerValue(constant: 0)))
        case (.object(let id, let offset), .pointer):
            return .pointer(Targets(base: tags.object(id), offset: IntegerValue(constant: Int128(offset))))
        case (.function(let id), .pointer):
            return .pointer(Targets(base: tags.function(id), offset: IntegerValue(constant: 0)))
        default: return nil
        }
    }

    /// Facts about every cell of the data that lies inside `bits`, for a copy.
    func facts(in bits: Range<Int>, _ tag: Tag, _ object: Object) -> [MemoryFact] {
        var result: [MemoryFact] = []
        for run in object.initializer {
            let whole = CellRange(
                first: Int(run.position), count: run.values.count, stride: Int(run.stride), width: run.type.storageBits)
            guard let range = whole.inside(bits) else { continue }
            let step = range.count == 1 ? 8 : range.stride
            let positions = PositionSet(lower: range.first, upper: range.last, step: step)
            result += facts(tag, object, positions, run.type) ?? []
        }
        return result
    }

    /// What the initial data says of a whole object, as the memory that a program starts with.
    func initialMemory(_ object: Object, distinct: Int) -> ObjectMemory {
        var memory = ObjectMemory()
        let size = Int(object.size) * 8
        guard size > 0 else { return memory }
        memory.initialised = [.init(bits: 0..<size)]
        if object.kind == .external { return memory }
        var occupied: [Range<Int>] = []
        for run in object.initializer {
            let range = CellRange(
                first: Int(run.position), count: run.values.count, stride: Int(run.stride), width: run.type.storageBits)
            occupied.append(range.extent)
            let pieces =
                range.count <= distinct
                ? (0..<range.count).map { CellRange(first: range.position($0), width: range.width) } : [range]
            for piece in pieces {
                let values = (0..<piece.count).map { piece.position($0) }.map { value(of: object, at: $0, run.type) }
                guard let first = values.first, var joined = first else { continue }
                var isKnown = true
                for value in values.dropFirst() {
                    guard let value, let next = joined.join(value) else { isKnown = false; break }
                    joined = next
                }
                if isKnown {
                    memory.cells.append(.init(range: piece, type: run.type, mayBeUninitialised: false, value: joined))
                }
            }
        }
        // What no run touches is zero.
        occupied.sort { $0.lowerBound < $1.lowerBound }
        var position = 0
        for range in occupied + [size..<size] {
            let from = (position + 7) / 8 * 8, to = range.lowerBound / 8 * 8
            if from < to { memory.fills.append(.init(bits: from..<to, byte: 0)) }
            position = max(position, range.upperBound)
        }
        return memory
    }
}

extension Array {
    /// The first index whose element satisfies a predicate that, once true, stays true.
    func partitioningIndex(where predicate: (Element) -> Bool) -> Int {
        var low = 0, high = count
        while low < high {
            let middle = (low + high) / 2
            if predicate(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
