// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import MemoryCells
import Numbers
import ProgramIR
import Reductions

// Loads: FORMAT.md section 6.4.
extension Executor {
    /// Where a case's value comes from.
    private struct Source {
        var atoms: [Atom]
        var isInitialised: Bool
        /// nil: any value of the type.
        var value: AbstractValue?
        var content: ObjectMemory.Content?
        var label: Int32 = LabelTable.empty
    }

    mutating func executeLoad(_ instruction: Instruction) {
        let type = instruction.type
        let pointer = pointerValue(instruction.a)
        let bytes = (Int(instruction.bit) + type.storageBits + 7) / 8
        let demand = AccessDemand(
            size: LinearForm(Int128(bytes)), immediate: instruction.immediate, alignment: Int(instruction.alignment),
            isScalar: true, bounds: .outOfBoundsRead, isNamed: instruction.a.kind == .object)
        let result = access(pointer, demand)
        var sources: [Source] = []
        for hit in result.cases {
            if let positions = positions(hit, immediate: instruction.immediate, bit: instruction.bit) {
                exposeCells(hit.tag, positions, type)
            }
            sources.append(source(hit, type, instruction, pointer, result.label))
        }
        let isInitialised = !result.isUnknown && sources.allSatisfy(\.isInitialised)
        if !result.isDead {
            decide(
                .uninitializedRead,
                isInitialised
                    ? .holds
                    : .mayFail(
                        result.isUnknown
                            ? "nothing is known of what is read" : "what is read may never have been given a value"))
        }
        var label = sources.reduce(result.label) { union($0, $1.label) }
        if !isInitialised { label = union(label, alarmLabel(.uninitializedRead)) }
        var atoms =
            [.byte(0x01)] + result.head + [.byte(isInitialised ? 1 : 0)] + result.tail + sources.flatMap(\.atoms)
        if result.hasNoCase {
            record(.step, atoms)
            values[instruction.result] = anyValue(type)
            return conclude(result)
        }
        let isVolatile = instruction.flags.contains(.volatile)
        let loaded: Value
        if !isVolatile, sources.count == 1, let content = sources[0].content {
            loaded = contentValue(content, type, atoms, label)
        } else {
            var known = isVolatile || result.isUnknown || sources.isEmpty ? nil : hull(sources)
            // What says no more than the type is not worth resting on its source.
            if let value = known, value.isImplied(by: type) { known = nil }
            if !isVolatile {
                atoms += known.map { [.byte(1), .predicate($0, type)] } ?? [.byte(0)]
            }
            loaded = freshValue(type, known, atoms, label)
        }
        values[instruction.result] = loaded
        defer { conclude(result) }
        if !isVolatile, result.cases.count == 1, tags.isSingle(result.cases[0].tag),
            let positions = positions(result.cases[0], immediate: instruction.immediate, bit: instruction.bit),
            positions.isSingle, !isUnmentioned(result.cases[0].tag)
        {
            let tag = Int(result.cases[0].tag)
            if memory[tag] == nil { memory[tag] = ObjectMemory() }
            memory.update(tag) {
                $0.contents.removeAll { $0.position == positions.lower && $0.type.sameCell(as: type) }
                $0.contents.append(.init(position: positions.lower, type: type, value: loaded, label: result.label))
            }
        }
    }

    private func hull(_ sources: [Source]) -> AbstractValue? {
        var result: AbstractValue?
        for (index, source) in sources.enumerated() {
            guard let value = source.value else { return nil }
            if index == 0 { result = value; continue }
            guard let joined = result?.join(value) else { return nil }
            result = joined
        }
        return result
    }

    private func source(
        _ hit: AccessCase, _ type: ScalarType, _ instruction: Instruction, _ pointer: SymbolicPointer, _ address: Int32
    ) -> Source {
        let width = type.storageBits
        var known = Source(atoms: [.byte(0)], isInitialised: false)
        if let positions = positions(hit, immediate: instruction.immediate, bit: instruction.bit) {
            // Of a volatile cell it only counts that it is initialised: reading a content in another sign would need a hint.
            let isVolatile = instruction.flags.contains(.volatile)
            known = source(hit.tag, positions, width, type, usesContents: !isVolatile)
            if known.isInitialised { return known }
        }
        let first = Int128(instruction.bit / 8), end = Int128((Int(instruction.bit) + width + 7) / 8)
        if memory[Int(hit.tag)]?.segments.isEmpty == false,
            let start = writtenSegment(pointer, immediate: instruction.immediate, size: LinearForm(end)),
            let from = start.from.adding(LinearForm(first)),
            let shown = showSegment(hit.tag, from: from, to: start.to)
        {
            // Cells that may lack a value say which one they have if not.
            let isCovered = known.value != nil && known.atoms.count > 1
            return Source(
                atoms: (isCovered ? [.byte(8)] + known.atoms.dropFirst() : [.byte(7)]) + shown.atoms,
                isInitialised: true, value: known.value,
                label: union(isCovered ? known.label : LabelTable.empty, union(shown.label, address)))
        }
        return known
    }

