// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The symbolic state of section 6 and its undo trail: a branch restores what the branch before it changed.
///
/// Facts are appended and truncated; everything that is overwritten leaves its old value on the trail. So going
/// back costs what was done, whatever the state's size.
struct SymbolicState {
    struct HeldFact {
        var fact: MemoryFact
        var time: Int
        var isLive = true
    }

    /// The exact value of a cell of a single tag; integers are the cell's value reduced into the type.
    struct Content {
        var tag: Int
        var position: Int128
        var type: ScalarType
        var value: Value
        var label: Int
        var time: Int
    }

    private enum Undo {
        case register(Int, Value?)
        case targets(Int, TargetSet?)
        case range(Int, RangeSet?)
        case factAdded(tag: Int)
        case factRemoved(tag: Int, place: Int, number: Int)
        case factChanged(Int, HeldFact)
        case contentAdded(tag: Int)
        case contentRemoved(tag: Int, place: Int, number: Int)
        case contentChanged(Int, Value)
    }

    struct Checkpoint {
        fileprivate var trail: Int
        fileprivate var linear: Int
        fileprivate var terms: Int
        fileprivate var congruences: Int
        fileprivate var exclusions: Int
        fileprivate var definitions: Int
        fileprivate var offsets: Int
        fileprivate var ranges: Int
        fileprivate var facts: Int
        fileprivate var contents: Int
        fileprivate var touched: Int
        fileprivate var tagRegisters: Int
        fileprivate var targeted: Int
        fileprivate var pointerFacts: Int
        fileprivate var tagContents: Int
        fileprivate var log: LabelLog
        fileprivate var sizes: Int
    }

    /// Of the registers, then of the node's places.
    private(set) var registerTypes: [ScalarType] = []
    private var registers: [Value?] = []
    /// Registers that were given a tag as base.
    private var tagRegisters: [Int] = []
    /// Base symbols that were given targets, facts with targets in their predicate, contents with a tag as base.
    private(set) var targeted: [Int] = []
    private(set) var pointerFacts: [Int] = []
    private(set) var tagContents: [Int] = []
    private var trail: [Undo] = []

    // Linear facts, flat: fact k has the terms termEnds[k - 1] ..< termEnds[k].
    private(set) var terms: [Term] = []
    private(set) var termEnds: [Int] = []
    private(set) var bounds: [Int128] = []
    private(set) var linearLabels: [Int] = []
    private(set) var congruences: [CongruenceFact] = []
    private(set) var exclusions: [Exclusion] = []
    /// Of the fresh integer symbols.
    private(set) var definitions: [Definition?] = []
    /// The own offset symbols of the fresh base symbols.
    private var offsets: [Int] = []
    /// Current targets of each base symbol; the first ones are the registers'.
    private(set) var targets: [TargetSet?] = []
    private(set) var ranges: [RangeSet?] = []

    private(set) var facts: [HeldFact] = []
    private(set) var contents: [Content] = []
    private(set) var sizes = SizeTable()
    private var factsOfTag: [[Int]]
    private var contentsOfTag: [[Int]]
    /// Tags whose lists may hold something; may repeat.
    private var touched: [Int] = []
    private var log = LabelLog()
    /// Entries of memory that were looked at so far: what is not linear in the files is bounded by it.
    private(set) var work = 0

    init(tagCount: Int) {
        factsOfTag = [[Int]](repeating: [], count: tagCount)
        contentsOfTag = [[Int]](repeating: [], count: tagCount)
    }

    /// Prepares for nodes of another function; the state is empty.
    mutating func enter(_ types: [ScalarType]) {
        registerTypes = types
        registers = [Value?](repeating: nil, count: types.count)
        targets = [TargetSet?](repeating: nil, count: types.count)
        ranges = [RangeSet?](repeating: nil, count: types.count)
    }

    /// Prepares for a node with places of these types; the state is empty.
    mutating func enter(places types: [ScalarType]) {
        registerTypes.removeLast(registerTypes.count - registers.count)
        registerTypes += types
        targets.removeLast(targets.count - registers.count)
        targets += types.map { _ in nil }
        ranges.removeLast(ranges.count - registers.count)
        ranges += types.map { _ in nil }
    }

    // MARK: Going back

    func checkpoint() -> Checkpoint {
        Checkpoint(
            trail: trail.count, linear: bounds.count, terms: terms.count, congruences: congruences.count,
            exclusions: exclusions.count, definitions: definitions.count, offsets: offsets.count, ranges: ranges.count,
            facts: facts.count, contents: contents.count, touched: touched.count,
            tagRegisters: tagRegisters.count, targeted: targeted.count, pointerFacts: pointerFacts.count,
            tagContents: tagContents.count, log: log, sizes: sizes.checkpoint)
    }

