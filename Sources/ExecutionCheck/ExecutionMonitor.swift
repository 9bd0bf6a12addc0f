// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Analyzer
import ConcreteInterpreter
import ProgramIR

/// Follows one execution through the analysis: which clone each call is, which node each block, which tag each object has.
/// At every node the state must be one that the node's invariant describes.
final class ExecutionMonitor: ExecutionObserver {
    /// A call that is being executed.
    struct Activation {
        let clone: FunctionClone
        var node: NodeKey
        var block: BlockID = 0
        /// The call began in a state that the clone's entry describes wholly, so that all that its nodes say is about it.
        var isWhole = false
        var locals: [Base] = []
    }

    let analysis: ProgramAnalysis
    let verdicts: Verdicts
    var coverage: Coverage
    private(set) var faults: [String] = []
    private var activations: [Activation] = []
    private var ledger: TagLedger?
    private var scopes: [Int32: FactScope] = [:]
    private let mostFaults = 5

    private var program: Program { analysis.program }

    init(_ analysis: ProgramAnalysis, _ verdicts: Verdicts, _ coverage: Coverage) {
        self.analysis = analysis
        self.verdicts = verdicts
        self.coverage = coverage
    }

    // MARK: Faults

    private func fail(_ text: String) {
        if faults.count < mostFaults { faults.append(text) }
    }

    /// The analysis does not know where the execution is, so it cannot be followed any further.
    private func lost(_ text: String) -> Stop {
        fail(text)
        return .unsupported(text)
    }

    private func name(_ node: NodeKey) -> String {
        let function = program.functions[Int(analysis.clones[Int(node.clone)].function)]
        let copy = node.copy > 0 ? ", copy \(node.copy)" : ""
        return "block \(node.block)\(copy) of `\(function.name)`, clone \(node.clone)"
    }

    // MARK: Calls and returns

    func called(_ function: FunctionID, in machine: Machine) throws(Stop) {
        coverage.calls += 1
        guard let caller = activations.last else {
            ledger = TagLedger(machine, analysis.tags)
            guard let entry = analysis.entryClone else { throw lost("the entry was not analysed") }
            activations.append(Activation(clone: entry, node: entry.entryNode))
            return
        }
        let place = machine.callingInstruction ?? -1
        passed(caller, to: place + 1)
        guard let clone = analysis.clone(calledFrom: caller.node, place: place, function) else {
            throw lost(
                "`\(program.functions[Int(function)].name)` is called by instruction \(place) below \(name(caller.node)), "
                    + "the analysis says that it is not")
        }
        activations.append(Activation(clone: clone, node: clone.entryNode))
    }

    func returning(_ result: Value?, in machine: Machine) throws(Stop) {
        guard let activation = activations.last else { return }
        passed(activation, to: .max)
        for local in activation.locals { ledger?.ended(local) }
        activations.removeLast()
        guard let exit = activation.clone.exit else {
            throw lost("\(name(activation.node)) returns, the analysis says that it does not")
        }
        let isDue = coverage.isMemoryDue(at: .exit(activation.clone.id))
        let scope = activation.isWhole ? .everything : FactScope(takenOverFrom: activation.clone, in: analysis)
        compare(exit, machine, activation, isDue ? scope : nil, result) { "where \(name(activation.node)) returns" }
    }

    // MARK: Blocks

    func entered(_ block: BlockID, of function: FunctionID, in machine: Machine) throws(Stop) {
        guard var activation = activations.last else { return }
        coverage.blocks.insert(.init(function: function, block: block))
        if block != 0 { passed(activation, to: .max) }
        activation.block = block
        if analysis.beginsTree(block, of: function) {
            if block != 0 {
                guard let node = analysis.node(reachedFrom: activation.node, block: block) else {
                    throw lost("from \(name(activation.node)) to block \(block), the analysis has no such way")
                }
                activation.node = node
            }
            guard let state = activation.clone.nodes[activation.node] else {
                throw lost("\(name(activation.node)) is reached, the analysis says that it is not")
            }
            coverage.nodes.insert(activation.node)
            coverage.clones.insert(activation.clone.id)
            let isDue = coverage.isMemoryDue(at: .node(activation.node))
            if block == 0, isDue { activation.isWhole = describesWholly(state, machine, activation) }
            let node = activation.node
            let scope = activation.isWhole ? .everything : sharedScope(activation.clone)
            compare(state, machine, activation, isDue ? scope : nil, nil) { name(node) }
        }
        activations[activations.count - 1] = activation
        if faults.count >= mostFaults { throw .unsupported("faults were found") }
    }

