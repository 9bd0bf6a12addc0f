// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// A function of the C library as the interpreter provides it. Arguments come as the declaration's parameters, variable
/// ones behind them as one pointer for `VariableArguments`. The result is nil for void.
///
/// It has the undefined behaviour of the function it stands for: it uses memory through the machine only.
public typealias HostFunction = @Sendable (Machine, HostArguments) throws(Stop) -> Value?

/// The arguments of a call.
public struct HostArguments: Sendable {
    public let values: [Value]

    public var count: Int { values.count }

    /// The integer argument; a pointer's address; 0 if there is none.
    public func integer(_ index: Int) -> Int128 {
        guard index < values.count else { return 0 }
        switch values[index] {
        case .integer(let value): return value
        case .pointer(let pointer): return Int128(Memory.address(of: pointer))
        case .float, .extended: return 0
        }
    }

    public func int(_ index: Int) -> Int { Int(truncatingIfNeeded: integer(index)) }

    public func pointer(_ index: Int) -> Pointer {
        if index < values.count, case .pointer(let pointer) = values[index] { return pointer }
        return .null
    }

    public func float(_ index: Int) -> Double {
        guard index < values.count else { return 0 }
        switch values[index] {
        case .float(let value): return value
        case .extended(let value): return Double(value)
        case .integer, .pointer: return 0
        }
    }
}

/// What is passed for `...` (C11 7.16), as the lowering packs it: an array of slots, each with a code of the type at byte
/// 0 and the value at byte 16.
public struct VariableArguments {
    public static let slotSize = 32
    static let valueOffset = 16
    /// Where a va_list has the address of the next slot.
    static let cursorOffset = 8

    private var next: Pointer
    /// The va_list that goes along with it; nil: the arguments of a call.
    private let list: Pointer?

    /// The arguments behind the parameters of a call.
    public init(_ slots: Pointer) {
        next = slots
        list = nil
    }

    /// The arguments that a va_list still has; taking them takes them from the list.
    public init(list: Pointer, in machine: Machine) throws(Stop) {
        self.list = list
        next = try machine.pointer(at: list + Self.cursorOffset)
    }

    public enum Expected {
        case integer(bits: UInt8, isSigned: Bool)
        case pointer, double, longDouble

        /// As the lowering codes it.
        fileprivate var code: Int128 {
            switch self {
            case .integer(let bits, _): 0x100 + Int128(bits)
            case .pointer: 1
            case .double: 0x11
            case .longDouble: 0x12
            }
        }

        fileprivate var type: ScalarType {
            switch self {
            case .integer(let bits, let isSigned): .integer(IntegerType(bits: bits, isSigned: isSigned))
            case .pointer: .pointer
            case .double: .float(.binary64)
            case .longDouble: .float(.extended80)
            }
        }
    }

    /// The next argument; `invalid-call` if there is none or if it has another type.
    public mutating func take(_ expected: Expected, in machine: Machine) throws(Stop) -> Value {
        guard !next.isNull, try machine.holdsArgument(next, code: expected.code) else {
            throw machine.violation(.invalidCall, "an argument that the format wants is missing or has another type")
        }
        let value = try machine.load(expected.type, at: next + Self.valueOffset)
        next = next + Self.slotSize
        if let list { try machine.store(.pointer(next), .pointer, at: list + Self.cursorOffset) }
        return value
    }

    public mutating func integer(bits: UInt8, isSigned: Bool = true, in machine: Machine) throws(Stop) -> Int128 {
        guard case .integer(let value) = try take(.integer(bits: bits, isSigned: isSigned), in: machine) else {
            return 0
        }
        return value
    }

    public mutating func pointer(in machine: Machine) throws(Stop) -> Pointer {
        guard case .pointer(let value) = try take(.pointer, in: machine) else { return .null }
        return value
    }
}
