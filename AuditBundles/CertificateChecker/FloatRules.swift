// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Floats (6.3): ranges follow from the operands' ranges.
///
/// *Sound:* rounding is monotone and each operation is monotone in each operand on each sign, so the extremes lie
/// at the corners; where a corner is a NaN, or a divisor may be 0, nothing is said.
extension Execution {
    func rangeSet(_ value: FloatValue) -> RangeSet? {
        switch value {
        case .constant(let bits): RangeSet(range: FloatRange(Double(bitPattern: bits)), label: 0)
        case .symbol(let symbol): state.range(symbol)
        }
    }

    private func rounded(_ value: Double, _ format: FloatFormat) -> Double {
        format == .binary32 ? Double(Float(value)) : value
    }

    private mutating func assign(_ i: Instruction, _ range: FloatRange?, _ label: Int) {
        guard let range, i.type.format != .extended80 else {
            assign(i, .float(.symbol(state.freshFloat(nil))))
            return
        }
        let result = FloatRange(
            lower: rounded(range.lower, i.type.format), upper: rounded(range.upper, i.type.format),
            mayBeNaN: range.mayBeNaN)
        assign(i, .float(.symbol(state.freshFloat(RangeSet(range: result, label: label)))))
    }

    mutating func executeFloatArithmetic(_ i: Instruction) throws(CheckFailure) {
        let (x, y) = (try float(i.a), try float(i.b))
        guard let a = rangeSet(x), let b = rangeSet(y) else {
            assign(i, nil, 0)
            return
        }
        assign(i, Self.combine(i.detail, a.range, b.range), try labels.union(a.label, b.label))
    }

    static func combine(_ operation: UInt8, _ a: FloatRange, _ b: FloatRange) -> FloatRange? {
        let mayBeNaN = a.mayBeNaN || b.mayBeNaN
        let isInfinite = { (range: FloatRange) in range.lower.isInfinite || range.upper.isInfinite }
        switch operation {
        case 0, 1:
            let c = operation == 0 ? b : FloatRange(lower: -b.upper, upper: -b.lower, mayBeNaN: b.mayBeNaN)
            let (lower, upper) = (a.lower + c.lower, a.upper + c.upper)
            let cancels =
                (a.upper == .infinity && c.lower == -.infinity) || (a.lower == -.infinity && c.upper == .infinity)
            if lower.isNaN || upper.isNaN { return .all }
            return FloatRange(lower: lower, upper: upper, mayBeNaN: mayBeNaN || cancels)
        case 2:
            let holdsZero = { (range: FloatRange) in range.lower <= 0 && range.upper >= 0 }
            let vanishes = (holdsZero(a) && isInfinite(b)) || (holdsZero(b) && isInfinite(a))
            return corners(a, b, { $0 * $1 }, mayBeNaN || vanishes)
        default:
            if b.lower <= 0 && b.upper >= 0 {
                let holdsZero = a.lower <= 0 && a.upper >= 0
                return FloatRange(
                    lower: -.infinity, upper: .infinity,
                    mayBeNaN: mayBeNaN || holdsZero || (isInfinite(a) && isInfinite(b)))
            }
            return corners(a, b, { $0 / $1 }, mayBeNaN || (isInfinite(a) && isInfinite(b)))
        }
    }

    private static func corners(
        _ a: FloatRange, _ b: FloatRange, _ operation: (Double, Double) -> Double, _ mayBeNaN: Bool
    ) -> FloatRange {
        var (lower, upper) = (Double.infinity, -Double.infinity)
        for (x, y) in [(a.lower, b.lower), (a.lower, b.upper), (a.upper, b.lower), (a.upper, b.upper)] {
            let value = operation(x, y)
            if value.isNaN { return .all }
            if value < lower { lower = value }
            if value > upper { upper = value }
        }
        return FloatRange(lower: lower, upper: upper, mayBeNaN: mayBeNaN)
    }

    mutating func executeFloatUnary(_ i: Instruction) throws(CheckFailure) {
        guard let set = rangeSet(try float(i.a)) else {
            assign(i, nil, 0)
            return
        }
        let range = set.range
        let isNegated = i.opcode == .floatNegate
        assign(
            i, isNegated ? FloatRange(lower: -range.upper, upper: -range.lower, mayBeNaN: range.mayBeNaN) : range,
            set.label)
    }

    mutating func executeCompareFloats(_ i: Instruction) throws(CheckFailure) {
        guard let comparison = i.comparison else { throw CheckFailure(.illFormedProgram, "a comparison operator") }
        try assignTruth(i, Definition(meaning: .floats(comparison, try float(i.a), try float(i.b)), label: 0))
    }

    mutating func executeIntegerToFloat(_ i: Instruction) throws(CheckFailure) {
        guard try reader.flag() else {
            assign(i, nil, 0)
            return
        }
        let form = try integer(i.a)
        let (high, low) = (try finiteUpper(form), try finiteLower(form))
        guard low.bound <= high.bound else { throw unjustified("the bounds of a converted integer are empty") }
        let isSingle = i.type.format == .binary32
        let (lower, upper) = (
            isSingle ? Double(Float(low.bound)) : Double(low.bound),
            isSingle ? Double(Float(high.bound)) : Double(high.bound)
        )
        assign(i, FloatRange(lower: lower, upper: upper, mayBeNaN: false), try labels.union(high.label, low.label))
    }

    mutating func executeFloatToInteger(_ i: Instruction) throws(CheckFailure) {
        let value = try float(i.a)
        let claim = try readClaim(.floatToInteger, site: i.site)
        guard claim.isClaimed else {
            assign(i, .integer(try fresh(i.type.range, claim.alarm)))
            return
        }
        guard let set = rangeSet(value), !set.range.mayBeNaN,
            let lower = Int128(exactly: set.range.lower.rounded(.towardZero)),
            let upper = Int128(exactly: set.range.upper.rounded(.towardZero)),
            Bounds(lower: lower, upper: upper).isInside(i.type.range)
        else { throw unjustified("the float's range is not shown to be in the integer type") }
        try settle(claim, set.label)
        assign(i, .integer(try fresh(Bounds(lower: lower, upper: upper), set.label)))
    }
}
