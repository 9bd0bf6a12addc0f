// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Follows an execution through the certificate's scripts.
extension Replay {
    /// Where a frame stands in the certificate.
    struct Position {
        var clone = -1
        var node = -1
        var stretch = -1
        /// The next note of the stretch.
        var note = 0
        var deadAt = -1
    }

    /// The running function's execution is at a node: its facts must hold.
    mutating func arrive(at node: Int) throws(ReplayStop) {
        guard let proof else { return }
        current.script.node = node
        current.script.clone = proof.certificate.nodes[node].clone
        enterStretch(proof.paths.roots[node], proof)
        try checkFacts(of: node, proof)
    }

    private mutating func enterStretch(_ stretch: Int, _ proof: CheckedProof) {
        current.script.stretch = stretch
        current.script.note = proof.paths.stretches[stretch].notes.lowerBound
        current.script.deadAt = proof.paths.stretches[stretch].deadAt
    }

    /// Takes an edge of the running block.
    mutating func follow(_ edge: Int) throws(ReplayStop) {
        guard let proof else { return }
        let edges = proof.paths.stretches[current.script.stretch].edges
        guard edge < edges.count else { throw deadEnd() }
        switch proof.paths.edges[edges.lowerBound + edge] {
        case .dead: throw deadEnd()
        case .stretch(let next): enterStretch(next, proof)
        case .node(let node): try arrive(at: node)
        }
    }

    func deadEnd() -> ReplayStop {
        .contradiction("step \(steps) takes a path in \(place) that counts as dead")
    }

    /// Where the execution is, in words.
    var place: String { "'\(program.functions[current.function].name)', block \(current.block)" }

    /// What the script says of an instruction; nil without a certificate.
    mutating func noted(_ at: Int) throws(ReplayStop) -> Int? {
        guard proof != nil else { return nil }
        guard let value = note(at) else {
            throw .contradiction(
                "the certificate has no part for instruction \(at) in \(place), which step \(steps) executes")
        }
        return value
    }

    private mutating func note(_ at: Int) -> Int? {
        guard let proof else { return nil }
        let notes = proof.paths.stretches[current.script.stretch].notes
        while current.script.note < notes.upperBound, Int(proof.paths.notes[current.script.note].instruction) < at {
            current.script.note += 1
        }
        guard current.script.note < notes.upperBound,
            Int(proof.paths.notes[current.script.note].instruction) == at
        else { return nil }
        return Int(proof.paths.notes[current.script.note].value)
    }

    /// The clone that a callPointer's script calls for a function; the path goes on in its part.
    mutating func chosen(_ function: Int) throws(ReplayStop) -> Int? {
        guard let proof else { return nil }
        for edge in proof.paths.edges[proof.paths.stretches[current.script.stretch].edges] {
            try budget.spend(1)
            guard case .stretch(let next) = edge, proof.paths.stretches[next].callee == function else { continue }
            enterStretch(next, proof)
            return try noted(current.next)
        }
        throw .contradiction(
            "step \(steps) calls '\(program.functions[function].name)' from \(place), which the certificate does not foresee"
        )
    }

    // MARK: Tags of objects (section 5.1)

    /// The tag of an automatic object that comes to life in the running function.
    func localTag(_ object: Int) throws(ReplayStop) -> Int? {
        guard let proof else { return nil }
        guard let tag = proof.certificate.localTags[Certificate.localKey(object, current.script.clone)] else {
            throw .contradiction("'\(program.objects[object].name)' comes to life in \(place) and has no tag there")
        }
        return tag
    }

    /// The tag that the running allocation gives. Where it names at most one object, the former one joins the partner.
    mutating func heapTag() throws(ReplayStop) -> Int? {
        guard let proof, let tag = try noted(current.next) else { return nil }
        if let partner = proof.certificate.tags[tag].partner {
            try budget.spend(holders[tag]?.count ?? 0)
            for base in holders[tag] ?? [] { hold(base, partner) }
        }
        return tag
    }

    /// The tag of an object that the running instruction frees, if it loses its own.
    mutating func freedTag() throws(ReplayStop) -> Int? {
        note(current.next) == 1 ? FixedTag.freed : nil
    }

    mutating func hold(_ base: Int, _ tag: Int) {
        guard proof != nil, memory.objects[base].tag != tag else { return }
        let old = memory.objects[base].tag, place = memory.objects[base].place
        if old >= FixedTag.firstFunction, let last = holders[old]?.last {
            holders[old]?[place] = last
            memory.objects[last].place = place
            holders[old]?.removeLast()
        }
        memory.objects[base].tag = tag
        guard tag >= FixedTag.firstFunction else { return }
        memory.objects[base].place = holders[tag]?.count ?? 0
        holders[tag, default: []].append(base)
    }
}
