// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// load (6.4).
///
/// *Sound:* each case that the address may be in has a source. Contents are exact; cell facts speak of every
/// position that the case allows. A cell that the load found missing has from then on the value that it gave
/// (section 2), so the result is the content of the one cell of a single tag.
extension Execution {
    mutating func executeLoad(_ i: Instruction) throws(CheckFailure) {
        let (base, form) = try pointer(i.a)
        let size = (i.bit + i.type.width + 7) / 8
        let (address, claims) = try access(
            Access(
                base: base, form: form, immediate: i.immediate, size: (size, size),
                count: LinearForm(size), alignment: i.alignment,
                kinds: ObligationKind.kinds(of: i), site: i.site))
        try settle(claims, address)
        let shift = try sum(try product(8, i.immediate), i.bit)
        let known = try sources(address, i, form, shift: shift)
        guard let claim = claims.uninitialised else {
            throw CheckFailure(.illFormedProgram, "a load without obligation")
        }
        if claim.isClaimed {
            guard known.isInitialised else { throw unjustified("uninitialized-read is claimed without evidence") }
            try settle(claim, try labels.union(address.claimLabel, known.label))
        }
        if let cases = address.cases, cases.isEmpty {
            // Nothing is loaded: no case of the pointer is left.
            assign(i, try freshValue(i.type))
            return try conclude(address)
        }
        if i.isVolatile {
            assign(i, try freshValue(i.type))
            return try conclude(address)
        }
        let label = try labels.union(try labels.union(address.label, known.label), claim.alarm)
        var described = known
        if known.value == nil || address.cases?.count != 1 {
            described.value = nil
            described.predicate = nil
            described.predicateLabel = 0
            if try reader.flag() { described.predicate = try declaredPredicate(known, i.type) }
        }
        let value = try loaded(described, i.type, label)
        assign(i, value)
        if let cases = address.cases, cases.count == 1, let only = cases.first, let offset = only.single,
            try tag(only.tag).isSingle
        {
            let position = try sum(try product(8, offset), shift)
            removeContent(only.tag, position, i.type)
            try state.addContent(only.tag, position, i.type, value, address.label)
        }
        try conclude(address)
    }

    /// Reads a predicate that every source of a load implies.
    private mutating func declaredPredicate(_ known: Known, _ type: ScalarType) throws(CheckFailure) -> Predicate {
        let declared = try predicate(type)
        guard !known.parts.isEmpty else { throw unjustified("a loaded value without sources satisfies a predicate") }
        for part in known.parts {
            guard let predicate = part.predicate, implies(predicate, part.type, declared, type) else {
                throw unjustified("a source does not imply the predicate of the loaded value")
            }
        }
        return declared
    }

    /// Reads the sources of each surviving case.
    private mutating func sources(
        _ address: Address, _ i: Instruction, _ form: LinearForm, shift: Int128
    ) throws(CheckFailure) -> Known {
        let type = i.type
        guard let cases = address.cases else {
            return Known(predicate: nil, type: type, isInitialised: false, label: 0, value: nil)
        }
        var result: Known?
        for place in cases.indices {
            let known = try source(cases[place], i, form, shift: shift, address.label)
            guard var joined = result else {
                result = known
                continue
            }
            joined.value = nil
            joined.isInitialised = joined.isInitialised && known.isInitialised
            joined.label = try labels.union(joined.label, known.label)
            joined.predicate = nil
            joined.parts += known.parts
            result = joined
        }
        // Without a case nothing happens here: the state holds a contradiction with the address's label.
        return result ?? Known(predicate: nil, type: type, isInitialised: true, label: 0, value: nil)
    }

    /// Expresses a predicate about a cell of type `from` in `to`, which has the same width and class.
    private func converted(_ predicate: Predicate?, _ from: ScalarType, _ to: ScalarType) -> Predicate? {
        guard case .integer(let bounds, let modulus, let remainder)? = predicate else { return predicate }
        let full = bounds.completed(from.range)
        guard full.isInside(to.range) else { return nil }
        return .integer(full, modulus: modulus, remainder: remainder)
    }

