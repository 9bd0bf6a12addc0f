// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// copy, fill, scramble, probe (6.4).
///
/// *Sound:* copied cells satisfy what those of the source satisfy, at the shifted place; bits become initialised
/// only where the source's are shown to be. A filled range is initialised and holds only cells of repeated bytes.
extension Execution {
    mutating func executeCopy(_ i: Instruction) throws(CheckFailure) {
        let count = try integer(i.c)
        let size = try byteCount(count)
        let kinds = ObligationKind.kinds(of: i)
        let sourceCount = ObligationKind.lifetime(i.b).count + 1
        let (sourceBase, sourceForm) = try pointer(i.b)
        let (source, sourceClaims) = try access(
            Access(
                base: sourceBase, form: sourceForm, size: (size.lower, size.upper), count: count,
                kinds: Array(kinds[..<sourceCount]),
                site: i.site, label: size.label))
        try settle(sourceClaims, source)
        let (base, form) = try pointer(i.a)
        let (address, claims) = try access(
            Access(
                base: base, form: form, size: (size.lower, size.upper), count: count,
                kinds: Array(kinds[sourceCount...]),
                site: i.site, label: size.label))
        try settle(claims, address)
        guard let cases = address.cases else {
            try writeAnywhere()
            for tag in state.touchedTags() where try !self.tag(tag).isReadOnly {
                for number in state.facts(of: tag) where state.facts[number].fact.kind == .initialised {
                    state.removeFact(number)
                }
                removeSegments(of: tag)
            }
            return
        }
        if cases.isEmpty || (source.cases.map(\.isEmpty) ?? false) {
            try concludeUnreached(source)
            return try concludeUnreached(address)
        }
        let width = try product(8, size.upper > 0 ? size.upper : 0)
        for only in cases {
            try demandEffect(only.tag, try bits(only, shift: 0, width: width), isOwn: i.a.kind == .object)
        }
        try demandEffectLabel(address.label)
        if size.lower == size.upper, cases.count == 1, let only = cases.first, let offset = only.single,
            try tag(only.tag).isSingle
        {
            let to = try product(8, offset)
            try copyExactly(
                source, to: only.tag, to, width, try labels.union(source.label, address.label), address.label)
            try conclude(source)
            return try conclude(address)
        }
        let isInitialised = try reader.flag()
        var label = 0
        var segment: MemoryFact?
        if isInitialised {
            guard let from = source.cases else { throw unjustified("the source of a copy is unknown") }
            label = source.label
            for only in from {
                let shown = try extentEvidence(only, sourceForm, count, most: size.upper, source.label)
                label = try labels.union(label, shown)
            }
            segment = try writtenSegment(cases, form, count, try labels.union(address.label, label))
        }
        for only in cases {
            let range = try bits(only, shift: 0, width: width)
            try cut(only.tag, range, isInitialised ? [.cells, .bytes, .raw] : [.cells, .bytes, .raw, .initialised])
            guard isInitialised else {
                removeSegments(of: only.tag)
                continue
            }
            for number in state.facts(of: only.tag) {
                let fact = state.facts[number].fact
                let isTouched = fact.kind == .initialised ? try overlaps(fact, range) : fact.kind == .segment
                if isTouched { try join(label, to: number) }
            }
        }
        state.labelMemory(address.label)
        if let segment { try state.add(segment) }
        try conclude(source)
        try conclude(address)
    }

    /// The destination is one place of a single tag.
    private mutating func copyExactly(
        _ source: Address, to tag: Int, _ to: Int128, _ width: Int128, _ label: Int, _ addressLabel: Int
    ) throws(CheckFailure) {
        var moved: [MemoryFact] = []
        var contents: [(position: Int128, type: ScalarType, value: Value, label: Int)] = []
        if let cases = source.cases, cases.count == 1, let only = cases.first, let offset = only.single {
            let from = try product(8, offset)
            let end = try sum(from, width)
            if try self.tag(only.tag).isSingle {
                for number in state.contents(of: only.tag).sorted() {
                    let content = state.contents[number]
                    guard content.position >= from, try sum(content.position, content.type.width) <= end else {
                        continue
                    }
                    contents.append(
                        (
                            try sum(try difference(content.position, from), to), content.type, content.value,
                            try labels.union(label, try self.label(ofContent: number))
                        ))
                }
            }
            for _ in 0..<(try reader.count(ofSize: 2)) {
                let isConstant = try reader.flag()
                let number = try reader.unsigned()
                guard !isConstant || number < certificate.constants.count else {
                    throw CheckFailure(.unknownReference, "constant \(number) does not exist")
                }
                var fact = isConstant ? certificate.constants[number] : try self.fact(number)
                guard fact.tag == only.tag else { throw unjustified("a moved fact is not about the source") }
                if !isConstant { fact.label = try self.label(ofFact: number) }
                fact.label = try labels.union(fact.label, label)
                moved.append(try clipped(fact, from, end, tag, try difference(to, from)))
            }
        } else {
            guard try reader.count() == 0 else { throw unjustified("facts move only from one known place") }
        }
        try cut(tag, BitRange(from: to, to: try sum(to, width)), [.cells, .bytes, .raw, .initialised])
        removeSegments(of: tag)
        state.labelMemory(addressLabel)
        for fact in moved { try state.add(fact) }
        for content in contents {
            try state.addContent(tag, content.position, content.type, content.value, content.label)
        }
    }

