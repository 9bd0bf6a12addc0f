// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import AffineEqualities
import Intervals
import MemoryCells
import ProgramIR
import Reductions

/// A cutpoint of a function clone: a block, and which copy of it. Copy 0 is the loop proper, the others are iterations of
/// unrolled loops (`TreeGraph`).
public struct NodeKey: Hashable, Sendable, Comparable {
    public var clone: Int32
    public var block: BlockID
    public var copy: Int32

    public static func < (left: NodeKey, right: NodeKey) -> Bool {
        (left.clone, left.block, left.copy) < (right.clone, right.block, right.copy)
    }
}

/// A fact about memory: FORMAT.md section 5.2.
public struct MemoryFact: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
        case cells(CellRange, ScalarType, mayBeUninitialised: Bool, AbstractValue)
        case initialised(Range<Int>)
        case segment(from: LinearForm, to: LinearForm)
        case bytes(Range<Int>, UInt8)
        case alive
        case size(IntegerValue)
        case absent
        case raw(Range<Int>)
        /// Of a register or place; in a tree of a base symbol.
        case absentIfNull(Int32)
    }

    public var tag: Tag
    public var content: Content
}

/// One fact that a node, or a function clone's result, can be asked for. The order is that of the certificate.
public enum NodeFactKey: Hashable, Sendable {
    case place(Register)
    case upper(Register)
    case lower(Register)
    case congruence(Register)
    case targets(Register)
    case float(Register)
    case relation(RegisterPair)
    /// The form over registers and places is at most 0.
    case inequality(LinearForm)
    case memory(MemoryFact)

    public var isPlace: Bool {
        if case .place = self { return true }
        return false
    }

    public var isMemory: Bool {
        if case .memory = self { return true }
        return false
    }
}

/// What the analysis knows where a node begins, or where a function clone returns.
public struct NodeState: Sendable {
    /// Registers that are live, with what is known of them; `resultRegister` is a result.
    var registers: [Register: AbstractValue] = [:]
    var relations = RegisterRelations()
    /// Of registers and places.
    var equalities = AffineEqualities()
    /// Forms over registers and places that are at most 0, beyond relations of two.
    var inequalities: [LinearForm] = []
    var memory = PersistentMap<ObjectMemory>()
    /// A heap tag without an entry in `memory` has no object. False once anything may have happened to the heap.
    var heapIsKnown = true
}
