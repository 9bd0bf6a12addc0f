// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Fixpoint
import Lattices
import MemoryCells
import ProgramIR
import Reductions

/// A function in one calling context, with what the analysis found of it.
public final class FunctionClone {
    public let id: Int32
    public let function: FunctionID
    /// The state in which it is called.
    public internal(set) var entry: NodeState
    public internal(set) var nodes: [NodeKey: NodeState] = [:]
    /// The state in which it returns; nil if it does not.
    public internal(set) var exit: NodeState?
    public internal(set) var effects = Effects()
    /// It may be entered again while it runs.
    public internal(set) var isRecursive = false
    public internal(set) var callees: Set<Int32> = []
    var isActive = false
    /// The entry grew while the clone was being analysed.
    var entryGrew = false
    /// How often the entry has grown.
    var growth = 0
    /// How often the body has been analysed.
    var analyses = 0
    /// Which execution of the caller's tree set the entry.
    var stamp = -1

    init(id: Int32, function: FunctionID, entry: NodeState) {
        self.id = id
        self.function = function
        self.entry = entry
    }

    public var entryNode: NodeKey { NodeKey(clone: id, block: 0, copy: 0) }
}

/// What a proof under construction says of facts: whether they can be had, what they rest on, what is asked for.
public protocol ProofContext: AnyObject {
    func isAvailable(_ key: NodeFactKey, at owner: FactOwner) -> Bool
    func label(of key: NodeFactKey, at owner: FactOwner) -> Int32
    /// Facts that must be shown wherever the owner is reached, in the certificate's order.
    func demanded(of owner: FactOwner) -> [NodeFactKey]
    func noteLabel(_ label: Int32, of key: NodeFactKey, at owner: FactOwner)
    /// The fact cannot be shown: it is given up.
    func fail(_ key: NodeFactKey, at owner: FactOwner)
}

/// The analysis of a whole program, from its entry.
public final class ProgramAnalysis {
    public let program: Program
    public let tags: TagTable
    public let obligations: ObligationTable
    public let budget: Budget
    public let constants: ConstantFacts
    public let addressTaken: [FunctionID]
    public private(set) var clones: [FunctionClone] = []
    /// Set while a proof is written: calls then look clones up instead of analysing.
    public var proof: (any ProofContext)?
    /// Blocks executed.
    public var steps = 0
    /// Budgets that were used up, in words.
    public private(set) var notes: Set<String> = []

    private var infos: [FunctionID: FunctionInfo] = [:]
    private var callees: [CallKey: Int32] = [:]
    private var active: [FunctionClone] = []
    private var isFinal = false
    private var sharedGrew = false
    private var clonesOf: [FunctionID: Int] = [:]
    public var progress: ((String, Int) -> Void)?

    /// A call in a context.
    enum CallKey: Hashable {
        case entry
        case call(NodeKey, place: Int32, FunctionID)
        case recursive(FunctionID, outer: Int32)
        case shared(FunctionID)
    }

    public init(_ program: Program, budget: Budget = Budget()) {
        self.program = program
        self.budget = budget
        tags = TagTable(program: program)
        obligations = ObligationTable(of: program)
        constants = ConstantFacts(tags: tags)
        addressTaken = program.addressTakenFunctions().sorted()
    }

    /// The clone of the program's entry, once `run` is done.
    public var entryClone: FunctionClone? { callees[.entry].map { clones[Int($0)] } }

    func info(_ function: FunctionID) -> FunctionInfo {
        if let known = infos[function] { return known }
        let info = FunctionInfo(program.functions[Int(function)], program: program)
        infos[function] = info
        return info
    }

    func isCutpoint(_ block: BlockID, in function: FunctionID) -> Bool { info(function).index[Int(block)] >= 0 }

    func state(of owner: FactOwner) -> NodeState? {
        switch owner {
        case .node(let key): clones[Int(key.clone)].nodes[key]
        case .exit(let id): clones[Int(id)].exit
        }
    }

    // Running.

    /// Analyses the program to a post-fixpoint.
    public func run() {
        var state = NodeState()
        for (id, object) in program.objects.enumerated() where object.kind == .global || object.kind == .external {
            state.memory[Int(tags.object(ObjectID(id)))] = constants.initialMemory(object, distinct: budget.distinctElements)
        }
        let clone = newClone(.entry, program.entry, state)
        for _ in 0..<8 {
            sharedGrew = false
            isFinal = true
            analyse(clone)
            if !sharedGrew { return }
        }
        notes.insert("functions shared between contexts did not settle; what depends on them is not proved")
    }

