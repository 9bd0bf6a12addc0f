// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Calls and returns (6.6).
///
/// *Sound:* by induction over the execution: the callee's entry facts are shown for the arguments, so its clone's
/// results hold when it returns, and what it writes, frees and allocates lies in its effects. Along a chain of
/// calls levels fall, or stay among recursive clones; so a clone that is not recursive is active at most once.
extension Execution {
    /// Reads the hint of a call of `callee` and applies it; false if the call does not return.
    mutating func call(_ i: Instruction, _ callee: Int) throws(CheckFailure) -> Bool {
        let number = try reader.unsigned()
        guard number < certificate.clones.count, certificate.clones[number].function == callee else {
            throw CheckFailure(.unknownReference, "the callee is not a clone of the called function")
        }
        note(number)
        let body = certificate.clones[number]
        let own = certificate.clones[clone]
        guard body.level < own.level || (body.isRecursive && own.isRecursive && body.level == own.level) else {
            throw unjustified("the callee's level is not below the caller's")
        }
        guard let first = body.nodes.first else { throw CheckFailure(.illFormedCertificate, "a clone has no node") }
        var arguments: [Value] = []
        for operand in functionBody.operands[i.list] { arguments.append(try value(operand)) }
        let entry = certificate.nodes[first]
        let places = try values(of: entry.places)
        let firstPlace = Place.firstNumber(program.functions[callee], isResult: false)
        try demandFacts(entry.registerFacts, entry.memoryFacts) { register, _ throws(CheckFailure) in
            if register >= firstPlace { return places[register - firstPlace] }
            guard register < arguments.count else {
                throw CheckFailure(.illFormedCertificate, "a parameter has no argument")
            }
            return arguments[register]
        }
        try demandEffects(body.effects)
        try apply(body.effects)
        guard body.returns else { return false }

        let function = program.functions[callee]
        var result: Value?
        if let type = function.result { result = try opaque(type) }
        var exitValues: [Value] = []
        for place in body.places { exitValues.append(try opaque(place.type)) }
        let firstExit = Place.firstNumber(function, isResult: true)
        func atExit(_ register: Int, _ checker: borrowing Execution) throws(CheckFailure) -> Value {
            if register == function.registers.count, let result { return result }
            if register >= firstExit { return exitValues[register - firstExit] }
            guard register < arguments.count else {
                throw CheckFailure(.illFormedCertificate, "a result fact names no argument")
            }
            return arguments[register]
        }
        for fact in body.resultFacts { try addResult(fact, atExit) }
        for fact in body.memoryFacts { try take(fact, atExit) }
        try take(body.places, exitValues)
        if let result { assign(i, result) }
        return true
    }

    /// A value without facts.
    private mutating func opaque(_ type: ScalarType) throws(CheckFailure) -> Value {
        switch type.kind {
        case .integer: .integer(LinearForm(symbol: try state.freshInteger()))
        case .pointer: try freshPointer(nil)
        case .float: .float(.symbol(state.freshFloat(nil)))
        }
    }

    private mutating func addResult(
        _ fact: RegisterFact, _ values: (Int, borrowing Execution) throws(CheckFailure) -> Value
    )
        throws(CheckFailure)
    {
        switch fact {
        case .linear(let terms, let bound, let label):
            try state.addLinear(try substitute(terms, values), atMost: bound, label)
        case .congruence(let terms, let modulus, let remainder, let label):
            let form = try substitute(terms, values)
            state.addCongruence(
                CongruenceFact(
                    terms: form.terms, modulus: modulus,
                    remainder: try floorRemainder(try difference(remainder, form.constant), modulus), label: label))
        case .targets(let register, let list, let label):
            // Of an argument nothing new is learnt: only a fresh result's own offset is the list's.
            guard case .pointer(.symbol(let base), let form) = try values(register, self),
                form.symbol == state.ownOffset(base)
            else { return }
            try makeCurrent(base, TargetSet(entries: list, label: label))
        case .float(let register, let range, let label):
            guard case .float(.symbol(let symbol)) = try values(register, self) else { return }
            state.setRange(symbol, RangeSet(range: range, label: label))
        }
    }

    /// The callee's effects lie inside this clone's, but for this clone's own locals.
    private mutating func demandEffects(_ other: Effects) throws(CheckFailure) {
        try demandEffectLabel(other.label)
        if effects.everything { return }
        guard !other.everything else { throw CheckFailure(.effects, "the callee's effects are everything") }
        for written in other.written {
            try demandEffect(written.tag, BitRange(from: written.from, to: written.to), isOwn: false)
        }
        for tag in other.freed where !effects.freed.contains(tag) {
            throw CheckFailure(.effects, "the callee frees tag \(tag)")
        }
        for tag in other.allocated where !effects.allocated.contains(tag) {
            throw CheckFailure(.effects, "the callee allocates tag \(tag)")
        }
    }

    private mutating func apply(_ other: Effects) throws(CheckFailure) {
        if other.everything {
            try havocMemory()
            return
        }
        for written in other.written {
            let range = BitRange(from: written.from, to: written.to)
            try cut(written.tag, range, [.cells, .bytes, .raw, .initialised])
            removeSegments(of: written.tag)
        }
        for tag in other.freed {
            for number in state.facts(of: tag) where state.facts[number].fact.kind == .alive {
                state.removeFact(number)
            }
            try rename(tag, to: [FixedTag.freed], keeping: true, 0)
        }
        for tag in other.allocated {
            removeAll(tag)
            guard let partner = try self.tag(tag).partner else { continue }
            removeAll(partner)
            try rename(tag, to: [partner], keeping: true, 0)
        }
        state.labelMemory(other.label)
    }

    /// Reads the hints of a return.
    mutating func executeReturn(_ operand: Operand) throws(CheckFailure) {
        let body = certificate.clones[clone]
        guard body.returns else { throw unjustified("a clone that does not return returns") }
        let result: Value? = operand.kind == .none ? nil : try value(operand)
        for tag in body.localTags { try endLocal(tag) }
        var returned = result
        // The result was read before the locals ended.
        if case .pointer(.tag(let tag), let form)? = returned, try self.tag(tag).kind == .local,
            try self.tag(tag).clone == clone
        {
            returned = .pointer(.tag(FixedTag.ended), form)
        }
        let count = functionBody.registers.count
        let places = try values(of: body.places)
        try demandFacts(body.resultFacts, body.memoryFacts) { register, checker throws(CheckFailure) in
            if register == count {
                guard let returned else {
                    throw CheckFailure(.illFormedCertificate, "a result fact of a void function")
                }
                return returned
            }
            if register > count { return places[register - count - 1] }
            return try checker.state.value(register)
        }
    }
}
