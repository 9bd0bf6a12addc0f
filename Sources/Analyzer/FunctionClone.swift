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
    /// What of the entry's memory the result depends on.
    var footprint = Footprint()
    /// Both as its states were made with. A proof may take ways that the analysis knew to be dead, and both grow.
    var analysedEffects = Effects()
    var analysedFootprint = Footprint()
    /// It may be entered again while it runs.
    public internal(set) var isRecursive = false
    var isActive = false
    /// It was called while it was being analysed: its own result has to settle.
    var isHead = false
    /// It serves all calls of the function that are made while an outer call runs.
    var isInner = false
    /// Calls of it while it was being analysed went to another clone, which serves all of them.
    var isHost = false
    /// The entry grew while the clone was being analysed.
    var entryGrew = false
    /// How often the entry has grown by recursive calls, or by calls that share the clone.
    var growth = 0
    /// It stands for calls from anywhere, because there are too many contexts.
    var isShared = false
    /// How often it has been analysed as a shared clone.
    var rounds = 0
    /// Its result rests on results that may not have settled: it holds for `generation` only.
    var isProvisional = false
    var generation = 0
    /// Its calls have been analysed for the states in which its final trees make them.
    var isFinal = false
    /// What becomes of what its trees give, while it is active.
    var phase = FixpointPhase.outside
    /// The states of its last iteration, as long as loops of its callers climb.
    var iterated: (graph: TreeGraph, states: [NodeState?])?
    /// Its trees, in the iterations that are told apart.
    var graph: TreeGraph?
    /// Heads of loops that did not end within the iterations that may be told apart.
    var rolled: Set<BlockID> = []
    /// The calls that use it.
    var users: Set<ProgramAnalysis.CallKey> = []

    init(id: Int32, function: FunctionID, entry: NodeState) {
        self.id = id
        self.function = function
        self.entry = entry
    }

    public var entryNode: NodeKey { NodeKey(clone: id, block: 0, copy: 0) }
}
