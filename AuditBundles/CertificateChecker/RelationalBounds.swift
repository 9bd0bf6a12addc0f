// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Ends of accesses held against a size that is a form (6.3).
///
/// *Sound:* the state's size of a single tag is that of the object that has it, whatever number that is. In the case
/// of that tag the bytes end at e + immediate + n, and what is shown of forms holds of their numbers.
extension Execution {
    /// What the hint says of the upper end of an access in one case.
    enum UpperEnd {
        case open
        /// It is at most the size.
        case shown
        /// Behind the instruction it is at most the size.
        case follows
    }

    /// The size of a tag that a hint names.
    func knownSize(_ tag: Int) throws(CheckFailure) -> SizeTable.Entry {
        guard let size = state.sizes[tag] else {
            throw CheckFailure(.unknownReference, "the size of tag \(tag) is no known form")
        }
        return size
    }

    /// Reads how the end of an access in a case is held against the size of its object, and the label of that.
    mutating func upperEnd(_ access: Access, _ tag: Int) throws(CheckFailure) -> (end: UpperEnd, label: Int) {
        switch try reader.byte() {
        case 0: return (.open, 0)
        case 1:
            let end = try access.form.adding(access.immediate).adding(access.count)
            return (.shown, try isInside(end, tag))
        case 2:
            _ = try knownSize(tag)
            return (.follows, 0)
        case let kind: throw CheckFailure(.malformed, "a hint of an upper end has kind \(kind)")
        }
    }

    /// Reads that a form is at most the size of a tag's object; the label of that.
    mutating func isInside(_ end: LinearForm, _ tag: Int) throws(CheckFailure) -> Int {
        let size = try knownSize(tag)
        let derived = try upper(try end.subtracting(size.form))
        guard derived.bound <= 0 else { throw unjustified("the end is not shown to be inside the object's size") }
        return try labels.union(derived.label, try label(of: size))
    }

    /// What an access that did not leave its object teaches: end - size <= 0. Nil where that leaves the range of facts.
    mutating func ending(_ access: Access, _ tag: Int) throws(CheckFailure) -> (form: LinearForm, label: Int)? {
        let size = try knownSize(tag)
        guard access.form.isNegatable, access.count.isNegatable, access.immediate != .min else { return nil }
        let end: LinearForm
        do throws(CheckFailure) {
            end = try access.form.adding(access.immediate).adding(access.count)
        } catch {
            guard error.reason == .overflow || error.reason == .limit else { throw error }
            return nil
        }
        guard let form = try gap(end, size.form) else { return nil }
        return (form, try label(of: size))
    }

    /// Reads whether the result of objectSize is related to the size as a form, and relates it.
    mutating func relateSize(_ result: LinearForm, _ only: AddressCase, _ label: Int) throws(CheckFailure) {
        guard try tag(only.tag).size == nil, try reader.flag() else { return }
        let size = try knownSize(only.tag)
        let label = try labels.union(label, try self.label(of: size))
        guard let gap = try gap(result, size.form) else { return }
        try state.addLinear(gap, atMost: 0, label)
        try addAtLeast(gap, 0, label)
    }
}