    /// The best the state knows of a cell of `type` at one of the positions.
    private func source(
        _ tag: Tag, _ positions: PositionSet, _ width: Int, _ type: ScalarType, usesContents: Bool
    ) -> Source {
        if let object = tags.object(of: tag), object.kind == .constant {
            if let facts = analysis.constants.facts(tag, object, positions, type) {
                let value = facts.reduce(nil as AbstractValue?) { known, fact in
                    guard case .cells(_, _, _, let value) = fact.content else { return known }
                    return known.map { $0.join(value) ?? .unknown(type) } ?? value
                }
                return Source(
                    atoms: [.byte(3), .unsigned(facts.count)] + facts.map(Atom.constant), isInitialised: true,
                    value: value)
            }
            return Source(atoms: [.byte(6)], isInitialised: true)
        }
        let object = memory[Int(tag)] ?? ObjectMemory()
        if usesContents, positions.isSingle, tags.isSingle(tag),
            let content = object.contents.first(where: { $0.position == positions.lower && $0.type.sameCell(as: type) })
        {
            return Source(
                atoms: [.byte(1)] + usePlace(content.place), isInitialised: true, value: nil, content: content,
                label: content.label)
        }
        if let cover = cover(object, positions, type) {
            let label = cover.reduce(LabelTable.empty) { union($0, memoryLabel($1.fact)) }
            var value = cover[0].value.said(of: cover[0].type, as: type)
            for cell in cover.dropFirst() {
                guard let known = value, let other = cell.value.said(of: cell.type, as: type) else {
                    value = nil; break
                }
                value = known.join(other) ?? .unknown(type)
            }
            return Source(
                atoms: [.byte(2), .unsigned(cover.count)] + cover.map { .memory($0.fact) },
                isInitialised: !cover.contains(where: \.mayBeUninitialised), value: value, label: label)
        }
        let extent = positions.extent(width: width)
        if let fill = object.fills.first(where: {
            $0.bits.lowerBound <= extent.lowerBound && extent.upperBound <= $0.bits.upperBound
        }),
            let pattern = AbstractValue.pattern(
                fill.byte, type, first: positions.lower, step: positions.isSingle ? 0 : positions.step)
        {
            return Source(
                atoms: [.byte(4), .memory(fill.fact)], isInitialised: true, value: pattern,
                label: memoryLabel(fill.fact))
        }
        if let evidence = evidence(tag, object, extent) {
            return Source(atoms: [.byte(5)] + evidence.atoms, isInitialised: true, label: evidence.label)
        }
        return Source(atoms: [.byte(0)], isInitialised: false)
    }

    /// Cells facts that together contain every position, in the order in which the positions meet them.
    private func cover(_ object: ObjectMemory, _ positions: PositionSet, _ type: ScalarType) -> [ObjectMemory.Cell]? {
        var result: [ObjectMemory.Cell] = []
        var position = positions.lower
        while position <= positions.upper {
            guard
                let cell = object.cells.first(where: {
                    $0.type.sameCell(as: type) && $0.range.index(at: position) != nil
                })
            else { return nil }
            result.append(cell)
            if result.count > 64 { return nil }
            if positions.isSingle { return result }
            if cell.range.count > 1, positions.step % cell.range.stride == 0 {
                position += ((cell.range.last - position) / positions.step + 1) * positions.step
            } else {
                position += positions.step
            }
        }
        return result.isEmpty ? nil : result
    }

    /// The content of a cell, read as `type`.
    private mutating func contentValue(
        _ content: ObjectMemory.Content, _ type: ScalarType, _ atoms: [Atom], _ label: Int32
    ) -> Value {
        switch (content.value, type) {
        case (.integer(let form), .integer(let type)):
            var isSame = false
            if case .integer(let stored) = content.type { isSame = stored.isSigned == type.isSigned }
            if !isSame {
                let value = wrapped(form, type, atoms)
                return .integer(label == LabelTable.empty ? value : equalUnder(label, value))
            }
            record(.step, atoms)
            if label == LabelTable.empty { return .integer(form) }
            return .integer(equalUnder(label, form))
        case (.pointer(let pointer), .pointer):
            record(.step, atoms)
            if label == LabelTable.empty { return content.value }
            let sources = targetSources(pointer)
            let known = sources.reduce(label) { union($0, recorder?.label(of: $1) ?? LabelTable.empty) }
            let copied = copiedTargets(pointer)
            let symbol = freshBase()
            if let copied { makeTargets(copied, of: symbol, label: known, sources: sources, condition: sources.first) }
            return .pointer(SymbolicPointer(base: .symbol(symbol), offset: LinearForm(symbol: base(symbol).offset)))
        case (.float(let operand), .float(let format)):
            record(.step, atoms)
            if label == LabelTable.empty { return content.value }
            let symbol = freshFloat(format)
            let range = range(of: operand)
            let sources = [floatFact(operand)].compactMap { $0 }
            let known = sources.reduce(label) { union($0, recorder?.label(of: $1) ?? LabelTable.empty) }
            if !range.isTop { setFloatRange(range, of: symbol, label: known, sources: sources) }
            return .float(.symbol(symbol))
        default:
            return freshValue(type, nil, atoms + [.byte(0)], label)
        }
    }

