// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Analyzer
import ProgramIR

/// What executions have reached so far.
public struct Coverage: Sendable {
    struct BlockKey: Hashable {
        var function: FunctionID
        var block: BlockID
    }

    public internal(set) var nodes: Set<NodeKey> = []
    public internal(set) var clones: Set<Int32> = []
    var blocks: Set<BlockKey> = []
    /// How often executions came to a node, or to a return.
    var visits: [FactOwner: Int] = [:]
    /// States of nodes, and of returns, whose memory was compared.
    public internal(set) var comparedStates = 0
    /// Of calls: those that began in a state which their clone's entry describes wholly.
    public internal(set) var wholeCalls = 0
    public internal(set) var calls = 0

    /// Memory is compared on the first visits to a node, and on ever fewer of the later ones.
    mutating func isMemoryDue(at place: FactOwner) -> Bool {
        let visit = visits[place, default: 0]
        visits[place] = visit + 1
        return visit < 40 || visit % 64 == 0
    }
}
