// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Walks a node's script (section 6): steps, instructions, and the tree of its paths.
///
/// *Sound:* a path ends only at a jump whose facts are shown, a return, a halt, a call that does not return, or
/// where an unlabelled contradiction shows that nothing arrives; every edge of every terminator has its part. The
/// tree is walked with an explicit stack, whose depth the script's length bounds.
extension Execution {
    struct Point {
        var block: Int
        var instruction: Int
        /// The part of the script, in `paths`.
        var stretch: Int
    }

    private enum Alternatives {
        case edges(block: Int)
        case callees([Int], Point)
    }

    private struct Frame {
        var alternatives: Alternatives
        var next = 0
        var count: Int
        var checkpoint: SymbolicState.Checkpoint
        var stretch: Int
    }

    private enum Step { case execute, inline, jump, ended }

    mutating func run(_ number: Int) throws(CheckFailure) {
        let start = certificate.nodes[number]
        node = number
        instruction = nil
        clone = start.clone
        let script = reader
        reader = try reader.reading(start.script)
        state.enter(places: start.places.map(\.type))
        let checkpoint = state.checkpoint()
        try addFacts(start)
        var frames: [Frame] = []
        let root = openStretch()
        paths?.roots.append(root)
        var place: Point? = Point(block: start.block, instruction: 0, stretch: root)
        while true {
            if let current = place {
                place = nil
                if let frame = try straight(current) { frames.append(frame) }
                continue
            }
            guard var frame = frames.popLast() else { break }
            guard frame.next < frame.count else { continue }
            state.restore(frame.checkpoint)
            let alternative = frame.next
            frame.next += 1
            if frame.next < frame.count { frames.append(frame) }
            place = try take(frame.alternatives, alternative, of: frame.stretch)
        }
        state.restore(checkpoint)
        try reader.finish()
        reader = script
    }

    private mutating func addFacts(_ start: Node) throws(CheckFailure) {
        counts.nodes += 1
        try addPlaces(start.places)
        for fact in start.registerFacts {
            switch fact {
            case .linear(let terms, let bound, let label):
                try state.addLinear(LinearForm(terms: terms, constant: 0), atMost: bound, label)
            case .congruence(let terms, let modulus, let remainder, let label):
                state.addCongruence(CongruenceFact(terms: terms, modulus: modulus, remainder: remainder, label: label))
            case .targets(let register, let list, let label):
                try makeCurrent(register, TargetSet(entries: list, label: label))
            case .float(let register, let range, let label):
                state.setRange(register, RangeSet(range: range, label: label))
            }
        }
        for fact in start.memoryFacts { try state.add(fact) }
    }

    /// Reads steps until one moves the path on.
    private mutating func steps() throws(CheckFailure) -> Step {
        while true {
            counts.steps += 1
            guard state.work < 1 << 34 else { throw CheckFailure(.limit, "the memory facts take too long to search") }
            switch try reader.byte() {
            case 0x00:
                let derived = try upper(LinearForm(0))
                guard derived.isContradiction else { throw unjustified("a dead path without a contradiction") }
                try rest(on: derived.label)
                return .ended
            case 0x01: return .execute
            case 0x02: return .inline
            case 0x03: return .jump
            case 0x10: try lemma()
            case 0x11: try excluded(isAbove: true)
            case 0x12: try excluded(isAbove: false)
            case 0x13, 0x14: try decidedStep(isTrue: reader.bytes[reader.position - 1] == 0x13)
            case 0x15:
                let form = try self.form()
                let (modulus, remainder, label) = try congruence(form)
                guard modulus >= 2 else { throw unjustified("a congruence lemma says nothing") }
                state.addCongruence(
                    CongruenceFact(terms: form.terms, modulus: modulus, remainder: remainder, label: label))
            case 0x16:
                try rest(on: try emptyTargets())
                return .ended
            case 0x19, 0x1a: try tighten(isAbove: reader.bytes[reader.position - 1] == 0x19)
            case 0x1b: try memoryLemma()
            case 0x1c: try constantLemma()
            case let step: throw CheckFailure(.malformed, "a step has kind \(step)")
            }
        }
    }

    /// The label of the empty targets of a base symbol.
    private mutating func emptyTargets() throws(CheckFailure) -> Int {
        let symbol = try reader.unsigned()
        try state.demandBase(symbol)
        guard let set = state.currentTargets(symbol), set.entries.isEmpty else {
            throw unjustified("the pointer's targets are not empty")
        }
        return set.label
    }

    private mutating func form() throws(CheckFailure) -> LinearForm {
        let count = try reader.count(ofSize: 2)
        guard count <= 64 else { throw CheckFailure(.limit, "more than 64 terms") }
        var terms: [Term] = []
        for _ in 0..<count {
            let (symbol, coefficient) = (try reader.unsigned(), try reader.signed())
            guard symbol > terms.last?.symbol ?? -1, coefficient != 0 else {
                throw CheckFailure(.malformed, "the terms of a form do not ascend")
            }
            try state.demandInteger(symbol)
            terms.append(Term(symbol: symbol, coefficient: coefficient))
        }
        return LinearForm(terms: terms, constant: 0)
    }

