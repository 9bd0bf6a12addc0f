// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The registers, places and result that facts of a node or of an exit may name.
struct FactNames {
    var function: Function
    var places: [Place]
    var isResult: Bool
    var isParametersOnly: Bool

    /// The class of what a number stands for.
    func kind(_ register: Int) throws(CheckFailure) -> ScalarClass {
        let firstPlace = Place.firstNumber(function, isResult: isResult)
        if isResult, register == function.registers.count, let result = function.result { return result.kind }
        if register >= firstPlace, register - firstPlace < places.count {
            return places[register - firstPlace].type.kind
        }
        guard register < (isParametersOnly ? function.parameterCount : function.registers.count) else {
            throw CheckFailure(.illFormedCertificate, "a fact names register \(register)")
        }
        return function.registers[register].kind
    }
}

/// The facts of section 5.2.
extension CertificateDecoder {
    mutating func label() throws(CheckFailure) -> Int {
        let label = try reader.unsigned()
        guard label < labels.declared else { throw bad("a label does not exist") }
        return label
    }

    mutating func tag() throws(CheckFailure) -> Int {
        let tag = try reader.unsigned()
        guard tag < certificate.tags.count else { throw bad("a tag does not exist") }
        guard certificate.tags[tag].kind != .ended || tag == FixedTag.ended else {
            throw bad("the static tag of a local")
        }
        return tag
    }

    mutating func heapTag() throws(CheckFailure) -> Int {
        let tag = try tag()
        guard certificate.tags[tag].kind == .heap else { throw bad("a tag is not a heap tag") }
        return tag
    }

    mutating func objectTag() throws(CheckFailure) -> Int {
        let tag = try tag()
        guard certificate.tags[tag].isObject else { throw bad("a tag does not name objects") }
        return tag
    }

    mutating func targetList() throws(CheckFailure) -> [TargetEntry] {
        let count = try reader.count(ofSize: 5)
        guard count <= 4096 else { throw CheckFailure(.limit, "more than 4096 targets") }
        var entries: [TargetEntry] = []
        entries.reserveCapacity(count)
        for _ in 0..<count {
            let tag = try tag()
            guard tag > entries.last?.tag ?? -1 else { throw bad("targets do not ascend") }
            let bounds = Bounds(lower: try reader.optionalSigned(), upper: try reader.optionalSigned())
            let (modulus, remainder) = try congruence(least: 1)
            if !certificate.tags[tag].isObject {
                guard bounds == .all, modulus == 1 else { throw bad("a target that is no object has a range") }
            }
            entries.append(TargetEntry(tag: tag, bounds: bounds, modulus: modulus, remainder: remainder))
        }
        return entries
    }

    mutating func congruence(least: Int128) throws(CheckFailure) -> (Int128, Int128) {
        let (modulus, remainder) = (try reader.signed(), try reader.signed())
        guard modulus >= least, remainder >= 0, remainder < modulus else { throw bad("a congruence is not normal") }
        return (modulus, remainder)
    }

    mutating func floatRange() throws(CheckFailure) -> FloatRange {
        let (lower, upper) = (try reader.double(), try reader.double())
        guard lower <= upper else { throw bad("a float range is empty or has a NaN") }
        return FloatRange(lower: lower, upper: upper, mayBeNaN: try reader.flag())
    }

    /// The terms of a form.
    ///
    /// - Parameter names: nil: anything.
    mutating func terms(_ names: FactNames?) throws(CheckFailure) -> [Term] {
        let count = try reader.count(ofSize: 2)
        guard count <= 64 else { throw CheckFailure(.limit, "more than 64 terms") }
        var terms: [Term] = []
        for _ in 0..<count {
            let (register, coefficient) = (try reader.unsigned(), try reader.signed())
            guard register > terms.last?.symbol ?? -1, coefficient != 0, try names?.kind(register) != .float else {
                throw bad("the terms of a fact are wrong")
            }
            terms.append(Term(symbol: register, coefficient: coefficient))
        }
        return terms
    }

    mutating func registerFacts(_ names: FactNames) throws(CheckFailure) -> [RegisterFact] {
        var facts: [RegisterFact] = []
        for _ in 0..<(try reader.count(ofSize: 3)) {
            let fact = try reader.byte()
            switch fact {
            case 0, 1:
                let terms = try terms(names)
                if fact == 0 {
                    let bound = try reader.signed()
                    facts.append(.linear(terms, bound, label: try label()))
                } else {
                    let (modulus, remainder) = try congruence(least: 2)
                    facts.append(.congruence(terms, modulus: modulus, remainder: remainder, label: try label()))
                }
            case 2:
                let register = try reader.unsigned()
                guard try names.kind(register) == .pointer else {
                    throw bad("targets of a register that is no pointer")
                }
                let list = try targetList()
                facts.append(.targets(register, list, label: try label()))
            case 3:
                let register = try reader.unsigned()
                guard try names.kind(register) == .float else {
                    throw bad("a float range of a register that is no float")
                }
                let range = try floatRange()
                facts.append(.float(register, range, label: try label()))
            default: throw CheckFailure(.malformed, "a register fact has kind \(fact)")
            }
        }
        return facts
    }

