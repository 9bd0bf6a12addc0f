// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import MemoryCells
import Numbers
import ProgramIR
import Reductions

// Stores: FORMAT.md section 6.4.
extension Executor {
    mutating func executeStore(_ instruction: Instruction) {
        let type = instruction.type
        let pointer = pointerValue(instruction.a)
        let bytes = (Int(instruction.bit) + type.storageBits + 7) / 8
        let demand = AccessDemand(
            size: LinearForm(Int128(bytes)), immediate: instruction.immediate, alignment: Int(instruction.alignment),
            isScalar: true, bounds: .outOfBoundsWrite, isWrite: true, isNamed: instruction.a.kind == .object)
        let result = access(pointer, demand)
        let stored = value(of: instruction.b)
        if result.isDead {
            record(.step, [.byte(0x01)] + result.atoms)
            return conclude(result)
        }
        if result.isUnknown {
            keepAllInitialised()
            record(.step, [.byte(0x01)] + result.atoms, effects: [.forgetContents(initialised: false)])
            clone.effects.everything = true
            clone.effects.label = union(clone.effects.label, result.label)
            forgetContents()
            return
        }
        for hit in result.cases { noteWrite(hit.tag, written(hit, instruction), result.label) }
        if result.cases.count == 1, tags.isSingle(result.cases[0].tag),
            let positions = positions(result.cases[0], immediate: instruction.immediate, bit: instruction.bit),
            positions.isSingle
        {
            strongStore(result.cases[0].tag, positions.lower, type, stored, result)
        } else {
            weakStore(instruction, stored, result)
        }
    }

    /// The bits that a store may write in a case.
    private func written(_ hit: AccessCase, _ instruction: Instruction) -> Range<Int> {
        touchedBits(
            hit, shift: 8 * Int128(instruction.immediate) + Int128(instruction.bit),
            width: Int128(instruction.type.storageBits))
    }

    private mutating func strongStore(
        _ tag: Tag, _ position: Int, _ type: ScalarType, _ stored: Value, _ result: AccessResult
    ) {
        let bits = position..<(position + type.storageBits)
        keepInitialised(tag, bits, isExact: true)
        let cut = cut(tag, bits, initialised: false)
        record(
            .step, [.byte(0x01)] + result.atoms,
            effects: [.pieces(cut), .write(tag: tag, bits: bits, strong: true, initialised: false, kept: [])])
        relabel(result.label)
        memory.update(Int(tag)) {
            $0.contents.append(.init(position: position, type: type, value: stored, label: result.label))
        }
        conclude(result)
    }

    /// Takes what overlaps the bits out of the memory of `tag`; parts before and behind stay, under new numbers.
    mutating func cut(_ tag: Tag, _ bits: Range<Int>, initialised: Bool, keeping kept: Set<Int32> = []) -> [(
        old: Int32, new: Int32
    )] {
        if isUnmentioned(tag) { return [] }
        var pieces: [(old: Int32, new: Int32)] = []
        var object = memory[Int(tag)] ?? ObjectMemory()
        object.contents.removeAll { $0.bits.overlaps(bits) }
        var cells: [ObjectMemory.Cell] = []
        for cell in object.cells {
            if !cell.range.overlaps(bits) || (cell.fact >= 0 && kept.contains(cell.fact)) {
                cells.append(cell); continue
            }
            for range in [cell.range.before(bits), cell.range.after(bits)].compactMap({ $0 }) {
                var piece = cell
                piece.range = range
                piece.fact = newPiece(
                    tag, .cells(range, cell.type, mayBeUninitialised: cell.mayBeUninitialised, cell.value),
                    of: cell.fact)
                pieces.append((cell.fact, piece.fact))
                cells.append(piece)
            }
        }
        object.cells = cells
        object.fills = object.fills.flatMap { fill -> [ObjectMemory.Fill] in
            if !fill.bits.overlaps(bits) { return [fill] }
            // Bytes facts speak of whole bytes.
            let whole = (bits.lowerBound & ~7)..<((bits.upperBound + 7) & ~7)
            return fill.bits.subtracting(whole).map {
                let piece = ObjectMemory.Fill(
                    bits: $0, byte: fill.byte, fact: newPiece(tag, .bytes($0, fill.byte), of: fill.fact))
                pieces.append((fill.fact, piece.fact))
                return piece
            }
        }
        object.raws = cutStretches(object.raws, tag, bits, &pieces) { .raw($0) }
        if initialised {
            object.initialised = cutStretches(object.initialised, tag, bits, &pieces) { .initialised($0) }
            object.segments = []
        }
        memory[Int(tag)] = object
        return pieces
    }

