// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import MemoryCells
import Numbers
import ProgramIR
import Reductions

// Calls: FORMAT.md section 6.6.
extension Executor {
    mutating func executeCall(_ instruction: Instruction) {
        call(instruction.target, Array(function.operands[instruction.list.range]), instruction, [.byte(0x01)])
    }

    /// Calls a function whose identity is known. `atoms` come before the clone's number.
    private mutating func call(
        _ callee: FunctionID, _ arguments: [Operand], _ instruction: Instruction, _ atoms: [Atom]
    ) {
        let target = program.functions[Int(callee)]
        var values: [Value] = []
        for index in 0..<target.parameterCount {
            values.append(index < arguments.count ? value(of: arguments[index]) : anyValue(target.registers[index]))
        }
        let summary = analysis.call(callee, values, from: &self)
        var script = atoms
        script.append(.clone(summary.id))
        recorder?.calls.insert(summary.id)
        if recorder != nil { script += entryHints(summary, values) }
        let effects = apply(summary, result: instruction.result, target, values, script)
        clone.effects.add(summary.effects, except: isOwn, labels: recorder?.labels)
        if recorder == nil {
            clone.footprint.add(summary.footprint, except: isOwn)
            if summary.effects.everything { clone.footprint.everything = true }
        }
        if !effects { isUnreachable = true }
    }

    /// Hints for the facts that the callee's entry demands.
    private mutating func entryHints(_ summary: FunctionClone, _ arguments: [Value]) -> [Atom] {
        guard let proof = analysis.proof else { return [] }
        let owner = FactOwner.node(summary.entryNode)
        var path = self
        var atoms: [Atom] = []
        for key in proof.demanded(of: owner) {
            let shown = path.show(key, of: owner) { arguments[Int($0)] }
            if let shown {
                proof.noteLabel(shown.label, of: key, at: owner)
                atoms += shown.atoms
            } else {
                proof.fail(key, at: owner)
            }
        }
        return atoms
    }

    /// Shows one demanded fact of a node or exit, its registers standing for these values.
    mutating func show(_ key: NodeFactKey, of owner: FactOwner, _ register: (Register) -> Value?) -> Shown? {
        guard let state = analysis.state(of: owner) else { return nil }
        func value(_ name: Register) -> Value? {
            guard let place = analysis.places.place(of: name) else { return register(name) }
            return self.value(at: place)?.value
        }
        switch key {
        case .place(let register): return showPlace(register)
        case .upper(let register):
            guard case .integer(let form)? = value(register), case .integer(let wanted)? = state.registers[register]
            else { return nil }
            return upper(form, atMost: wanted.upper).map {
                Shown(atoms: [.derivation($0.derivation)], label: label(of: $0.derivation))
            }
        case .lower(let register):
            guard case .integer(let form)? = value(register), case .integer(let wanted)? = state.registers[register]
            else { return nil }
            return lower(form, atLeast: wanted.lower).map {
                Shown(atoms: [.derivation($0.derivation)], label: label(of: $0.derivation))
            }
        case .congruence(let register):
            guard case .integer(let form)? = value(register),
                case .integer(let wanted)? = state.registers[register],
                let congruence = congruence(of: form, modulo: Int128(wanted.stride)),
                congruence.remainder == Int128(wanted.offset)
            else { return nil }
            return Shown(
                atoms: [.congruencePremises(congruence)], label: recorder?.label(of: congruence) ?? LabelTable.empty)
        case .targets(let register), .float(let register):
            guard let value = value(register), let wanted = state.registers[register] else { return nil }
            return show(value, wanted)
        case .relation(let pair):
            guard let wanted = state.relations.bound(of: pair), let form = form(of: pair, value) else { return nil }
            return upper(form, atMost: ExtendedInteger(roundingUp: wanted)).map {
                Shown(atoms: [.derivation($0.derivation)], label: label(of: $0.derivation))
            }
        case .inequality(let wanted):
            guard let form = wanted.replaced({ number(value($0)) }) else { return nil }
            return upper(form, atMost: .zero).map {
                Shown(atoms: [.derivation($0.derivation)], label: label(of: $0.derivation))
            }
        case .memory(let fact):
            if tags.isHeap(fact.tag), fact.content != .absent, let absent = absentFact(fact.tag) {
                return Shown(atoms: [.byte(3), .memory(absent)], label: memoryLabel(absent))
            }
            if case .absentIfNull(let register) = fact.content {
                return value(register).flatMap { showAbsentIfNull(fact.tag, $0) }
            }
            guard case .segment(let from, let to) = fact.content else { return show(fact) }
            guard let first = from.replaced({ number(value($0)) }), let end = to.replaced({ number(value($0)) }) else {
                return nil
            }
            return show(MemoryFact(tag: fact.tag, content: .segment(from: first, to: end)))
        }
    }