    /// Places of a node or of an exit (5.3).
    mutating func places() throws(CheckFailure) -> [Place] {
        let count = try reader.count(ofSize: 3)
        guard count <= 4096 else { throw CheckFailure(.limit, "more than 4096 places") }
        var places: [Place] = []
        places.reserveCapacity(count)
        for _ in 0..<count {
            let place = try place()
            if let last = places.last {
                guard last.precedes(place) else { throw bad("places do not ascend") }
            }
            places.append(place)
        }
        return places
    }

    private mutating func place() throws(CheckFailure) -> Place {
        let kind = try reader.byte()
        guard kind < 2 else { throw CheckFailure(.malformed, "a place has kind \(kind)") }
        let number = try objectTag()
        let tag = certificate.tags[number]
        guard tag.isSingle else { throw bad("the tag of a place names many objects") }
        if kind == 1 {
            guard tag.size == nil else { throw bad("a size that is known is a place") }
            return Place(tag: number, subject: .size, label: try label())
        }
        guard !tag.isReadOnly else { throw bad("a cell of a constant object is a place") }
        let bit = try reader.signed()
        guard bit.magnitude < 1 << 64 else { throw bad("the position of a place is too large") }
        let type = try reader.scalarType()
        return Place(tag: number, subject: .cell(bit: bit, type), label: try label())
    }

    mutating func memoryFacts(_ names: FactNames) throws(CheckFailure) -> [MemoryFact] {
        var facts: [MemoryFact] = []
        for _ in 0..<(try reader.count(ofSize: 3)) { facts.append(try memoryFact(names)) }
        return facts
    }

    /// - Parameter names: what the fact may name; nil: who asks looks at it.
    mutating func memoryFact(_ names: FactNames?) throws(CheckFailure) -> MemoryFact {
        guard let kind = MemoryFact.Kind(rawValue: try reader.byte()) else {
            throw CheckFailure(.malformed, "a memory fact's kind is unknown")
        }
        var fact = MemoryFact(kind: kind, tag: try objectTag(), label: 0)
        switch kind {
        case .cells:
            fact.from = try reader.signed()
            fact.count = Int128(try reader.unsigned())
            fact.stride = Int128(try reader.unsigned())
            fact.type = try reader.scalarType()
            guard fact.count >= 1, fact.count == 1 ? fact.stride == 0 : fact.stride >= fact.type.width,
                fact.from.magnitude < 1 << 64
            else { throw bad("a cell fact's count, stride or position is wrong") }
            fact.mayBeUninitialised = try reader.flag()
            fact.predicate = try predicate(fact.type)
        case .initialised, .bytes, .raw:
            fact.from = try reader.signed()
            fact.to = try reader.signed()
            guard fact.from <= fact.to, fact.from.magnitude < 1 << 100, fact.to.magnitude < 1 << 100 else {
                throw bad("a range of bits is wrong")
            }
            if kind == .bytes {
                guard fact.from % 8 == 0, fact.to % 8 == 0 else { throw bad("a range of bytes begins inside a byte") }
                fact.byte = try reader.byte()
            }
        case .size: fact.size = Bounds(lower: try reader.optionalSigned(), upper: try reader.optionalSigned())
        case .alive, .absent, .absentIfNull:
            guard certificate.tags[fact.tag].kind == .heap else { throw bad("a fact about a heap tag names another") }
            guard kind == .absentIfNull else { break }
            fact.pointer = try reader.unsigned()
            if let names, try names.kind(fact.pointer) != .pointer { throw bad("an absent-if-null fact of no pointer") }
        case .segment: fact.segment = try segment(names)
        }
        fact.label = try label()
        return fact
    }

    mutating func predicate(_ type: ScalarType) throws(CheckFailure) -> Predicate {
        switch type.kind {
        case .integer:
            let bounds = Bounds(lower: try reader.optionalSigned(), upper: try reader.optionalSigned())
            let (modulus, remainder) = try congruence(least: 1)
            return .integer(bounds, modulus: modulus, remainder: remainder)
        case .pointer: return .pointer(try reader.flag() ? nil : try targetList())
        case .float: return .float(try reader.flag() ? nil : try floatRange())
        }
    }
}
