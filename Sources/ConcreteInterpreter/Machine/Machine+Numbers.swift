// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// Integers: linear forms, and arithmetic in types of more than 64 bits.
extension Machine {
    private var beyond: Stop { .limit("a number does not fit 128 bits") }

    /// The exact combination.
    func linear(_ step: Code, _ frame: UnsafeMutablePointer<Slot>) throws(Stop) -> Slot {
        var sum = value(step.a)
        for index in stride(from: Int(step.list.start), to: Int(step.list.start + step.list.count), by: 2) {
            let factor = value(translation.lists[index]), term = frame[Int(translation.lists[index + 1])]
            let (product, isLarge) = factor.multipliedReportingOverflow(by: term)
            let (next, isLarger) = sum.addingReportingOverflow(product)
            if isLarge || isLarger { throw beyond }
            sum = next
        }
        return sum
    }

    /// The number modulo 2^width, in the type's range.
    func convertWide(_ number: Slot, _ step: Code) throws(Stop) -> Slot {
        try reduced(UInt128(truncatingIfNeeded: number), width: step.width, isSigned: step.isSigned)
    }

    /// Bits as a number of the type.
    private func reduced(_ bits: UInt128, width: UInt8, isSigned: Bool) throws(Stop) -> Slot {
        if width == 128 {
            let number = Slot(truncatingIfNeeded: bits)
            // An unsigned number of 128 bits needs one more here.
            if !isSigned, number < 0 { throw beyond }
            return number
        }
        return IntegerType(bits: width, isSigned: isSigned).number(bits)
    }

    func wideArithmetic(_ step: Code) throws(Stop) -> Slot {
        let a = value(step.a), b = value(step.b)
        guard let operation = ArithmeticOperator(rawValue: step.detail) else { throw beyond }
        let type = IntegerType(bits: step.width, isSigned: step.isSigned)
        /// The exact result's low bits, and whether it is too large for 128 bits with a sign.
        let (bits, isLarge): (Slot, Bool)
        switch operation {
        case .add: (bits, isLarge) = a.addingReportingOverflow(b)
        case .subtract: (bits, isLarge) = a.subtractingReportingOverflow(b)
        case .multiply: (bits, isLarge) = a.multipliedReportingOverflow(by: b)
        case .divide, .remainder:
            if b == 0 { throw divisionByZero(position, frame) }
            let leaves = b == -1 && type.isSigned && a == type.minimum
            if leaves { throw overflow(position, frame) }
            return operation == .divide ? a / b : a % b
        case .shiftLeft, .shiftRight:
            guard b >= 0, b < Slot(step.width) else { throw invalidShift(position, frame) }
            if operation == .shiftRight { return a >> b }
            bits = a << b
            isLarge = bits >> b != a
            if type.isSigned {
                guard a >= 0, !isLarge, isIn(type, bits) else { throw invalidShift(position, frame) }
                return bits
            }
        case .and: return a & b
        case .or: return a | b
        case .xor: return a ^ b
        }
        if type.isSigned {
            if isLarge || !isIn(type, bits) { throw overflow(position, frame) }
            return bits
        }
        return try reduced(UInt128(truncatingIfNeeded: bits), width: step.width, isSigned: false)
    }

    private func isIn(_ type: IntegerType, _ number: Slot) -> Bool {
        number >= type.minimum && (type.maximum.map { number <= $0 } ?? true)
    }
}