    /// Memory and the result behind a call. False if the callee does not return.
    private mutating func apply(
        _ summary: FunctionClone, result: Register, _ target: Function, _ arguments: [Value], _ script: [Atom]
    ) -> Bool {
        guard let exit = summary.exit else {
            record(.step, script)
            return false
        }
        let effects = summary.effects
        withdraw(effects, summary, script)
        relabel(effects.label)
        var importer = Importer(owner: .exit(summary.id))
        if effects.everything {
            memory = exit.memory
            heapIsKnown = exit.heapIsKnown
            heapLabel = LabelTable.empty
            heapSource = (importer.owner, recorder?.events.count ?? 0)
            for key in memory.keys {
                if let object = memory[key] { memory[key] = numbered(object.nameless, Tag(key), &importer) }
            }
        } else {
            takeOver(exit, effects, summary, &importer)
        }
        let key = Int32(target.registers.count)
        let value = target.result.map { bindResult(exit, result, $0, key, &importer) }
        let places = bindExitPlaces(exit, &importer)
        func valueBehind(_ register: Register) -> Value? {
            if register >= PlaceTable.first { return places[register] }
            return register == key ? value : arguments.indices.contains(Int(register)) ? arguments[Int(register)] : nil
        }
        relate(exit, key: key, valueBehind, &importer)
        equate(exit, key: key, valueBehind, &importer)
        takeInequalities(exit, key: key, valueBehind, &importer)
        takeOverSegments(exit, effects, valueBehind, &importer)
        takeOverAbsence(exit, effects, valueBehind, &importer)
        recorder?.events.append(
            ProofEvent(
                kind: .automatic, atoms: [], produces: [],
                imports: FactImports(owner: importer.owner, facts: importer.facts, symbols: importer.symbols)))
        return true
    }

    /// Gives up what a call may have changed, and records the step.
    private mutating func withdraw(_ effects: Effects, _ summary: FunctionClone, _ script: [Atom]) {
        if effects.everything {
            record(.step, script, effects: [.forgetAll])
            forgetLifetimes()
            return
        }
        var pieces: [(old: Int32, new: Int32)] = []
        var numbering: [MemoryEffect] = []
        for (tag, ranges) in effects.written.sorted(by: { $0.key < $1.key }) {
            for range in ranges.ranges {
                pieces += cut(tag, range, initialised: true)
                numbering.append(.write(tag: tag, bits: range, strong: true, initialised: true, kept: []))
            }
        }
        for tag in effects.freed.sorted() {
            if let alive = memory[Int(tag)]?.alive { numbering.append(.forget([alive])) }
            memory.update(Int(tag)) { $0.alive = nil }
            retag(tag, to: [tag, .freed])
        }
        for tag in effects.allocated.sorted() {
            let partner = tags.info(tag).partner
            if partner >= 0 { retag(tag, to: [tag, partner]) }
            numbering.append(.forgetTag(tag))
            memory[Int(tag)] = nil
        }
        record(.step, script, effects: [.pieces(pieces)] + numbering)
    }

    /// There is no object with the heap tag, as the state does not mention it.
    func isUnmentioned(_ tag: Tag) -> Bool { memory[Int(tag)] == nil && heapIsKnown && tags.isHeap(tag) }