    private func cutStretches(
        _ stretches: [ObjectMemory.Stretch], _ tag: Tag, _ bits: Range<Int>, _ pieces: inout [(old: Int32, new: Int32)],
        _ content: (Range<Int>) -> MemoryFact.Content
    ) -> [ObjectMemory.Stretch] {
        stretches.flatMap { stretch -> [ObjectMemory.Stretch] in
            if !stretch.bits.overlaps(bits) { return [stretch] }
            return stretch.bits.subtracting(bits).map {
                let piece = ObjectMemory.Stretch(bits: $0, fact: newPiece(tag, content($0), of: stretch.fact))
                pieces.append((stretch.fact, piece.fact))
                return piece
            }
        }
    }

    private func newPiece(_ tag: Tag, _ content: MemoryFact.Content, of fact: Int32) -> Int32 {
        newMemory(MemoryFact(tag: tag, content: content), memoryLabel(fact))
    }

    // Weak stores.

    private mutating func weakStore(_ instruction: Instruction, _ stored: Value, _ result: AccessResult) {
        let type = instruction.type
        let abstract = abstraction(of: stored, type)
        var kept: [KeptCells] = []
        for hit in result.cases {
            let positions = positions(hit, immediate: instruction.immediate, bit: instruction.bit)
            prepareWeakWrite(hit.tag, positions, type, abstract)
            kept += keptCells(hit.tag, positions, type) { $0.show(stored, $1) }
            keepInitialised(hit.tag, written(hit, instruction))
        }
        let isBytes = instruction.bit == 0 && type.storageBits % 8 == 0
        finishWeakWrite(
            result.cases.map { ($0.tag, written($0, instruction)) }, kept, result, [],
            makes: isBytes
                ? .init(
                    bytes: writtenSegment(
                        pointerValue(instruction.a), immediate: instruction.immediate,
                        size: LinearForm(Int128(type.storageBits / 8))), label: result.label) : nil)
    }

    /// What a weak write initialises, where the format lets it say so.
    struct WrittenSegment {
        /// nil: its ends cannot be represented.
        var bytes: (from: LinearForm, to: LinearForm)?
        var label: Int32
    }

    /// Cells facts that the write may keep, once `show` proves that what is written satisfies them.
    func keptCells(
        _ tag: Tag, _ positions: PositionSet?, _ type: ScalarType, _ show: (Executor, AbstractValue) -> Shown?
    ) -> [KeptCells] {
        guard let object = memory[Int(tag)], let positions else { return [] }
        var result: [KeptCells] = []
        for cell in object.cells where cell.range.overlaps(positions.extent(width: type.storageBits)) {
            guard cell.type.sameCell(as: type), cell.range.isAligned(with: positions),
                let wanted = cell.value.said(of: cell.type, as: type), let shown = show(self, wanted)
            else { continue }
            result.append(KeptCells(fact: cell.fact, atoms: shown.atoms, label: shown.label))
        }
        return result
    }

    /// Records the step of a weak write and applies it.
    mutating func finishWeakWrite(
        _ places: [(Tag, Range<Int>)], _ kept: [KeptCells], _ result: AccessResult, _ extra: [Atom],
        keepsInitialised: Bool = true, offersKeeping: Bool = true, makes segment: WrittenSegment? = nil
    ) {
        let numbers = Set(kept.map(\.fact))
        var pieces: [(old: Int32, new: Int32)] = []
        var effects: [MemoryEffect] = []
        for (tag, bits) in places {
            if recorder == nil {
                cutUnkept(tag, bits, initialised: !keepsInitialised)
            } else {
                pieces += cut(tag, bits, initialised: !keepsInitialised, keeping: numbers)
            }
            effects.append(
                .write(tag: tag, bits: bits, strong: false, initialised: !keepsInitialised, kept: kept.map(\.fact)))
        }
        var written: [Atom] = [], produces: [FactReference] = []
        var made: Int32 = -1
        let single = places.count == 1 && tags.isSingle(places[0].0) ? segment : nil
        if let bytes = single?.bytes {
            made = newMemory(
                MemoryFact(tag: places[0].0, content: .segment(from: bytes.from, to: bytes.to)),
                segment?.label ?? LabelTable.empty)
            written = [.writtenSegment(made)]
            produces = [.memory(made)]
        } else if single != nil {
            written = [.byte(0)]
        }
        record(
            .step, [.byte(0x01)] + result.atoms + extra + (offersKeeping ? [.keeps(kept)] : []) + written,
            produces: produces, effects: [.pieces(pieces)] + effects)
        relabelKept(kept)
        relabel(result.label)
        if let bytes = single?.bytes { addSegment(places[0].0, from: bytes.from, to: bytes.to, fact: made) }
        keptInAnalysis = []
        conclude(result)
    }

