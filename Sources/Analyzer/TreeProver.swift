// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// Executes trees with a record, for the emitter.
public final class TreeProver {
    public let analysis: ProgramAnalysis
    public let labels: LabelTable

    public init(_ analysis: ProgramAnalysis, labels: LabelTable) {
        self.analysis = analysis
        self.labels = labels
    }

    /// What one execution of a tree gave.
    public struct Result {
        public var record: ProofRecorder
        public var jumps: Set<NodeKey>
        public var calls: Set<Int32>
        public var returns: Bool
        /// By obligation: the worst finding of the tree's paths; nil message: it holds.
        public var findings: [Int32: (message: String?, fails: Bool)]
    }

    /// Executes the tree of a node; jumps, calls and returns show what `context` says is demanded.
    public func execute(_ node: NodeKey, _ context: any ProofContext) -> Result {
        let clone = analysis.clones[Int(node.clone)]
        let recorder = ProofRecorder(labels: labels)
        let sink = ProofSink(analysis: analysis, clone: clone, context: context)
        let state = clone.nodes[node] ?? .anything
        if clone.nodes[node] == nil { clone.nodes[node] = state }
        analysis.proof = context
        var executor = Executor(
            analysis: analysis, clone: clone, node: node, state: state, recorder: recorder, sink: sink)
        executor.run()
        analysis.proof = nil
        return Result(
            record: recorder, jumps: sink.jumps, calls: recorder.calls, returns: sink.hasReturned,
            findings: sink.findings)
    }
}

extension NodeState {
    /// No knowledge at all.
    static var anything: NodeState {
        var state = NodeState()
        state.heapIsKnown = false
        return state
    }
}

/// Shows demanded facts where paths end, and collects findings.
private final class ProofSink: PathSink {
    private let analysis: ProgramAnalysis
    private let clone: FunctionClone
    private let context: any ProofContext
    var jumps: Set<NodeKey> = []
    var hasReturned = false
    var findings: [Int32: (message: String?, fails: Bool)] = [:]

    init(analysis: ProgramAnalysis, clone: FunctionClone, context: any ProofContext) {
        self.analysis = analysis
        self.clone = clone
        self.context = context
    }

    func jump(to block: BlockID, from executor: inout Executor) {
        let copy = clone.graph.flatMap { graph in
            graph.target(from: executor.node, to: block).map { graph.nodes[$0].copy }
        }
        let target = NodeKey(clone: clone.id, block: block, copy: copy ?? 0)
        if clone.nodes[target] == nil { clone.nodes[target] = .anything }
        jumps.insert(target)
        let registers = executor
        executor.record(
            .step, [.byte(0x03), .node(target)] + hints(.node(target), &executor) { registers.value(of: $0) })
    }

    func returns(_ value: Value?, from executor: inout Executor) {
        hasReturned = true
        if clone.exit == nil { clone.exit = .anything }
        let result = value.map(executor.returned)
        executor.endLocals()
        let registers = executor
        executor.record(
            .step,
            [.byte(0x01)]
                + hints(.exit(clone.id), &executor) { register in
                    register == registers.registerCount ? result : registers.value(of: register)
                })
    }

    private func hints(_ owner: FactOwner, _ executor: inout Executor, _ value: (Register) -> Value?) -> [Atom] {
        var atoms: [Atom] = []
        for key in context.demanded(of: owner) {
            if let shown = executor.show(key, of: owner, value) {
                context.noteLabel(shown.label, of: key, at: owner)
                atoms += shown.atoms
            } else {
                context.fail(key, at: owner)
            }
        }
        return atoms
    }

    func decided(_ obligation: Int32, _ finding: Finding, in executor: Executor) {
        let known = findings[obligation]
        switch finding {
        case .holds: findings[obligation] = (known?.message, false)
        case .mayFail(let text):
            if known?.message == nil {
                findings[obligation] = (text, false)
            } else if known!.fails {
                findings[obligation] = (known!.message, false)
            }
        case .fails(let text):
            if known == nil {
                findings[obligation] = (text, true)
            } else if known?.message == nil {
                findings[obligation] = (text, false)
            }
        }
    }
}

extension ProgramAnalysis {
    /// What a node's or an exit's register facts speak of.
    public func registers(of owner: FactOwner) -> [Register: AbstractValue] { state(of: owner)?.registers ?? [:] }

    /// The greatest value that a node or an exit says the pair has; nil if it says nothing.
    public func bound(of pair: RegisterPair, at owner: FactOwner) -> Int128? {
        state(of: owner)?.relations.bound(of: pair)
    }
}
