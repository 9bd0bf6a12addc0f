// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// What one step does: an opcode of the IR, specialised where that saves time.
enum Operation: UInt8 {
    case move
    /// `linear` with one term; `linear` with several.
    case linearTerm, linear
    /// Arithmetic in types of at most 64 bits.
    case addSigned, subtractSigned, multiplySigned, addUnsigned, subtractUnsigned, multiplyUnsigned
    case and, or, xor, divide, remainder, shiftLeft, shiftRight
    /// Any arithmetic in a type of more than 64 bits.
    case wideArithmetic
    case convertSigned, convertUnsigned, convertWide
    case equal, notEqual, less, lessOrEqual
    case comparePointers, compareFloats
    case floatArithmetic, extendedArithmetic, floatNegate, convertFloat, integerToFloat, floatToInteger
    case offset, difference, pointerToInteger, integerToPointer
    /// Whole bytes, at most eight of them.
    case loadSigned, loadUnsigned, loadPointer, storeInteger, storePointer
    case loadAny, storeAny
    case copy, fill, scramble, probe, allocate, free, start, end
    case havoc, assume, check, call, callPointer, provided, havocMemory, objectSize
    case goto, branch, `switch`, labelGoto, returnValue, returnNothing, halt
}

/// One step in the form that the interpreter runs: operands are places, jumps are positions.
///
/// An operand is a slot: not negative in the frame of the running function (registers, then the addresses of its
/// automatic objects), negative among the constants.
struct Code {
    var operation: Operation
    var detail: UInt8 = 0
    var bit: UInt8 = 0
    /// Bits of the type.
    var width: UInt8 = 0
    var isSigned = false
    var flags: InstructionFlags = []
    var alignment: UInt16 = 1
    var result: Int32 = -1
    var a: Int32 = 0
    var b: Int32 = 0
    var c: Int32 = 0
    /// Function, object or assumption; the position of a jump.
    var target: Int32 = -1
    /// In the list pool, or in the jumps.
    var list: PoolRange = .empty
    var immediate: Int64 = 0
}

/// A function's place in the code.
struct FunctionCode {
    var start: Int32 = 0
    /// Slots of a frame: registers and automatic objects.
    var frameSize: Int32 = 0
    var registerCount: Int32 = 0
    var parameterCount: Int32 = 0
    var localCount: Int32 = 0
    /// The library function of this name stands for it: a place in the list of provided functions; -1: none.
    var provided: Int32 = -1
}

/// A case of a switch.
struct CaseJump {
    var lower: Int128
    var upper: Int128
    var target: Int32
}
