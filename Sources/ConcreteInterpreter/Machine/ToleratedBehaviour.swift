// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// Undefined behaviour after which an execution goes on as compiled code usually does. Real programs have some that no
/// compiler takes advantage of.
public struct ToleratedBehaviour {
    /// What can be tolerated: a read of memory without a value gives what the bytes happen to be, that of a
    /// variable what it held before, or 0; pointers leave their
    /// objects, and are compared, as addresses; accesses need no alignment; signed arithmetic wraps around.
    public static let possible: [ObligationKind] = [
        .uninitializedRead, .pointerArithmetic, .pointerComparison, .misalignedAccess, .signedOverflow,
    ]

    public let kinds: Set<ObligationKind>
    /// Told of the first time at each place.
    public let note: (UndefinedBehaviour) -> Void

    public init(_ kinds: Set<ObligationKind> = [], note: @escaping (UndefinedBehaviour) -> Void = { _ in }) {
        self.kinds = kinds.intersection(Self.possible)
        self.note = note
    }
}

extension Machine {
    /// Notes a fault if the execution may go on behind it; else ends the execution.
    func tolerate(_ fault: Stop) throws(Stop) {
        guard case .violation(let what) = fault, tolerated.kinds.contains(what.kind) else { throw fault }
        if noted.insert(NotedPlace(kind: what.kind, site: what.site)).inserted { tolerated.note(what) }
    }

    /// Goes on behind a check that failed if the fault is a read of a variable without a value, and tolerated: what the
    /// variable has then is what its register holds. Behind other checks nothing is known to go on with.
    func goOnBehind(_ fault: Stop) throws(Stop) {
        guard case .violation(let what) = fault, what.kind == .uninitializedRead else { throw fault }
        try tolerate(fault)
    }

    /// Does the step of a fault as compiled code does it, if the fault is tolerated.
    func recover(from fault: Stop) throws(Stop) {
        try tolerate(fault)
        let step = image.code[position]
        let type = IntegerType(bits: step.width, isSigned: step.isSigned)
        let (a, b) = (value(step.a), value(step.b))
        switch step.operation {
        case .addSigned: set(step, type.number(UInt128(truncatingIfNeeded: a &+ b)))
        case .subtractSigned: set(step, type.number(UInt128(truncatingIfNeeded: a &- b)))
        case .multiplySigned: set(step, type.number(UInt128(truncatingIfNeeded: a &* b)))
        case .offset: set(step, Slot(base: a.base, offset: a.offset &+ b.low &* step.immediate))
        case .loadSigned, .loadUnsigned, .loadPointer: set(step, try loadAny(step))
        case .storeInteger, .storePointer: try storeAny(step)
        // Division that overflows ends a native execution too.
        default: throw fault
        }
    }
}

struct NotedPlace: Hashable {
    var kind: ObligationKind
    var site: SiteID
}