    private mutating func source(
        _ address: AddressCase, _ i: Instruction, _ form: LinearForm, shift: Int128, _ addressLabel: Int
    ) throws(CheckFailure) -> Known {
        let type = i.type
        var known = Known(predicate: nil, type: type, isInitialised: true, label: 0, value: nil)
        let positions = try positions(address, shift: shift)
        let kind = try reader.byte()
        switch kind {
        case 0:
            known.isInitialised = false
            known.parts = [(nil, type)]
        case 1:
            guard let positions, positions.first == positions.last, try tag(address.tag).isSingle else {
                throw unjustified("a content as source needs one position of a single tag")
            }
            let number = try content(address.tag, positions.first, type)
            let content = state.contents[number]
            known.label = try label(ofContent: number)
            known.value = content.value
            known.parts = [(nil, type)]
            known.type = type
            let (predicate, label) = try predicate(of: content.value)
            known.predicate = converted(predicate, content.type, type)
            known.predicateLabel = label
            if known.value != nil, content.type.isSigned != type.isSigned, case .integer(let form) = content.value {
                // The value modulo 2^w, with its own hint.
                known.value = .integer(try wrap(form, type))
                known.predicate = nil
            }
        case 2, 3, 8:
            guard let positions else { throw unjustified("the positions of a case have no end") }
            var next = positions.first
            let count = try reader.count()
            for _ in 0..<count {
                let number = try reader.unsigned()
                let fact: MemoryFact
                if kind != 3 {
                    fact = try self.fact(number)
                    known.label = try labels.union(known.label, try label(ofFact: number))
                } else {
                    guard number < certificate.constants.count else {
                        throw CheckFailure(.unknownReference, "constant \(number) does not exist")
                    }
                    fact = certificate.constants[number]
                }
                guard fact.kind == .cells, fact.tag == address.tag, fact.type.kind == type.kind,
                    fact.type.width == type.width
                else {
                    throw unjustified("a source is no cell fact of this tag, width and class")
                }
                try advance(&next, positions, over: fact)
                if fact.mayBeUninitialised { known.isInitialised = false }
                known.parts.append((fact.predicate, fact.type))
            }
            guard next > positions.last else { throw unjustified("the sources do not cover every position") }
            if kind == 8 {
                known.isInitialised = true
                known.label = try labels.union(known.label, try loadedSegment(address.tag, form, i, addressLabel))
            }
        case 4:
            let number = try reader.unsigned()
            let fact = try fact(number, .bytes, of: address.tag)
            guard let positions, positions.first >= fact.from, try sum(positions.last, type.width) <= fact.to else {
                throw unjustified("the bytes do not cover every position")
            }
            known.label = try label(ofFact: number)
            known.parts = [(try repeated(fact.byte, type, first: positions.first, step: positions.step), type)]
        case 6:
            guard try tag(address.tag).isReadOnly else { throw unjustified("the object is no constant") }
            known.parts = [(nil, type)]
        case 5:
            guard let positions else { throw unjustified("the positions of a case have no end") }
            known.label = try evidence(address.tag, from: positions.first, to: try sum(positions.last, type.width))
            known.parts = [(nil, type)]
        case 7:
            known.label = try loadedSegment(address.tag, form, i, addressLabel)
            known.parts = [(nil, type)]
        default: throw CheckFailure(.malformed, "a source has kind \(kind)")
        }
        return known
    }

    /// Reads what shows that the bytes of a load are initialised; the label of that.
    private mutating func loadedSegment(_ tag: Int, _ form: LinearForm, _ i: Instruction, _ addressLabel: Int)
        throws(CheckFailure) -> Int
    {
        let start = try form.adding(i.immediate)
        let shown = try segmentSources(
            tag, from: try start.adding(i.bit / 8), to: try start.adding((i.bit + i.type.width + 7) / 8))
        // Where the access is known to be inside only by an alarm, what is outside is no segment's.
        return try labels.union(shown, addressLabel)
    }

    /// What is known of a value without hints.
    func predicate(of value: Value) throws(CheckFailure) -> (Predicate?, label: Int) {
        switch value {
        case .integer(let form):
            guard form.isConstant else { return (nil, 0) }
            return (.integer(Bounds(lower: form.constant, upper: form.constant), modulus: 1, remainder: 0), 0)
        case .pointer(let base, let form):
            guard let set = try entries(base, form) else { return (nil, 0) }
            return (.pointer(set.entries), set.label)
        case .float(let value):
            guard let set = rangeSet(value) else { return (nil, 0) }
            return (.float(set.range), set.label)
        }
    }

    /// The loaded value and what is known of it.
    mutating func loaded(_ known: Known, _ type: ScalarType, _ label: Int) throws(CheckFailure) -> Value {
        if let value = known.value {
            if label == 0 { return value }
            if case .integer(let form) = value { return .integer(try labelled(form, label)) }
        }
        let label = try labels.union(label, known.predicateLabel)
        switch type.kind {
        case .integer:
            let form = LinearForm(symbol: try state.freshInteger())
            guard case .integer(let bounds, let modulus, let remainder)? = known.predicate,
                bounds.completed(type.range).isInside(type.range)
            else {
                try addBounds(form, type.range, 0)
                return .integer(form)
            }
            try addBounds(form, bounds.completed(type.range), label)
            if modulus >= 2 {
                state.addCongruence(
                    CongruenceFact(terms: form.terms, modulus: modulus, remainder: remainder, label: label))
            }
            return .integer(form)
        case .pointer:
            guard case .pointer(let list?)? = known.predicate else { return try freshPointer(nil) }
            return try freshPointer(TargetSet(entries: list, label: label))
        case .float:
            guard case .float(let range?)? = known.predicate else { return .float(.symbol(state.freshFloat(nil))) }
            return .float(.symbol(state.freshFloat(RangeSet(range: range, label: label))))
        }
    }
}
