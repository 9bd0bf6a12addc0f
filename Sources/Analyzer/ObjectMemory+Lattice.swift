// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices
import MemoryCells
import ProgramIR
import Reductions

// What two paths know in common of an object's memory. Contents are gone by then: they became cells.
extension ObjectMemory {
    /// What the cells of `range` hold, if each is known; the second part says whether some may be uninitialised.
    private func summary(of range: CellRange, _ type: ScalarType) -> (value: AbstractValue?, mayBeUninitialised: Bool)?
    {
        var value: AbstractValue?
        var isRaw = false
        var index = 0
        while index < range.count {
            let position = range.position(index)
            let end = position + range.width
            var found: AbstractValue?
            if let cell = cells.first(where: { $0.range.index(at: position) != nil && $0.type.sameCell(as: type) }) {
                found = cell.value.said(of: cell.type, as: type)
                isRaw = isRaw || cell.mayBeUninitialised
                index += 1
                while index < range.count, cell.range.index(at: range.position(index)) != nil { index += 1 }
            } else if let fill = fills.first(where: { $0.bits.lowerBound <= position && end <= $0.bits.upperBound }) {
                guard let pattern = AbstractValue.pattern(fill.byte, type, first: position, step: range.stride) else {
                    return nil
                }
                found = pattern
                index += 1
                while index < range.count, range.position(index) + range.width <= fill.bits.upperBound { index += 1 }
            } else if let raw = raws.first(where: { $0.bits.lowerBound <= position && end <= $0.bits.upperBound }) {
                isRaw = true
                index += 1
                while index < range.count, range.position(index) + range.width <= raw.bits.upperBound { index += 1 }
                continue
            } else {
                return nil
            }
            guard let found else { return nil }
            if let known = value {
                guard let joined = known.join(found) else { return nil }
                value = joined
            } else {
                value = found
            }
        }
        return (value, isRaw)
    }

    /// Bits that are certainly initialised, as disjoint ascending ranges.
    private var coverage: [Range<Int>] {
        var ranges = initialised.map(\.bits) + fills.map(\.bits)
        for cell in cells where !cell.mayBeUninitialised {
            if cell.range.isDense {
                ranges.append(cell.range.extent)
            } else if cell.range.count <= 64 {
                for index in 0..<cell.range.count {
                    let position = cell.range.position(index)
                    ranges.append(position..<(position + cell.range.width))
                }
            }
        }
        return ranges.filter { !$0.isEmpty }.united
    }

    private static func intersection(_ left: [Range<Int>], _ right: [Range<Int>]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var i = 0, j = 0
        while i < left.count, j < right.count {
            let common = left[i].clamped(to: right[j])
            if !common.isEmpty { result.append(common) }
            if left[i].upperBound < right[j].upperBound { i += 1 } else { j += 1 }
        }
        return result
    }

    /// It says that there is no such object, and nothing of what it is like.
    var isBareAbsence: Bool {
        var rest = self
        rest.absent = nil
        return absent != nil && rest.isEmpty
    }

    func join(_ other: ObjectMemory) -> ObjectMemory { combine(other) { $0.join($1) } }

    func widening(next: ObjectMemory, thresholds: Thresholds) -> ObjectMemory {
        combine(next) { left, right in
            guard let joined = left.join(right) else { return nil }
            return left.widening(next: joined, thresholds: thresholds)
        }
    }

    /// True if both share all their storage: nothing has changed since one was copied from the other.
    func isIdentical(to other: ObjectMemory) -> Bool {
        func same<Element>(_ left: [Element], _ right: [Element]) -> Bool {
            left.count == right.count
                && left.withUnsafeBufferPointer { mine in
                    right.withUnsafeBufferPointer { mine.isEmpty || mine.baseAddress == $0.baseAddress }
                }
        }
        return same(cells, other.cells) && same(contents, other.contents) && same(initialised, other.initialised)
            && same(segments, other.segments)
            && same(fills, other.fills) && same(raws, other.raws) && alive == other.alive && size == other.size
            && absent == other.absent && same(absentIfNull, other.absentIfNull)
    }

