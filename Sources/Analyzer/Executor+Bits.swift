// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Numbers
import ProgramIR
import Reductions

// Shifts and bitwise operations: FORMAT.md section 6.1.
extension Executor {
    mutating func shiftLeft(
        _ left: LinearForm, _ right: LinearForm, _ type: IntegerType, _ instruction: Instruction
    ) {
        let countHigh = upper(right), countLow = lower(right), low = lower(left)
        var holds = (countHigh.finite ?? .max) <= Int128(type.bits) - 1 && (countLow.finite ?? -1) >= 0
        var mode: [Atom]
        var form: LinearForm
        var produces: [FactReference] = []
        if right.isConstant, right.constant >= 0, right.constant < 126,
            let scaled = left.scaled(by: Int128(1) << right.constant)
        {
            form = scaled
            mode = [.byte(0)]
        } else {
            form = LinearForm(symbol: freshInteger())
            if let corners = corners(left, right), corners.bounds[3] >= 0, corners.bounds[2] <= 126,
                let range = extremes(corners.bounds, { $0.multipliedReportingOverflow(by: Int128(1) << $1) })
            {
                mode = [.byte(1)] + corners.atoms
                produces = boundFacts(form, range, corners.label)
            } else {
                mode = [.byte(2)]
            }
        }
        guard type.isSigned else {
            let claim: [Atom] =
                holds ? [.byte(1), .derivation(countHigh.derivation), .derivation(countLow.derivation)] : [.byte(0)]
            decideShift(holds, right, type)
            let reduced = wrapped(form, type, [.byte(0x01)] + claim + mode, produces: produces)
            values[instruction.result] = .integer(reduced)
            if !holds { guardCount(right, type) }
            return
        }
        let high = upper(form)
        let fits = type.maximum.map { maximum in high.finite.map { $0 <= maximum } ?? false } ?? true
        holds = holds && (low.finite ?? -1) >= 0 && fits
        values[instruction.result] = .integer(form)
        if holds {
            let claim: [Atom] = [
                .byte(1), .derivation(countHigh.derivation), .derivation(countLow.derivation),
                .derivation(low.derivation),
            ]
            record(.step, [.byte(0x01)] + claim + mode + [.makes(produces), .derivation(high.derivation)])
            decide(.invalidShift, .holds)
            return
        }
        record(.step, [.byte(0x01), .byte(0)] + mode, produces: produces)
        if (low.finite ?? -1) < 0 && (countLow.finite ?? -1) >= 0 && (countHigh.finite ?? .max) < Int128(type.bits) {
            decide(.invalidShift, .mayFail("the value shifted may be negative (it is \(describe(left)))"))
        } else if (countLow.finite ?? -1) >= 0 && (countHigh.finite ?? .max) < Int128(type.bits) {
            decide(
                .invalidShift,
                .mayFail(
                    "the result may be up to \(high.finite.map(String.init) ?? "any size"), beyond a \(type.bits)-bit signed integer"
                ))
        } else {
            decideShift(false, right, type)
        }
        let label = alarmLabel(.invalidShift)
        if let maximum = type.maximum { guardUpper(form, maximum, label: label) }
        guardLower(form, 0, label: label)
        guardLower(left, 0, label: label)
        guardCount(right, type)
    }

    mutating func shiftRight(
        _ left: LinearForm, _ right: LinearForm, _ type: IntegerType, _ instruction: Instruction
    ) {
        let countHigh = upper(right), countLow = lower(right)
        let holds = (countHigh.finite ?? .max) <= Int128(type.bits) - 1 && (countLow.finite ?? -1) >= 0
        let claim: [Atom] =
            holds ? [.byte(1), .derivation(countHigh.derivation), .derivation(countLow.derivation)] : [.byte(0)]
        decideShift(holds, right, type)
        let symbol = LinearForm(symbol: freshInteger())
        values[instruction.result] = .integer(symbol)
        if right.isConstant, right.constant >= 0, right.constant < 126 {
            let power = Int128(1) << right.constant
            if let scaled = symbol.scaled(by: power), let difference = scaled.gap(to: left),
                let opposite = left.gap(to: scaled)
            {
                record(.step, [.byte(0x01)] + claim + [.byte(0)])
                addAutomatic(difference, plus: 0, label: LabelTable.empty)
                addAutomatic(opposite, plus: -(power - 1), label: LabelTable.empty)
                if !holds { guardCount(right, type) }
                return
            }
        }
        if let corners = corners(left, right), corners.bounds[3] >= 0, corners.bounds[2] <= 126,
            let range = extremes(corners.bounds, { ($0 >> $1, false) })
        {
            let facts = boundFacts(symbol, range, corners.label)
            record(.step, [.byte(0x01)] + claim + [.byte(1)] + corners.atoms, produces: facts)
        } else {
            record(.step, [.byte(0x01)] + claim + [.byte(2)])
        }
        if !holds { guardCount(right, type) }
    }

    private func decideShift(_ holds: Bool, _ count: LinearForm, _ type: IntegerType) {
        if holds { return decide(.invalidShift, .holds) }
        let text =
            "the shift count \(isOrMayBe(count)), a \(type.bits)-bit value can be shifted by 0 to \(type.bits - 1)"
        decide(.invalidShift, count.isConstant ? .fails(text) : .mayFail(text))
    }

