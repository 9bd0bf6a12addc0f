// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Executes a recorded run (FORMAT.md section 7), step by step as section 2 says, and compares what it sees with the
/// certificate's claims. It shares nothing with the interpreter that records runs.
///
/// Its state is bounded by the limits here, in `RunFile` and in `ConcreteMemory`; reaching one ends the run. Its time is
/// bounded by the bundle's budget of work.
struct Replay {
    static let mostFrames = 1 << 16
    static let mostRegisters = 1 << 20

    struct Frame {
        var function: Int
        var block: Int
        /// Number of the next instruction in the function; the end of the block's: its terminator.
        var next: Int
        var end: Int
        /// Where the frame's registers begin.
        var registers: Int
        /// Where its automatic objects begin: bases, 0 where they are not alive.
        var locals: Int
        /// The caller's register for the result.
        var result: Int?
        var script = Position()
    }

    let program: Program
    let table: ObligationTable
    let plan: ReplayPlan
    /// What the certificate claims; nil: the program is only executed.
    let proof: CheckedProof?
    var choices: RunFile
    var memory: ConcreteMemory
    var registers: [ConcreteValue] = []
    var locals: [Int] = []
    var frames: [Frame] = []
    var current = Frame(function: 0, block: 0, next: 0, end: 0, registers: 0, locals: 0, result: nil)
    var steps = 0
    private var blocks = 0
    private var path: UInt64 = 0xcbf2_9ce4_8422_2325
    /// For each instruction of the program whether its obligations are noted.
    private var isNoted: [Bool]
    var reached: [Bool]
    var checkedFacts = 0
    /// What is left of the bundle's.
    var budget: ReplayBudget
    /// Work on facts about memory.
    var factWork = 0
    /// Objects by their tags.
    var holders: [Int: [Int]] = [:]
    /// How often each node was reached, and each clone left.
    var arrivals: [Int]
    var returns: [Int]

    init(_ plan: ReplayPlan, proof: CheckedProof?, run: RunFile, budget: ReplayBudget) {
        self.budget = budget
        self.plan = plan
        self.proof = proof
        program = plan.program
        table = plan.table
        choices = run
        isNoted = Array(repeating: false, count: plan.instructionCount)
        reached = Array(repeating: false, count: table.obligations.count)
        arrivals = Array(repeating: 0, count: proof?.certificate.nodes.count ?? 0)
        returns = Array(repeating: 0, count: proof?.certificate.clones.count ?? 0)
        memory = ConcreteMemory(functionCount: program.functions.count, addressTaken: plan.addressTaken)
    }

    /// Executes the run to its end.
    mutating func execute() -> ReplayedRun {
        var end: ReplayEnd
        do throws(ReplayStop) {
            try budget.spend(plan.size + arrivals.count + returns.count)
            try makeStaticObjects()
            try enter(program.entry, result: nil)
            if let proof { try arrive(at: proof.certificate.clones[proof.certificate.entry].nodes.lowerBound) }
            while true {
                if steps == choices.steps { throw .stepLimit }
                steps += 1
                try step()
            }
        } catch {
            end = ended(by: error)
        }
        switch end {
        case .halted, .returned, .violated, .stepLimit:
            // One run has one file.
            if steps != choices.steps {
                end = .invalid("the run ends after \(steps) steps, not after \(choices.steps)")
            } else if !choices.isExhausted {
                end = .invalid("there are more choices than the run makes")
            }
        case .outOfWork: return ReplayedRun(end: end)
        case .limit, .unsupported, .invalid, .contradiction: break
        }
        return ReplayedRun(
            end: end, steps: steps, reached: reached.indices.filter { reached[$0] }, checkedFacts: checkedFacts,
            blocks: blocks, path: path)
    }

    private mutating func ended(by stop: ReplayStop) -> ReplayEnd {
        switch stop {
        case .halted: return .halted
        case .returned: return .returned
        case .stepLimit: return .stepLimit
        case .outOfWork: return .outOfWork
        case .limit(let reason): return .limit(reason)
        case .unsupported(let reason): return .unsupported(reason)
        case .invalid(let reason): return .invalid(reason)
        case .contradiction(let reason): return .contradiction(reason)
        case .violated(let kind):
            do throws(ReplayStop) {
                return try violation(of: kind)
            } catch {
                return ended(by: error)
            }
        }
    }

