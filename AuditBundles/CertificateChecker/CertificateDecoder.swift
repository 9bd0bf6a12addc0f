// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Decodes a certificate (section 5) against a well-formed program: every number is in range and every fact has
/// the shape that section 5.2 demands. Whether the facts hold is for the rules.
struct CertificateDecoder {
    var reader: Reader
    let program: Program
    var labels: Labels
    var certificate = Certificate()

    init(_ reader: Reader, _ program: Program, obligations: Int) {
        self.reader = reader
        self.program = program
        labels = Labels(assumptionCount: program.assumptions.count)
        numbers = program.assumptions.count + obligations
    }

    private let numbers: Int

    func bad(_ message: String) -> CheckFailure { CheckFailure(.illFormedCertificate, message) }

    mutating func decode() throws(CheckFailure) {
        try reader.magic("AIC1")
        try decodeLabels()
        try decodeTags()
        // Tags name clones and constants name tags: the clones' part of the tags is verified behind the clones.
        try decodeConstants()
        try decodeClones()
        try verifyTags()
        try decodeNodes()
        certificate.entry = try reader.unsigned()
        guard certificate.entry < certificate.clones.count,
            certificate.clones[certificate.entry].function == program.entry
        else { throw bad("the entry clone is not one of the entry function") }
        try reader.finish()
    }

    private mutating func decodeLabels() throws(CheckFailure) {
        let count = try reader.count()
        guard count > 0 else { throw bad("label 0 is missing") }
        for place in 0..<count {
            var set: [Int] = []
            for _ in 0..<(try reader.count()) {
                let number = try reader.unsigned()
                guard number < numbers, number > set.last ?? -1 else {
                    throw bad("a label's numbers do not ascend or do not exist")
                }
                set.append(number)
            }
            try labels.declare(set, first: place == 0)
        }
    }

    private mutating func decodeTags() throws(CheckFailure) {
        certificate.tags = [Tag(kind: .null), Tag(kind: .ended), Tag(kind: .freed)]
        for function in program.functions.indices { certificate.tags.append(Tag(kind: .function, index: function)) }
        for (number, object) in program.objects.enumerated() {
            // The numbers of locals stay unused: such a tag has no object and `tag()` rejects it.
            certificate.tags.append(
                Tag(
                    kind: object.kind == .local ? .ended : .object, index: number, alignment: object.alignment,
                    size: object.size, isReadOnly: object.isReadOnly))
        }
        for _ in 0..<(try reader.count(ofSize: 4)) {
            switch try reader.byte() {
            case 0:
                let (object, clone, many) = (try reader.unsigned(), try reader.unsigned(), try reader.flag())
                guard object < program.objects.count, program.objects[object].kind == .local else {
                    throw bad("a local tag names no local")
                }
                let body = program.objects[object]
                guard clone <= Reader.maximumCount,
                    certificate.localTags.updateValue(
                        certificate.tags.count, forKey: Certificate.localKey(object, clone)) == nil
                else { throw bad("two tags of one local, or a clone that does not exist") }
                certificate.tags.append(
                    Tag(
                        kind: .local, index: object, clone: clone, isMany: many, alignment: body.alignment,
                        size: body.isDynamic ? nil : body.size))
            case 1:
                let (clone, instruction) = (try reader.unsigned(), try reader.unsigned())
                let many = try reader.flag()
                certificate.tags.append(
                    Tag(
                        kind: .heap, clone: clone, instruction: instruction, isMany: many,
                        partner: try reader.identifier()))
            case let kind: throw CheckFailure(.malformed, "a tag has kind \(kind)")
            }
        }
    }

