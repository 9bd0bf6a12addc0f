// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Intervals
import Lattices
import Pointers
import ProgramIR
import Reductions

/// What a register holds while a tree is executed.
enum Value: Sendable {
    case integer(LinearForm)
    case pointer(SymbolicPointer)
    case float(FloatOperand)
}

/// A pointer: what it points into, and the byte offset there.
struct SymbolicPointer: Hashable, Sendable {
    var base: Base
    var offset: LinearForm

    static let null = SymbolicPointer(base: .tag(Tag.null), offset: LinearForm(0))
}

enum Base: Hashable, Sendable {
    case tag(Tag)
    /// A base symbol of the tree.
    case symbol(Int32)

    var isSymbol: Bool {
        if case .symbol = self { return true }
        return false
    }
}

enum FloatOperand: Hashable, Sendable {
    /// The bits of a binary64 value.
    case constant(UInt64, ProgramIR.FloatFormat)
    case symbol(Int32)
}

/// The possible targets of a pointer: for each tag the possible offsets.
public typealias Targets = PointerValue<IntegerValue>

/// What is known of a value where paths meet.
public enum AbstractValue: Hashable, Sendable {
    case integer(IntegerValue)
    case pointer(Targets)
    case float(FloatInterval)

    static func top(_ type: ScalarType) -> AbstractValue {
        switch type {
        case .integer(let type): .integer(.machine(width: Int(type.bits), signed: type.isSigned))
        case .pointer: .pointer(.top)
        case .float(let format): .float(.top(format.domain))
        }
    }

    /// Nothing known, not even the machine type's range.
    static func unknown(_ type: ScalarType) -> AbstractValue {
        if case .integer = type { return .integer(.top) }
        return top(type)
    }

    /// True if every value of the type satisfies it.
    func isImplied(by type: ScalarType) -> Bool { isTop || AbstractValue.top(type).isSubset(of: self) }

    var isTop: Bool {
        switch self {
        case .integer(let value): value.isTop
        case .pointer(let value): value.isAny
        case .float(let value): value.isTop
        }
    }

    func isSubset(of other: AbstractValue) -> Bool {
        switch (self, other) {
        case (.integer(let left), .integer(let right)): left.isSubset(of: right)
        case (.pointer(let left), .pointer(let right)): left.isSubset(of: right)
        case (.float(let left), .float(let right)): left.isSubset(of: right)
        default: false
        }
    }

    /// nil if the two are of different classes.
    func join(_ other: AbstractValue) -> AbstractValue? {
        switch (self, other) {
        case (.integer(let left), .integer(let right)): .integer(left.join(right))
        case (.pointer(let left), .pointer(let right)): .pointer(left.join(right, budget: Budget.targets))
        case (.float(let left), .float(let right)): .float(left.join(right))
        default: nil
        }
    }

    /// `next` must include the value, as after a join.
    func widening(next: AbstractValue, thresholds: Thresholds) -> AbstractValue? {
        switch (self, next) {
        case (.integer(let left), .integer(let right)): .integer(left.widening(next: right, thresholds: thresholds))
        case (.pointer(let left), .pointer(let right)):
            .pointer(left.widening(next: right, thresholds: thresholds, budget: Budget.targets))
        case (.float(let left), .float(let right)): .float(left.widening(next: right, thresholds: thresholds))
        default: nil
        }
    }
}

extension ProgramIR.FloatFormat {
    /// The domain's name for the format.
    var domain: Intervals.FloatFormat {
        switch self {
        case .binary32: .binary32
        case .binary64: .binary64
        case .extended80: .extended
        }
    }
}
