// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Compares the certificate's facts (section 5.2) with the state of an execution.
///
/// Facts about registers are compared wherever they are stated. Those about memory cost more: they are compared at the
/// first arrivals at a place and then ever more seldom, and not at all once a run has used up its share of work.
/// A comparison has no outcome where the replay has no number for what is compared; it does not count then.
extension Replay {
    static let arrivalsWithMemory = 64
    static let mostFactWork = 1 << 24

    mutating func checkFacts(of node: Int, _ proof: CheckedProof) throws(ReplayStop) {
        let stated = proof.certificate.nodes[node]
        let body = program.functions[current.function]
        let named = NamedValues(
            places: try values(of: stated.places, "node \(node)"),
            firstPlace: Place.firstNumber(body, isResult: false))
        for (number, fact) in stated.registerFacts.enumerated() {
            try note(try holds(fact, named, proof), "register fact \(number) of node \(node)")
        }
        arrivals[node] += 1
        try checkMemory(stated.memoryFacts, named, arrivals[node], proof, "node \(node)")
    }

    /// The running function's clone must return, with its facts about the result and the memory.
    mutating func checkReturn(_ result: ConcreteValue?) throws(ReplayStop) {
        guard let proof else { return }
        let clone = current.script.clone
        let stated = proof.certificate.clones[clone]
        guard stated.returns else {
            throw .contradiction("step \(steps) returns from \(place), and clone \(clone) does not return")
        }
        let body = program.functions[current.function]
        let named = NamedValues(
            result: result, places: try values(of: stated.places, "the result of clone \(clone)"),
            firstPlace: Place.firstNumber(body, isResult: true))
        for (number, fact) in stated.resultFacts.enumerated() {
            try note(try holds(fact, named, proof), "result fact \(number) of clone \(clone)")
        }
        returns[clone] += 1
        try checkMemory(stated.memoryFacts, named, returns[clone], proof, "the result of clone \(clone)")
    }

    /// At the first arrivals, then at every power of two, as long as there is work left.
    private mutating func checkMemory(
        _ facts: [MemoryFact], _ named: NamedValues, _ arrivals: Int, _ proof: CheckedProof,
        _ owner: @autoclosure () -> String
    ) throws(ReplayStop) {
        guard arrivals <= Self.arrivalsWithMemory || arrivals & (arrivals - 1) == 0 else { return }
        for (number, fact) in facts.enumerated() where factWork < Self.mostFactWork {
            try note(try holds(fact, named, proof), "memory fact \(number) of \(owner())")
        }
    }

    /// - Parameter holds: nil: nothing was compared.
    mutating func note(_ holds: Bool?, _ what: @autoclosure () -> String) throws(ReplayStop) {
        guard let holds else { return }
        guard holds else { throw .contradiction("\(what()) does not hold in \(place), after \(steps) steps") }
        checkedFacts += 1
    }

    // MARK: Registers

    private mutating func holds(
        _ fact: RegisterFact, _ named: NamedValues, _ proof: CheckedProof
    ) throws(ReplayStop) -> Bool? {
        switch fact {
        case .linear(let terms, let bound, _):
            try budget.spend(1 + terms.count)
            return sum(of: terms, named).map { $0 <= bound }
        case .congruence(let terms, let modulus, let remainder, _):
            try budget.spend(1 + terms.count)
            return sum(of: terms, named).map { sum in
                let rest = sum % modulus
                return (rest < 0 ? rest + modulus : rest) == remainder
            }
        case .targets(let register, let list, _):
            try budget.spend(1 + list.count)
            guard let value = value(register, named) else { return nil }
            guard case .pointer(let pointer) = value else { return false }
            return allows(list, pointer, proof)
        case .float(let register, let range, _):
            try budget.spend(1)
            guard let value = value(register, named) else { return nil }
            return allows(range, value)
        }
    }

    /// Nil: there is nothing to compare.
    private func value(_ register: Int, _ named: NamedValues) -> ConcreteValue? {
        if register >= named.firstPlace { return named.places[register - named.firstPlace] }
        return register == program.functions[current.function].registers.count
            ? named.result : registers[current.registers + register]
    }

    /// Nil: a product or a partial sum leaves 128 bits, or a place has no value here.
    func sum(of terms: [Term], _ named: NamedValues) -> Int128? {
        var sum: Int128 = 0
        for term in terms {
            let number: Int128
            switch value(term.symbol, named) {
            case .integer(let value)?: number = value
            case .pointer(let pointer)?: number = Int128(pointer.offset)
            default: return nil
            }
            let (product, isLarge) = number.multipliedReportingOverflow(by: term.coefficient)
            let (next, isLarger) = sum.addingReportingOverflow(product)
            if isLarge || isLarger { return nil }
            sum = next
        }
        return sum
    }

    // MARK: Values

    private func allows(_ list: [TargetEntry], _ pointer: ConcretePointer, _ proof: CheckedProof) -> Bool {
        list.contains { entry in
            let object = memory.objects[pointer.base]
            let tag = proof.certificate.tags[entry.tag]
            switch tag.kind {
            case .null: return pointer.isNull
            case .ended: return object.kind == .automatic && !object.isAlive
            case .freed: return object.kind == .heap && !object.isAlive
            case .function: return pointer.base == tag.index + 1 && pointer.offset == 0
            case .object, .local, .heap: return object.tag == entry.tag && entry.contains(Int128(pointer.offset))
            }
        }
    }

