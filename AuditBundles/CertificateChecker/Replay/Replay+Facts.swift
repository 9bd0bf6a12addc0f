// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Compares the certificate's facts (section 5.2) with the state of an execution.
///
/// Facts about registers are compared wherever they are stated. Those about memory cost more: they are compared at the
/// first arrivals at a place and then ever more seldom, and not at all once a run has used up its share of work.
extension Replay {
    static let arrivalsWithMemory = 64
    static let mostFactWork = 1 << 24

    mutating func checkFacts(of node: Int, _ proof: CheckedProof) throws(ReplayStop) {
        let stated = proof.certificate.nodes[node]
        for (number, fact) in stated.registerFacts.enumerated() {
            guard holds(fact, result: nil, proof) else {
                throw failed("register fact \(number) of node \(node)")
            }
        }
        checkedFacts += stated.registerFacts.count
        arrivals[node] += 1
        try checkMemory(stated.memoryFacts, arrivals[node], proof, "node \(node)")
    }

    /// The running function's clone must return, with its facts about the result and the memory.
    mutating func checkReturn(_ result: ConcreteValue?) throws(ReplayStop) {
        guard let proof else { return }
        let clone = current.script.clone
        let stated = proof.certificate.clones[clone]
        guard stated.returns else {
            throw .contradiction("step \(steps) returns from \(place), and clone \(clone) does not return")
        }
        for (number, fact) in stated.resultFacts.enumerated() {
            guard holds(fact, result: result, proof) else { throw failed("result fact \(number) of clone \(clone)") }
        }
        checkedFacts += stated.resultFacts.count
        returns[clone] += 1
        try checkMemory(stated.memoryFacts, returns[clone], proof, "the result of clone \(clone)")
    }

    /// At the first arrivals, then at every power of two, as long as there is work left.
    private mutating func checkMemory(
        _ facts: [MemoryFact], _ arrivals: Int, _ proof: CheckedProof, _ owner: @autoclosure () -> String
    ) throws(ReplayStop) {
        guard arrivals <= Self.arrivalsWithMemory || arrivals & (arrivals - 1) == 0 else { return }
        for (number, fact) in facts.enumerated() where factWork < Self.mostFactWork {
            guard holds(fact, proof) else { throw failed("memory fact \(number) of \(owner())") }
            checkedFacts += 1
        }
    }

    private func failed(_ what: String) -> ReplayStop {
        .contradiction("\(what) does not hold in \(place), after \(steps) steps")
    }

    // MARK: Registers

    private func holds(_ fact: RegisterFact, result: ConcreteValue?, _ proof: CheckedProof) -> Bool {
        switch fact {
        case .linear(let terms, let bound, _):
            guard let sum = sum(of: terms, result) else { return true }
            return sum <= bound
        case .congruence(let terms, let modulus, let remainder, _):
            guard let sum = sum(of: terms, result) else { return true }
            let rest = sum % modulus
            return (rest < 0 ? rest + modulus : rest) == remainder
        case .targets(let register, let list, _):
            guard case .pointer(let pointer)? = value(register, result) else { return false }
            return allows(list, pointer, proof)
        case .float(let register, let range, _):
            guard let value = value(register, result) else { return false }
            return allows(range, value)
        }
    }

    private func value(_ register: Int, _ result: ConcreteValue?) -> ConcreteValue? {
        register == program.functions[current.function].registers.count
            ? result : registers[current.registers + register]
    }

    /// Nil: it leaves 128 bits, and nothing is said about it.
    private func sum(of terms: [Term], _ result: ConcreteValue?) -> Int128? {
        var sum: Int128 = 0
        for term in terms {
            let number: Int128
            switch value(term.symbol, result) {
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

    private func allows(_ range: FloatRange, _ value: ConcreteValue) -> Bool {
        switch value {
        case .float(let number):
            return number.isNaN ? range.mayBeNaN : number >= range.lower && number <= range.upper
        case .extended(let bits):
            guard let number = try? ExtendedFormat.number(bits) else { return true }
            if number.isNaN { return range.mayBeNaN }
            return number >= ExtendedFormat.Number(range.lower) && number <= ExtendedFormat.Number(range.upper)
        default: return false
        }
    }

    private func allows(_ predicate: Predicate, _ bits: UInt128, _ type: ScalarType, _ proof: CheckedProof) -> Bool {
        switch predicate {
        case .integer(let bounds, let modulus, let remainder):
            // An unsigned number of 128 bits may exceed what the checker counts with.
            guard let number = type.number(bits) else { return bounds.upper == nil && modulus == 1 }
            let rest = number % modulus
            return Bounds(lower: number, upper: number).isInside(bounds)
                && (rest < 0 ? rest + modulus : rest) == remainder
        case .pointer(let list):
            guard let list else { return true }
            return allows(list, memory.pointer(at: UInt64(truncatingIfNeeded: bits)), proof)
        case .float(let range):
            guard let range, let value = try? decoded(bits, type) else { return true }
            return allows(range, value)
        }
    }

    // MARK: Memory

    private mutating func holds(_ fact: MemoryFact, _ proof: CheckedProof) -> Bool {
        let bases = holders[fact.tag] ?? []
        factWork += 1 + bases.count
        switch fact.kind {
        case .absent: return bases.isEmpty
        case .alive: return bases.allSatisfy { memory.objects[$0].isAlive }
        default:
            for base in bases where memory.objects[base].isAlive {
                if !holds(fact, of: base, proof) { return false }
            }
            return true
        }
    }

    private mutating func holds(_ fact: MemoryFact, of base: Int, _ proof: CheckedProof) -> Bool {
        switch fact.kind {
        case .size:
            let size = Int128(memory.objects[base].size)
            return Bounds(lower: size, upper: size).isInside(fact.size)
        case .initialised:
            note(bits: fact.to - fact.from)
            return memory.isInitialised(base, from: fact.from, to: fact.to)
        case .raw:
            note(bits: fact.to - fact.from)
            return memory.isRaw(base, from: fact.from, to: fact.to)
        case .bytes:
            note(bits: fact.to - fact.from)
            guard memory.isInitialised(base, from: fact.from, to: fact.to) else { return false }
            if fact.from >= fact.to { return true }
            return memory.objects[base].bytes[Int(fact.from / 8)..<Int(fact.to / 8)].allSatisfy { $0 == fact.byte }
        case .cells: return cellsHold(fact, of: base, proof)
        case .alive, .absent: return true
        }
    }

    private mutating func note(bits: Int128) { factWork += Int(clamping: bits / 64) }

    /// Cells that are not wholly inside the object are not wholly initialised.
    private mutating func cellsHold(_ fact: MemoryFact, of base: Int, _ proof: CheckedProof) -> Bool {
        let width = fact.type.width
        let size = 8 * Int128(memory.objects[base].size)
        var position = fact.from
        for _ in 0..<fact.count {
            factWork += 1
            if position < 0 || position + width > size {
                if !fact.mayBeUninitialised { return false }
                // All that follow lie outside too.
                if position >= 0 { return true }
            } else if let bits = memory.load(base, position: Int(position), width: Int(width)) {
                if !allows(fact.predicate, bits, fact.type, proof) { return false }
            } else if !fact.mayBeUninitialised {
                return false
            }
            position += fact.stride
        }
        return true
    }
}