    private func newClone(_ key: CallKey, _ function: FunctionID, _ entry: NodeState) -> FunctionClone {
        let clone = FunctionClone(id: Int32(clones.count), function: function, entry: entry)
        clones.append(clone)
        callees[key] = clone.id
        clonesOf[function, default: 0] += 1
        return clone
    }

    /// Iterates the function's trees to a post-fixpoint, then executes each once more for its exit and effects.
    private func analyse(_ clone: FunctionClone) {
        let wasFinal = isFinal
        clone.isActive = true
        clone.analyses += 1
        active.append(clone)
        progress?(program.functions[Int(clone.function)].name, clones.count)
        let info = info(clone.function)
        isFinal = false
        let parameters = FixpointParameters(
            wideningDelay: budget.wideningDelay, descendingIterations: budget.descendingIterations,
            thresholds: info.thresholds)
        var iterator = FixpointIterator(
            graph: info.graph, entry: 0, parameters: parameters, client: TreeClient(analysis: self, clone: clone, info: info))
        let result = iterator.run()
        clone.nodes = [:]
        for (index, state) in result.states.enumerated() {
            if let state { clone.nodes[NodeKey(clone: clone.id, block: info.cutpoints[index], copy: 0)] = state }
        }
        isFinal = wasFinal
        if !clone.isRecursive { clone.effects = Effects() }
        let sink = AnalysisSink(clone: clone, info: info)
        for key in clone.nodes.keys.sorted() {
            guard let state = clone.nodes[key] else { continue }
            execute(clone, key, state, sink)
        }
        clone.exit = sink.exit
        active.removeLast()
        clone.isActive = false
    }

    func execute(_ clone: FunctionClone, _ key: NodeKey, _ state: NodeState, _ sink: any PathSink) {
        execution += 1
        var executor = Executor(analysis: self, clone: clone, node: key, state: state, recorder: nil, sink: sink)
        executor.run()
    }

    /// Numbers executions of trees.
    var execution = 0

    // Calls.

    /// The clone that a call enters, analysed for at least these arguments and this memory; nil if no call comes back.
    func call(_ callee: FunctionID, _ arguments: [Value], from executor: inout Executor) -> FunctionClone? {
        let key = CallKey.call(executor.node, place: executor.place, callee)
        if let proof {
            if let known = callees[key] { return clones[Int(known)] }
            // The proof takes a path that the analysis knew to be dead: the callee is analysed now.
            self.proof = nil
            defer { self.proof = proof }
            let clone = newClone(key, callee, executor.calleeState(callee, arguments))
            executor.clone.callees.insert(clone.id)
            analyse(clone)
            return clone
        }
        let input = executor.calleeState(callee, arguments)
        let stamp = execution
        let caller = executor.clone
        if let outer = active.last(where: { $0.function == callee }) {
            return record(key, from: caller, recursiveCall(callee, input, outer))
        }
        if let known = callees[key].map({ clones[Int($0)] }), !known.isShared(in: callees, key) {
            if input.isSubset(of: known.entry, tags) {
                if !isFinal || known.entry.isSubset(of: input, tags) { return known }
            }
            // A call that is reached with ever new states inside nested loops settles for one state that includes them.
            let accumulates = !isFinal && known.analyses >= budget.exactReanalyses
            known.entry =
                accumulates ? grow(known, with: input) : known.stamp == stamp ? known.entry.join(input, tags) : input
            known.stamp = stamp
            analyse(known)
            execution = stamp
            return known
        }
        if clones.count >= budget.clones || active.count >= budget.callDepth || clonesOf[callee, default: 0] >= budget.clonesPerFunction {
            notes.insert("calls of `\(program.functions[Int(callee)].name)` share one context: there are too many")
            return record(key, from: caller, sharedCall(callee, input))
        }
        let clone = newClone(key, callee, input)
        clone.stamp = stamp
        caller.callees.insert(clone.id)
        analyse(clone)
        execution = stamp
        return clone
    }

    private func record(_ key: CallKey, from caller: FunctionClone, _ clone: FunctionClone?) -> FunctionClone? {
        if let clone {
            callees[key] = clone.id
            caller.callees.insert(clone.id)
        }
        return clone
    }

