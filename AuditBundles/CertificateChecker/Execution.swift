// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Executes the nodes' scripts. The rules are extensions of this, one family in each file.
struct Execution {
    let program: Program
    let certificate: Certificate
    let obligations: ObligationTable
    var labels: Labels
    var reader: Reader
    var state: SymbolicState
    var ledger: Ledger
    var initialData: InitialData
    /// Functions whose address the program takes, ascending.
    let addressTaken: [Int]

    // Where the script stands.
    var node = 0
    var clone = 0
    var function = 0
    var instruction: Int?
    var isInNode = false
    /// Decodes facts inside scripts.
    private var decoder: CertificateDecoder
    /// What every claim rests on, for paths were not taken because of it.
    var globalLabel = 0

    /// Where the scripts lead, if somebody wants to know; and the part of a script that is being executed.
    var paths: Paths?
    var stretch = -1

    // Premises of a derivation, kept to save allocations.
    var premises: [Term] = []
    var nextPremises: [Term] = []
    var counts = CheckedClaims.Counts()

    init(program: Program, obligations: ObligationTable, decoder: CertificateDecoder) throws(CheckFailure) {
        self.program = program
        self.decoder = decoder
        self.obligations = obligations
        certificate = decoder.certificate
        labels = decoder.labels
        reader = decoder.reader
        state = SymbolicState(tagCount: certificate.tags.count)
        ledger = Ledger(count: obligations.obligations.count)
        initialData = InitialData(program)
        addressTaken = Self.functionsWithAddress(program)
    }

    var functionBody: Function { program.functions[function] }

    /// Reads a memory fact inside a script; which symbols there are is for the caller.
    mutating func memoryFact() throws(CheckFailure) -> MemoryFact {
        decoder.reader = reader
        let fact = try decoder.memoryFact(nil)
        reader = decoder.reader
        return fact
    }

    /// Reads a predicate about cells of a type inside a script.
    mutating func predicate(_ type: ScalarType) throws(CheckFailure) -> Predicate {
        decoder.reader = reader
        let predicate = try decoder.predicate(type)
        reader = decoder.reader
        return predicate
    }

    func unjustified(_ message: String) -> CheckFailure { CheckFailure(.unjustified, message) }

    func alarmNumber(_ kind: ObligationKind, site: Int) throws(CheckFailure) -> Int {
        try obligations.number(kind, site: site, function: function)
    }

    mutating func alarmLabel(_ obligation: Int) throws(CheckFailure) -> Int {
        try labels.single(program.assumptions.count + obligation)
    }

    func tag(_ number: Int) throws(CheckFailure) -> Tag {
        guard number >= 0, number < certificate.tags.count else {
            throw CheckFailure(.unknownReference, "a tag does not exist")
        }
        return certificate.tags[number]
    }

    /// The tag of an object that an operand names.
    func objectTag(_ object: Int) throws(CheckFailure) -> Int {
        guard program.objects[object].kind == .local else {
            return FixedTag.firstFunction + program.functions.count + object
        }
        guard let tag = certificate.localTags[Certificate.localKey(object, clone)] else {
            throw CheckFailure(.unknownReference, "local object \(object) has no tag in clone \(clone)")
        }
        return tag
    }

    func value(_ operand: Operand) throws(CheckFailure) -> Value {
        switch operand.kind {
        case .register: return try state.value(operand.index)
        case .integer: return .integer(LinearForm(program.integers[operand.index]))
        case .float: return .float(.constant(program.floats[operand.index].bitPattern))
        case .object: return .pointer(.tag(try objectTag(operand.index)), LinearForm(0))
        case .function: return .pointer(.tag(FixedTag.firstFunction + operand.index), LinearForm(0))
        case .null: return .pointer(.tag(FixedTag.null), LinearForm(0))
        case .none: throw CheckFailure(.illFormedProgram, "an operand is missing")
        }
    }

