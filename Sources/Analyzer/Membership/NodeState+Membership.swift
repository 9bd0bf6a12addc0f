// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import AffineEqualities
import ProgramIR
import Reductions

// The concretization of a node's state: which states of an execution it describes.
extension NodeState {
    /// Everything that the state says and that does not hold of an execution, in words; none: it describes it.
    ///
    /// - Parameters:
    ///   - scope: which memory facts count; nil: none.
    ///   - limit: how many faults are of interest.
    public func faults<State: ConcreteState>(
        in state: State, of function: Function, scope: FactScope?, _ analysis: ProgramAnalysis, limit: Int = 8
    ) -> [String] {
        let check = MembershipCheck(
            known: self, state: state, scope: scope ?? .nothing, analysis: analysis, function: function, limit: limit)
        func name(_ register: Register) -> String {
            analysis.places.place(of: register).map(check.text) ?? Self.name(of: register, in: function)
        }
        for (register, value) in registers.sorted(by: { $0.key < $1.key }) {
            guard let found = check.register(register) else { continue }
            check.require(value, found) { name(register) }
        }
        for (pair, bound) in relations.constraints {
            guard let first = check.register(pair.first), let second = check.register(pair.second) else { continue }
            check.require(pair, atMost: bound, first, second, name)
        }
        for row in equalities.rows {
            check.require(row) { name($0) }
        }
        for form in inequalities { check.require(form, name) }
        if scope != nil { check.requireMemory() }
        return check.found.texts
    }

    private static func name(of register: Register, in function: Function) -> String {
        guard Int(register) < function.registers.count else { return "the result" }
        let name = Int(register) < function.registerNames.count ? function.registerNames[Int(register)] : ""
        return "register %\(register)" + (name.isEmpty ? "" : " `\(name)`")
    }
}

/// Compares one state with what is known of it.
struct MembershipCheck<State: ConcreteState> {
    let known: NodeState
    let state: State
    let scope: FactScope
    let analysis: ProgramAnalysis
    let function: Function
    let limit: Int
    let found = Faults()

    final class Faults {
        var texts: [String] = []
    }

    var tags: TagTable { analysis.tags }

    /// What a register, the result or a place holds; nil: the execution has no such value, so that nothing is said of it.
    func register(_ register: Register) -> ConcreteValue? {
        if let place = analysis.places.place(of: register) { return value(at: place) }
        let isResult = Int(register) >= function.registers.count
        return (isResult ? function.result : function.registers[Int(register)]).map { state.value(of: register, $0) }
    }

    var isDone: Bool { found.texts.count >= limit }

    func fail(_ text: @autoclosure () -> String) {
        if !isDone { found.texts.append(text()) }
    }

    // MARK: Values

    func require(_ wanted: AbstractValue, _ value: ConcreteValue, _ place: () -> String) {
        if holds(wanted, value) { return }
        fail("\(place()) is \(text(value)), the invariant says \(text(wanted))")
    }

    func require(
        _ pair: RegisterPair, atMost bound: Int128, _ first: ConcreteValue, _ second: ConcreteValue,
        _ name: (Register) -> String
    ) {
        guard let first = first.number, let second = second.number else {
            return fail("\(name(pair.first)) or \(name(pair.second)) is no number, the invariant relates them")
        }
        if Int128(pair.firstSign) * first + Int128(pair.secondSign) * second <= bound { return }
        func term(_ sign: Int8, _ register: Register) -> String { (sign < 0 ? "- " : "+ ") + name(register) }
        fail(
            "\(name(pair.first)) is \(first), \(name(pair.second)) is \(second), the invariant says "
                + "\(term(pair.firstSign, pair.first)) \(term(pair.secondSign, pair.second)) <= \(bound)")
    }

    func require(_ equality: AffineEquality, _ name: (Register) -> String) {
        let terms = equality.terms.map { (Register($0.variable), $0.coefficient) }
        guard let sum = sum(terms, equality.constant), sum != 0 else { return }
        fail("\(text(terms, equality.constant, name)) is \(sum), the invariant says 0")
    }

