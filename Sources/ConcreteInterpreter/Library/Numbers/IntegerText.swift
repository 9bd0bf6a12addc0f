// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc
import ProgramIR

/// An integer at the start of a string (C11 7.22.1.4). Only the bytes that decide are read.
struct IntegerText {
    var isNegative = false
    /// The absolute value; `UInt64.max` where it exceeds that.
    var magnitude: UInt64 = 0
    var exceeds = false
    /// Bytes of the number with what comes before it; 0: there is none.
    var length = 0

    init(at start: Pointer, base wanted: Int, in machine: Machine) throws(Stop) {
        func byte(_ index: Int) throws(Stop) -> UInt8 { try machine.byte(at: start + index) }
        var index = 0
        while isSpace(try byte(index)) { index += 1 }
        let sign = try byte(index)
        if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            index += 1
        }
        var base = UInt64(wanted)
        if try byte(index) == UInt8(ascii: "0") {
            // The prefix counts only where a digit follows; otherwise the 0 is the number.
            if base == 0 || base == 16, lowercase(try byte(index + 1)) == UInt8(ascii: "x"),
                isHexadecimalDigit(try byte(index + 2))
            {
                index += 2
                base = 16
            } else if base == 0 {
                base = 8
            }
        }
        if base == 0 { base = 10 }
        while let digit = Self.digit(try byte(index)), digit < base {
            let (product, overflows) = magnitude.multipliedReportingOverflow(by: base)
            let (sum, carries) = product.addingReportingOverflow(digit)
            if overflows || carries { exceeds = true }
            magnitude = exceeds ? .max : sum
            index += 1
            length = index
        }
    }

    private static func digit(_ byte: UInt8) -> UInt64? {
        if isDigit(byte) { return UInt64(byte - UInt8(ascii: "0")) }
        let letter = lowercase(byte)
        guard (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter) else { return nil }
        return UInt64(letter - UInt8(ascii: "a")) + 10
    }

    /// The value, or nil where no 64 bits with a sign hold it.
    var signed: Int64? {
        if exceeds { return nil }
        if isNegative { return magnitude > 1 << 63 ? nil : Int64(truncatingIfNeeded: 0 &- magnitude) }
        return Int64(exactly: magnitude)
    }
}
