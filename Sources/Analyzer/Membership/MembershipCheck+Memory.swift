// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import MemoryCells
import ProgramIR
import Reductions

// Facts about memory: FORMAT.md section 5.2.
extension MembershipCheck {
    /// Of a range of many cells so many are looked at, the first and the last among them.
    private var mostCells: Int { 1024 }

    /// What the one object with the place's tag holds there; nil: there is none alive, or the facts are not about it.
    func value(at place: Place) -> ConcreteValue? {
        guard let object = state.objects(of: place.tag).first else { return nil }
        switch place.kind {
        case .size: return scope.includes(place.tag) ? .integer(Int128(state.size(of: object))) : nil
        case .cell(let position, let type):
            guard scope.includes(place.tag, position..<(position + type.storageBits)) else { return nil }
            // A place's cell is initialised: where it is not, no value satisfies what is said of it.
            return state.cell(of: object, at: position, type) ?? .missing
        }
    }

    func requireMemory() {
        for key in known.memory.keys {
            guard let memory = known.memory[key] else { continue }
            let objects = state.objects(of: Tag(key))
            if scope.includes(Tag(key)) { requireLifetime(memory, Tag(key), objects) }
            for object in objects where memory.absent == nil {
                requireCells(memory, Tag(key), object)
                requireStretches(memory, Tag(key), object)
                if isDone { return }
            }
        }
        if known.heapIsKnown { requireNoOtherHeap() }
    }

    private func requireLifetime(_ memory: ObjectMemory, _ tag: Tag, _ objects: [State.Object]) {
        if memory.absent != nil, let object = objects.first {
            fail("\(state.name(of: object)) is \(text(tag)), the invariant says there is none")
        }
        if let object = objects.first {
            for condition in memory.absentIfNull where isNull(condition.name) {
                fail(
                    "\(state.name(of: object)) is \(text(tag)), the invariant says there is none where register "
                        + "\(condition.name) is null")
            }
        }
        guard let size = memory.size else { return }
        for object in objects where !size.contains(Int128(state.size(of: object))) {
            fail("\(state.name(of: object)) has \(state.size(of: object)) bytes, the invariant says \(size)")
        }
    }

    /// A heap tag that the state does not mention names nothing.
    private func requireNoOtherHeap() {
        for place in tags.dynamic.indices {
            let tag = tags.firstDynamic + Tag(place)
            guard tags.isHeap(tag), known.memory[Int(tag)] == nil, scope.includes(tag),
                let object = state.objects(of: tag).first
            else { continue }
            fail("\(state.name(of: object)) is \(text(tag)), the invariant says there is none")
        }
    }

    private func requireCells(_ memory: ObjectMemory, _ tag: Tag, _ object: State.Object) {
        for cell in memory.cells {
            let step = max(1, cell.range.count / mostCells)
            var index = 0
            while index < cell.range.count {
                let position = cell.range.position(index)
                let bits = position..<(position + cell.range.width)
                if scope.includes(tag, bits) { requireCell(cell, bits, object) }
                index = index == cell.range.count - 1 ? cell.range.count : min(index + step, cell.range.count - 1)
            }
        }
    }

    private func requireCell(_ cell: ObjectMemory.Cell, _ bits: Range<Int>, _ object: State.Object) {
        func place() -> String {
            "\(state.name(of: object)) at bit \(bits.lowerBound), \(cell.type),"
        }
        guard let value = state.cell(of: object, at: bits.lowerBound, cell.type) else {
            if cell.mayBeUninitialised { return }
            return fail("\(place()) is not initialised, the invariant says \(text(cell.value))")
        }
        require(cell.value, value, place)
    }

    private func requireStretches(_ memory: ObjectMemory, _ tag: Tag, _ object: State.Object) {
        for stretch in memory.initialised {
            for bits in scope.parts(of: stretch.bits, tag) where state.initialisation(of: bits, in: object) != .all {
                fail("bits \(bits) of \(state.name(of: object)) are not initialised, the invariant says they are")
            }
        }
        requireSegments(memory, tag, object)
        for stretch in memory.raws {
            for bits in scope.parts(of: stretch.bits, tag) where state.initialisation(of: bits, in: object) != .none {
                fail("bits \(bits) of \(state.name(of: object)) are initialised, the invariant says they are not")
            }
        }
        for fill in memory.fills {
            for bits in scope.parts(of: fill.bits, tag) {
                let bytes = (bits.lowerBound + 7) / 8..<max((bits.lowerBound + 7) / 8, bits.upperBound / 8)
                if state.initialisation(of: bits, in: object) != .all {
                    fail("bits \(bits) of \(state.name(of: object)) are not initialised, the invariant says they are")
                } else if let other = bytes.first(where: { state.byte(of: object, at: $0) != fill.byte }) {
                    fail(
                        "byte \(other) of \(state.name(of: object)) is \(state.byte(of: object, at: other)), "
                            + "the invariant says \(fill.byte)")
                }
            }
        }
    }

    private func requireSegments(_ memory: ObjectMemory, _ tag: Tag, _ object: State.Object) {
        for segment in memory.segments {
            guard let from = number(segment.from), let to = number(segment.to) else { continue }
            let inside = Int128(state.size(of: object))
            let first = max(0, min(from, inside))
            let bits = 8 * Int(first)..<8 * Int(max(first, min(to, inside)))
            for part in scope.parts(of: bits, tag)
            where !part.isEmpty && state.initialisation(of: part, in: object) != .all {
                fail("bits \(part) of \(state.name(of: object)) are not initialised, the invariant says they are")
            }
        }
    }

    private func isNull(_ name: Register) -> Bool {
        guard case .pointer(let pointer)? = register(name) else { return false }
        return pointer.tag == .null
    }

    /// The value of a form over registers and places; nil where the execution has none.
    private func number(_ form: LinearForm) -> Int128? {
        var sum = form.constant
        for term in form.terms {
            guard let value = register(term.symbol)?.number else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: term.coefficient)
            let (total, overflows) = sum.addingReportingOverflow(product)
            if overflow || overflows { return nil }
            sum = total
        }
        return sum
    }

    func text(_ place: Place) -> String {
        switch place.kind {
        case .size: "the size of \(text(place.tag))"
        case .cell(let position, let type): "\(text(place.tag)) at bit \(position), \(type),"
        }
    }
}
