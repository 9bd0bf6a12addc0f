// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// What an instruction does. FORMAT.md section 2 is normative for the meaning; each comment is a summary.
///
/// Undefined behaviour belongs to the meaning: executing an instruction whose condition fails ends the
/// execution with that obligation violated.
public enum Opcode: UInt8, Sendable, CaseIterable {
    /// `result = a`.
    case move = 0
    /// `result = a + sum of coefficient * register over list`, exact. The list holds pairs (integer, register).
    case linear
    /// `result = a op b` in the integer type `type`; `detail` is an `ArithmeticOperator`.
    case arithmetic
    /// `result = a` reduced into `type` modulo 2^bits.
    case convert
    /// `result = (a op b) ? 1 : 0` on integers; `detail` is a `ComparisonOperator`.
    case compareIntegers
    /// The same on pointers; less and lessOrEqual demand one common object (C11 6.5.8p5).
    case comparePointers
    /// The same on floats; every comparison with NaN but notEqual is false.
    case compareFloats
    /// `result = a op b` in the format of `type`, round to nearest even; `detail` is a `FloatOperator`.
    case floatArithmetic
    /// `result = -a`.
    case floatNegate
    /// `result = a` rounded to the format of `type`.
    case convertFloat
    /// `result = a` rounded to the format of `type`; a is an integer.
    case integerToFloat
    /// `result = a` truncated toward zero; must fit `type` (C11 6.3.1.4p1).
    case floatToInteger
    /// `result = a + b * immediate` bytes; with flag `checked` the result must stay in the object or one past it.
    case offset
    /// `result = (a - b) / immediate`; one common object (C11 6.5.6p9).
    case difference
    /// `result = ` the address of a, reduced into `type`.
    case pointerToInteger
    /// `result = ` the pointer of address a: 0 is null, all else points nowhere known.
    case integerToPointer
    /// `result = ` the cell of `type` at a + immediate bytes + `bit` bits.
    case load
    /// That cell of a becomes b.
    case store
    /// c bytes at a become those at b, indeterminate ones included; the ranges may overlap.
    case copy
    /// c bytes at a become the byte b.
    case fill
    /// c bytes at a become any initialised bytes.
    case scramble
    /// c bytes at a must be readable and initialised.
    case probe
    /// `result = ` a fresh heap object of c uninitialised bytes, or null.
    case allocate
    /// Ends the lifetime of the heap object a; null is allowed.
    case free
    /// Object `target` of this function begins its lifetime, uninitialised; c gives its size if it is dynamic.
    case start
    /// Object `target` of this function ends its lifetime.
    case end
    /// `result = ` any value of `type`.
    case havoc
    /// Assumption `target` says that a is not 0 here.
    case assume
    /// a must not be 0; `detail` is the `ObligationKind`.
    case check
    /// `result = function target(list)`.
    case call
    /// `result = (*a)(list)`.
    case callPointer
    /// Anything may happen to memory that assumption `target` does not exclude; `result` is any value of `type`.
    case havocMemory
    /// `result = ` bytes from a to the end of its object.
    case objectSize
}

public enum ArithmeticOperator: UInt8, Sendable, CaseIterable {
    case add, subtract, multiply, divide, remainder, shiftLeft, shiftRight, and, or, xor
}

public enum FloatOperator: UInt8, Sendable, CaseIterable {
    case add, subtract, multiply, divide
}

public enum ComparisonOperator: UInt8, Sendable, CaseIterable {
    case equal, notEqual, less, lessOrEqual
}

/// One instruction: a flat record, so that a function's code is one array without references.
/// Fields that an opcode does not use hold their defaults; the verifier checks that.
public struct Instruction: Hashable, Sendable {
    public var opcode: Opcode
    public var detail: UInt8 = 0
    /// Accesses: the bit within the byte at which a bit-field begins, 0 to 7; else 0.
    public var bit: UInt8 = 0
    /// `offset`: checked. `load`, `store`: volatile.
    public var flags: InstructionFlags = []
    /// Accesses and `allocate`: required or given alignment in bytes, a power of two.
    public var alignment: UInt16 = 1
    public var type: ScalarType = .integer(.signed(32))
    /// -1: none.
    public var result: Register = -1
    public var a: Operand = .none
    public var b: Operand = .none
    public var c: Operand = .none
    /// `load`, `store`: byte offset. `offset`, `difference`: size of an element in bytes.
    public var immediate: Int64 = 0
    /// Operands in the function's pool: call arguments, pairs of `linear`.
    public var list: PoolRange = .empty
    /// A function, object or assumption, as the opcode says; -1: none.
    public var target: Int32 = -1
    public var site: SiteID

    public init(_ opcode: Opcode, site: SiteID) {
        self.opcode = opcode
        self.site = site
    }

    @inlinable public var arithmetic: ArithmeticOperator? { ArithmeticOperator(rawValue: detail) }
    @inlinable public var comparison: ComparisonOperator? { ComparisonOperator(rawValue: detail) }
    @inlinable public var floatOperator: FloatOperator? { FloatOperator(rawValue: detail) }
    @inlinable public var obligationKind: ObligationKind? { ObligationKind(rawValue: detail) }
}

public struct InstructionFlags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let checked = InstructionFlags(rawValue: 1)
    public static let volatile = InstructionFlags(rawValue: 2)
    /// A comparison of pointers that asks for their objects only.
    public static let bases = InstructionFlags(rawValue: 4)
}
