// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Fixpoint
import Lattices
import MemoryCells
import ProgramIR
import Reductions

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
    public let places = PlaceTable()
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
    var unrollings: [FunctionID: [BlockID: Int]] = [:]
    /// What each call uses.
    var sites: [CallKey: CallSite] = [:]
    /// Clones under analysis, each called by the one before it.
    var active: [FunctionClone] = []
    /// By function.
    var clonesOf: [FunctionID: [FunctionClone]] = [:]
    var sharedClones: [FunctionID: FunctionClone] = [:]
    /// Each tree is executed once more with its final state, and calls are analysed for exactly what reaches them.
    var isFinal = false
    /// Counts changes of results that were already in use: those of recursive and of shared clones.
    var generation = 0
    /// Numbers executions of trees.
    var execution = 0
    public var progress: ((String, Int) -> Void)?

    public init(_ program: Program, budget: Budget = Budget()) {
        self.program = program
        self.budget = budget
        tags = TagTable(program: program)
        obligations = ObligationTable(of: program)
        constants = ConstantFacts(tags: tags)
        addressTaken = program.addressTakenFunctions().sorted()
    }

    /// The clone of the program's entry, once `run` is done.
    public var entryClone: FunctionClone? { sites[.entry]?.clone }

    func info(_ function: FunctionID) -> FunctionInfo {
        if let known = infos[function] { return known }
        let info = FunctionInfo(program.functions[Int(function)], program: program)
        infos[function] = info
        if info.cutsTrees {
            note(
                "`\(program.functions[Int(function)].name)` has more than \(FunctionInfo.deepestTree) branches in a row; "
                    + "what the earlier ones teach is in part forgotten")
        }
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
            state.memory[Int(tags.object(ObjectID(id)))] = constants.initialMemory(
                object, distinct: budget.distinctElements)
        }
        let clone = newClone(program.entry, state)
        use(clone, by: .entry, state)
        for _ in 0..<budget.sharingRounds {
            let before = generation
            isFinal = true
            analyse(clone)
            if generation == before { return }
        }
        note("functions shared between contexts did not settle; what depends on them is not proved")
    }

    func note(_ text: String) { notes.insert(text) }

    func newClone(_ function: FunctionID, _ entry: NodeState) -> FunctionClone {
        let clone = FunctionClone(id: Int32(clones.count), function: function, entry: entry)
        clones.append(clone)
        clonesOf[function, default: []].append(clone)
        return clone
    }

    /// Analyses a clone for its entry; if results were in use on the way before they had settled, until they have.
    func analyse(_ clone: FunctionClone) {
        for round in 0..<budget.recursionRounds {
            let (exit, effects, footprint, before) = (clone.exit, clone.effects, clone.footprint, generation)
            clone.entryGrew = false
            iterate(clone)
            if clone.isHead {
                let isStable = settle(clone, exit, round) && effects == clone.effects && footprint == clone.footprint
                if !isStable || clone.entryGrew { generation += 1 }
            } else if !clone.isHost {
                return
            }
            if generation == before { return }
        }
        note(
            "recursion through `\(program.functions[Int(clone.function)].name)` did not settle; what depends on it is not proved"
        )
    }

    /// Makes the result of a recursive clone include the one that its calls of itself have used. True if it did already.
    func settle(_ clone: FunctionClone, _ known: NodeState?, _ round: Int) -> Bool {
        guard let next = clone.exit else {
            clone.exit = known
            return true
        }
        guard let known else { return false }
        if next.isSubset(of: known, tags) {
            clone.exit = known
            return true
        }
        let joined = known.join(next, tags)
        let widening = round - budget.wideningDelay
        clone.exit =
            widening < 0
            ? joined
            : known.widening(
                next: joined, thresholds: info(clone.function).ladder.thresholds(ofWidening: widening), tags)
        return false
    }

    /// Iterates the function's trees to a post-fixpoint, then executes each once more.
    private func iterate(_ clone: FunctionClone) {
        let wasFinal = isFinal
        clone.isActive = true
        clone.generation = generation
        active.append(clone)
        progress?(program.functions[Int(clone.function)].name, clones.count)
        let info = info(clone.function)
        isFinal = false
        let parameters = FixpointParameters(
            wideningDelay: budget.wideningDelay, descendingIterations: budget.descendingIterations,
            ladder: info.ladder)
        var graph = info.graph(unrolling: unrolling(of: clone))
        var states = solve(clone, graph, parameters, info)
        while true {
            let overrun = graph.overrun(states)
            if overrun.isEmpty { break }
            clone.rolled.formUnion(overrun)
            forgetSites(in: clone)
            graph = info.graph(unrolling: unrolling(of: clone))
            states = solve(clone, graph, parameters, info)
        }
        clone.nodes = [:]
        for (node, state) in zip(graph.nodes, states) {
            if let state { clone.nodes[NodeKey(clone: clone.id, block: node.block, copy: node.copy)] = state }
        }
        isFinal = wasFinal
        conclude(clone, graph, info)
        active.removeLast()
        clone.isActive = false
    }

    /// Executes the trees of a clone once more, for which that has been done on the way only: its calls are analysed for the
    /// states in which the final trees make them, where they were for those of loops that climbed.
    ///
    /// What its calls give is inside of what they gave before, so its states are a post-fixpoint still.
    func makeFinal(_ clone: FunctionClone) {
        guard isFinal, !clone.isFinal, let graph = clone.graph, !clone.isActive, !clone.isRecursive, !clone.isShared,
            !clone.isProvisional, !clone.isHost
        else { return }
        clone.isActive = true
        active.append(clone)
        conclude(clone, graph, info(clone.function))
        active.removeLast()
        clone.isActive = false
    }

    /// Executes each tree once more for the clone's exit and effects.
    private func conclude(_ clone: FunctionClone, _ graph: TreeGraph, _ info: FunctionInfo) {
        clone.phase = .settling
        clone.isFinal = isFinal
        if !clone.isRecursive {
            clone.effects = Effects()
            clone.footprint = Footprint()
        }
        let sink = AnalysisSink(graph: graph, info: info)
        for key in clone.nodes.keys.sorted() {
            guard let state = clone.nodes[key] else { continue }
            execute(clone, key, state, sink)
        }
        clone.exit = sink.exit
        clone.exit?.clip(to: clone.effects)
        if clone.effects.everything { clone.footprint.everything = true }
        clone.analysedEffects = clone.effects
        clone.analysedFootprint = clone.footprint
    }

    /// A post-fixpoint of the clone's trees, by node of the graph.
    private func solve(
        _ clone: FunctionClone, _ graph: TreeGraph, _ parameters: FixpointParameters, _ info: FunctionInfo
    ) -> [NodeState?] {
        clone.graph = graph
        let client = TreeClient(analysis: self, clone: clone, graph: graph, info: info)
        var iterator = FixpointIterator(graph: graph.graph, entry: 0, parameters: parameters, client: client)
        let goesOn = callersClimb, earlier = clone.iterated
        clone.iterated = nil
        let states = iterator.run(from: goesOn && earlier?.graph === graph ? earlier?.states : nil).states
        if goesOn { clone.iterated = (graph, states) }
        return states
    }

    /// Whether results are wanted for a moment only: some loops of the callers climb, and none is narrowed.
    private var callersClimb: Bool {
        let phases = active.dropLast().map(\.phase)
        return phases.contains(.ascending) && !phases.contains(.settling)
    }

    func execute(_ clone: FunctionClone, _ key: NodeKey, _ state: NodeState, _ sink: any PathSink) {
        execution += 1
        var executor = Executor(analysis: self, clone: clone, node: key, state: state, recorder: nil, sink: sink)
        executor.run()
    }
}