    /// Takes over what the callee's exit says of what it may have changed.
    private mutating func takeOver(
        _ exit: NodeState, _ effects: Effects, _ summary: FunctionClone, _ importer: inout Importer
    ) {
        for tag in effects.allocated.sorted() {
            let object = exit.object(Int(tag), exit.memory[Int(tag)], tags) ?? ObjectMemory()
            memory[Int(tag)] = numbered(object.nameless, tag, &importer)
        }
        for tag in effects.freed.sorted() where !effects.allocated.contains(tag) {
            guard let object = exit.memory[Int(tag)], !isUnmentioned(tag) else { continue }
            var life = ObjectMemory()
            life.alive = object.alive
            life.absent = object.absent
            let taken = numbered(life, tag, &importer)
            if memory[Int(tag)] == nil { memory[Int(tag)] = ObjectMemory() }
            memory.update(Int(tag)) {
                $0.alive = taken.alive; $0.absent = taken.absent ?? $0.absent
            }
        }
        for (tag, ranges) in effects.written.sorted(by: { $0.key < $1.key }) where !effects.allocated.contains(tag) {
            if let object = exit.memory[Int(tag)], !isUnmentioned(tag) {
                takeOver(object, tag, ranges.ranges, &importer)
            }
        }
    }

    /// Places of the exit become fresh values with its facts.
    private mutating func bindExitPlaces(_ exit: NodeState, _ importer: inout Importer) -> [Register: Value] {
        var result: [Register: Value] = [:]
        for register in analysis.places.inOrder(exit.registers.keys.filter { $0 >= PlaceTable.first }) {
            guard let place = analysis.places.place(of: register) else { continue }
            let before = (freshIntegers, freshBases)
            let value = bindFresh(exit, place.type, register, &importer)
            importer.symbols[register] = SymbolRange(
                integers: before.0..<freshIntegers, bases: before.1..<freshBases)
            guard canBind(register, importer) else { continue }
            bindPlace(register, value, &importer)
            result[register] = value
        }
        return result
    }

    /// The result register becomes a fresh symbol with the exit's result facts.
    private mutating func bindResult(
        _ exit: NodeState, _ result: Register, _ type: ScalarType, _ key: Register, _ importer: inout Importer
    ) -> Value {
        let value = bindFresh(exit, type, key, &importer)
        if result >= 0 { values[result] = value }
        return value
    }

    /// A fresh value with what the exit says of its result, or of a place.
    private mutating func bindFresh(
        _ exit: NodeState, _ type: ScalarType, _ key: Register, _ importer: inout Importer
    ) -> Value {
        let value: Value
        let known = exit.registers[key] ?? .unknown(type)
        switch type {
        case .integer:
            let symbol = freshInteger()
            value = .integer(LinearForm(symbol: symbol))
            bind(known, integer: symbol, base: -1, float: -1, key: key, type, &importer)
        case .pointer:
            let symbol = freshBase()
            let offset = base(symbol).offset
            value = .pointer(SymbolicPointer(base: .symbol(symbol), offset: LinearForm(symbol: offset)))
            bind(known, integer: offset, base: symbol, float: -1, key: key, type, &importer)
        case .float(let format):
            let symbol = freshFloat(format)
            value = .float(.symbol(symbol))
            bind(known, integer: -1, base: -1, float: symbol, key: key, type, &importer)
        }
        return value
    }

    /// Takes over what the callee's exit says of the parts of an object that it may have written.
    private mutating func takeOver(
        _ object: ObjectMemory, _ tag: Tag, _ ranges: [Range<Int>], _ importer: inout Importer
    ) {
        func isWritten(_ bits: Range<Int>) -> Bool { ranges.contains { $0.overlaps(bits) } }
        var changed = ObjectMemory()
        changed.cells = object.cells.filter { cell in ranges.contains { cell.range.overlaps($0) } }
        changed.initialised = object.initialised.filter { isWritten($0.bits) }
        changed.fills = object.fills.filter { isWritten($0.bits) }
        changed.raws = object.raws.filter { isWritten($0.bits) }
        let taken = numbered(changed, tag, &importer)
        if memory[Int(tag)] == nil { memory[Int(tag)] = ObjectMemory() }
        memory.update(Int(tag)) { mine in
            mine.cells.removeAll { cell in taken.cells.contains { $0.range.overlapsCells(of: cell.range) } }
            mine.contents.removeAll { content in
                taken.cells.contains { $0.range.overlaps(content.bits) && $0.range.count > 1 }
            }
            mine.cells += taken.cells
            mine.initialised += taken.initialised
            mine.fills += taken.fills
            mine.raws += taken.raws
        }
    }

