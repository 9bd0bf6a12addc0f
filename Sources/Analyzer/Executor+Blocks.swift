// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import MemoryCells
import Numbers
import ProgramIR
import Reductions

// Operations on ranges of bytes: copy, fill, scramble, probe (FORMAT.md section 6.4).
extension Executor {
    private func demand(_ instruction: Instruction, _ operand: Operand, _ bounds: ObligationKind, writes: Bool)
        -> AccessDemand
    {
        AccessDemand(
            size: integerValue(instruction.c), bounds: bounds, isWrite: writes, isNamed: operand.kind == .object)
    }

    /// Bits that an operation on at most `size` bytes (nil: any number) may touch in a case.
    private func extent(_ hit: AccessCase, _ size: Int128?) -> Range<Int> {
        touchedBits(hit, shift: 0, width: size.flatMap { $0 < 1 << 100 ? 8 * max($0, 0) : nil })
    }

    /// The one range that an operation certainly touches; nil if there are several possibilities.
    private func exact(_ result: AccessResult, _ instruction: Instruction) -> (tag: Tag, bits: Range<Int>)? {
        guard result.cases.count == 1, let size = result.size, size == result.leastSize, let bytes = Int(exactly: size),
            bytes >= 0, bytes < 1 << 50,
            let positions = positions(result.cases[0], immediate: 0, bit: 0), positions.isSingle
        else { return nil }
        return (result.cases[0].tag, positions.lower..<(positions.lower + 8 * bytes))
    }

    private mutating func unknownWrite(_ result: AccessResult, _ atoms: [Atom], initialises: Bool) {
        if initialises { keepAllInitialised() }
        record(.step, atoms, effects: [.forgetContents(initialised: !initialises)])
        clone.effects.everything = true
        clone.effects.label = union(clone.effects.label, result.label)
        forgetContents()
        if !initialises { for key in memory.keys { memory.update(key) { ($0.initialised, $0.segments) = ([], []) } } }
    }

    // fill and scramble

    mutating func executeFill(_ instruction: Instruction) {
        let isFill = instruction.opcode == .fill
        let result = access(
            pointerValue(instruction.a), demand(instruction, instruction.a, .outOfBoundsWrite, writes: true))
        if result.isDead {
            record(.step, [.byte(0x01)] + result.atoms)
            return conclude(result)
        }
        if result.isUnknown { return unknownWrite(result, [.byte(0x01)] + result.atoms, initialises: true) }
        for hit in result.cases { noteWrite(hit.tag, extent(hit, result.size), result.label) }
        let byte = isFill ? integerValue(instruction.b) : LinearForm(symbol: 0)
        if let exact = exact(result, instruction), tags.isSingle(exact.tag) {
            keepInitialised(exact.tag, exact.bits, isExact: true)
            let pieces = cut(exact.tag, exact.bits, initialised: false)
            let initialised = newMemory(MemoryFact(tag: exact.tag, content: .initialised(exact.bits)), LabelTable.empty)
            var produces: [FactReference] = [.memory(initialised)]
            var fill: ObjectMemory.Fill?
            if isFill, byte.isConstant, !exact.bits.isEmpty {
                let value = UInt8(truncatingIfNeeded: byte.constant)
                let fact = newMemory(MemoryFact(tag: exact.tag, content: .bytes(exact.bits, value)), LabelTable.empty)
                produces.append(.memory(fact))
                fill = .init(bits: exact.bits, byte: value, fact: fact)
            }
            record(
                .step, [.byte(0x01)] + result.atoms, produces: exact.bits.isEmpty ? [] : produces,
                effects: [
                    .pieces(pieces),
                    .write(tag: exact.tag, bits: exact.bits, strong: true, initialised: false, kept: []),
                ])
            if !exact.bits.isEmpty {
                memory.update(Int(exact.tag)) { object in
                    object.initialised.append(.init(bits: exact.bits, fact: initialised))
                    if let fill { object.fills.append(fill) }
                }
            }
            relabel(result.label)
            return conclude(result)
        }
        // Weak: cells facts stay if any written byte pattern satisfies them.
        var kept: [KeptCells] = []
        for hit in result.cases {
            guard let object = memory[Int(hit.tag)] else { continue }
            let bits = extent(hit, result.size)
            for cell in object.cells where cell.range.overlaps(bits) {
                let written: AbstractValue? =
                    isFill
                    ? (byte.isConstant
                        ? AbstractValue.pattern(
                            UInt8(truncatingIfNeeded: byte.constant), cell.type, first: cell.range.first,
                            step: cell.range.stride) : nil)
                    : .top(cell.type)
                let isWhole =
                    exact(result, instruction).map {
                        $0.bits.lowerBound <= cell.range.extent.lowerBound
                            && cell.range.extent.upperBound <= $0.bits.upperBound
                    } ?? false
                let isBytes = cell.type.storageBits == 8 && cell.range.first % 8 == 0 && cell.range.stride % 8 == 0
                guard let written, !cell.type.isPointer || isFill, isWhole || isBytes, written.isSubset(of: cell.value)
                else { continue }
                kept.append(KeptCells(fact: cell.fact, atoms: [], label: LabelTable.empty))
                keptInAnalysis.append((hit.tag, cell.range))
            }
        }
        for hit in result.cases { keepInitialised(hit.tag, extent(hit, result.size)) }
        finishWeakWrite(
            result.cases.map { ($0.tag, extent($0, result.size)) }, kept, result, [],
            makes: .init(
                bytes: writtenSegment(
                    pointerValue(instruction.a), immediate: 0, size: integerValue(instruction.c)), label: result.label))
    }