    private func combine(_ other: ObjectMemory, _ values: (AbstractValue, AbstractValue) -> AbstractValue?)
        -> ObjectMemory
    {
        if isIdentical(to: other) { return self }
        // Where there is no such object, everything holds of all of them.
        if absent != nil, other.absent == nil { return other }
        if other.absent != nil { return isBareAbsence ? other : self }
        var result = ObjectMemory()
        func add(_ cell: Cell, at place: Int, from object: ObjectMemory, swapped: Bool) {
            guard let summary = object.exact(cell, at: place) ?? object.summary(of: cell.range, cell.type) else {
                return
            }
            var merged = cell
            merged.fact = -1
            merged.mayBeUninitialised = cell.mayBeUninitialised || summary.mayBeUninitialised
            if let value = summary.value {
                guard let joined = swapped ? values(value, cell.value) : values(cell.value, value) else { return }
                merged.value = joined
            }
            result.cells.append(merged)
        }
        for (place, cell) in cells.enumerated() { add(cell, at: place, from: other, swapped: false) }
        for (place, cell) in other.cells.enumerated() {
            if exact(cell, at: place) != nil || result.cells.contains(where: { $0.range == cell.range }) { continue }
            let isCovered = result.cells.contains { $0.range.overlapsCells(of: cell.range) }
            if !isCovered { add(cell, at: place, from: self, swapped: true) }
        }
        let common = Self.intersection(coverage, other.coverage)
        result.initialised = common.map { Stretch(bits: $0) }
        for fill in fills {
            for match in other.fills where match.byte == fill.byte {
                let bits = fill.bits.clamped(to: match.bits)
                if !bits.isEmpty { result.fills.append(Fill(bits: bits, byte: fill.byte)) }
            }
        }
        for raw in raws {
            for match in other.raws {
                let bits = raw.bits.clamped(to: match.bits)
                if !bits.isEmpty { result.raws.append(Stretch(bits: bits)) }
            }
        }
        if alive != nil, other.alive != nil { result.alive = -1 }
        if let size, let otherSize = other.size { result.size = size.join(otherSize) }
        result.normalise()
        return result
    }

    /// What the cell at this place of the list says, if it is the same cell: lists of one object mostly agree.
    private func exact(_ cell: Cell, at place: Int) -> (value: AbstractValue?, mayBeUninitialised: Bool)? {
        guard place < cells.count, cells[place].range == cell.range, cells[place].type == cell.type else { return nil }
        return (cells[place].value, cells[place].mayBeUninitialised)
    }

    /// Everything that `other` says holds here too.
    func isSubset(of other: ObjectMemory) -> Bool {
        if isIdentical(to: other) { return true }
        if absent != nil { return true }
        if other.absent != nil { return false }
        if other.alive != nil, alive == nil { return false }
        if let wanted = other.size {
            guard let size, size.isSubset(of: wanted) else { return false }
        }
        for (place, cell) in other.cells.enumerated() {
            guard let summary = exact(cell, at: place) ?? summary(of: cell.range, cell.type),
                cell.mayBeUninitialised || !summary.mayBeUninitialised
            else { return false }
            if let value = summary.value, !value.isSubset(of: cell.value) { return false }
        }
        for fill in other.fills {
            guard
                fills.contains(where: {
                    $0.byte == fill.byte && $0.bits.lowerBound <= fill.bits.lowerBound
                        && fill.bits.upperBound <= $0.bits.upperBound
                })
            else { return false }
        }
        for raw in other.raws {
            guard
                raws.contains(where: {
                    $0.bits.lowerBound <= raw.bits.lowerBound && raw.bits.upperBound <= $0.bits.upperBound
                })
            else { return false }
        }
        let known = coverage
        return other.initialised.allSatisfy { stretch in
            known.contains { $0.lowerBound <= stretch.bits.lowerBound && stretch.bits.upperBound <= $0.upperBound }
        }
    }

    /// Puts neighbouring cells of long arrays together, and drops what cells already say.
    mutating func normalise() {
        cells.sort { ($0.range.first, $0.range.width) < ($1.range.first, $1.range.width) }
        var merged: [Cell] = []
        for cell in cells {
            if let last = merged.last, let range = last.range.joined(with: cell.range), last.type == cell.type,
                last.range.count > 1 || cell.range.count > 1, let value = last.value.join(cell.value)
            {
                merged[merged.count - 1].range = range
                merged[merged.count - 1].value = value
                merged[merged.count - 1].mayBeUninitialised = last.mayBeUninitialised || cell.mayBeUninitialised
            } else {
                merged.append(cell)
            }
        }
        cells = merged
    }
}

extension CellRange {
    /// True if a cell of one shares a bit with a cell of the other.
    func overlapsCells(of other: CellRange) -> Bool {
        guard extent.overlaps(other.extent) else { return false }
        if count == 1 { return other.overlaps(extent) }
        if other.count == 1 { return overlaps(other.extent) }
        if stride == other.stride {
            let distance = (((other.first - first) % stride) + stride) % stride
            return distance < width || distance + other.width > stride
        }
        return true
    }

    /// This range and the next, if together they are one.
    func joined(with next: CellRange) -> CellRange? {
        guard width == next.width else { return nil }
        let step = count > 1 ? stride : next.count > 1 ? next.stride : width
        guard next.first == last + step, next.count == 1 || next.stride == step else { return nil }
        return CellRange(first: first, count: count + next.count, stride: step, width: width)
    }
}
