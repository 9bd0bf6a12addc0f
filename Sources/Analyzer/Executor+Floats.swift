// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Intervals
import ProgramIR

// Floating point: ranges follow from ranges by the same operation on their ends (FORMAT.md section 6.3).
extension Executor {
    func range(of operand: FloatOperand) -> FloatInterval {
        switch operand {
        case .constant(let bits, let format): .number(Double(bitPattern: bits), format.domain)
        case .symbol(let symbol): float(symbol).range ?? .top(float(symbol).format.domain)
        }
    }

    /// The fact behind a symbol's range; nil for constants and for ranges that say nothing.
    func floatFact(_ operand: FloatOperand) -> FactReference? {
        guard case .symbol(let symbol) = operand, float(symbol).fact >= 0 else { return nil }
        return .float(float(symbol).fact)
    }

    mutating func setFloatRange(_ range: FloatInterval, of symbol: Int32, label: Int32, sources: [FactReference]) {
        let place: Int
        if let known = floatPlaces[symbol] {
            place = known
        } else {
            place = floats.count
            floatPlaces[symbol] = place
            floats.append(FloatSymbol(number: symbol, format: .binary64))
        }
        let fact = newFloat(label)
        record(.automatic, [], produces: [.float(fact)], sources: sources)
        floats[place].range = range
        floats[place].fact = fact
    }

    mutating func executeFloat(_ instruction: Instruction) {
        record(.step, [.byte(0x01)])
        let result = instruction.result
        switch instruction.opcode {
        case .floatArithmetic:
            guard case .float(let format) = instruction.type, let operation = instruction.floatOperator else { return }
            let left = floatValue(instruction.a, format), right = floatValue(instruction.b, format)
            let x = range(of: left), y = range(of: right)
            // An operand's own format may be wider: constants are kept in binary64.
            let range = x.combined(operation, y).converted(to: format.domain)
            setFloat(result, format, range, from: [left, right])
        case .floatNegate:
            guard case .float(let format) = instruction.type else { return }
            let operand = floatValue(instruction.a, format)
            setFloat(result, format, range(of: operand).negated(), from: [operand])
        case .convertFloat:
            guard case .float(let format) = instruction.type else { return }
            let operand = floatValue(instruction.a)
            setFloat(result, format, range(of: operand).converted(to: format.domain), from: [operand])
        default: break
        }
    }

    /// `register` becomes a fresh symbol with a range that follows from those of the operands.
    private mutating func setFloat(
        _ register: Register, _ format: ProgramIR.FloatFormat, _ range: FloatInterval, from operands: [FloatOperand]
    ) {
        let symbol = freshFloat(format)
        values[register] = .float(.symbol(symbol))
        // A range that says nothing is one all the same: what it is made smaller with rests on its sources.
        let isKnown = operands.allSatisfy {
            if case .symbol(let symbol) = $0 { float(symbol).range != nil } else { true }
        }
        guard isKnown, format != .extended80 else { return }
        let sources = operands.compactMap(floatFact)
        let label = sources.reduce(LabelTable.empty) { union($0, recorder?.label(of: $1) ?? LabelTable.empty) }
        setFloatRange(range, of: symbol, label: label, sources: sources)
    }

    mutating func executeIntegerToFloat(_ instruction: Instruction) {
        guard case .float(let format) = instruction.type else { return }
        let form = integerValue(instruction.a)
        let high = upper(form), low = lower(form)
        let symbol = freshFloat(format)
        values[instruction.result] = .float(.symbol(symbol))
        guard high.value.isFinite, low.value.isFinite, format != .extended80 else {
            record(.step, [.byte(0x01), .byte(0)])
            return
        }
        let range = FloatInterval(converting: IntegerInterval(low.value, high.value), to: format.domain)
        let fact = newFloat(union(label(of: high.derivation), label(of: low.derivation)))
        record(
            .step, [.byte(0x01), .byte(1), .derivation(high.derivation), .derivation(low.derivation)],
            produces: [.float(fact)], minimal: [.byte(0x01), .byte(0)])
        let place = floatPlaces[symbol]!
        floats[place].range = range
        floats[place].fact = fact
    }

    mutating func executeFloatToInteger(_ instruction: Instruction) {
        guard case .integer(let type) = instruction.type else { return }
        let operand = floatValue(instruction.a)
        let known = range(of: operand)
        let truncated = known.truncatedToInteger()
        let fits =
            !known.mayBeNaN && !known.isNumericEmpty && truncated.lower.isFinite && truncated.upper.isFinite
            && truncated.lower.storage >= type.minimum && truncated.upper.storage <= (type.maximum ?? .max)
        let symbol = freshInteger()
        values[instruction.result] = .integer(LinearForm(symbol: symbol))
        let source = floatFact(operand)
        let label =
            fits
            ? (source.map { recorder?.label(of: $0) ?? LabelTable.empty } ?? LabelTable.empty) : alarmLabel(.floatToInt)
        record(.step, [.byte(0x01), .byte(fits ? 1 : 0)] + (fits ? [source].compactMap { $0.map(Atom.uses) } : []))
        decide(
            .floatToInt,
            fits
                ? .holds
                : .mayFail(
                    "the value may be \(known.describedValue), which is outside of the range of the integer type"))
        let low = fits ? truncated.lower.storage : type.minimum
        if let high = fits ? truncated.upper.storage : type.maximum {
            guardUpper(LinearForm(symbol: symbol), high, label: label)
        }
        guardLower(LinearForm(symbol: symbol), low, label: label)
    }
}

extension FloatInterval {
    /// The range of a constant; a certificate has none that holds NaN alone.
    static func number(_ value: Double, _ format: Intervals.FloatFormat) -> FloatInterval {
        value.isNaN ? .top(format) : FloatInterval(constant: value, format: format)
    }

    /// The range of an operation's results as the checker computes it, which may be larger than the domain's own: where
    /// the ends make NaN it is everything, and so are the quotients by what may be 0.
    func combined(_ operation: FloatOperator, _ other: FloatInterval) -> FloatInterval {
        let left = [lower, upper], right = [other.lower, other.upper]
        let corners: [Double]
        switch operation {
        case .add: corners = [lower + other.lower, upper + other.upper]
        case .subtract: corners = [lower - other.upper, upper - other.lower]
        case .multiply: corners = left.flatMap { x in right.map { x * $0 } }
        case .divide:
            if other.mayBeZero {
                let nan = mayBeNaN || other.mayBeNaN || mayBeZero || (mayBeInfinite && other.mayBeInfinite)
                return FloatInterval(-.infinity, .infinity, mayBeNaN: nan, format: format)
            }
            corners = left.flatMap { x in right.map { x / $0 } }
        }
        if corners.contains(where: \.isNaN) { return .top(format) }
        return switch operation {
        case .add: adding(other)
        case .subtract: subtracting(other)
        case .multiply: multiplied(by: other)
        case .divide: divided(by: other)
        }
    }

    /// The range in a developer's words.
    var describedValue: String {
        if isNumericEmpty { return "NaN" }
        let range = lower == upper ? "\(lower)" : "\(lower) to \(upper)"
        return mayBeNaN ? "\(range) or NaN" : range
    }
}
