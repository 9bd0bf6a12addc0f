// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Checks a certificate against its program (FORMAT.md): what holds, or why nothing is claimed.
///
/// Linear in the files but for the widths of facts; no search, no fixpoint; both files are untrusted.
public func check(program programBytes: [UInt8], certificate certificateBytes: [UInt8]) throws(CheckFailure)
    -> CheckedClaims
{
    let program = try checkedProgram(programBytes)
    return try execution(program, ObligationTable(program), certificateBytes, notesPaths: false).claims
}

/// Checks a certificate, and keeps what it takes to replay runs over it.
public func checkForReplay(
    program programBytes: [UInt8], certificate certificateBytes: [UInt8]
) throws(CheckFailure) -> CheckedProof {
    let program = try checkedProgram(programBytes)
    let table = ObligationTable(program)
    let execution = try execution(program, table, certificateBytes, notesPaths: true)
    return CheckedProof(
        claims: execution.claims, plan: ReplayPlan(program, table), certificate: execution.certificate,
        paths: execution.paths ?? Paths())
}

private func execution(
    _ program: Program, _ table: ObligationTable, _ certificateBytes: [UInt8], notesPaths: Bool
) throws(CheckFailure) -> Execution {
    var decoder = CertificateDecoder(try Reader(certificateBytes), program, obligations: table.obligations.count)
    do {
        try decoder.decode()
    } catch {
        throw error.placed(.certificate, decoder.reader.position)
    }
    var execution = try Execution(program: program, obligations: table, decoder: decoder)
    if notesPaths { execution.paths = Paths() }
    do {
        try execution.checkAll()
    } catch {
        var failure = error.placed(.certificate, execution.reader.position)
        failure.node = execution.isInNode ? execution.node : nil
        failure.instruction = execution.isInNode ? execution.instruction : nil
        throw failure
    }
    return execution
}

/// Decodes a program and verifies its shape.
func checkedProgram(_ bytes: [UInt8]) throws(CheckFailure) -> Program {
    var decoder: ProgramDecoder
    do {
        decoder = ProgramDecoder(reader: try Reader(bytes))
    } catch {
        throw error.placed(.program, 0)
    }
    do {
        let program = try decoder.decode()
        var verifier = WellFormedness(program)
        try verifier.verify()
        return program
    } catch {
        throw error.placed(.program, decoder.reader.position)
    }
}

extension CheckFailure {
    fileprivate func placed(_ file: File, _ offset: Int) -> CheckFailure {
        var failure = self
        failure.file = file
        failure.offset = offset
        return failure
    }
}

extension Execution {
    fileprivate var claims: CheckedClaims {
        ledger.claims(program, obligations, labels, counts, global: globalLabel)
    }

    fileprivate mutating func checkAll() throws(CheckFailure) {
        counts.clones = certificate.clones.count
        for (number, fact) in certificate.constants.enumerated() {
            guard try initialData.holds(fact, try tag(fact.tag)) else {
                throw unjustified("constant \(number) does not hold of the initial data")
            }
        }
        try checkEntry()
        isInNode = true
        var current = -1
        var room = 1 << 33
        for number in certificate.nodes.indices {
            let next = certificate.clones[certificate.nodes[number].clone].function
            if next != current {
                // Clones of one function may alternate with others; their registers are made anew each time.
                room -= program.functions[next].registers.count
                guard room >= 0 else { throw CheckFailure(.limit, "too many registers over all clones") }
                function = next
                current = next
                state.enter(program.functions[next].registers)
            }
            try run(number)
        }
    }

    /// The entry clone's facts hold of the initial data; nothing is called yet and the function has no parameters.
    private mutating func checkEntry() throws(CheckFailure) {
        guard let first = certificate.clones[certificate.entry].nodes.first else {
            throw CheckFailure(.illFormedCertificate, "the entry clone has no node")
        }
        let entry = certificate.nodes[first]
        guard entry.registerFacts.isEmpty, entry.places.isEmpty else {
            throw CheckFailure(.illFormedCertificate, "the program's entry has register facts or places")
        }
        for (number, fact) in entry.memoryFacts.enumerated() {
            guard try initialData.holds(fact, try tag(fact.tag)) else {
                throw unjustified("memory fact \(number) of the program's entry does not hold of the initial data")
            }
        }
    }
}
