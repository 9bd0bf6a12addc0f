// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// That no object has a tag, at all or if a pointer is null (5.2, 6.6).
///
/// *Sound:* an allocation makes an object or gives null, and the base of a pointer never changes. What gives a tag to
/// objects (allocate, a call that may allocate, a renaming) removes these facts.
extension Execution {
    /// Reads what shows that no object has the tag; the label of that.
    mutating func absentHolds(_ tag: Int) throws(CheckFailure) -> Int {
        let number = try reader.unsigned()
        let fact = try fact(number)
        guard fact.tag == tag, fact.kind == .absent || fact.kind == .absentIfNull else {
            throw unjustified("a fact does not say that no object has the tag")
        }
        let label = try self.label(ofFact: number)
        guard fact.kind == .absentIfNull else { return label }
        guard let set = state.currentTargets(fact.pointer), set.entries.allSatisfy({ $0.tag == FixedTag.null }) else {
            throw unjustified("the pointer is not shown to be null")
        }
        return try labels.union(label, set.label)
    }

    /// Reads what shows that no object has the tag if a base is null; the label of that.
    mutating func absentIfNullHolds(_ tag: Int, _ base: Base) throws(CheckFailure) -> Int {
        switch try reader.byte() {
        case 0:
            let number = try reader.unsigned()
            let fact = try fact(number, .absentIfNull, of: tag)
            guard base == .symbol(fact.pointer) else { throw unjustified("an absent-if-null fact of another pointer") }
            return try label(ofFact: number)
        case 1:
            guard let set = cases(base), set.entries.allSatisfy({ $0.tag != FixedTag.null }) else {
                throw unjustified("the pointer is not shown not to be null")
            }
            return set.label
        case let kind: throw CheckFailure(.malformed, "a hint of an absent-if-null fact has kind \(kind)")
        }
    }
}