    private func clipped(_ fact: MemoryFact, _ from: Int128, _ to: Int128, _ tag: Int, _ distance: Int128)
        throws(CheckFailure) -> MemoryFact
    {
        var result = fact
        result.tag = tag
        switch fact.kind {
        case .cells:
            let stride = fact.stride == 0 ? fact.type.width : fact.stride
            let low = try difference(from, fact.from)
            let first = low <= 0 ? 0 : try floorQuotient(try sum(low, stride - 1), stride)
            let room = try difference(try difference(to, fact.type.width), fact.from)
            let last = room < 0 ? -1 : try floorQuotient(room, stride)
            let end = last < fact.count - 1 ? last : fact.count - 1
            guard first <= end else { throw unjustified("a moved fact has no cell in the range") }
            result = try result.cells(first, end - first + 1)
            result.from = try sum(result.from, distance)
        case .initialised, .bytes, .raw:
            let (low, high) = (fact.from > from ? fact.from : from, fact.to < to ? fact.to : to)
            guard low < high else { throw unjustified("a moved fact has no bit in the range") }
            result = result.range(try sum(low, distance), try sum(high, distance))
        default: throw unjustified("a moved fact is not about content")
        }
        return result
    }

    mutating func executeFill(_ i: Instruction) throws(CheckFailure) {
        let count = try integer(i.c)
        let size = try byteCount(count)
        let (base, form) = try pointer(i.a)
        let (address, claims) = try access(
            Access(
                base: base, form: form, size: (size.lower, size.upper), count: count,
                kinds: ObligationKind.kinds(of: i),
                site: i.site,
                label: size.label))
        try settle(claims, address)
        guard let cases = address.cases else {
            try writeAnywhere()
            return
        }
        if cases.isEmpty { return try concludeUnreached(address) }
        var byte: UInt8?
        if i.opcode == .fill {
            let value = try integer(i.b)
            if value.isConstant { byte = UInt8(truncatingIfNeeded: value.constant) }
        }
        let width = try product(8, size.upper > 0 ? size.upper : 0)
        for only in cases {
            try demandEffect(only.tag, try bits(only, shift: 0, width: width), isOwn: i.a.kind == .object)
        }
        try demandEffectLabel(address.label)
        let isConstant = size.lower == size.upper
        if isConstant, cases.count == 1, let only = cases.first, let offset = only.single, try tag(only.tag).isSingle {
            let from = try product(8, offset)
            let to = try sum(from, width)
            try cut(only.tag, BitRange(from: from, to: to), [.cells, .bytes, .raw])
            state.labelMemory(address.label)
            guard from < to else { return try conclude(address) }
            try state.add(MemoryFact(kind: .initialised, tag: only.tag, from: from, to: to, label: address.label))
            if let byte {
                try state.add(
                    MemoryFact(kind: .bytes, tag: only.tag, from: from, to: to, byte: byte, label: address.label))
            }
            return try conclude(address)
        }
        for only in cases {
            let range = try bits(only, shift: 0, width: width)
            let isWhole = isConstant && only.single != nil
            try weaken(only.tag, range) { checker, fact throws(CheckFailure) in
                try checker.keepsFill(fact, isWhole ? range : nil, byte)
                return 0
            }
        }
        let segment = try writtenSegment(cases, form, count, address.label)
        state.labelMemory(address.label)
        if let segment { try state.add(segment) }
        try conclude(address)
    }

    /// `range`: the bits that are filled, where it is known exactly.
    private func keepsFill(_ fact: MemoryFact, _ range: BitRange?, _ byte: UInt8?) throws(CheckFailure) {
        let any: Predicate =
            switch fact.type.kind {
            case .integer: .integer(.all, modulus: 1, remainder: 0)
            case .pointer: .pointer(nil)
            case .float: .float(nil)
            }
        var written = any
        if let byte, let known = try repeated(byte, fact.type, first: fact.from, step: fact.stride) { written = known }
        guard implies(written, fact.type, fact.predicate, fact.type) else {
            throw unjustified("filled bytes do not satisfy a kept fact")
        }
        let extent = try fact.extent()
        if let range, let from = range.from, let to = range.to, from <= extent.from, to >= extent.to { return }
        guard fact.type.width == 8, fact.from % 8 == 0, fact.stride % 8 == 0 else {
            throw unjustified("a filled range may begin or end inside a kept cell")
        }
    }

    mutating func executeProbe(_ i: Instruction) throws(CheckFailure) {
        let count = try integer(i.c)
        let size = try byteCount(count)
        let (base, form) = try pointer(i.a)
        let (address, claims) = try access(
            Access(
                base: base, form: form, size: (size.lower, size.upper), count: count,
                kinds: ObligationKind.kinds(of: i),
                site: i.site,
                label: size.label))
        try settle(claims, address)
        guard let claim = claims.uninitialised, claim.isClaimed else { return try conclude(address) }
        guard let cases = address.cases else {
            throw unjustified("uninitialized-read is claimed for an unknown pointer")
        }
        var label = address.claimLabel
        for only in cases {
            let shown = try extentEvidence(only, form, count, most: size.upper, address.label)
            label = try labels.union(label, shown)
        }
        try settle(claim, label)
        try conclude(address)
    }
}