    func integer(_ operand: Operand) throws(CheckFailure) -> LinearForm {
        guard case .integer(let form) = try value(operand) else { throw CheckFailure(.illFormedProgram, "no integer") }
        return form
    }

    func pointer(_ operand: Operand) throws(CheckFailure) -> (Base, LinearForm) {
        guard case .pointer(let base, let form) = try value(operand) else {
            throw CheckFailure(.illFormedProgram, "no pointer")
        }
        return (base, form)
    }

    func float(_ operand: Operand) throws(CheckFailure) -> FloatValue {
        guard case .float(let value) = try value(operand) else { throw CheckFailure(.illFormedProgram, "no float") }
        return value
    }

    // MARK: Labels of facts

    mutating func effectiveLabel(_ label: Int, since time: Int) throws(CheckFailure) -> Int {
        var result = label
        for joined in state.labels(since: time) { result = try labels.union(result, joined) }
        return result
    }

    mutating func label(ofFact number: Int) throws(CheckFailure) -> Int {
        try effectiveLabel(state.facts[number].fact.label, since: state.facts[number].time)
    }

    mutating func label(ofContent number: Int) throws(CheckFailure) -> Int {
        try effectiveLabel(state.contents[number].label, since: state.contents[number].time)
    }

    /// A live memory fact, by number.
    func fact(_ number: Int) throws(CheckFailure) -> MemoryFact {
        guard number < state.facts.count, state.facts[number].isLive else {
            throw CheckFailure(.unknownReference, "memory fact \(number) does not exist or was removed")
        }
        return state.facts[number].fact
    }

    func fact(_ number: Int, _ kind: MemoryFact.Kind, of tag: Int) throws(CheckFailure) -> MemoryFact {
        let fact = try fact(number)
        guard fact.kind == kind, fact.tag == tag else {
            throw unjustified("memory fact \(number) is of another kind or tag")
        }
        return fact
    }

    /// Adds `symbol <= upper` and `-symbol <= -lower`, where they exist.
    mutating func addBounds(_ form: LinearForm, _ bounds: Bounds, _ label: Int) throws(CheckFailure) {
        if let upper = bounds.upper { try state.addLinear(form, atMost: upper, label) }
        if let lower = bounds.lower { try addAtLeast(form, lower, label) }
    }

    mutating func addAtLeast(_ form: LinearForm, _ bound: Int128, _ label: Int) throws(CheckFailure) {
        // -2^127 bounds nothing: facts hold smaller numbers only.
        guard bound != .min, form.isNegatable else { return }
        try state.addLinear(try form.scaled(by: -1), atMost: try negated(bound), label)
    }

    /// The difference of two forms; nil where it, or its negative, leaves the range of facts.
    func gap(_ x: LinearForm, _ y: LinearForm) throws(CheckFailure) -> LinearForm? {
        guard x.isNegatable, y.isNegatable else { return nil }
        do throws(CheckFailure) {
            let gap = try x.subtracting(y)
            return gap.isNegatable ? gap : nil
        } catch {
            guard error.reason == .overflow || error.reason == .limit else { throw error }
            return nil
        }
    }

    /// The fresh symbol that equals `form` if `label` holds; `form` itself if that is empty.
    mutating func labelled(_ form: LinearForm, _ label: Int) throws(CheckFailure) -> LinearForm {
        if label == 0 { return form }
        let symbol = LinearForm(symbol: try state.freshInteger())
        guard form.isNegatable else { return symbol }
        try state.addLinear(try symbol.subtracting(form), atMost: 0, label)
        let gap = try form.subtracting(symbol)
        try state.addLinear(gap, atMost: 0, label)
        state.addCongruence(
            CongruenceFact(terms: gap.terms, modulus: 0, remainder: try negated(gap.constant), label: label))
        return symbol
    }

    mutating func assign(_ instruction: Instruction, _ value: Value) {
        if let result = instruction.result { state.assign(result, value) }
    }
}
