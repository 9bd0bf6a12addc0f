// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// What an lvalue designates.
enum Place {
    case register(Register, CType)
    case memory(MemoryPlace)
}

/// A stretch of memory: `offset` bytes behind `base`, or a bit-field there.
struct MemoryPlace {
    var base: Operand
    var offset: Int64 = 0
    var type: CType
    /// Guaranteed alignment of the place: less than the type's inside packed records.
    var alignment: UInt16
    var isVolatile: Bool
    /// A bit-field: its first bit within the byte at `offset`, and its width.
    var bits: (first: Int, width: Int)?
    /// What must not be 0 when the place is read or written: indices stay inside the arrays they are for.
    var conditions: [Operand] = []
    /// Part of what a pointer leads to: that must be an object, even if only the address is taken (C11 6.5.2.3p4, 6.5.3.2p4).
    var needsObject = false
    /// Part of a value that no variable holds: nobody may write it (C11 6.2.4p8).
    var isValue = false

    init(base: Operand, type: CType, alignment: UInt16? = nil) {
        self.base = base
        self.type = type
        self.alignment = alignment ?? type.accessAlignment
        isVolatile = type.isVolatile
    }
}

extension MemoryPlace {
    func moved(by bytes: Int64, type: CType) -> MemoryPlace {
        var place = self
        place.offset += bytes
        place.type = type
        place.isVolatile = isVolatile || type.isVolatile
        if bytes != 0 {
            let factor = UInt16(clamping: bytes.magnitude & (~bytes.magnitude + 1))
            place.alignment = min(alignment, max(1, factor))
        }
        return place
    }

    func field(_ field: Declaration) -> MemoryPlace {
        var place = moved(by: field.bitOffset / 8, type: field.type)
        if let width = field.bitWidth { place.bits = (Int(field.bitOffset % 8), width) }
        return place
    }

    func element(_ index: Int64) -> MemoryPlace {
        let element = type.valueType.element
        return moved(by: index * element.size, type: element)
    }

    /// The cell an access reads or writes; nil for aggregates.
    var cell: ScalarType? {
        guard let scalar = type.scalarType else { return nil }
        guard let bits, case .integer(let integer) = scalar else { return scalar }
        return .integer(IntegerType(bits: UInt8(bits.width), isSigned: integer.isSigned))
    }

    var accessAlignment: UInt16 { bits == nil ? min(alignment, type.accessAlignment) : 1 }
}

/// lvalues.
///
/// A pointer that is computed only for an access needs no obligation of its own: the access has the same bounds. One that
/// is kept does (C11 6.5.6p8); `isKept` says so.
extension FunctionLowering {
    func place(_ node: Node, isKept: Bool = false) -> Place {
        switch node.kind {
        case .declarationReference: return variablePlace(node)
        case .unary where node.unaryOperator == .dereference:
            return .memory(MemoryPlace(base: accessedPointer(node.child(0)!, isKept: isKept), type: node.type))
        case .unary where node.unaryOperator == .realPart || node.unaryOperator == .imaginaryPart:
            return partPlace(node)
        case .arraySubscript: return .memory(subscriptPlace(node, isKept: isKept))
        case .member: return memberPlace(node, isKept: isKept)
        case .stringLiteral:
            return .memory(MemoryPlace(base: .object(program.literal(node)), type: node.type))
        case .compoundLiteral: return .memory(compoundLiteral(node))
        case .cast where node.castKind == .noOperation:
            return place(node.child(0)!, isKept: isKept)
        case .cast where node.castKind == .lValueBitCast:
            guard case .memory(var memory) = place(node.child(0)!, isKept: isKept) else { break }
            memory.type = node.type
            return .memory(memory)
        case .opaqueValue: return place(node.child(0)!)
        default: break
        }
        if node.type.isAggregate { return .memory(aggregate(node)) }
        let anywhere = unsupported("lvalue \(node.kind)", at: node.location, type: .pointer)
        return .memory(MemoryPlace(base: anywhere, type: node.type, alignment: 1))
    }

    func memoryPlace(_ node: Node, isKept: Bool = false) -> MemoryPlace {
        if case .memory(let memory) = place(node, isKept: isKept) { return memory }
        // Only variables that are never addressed are registers, so this is a contradiction of AddressTaken.
        let anywhere = unsupported("address of a register", at: node.location, type: .pointer)
        return MemoryPlace(base: anywhere, type: node.type, alignment: 1)
    }

    private func variablePlace(_ node: Node) -> Place {
        let item = node.declaration
        if let variable = variables[item] {
            switch variable {
            case .register(let register): return .register(register, item.type)
            case .memory(let base):
                return .memory(
                    MemoryPlace(
                        base: base, type: node.type,
                        alignment: item.type.isVariablyModified ? nil : UInt16(clamping: max(1, item.objectAlignment))))
            }
        }
        if item.kind == .function {
            return .memory(
                MemoryPlace(base: .function(program.addressTakenFunction(item, at: site(node))), type: node.type))
        }
        guard item.kind == .variable, item.storageDuration != .automatic else {
            let anywhere = unsupported("reference to \(item.displayName)", at: node.location, type: .pointer)
            return .memory(MemoryPlace(base: anywhere, type: node.type, alignment: 1))
        }
        if item.isWeak, program.definition(of: item) == nil {
            let anywhere = unsupported(
                "weak object '\(item.name)' without definition", at: node.location, type: .pointer)
            return .memory(MemoryPlace(base: anywhere, type: node.type, alignment: 1))
        }
        return .memory(
            MemoryPlace(
                base: .object(program.staticObject(item)), type: node.type,
                alignment: UInt16(clamping: max(1, item.objectAlignment))))
    }