    /// The clones' part of the tags, once the clones are known.
    private mutating func verifyTags() throws(CheckFailure) {
        for number in certificate.tags.indices {
            let tag = certificate.tags[number]
            switch tag.kind {
            case .local:
                guard tag.clone < certificate.clones.count,
                    program.objects[tag.index].owner == certificate.clones[tag.clone].function
                else { throw bad("a local tag's clone is of another function") }
                guard tag.isMany || !certificate.clones[tag.clone].isRecursive else {
                    throw bad("a local tag of a recursive clone is single")
                }
                certificate.clones[tag.clone].localTags.append(number)
            case .heap:
                guard tag.clone < certificate.clones.count else { throw bad("a heap tag's clone does not exist") }
                let function = program.functions[certificate.clones[tag.clone].function]
                guard tag.instruction < function.instructions.count,
                    function.instructions[tag.instruction].opcode == .allocate
                else { throw bad("a heap tag names no allocation") }
                certificate.tags[number].alignment = function.instructions[tag.instruction].alignment
                guard tag.isMany == (tag.partner == nil) else {
                    throw bad("a heap tag needs a partner if and only if it is single")
                }
                guard let partner = tag.partner else { continue }
                guard partner < certificate.tags.count, certificate.tags[partner].kind == .heap,
                    certificate.tags[partner].isMany, certificate.tags[partner].clone == tag.clone,
                    certificate.tags[partner].instruction == tag.instruction
                else { throw bad("a heap tag's partner is not the many tag of the same allocation") }
            default: break
            }
        }
    }

    private mutating func decodeConstants() throws(CheckFailure) {
        for _ in 0..<(try reader.count(ofSize: 8)) {
            let fact = try memoryFact(nil)
            guard fact.kind == .cells, fact.label == 0, certificate.tags[fact.tag].kind == .object,
                program.objects[certificate.tags[fact.tag].index].kind == .constant
            else { throw bad("a constant is no unlabelled cell fact about a constant object") }
            certificate.constants.append(fact)
        }
    }

    private mutating func decodeClones() throws(CheckFailure) {
        for _ in 0..<(try reader.count(ofSize: 12)) {
            let (function, level) = (try reader.unsigned(), try reader.unsigned())
            guard function < program.functions.count else { throw bad("a clone names no function") }
            let (isRecursive, returns) = (try reader.flag(), try reader.flag())
            let body = program.functions[function]
            let places = try places()
            let names = FactNames(function: body, places: places, isResult: true, isParametersOnly: true)
            let results = try registerFacts(names)
            let memory = try memoryFacts(names)
            let everything = try reader.flag()
            var effects = Effects(everything: everything, label: try label(), written: [], freed: [], allocated: [])
            for _ in 0..<(try reader.count(ofSize: 3)) {
                effects.written.append(
                    WrittenRange(tag: try tag(), from: try reader.optionalSigned(), to: try reader.optionalSigned()))
            }
            for _ in 0..<(try reader.count()) { effects.freed.append(try heapTag()) }
            for _ in 0..<(try reader.count()) { effects.allocated.append(try heapTag()) }
            certificate.clones.append(
                Clone(
                    function: function, level: level, isRecursive: isRecursive, returns: returns, places: places,
                    resultFacts: results, memoryFacts: memory, effects: effects))
        }
    }

    private mutating func decodeNodes() throws(CheckFailure) {
        var last = -1
        for number in 0..<(try reader.count(ofSize: 6)) {
            let (clone, block) = (try reader.unsigned(), try reader.unsigned())
            guard clone < certificate.clones.count, clone == last || clone == last + 1 else {
                throw bad("the nodes are not sorted by clone, or a clone has none")
            }
            let function = program.functions[certificate.clones[clone].function]
            guard block < function.blocks.count else { throw bad("a node names no block") }
            let isFirst = clone != last
            guard !isFirst || block == 0 else { throw bad("a clone's first node is not at block 0") }
            let places = try places()
            let names = FactNames(function: function, places: places, isResult: false, isParametersOnly: isFirst)
            let facts = try registerFacts(names)
            let memory = try memoryFacts(names)
            certificate.nodes.append(
                Node(
                    clone: clone, block: block, places: places, registerFacts: facts, memoryFacts: memory,
                    script: try reader.part()))
            let start = isFirst ? number : certificate.clones[clone].nodes.lowerBound
            certificate.clones[clone].nodes = start..<(number + 1)
            last = clone
        }
        guard last == certificate.clones.count - 1 else { throw bad("a clone has no node") }
    }
}
