// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Congruences
import Intervals
import Numbers
import ProgramIR
import Reductions

// Symbols, and how registers come by them.
extension Executor {
    /// A fresh integer symbol without any fact.
    mutating func freshInteger() -> Int32 {
        let number = registerCount + freshIntegers
        freshIntegers += 1
        integerPlaces[number] = integers.count
        integers.append(IntegerSymbol(number: number))
        return number
    }

    mutating func freshBase() -> Int32 {
        let number = registerCount + freshBases
        freshBases += 1
        let offset = freshInteger()
        basePlaces[number] = bases.count
        bases.append(BaseSymbol(number: number, offset: offset))
        return number
    }

    mutating func freshFloat(_ format: ProgramIR.FloatFormat) -> Int32 {
        let number = registerCount + freshFloats
        freshFloats += 1
        floatPlaces[number] = floats.count
        floats.append(FloatSymbol(number: number, format: format))
        return number
    }

    func integer(_ symbol: Int32) -> IntegerSymbol {
        integerPlaces[symbol].map { integers[$0] } ?? IntegerSymbol(number: symbol)
    }

    /// What is known of a symbol's range, and the facts behind it.
    func bounds(of symbol: Int32) -> (
        lower: ExtendedInteger, upper: ExtendedInteger, lowerFact: Int32, upperFact: Int32
    ) {
        guard let place = integerPlaces[symbol] else { return (.negativeInfinity, .positiveInfinity, -1, -1) }
        return (integers[place].lower, integers[place].upper, integers[place].lowerFact, integers[place].upperFact)
    }

    func base(_ symbol: Int32) -> BaseSymbol {
        basePlaces[symbol].map { bases[$0] } ?? BaseSymbol(number: symbol, offset: symbol)
    }

    func float(_ symbol: Int32) -> FloatSymbol {
        floatPlaces[symbol].map { floats[$0] } ?? FloatSymbol(number: symbol, format: .binary64)
    }

    /// What a register holds; a register that the tree has not assigned has its entry symbols.
    func value(of register: Register) -> Value {
        if let known = values[register] { return known }
        return entryValue(of: register, type(of: register))
    }

    /// The type of a register, or of what a place holds.
    func type(of register: Register) -> ScalarType {
        analysis.places.place(of: register)?.type ?? function.registers[Int(register)]
    }

    /// What a register holds where the tree begins, or a place.
    func entryValue(of register: Register, _ type: ScalarType) -> Value {
        switch type {
        case .integer: return .integer(LinearForm(symbol: register))
        case .pointer: return .pointer(SymbolicPointer(base: .symbol(register), offset: LinearForm(symbol: register)))
        case .float: return .float(.symbol(register))
        }
    }
}

// Numbering facts of the record; without a recorder every number is -1.
extension Executor {
    func newLinear(_ label: Int32) -> Int32 {
        guard let recorder else { return -1 }
        recorder.linear.append(.init(label: label, event: Int32(recorder.events.count)))
        return Int32(recorder.linear.count - 1)
    }

    func newCongruence(_ label: Int32) -> Int32 {
        guard let recorder else { return -1 }
        recorder.congruences.append(.init(label: label, event: Int32(recorder.events.count)))
        return Int32(recorder.congruences.count - 1)
    }

    func newExclusion(_ label: Int32) -> Int32 {
        guard let recorder else { return -1 }
        recorder.exclusions.append(.init(label: label, event: Int32(recorder.events.count)))
        return Int32(recorder.exclusions.count - 1)
    }

    func newTargets(_ label: Int32) -> Int32 {
        guard let recorder else { return -1 }
        recorder.targets.append(.init(label: label, event: Int32(recorder.events.count)))
        return Int32(recorder.targets.count - 1)
    }

    func newFloat(_ label: Int32) -> Int32 {
        guard let recorder else { return -1 }
        recorder.floats.append(.init(label: label, event: Int32(recorder.events.count)))
        return Int32(recorder.floats.count - 1)
    }

    func newPlace(_ label: Int32) -> Int32 {
        guard let recorder else { return -1 }
        recorder.places.append(.init(label: label, event: Int32(recorder.events.count)))
        return Int32(recorder.places.count - 1)
    }

    func newMemory(_ content: MemoryFact, _ label: Int32) -> Int32 {
        guard let recorder else { return -1 }
        recorder.memory.append((.init(label: label, event: Int32(recorder.events.count)), content))
        return Int32(recorder.memory.count - 1)
    }
}