    private func memberPlace(_ node: Node, isKept: Bool) -> Place {
        let base = node.child(0)!
        if node.isArrow {
            let pointer = accessedPointer(base, isKept: isKept)
            var whole = MemoryPlace(base: pointer, type: base.type.pointee)
            whole.needsObject = true
            return .memory(whole.field(node.declaration))
        }
        if !base.isLValue { return .memory(valuePlace(base, of: node.declaration).field(node.declaration)) }
        var whole = memoryPlace(base, isKept: isKept)
        if base.kind == .unary && base.unaryOperator == .dereference { whole.needsObject = true }
        return .memory(whole.field(node.declaration))
    }

    /// The pointer that an access goes through.
    private func accessedPointer(_ node: Node, isKept: Bool) -> Operand {
        guard !isKept, node.kind == .binary, node.binaryOperator == .add || node.binaryOperator == .subtract,
            node.type.isPointer, !node.type.valueType.pointee.isVariablyModified, let left = node.child(0),
            let right = node.child(1), left.type.isPointer || right.type.isPointer
        else { return rvalue(node) }
        let a = settled(rvalue(left), before: CollectionOfOne(right), site: site(node)), b = rvalue(right)
        let size = elementSize(node.type.valueType.pointee)
        return offset(
            left.type.isPointer ? a : b, by: left.type.isPointer ? b : a,
            size: node.binaryOperator == .add ? size : -size, isChecked: false, site: site(node))
    }

    private func partPlace(_ node: Node) -> Place {
        let whole = node.child(0)!
        guard whole.type.valueType.kind == .complex else { return place(whole) }
        return .memory(memoryPlace(whole).element(node.unaryOperator == .realPart ? 0 : 1))
    }

    /// `isEndAllowed`: of an address that is taken, which may be that behind the last element.
    func subscriptPlace(_ node: Node, isKept: Bool, isEndAllowed: Bool = false) -> MemoryPlace {
        var (array, index) = (node.child(0)!, node.child(1)!)
        if !array.type.isPointer && array.type.valueType.kind != .vector { swap(&array, &index) }
        let site = site(node)
        if array.type.valueType.kind == .vector {
            let vector = memoryPlace(array, isKept: isKept)
            return elementPlace(
                of: vector, element: node.type, index: rvalue(index), size: node.type.size, isKept: isKept, site: site)
        }
        // An array that decays keeps its place: a constant index then needs no pointer arithmetic.
        var base = decayedPlace(array, isKept: isKept) ?? MemoryPlace(base: rvalue(array), type: node.type)
        base = settled(base, before: index, site: site)
        let position = rvalue(index)
        base.conditions += indexConditions(
            position, index.type, into: array, isEndAllowed: isEndAllowed, site: site)
        if node.type.isVariablyModified || node.type.kind == .variableArray {
            let bytes = scaledIndex(position, element: node.type, site: site)
            return elementPlace(of: base, element: node.type, index: bytes, size: 1, isKept: isKept, site: site)
        }
        return elementPlace(
            of: base, element: node.type, index: position, size: node.type.size, isKept: isKept, site: site)
    }

    /// The place of an array that an expression turns into a pointer to its first element.
    private func decayedPlace(_ node: Node, isKept: Bool) -> MemoryPlace? {
        guard node.kind == .cast, node.castKind == .arrayToPointer, let array = node.child(0) else { return nil }
        return memoryPlace(array, isKept: isKept)
    }

    private func elementPlace(
        of base: MemoryPlace, element: CType, index: Operand, size: Int64, isKept: Bool, site: SiteID
    ) -> MemoryPlace {
        if let constant = constant(index), let bytes = Int64(exactly: constant * Int128(size)) {
            var moved = base.moved(by: bytes, type: element)
            moved.bits = nil
            return moved
        }
        let start = address(base, isKept: isKept, site: site)
        let pointer = offset(start, by: index, size: size, isChecked: isKept, site: site)
        // Of an element of variable size the index is in bytes already, a multiple of the element's alignment.
        let step =
            element.isVariablyModified
            ? element.accessAlignment : UInt16(clamping: size.magnitude & (~size.magnitude + 1))
        var place = MemoryPlace(base: pointer, type: element, alignment: max(1, min(base.alignment, max(1, step))))
        place.isVolatile = base.isVolatile || element.isVolatile
        place.conditions = base.conditions
        place.isValue = base.isValue
        return place
    }

    // MARK: Addresses