    // Calls through pointers.

    mutating func executeCallPointer(_ instruction: Instruction) {
        let pointer = pointerValue(instruction.a)
        let arguments = Array(function.operands[instruction.list.range])
        var functions: [FunctionID] = []
        var nullFails = false, callFails = false, isUnknown = false
        let start = shift(of: pointer)
        if let entries = entries(of: pointer) {
            for entry in entries {
                switch tags.info(entry.tag).kind {
                case .null: nullFails = true
                case .function(let id) where (start ?? 0) == 0 && fits(id, arguments, instruction):
                    functions.append(id)
                    // It is called only where the offset is 0.
                    callFails = callFails || start == nil
                default: callFails = true
                }
            }
        } else {
            isUnknown = true
            functions = analysis.addressTaken.filter { fits($0, arguments, instruction) }
        }
        let dead = functions.isEmpty
        let text = isUnknown ? "nothing is known of what the pointer points to" : "the pointer may be NULL"
        decide(
            .nullDereference,
            isUnknown ? .mayFail(text) : nullFails ? (dead && !callFails ? .fails(text) : .mayFail(text)) : .holds)
        let badCall = "the pointer may not point to a function of the type that is called"
        decide(
            .invalidCall,
            isUnknown ? .mayFail(text) : callFails ? (dead && !nullFails ? .fails(badCall) : .mayFail(badCall)) : .holds
        )
        let atoms: [Atom] =
            [.byte(0x01)] + useTargets(of: pointer) + [
                .byte(isUnknown || nullFails ? 0 : 1), .byte(isUnknown || callFails ? 0 : 1),
            ]
        record(.step, atoms)
        if nullFails || callFails, !dead { keepCallable(pointer, arguments, instruction) }
        if functions.count == 1 { return call(functions[0], arguments, instruction, []) }
        // Each callee continues the path on its own: the rest of the block is executed here, for each.
        for callee in functions {
            onPath { path in
                path.call(callee, arguments, instruction, [])
                path.finishBlock(after: path.place)
            }
        }
        isUnreachable = true
    }

    /// Behind a call the pointer is one of the functions that could be called, as far as the alarms about it hold.
    private mutating func keepCallable(_ pointer: SymbolicPointer, _ arguments: [Operand], _ instruction: Instruction) {
        guard case .symbol(let symbol) = pointer.base, let targets = base(symbol).targets else { return }
        var label = LabelTable.empty
        if targets.mayPoint(into: .null) { label = union(label, alarmLabel(.nullDereference)) }
        let kept = targets.keepingBases { base in
            if case .function(let id) = tags.info(base).kind { return fits(id, arguments, instruction) }
            return false
        }
        if targets.removing(base: .null) != kept { label = union(label, alarmLabel(.invalidCall)) }
        refineTargets(symbol, to: kept, label: label)
    }

    /// Executes what follows an instruction of the current block.
    private mutating func finishBlock(after place: Int32) {
        settle()
        if endsPath() { return }
        guard let block = function.blocks.firstIndex(where: { $0.instructions.range.contains(Int(place)) }) else {
            return
        }
        resume(BlockID(block), from: Int(place) + 1)
    }

    /// True if the function can be called with these operands: FORMAT.md section 2, callPointer.
    private func fits(_ id: FunctionID, _ arguments: [Operand], _ instruction: Instruction) -> Bool {
        let target = program.functions[Int(id)]
        guard target.isVariadic ? arguments.count >= target.parameterCount : arguments.count == target.parameterCount
        else { return false }
        for index in 0..<target.parameterCount {
            switch (target.registers[index], arguments[index].kind) {
            case (.integer, .integer), (.float, .float), (.pointer, .object), (.pointer, .function), (.pointer, .null):
                continue
            case (let type, .register):
                guard type == function.registers[Int(arguments[index].index)] else { return false }
            default: return false
            }
        }
        if instruction.result >= 0 {
            guard target.result == function.registers[Int(instruction.result)] else { return false }
        }
        return true
    }
}