    private func sharedScope(_ clone: FunctionClone) -> FactScope {
        if let known = scopes[clone.id] { return known }
        let scope = FactScope(sharedBy: clone, in: analysis)
        scopes[clone.id] = scope
        return scope
    }

    /// The program's entry is called once, so its clone is about nothing else.
    private func describesWholly(_ state: NodeState, _ machine: Machine, _ activation: Activation) -> Bool {
        if activations.count == 1 {
            coverage.wholeCalls += 1
            return true
        }
        guard let ledger else { return false }
        let function = program.functions[Int(activation.clone.function)]
        let isWhole = state.faults(
            in: NamedState(machine: machine, function: function, ledger: ledger, tags: analysis.tags), of: function,
            scope: .everything, analysis, limit: 1
        ).isEmpty
        coverage.wholeCalls += isWhole ? 1 : 0
        return isWhole
    }

    /// `scope` nil: registers only.
    private func compare(
        _ state: NodeState, _ machine: Machine, _ activation: Activation, _ scope: FactScope?, _ result: Value?,
        _ place: () -> String
    ) {
        guard let ledger else { return }
        coverage.comparedStates += scope == nil ? 0 : 1
        let function = program.functions[Int(activation.clone.function)]
        let concrete = NamedState(
            machine: machine, function: function, ledger: ledger, tags: analysis.tags, result: result)
        for fault in state.faults(in: concrete, of: function, scope: scope, analysis, limit: 3) {
            fail("\(place()), step \(machine.steps): \(fault)")
        }
    }

    // MARK: Objects

    func created(_ object: Base, in machine: Machine) throws(Stop) {
        guard let activation = activations.last else { return }
        let clone = activation.clone.id
        switch machine.kind(of: object) {
        case .declared(let id):
            ledger?.started(object, analysis.tags.local(id, clone: clone))
            activations[activations.count - 1].locals.append(object)
        default: allocated(object, in: machine)
        }
    }

    func allocationFailed(in machine: Machine) throws(Stop) { allocated(nil, in: machine) }

    private func allocated(_ object: Base?, in machine: Machine) {
        guard let activation = activations.last, let place = machine.instruction else { return }
        let alignment = program.functions[Int(activation.clone.function)].instructions[Int(place)].alignment
        let tag = analysis.tags.heap(clone: activation.clone.id, instruction: place, alignment: Int(alignment))
        ledger?.allocated(object, tag, earlier: analysis.tags.info(tag).partner)
    }

    func ended(_ object: Base, in machine: Machine) throws(Stop) { ledger?.ended(object) }

    // MARK: Obligations

    /// The instructions of the activation's block before `end` were executed, without undefined behaviour.
    private func passed(_ activation: Activation, to end: Int32) {
        let function = activation.clone.function
        for claim in verdicts.claims(in: activation.block, of: function) where claim.place < end {
            let what = claim.isUnreachable ? "reached, its verdict is unreachable" : "passed, it is said to fail always"
            fail("below \(name(activation.node)): obligation \(describe(claim.obligation)) is \(what)")
        }
    }

    private func describe(_ obligation: Int32) -> String {
        let known = verdicts.table.obligations[Int(obligation)]
        let site = program.sites[Int(known.site)]
        return "\(obligation) (\(known.kind.name) at \(program.strings[Int(site.file)]):\(site.line):\(site.column))"
    }

    /// The execution has ended.
    func finish(_ stop: Stop, _ machine: Machine) {
        switch stop {
        case .violation(let violation):
            finish(violation)
            if let activation = activations.last { passed(activation, to: machine.instruction ?? .max) }
        case .exited:
            if let activation = activations.last { passed(activation, to: .max) }
        // Where the machine stands is not known exactly.
        case .signalled, .excluded, .unsupported, .limit: break
        }
    }

    private func finish(_ violation: UndefinedBehaviour) {
        guard let number = verdicts.table.id(violation.kind, site: violation.site, function: violation.function) else {
            return fail("\(violation.kind.name) is violated and is no obligation: \(violation.message)")
        }
        if verdicts[number] != .unproved {
            fail("obligation \(describe(number)) is violated, its verdict is \(verdicts[number]): \(violation.message)")
        }
    }
}