    /// The form is at most 0.
    func require(_ form: LinearForm, _ name: (Register) -> String) {
        let terms = form.terms.map { ($0.symbol, $0.coefficient) }
        guard let sum = sum(terms, form.constant), sum > 0 else { return }
        fail("\(text(terms, form.constant, name)) is \(sum), the invariant says at most 0")
    }

    /// nil where the execution has no such value, or the sum leaves the range of numbers.
    private func sum(_ terms: [(register: Register, coefficient: Int128)], _ constant: Int128) -> Int128? {
        var sum = constant
        for term in terms {
            guard let value = register(term.register)?.number else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: term.coefficient)
            let (total, overflows) = sum.addingReportingOverflow(product)
            if overflow || overflows { return nil }
            sum = total
        }
        return sum
    }

    private func text(
        _ terms: [(register: Register, coefficient: Int128)], _ constant: Int128, _ name: (Register) -> String
    ) -> String {
        (terms.map { "\($0.coefficient) * \(name($0.register))" } + ["\(constant)"]).joined(separator: " + ")
    }

    private func holds(_ wanted: AbstractValue, _ value: ConcreteValue) -> Bool {
        switch (wanted, value) {
        case (.integer(let range), .integer(let number)): range.contains(number)
        case (.float(let range), .float(let number)): range.contains(number)
        case (.float(let range), .extended(let below, let above)): range.contains(below) && range.contains(above)
        case (.pointer(let targets), .pointer(let pointer)): targets.isAny || holds(targets, pointer)
        default: false
        }
    }

    private func holds(_ targets: Targets, _ pointer: NamedPointer) -> Bool {
        if pointer.isFreed {
            // Freed, or known by its tag still; but then nobody may say that all objects of the tag are alive.
            if targets.mayPoint(into: .freed) { return true }
            return targets.offset(in: pointer.tag).contains(Int128(pointer.offset)) && !excludesDead(pointer.tag)
        }
        switch tags.info(pointer.tag).kind {
        case .null, .ended, .freed: return targets.mayPoint(into: pointer.tag)
        case .function: return targets.mayPoint(into: pointer.tag) && pointer.offset == 0
        case .object, .local, .heap: return targets.offset(in: pointer.tag).contains(Int128(pointer.offset))
        }
    }

    /// Whether all objects of a heap tag are known to be alive, or none is known to have it.
    private func excludesDead(_ tag: Tag) -> Bool {
        guard scope.includes(tag), let object = known.object(Int(tag), known.memory[Int(tag)], tags) else {
            return false
        }
        return object.alive != nil || object.absent != nil
    }

    // MARK: Words

    private func text(_ value: ConcreteValue) -> String {
        switch value {
        case .integer(let number): "\(number)"
        case .float(let number): "\(number)"
        case .extended(let below, let above): below == above ? "\(below)" : "between \(below) and \(above)"
        case .missing: "missing"
        case .pointer(let pointer): text(pointer.tag, pointer.isFreed) + " + \(pointer.offset)"
        }
    }

    func text(_ value: AbstractValue) -> String {
        switch value {
        case .integer(let range): return "\(range)"
        case .float(let range): return "\(range)"
        case .pointer(let targets):
            if targets.isAny { return "any pointer" }
            return "{" + targets.entries.map { "\(text($0.base, false)) + \($0.offset)" }.joined(separator: ", ") + "}"
        }
    }

    func text(_ tag: Tag, _ isFreed: Bool = false) -> String {
        let name = tags.name(of: tag)
        switch tags.info(tag).kind {
        case .local(_, let clone): return "`\(name)` of clone \(clone)"
        case .heap(let clone, let instruction, let many):
            let which = many ? "an earlier object" : "the latest object"
            return "\(isFreed ? "the freed " : "")\(which) of instruction \(instruction) in clone \(clone)"
        case .object: return "`\(name)`"
        default: return name
        }
    }
}
