// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR
import Reductions

// Walking the blocks of a tree.
extension Executor {
    /// Executes the whole tree.
    mutating func run() {
        bindEntry()
        settle()
        let block = function.blocks[Int(node.block)]
        live = Set(function.live[block.live.range])
        walk(node.block)
    }

    /// Executes a block, then what follows inside the tree.
    private mutating func walk(_ block: BlockID) {
        resume(block, from: function.blocks[Int(block)].instructions.range.lowerBound)
    }

    /// Executes the rest of a block from an instruction on, then what follows inside the tree.
    mutating func resume(_ block: BlockID, from start: Int) {
        analysis.steps += 1
        for index in start..<max(start, function.blocks[Int(block)].instructions.range.upperBound) {
            let instruction = function.instructions[index]
            place = Int32(index)
            site = instruction.site
            execute(instruction)
            settle()
            if endsPath() { return }
        }
        let terminator = function.blocks[Int(block)].terminator
        site = terminator.site
        terminate(terminator)
    }

    /// True if the path cannot go on; then says so in the record.
    mutating func endsPath() -> Bool {
        if let contradiction {
            record(.step, [.byte(0x00), .derivation(contradiction)])
            return true
        }
        return isUnreachable
    }

    private mutating func terminate(_ terminator: Terminator) {
        switch terminator.kind {
        case .goto:
            record(.step, [.byte(0x01)])
            follow(function.targets[terminator.targets.range.lowerBound])
        case .branch:
            record(.step, [.byte(0x01)])
            let targets = function.targets[terminator.targets.range]
            let condition = integerValue(terminator.operand)
            for (target, holds) in zip(targets, [true, false]) {
                onPath { path in
                    path.guardValue(condition, isTrue: holds, label: LabelTable.empty)
                    path.follow(target)
                }
            }
        case .switch: switchOver(terminator)
        case .labelGoto: labelGoto(terminator)
        case .return:
            returnValue(terminator.operand)
        case .halt:
            record(.step, [.byte(0x01)])
        }
    }

    /// Runs one of several continuations; afterwards the state is the one before.
    mutating func onPath(_ body: (inout Executor) -> Void) {
        var path = self
        record(.save, [])
        body(&path)
        record(.restore, [])
    }

    /// Goes on with `block` behind an edge: inside the tree, or by a jump to another node.
    mutating func follow(_ block: BlockID) {
        settle()
        if endsPath() { return }
        if !wraps.isEmpty {
            settleWraps()
            settle()
            if endsPath() { return }
        }
        if analysis.isCutpoint(block, in: clone.function) {
            sink.jump(to: block, from: &self)
        } else {
            record(.step, [.byte(0x02)])
            walk(block)
        }
    }

    private mutating func switchOver(_ terminator: Terminator) {
        record(.step, [.byte(0x01)])
        let value = integerValue(terminator.operand)
        let targets = Array(function.targets[terminator.targets.range])
        let ranges = function.cases[terminator.cases.range].map {
            (program.integers[Int($0.lower)], program.integers[Int($0.upper)])
        }
        for (target, range) in zip(targets, ranges) {
            onPath { path in
                path.guardUpper(value, range.1, label: LabelTable.empty)
                path.guardLower(value, range.0, label: LabelTable.empty)
                path.follow(target)
            }
        }
        onPath { path in
            for range in ranges {
                path.guardOutside(value, range.0, range.1, label: LabelTable.empty)
                if path.contradiction != nil { break }
            }
            path.follow(targets[targets.count - 1])
        }
    }

    private mutating func labelGoto(_ terminator: Terminator) {
        let targets = Array(function.targets[terminator.targets.range])
        let pointer = pointerValue(terminator.operand)
        let object = tags.object(terminator.labels)
        var holds = false
        if case .tag(let tag) = pointer.base, tag == object { holds = pointer.offset.isConstant }
        if case .symbol(let symbol) = pointer.base, let known = base(symbol).targets {
            holds = known.count == 1 && known.single?.base == object
        }
        // The claim is offered only where the targets show it; the offset must be one of the labels.
        let bound = upper(pointer.offset), least = lower(pointer.offset)
        holds = holds && (bound.finite ?? .max) < Int128(targets.count) && (least.finite ?? -1) >= 0
        var atoms: [Atom] = [.byte(0x01), .byte(holds ? 1 : 0)]
        if holds { atoms += useTargets(of: pointer) + [.derivation(bound.derivation), .derivation(least.derivation)] }
        record(.step, atoms)
        decide(
            .invalidCall, holds ? .holds : .mayFail("the jump may go to something that is no label of this function"))
        for target in targets { onPath { path in path.follow(target) } }
    }

    private mutating func returnValue(_ operand: Operand) {
        let value = operand.isNone ? nil : value(of: operand)
        sink.returns(value, from: &self)
    }

    // Operands.

    func value(of operand: Operand) -> Value {
        switch operand.kind {
        case .none, .null: .pointer(.null)
        case .register: value(of: operand.index)
        case .integer: .integer(LinearForm(program.integers[Int(operand.index)]))
        case .float: .float(.constant(program.floats[Int(operand.index)], .binary64))
        case .object: .pointer(SymbolicPointer(base: .tag(tagOfObject(operand.index)), offset: LinearForm(0)))
        case .function:
            .pointer(SymbolicPointer(base: .tag(tags.function(operand.index)), offset: LinearForm(0)))
        }
    }

    func integerValue(_ operand: Operand) -> LinearForm {
        if case .integer(let form) = value(of: operand) { return form }
        return LinearForm(0)
    }

    func pointerValue(_ operand: Operand) -> SymbolicPointer {
        if case .pointer(let pointer) = value(of: operand) { return pointer }
        return .null
    }

    /// A constant has the format of the instruction.
    func floatValue(_ operand: Operand, _ format: ProgramIR.FloatFormat? = nil) -> FloatOperand {
        if operand.kind == .float, let format { return .constant(program.floats[Int(operand.index)], format) }
        if case .float(let operand) = value(of: operand) { return operand }
        return .constant(0, .binary64)
    }

    func tagOfObject(_ object: ObjectID) -> Tag {
        program.objects[Int(object)].kind == .local
            ? tags.local(object, clone: clone.id) : tags.object(object)
    }

    // Deciding obligations.

    /// Reports how the obligation of this kind at the current site fared.
    func decide(_ kind: ObligationKind, _ finding: Finding) {
        guard let id = analysis.obligations.id(kind, site: site, function: clone.function) else { return }
        sink.decided(id, finding, in: self)
    }

    /// The label of what holds because the obligation does.
    func alarmLabel(_ kind: ObligationKind) -> Int32 {
        guard let recorder, let id = analysis.obligations.id(kind, site: site, function: clone.function) else {
            return LabelTable.empty
        }
        return recorder.labels.single(Int32(program.assumptions.count) + id)
    }

    func union(_ left: Int32, _ right: Int32) -> Int32 {
        recorder?.labels.union(left, right) ?? LabelTable.empty
    }

    func label(of derivation: Derivation) -> Int32 { recorder?.label(of: derivation) ?? LabelTable.empty }
}