    // probe

    mutating func executeProbe(_ instruction: Instruction) {
        let result = access(
            pointerValue(instruction.a), demand(instruction, instruction.a, .outOfBoundsRead, writes: false))
        var atoms: [Atom] = []
        var isInitialised = !result.isUnknown
        for hit in result.cases {
            guard let evidence = extentEvidence(hit, result, pointerValue(instruction.a), integerValue(instruction.c))
            else {
                isInitialised = false
                continue
            }
            atoms += evidence.atoms
        }
        if !result.isDead {
            decide(
                .uninitializedRead,
                isInitialised ? .holds : .mayFail("some of the bytes read may never have been given a value"))
        }
        record(
            .step,
            [.byte(0x01)] + result.head + [.byte(isInitialised ? 1 : 0)] + result.tail + (isInitialised ? atoms : []))
        conclude(result)
    }

    // copy

    mutating func executeCopy(_ instruction: Instruction) {
        let source = access(
            pointerValue(instruction.b), demand(instruction, instruction.b, .outOfBoundsRead, writes: false))
        var second = demand(instruction, instruction.a, .outOfBoundsWrite, writes: true)
        second.omitsSize = true
        let destination = access(pointerValue(instruction.a), second)
        let atoms = [.byte(0x01)] + source.atoms + destination.atoms
        if destination.isUnknown { return unknownWrite(destination, atoms, initialises: false) }
        if source.hasNoCase || destination.hasNoCase {
            record(.step, atoms)
            conclude(source)
            if contradiction == nil { conclude(destination) }
            return
        }
        let label = union(source.label, destination.label)
        for hit in destination.cases { noteWrite(hit.tag, extent(hit, destination.size), label) }
        if let to = exact(destination, instruction), tags.isSingle(to.tag) {
            exactCopy(instruction, source, to, atoms, label, destination.label)
        } else {
            var joined = destination
            joined.cut = []
            joined.survivorBound = nil
            let evidence = sourceInitialised(source, instruction)
            keptInAnalysis = []
            joined.head = source.atoms + destination.head
            let places = destination.cases.map { ($0.tag, extent($0, destination.size)) }
            if evidence != nil { for (tag, bits) in places { keepInitialised(tag, bits) } }
            finishWeakWrite(
                places, [], joined, evidence.map { [.byte(1)] + $0.atoms } ?? [.byte(0)],
                keepsInitialised: evidence != nil,
                offersKeeping: false,
                makes: evidence.map { evidence in
                    .init(
                        bytes: writtenSegment(
                            pointerValue(instruction.a), immediate: 0, size: integerValue(instruction.c)),
                        label: union(label, evidence.label))
                })
            if let evidence { relabelInitialised(places, evidence.label) }
        }
        conclude(source)
        if contradiction == nil { conclude(destination) }
    }

    /// What stays initialised under a copy rests on what says that the source is.
    private mutating func relabelInitialised(_ places: [(Tag, Range<Int>)], _ label: Int32) {
        guard recorder != nil, label != LabelTable.empty else { return }
        var pairs: [(old: Int32, new: Int32)] = []
        for (tag, bits) in places {
            guard var object = memory[Int(tag)] else { continue }
            for index in object.initialised.indices where object.initialised[index].bits.overlaps(bits) {
                object.initialised[index].fact = resting(object.initialised[index].fact, on: label, &pairs)
            }
            for index in object.segments.indices {
                object.segments[index].fact = resting(object.segments[index].fact, on: label, &pairs)
            }
            memory[Int(tag)] = object
        }
        if !pairs.isEmpty { record(.automatic, [], effects: [.relabel(pairs)]) }
    }

    /// Evidence that all bytes a copy may read are initialised.
    private func sourceInitialised(_ source: AccessResult, _ instruction: Instruction) -> Shown? {
        if source.isUnknown { return nil }
        var result = Shown(label: source.label)
        for hit in source.cases {
            guard
                let evidence = extentEvidence(hit, source, pointerValue(instruction.b), integerValue(instruction.c))
            else { return nil }
            result.atoms += evidence.atoms
            result.label = union(result.label, evidence.label)
        }
        return result
    }

    /// Evidence that all bytes of a case that the operation may read are initialised.
    private func extentEvidence(
        _ hit: AccessCase, _ result: AccessResult, _ pointer: SymbolicPointer, _ size: LinearForm
    ) -> Shown? {
        if let known = evidence(hit.tag, memory[Int(hit.tag)] ?? ObjectMemory(), extent(hit, result.size)) {
            return Shown(atoms: [.byte(0)] + known.atoms, label: known.label)
        }
        guard let segment = writtenSegment(pointer, immediate: 0, size: size),
            let known = showSegment(hit.tag, from: segment.from, to: segment.to)
        else { return nil }
        return Shown(atoms: [.byte(1)] + known.atoms, label: union(known.label, result.label))
    }