    private mutating func lemma() throws(CheckFailure) {
        let form = try form()
        let derived = try upper(form)
        if derived.isContradiction {
            guard form.isConstant else { throw unjustified("a contradiction as a lemma about a form") }
            try state.addContradiction(derived.label)
        } else {
            try state.addLinear(form, atMost: derived.bound, derived.label)
        }
    }

    private mutating func excluded(isAbove: Bool) throws(CheckFailure) {
        let number = try reader.unsigned()
        guard number < state.exclusions.count else {
            throw CheckFailure(.unknownReference, "exclusion \(number) does not exist")
        }
        let exclusion = state.exclusions[number]
        if isAbove {
            let derived = try upper(exclusion.form)
            guard derived.bound <= exclusion.range.upperBound else {
                throw unjustified("the form may lie above the excluded range")
            }
            try state.addLinear(
                exclusion.form, atMost: try difference(exclusion.range.lowerBound, 1),
                try labels.union(exclusion.label, derived.label))
        } else {
            let derived = try lower(exclusion.form)
            guard derived.bound >= exclusion.range.lowerBound else {
                throw unjustified("the form may lie below the excluded range")
            }
            try addAtLeast(
                exclusion.form, try sum(exclusion.range.upperBound, 1), try labels.union(exclusion.label, derived.label)
            )
        }
    }

    /// A bound moves to the next value that a congruence allows.
    ///
    /// *Sound:* a form that is r modulo m and at most U is at most the largest such number.
    private mutating func tighten(isAbove: Bool) throws(CheckFailure) {
        let number = try reader.unsigned()
        guard number < state.congruences.count else {
            throw CheckFailure(.unknownReference, "congruence fact \(number) does not exist")
        }
        let fact = state.congruences[number]
        let form = LinearForm(terms: fact.terms, constant: 0)
        let label: Int
        if isAbove {
            let derived = try finiteUpper(form)
            label = try labels.union(fact.label, derived.label)
            let excess = try floorRemainder(try difference(derived.bound, fact.remainder), fact.modulus)
            try state.addLinear(form, atMost: try difference(derived.bound, excess), label)
        } else {
            let derived = try finiteLower(form)
            label = try labels.union(fact.label, derived.label)
            let missing = try floorRemainder(try difference(fact.remainder, derived.bound), fact.modulus)
            try addAtLeast(form, try sum(derived.bound, missing), label)
        }
    }

    /// A form with one possible value has that value's remainder.
    private mutating func constantLemma() throws(CheckFailure) {
        let form = try form()
        let modulus = try reader.signed()
        let (high, low) = (try finiteUpper(form), try finiteLower(form))
        guard modulus >= 2, high.bound == low.bound else {
            throw unjustified("the bounds of a form leave more than one value")
        }
        state.addCongruence(
            CongruenceFact(
                terms: form.terms, modulus: modulus, remainder: try floorRemainder(high.bound, modulus),
                label: try labels.union(high.label, low.label)))
    }

    /// A memory fact that follows from others becomes one of its own.
    private mutating func memoryLemma() throws(CheckFailure) {
        let fact = try memoryFact()
        try demandSymbols(of: fact)
        try demandMemory(fact, of: .symbol(fact.pointer)) { form, _ in form }
        try state.add(fact)
    }

    /// A path is not taken as far as a label holds. Where it speaks of alarms an earlier violation ends the execution;
    /// its other assumptions are added to every claim.
    mutating func rest(on label: Int) throws(CheckFailure) {
        globalLabel = try labels.union(globalLabel, try labels.withoutAlarms(label))
    }

    private mutating func decidedStep(isTrue: Bool) throws(CheckFailure) {
        let symbol = try reader.unsigned()
        let label = try decidedDefinition(symbol, isTrue: isTrue)
        let form = LinearForm(symbol: symbol)
        if isTrue { try addAtLeast(form, 1, label) } else { try state.addLinear(form, atMost: 0, label) }
    }

