// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// Variable arguments (C11 7.16).
///
/// The caller packs them into an array of slots, each a code of the type at byte 0 and the value at byte 16, and passes
/// its address. A va_list holds the address of the next slot where the ABI keeps overflow_arg_area. So a missing
/// argument is an access out of bounds, and one of another type an `invalid-call`. The array lives as long as the call: a
/// list that is used when the function that initialised it has returned dangles.
extension FunctionLowering {
    private static let slotSize: Int64 = 32
    private static let valueOffset: Int64 = 16
    private static let cursorOffset: Int64 = 8

    /// Signed and unsigned types of one width may stand for each other (C11 7.16.1.1p2), as may all pointers; structures are of
    /// the same type if they have the same name and size.
    private func code(of type: CType) -> Int128 {
        switch type.scalarType {
        case .integer(let integer): 0x100 + Int128(integer.bits)
        case .pointer: 1
        case .float(let format): 0x10 + Int128(format.rawValue)
        case nil: 0x1000 + Int128(program.aggregateNumber("\(type.valueType.unqualified) of \(type.size) bytes"))
        }
    }

    func packVariableArguments(_ arguments: [Node], site: SiteID) -> Operand {
        if arguments.isEmpty { return .null }
        let object = newObject(
            "variable arguments", size: Int64(arguments.count) * Self.slotSize, alignment: 16, site: site)
        // Evaluated first: an argument may be such a call itself.
        let values: [(node: Node, value: Operand, place: MemoryPlace?)] = arguments.enumerated().map { index, node in
            if node.type.isAggregate { return (node, .none, aggregate(node)) }
            return (node, settled(rvalue(node), before: arguments.dropFirst(index + 1), site: site), nil)
        }
        for (index, (node, value, source)) in values.enumerated() {
            let slot = Int64(index) * Self.slotSize
            storeCell(code(of: node.type), at: object, offset: slot, site: site)
            var target = MemoryPlace(base: object, type: node.type)
            target.offset = slot + Self.valueOffset
            if let source {
                // Longer values go to a copy of their own.
                let copied = passedCopy(node.type, site: site)
                copy(integer(Int128(node.type.size)), from: source, to: copied, site: site)
                storePointer(copied.base, at: object, offset: target.offset, site: site)
            } else {
                store(value, to: .memory(target), site: site)
            }
        }
        return object
    }

    private func storeCell(_ value: Int128, at base: Operand, offset: Int64, site: SiteID) {
        var instruction = Instruction(.store, site: site)
        instruction.type = .unsigned(32)
        instruction.a = base
        instruction.b = integer(value)
        instruction.immediate = offset
        instruction.alignment = 4
        emit(instruction)
    }

    private func storePointer(_ value: Operand, at base: Operand, offset: Int64, site: SiteID) {
        var instruction = Instruction(.store, site: site)
        instruction.type = .pointer
        instruction.a = base
        instruction.b = value
        instruction.immediate = offset
        instruction.alignment = 8
        emit(instruction)
    }

    private func loadCell(_ type: ScalarType, at base: Operand, offset: Int64, alignment: UInt16, site: SiteID)
        -> Operand
    {
        value(.load, type, site) {
            $0.a = base
            $0.immediate = offset
            $0.alignment = alignment
        }
    }

    /// va_start, va_end and va_copy; the lists are arrays of one record, or pointers to it.
    func variableArgumentBuiltin(_ name: String, _ arguments: [Node], site: SiteID) {
        let list = listAddress(arguments[0])
        switch name {
        case "__builtin_va_copy":
            let source = listAddress(arguments[1])
            let cursor = loadCell(.pointer, at: source, offset: Self.cursorOffset, alignment: 8, site: site)
            storePointer(cursor, at: list, offset: Self.cursorOffset, site: site)
        case "__builtin_va_end":
            // The list must not be used again: a null cursor turns a use into an alarm.
            storePointer(.null, at: list, offset: Self.cursorOffset, site: site)
        default:
            storePointer(variableArguments ?? .null, at: list, offset: Self.cursorOffset, site: site)
        }
    }

    private func listAddress(_ node: Node) -> Operand {
        if node.type.isAggregate { return address(addressedPlace(node), site: site(node)) }
        return rvalue(node)
    }

    func variadicArgument(_ node: Node) -> Operand {
        load(.memory(nextArgument(node)), site: site(node))
    }

    func aggregateVariadicArgument(_ node: Node) -> MemoryPlace {
        var place = nextArgument(node)
        place.base = loadCell(.pointer, at: place.base, offset: place.offset, alignment: 8, site: site(node))
        place.offset = 0
        let value = temporary(node.type, site: site(node))
        copy(integer(Int128(node.type.size)), from: place, to: value, site: site(node))
        return value
    }

    private func nextArgument(_ node: Node) -> MemoryPlace {
        let site = site(node)
        let list = listAddress(node.child(0)!)
        let slot = loadCell(.pointer, at: list, offset: Self.cursorOffset, alignment: 8, site: site)
        let found = loadCell(.unsigned(32), at: slot, offset: 0, alignment: 4, site: site)
        let expected = integer(code(of: node.type))
        check(.invalidCall, compareIntegers(.equal, found, expected, site: site), site: site)
        let next = offset(slot, by: integer(1), size: Self.slotSize, site: site)
        storePointer(next, at: list, offset: Self.cursorOffset, site: site)
        var place = MemoryPlace(base: slot, type: node.type)
        place.offset = Self.valueOffset
        return place
    }
}

extension ProgramLowering {
    /// Numbers names of types in the order in which they are met.
    func aggregateNumber(_ name: String) -> Int {
        if let number = aggregateNumbers[name] { return number }
        aggregateNumbers[name] = aggregateNumbers.count
        return aggregateNumbers.count - 1
    }
}