    /// To one known place. What the source place is known to hold moves along.
    private mutating func exactCopy(
        _ instruction: Instruction, _ source: AccessResult, _ to: (tag: Tag, bits: Range<Int>), _ atoms: [Atom],
        _ label: Int32,
        _ addressLabel: Int32
    ) {
        keepInitialised(to.tag, to.bits, isExact: true)
        var moved = ObjectMemory()
        var movedAtoms: [OptionalItem] = []
        var produces: [FactReference] = []
        if !source.isUnknown, let from = exact(source, instruction) {
            moved = movedFacts(
                from.tag, from.bits, by: to.bits.lowerBound - from.bits.lowerBound, to.tag, label, &movedAtoms,
                &produces)
        }
        let pieces = cut(to.tag, to.bits, initialised: true)
        record(
            .step, atoms + [.items(movedAtoms)], produces: produces,
            effects: [.pieces(pieces), .write(tag: to.tag, bits: to.bits, strong: true, initialised: true, kept: [])])
        relabel(addressLabel)
        memory.update(Int(to.tag)) { object in
            object.cells += moved.cells
            object.contents += moved.contents
            object.initialised += moved.initialised
            object.fills += moved.fills
            object.raws += moved.raws
        }
    }

    /// The knowledge about `bits` of `tag`, shifted, as facts about `target`.
    private func movedFacts(
        _ tag: Tag, _ bits: Range<Int>, by distance: Int, _ target: Tag, _ label: Int32, _ atoms: inout [OptionalItem],
        _ produces: inout [FactReference]
    ) -> ObjectMemory {
        var result = ObjectMemory()
        if let object = tags.object(of: tag), object.kind == .constant {
            for fact in analysis.constants.facts(in: bits, tag, object) {
                guard case .cells(var range, let type, _, let value) = fact.content else { continue }
                range.first += distance
                let number = newMemory(
                    MemoryFact(tag: target, content: .cells(range, type, mayBeUninitialised: false, value)), label)
                atoms.append(OptionalItem(fact: number, atoms: [.byte(1), .constant(fact)]))
                produces.append(.memory(number))
                result.cells.append(
                    .init(range: range, type: type, mayBeUninitialised: false, value: value, fact: number))
            }
            return result
        }
        guard let object = memory[Int(tag)] else { return result }
        if tags.isSingle(tag) {
            for var content in object.contents
            where bits.lowerBound <= content.position && content.bits.upperBound <= bits.upperBound {
                content.position += distance
                content.label = union(content.label, label)
                result.contents.append(content)
            }
        }
        func move(_ content: MemoryFact.Content, _ fact: Int32) -> Int32 {
            let number = newMemory(MemoryFact(tag: target, content: content), union(memoryLabel(fact), label))
            atoms.append(OptionalItem(fact: number, atoms: [.byte(0), .memory(fact)]))
            produces.append(.memory(number))
            return number
        }
        for cell in object.cells {
            guard var range = cell.range.inside(bits) else { continue }
            range.first += distance
            let number = move(
                .cells(range, cell.type, mayBeUninitialised: cell.mayBeUninitialised, cell.value), cell.fact)
            result.cells.append(
                .init(
                    range: range, type: cell.type, mayBeUninitialised: cell.mayBeUninitialised, value: cell.value,
                    fact: number))
        }
        func moveStretch(_ stretch: ObjectMemory.Stretch, _ content: (Range<Int>) -> MemoryFact.Content) -> ObjectMemory
            .Stretch?
        {
            let common = stretch.bits.clamped(to: bits)
            guard !common.isEmpty else { return nil }
            let shifted = (common.lowerBound + distance)..<(common.upperBound + distance)
            return .init(bits: shifted, fact: move(content(shifted), stretch.fact))
        }
        result.initialised = object.initialised.compactMap { moveStretch($0) { .initialised($0) } }
        result.fills = object.fills.compactMap { fill in
            moveStretch(.init(bits: fill.bits, fact: fill.fact)) { .bytes($0, fill.byte) }.map {
                .init(bits: $0.bits, byte: fill.byte, fact: $0.fact)
            }
        }
        result.raws = object.raws.compactMap { moveStretch($0) { .raw($0) } }
        return result
    }
}

extension ScalarType {
    var isPointer: Bool { self == .pointer }
}

extension CellRange {
    /// The cells that lie wholly inside `bits`.
    func inside(_ bits: Range<Int>) -> CellRange? {
        guard count > 1 else { return bits.lowerBound <= first && first + width <= bits.upperBound ? self : nil }
        let skipped = first >= bits.lowerBound ? 0 : (bits.lowerBound - first + stride - 1) / stride
        let room = bits.upperBound - width - first
        guard room >= 0 else { return nil }
        let end = min(count - 1, room / stride)
        return skipped <= end
            ? CellRange(first: position(skipped), count: end - skipped + 1, stride: stride, width: width) : nil
    }
}