    mutating func restore(_ point: Checkpoint) {
        while trail.count > point.trail, let undo = trail.popLast() {
            switch undo {
            case .register(let register, let old): registers[register] = old
            case .targets(let symbol, let old): targets[symbol] = old
            case .range(let symbol, let old): ranges[symbol] = old
            case .factAdded(let tag): _ = factsOfTag[tag].popLast()
            case .factRemoved(let tag, let place, let number):
                Self.insertBack(&factsOfTag[tag], place, number)
                facts[number].isLive = true
            case .factChanged(let number, let old): facts[number] = old
            case .contentAdded(let tag): _ = contentsOfTag[tag].popLast()
            case .contentRemoved(let tag, let place, let number): Self.insertBack(&contentsOfTag[tag], place, number)
            case .contentChanged(let number, let old): contents[number].value = old
            }
        }
        truncateLinear(point.linear, point.terms)
        congruences.removeLast(congruences.count - point.congruences)
        exclusions.removeLast(exclusions.count - point.exclusions)
        definitions.removeLast(definitions.count - point.definitions)
        offsets.removeLast(offsets.count - point.offsets)
        targets.removeLast(targets.count - registerTypes.count - point.offsets)
        ranges.removeLast(ranges.count - point.ranges)
        facts.removeLast(facts.count - point.facts)
        contents.removeLast(contents.count - point.contents)
        touched.removeLast(touched.count - point.touched)
        tagRegisters.removeLast(tagRegisters.count - point.tagRegisters)
        targeted.removeLast(targeted.count - point.targeted)
        pointerFacts.removeLast(pointerFacts.count - point.pointerFacts)
        tagContents.removeLast(tagContents.count - point.tagContents)
        log = point.log
        sizes.restore(point.sizes)
    }

    private mutating func truncateLinear(_ count: Int, _ termCount: Int) {
        bounds.removeLast(bounds.count - count)
        linearLabels.removeLast(linearLabels.count - count)
        termEnds.removeLast(termEnds.count - count)
        terms.removeLast(terms.count - termCount)
    }

    /// Removes the facts of a pointer's case again.
    mutating func dropFacts(linear: Int, congruences count: Int) {
        guard linear <= bounds.count, count <= congruences.count else { return }
        truncateLinear(linear, linear == 0 ? 0 : termEnds[linear - 1])
        congruences.removeLast(congruences.count - count)
    }

    private static func swapRemove(_ list: inout [Int], _ place: Int) {
        list.swapAt(place, list.count - 1)
        list.removeLast()
    }

    private static func insertBack(_ list: inout [Int], _ place: Int, _ number: Int) {
        list.append(number)
        list.swapAt(place, list.count - 1)
    }

    // MARK: Registers and symbols

    func value(_ register: Int) throws(CheckFailure) -> Value {
        guard register < registers.count else { throw CheckFailure(.unknownReference, "a register does not exist") }
        if let value = registers[register] { return value }
        return try entryValue(register)
    }

    mutating func assign(_ register: Int, _ value: Value) {
        trail.append(.register(register, registers[register]))
        registers[register] = value
        if case .pointer(.tag, _) = value { tagRegisters.append(register) }
    }

    mutating func freshInteger(_ definition: Definition? = nil) throws(CheckFailure) -> Int {
        guard definitions.count < Reader.maximumCount else { throw CheckFailure(.limit, "too many symbols") }
        definitions.append(definition)
        return registerTypes.count + definitions.count - 1
    }

    /// A base symbol and its own offset symbol.
    mutating func freshPointer() throws(CheckFailure) -> (base: Int, offset: Int) {
        let offset = try freshInteger()
        offsets.append(offset)
        targets.append(nil)
        return (targets.count - 1, offset)
    }

    mutating func freshFloat(_ range: RangeSet?) -> Int {
        ranges.append(range)
        return ranges.count - 1
    }

    func ownOffset(_ base: Int) -> Int {
        let place = base - registerTypes.count
        return place >= 0 && place < offsets.count ? offsets[place] : base
    }

    mutating func setTargets(_ base: Int, _ set: TargetSet?) {
        guard base < targets.count else { return }
        trail.append(.targets(base, targets[base]))
        if targets[base] == nil { targeted.append(base) }
        targets[base] = set
    }

    mutating func setRange(_ symbol: Int, _ set: RangeSet?) {
        guard symbol < ranges.count else { return }
        trail.append(.range(symbol, ranges[symbol]))
        ranges[symbol] = set
    }

    // MARK: Facts

    /// Adds `form <= bound`; nothing where a number leaves the range of facts.
    mutating func addLinear(_ form: LinearForm, atMost bound: Int128, _ label: Int) throws(CheckFailure) {
        guard bounds.count < Reader.maximumCount else { throw CheckFailure(.limit, "too many facts") }
        let (limit, overflow) = bound.subtractingReportingOverflow(form.constant)
        guard !overflow, limit != .min, bound != .min, form.isNegatable else { return }
        bounds.append(limit)
        terms.append(contentsOf: form.terms)
        termEnds.append(terms.count)
        linearLabels.append(label)
    }

