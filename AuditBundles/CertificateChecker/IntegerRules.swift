// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Integer instructions (6.1): bounded results, wrapping, sums.
///
/// *Sound:* an obligation that holds makes the mathematical result the result; `wrap` is the definition of modulo.
extension Execution {
    /// The value stays in the type: claimed with two bounds, or assumed with an alarm.
    mutating func bounded(_ form: LinearForm, _ type: ScalarType, _ claim: Claim) throws(CheckFailure) {
        if claim.isClaimed {
            let (high, low) = (try upper(form), try lower(form))
            try demand(high, low, in: type)
            try settle(claim, try labels.union(high.label, low.label))
        } else {
            try addBounds(form, type.range, claim.alarm)
        }
    }

    func demand(_ high: Derived, _ low: Derived, in type: ScalarType) throws(CheckFailure) {
        let range = type.range
        guard range.upper.map({ high.bound <= $0 }) ?? true, range.lower.map({ low.bound >= $0 }) ?? true else {
            throw unjustified("the value is not shown to be in its type")
        }
    }

    /// Reads a wrap hint: the value modulo 2^w, in the range of the type.
    mutating func wrap(_ form: LinearForm, _ type: ScalarType) throws(CheckFailure) -> LinearForm {
        let mode = try reader.byte()
        switch mode {
        case 0:
            let k = try reader.signed()
            let moved = k == 0 ? form : try form.adding(negated(try product(k, try powerOfTwo(type.width))))
            let (high, low) = (try upper(moved), try lower(moved))
            try demand(high, low, in: type)
            return try labelled(moved, try labels.union(high.label, low.label))
        case 1, 2:
            let result = LinearForm(symbol: try state.freshInteger())
            try addBounds(result, type.range, 0)
            if mode == 2 {
                guard type.width <= 64 else { throw unjustified("a congruence modulo more than 2^64") }
                let modulus = try powerOfTwo(type.width)
                let gap = try result.subtracting(form)
                state.addCongruence(
                    CongruenceFact(
                        terms: gap.terms, modulus: modulus,
                        remainder: try floorRemainder(try negated(gap.constant), modulus), label: 0))
            }
            return result
        default: throw CheckFailure(.malformed, "a wrap hint has mode \(mode)")
        }
    }

    mutating func executeArithmetic(_ i: Instruction) throws(CheckFailure) {
        guard let operation = i.operation else { throw CheckFailure(.illFormedProgram, "an arithmetic operator") }
        let (a, b) = (try integer(i.a), try integer(i.b))
        let result: LinearForm
        switch operation {
        case .add: result = try settleResult(i, try orFresh { () throws(CheckFailure) in try a.adding(b) })
        case .subtract: result = try settleResult(i, try orFresh { () throws(CheckFailure) in try a.subtracting(b) })
        case .multiply: result = try settleResult(i, try multiply(a, b))
        case .divide: result = try divide(i, a, b)
        case .remainder: result = try remainder(i, a, b)
        case .shiftLeft, .shiftRight: result = try shift(i, a, b)
        case .and: result = try bitwiseAnd(a, b, i.type)
        case .or, .xor: result = try bitwiseOr(a, b, isExclusive: operation == .xor, i.type)
        }
        assign(i, .integer(result))
    }

    private mutating func settleResult(_ i: Instruction, _ form: LinearForm) throws(CheckFailure) -> LinearForm {
        guard i.type.isSigned else { return try wrap(form, i.type) }
        try bounded(form, i.type, try readClaim(.signedOverflow, site: i.site))
        return form
    }

    /// The form, or a fresh symbol where it overflows the checker's numbers.
    mutating func orFresh(_ form: () throws(CheckFailure) -> LinearForm) throws(CheckFailure) -> LinearForm {
        do throws(CheckFailure) {
            return try form()
        } catch {
            guard error.reason == .overflow || error.reason == .limit else { throw error }
            return try fresh(.all, 0)
        }
    }

    /// A form with symbols that has known bounds.
    mutating func fresh(_ bounds: Bounds, _ label: Int) throws(CheckFailure) -> LinearForm {
        let result = LinearForm(symbol: try state.freshInteger())
        try addBounds(result, bounds, label)
        return result
    }

    mutating func executeLinear(_ i: Instruction) throws(CheckFailure) {
        var form = try integer(i.a)
        let body = functionBody
        for place in stride(from: i.list.lowerBound, to: i.list.upperBound, by: 2) {
            let factor = program.integers[body.operands[place].index]
            form = try form.adding(try integer(body.operands[place + 1]), times: factor)
        }
        assign(i, .integer(form))
    }

    mutating func executeCompareIntegers(_ i: Instruction) throws(CheckFailure) {
        guard let comparison = i.comparison else { throw CheckFailure(.illFormedProgram, "a comparison operator") }
        let (x, y) = (try integer(i.a), try integer(i.b))
        try assignTruth(i, Definition(meaning: .integers(comparison, x, y), label: 0))
    }

    /// The result is a fresh 0 or 1.
    mutating func assignTruth(_ i: Instruction, _ definition: Definition?) throws(CheckFailure) {
        let form = LinearForm(symbol: try state.freshInteger(definition))
        try addBounds(form, Bounds(lower: 0, upper: 1), 0)
        assign(i, .integer(form))
    }
}
