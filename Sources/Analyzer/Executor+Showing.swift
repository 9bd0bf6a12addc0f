// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Intervals
import MemoryCells
import Numbers
import ProgramIR
import Reductions

/// Script bytes that show a fact, and what it then rests on.
struct Shown {
    var atoms: [Atom] = []
    var label: Int32 = LabelTable.empty
}

// Showing that the state satisfies a fact: FORMAT.md section 6.6, "Fact hints".
extension Executor {
    /// The value satisfies the predicate.
    func show(_ value: Value, _ predicate: AbstractValue) -> Shown? {
        switch (value, predicate) {
        case (.integer(let form), .integer(let wanted)): return show(form, wanted)
        case (.pointer(let pointer), .pointer(let wanted)): return wanted.isAny ? Shown() : show(pointer, wanted)
        case (.float(let operand), .float(let wanted)): return wanted.isTop ? Shown() : show(operand, wanted)
        default: return nil
        }
    }

    private func show(_ form: LinearForm, _ wanted: IntegerValue) -> Shown? {
        var result = Shown()
        if wanted.upper.isFinite {
            guard let bound = upper(form, atMost: wanted.upper) else { return nil }
            result.add(bound.derivation, self)
        }
        if wanted.lower.isFinite {
            guard let bound = lower(form, atLeast: wanted.lower) else { return nil }
            result.add(bound.derivation, self)
        }
        if wanted.stride > 1 {
            guard let congruence = congruence(of: form, modulo: Int128(wanted.stride)),
                congruence.remainder == Int128(wanted.offset)
            else { return nil }
            result.add(congruence, self)
        }
        return result
    }

    /// Flags say which bounds of an entry are demanded.
    private func show(_ pointer: SymbolicPointer, _ wanted: Targets) -> Shown? {
        switch pointer.base {
        case .tag(let tag):
            guard wanted.mayPoint(into: tag) else { return nil }
            if !tags.isObject(tag) { return Shown(atoms: [.byte(0)]) }
            if pointer.offset.isConstant {
                return wanted.offset(in: tag).contains(pointer.offset.constant) ? Shown(atoms: [.byte(0)]) : nil
            }
            guard let shown = show(pointer.offset, wanted.offset(in: tag)) else { return nil }
            return Shown(atoms: [.byte(1)] + shown.atoms, label: shown.label)
        case .symbol(let symbol):
            let known = base(symbol)
            guard let targets = known.targets else { return nil }
            let own = recorder?.label(of: .targets(known.fact)) ?? LabelTable.empty
            if pointer.offset.singleSymbol == known.offset, targets.isSubsetForCertificate(of: wanted, tags) {
                return Shown(atoms: useTargets(of: pointer) + [.byte(0)], label: own)
            }
            var result = Shown(atoms: useTargets(of: pointer) + [.byte(1)], label: own)
            var path = self
            var isShown = true
            targets.forEachEntry { entry in
                guard isShown else { return }
                guard wanted.mayPoint(into: entry.base) else { isShown = false; return }
                if !tags.isObject(entry.base) { return }
                let outcome = path.inCase(pointer, entry.offset) { path, facts -> Shown? in
                    guard var shown = path.show(pointer.offset, wanted.offset(in: entry.base)) else { return nil }
                    shown.atoms = [.beginCase(facts)] + shown.atoms + [.endCase]
                    return shown
                }
                guard let outcome else { isShown = false; return }
                result.atoms += outcome.atoms
                result.label = union(result.label, outcome.label)
            }
            return isShown ? result : nil
        }
    }

    private func show(_ operand: FloatOperand, _ wanted: FloatInterval) -> Shown? {
        guard range(of: operand).isSubset(of: wanted) else { return nil }
        guard let fact = floatFact(operand) else { return Shown(atoms: [.byte(0)]) }
        return Shown(atoms: [.uses(fact), .byte(0)], label: recorder?.label(of: fact) ?? LabelTable.empty)
    }

    /// Memory satisfies the fact.
    func show(_ fact: MemoryFact) -> Shown? {
        let object = memory[Int(fact.tag)] ?? ObjectMemory()
        switch fact.content {
        case .cells(let range, let type, let mayBeUninitialised, let predicate):
            return showCells(fact.tag, object, range, type, mayBeUninitialised, predicate)
        case .initialised(let bits):
            guard let evidence = evidence(fact.tag, object, bits) else { return nil }
            return Shown(atoms: [.byte(0)] + evidence.atoms, label: evidence.label)
        case .segment(let from, let to):
            guard let shown = showSegment(fact.tag, from: from, to: to) else { return nil }
            return Shown(atoms: [.byte(0)] + shown.atoms, label: shown.label)
        case .bytes(let bits, let byte):
            return object.fills.first {
                $0.byte == byte && $0.bits.lowerBound <= bits.lowerBound && bits.upperBound <= $0.bits.upperBound
            }.map { single($0.fact) }
        case .raw(let bits):
            return object.raws.first {
                $0.bits.lowerBound <= bits.lowerBound && bits.upperBound <= $0.bits.upperBound
            }.map { single($0.fact) }
        case .alive: return object.alive.map(single)
        case .size(let wanted):
            guard let size = object.size, size.isSubset(of: wanted) else { return nil }
            return single(object.sizeFact)
        case .absent: return absentFact(fact.tag).map(single)
        // Its register has no value here.
        case .absentIfNull: return nil
        }
    }