    /// Nil: this machine cannot say.
    private func allows(_ range: FloatRange, _ value: ConcreteValue) -> Bool? {
        switch value {
        case .float(let number):
            return number.isNaN ? range.mayBeNaN : number >= range.lower && number <= range.upper
        case .extended(let bits):
            guard let number = try? ExtendedFormat.number(bits) else { return nil }
            if number.isNaN { return range.mayBeNaN }
            return number >= ExtendedFormat.Number(range.lower) && number <= ExtendedFormat.Number(range.upper)
        default: return false
        }
    }

    /// Nil: the bits are the address of an object that is not made yet, or this machine cannot say.
    private func allows(_ predicate: Predicate, _ bits: UInt128, _ type: ScalarType, _ proof: CheckedProof) -> Bool? {
        switch predicate {
        case .integer(let bounds, let modulus, let remainder):
            guard let number = type.number(bits) else {
                // Unsigned, and larger than all numbers that the checker counts with.
                return bounds.upper == nil && Int128(bits % UInt128(modulus)) == remainder
            }
            let rest = number % modulus
            return Bounds(lower: number, upper: number).isInside(bounds)
                && (rest < 0 ? rest + modulus : rest) == remainder
        case .pointer(let list):
            guard let list else { return true }
            guard let pointer = try? memory.pointer(at: UInt64(truncatingIfNeeded: bits)) else { return nil }
            return allows(list, pointer, proof)
        case .float(let range):
            guard let range else { return true }
            guard let value = try? decoded(bits, type) else { return nil }
            return allows(range, value)
        }
    }

    // MARK: Memory

    mutating func spendOnMemory(_ work: Int) throws(ReplayStop) {
        factWork += work
        try budget.spend(work)
    }

    private mutating func holds(
        _ fact: MemoryFact, _ named: NamedValues, _ proof: CheckedProof
    ) throws(ReplayStop) -> Bool? {
        let bases = holders[fact.tag] ?? []
        try spendOnMemory(1 + bases.count)
        switch fact.kind {
        case .absent: return bases.isEmpty
        case .alive: return bases.allSatisfy { memory.objects[$0].isAlive }
        case .absentIfNull:
            guard let value = value(fact.pointer, named) else { return nil }
            guard case .pointer(let pointer) = value else { return false }
            return pointer.base != 0 || bases.isEmpty
        case .segment: return try segmentHolds(fact, of: bases, named)
        default:
            var isCompared = true
            for base in bases where memory.objects[base].isAlive {
                guard let holds = try holds(fact, of: base, proof) else {
                    isCompared = false
                    continue
                }
                if !holds { return false }
            }
            return isCompared ? true : nil
        }
    }

    private mutating func holds(
        _ fact: MemoryFact, of base: Int, _ proof: CheckedProof
    ) throws(ReplayStop) -> Bool? {
        switch fact.kind {
        case .size:
            let size = Int128(memory.objects[base].size)
            return Bounds(lower: size, upper: size).isInside(fact.size)
        case .initialised:
            try spend(range: fact, of: base)
            return memory.isInitialised(base, from: fact.from, to: fact.to)
        case .raw:
            try spend(range: fact, of: base)
            return memory.isRaw(base, from: fact.from, to: fact.to)
        case .bytes:
            try spend(range: fact, of: base)
            guard memory.isInitialised(base, from: fact.from, to: fact.to) else { return false }
            if fact.from >= fact.to { return true }
            return memory.objects[base].bytes[Int(fact.from / 8)..<Int(fact.to / 8)].allSatisfy { $0 == fact.byte }
        case .cells: return try cellsHold(fact, of: base, proof)
        // About all objects with the tag, above.
        case .alive, .absent, .absentIfNull, .segment: return true
        }
    }

    private mutating func spend(range fact: MemoryFact, of base: Int) throws(ReplayStop) {
        let bits = min(fact.to, 8 * Int128(memory.objects[base].size)) - max(fact.from, 0)
        try spendOnMemory(Int(clamping: max(bits, 0) / 64))
    }

    /// Cells that are not wholly inside the object are not wholly initialised.
    private mutating func cellsHold(
        _ fact: MemoryFact, of base: Int, _ proof: CheckedProof
    ) throws(ReplayStop) -> Bool? {
        let width = fact.type.width
        let end = 8 * Int128(memory.objects[base].size) - width
        let last = fact.from + (fact.count - 1) * fact.stride
        if !fact.mayBeUninitialised, fact.from < 0 || last > end { return false }
        var position = fact.from
        if position < 0, fact.stride > 0 { position += (fact.stride - 1 - position) / fact.stride * fact.stride }
        if position < 0 { return true }
        var work = 1
        if case .pointer(let list?) = fact.predicate { work += list.count }
        var isCompared = true
        while position <= min(last, end) {
            try spendOnMemory(work)
            if let bits = memory.load(base, position: Int(position), width: Int(width)) {
                switch allows(fact.predicate, bits, fact.type, proof) {
                case true?: break
                case false?: return false
                case nil: isCompared = false
                }
            } else if !fact.mayBeUninitialised {
                return false
            }
            position += max(fact.stride, 1)
        }
        return isCompared ? true : nil
    }
}
