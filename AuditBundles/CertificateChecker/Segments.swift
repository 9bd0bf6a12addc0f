// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Segments (5.2, 6.4): bytes that are initialised from one form up to another.
///
/// *Sound:* a segment speaks of numbers, which never change, and of bytes inside of objects. Stores and fills
/// initialise what they touch, so segments stay; only a copy, or a callee that writes, may bring back bytes without a
/// value.
struct Segment: Hashable {
    /// In bytes; where a fact is stated, over registers and places, and in the state over integer symbols.
    var from: LinearForm
    var to: LinearForm

    var terms: [Term] { from.terms + to.terms }

    func mapped(_ change: (LinearForm) throws(CheckFailure) -> LinearForm) throws(CheckFailure) -> Segment {
        Segment(from: try change(from), to: try change(to))
    }
}

extension CertificateDecoder {
    /// - Parameter names: what the forms may name; nil: who asks looks at it.
    mutating func segment(_ names: FactNames?) throws(CheckFailure) -> Segment {
        Segment(from: try form(names), to: try form(names))
    }

    private mutating func form(_ names: FactNames?) throws(CheckFailure) -> LinearForm {
        LinearForm(terms: try terms(names), constant: try reader.signed())
    }
}

extension Execution {
    /// The symbols of a fact that a script states.
    func demandSymbols(of fact: MemoryFact) throws(CheckFailure) {
        if fact.kind == .absentIfNull { try state.demandBase(fact.pointer) }
        for term in fact.segment?.terms ?? [] { try state.demandInteger(term.symbol) }
    }

    // MARK: Where segments come from

    /// Reads whether a weak write of `count` bytes, all of which it initialises, makes a segment, and which: of the
    /// object that the one case of a single tag names.
    mutating func writtenSegment(
        _ cases: [AddressCase], _ form: LinearForm, immediate: Int128 = 0, _ count: LinearForm, _ label: Int
    ) throws(CheckFailure) -> MemoryFact? {
        guard cases.count == 1, let only = cases.first, try tag(only.tag).isSingle, try reader.flag() else {
            return nil
        }
        let from = try form.adding(immediate)
        return MemoryFact(
            kind: .segment, tag: only.tag, segment: Segment(from: from, to: try from.adding(count)), label: label)
    }

    // MARK: What segments show

    /// Reads what shows that the bytes from one form up to another, as far as they lie inside the object, are
    /// initialised; the label of that.
    ///
    /// *Sound:* the bytes from the first form up to `reached` are, throughout; where `reached` decreases that still
    /// holds. At last it is not below the other form, or no byte of the object is at or behind it.
    mutating func segmentSources(_ tag: Int, from: LinearForm, to: LinearForm) throws(CheckFailure) -> Int {
        var reached = from
        var label = 0
        for _ in 0..<(try reader.count()) {
            switch try reader.byte() {
            case 0:
                let number = try reader.unsigned()
                guard let segment = try fact(number, .segment, of: tag).segment else {
                    throw unjustified("a segment has no forms")
                }
                label = try labels.union(label, try self.label(ofFact: number))
                label = try labels.union(label, try shownAtMost(segment.from, reached))
                reached = segment.to
            case 1:
                let (first, end) = (try reader.signed(), try reader.signed())
                let shown = try evidence(tag, from: try product(8, first), to: try product(8, end))
                label = try labels.union(label, shown)
                label = try labels.union(label, try shownAtMost(LinearForm(first), reached))
                reached = LinearForm(end)
            case let kind: throw CheckFailure(.malformed, "a source of a segment has kind \(kind)")
            }
        }
        let (end, endLabel) = try segmentEnd(tag, to)
        return try labels.union(try labels.union(label, endLabel), try shownAtMost(end, reached))
    }

    /// Reads what the sources of a segment reach: its end, or that of the object; and what that is known under.
    private mutating func segmentEnd(_ tag: Int, _ to: LinearForm) throws(CheckFailure) -> (LinearForm, label: Int) {
        switch try reader.byte() {
        case 0: return (to, 0)
        case 1:
            let size = try knownSize(tag)
            return (size.form, try label(of: size))
        case 2:
            guard let size = try self.tag(tag).size else { throw unjustified("the tag has no static size") }
            return (LinearForm(size), 0)
        case 3:
            let number = try reader.unsigned()
            guard let most = try fact(number, .size, of: tag).size.upper else {
                throw unjustified("a size fact has no upper end")
            }
            return (LinearForm(most), try label(ofFact: number))
        case let kind: throw CheckFailure(.malformed, "an end of a segment has kind \(kind)")
        }
    }

    /// Reads that a form is at most another; the label of that.
    private mutating func shownAtMost(_ form: LinearForm, _ other: LinearForm) throws(CheckFailure) -> Int {
        let derived = try upper(try form.subtracting(other))
        guard derived.bound <= 0 else { throw unjustified("the sources of a segment are not shown to leave no gap") }
        return derived.label
    }

    /// Reads evidence that all bytes of an access, in one case of its pointer, are initialised; the label of that.
    mutating func extentEvidence(
        _ only: AddressCase, _ form: LinearForm, _ count: LinearForm, most: Int128, _ addressLabel: Int
    ) throws(CheckFailure) -> Int {
        switch try reader.byte() {
        case 0:
            let range = try bits(only, shift: 0, width: try product(8, max(most, 0)))
            guard let low = range.from, let high = range.to else {
                throw unjustified("the range of an access has no end")
            }
            return try evidence(only.tag, from: low, to: high)
        case 1:
            let shown = try segmentSources(only.tag, from: form, to: try form.adding(count))
            return try labels.union(shown, addressLabel)
        case let kind: throw CheckFailure(.malformed, "evidence of an extent has kind \(kind)")
        }
    }

    // MARK: Where segments go

    mutating func removeSegments(of tag: Int) {
        for number in state.facts(of: tag) where state.facts[number].fact.kind == .segment { state.removeFact(number) }
    }

    /// Behind a call: a memory fact of the callee's exit, over values in place of registers and places.
    ///
    /// *Sound:* a segment whose forms are too large is left out, and so is what speaks of a pointer with a tag as its base:
    /// fewer facts.
    mutating func take(
        _ fact: MemoryFact, _ values: (Int, borrowing Execution) throws(CheckFailure) -> Value
    ) throws(CheckFailure) {
        var known = fact
        if fact.kind == .absentIfNull {
            guard case .pointer(let base, _) = try values(fact.pointer, self) else {
                throw CheckFailure(.illFormedCertificate, "an absent-if-null fact of no pointer")
            }
            guard case .symbol(let symbol) = base else { return }
            known.pointer = symbol
        }
        do throws(CheckFailure) {
            known.segment = try fact.segment?.mapped { form throws(CheckFailure) in
                try substitute(form.terms, values).adding(form.constant)
            }
        } catch {
            guard error.reason == .overflow || error.reason == .limit else { throw error }
            return
        }
        try state.add(known)
    }
}
