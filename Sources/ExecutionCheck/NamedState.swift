// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Analyzer
import ConcreteInterpreter
import ProgramIR

/// The state of a machine with the names of the analysis.
struct NamedState: ConcreteState {
    let machine: Machine
    let function: Function
    let ledger: TagLedger
    let tags: TagTable
    /// Where the function returns: its result.
    var result: Value?

    func value(of register: Register, _ type: ScalarType) -> ConcreteValue {
        if Int(register) < function.registers.count { return named(machine.value(of: register)) }
        return result.map(named) ?? .missing
    }

    private func named(_ value: Value) -> ConcreteValue {
        switch value {
        case .integer(let number): .integer(number)
        case .float(let number): .float(number)
        case .extended(let number): named(number)
        case .pointer(let pointer): .pointer(named(pointer))
        }
    }

    private func named(_ number: Extended) -> ConcreteValue {
        let nearest = Double(number)
        let rounded = Extended(nearest)
        return .extended(
            below: rounded > number ? nearest.nextDown : nearest, above: rounded < number ? nearest.nextUp : nearest)
    }

    private func named(_ pointer: Pointer) -> NamedPointer {
        switch machine.kind(of: pointer.base) {
        case .null: return NamedPointer(tag: .null, offset: pointer.offset)
        case .function(let function): return NamedPointer(tag: tags.function(function), offset: pointer.offset)
        case .declared, .allocated:
            guard let entry = ledger[pointer.base] else { return NamedPointer(tag: .null, offset: pointer.offset) }
            if !entry.isAlive, !entry.isHeap { return NamedPointer(tag: .ended, offset: pointer.offset) }
            return NamedPointer(tag: entry.tag, isFreed: !entry.isAlive, offset: pointer.offset)
        }
    }

    func objects(of tag: Tag) -> [Base] { ledger.living(tag) }

    func size(of object: Base) -> Int64 { machine.size(of: object) }

    func cell(of object: Base, at bit: Int, _ type: ScalarType) -> ConcreteValue? {
        machine.cell(of: object, at: bit, type).map(named)
    }

    func initialisation(of bits: Range<Int>, in object: Base) -> Initialisation {
        let inside = bits.clamped(to: 0..<(8 * Int(machine.size(of: object))))
        var isSome = false, isAll = inside == bits
        var bit = inside.lowerBound
        while bit < inside.upperBound {
            let end = min((bit / 8 + 1) * 8, inside.upperBound)
            let wanted = UInt8(truncatingIfNeeded: ((1 << (end - bit)) - 1) << (bit % 8))
            let found = machine.initialisedBits(of: object, at: bit / 8) & wanted
            isSome = isSome || found != 0
            isAll = isAll && found == wanted
            if isSome, !isAll { return .some }
            bit = end
        }
        return isAll ? .all : isSome ? .some : .none
    }

    func byte(of object: Base, at offset: Int) -> UInt8 { machine.byte(of: object, at: offset) ?? 0 }

    func name(of object: Base) -> String {
        if case .declared(let id) = machine.kind(of: object) { return "`\(machine.program.objects[Int(id)].name)`" }
        return "an allocated object"
    }
}