    /// The targets that a pointer read back under a label has, as the checker computes them.
    private func copiedTargets(_ pointer: SymbolicPointer) -> Targets? {
        switch pointer.base {
        case .tag(let tag):
            guard tags.isObject(tag) else {
                if case .function = tags.info(tag).kind, pointer.offset != LinearForm(0) { return nil }
                return Targets(base: tag, offset: IntegerValue(constant: 0))
            }
            return Targets(
                base: tag, offset: pointer.offset.isConstant ? IntegerValue(constant: pointer.offset.constant) : .top)
        case .symbol(let symbol):
            guard let targets = base(symbol).targets, !targets.isAny else { return nil }
            if pointer.offset.singleSymbol == base(symbol).offset { return targets }
            let terms = pointer.offset.terms
            let isShifted = terms.count == 1 && terms[0].coefficient == 1 && terms[0].symbol == base(symbol).offset
            var result = Targets.bottom
            for entry in targets.entries {
                if case .function = tags.info(entry.base).kind { return nil }
                let offset: IntegerValue =
                    !tags.isObject(entry.base)
                    ? IntegerValue(constant: 0)
                    : isShifted ? entry.offset.adding(IntegerValue(constant: pointer.offset.constant)) : .top
                result = result.join(Targets(base: entry.base, offset: offset))
            }
            return result
        }
    }

    private func targetSources(_ pointer: SymbolicPointer) -> [FactReference] {
        if case .symbol(let symbol) = pointer.base, base(symbol).fact >= 0 { return [.targets(base(symbol).fact)] }
        return []
    }

    /// A fresh symbol that equals `form` as far as the label holds.
    mutating func equalUnder(_ label: Int32, _ form: LinearForm) -> LinearForm {
        let number = freshInteger()
        let symbol = LinearForm(symbol: number)
        guard form.isNegatable else { return symbol }
        var facts: [Int32] = []
        for difference in [symbol.subtracting(form), form.subtracting(symbol)] {
            guard let difference else { continue }
            let fact = newLinear(label)
            record(.automatic, [], produces: [.linear(fact)])
            learn(difference, fact: fact)
            facts.append(fact)
        }
        let congruence = newCongruence(label)
        record(.automatic, [], produces: [.congruence(congruence)])
        if facts.count == 2 {
            integers[placeOfInteger(number)].equality = Equality(
                form: form, above: facts[0], below: facts[1], congruence: congruence)
        }
        return symbol
    }

    /// A fresh value of the type that satisfies `known`.
    private mutating func freshValue(
        _ type: ScalarType, _ known: AbstractValue?, _ atoms: [Atom], _ label: Int32
    ) -> Value {
        record(.step, atoms)
        switch type {
        case .integer(let type):
            let symbol = LinearForm(symbol: freshInteger())
            let range = IntegerValue.machine(width: Int(type.bits), signed: type.isSigned)
            var value = range, valueLabel = LabelTable.empty
            if case .integer(let known)? = known {
                value = known.meet(range)
                valueLabel = label
            }
            if let upper = value.upper.finite { guardUpper(symbol, upper, label: valueLabel) }
            if let lower = value.lower.finite { guardLower(symbol, lower, label: valueLabel) }
            if value.stride > 1 { addCongruence(symbol, value, label: valueLabel) }
            return .integer(symbol)
        case .pointer:
            let symbol = freshBase()
            if case .pointer(let targets)? = known, !targets.isAny {
                makeTargets(targets, of: symbol, label: label, sources: [])
            }
            return .pointer(SymbolicPointer(base: .symbol(symbol), offset: LinearForm(symbol: base(symbol).offset)))
        case .float(let format):
            let symbol = freshFloat(format)
            if case .float(let range)? = known, !range.isTop {
                setFloatRange(range, of: symbol, label: label, sources: [])
            }
            return .float(.symbol(symbol))
        }
    }

    mutating func addCongruence(_ form: LinearForm, _ value: IntegerValue, label: Int32) {
        guard let symbol = form.singleSymbol else { return }
        let fact = newCongruence(label)
        record(.automatic, [], produces: [.congruence(fact)])
        let place = placeOfInteger(symbol)
        integers[place].modulus = Int128(value.stride)
        integers[place].remainder = Int128(value.offset)
        integers[place].congruenceFact = fact
    }

    /// Targets that a step gives a fresh base symbol.
    mutating func makeTargets(
        _ targets: Targets, of symbol: Int32, label: Int32, sources: [FactReference], condition: FactReference? = nil
    ) {
        let fact = newTargets(label)
        record(.automatic, [], produces: [.targets(fact)], condition: condition, sources: sources)
        setTargets(targets, of: symbol, fact: fact)
    }
}
