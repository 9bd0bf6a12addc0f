// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Objects come to life and end.
extension Replay {
    /// Static objects hold zeros, then what their initialisers store; external ones what the run chooses.
    mutating func makeStaticObjects() throws(ReplayStop) {
        for object in program.objects where object.kind != .local {
            _ = try add(.fixed, size: object.size, alignment: object.alignment, isReadOnly: object.isReadOnly)
        }
        for (number, object) in program.objects.enumerated() where object.kind != .local {
            let base = staticBase(number)
            hold(base, FixedTag.firstFunction + program.functions.count + number)
            memory.fill(base, at: 0, count: Int(object.size), with: 0)
            if object.kind == .external { memory.write(try choices.take(Int(object.size)), base, at: 0) }
            for run in object.runs {
                try budget.spend(run.values.count)
                for (index, value) in run.values.enumerated() {
                    let position = run.position + Int128(index) * run.stride
                    memory.store(
                        try bits(of: value, run.type), base, position: Int(position), width: Int(run.type.width))
                }
            }
        }
    }

    private mutating func add(
        _ kind: ConcreteObject.Kind, size: Int128, alignment: Int128, isReadOnly: Bool = false
    ) throws(ReplayStop) -> Int {
        let base = try memory.add(kind, size: size, alignment: alignment, isReadOnly: isReadOnly)
        try budget.spend(1)
        try spend(bytes: size)
        return base
    }

    private mutating func bits(of value: InitialValue, _ type: ScalarType) throws(ReplayStop) -> UInt128 {
        switch value {
        case .integer(let number): return UInt128(bitPattern: number)
        case .float(let number): return try encoded(.float(number), type)
        case .null: return 0
        case .object(let object, let offset):
            guard let offset = Int64(exactly: offset) else { throw .limit("an initial pointer's offset") }
            let pointer = ConcretePointer(base: staticBase(object), offset: offset)
            guard ConcreteMemory.hasAddress(pointer) else { throw .limit("an initial pointer's offset") }
            return UInt128(ConcreteMemory.address(of: pointer))
        case .function(let function):
            return UInt128(ConcreteMemory.address(of: ConcretePointer(base: function + 1, offset: 0)))
        case .unknown:
            let bits = try choices.bits(of: type)
            if type.kind == .pointer { _ = try memory.pointer(at: UInt64(truncatingIfNeeded: bits)) }
            return bits
        }
    }

    mutating func start(_ i: Instruction) throws(ReplayStop) {
        guard let object = i.target else { throw .invalid("a start names no object") }
        let declared = program.objects[object]
        var size = declared.size
        if i.c.kind != .none {
            size = try integer(i.c)
            guard size > 0 else { throw .violated(.sizeOfVariableArray) }
        }
        let base = try add(.automatic, size: size, alignment: declared.alignment)
        locals[current.locals + plan.localPlaces[object]] = base
        if let tag = try localTag(object) { hold(base, tag) }
    }

    mutating func end(_ i: Instruction) throws(ReplayStop) {
        guard let object = i.target else { throw .invalid("an end names no object") }
        let place = current.locals + plan.localPlaces[object]
        if locals[place] != 0 { endObject(locals[place], FixedTag.ended) }
        locals[place] = 0
    }

    mutating func allocate(_ i: Instruction) throws(ReplayStop) -> ConcretePointer {
        let size = try integer(i.c)
        let tag = try heapTag()
        if size < 0 { return .null }
        switch try choices.byte() {
        case 0: return .null
        case 1:
            let base = try add(.heap, size: size, alignment: i.alignment)
            if let tag { hold(base, tag) }
            return ConcretePointer(base: base, offset: 0)
        case let choice: throw .invalid("an allocation's choice is \(choice)")
        }
    }

    mutating func free(_ i: Instruction) throws(ReplayStop) {
        let pointer = try pointer(i.a)
        if pointer.isNull { return }
        let object = memory.objects[pointer.base]
        guard object.kind == .heap, object.isAlive, pointer.offset == 0 else { throw .violated(.invalidFree) }
        endObject(pointer.base, try freedTag() ?? object.tag)
    }

    mutating func endObject(_ base: Int, _ tag: Int) {
        memory.end(base)
        hold(base, tag)
    }

    mutating func assumed(_ i: Instruction) throws(ReplayStop) {
        if try integer(i.a) != 0 { return }
        let statement = i.target.map { program.assumptions[$0].statement } ?? ""
        throw .invalid("an assumption does not hold: \(statement)")
    }
}