    /// The pointer to a place. Behind a pointer that is not known to be good, moving it is an obligation (C11 6.5.6p8).
    func address(_ place: MemoryPlace, isKept: Bool = true, site: SiteID) -> Operand {
        if place.offset == 0 {
            if isKept, place.needsObject, place.base.kind == .register {
                let isObject = comparePointers(.notEqual, place.base, .null, site: site)
                check(.nullDereference, isObject, site: site)
            }
            return place.base
        }
        return value(.offset, .pointer, site) {
            $0.a = place.base
            $0.b = integer(1)
            $0.immediate = place.offset
            if isKept, !isInside(place) { $0.flags.insert(.checked) }
        }
    }

    /// Whether a constant offset stays in a named object.
    private func isInside(_ place: MemoryPlace) -> Bool {
        guard place.base.kind == .object, place.offset >= 0 else { return false }
        let object =
            place.base.index >= Self.localBase
            ? objects[Int(place.base.index - Self.localBase)] : program.builder.object(place.base.index)
        return object.size >= 0 && place.offset <= object.size
    }

    func offset(
        _ pointer: Operand, by index: Operand, size: Int64, isChecked: Bool = true, site: SiteID
    ) -> Operand {
        if constant(index) == 0 { return pointer }
        return value(.offset, .pointer, site) {
            $0.a = pointer
            $0.b = index
            $0.immediate = size
            if isChecked { $0.flags = .checked }
        }
    }

    // MARK: Access

    /// The place where the next instruction will be.
    func point(of register: Register) -> VariablePoint {
        VariablePoint(block: current, index: blocks[current].instructions.count, register: register)
    }

    func load(_ place: Place, site: SiteID) -> Operand {
        switch place {
        case .register(let register, _):
            readPoints.append(point(of: register))
            if let flag = flags[register] { check(.uninitializedRead, .register(flag), site: site) }
            return .register(register)
        case .memory(let memory):
            guard let cell = memory.cell else { return unsupportedAccess(memory, site) }
            checkConditions(of: memory, .outOfBoundsRead, site: site)
            let loaded = value(.load, cell, site) {
                $0.a = memory.base
                $0.immediate = memory.offset
                $0.bit = UInt8(memory.bits?.first ?? 0)
                $0.alignment = memory.accessAlignment
                if memory.isVolatile { $0.flags.insert(.volatile) }
            }
            if memory.isVolatile {
                _ = program.builder.assumption(
                    .volatileOrHardware,
                    "A read of a volatile object yields any value of its type; reading and writing it has no other effect."
                )
            }
            // A _Bool holds 0 or 1 (C11 6.2.5p2); of other contents any of the two.
            return memory.type.isBoolean ? compareIntegers(.notEqual, loaded, integer(0), site: site) : loaded
        }
    }

    func store(_ value: Operand, to place: Place, site: SiteID) {
        switch place {
        case .register(let register, _):
            move(value, to: register, site: site)
            if let flag = flags[register] { move(integer(1), to: flag, site: site) }
        case .memory(let memory):
            guard let cell = memory.cell else {
                _ = unsupportedAccess(memory, site)
                return
            }
            checkWritable(memory, site: site)
            let value = fitting(value, cell, site: site)
            var instruction = Instruction(.store, site: site)
            instruction.type = cell
            instruction.a = memory.base
            instruction.b = value
            instruction.immediate = memory.offset
            instruction.bit = UInt8(memory.bits?.first ?? 0)
            instruction.alignment = memory.accessAlignment
            if memory.isVolatile { instruction.flags.insert(.volatile) }
            emit(instruction)
        }
    }

    private func checkWritable(_ place: MemoryPlace, site: SiteID) {
        checkConditions(of: place, .outOfBoundsWrite, site: site)
        if place.isValue { check(.writeToConstant, integer(0), site: site) }
    }

    private func unsupportedAccess(_ place: MemoryPlace, _ site: SiteID) -> Operand {
        guard let location = declaration?.location else { return integer(0) }
        return unsupported("access of type \(place.type)", at: location, type: .signed(32))
    }

    /// Bytes from one place to another, padding and indeterminate ones included.
    func copy(_ size: Operand, from: MemoryPlace, to: MemoryPlace, site: SiteID) {
        if constant(size) == 0 { return }
        checkConditions(of: from, .outOfBoundsRead, site: site)
        checkWritable(to, site: site)
        var instruction = Instruction(.copy, site: site)
        instruction.a = address(to, isKept: false, site: site)
        instruction.b = address(from, isKept: false, site: site)
        instruction.c = size
        emit(instruction)
    }

    func fill(_ place: MemoryPlace, byte: Operand, size: Operand, site: SiteID) {
        if constant(size) == 0 { return }
        var instruction = Instruction(.fill, site: site)
        instruction.a = address(place, isKept: false, site: site)
        instruction.b = byte
        instruction.c = size
        emit(instruction)
    }

    func scramble(_ place: MemoryPlace, size: Operand, site: SiteID) {
        if constant(size) == 0 { return }
        var instruction = Instruction(.scramble, site: site)
        instruction.a = address(place, isKept: false, site: site)
        instruction.c = size
        emit(instruction)
    }
}