    /// A kept fact rests on what shows that the written value satisfies it.
    private mutating func relabelKept(_ kept: [KeptCells]) {
        guard let recorder else { return }
        var pairs: [(old: Int32, new: Int32)] = []
        for cells in kept where cells.label != LabelTable.empty && cells.fact >= 0 {
            let old = recorder.memory[Int(cells.fact)]
            let joined = recorder.labels.union(old.fact.label, cells.label)
            if joined == old.fact.label { continue }
            let new = newMemory(old.content, joined)
            pairs.append((cells.fact, new))
            memory.update(Int(old.content.tag)) { object in
                for index in object.cells.indices where object.cells[index].fact == cells.fact {
                    object.cells[index].fact = new
                }
            }
        }
        if !pairs.isEmpty { record(.automatic, [], effects: [.relabel(pairs)]) }
    }

    /// Without a record cells have no numbers: `keptInAnalysis` says by range which stay.
    private mutating func cutUnkept(_ tag: Tag, _ bits: Range<Int>, initialised: Bool) {
        guard let object = memory[Int(tag)] else { return }
        let saved = object.cells.filter { cell in keptInAnalysis.contains { $0.0 == tag && $0.1 == cell.range } }
        memory.update(Int(tag)) { object in
            object.cells.removeAll { cell in saved.contains { $0.range == cell.range } }
        }
        _ = cut(tag, bits, initialised: initialised)
        memory.update(Int(tag)) { $0.cells += saved }
    }

    /// Makes cells facts that a weak write of `abstract` can keep out of what is known of the cells it may hit: contents,
    /// fills and raw stretches become cells facts, and predicates are weakened to include the value.
    mutating func prepareWeakWrite(_ tag: Tag, _ positions: PositionSet?, _ type: ScalarType, _ abstract: AbstractValue)
    {
        guard let positions, let object = memory[Int(tag)] else { return }
        let width = type.storageBits
        let extent = positions.extent(width: width)
        guard positions.isSingle || positions.step >= width else { return }
        // Contents first: they are more precise than the facts they lie over.
        for content in object.contents where content.bits.overlaps(extent) {
            let range = CellRange(first: content.position, width: content.type.storageBits)
            guard content.type.sameCell(as: type), range.isAligned(with: positions),
                let written = abstract.said(of: type, as: content.type),
                let joined = abstraction(of: content.value, content.type).join(written),
                let shown = show(
                    MemoryFact(tag: tag, content: .cells(range, content.type, mayBeUninitialised: false, joined)))
            else { continue }
            replaceCells(tag, range, content.type, false, joined, shown)
        }
        for cell in memory[Int(tag)]?.cells ?? [] where cell.range.overlaps(extent) {
            guard cell.type.sameCell(as: type), cell.range.isAligned(with: positions),
                let written = abstract.said(of: type, as: cell.type), let joined = cell.value.join(written)
            else { continue }
            if joined == cell.value { keptInAnalysis.append((tag, cell.range)); continue }
            guard
                let shown = show(
                    MemoryFact(
                        tag: tag,
                        content: .cells(cell.range, cell.type, mayBeUninitialised: cell.mayBeUninitialised, joined)))
            else { continue }
            replaceCells(tag, cell.range, cell.type, cell.mayBeUninitialised, joined, shown)
        }
        for fill in memory[Int(tag)]?.fills ?? [] where fill.bits.overlaps(extent) {
            guard
                let pattern = AbstractValue.pattern(
                    fill.byte, type, first: positions.lower, step: positions.isSingle ? 0 : positions.step),
                let joined = pattern.join(abstract),
                let range = cellRange(in: fill.bits, positions, width)
            else { continue }
            addCells(tag, range, type, false, joined)
            addInitialised(tag, fill.bits)
        }
        for raw in memory[Int(tag)]?.raws ?? [] where raw.bits.overlaps(extent) {
            guard let range = cellRange(in: raw.bits, positions, width) else { continue }
            addCells(tag, range, type, true, abstract)
        }
    }

    /// Cells at the positions of the write, continued over the whole stretch.
    func cellRange(in bits: Range<Int>, _ positions: PositionSet, _ width: Int) -> CellRange? {
        if positions.isSingle {
            return bits.lowerBound <= positions.lower && positions.lower + width <= bits.upperBound
                ? CellRange(first: positions.lower, width: width) : nil
        }
        let step = positions.step
        let first = bits.lowerBound + (((positions.lower - bits.lowerBound) % step) + step) % step
        let room = bits.upperBound - width - first
        guard room >= 0 else { return nil }
        return CellRange(first: first, count: room / step + 1, stride: step, width: width)
    }

