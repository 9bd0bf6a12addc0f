// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The checker's own view of a program: what FORMAT.md section 1.1 encodes.

enum ScalarClass: UInt8 { case integer = 0, pointer, float }

enum FloatFormat: UInt8 { case binary32 = 0, binary64, extended80 }

struct ScalarType: Hashable {
    var kind: ScalarClass
    var bits = 0
    var isSigned = false
    var format = FloatFormat.binary64

    /// Bits that a cell of the type takes.
    var width: Int128 {
        switch kind {
        case .integer: Int128(bits)
        case .pointer: 64
        case .float:
            switch format {
            case .binary32: 32
            case .binary64: 64
            case .extended80: 128
            }
        }
    }

    /// The values of an integer type. Unsigned 128 has no upper end: it exceeds the checker's integers.
    var range: Bounds {
        guard kind == .integer, bits >= 1, bits <= 128 else { return .all }
        if isSigned {
            let half = Int128(1) << Int128(bits - 1)
            return bits == 128 ? Bounds(lower: .min, upper: .max) : Bounds(lower: -half, upper: half - 1)
        }
        if bits == 128 { return Bounds(lower: 0, upper: nil) }
        return Bounds(lower: 0, upper: bits == 127 ? .max : (Int128(1) << Int128(bits)) - 1)
    }
}

struct Operand: Hashable {
    enum Kind: UInt8 { case none = 0, register, integer, float, object, function, null }

    var kind: Kind
    var index: Int
}

enum Opcode: UInt8 {
    case move = 0, linear, arithmetic, convert, compareIntegers, comparePointers, compareFloats, floatArithmetic
    case floatNegate, convertFloat, integerToFloat, floatToInteger, offset, difference, pointerToInteger
    case integerToPointer, load, store, copy, fill, scramble, probe, allocate, free, start, end, havoc, assume, check
    case call, callPointer, havocMemory, objectSize
}

enum Operation: UInt8 { case add = 0, subtract, multiply, divide, remainder, shiftLeft, shiftRight, and, or, xor }

enum Comparison: UInt8 { case equal = 0, notEqual, less, lessOrEqual }

struct Instruction {
    var opcode: Opcode
    var detail: UInt8
    var bit: Int128
    var flags: UInt8
    var alignment: Int128
    var type: ScalarType
    var result: Int?
    var a: Operand
    var b: Operand
    var c: Operand
    var immediate: Int128
    var list: Range<Int>
    var target: Int?
    var site: Int

    var isChecked: Bool { flags & 1 != 0 }
    var isVolatile: Bool { flags & 2 != 0 }
    var comparesBases: Bool { flags & 4 != 0 }
    var operation: Operation? { Operation(rawValue: detail) }
    var comparison: Comparison? { Comparison(rawValue: detail) }
}

struct Terminator {
    enum Kind: UInt8 { case goto = 0, branch, `switch`, labelGoto, `return`, halt }

    var kind: Kind
    var operand: Operand
    var targets: Range<Int>
    var cases: Range<Int>
    var labels: Int?
    var site: Int
}

struct Block {
    var instructions: Range<Int>
    var terminator: Terminator
    var live: Range<Int>
}

struct Function {
    var name: String
    var isVariadic: Bool
    var registers: [ScalarType]
    var parameterCount: Int
    var result: ScalarType?
    var objects: [Int]
    var live: [Int]
    var operands: [Operand]
    var targets: [Int]
    /// Closed ranges: places of the ends among the program's integers.
    var cases: [(lower: Int, upper: Int)]
    var instructions: [Instruction]
    var blocks: [Block]
    var site: Int
}

struct Object {
    enum Kind: UInt8 { case global = 0, constant, local, labels, external }

    var name: String
    var kind: Kind
    /// In bytes; -1: known when it starts.
    var size: Int128
    var alignment: Int128
    var owner: Int?
    var runs: [InitialRun]
    var site: Int

    var isDynamic: Bool { size < 0 }
    var isReadOnly: Bool { kind == .constant || kind == .labels }
}

struct InitialRun {
    var position: Int128
    var stride: Int128
    var type: ScalarType
    var values: [InitialValue]
}

enum InitialValue {
    case integer(Int128)
    case float(Double)
    case null
    case object(Int, Int128)
    case function(Int)
    case unknown
}

struct Site {
    var file: Int
    var line: Int
    var column: Int
}

struct Assumption {
    var kind: Int
    var statement: String
    var site: Int?

    static let kindNames = [
        "target-abi", "language-semantics", "frontend", "entry-state", "library-model", "external-function",
        "inline-asm", "volatile-or-hardware", "concurrency", "allocation", "floating-point", "stack-space",
        "user-assumption", "alarm", "recursion-or-budget",
    ]
}

struct Program {
    var strings: [String] = []
    var integers: [Int128] = []
    var floats: [Double] = []
    var sites: [Site] = []
    var assumptions: [Assumption] = []
    var objects: [Object] = []
    var functions: [Function] = []
    var entry = 0
}