    /// A call of a function that is running already: all of them share one clone, iterated until it is stable.
    private func recursiveCall(_ callee: FunctionID, _ input: NodeState, _ outer: FunctionClone) -> FunctionClone? {
        if outer.isRecursive {
            if !input.isSubset(of: outer.entry, tags) {
                outer.entry = grow(outer, with: input)
                outer.entryGrew = true
            }
            markCycle(from: outer)
            return outer
        }
        let key = CallKey.recursive(callee, outer: outer.id)
        let clone: FunctionClone
        if let known = callees[key].map({ clones[Int($0)] }) {
            clone = known
            if input.isSubset(of: clone.entry, tags), !clone.entryGrew { return clone }
            clone.entry = grow(clone, with: input)
        } else {
            clone = newClone(key, callee, input)
            clone.isRecursive = true
            tags.recursiveClones.insert(clone.id)
        }
        var exit = clone.exit
        for round in 0..<60 {
            clone.entryGrew = false
            analyse(clone)
            if let next = clone.exit {
                if let previous = exit {
                    if next.isSubset(of: previous, tags) { clone.exit = previous } else {
                        clone.exit = round < 3 ? previous.join(next, tags) : previous.widening(next: previous.join(next, tags), thresholds: info(callee).thresholds, tags)
                    }
                }
                let isStable = exit.map { clone.exit!.isSubset(of: $0, tags) } ?? false
                exit = clone.exit
                if isStable && !clone.entryGrew { return clone }
            } else if !clone.entryGrew {
                return clone
            }
        }
        notes.insert("recursion through `\(program.functions[Int(callee)].name)` did not settle; what depends on it is not proved")
        return clone
    }

    private func grow(_ clone: FunctionClone, with input: NodeState) -> NodeState {
        clone.growth += 1
        let joined = clone.entry.join(input, tags)
        return clone.growth <= budget.wideningDelay ? joined : clone.entry.widening(next: joined, thresholds: info(clone.function).thresholds, tags)
    }

    /// Everything on the stack above a recursive clone takes part in its recursion.
    private func markCycle(from clone: FunctionClone) {
        guard let start = active.firstIndex(where: { $0 === clone }) else { return }
        for member in active[start...] where !member.isRecursive {
            member.isRecursive = true
            tags.recursiveClones.insert(member.id)
        }
    }

    private func sharedCall(_ callee: FunctionID, _ input: NodeState) -> FunctionClone? {
        let key = CallKey.shared(callee)
        guard let known = callees[key].map({ clones[Int($0)] }) else {
            let clone = newClone(key, callee, input)
            analyse(clone)
            return clone
        }
        if input.isSubset(of: known.entry, tags) { return known }
        known.entry = grow(known, with: input)
        sharedGrew = true
        analyse(known)
        return known
    }
}

extension FunctionClone {
    fileprivate func isShared(in callees: [ProgramAnalysis.CallKey: Int32], _ key: ProgramAnalysis.CallKey) -> Bool {
        isRecursive || callees[.shared(function)] == id
    }
}

/// The trees of one clone as the fixpoint engine sees them.
struct TreeClient: FixpointClient {
    let analysis: ProgramAnalysis
    let clone: FunctionClone
    let info: FunctionInfo
    private var widenings: [Int: Int] = [:]

    init(analysis: ProgramAnalysis, clone: FunctionClone, info: FunctionInfo) {
        self.analysis = analysis
        self.clone = clone
        self.info = info
    }

    func initialState(at node: Int) -> NodeState? { node == 0 ? clone.entry : nil }

    func transfer(_ node: Int, _ input: NodeState, outputs: inout [NodeState?]) {
        let sink = AnalysisSink(clone: clone, info: info)
        analysis.execute(clone, NodeKey(clone: clone.id, block: info.cutpoints[node], copy: 0), input, sink)
        for (slot, target) in info.graph.successors(of: node).enumerated() { outputs[slot] = sink.jumps[target] }
    }

    func isSubset(_ left: NodeState, of right: NodeState, at node: Int) -> Bool {
        left.isSubset(of: right, analysis.tags)
    }
    func join(_ left: NodeState, _ right: NodeState, at node: Int) -> NodeState { left.join(right, analysis.tags) }
    func widening(_ previous: NodeState, next: NodeState, thresholds: Thresholds, at node: Int) -> NodeState {
        previous.widening(next: next, thresholds: thresholds, analysis.tags)
    }
    func narrowing(_ previous: NodeState, next: NodeState, at node: Int) -> NodeState { next }
}

/// Collects the states in which a tree's paths end.
final class AnalysisSink: PathSink {
    private let clone: FunctionClone
    private let info: FunctionInfo
    var jumps: [Int: NodeState] = [:]
    var exit: NodeState?

    init(clone: FunctionClone, info: FunctionInfo) {
        self.clone = clone
        self.info = info
    }

    func jump(to block: BlockID, from executor: inout Executor) {
        let state = executor.state(at: block, info)
        let target = Int(info.index[Int(block)])
        jumps[target] = jumps[target].map { $0.join(state, executor.tags) } ?? state
    }

    func returns(_ value: Value?, from executor: inout Executor) {
        let state = executor.exitState(value)
        exit = exit.map { $0.join(state, executor.tags) } ?? state
    }

    func decided(_ obligation: Int32, _ finding: Finding, in executor: Executor) {}
}