    mutating func addCells(
        _ tag: Tag, _ range: CellRange, _ type: ScalarType, _ mayBeUninitialised: Bool, _ value: AbstractValue
    ) {
        let fact = MemoryFact(tag: tag, content: .cells(range, type, mayBeUninitialised: mayBeUninitialised, value))
        guard let shown = show(fact) else { return }
        replaceCells(tag, range, type, mayBeUninitialised, value, shown)
    }

    private mutating func replaceCells(
        _ tag: Tag, _ range: CellRange, _ type: ScalarType, _ mayBeUninitialised: Bool, _ value: AbstractValue,
        _ shown: Shown
    ) {
        let fact = recordMemoryLemma(
            MemoryFact(tag: tag, content: .cells(range, type, mayBeUninitialised: mayBeUninitialised, value)), shown)
        keptInAnalysis.append((tag, range))
        memory.update(Int(tag)) { object in
            object.cells.removeAll {
                $0.range == range
                    || ($0.range.count == 1 && range.index(at: $0.range.first) != nil && $0.range.width == range.width)
            }
            object.insert(
                .init(range: range, type: type, mayBeUninitialised: mayBeUninitialised, value: value, fact: fact))
        }
    }

    mutating func addInitialised(_ tag: Tag, _ bits: Range<Int>) {
        guard let object = memory[Int(tag)], let shown = show(MemoryFact(tag: tag, content: .initialised(bits))) else {
            return
        }
        if object.initialised.contains(where: {
            $0.bits.lowerBound <= bits.lowerBound && bits.upperBound <= $0.bits.upperBound
        }) {
            return
        }
        let fact = recordMemoryLemma(MemoryFact(tag: tag, content: .initialised(bits)), shown)
        memory.update(Int(tag)) { $0.initialised.append(.init(bits: bits, fact: fact)) }
    }

    /// A memory fact that follows from others.
    func recordMemoryLemma(_ fact: MemoryFact, _ shown: Shown) -> Int32 {
        guard recorder != nil else { return -1 }
        let number = newMemory(fact, shown.label)
        record(.lemma, [.byte(0x1b), .memoryFact(fact, label: shown.label)] + shown.atoms, produces: [.memory(number)])
        return number
    }

    // Effects on everything.

    /// Notes for the function clone's summary that it may write there.
    mutating func noteWrite(_ tag: Tag, _ bits: Range<Int>, _ label: Int32) {
        clone.effects.label = union(clone.effects.label, label)
        if isOwn(tag) { return }
        clone.effects.write(tag, bits)
    }

    /// The number of a memory fact once it rests on a label too; `pairs` gains the change, if there is one.
    func resting(_ fact: Int32, on label: Int32, _ pairs: inout [(old: Int32, new: Int32)]) -> Int32 {
        guard let recorder, fact >= 0 else { return fact }
        let old = recorder.memory[Int(fact)]
        let joined = recorder.labels.union(old.fact.label, label)
        if joined == old.fact.label { return fact }
        let new = newMemory(old.content, joined)
        pairs.append((fact, new))
        return new
    }

    /// An address that rests on assumptions makes all that memory facts say rest on them.
    mutating func relabel(_ label: Int32) {
        guard let recorder, label != LabelTable.empty else { return }
        heapLabel = recorder.labels.union(heapLabel, label)
        var pairs: [(old: Int32, new: Int32)] = []
        func renumber(_ fact: Int32) -> Int32 { resting(fact, on: label, &pairs) }
        for key in memory.keys {
            guard var object = memory[key] else { continue }
            for index in object.cells.indices { object.cells[index].fact = renumber(object.cells[index].fact) }
            for index in object.initialised.indices {
                object.initialised[index].fact = renumber(object.initialised[index].fact)
            }
            for index in object.segments.indices { object.segments[index].fact = renumber(object.segments[index].fact) }
            for index in object.fills.indices { object.fills[index].fact = renumber(object.fills[index].fact) }
            for index in object.raws.indices { object.raws[index].fact = renumber(object.raws[index].fact) }
            for index in object.contents.indices {
                object.contents[index].label = recorder.labels.union(object.contents[index].label, label)
            }
            if let size = object.exactSize { object.exactSize?.label = recorder.labels.union(size.label, label) }
            object.alive = object.alive.map(renumber)
            if object.size != nil { object.sizeFact = renumber(object.sizeFact) }
            object.absent = object.absent.map(renumber)
            for index in object.absentIfNull.indices {
                object.absentIfNull[index].fact = renumber(object.absentIfNull[index].fact)
            }
            memory[key] = object
        }
        record(.automatic, [], effects: [.relabel(pairs)])
    }

    /// A write somewhere: no value of memory is known any more; what was initialised stays so.
    mutating func forgetContents() {
        for key in memory.keys {
            memory.update(key) { object in
                object.cells = []
                object.contents = []
                object.fills = []
                object.raws = []
            }
        }
    }
}
