// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// An operand of an instruction: a register, a constant of the program's pools, or the address of something.
public struct Operand: Hashable, Sendable {
    public enum Kind: UInt8, Sendable {
        case none
        /// `index` is a register of the function.
        case register
        /// `index` is a place in `Program.integers`.
        case integer
        /// `index` is a place in `Program.floats`.
        case float
        /// The address of the first byte of object `index`.
        case object
        /// The address of function `index`.
        case function
        /// The null pointer.
        case null
    }

    public var kind: Kind
    public var index: Int32

    @inlinable public init(_ kind: Kind, _ index: Int32) {
        self.kind = kind
        self.index = index
    }

    public static let none = Operand(.none, 0)
    public static let null = Operand(.null, 0)
    @inlinable public static func register(_ register: Register) -> Operand { .init(.register, register) }
    @inlinable public static func object(_ object: ObjectID) -> Operand { .init(.object, object) }
    @inlinable public static func function(_ function: FunctionID) -> Operand { .init(.function, function) }

    @inlinable public var isNone: Bool { kind == .none }
    @inlinable public var register: Register? { kind == .register ? index : nil }
}

/// Ids are places in flat arrays.
public typealias Register = Int32
public typealias ObjectID = Int32
public typealias FunctionID = Int32
public typealias BlockID = Int32
public typealias SiteID = Int32
public typealias AssumptionID = Int32

/// A stretch of one of a function's pools.
public struct PoolRange: Hashable, Sendable {
    public var start: Int32
    public var count: Int32

    @inlinable public init(start: Int32, count: Int32) {
        self.start = start
        self.count = count
    }

    public static let empty = PoolRange(start: 0, count: 0)
    @inlinable public var range: Range<Int> { Int(start)..<Int(start + count) }
}
