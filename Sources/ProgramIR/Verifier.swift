// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension Program {
    /// All breaches of FORMAT.md section 1.2; none: the program is well formed. Never traps, whatever the program.
    public func violations() -> [Violation] {
        var verifier = Verifier(self)
        verifier.checkTables()
        for object in objects.indices { verifier.checkObject(ObjectID(object)) }
        for function in functions.indices { verifier.checkFunction(FunctionID(function)) }
        return verifier.violations
    }
}

/// Walks a program and collects violations. Later checks look only at what earlier ones found in range.
struct Verifier {
    let program: Program
    var violations: [Violation] = []
    /// Where the walk stands; a violation that is reported copies it.
    var place = Violation(rule: .numberOutOfRange, message: "")
    /// The automatic objects that each function lists.
    var listedObjects: Set<ObjectID> = []

    init(_ program: Program) {
        self.program = program
        for function in program.functions { listedObjects.formUnion(function.objects) }
    }

    mutating func report(_ rule: Violation.Rule, _ message: String) {
        var violation = place
        violation.rule = rule
        violation.message = message
        violations.append(violation)
    }

    /// Reports unless the condition holds; the result is the condition.
    @discardableResult
    mutating func demand(_ condition: Bool, _ rule: Violation.Rule, _ message: @autoclosure () -> String) -> Bool {
        if !condition { report(rule, message()) }
        return condition
    }

    @discardableResult
    mutating func demand(
        _ index: Int32, in indices: Range<Int>, _ what: @autoclosure () -> String
    ) -> Bool {
        demand(indices.contains(Int(index)), .numberOutOfRange, "there is no \(what()) \(index)")
    }

    mutating func demandLimit(_ count: Int, _ what: @autoclosure () -> String) {
        demand(count <= FormatLimit.elements, .limitExceeded, "there are too many \(what())")
    }

    mutating func demandSite(_ site: SiteID) { demand(site, in: program.sites.indices, "site") }

    mutating func demandAlignment(_ alignment: UInt16) {
        demand(alignment.nonzeroBitCount == 1, .wrongAlignment, "the alignment \(alignment) is no power of two")
    }

    mutating func demandType(_ type: ScalarType) {
        if case .integer(let type) = type {
            demand((1...128).contains(type.bits), .numberOutOfRange, "an integer type has \(type.bits) bits")
        }
    }

    /// Checks what is not part of an object or a function.
    mutating func checkTables() {
        demand(program.strings.first?.isEmpty == true, .numberOutOfRange, "string 0 is not empty")
        demandLimit(program.strings.count, "strings")
        demandLimit(program.integers.count, "integers")
        demandLimit(program.floats.count, "floats")
        demandLimit(program.sites.count, "sites")
        demandLimit(program.assumptions.count, "assumptions")
        demandLimit(program.objects.count, "objects")
        demandLimit(program.functions.count, "functions")
        for site in program.sites {
            for text in [site.file, site.spellingFile, site.macro, site.expression, site.model] {
                demand(text, in: program.strings.indices, "string")
            }
            for number in [site.line, site.column, site.spellingLine, site.spellingColumn] {
                demand(number >= 0, .numberOutOfRange, "the line or column \(number) of a site is negative")
            }
        }
        for assumption in program.assumptions where assumption.site != -1 { demandSite(assumption.site) }
        if demand(program.entry, in: program.functions.indices, "entry function") {
            demand(
                program.functions[Int(program.entry)].parameterCount == 0, .entryParameters,
                "the entry function has parameters")
        }
    }
}