    private mutating func guardCount(_ count: LinearForm, _ type: IntegerType) {
        let label = alarmLabel(.invalidShift)
        guardUpper(count, Int128(type.bits) - 1, label: label)
        guardLower(count, 0, label: label)
    }

    // Bits.

    mutating func bitwise(
        _ operation: ArithmeticOperator, _ left: LinearForm, _ right: LinearForm, _ type: IntegerType,
        _ instruction: Instruction
    ) {
        if operation == .and { return and(left, right, instruction, [.byte(0x01)]) }
        if left.isConstant && right.isConstant {
            let result = operation == .or ? left.constant | right.constant : left.constant ^ right.constant
            values[instruction.result] = .integer(LinearForm(result))
            record(.step, [.byte(0x01), .byte(2)])
            return
        }
        let symbol = LinearForm(symbol: freshInteger())
        values[instruction.result] = .integer(symbol)
        guard let corners = corners(left, right), corners.bounds[1] >= 0, corners.bounds[3] >= 0 else {
            record(.step, [.byte(0x01), .byte(0)])
            limit(symbol, to: type)
            return
        }
        let most = max(corners.bounds[0], corners.bounds[2])
        let bits = 128 - most.leadingZeroBitCount
        let least = operation == .or ? max(corners.bounds[1], corners.bounds[3]) : 0
        var facts = [newLinear(corners.label), newLinear(corners.label)]
        let sum = symbol.gap(to: left)?.gap(to: right)
        if sum != nil { facts.append(newLinear(corners.label)) }
        record(.step, [.byte(0x01), .byte(1)] + corners.atoms, produces: facts.map(FactReference.linear))
        if let form = LinearForm(least).subtracting(symbol) { learn(form, fact: facts[0]) }
        let top = bits >= 127 ? Int128.max : (Int128(1) << Int128(bits)) - 1
        if let form = symbol.subtracting(LinearForm(top)) { learn(form, fact: facts[1]) }
        if let sum { learn(sum, fact: facts[2]) }
    }

    /// Results of bitwise operators stay in the type: the checker knows that too.
    private mutating func limit(_ symbol: LinearForm, to type: IntegerType) {
        if let maximum = type.maximum { guardUpper(symbol, maximum, label: LabelTable.empty) }
        guardLower(symbol, type.minimum, label: LabelTable.empty)
    }

    /// `isSwapped`: the operands are in the other order than in the instruction; the rule swaps them once at most.
    private mutating func and(
        _ left: LinearForm, _ right: LinearForm, _ instruction: Instruction, _ start: [Atom], isSwapped: Bool = false
    ) {
        if left.isConstant && !right.isConstant { return and(right, left, instruction, start, isSwapped: true) }
        let atoms = start + (isSwapped ? [.byte(4)] : [])
        if right.isConstant, right.constant > 0, right.constant < Int128(1) << 100,
            right.constant & (right.constant + 1) == 0
        {
            let bits = UInt8(128 - right.constant.leadingZeroBitCount)
            values[instruction.result] = .integer(wrapped(left, .unsigned(bits), atoms + [.byte(2)]))
            return
        }
        let symbol = LinearForm(symbol: freshInteger())
        values[instruction.result] = .integer(symbol)
        let low = lower(left), rightHigh = upper(right), rightLow = lower(right), high = upper(left)
        guard case .integer(let type) = instruction.type else { return }
        if let top = rightHigh.finite, let bottom = rightLow.finite, bottom >= 0 {
            let isBothPositive = (low.finite ?? -1) >= 0
            var range: (Int128, Int128) = (0, top)
            var common = union(label(of: rightHigh.derivation), label(of: rightLow.derivation))
            var mode: [Atom]
            if isBothPositive {
                common = union(common, label(of: low.derivation))
                mode = [
                    .byte(1), .derivation(low.derivation), .derivation(rightHigh.derivation),
                    .derivation(rightLow.derivation),
                ]
                if let other = high.finite {
                    mode += [.byte(1), .derivation(high.derivation)]
                    range.1 = min(top, other)
                    common = union(common, label(of: high.derivation))
                } else {
                    mode.append(.byte(0))
                }
            } else {
                mode = [.byte(3), .derivation(rightLow.derivation), .derivation(rightHigh.derivation)]
            }
            let facts = boundFacts(symbol, range, common)
            record(.step, atoms + mode, produces: facts)
            return
        }
        if let bottom = low.finite, bottom >= 0, !right.isConstant || right.constant < 0 {
            return andSwapped(left, symbol, type, start + (isSwapped ? [] : [.byte(4)]), otherwise: atoms)
        }
        record(.step, atoms + [.byte(0)])
        limit(symbol, to: type)
    }

    /// The left operand is not negative, the right one may be: 0 <= r <= left.
    private mutating func andSwapped(
        _ positive: LinearForm, _ symbol: LinearForm, _ type: IntegerType, _ atoms: [Atom], otherwise: [Atom]
    ) {
        let high = upper(positive), low = lower(positive)
        guard let top = high.finite else {
            record(.step, otherwise + [.byte(0)])
            limit(symbol, to: type)
            return
        }
        let facts = boundFacts(symbol, (0, top), union(label(of: high.derivation), label(of: low.derivation)))
        record(.step, atoms + [.byte(3), .derivation(low.derivation), .derivation(high.derivation)], produces: facts)
    }
}