    private func single(_ fact: Int32) -> Shown {
        Shown(atoms: [.byte(0), .memory(fact)], label: memoryLabel(fact))
    }

    private func showCells(
        _ tag: Tag, _ object: ObjectMemory, _ range: CellRange, _ type: ScalarType, _ mayBeUninitialised: Bool,
        _ predicate: AbstractValue
    ) -> Shown? {
        var sources: [[Atom]] = []
        var label = LabelTable.empty
        var index = 0
        while index < range.count {
            let position = range.position(index)
            let bits = position..<(position + range.width)
            if let content = object.contents.first(where: { $0.position == position && $0.type.sameCell(as: type) }) {
                guard let wanted = predicate.said(of: type, as: content.type), let shown = show(content.value, wanted)
                else { return nil }
                sources.append([.byte(1)] + usePlace(content.place) + shown.atoms)
                label = union(label, union(shown.label, content.label))
                index += 1
            } else if let cell = object.cells.first(where: {
                $0.range.index(at: position) != nil && $0.type.sameCell(as: type)
                    && (mayBeUninitialised || !$0.mayBeUninitialised)
                    && ($0.value.said(of: $0.type, as: type)?.isSubset(of: predicate) ?? false)
            }) {
                sources.append([.byte(0), .memory(cell.fact)])
                label = union(label, memoryLabel(cell.fact))
                index += 1
                while index < range.count, cell.range.index(at: range.position(index)) != nil { index += 1 }
            } else if let fill = object.fills.first(where: {
                $0.bits.lowerBound <= bits.lowerBound && bits.upperBound <= $0.bits.upperBound
            }) {
                guard let pattern = AbstractValue.pattern(fill.byte, type, first: position, step: range.stride),
                    pattern.isSubset(of: predicate)
                else {
                    return nil
                }
                sources.append([.byte(2), .memory(fill.fact)])
                label = union(label, memoryLabel(fill.fact))
                index += 1
                while index < range.count, range.position(index) + range.width <= fill.bits.upperBound { index += 1 }
            } else if mayBeUninitialised,
                let raw = object.raws.first(where: {
                    $0.bits.lowerBound <= bits.lowerBound && bits.upperBound <= $0.bits.upperBound
                })
            {
                sources.append([.byte(3), .memory(raw.fact)])
                label = union(label, memoryLabel(raw.fact))
                index += 1
                while index < range.count, range.position(index) + range.width <= raw.bits.upperBound { index += 1 }
            } else {
                return nil
            }
        }
        return Shown(atoms: [.byte(0), .unsigned(sources.count)] + sources.flatMap { $0 }, label: label)
    }

    /// Why all bits of the range are initialised: facts and contents that contain them one behind the other, or that the
    /// object is a constant one.
    func evidence(_ tag: Tag, _ object: ObjectMemory, _ bits: Range<Int>) -> Shown? {
        if let constant = tags.object(of: tag), constant.kind == .constant, !bits.isEmpty {
            let isInside = bits.lowerBound >= 0 && bits.upperBound <= 8 * Int(constant.size)
            return isInside ? Shown(atoms: [.unsigned(1), .byte(2)]) : nil
        }
        var items: [[Atom]] = []
        var label = LabelTable.empty
        var position = bits.lowerBound
        search: while position < bits.upperBound {
            for stretch in object.initialised where stretch.bits.contains(position) {
                items.append([.byte(0), .memory(stretch.fact)])
                label = union(label, memoryLabel(stretch.fact))
                position = stretch.bits.upperBound
                continue search
            }
            for fill in object.fills where fill.bits.contains(position) {
                items.append([.byte(0), .memory(fill.fact)])
                label = union(label, memoryLabel(fill.fact))
                position = fill.bits.upperBound
                continue search
            }
            for content in object.contents where content.bits.contains(position) {
                items.append(
                    [.byte(1), .signed(Int128(content.position)), .type(content.type)] + usePlace(content.place))
                label = union(label, content.label)
                position = content.bits.upperBound
                continue search
            }
            for cell in object.cells where !cell.mayBeUninitialised && cell.range.extent.contains(position) {
                if cell.range.isDense {
                    position = cell.range.extent.upperBound
                } else {
                    let index = (position - cell.range.first) / cell.range.stride
                    let end = cell.range.position(index) + cell.range.width
                    if position >= end { continue }
                    position = end
                }
                items.append([.byte(0), .memory(cell.fact)])
                label = union(label, memoryLabel(cell.fact))
                continue search
            }
            return nil
        }
        return Shown(atoms: [.unsigned(items.count)] + items.flatMap { $0 }, label: label)
    }

