// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// One state of an execution, with the names that the analysis gives to its objects: what a `NodeState` is about.
///
/// Which object has which tag is ghost state (FORMAT.md section 5.1); whoever follows the execution keeps it.
public protocol ConcreteState {
    associatedtype Object

    /// What a register of the running function holds; the register behind the last one is the result.
    func value(of register: Register, _ type: ScalarType) -> ConcreteValue
    /// The living objects that a tag names.
    func objects(of tag: Tag) -> [Object]
    /// In bytes.
    func size(of object: Object) -> Int64
    /// The value of the cell of this type at a bit; nil: one of its bits is not initialised, or lies outside.
    func cell(of object: Object, at bit: Int, _ type: ScalarType) -> ConcreteValue?
    /// How many of the bits are initialised; those outside of the object are not.
    func initialisation(of bits: Range<Int>, in object: Object) -> Initialisation
    /// A byte of the object, whether initialised or not; 0 outside.
    func byte(of object: Object, at offset: Int) -> UInt8
    /// The object in messages.
    func name(of object: Object) -> String
}

/// The value of a register or a cell.
public enum ConcreteValue: Sendable {
    case integer(Int128)
    case pointer(NamedPointer)
    /// binary32 or binary64.
    case float(Double)
    /// extended80: the greatest binary64 number that is not above it, and the least that is not below it. Every range between
    /// binary64 numbers that contains these contains the value, and the other way round. Both are NaN for NaN.
    case extended(below: Double, above: Double)
    /// There is no value.
    case missing

    /// What linear facts speak of: an integer, or a pointer's offset.
    var number: Int128? {
        switch self {
        case .integer(let number): number
        case .pointer(let pointer): Int128(pointer.offset)
        case .float, .extended, .missing: nil
        }
    }
}

/// A pointer as the analysis sees it.
public struct NamedPointer: Sendable {
    /// What names its base: one tag. Of a heap object that is no longer alive: the tag that it was given.
    public var tag: Tag
    /// It is a heap object that is no longer alive: `freed` names it as well.
    public var isFreed: Bool
    public var offset: Int64

    public init(tag: Tag, isFreed: Bool = false, offset: Int64) {
        self.tag = tag
        self.isFreed = isFreed
        self.offset = offset
    }
}

public enum Initialisation: Sendable {
    case none, some, all
}