    /// What the running step violates, with what it did not violate before that.
    private mutating func violation(of kind: ObligationKind) throws(ReplayStop) -> ReplayEnd {
        let isTerminator = current.next == current.end
        let body = program.functions[current.function]
        let kinds = isTerminator ? [kind] : ObligationKind.kinds(of: body.instructions[current.next])
        let site = isTerminator ? body.blocks[current.block].terminator.site : body.instructions[current.next].site
        for earlier in kinds.prefix(while: { $0 != kind }) { try note(earlier, site) }
        let number = try obligation(kind, site)
        if let claims = proof?.claims, claims.obligations[number].verdict != .unproved {
            let claimed = claims.obligations[number]
            throw .contradiction(
                "obligation \(number), \(claimed.kind) at \(claimed.file):\(claimed.line):\(claimed.column), is "
                    + "\(claimed.verdict.rawValue) and violated by step \(steps)")
        }
        return .violated(obligation: number)
    }

    // MARK: Steps

    private mutating func step() throws(ReplayStop) {
        let at = current.next
        guard at < current.end else {
            try budget.spend(1)
            return try terminate()
        }
        if at == current.script.deadAt { throw deadEnd() }
        let instruction = program.functions[current.function].instructions[at]
        try budget.spend(1 + instruction.list.count)
        switch instruction.opcode {
        case .call:
            guard let callee = instruction.target else { throw .invalid("a call names no function") }
            try noteReached(at)
            try call(callee, instruction, clone: try noted(at))
        case .callPointer: try callPointer(instruction, at)
        default:
            try execute(instruction)
            try noteReached(at)
            current.next = at + 1
        }
    }

    /// The obligations of an instruction that did not violate them.
    mutating func noteReached(_ at: Int) throws(ReplayStop) {
        let number = plan.firstInstruction[current.function] + at
        if isNoted[number] { return }
        isNoted[number] = true
        let instruction = program.functions[current.function].instructions[at]
        for kind in ObligationKind.kinds(of: instruction) { try note(kind, instruction.site) }
    }

    mutating func note(_ kind: ObligationKind, _ site: Int) throws(ReplayStop) {
        let number = try obligation(kind, site)
        reached[number] = true
        if let claims = proof?.claims, claims.obligations[number].verdict == .unreachable {
            let claimed = claims.obligations[number]
            throw .contradiction(
                "obligation \(number), \(claimed.kind) at \(claimed.file):\(claimed.line):\(claimed.column), counts as "
                    + "unreachable, and step \(steps) reaches it")
        }
    }

    private func obligation(_ kind: ObligationKind, _ site: Int) throws(ReplayStop) -> Int {
        do throws(CheckFailure) {
            return try table.number(kind, site: site, function: current.function)
        } catch {
            throw .invalid(error.message)
        }
    }

    /// Bytes that are made, read or written as a range.
    mutating func spend(bytes: Int128) throws(ReplayStop) { try budget.spend(Int(clamping: bytes >> 3)) }

    // MARK: Control

    /// Goes to a block.
    mutating func go(to block: Int) {
        blocks += 1
        path = (path ^ UInt64(truncatingIfNeeded: current.function << 32 | block)) &* 0x0000_0100_0000_01b3
        current.block = block
        let instructions = program.functions[current.function].blocks[block].instructions
        current.next = instructions.lowerBound
        current.end = instructions.upperBound
    }

    /// Makes a frame; its parameters are for the caller to fill.
    mutating func enter(_ function: Int, result: Int?) throws(ReplayStop) {
        let body = program.functions[function]
        let localCount = plan.localCounts[function]
        guard frames.count < Self.mostFrames,
            registers.count + locals.count + body.registers.count + localCount <= Self.mostRegisters
        else { throw .limit("calls are nested too deeply") }
        try budget.spend(body.registers.count + localCount)
        frames.append(current)
        current = Frame(
            function: function, block: 0, next: 0, end: 0, registers: registers.count, locals: locals.count,
            result: result)
        for type in body.registers { registers.append(.unassigned(type)) }
        for _ in 0..<localCount { locals.append(0) }
        go(to: 0)
    }

    /// The caller goes on behind its call; the entry function's return ends the run.
    mutating func leave(with value: ConcreteValue?) throws(ReplayStop) {
        for place in current.locals..<locals.count where locals[place] != 0 { endObject(locals[place], FixedTag.ended) }
        try checkReturn(value)
        let result = current.result
        registers.removeSubrange(current.registers...)
        locals.removeSubrange(current.locals...)
        current = frames.removeLast()
        if frames.isEmpty { throw .returned }
        if let result, let value {
            set(result, try converted(value, program.functions[current.function].registers[result]))
        }
        current.next += 1
    }

    mutating func set(_ register: Int, _ value: ConcreteValue) {
        registers[current.registers + register] = value
    }
}
