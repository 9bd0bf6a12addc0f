// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// One instruction, calls, and the ends of blocks.
extension Replay {
    mutating func execute(_ i: Instruction) throws(ReplayStop) {
        switch i.opcode {
        case .move: try assign(i, try value(i.a))
        case .linear: try assign(i, .integer(try linear(i)))
        case .arithmetic: try assign(i, .integer(try arithmetic(i)))
        case .convert: try assign(i, .integer(try reduced(try integer(i.a), i.type)))
        case .compareIntegers: try assign(i, .integer(try compareIntegers(i) ? 1 : 0))
        case .comparePointers: try assign(i, .integer(try comparePointers(i) ? 1 : 0))
        case .compareFloats: try assign(i, .integer(try compareFloats(i) ? 1 : 0))
        case .floatArithmetic: try assign(i, try floatArithmetic(i))
        case .floatNegate: try assign(i, try floatNegate(i))
        case .convertFloat: try assign(i, try convertFloat(i))
        case .integerToFloat: try assign(i, try integerToFloat(i))
        case .floatToInteger: try assign(i, .integer(try floatToInteger(i)))
        case .offset: try assign(i, .pointer(try offset(i)))
        case .difference: try assign(i, .integer(try difference(i)))
        case .pointerToInteger:
            let address = ConcreteMemory.address(of: try pointer(i.a))
            try assign(i, .integer(try reduced(Int128(address), i.type)))
        case .integerToPointer:
            try assign(i, .pointer(try memory.pointer(at: UInt64(truncatingIfNeeded: try integer(i.a)))))
        case .load: try assign(i, try load(i))
        case .store: try store(i)
        case .copy: try copy(i)
        case .fill, .scramble: try fill(i)
        case .probe: try probe(i)
        case .allocate: try assign(i, .pointer(try allocate(i)))
        case .free: try free(i)
        case .start: try start(i)
        case .end: try end(i)
        case .havoc: try assign(i, try decoded(try choices.bits(of: i.type), i.type))
        case .assume: try assumed(i)
        case .check:
            if try integer(i.a) == 0, let kind = ObligationKind(rawValue: i.detail) { throw .violated(kind) }
        case .havocMemory:
            // Nothing changes: one of the ways in which it may.
            if i.result != nil { try assign(i, try decoded(try choices.bits(of: i.type), i.type)) }
        case .objectSize: try assign(i, .integer(try objectSize(i)))
        case .call, .callPointer: throw .invalid("a call as a plain instruction")
        }
    }

    mutating func callPointer(_ i: Instruction, _ at: Int) throws(ReplayStop) {
        let pointer = try pointer(i.a)
        if pointer.isNull { throw .violated(.nullDereference) }
        let function = pointer.base - 1
        guard memory.objects[pointer.base].kind == .function, pointer.offset == 0,
            Execution.fits(program.functions[function], i, in: program.functions[current.function])
        else { throw .violated(.invalidCall) }
        try noteReached(at)
        try call(function, i, clone: try chosen(function))
    }

    /// - Parameter clone: the callee's clone in the certificate.
    mutating func call(_ function: Int, _ i: Instruction, clone: Int?) throws(ReplayStop) {
        let operands = program.functions[current.function].operands[i.list]
        let callee = program.functions[function]
        var arguments: [ConcreteValue] = []
        for (place, operand) in operands.prefix(callee.parameterCount).enumerated() {
            arguments.append(try converted(try value(operand), callee.registers[place]))
        }
        try enter(function, result: i.result)
        for (place, argument) in arguments.enumerated() { set(place, argument) }
        if let clone, let proof { try arrive(at: proof.certificate.clones[clone].nodes.lowerBound) }
    }

    mutating func terminate() throws(ReplayStop) {
        if current.end == current.script.deadAt { throw deadEnd() }
        let body = program.functions[current.function]
        let terminator = body.blocks[current.block].terminator
        switch terminator.kind {
        case .goto: try jump(0, terminator)
        case .branch: try jump(try integer(terminator.operand) != 0 ? 0 : 1, terminator)
        case .switch:
            let number = try integer(terminator.operand)
            try jump(caseNumber(number, body.cases[terminator.cases]), terminator)
        case .labelGoto:
            let label = try pointer(terminator.operand)
            guard let labels = terminator.labels, label.base == staticBase(labels), label.offset >= 0,
                label.offset < Int64(terminator.targets.count)
            else { throw .violated(.invalidCall) }
            try note(.invalidCall, terminator.site)
            try jump(Int(label.offset), terminator)
        case .return:
            guard terminator.operand.kind != .none, let type = body.result else { return try leave(with: nil) }
            try leave(with: try converted(try value(terminator.operand), type))
        case .halt: throw .halted
        }
    }

    private mutating func jump(_ edge: Int, _ terminator: Terminator) throws(ReplayStop) {
        go(to: program.functions[current.function].targets[terminator.targets.lowerBound + edge])
        try follow(edge)
    }

    /// The first case that holds a number; they ascend and are disjoint. Else the number of cases.
    private func caseNumber(_ number: Int128, _ cases: ArraySlice<(lower: Int, upper: Int)>) -> Int {
        var (low, high) = (cases.startIndex, cases.endIndex)
        while low < high {
            let middle = (low + high) / 2
            if program.integers[cases[middle].upper] < number { low = middle + 1 } else { high = middle }
        }
        let isInside = low < cases.endIndex && program.integers[cases[low].lower] <= number
        return isInside ? low - cases.startIndex : cases.count
    }
}