    /// Executes instructions until the path branches or ends.
    private mutating func straight(_ start: Point) throws(CheckFailure) -> Frame? {
        let block = program.functions[function].blocks[start.block]
        var place = start.instruction
        stretch = start.stretch
        while place < block.instructions.count {
            instruction = block.instructions.lowerBound + place
            switch try steps() {
            case .execute: break
            case .ended:
                noteDeadEnd(block.instructions.lowerBound + place)
                return nil
            default: throw CheckFailure(.malformed, "a path jumps inside a block")
            }
            let current = program.functions[function].instructions[block.instructions.lowerBound + place]
            place += 1
            switch current.opcode {
            case .call:
                guard let callee = current.target, try call(current, callee) else { return nil }
            case .callPointer:
                let callees = try executeCallPointer(current)
                let next = Point(block: start.block, instruction: place, stretch: stretch)
                try openEdges(callees.count)
                return Frame(
                    alternatives: .callees(callees, next), count: callees.count, checkpoint: state.checkpoint(),
                    stretch: stretch)
            default: try execute(current)
            }
        }
        instruction = nil
        switch try steps() {
        case .execute: break
        case .ended:
            noteDeadEnd(block.instructions.upperBound)
            return nil
        default: throw CheckFailure(.malformed, "a path jumps inside a block")
        }
        let terminator = block.terminator
        switch terminator.kind {
        case .halt: return nil
        case .return:
            try executeReturn(terminator.operand)
            return nil
        case .labelGoto: try executeLabelGoto(terminator)
        case .goto, .branch, .switch: break
        }
        try openEdges(terminator.targets.count)
        return Frame(
            alternatives: .edges(block: start.block), count: terminator.targets.count, checkpoint: state.checkpoint(),
            stretch: stretch)
    }

    /// Goes along one alternative; nil where its path ends.
    private mutating func take(
        _ alternatives: Alternatives, _ number: Int, of parent: Int
    ) throws(CheckFailure) -> Point? {
        switch alternatives {
        case .callees(let callees, var next):
            next.stretch = openStretch(callee: callees[number])
            note(.stretch(next.stretch), number, of: parent)
            let block = program.functions[function].blocks[next.block]
            instruction = block.instructions.lowerBound + next.instruction - 1
            let current = program.functions[function].instructions[block.instructions.lowerBound + next.instruction - 1]
            return try call(current, callees[number]) ? next : nil
        case .edges(let block):
            instruction = nil
            let terminator = program.functions[function].blocks[block].terminator
            try guardEdge(terminator, number)
            let target = program.functions[function].targets[terminator.targets.lowerBound + number]
            switch try steps() {
            case .ended: return nil
            case .inline:
                let next = openStretch()
                note(.stretch(next), number, of: parent)
                return Point(block: target, instruction: 0, stretch: next)
            case .jump:
                note(.node(try jump(to: target)), number, of: parent)
                return nil
            case .execute: throw CheckFailure(.malformed, "an edge without inline or jump")
            }
        }
    }

    private mutating func guardEdge(_ terminator: Terminator, _ number: Int) throws(CheckFailure) {
        switch terminator.kind {
        case .branch: try guardValue(try integer(terminator.operand), isTrue: number == 0, 0)
        case .switch:
            let form = try integer(terminator.operand)
            let body = program.functions[function]
            if number < terminator.cases.count {
                let place = body.cases[terminator.cases.lowerBound + number]
                try addBounds(
                    form, Bounds(lower: program.integers[place.lower], upper: program.integers[place.upper]), 0)
            } else {
                for place in body.cases[terminator.cases] {
                    state.addExclusion(form, program.integers[place.lower]...program.integers[place.upper], 0)
                }
            }
        default: break
        }
    }

    /// The node to which it leads.
    private mutating func jump(to target: Int) throws(CheckFailure) -> Int {
        let number = try reader.unsigned()
        guard number < certificate.nodes.count, certificate.nodes[number].clone == clone,
            certificate.nodes[number].block == target
        else {
            throw CheckFailure(.unknownReference, "a jump to a node of another clone or block")
        }
        let goal = certificate.nodes[number]
        let places = try values(of: goal.places)
        let first = functionBody.registers.count
        try demandFacts(goal.registerFacts, goal.memoryFacts) { register, checker throws(CheckFailure) in
            register < first ? try checker.state.value(register) : places[register - first]
        }
        return number
    }

    private mutating func executeLabelGoto(_ terminator: Terminator) throws(CheckFailure) {
        let (base, form) = try pointer(terminator.operand)
        let claim = try readClaim(.invalidCall, site: terminator.site)
        if let set = cases(base) { try rest(on: set.label) }
        guard claim.isClaimed else { return }
        guard let object = terminator.labels, let set = cases(base) else {
            throw unjustified("the label's targets are unknown")
        }
        let labelTag = try objectTag(object)
        var label = set.label
        for entry in set.entries {
            guard entry.tag == labelTag else { throw unjustified("the pointer may be no label of the function") }
            let begun = try begin(entry, of: base, set.label)
            defer { end(begun) }
            let (high, low) = (try upper(form), try lower(form))
            guard high.bound < Int128(terminator.targets.count), low.bound >= 0 else {
                throw unjustified("the label is not shown to exist")
            }
            label = try labels.union(label, try labels.union(high.label, low.label))
        }
        try settle(claim, label)
    }
}