    /// What is known of a value, without its symbols.
    func abstraction(of value: Value, _ type: ScalarType) -> AbstractValue {
        switch value {
        case .integer(let form): return .integer(range(of: form))
        case .float(let operand): return .float(range(of: operand))
        case .pointer(let pointer):
            switch pointer.base {
            case .tag(let tag):
                return .pointer(
                    Targets(
                        base: tag, offset: tags.isObject(tag) ? range(of: pointer.offset) : IntegerValue(constant: 0)))
            case .symbol(let symbol):
                let known = base(symbol)
                guard let targets = known.targets else { return .pointer(.top) }
                if pointer.offset.singleSymbol == known.offset, targets.count > 1 { return .pointer(targets) }
                var result = Targets.bottom
                var path = self
                targets.forEachEntry { entry in
                    let offset =
                        tags.isObject(entry.base)
                        ? path.inCase(pointer, entry.offset) { path, _ in path.range(of: pointer.offset) }
                        : IntegerValue(constant: 0)
                    result = result.join(Targets(base: entry.base, offset: offset))
                }
                return .pointer(result)
            }
        }
    }
}

extension Shown {
    mutating func add(_ derivation: Derivation, _ executor: Executor) {
        atoms.append(.derivation(derivation))
        label = executor.union(label, executor.label(of: derivation))
    }

    mutating func add(_ derivation: CongruenceDerivation, _ executor: Executor) {
        atoms.append(.congruencePremises(derivation))
        label = executor.union(label, executor.recorder?.label(of: derivation) ?? LabelTable.empty)
    }
}

extension ScalarType {
    /// True if both name the same cell at one position: width and class agree.
    func sameCell(as other: ScalarType) -> Bool {
        switch (self, other) {
        case (.integer(let left), .integer(let right)): left.bits == right.bits
        case (.pointer, .pointer): true
        case (.float(let left), .float(let right)): left.storageBits == right.storageBits
        default: false
        }
    }
}

extension AbstractValue {
    /// What is said of a cell of type `from`, said of it as `to`, a type of the same width and class; nil if the values may
    /// differ: those of a signed and an unsigned type agree where they lie in both.
    func said(of from: ScalarType, as to: ScalarType) -> AbstractValue? {
        guard case .integer(let value) = self, case .integer(let own) = from, case .integer(let other) = to,
            own.isSigned != other.isSigned
        else { return self }
        let full = value.meet(.machine(width: Int(own.bits), signed: own.isSigned))
        return full.isSubset(of: .machine(width: Int(other.bits), signed: other.isSigned)) ? .integer(full) : nil
    }

    /// The value of cells at these positions in a range all of whose bytes are `byte`; nil if nothing is known of it. A cell
    /// that begins inside a byte has other bits, unless all bits are the same.
    static func pattern(_ byte: UInt8, _ type: ScalarType, first: Int, step: Int) -> AbstractValue? {
        guard byte == 0 || byte == 255 || (first % 8 == 0 && step % 8 == 0) else { return nil }
        switch type {
        case .integer(let type):
            guard type.bits <= 64 else { return byte == 0 ? .integer(IntegerValue(constant: 0)) : nil }
            if byte == 0 { return .integer(IntegerValue(constant: 0)) }
            guard type.bits % 8 == 0 else { return nil }
            var value: Int128 = 0
            for _ in 0..<(type.bits / 8) { value = value << 8 | Int128(byte) }
            return .integer(IntegerValue(constant: value).wrapped(width: Int(type.bits), signed: type.isSigned))
        case .pointer: return byte == 0 ? .pointer(Targets(base: .null, offset: IntegerValue(constant: 0))) : nil
        case .float(let format):
            return byte == 0 && format != .extended80 ? .float(FloatInterval(constant: 0, format: format.domain)) : nil
        }
    }
}

extension Targets {
    /// Inclusion as the checker decides it: entry by entry, with the congruences compared as they are written.
    func isSubsetForCertificate(of other: Targets, _ tags: TagTable) -> Bool { isSubset(of: other) }
}