    /// Adds `0 <= -1`: nothing reaches this point if the label holds.
    mutating func addContradiction(_ label: Int) throws(CheckFailure) {
        try addLinear(LinearForm(0), atMost: -1, label)
    }

    mutating func addCongruence(_ fact: CongruenceFact) { congruences.append(fact) }

    mutating func addExclusion(_ form: LinearForm, _ range: ClosedRange<Int128>, _ label: Int) {
        exclusions.append(Exclusion(form: form, range: range, label: label))
    }

    // MARK: Memory

    mutating func add(_ fact: MemoryFact) throws(CheckFailure) {
        guard facts.count < Reader.maximumCount else { throw CheckFailure(.limit, "too many memory facts") }
        guard fact.tag < factsOfTag.count else { throw CheckFailure(.unknownReference, "a tag does not exist") }
        if factsOfTag[fact.tag].isEmpty { touched.append(fact.tag) }
        factsOfTag[fact.tag].append(facts.count)
        if case .pointer(_?) = fact.predicate { pointerFacts.append(facts.count) }
        facts.append(HeldFact(fact: fact, time: log.clock))
        trail.append(.factAdded(tag: fact.tag))
    }

    /// Numbers of the facts about a tag, ascending.
    mutating func facts(of tag: Int) -> [Int] {
        guard tag < factsOfTag.count else { return [] }
        work += factsOfTag[tag].count
        return factsOfTag[tag].sorted()
    }

    mutating func contents(of tag: Int) -> [Int] {
        guard tag < contentsOfTag.count else { return [] }
        work += contentsOfTag[tag].count
        return contentsOfTag[tag]
    }

    mutating func removeFact(_ number: Int) {
        let tag = facts[number].fact.tag
        guard facts[number].isLive, let place = factsOfTag[tag].firstIndex(of: number) else { return }
        Self.swapRemove(&factsOfTag[tag], place)
        facts[number].isLive = false
        trail.append(.factRemoved(tag: tag, place: place, number: number))
    }

    /// Changes a fact in place, its tag excepted.
    mutating func change(_ number: Int, _ body: (inout MemoryFact) -> Void) {
        trail.append(.factChanged(number, facts[number]))
        let tag = facts[number].fact.tag
        body(&facts[number].fact)
        facts[number].fact.tag = tag
    }

    /// The fact keeps its number and speaks of another tag from now on.
    mutating func move(_ number: Int, to tag: Int) {
        let old = facts[number].fact.tag
        guard let place = factsOfTag[old].firstIndex(of: number) else { return }
        Self.swapRemove(&factsOfTag[old], place)
        trail.append(.factRemoved(tag: old, place: place, number: number))
        trail.append(.factChanged(number, facts[number]))
        facts[number].fact.tag = tag
        if factsOfTag[tag].isEmpty { touched.append(tag) }
        factsOfTag[tag].append(number)
        trail.append(.factAdded(tag: tag))
    }

    mutating func addContent(_ tag: Int, _ position: Int128, _ type: ScalarType, _ value: Value, _ label: Int)
        throws(CheckFailure)
    {
        guard contents.count < Reader.maximumCount else { throw CheckFailure(.limit, "too many contents") }
        if factsOfTag[tag].isEmpty && contentsOfTag[tag].isEmpty { touched.append(tag) }
        contentsOfTag[tag].append(contents.count)
        if case .pointer(.tag, _) = value { tagContents.append(contents.count) }
        contents.append(Content(tag: tag, position: position, type: type, value: value, label: label, time: log.clock))
        trail.append(.contentAdded(tag: tag))
    }

    mutating func removeContent(_ number: Int) {
        let tag = contents[number].tag
        guard let place = contentsOfTag[tag].firstIndex(of: number) else { return }
        Self.swapRemove(&contentsOfTag[tag], place)
        trail.append(.contentRemoved(tag: tag, place: place, number: number))
    }

    mutating func changeContent(_ number: Int, _ value: Value) {
        trail.append(.contentChanged(number, contents[number].value))
        contents[number].value = value
    }

    mutating func setSize(_ tag: Int, _ form: LinearForm, _ label: Int) {
        sizes.set(tag, SizeTable.Entry(form: form, label: label, time: log.clock))
    }

    mutating func removeSize(_ tag: Int) { sizes.set(tag, nil) }

    mutating func removeSizes() {
        work += sizes.count
        sizes.removeAll()
    }

    /// Tags about which something may be known, each once.
    mutating func touchedTags() -> [Int] {
        work += touched.count
        return Set(touched).sorted()
    }

    /// Replaces values of registers that have a tag as base.
    mutating func replaceRegisters(_ change: (Value) -> Value?) {
        for register in tagRegisters {
            guard let old = registers[register], let new = change(old) else { continue }
            assign(register, new)
        }
    }

    /// Joins a label to every memory fact, content and size.
    mutating func labelMemory(_ label: Int) { log.join(label) }

    /// Labels that joined what was made at a time.
    func labels(since time: Int) -> [Int] { log.labels(since: time) }
}