/// The trees of one clone as the fixpoint engine sees them.
struct TreeClient: FixpointClient {
    let analysis: ProgramAnalysis
    let clone: FunctionClone
    let graph: TreeGraph
    let info: FunctionInfo

    var generation: Int { clone.isProvisional ? analysis.generation : 0 }

    func initialState(at node: Int) -> NodeState? { node == 0 ? clone.entry : nil }

    func transfer(_ node: Int, _ input: NodeState, in phase: FixpointPhase, outputs: inout [NodeState?]) {
        clone.phase = phase
        let sink = AnalysisSink(graph: graph, info: info)
        let key = NodeKey(clone: clone.id, block: graph.nodes[node].block, copy: graph.nodes[node].copy)
        analysis.execute(clone, key, input, sink)
        for (slot, target) in graph.graph.successors(of: node).enumerated() { outputs[slot] = sink.jumps[target] }
    }

    func isSubset(_ left: NodeState, of right: NodeState, at node: Int) -> Bool {
        left.isSubset(of: right, analysis.tags)
    }
    func join(_ left: NodeState, _ right: NodeState, at node: Int) -> NodeState {
        let isHead = info.loops[graph.nodes[node].block] != nil
        return left.join(right, analysis.tags, moving: isHead ? info.writtenAddresses : [])
    }
    func widening(_ previous: NodeState, next: NodeState, thresholds: Thresholds, at node: Int) -> NodeState {
        previous.widening(next: next, thresholds: thresholds, analysis.tags)
    }
    func narrowing(_ previous: NodeState, next: NodeState, at node: Int) -> NodeState { next }
}

/// Collects the states in which a tree's paths end.
final class AnalysisSink: PathSink {
    private let graph: TreeGraph
    private let info: FunctionInfo
    /// By node of the graph.
    var jumps: [Int: NodeState] = [:]
    var exit: NodeState?

    init(graph: TreeGraph, info: FunctionInfo) {
        self.graph = graph
        self.info = info
    }

    func jump(to block: BlockID, from executor: inout Executor) {
        let state = executor.state(at: block, info)
        guard let target = graph.target(from: executor.node, to: block) else { return }
        jumps[target] = jumps[target].map { $0.join(state, executor.tags) } ?? state
    }

    func returns(_ value: Value?, from executor: inout Executor) {
        let state = executor.exitState(value)
        // Callees say by their result whether they have filled what they were given.
        exit = exit.map { $0.join(state, executor.tags, moving: [executor.registerCount]) } ?? state
    }

    func decided(_ obligation: Int32, _ finding: Finding, in executor: Executor) {}
}
