// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension Program {
    /// The canonical text form (see `TextNames`). What is not well formed prints somehow, but does not trap.
    public func text() -> String {
        var printer = Printer(program: self)
        printer.printTables()
        for function in functions.indices { printer.printFunction(FunctionID(function)) }
        return printer.output
    }

    /// One function as it stands in `text()`.
    public func text(of function: FunctionID) -> String {
        var printer = Printer(program: self)
        printer.printFunction(function)
        return printer.output
    }
}

struct Printer {
    let program: Program
    var output = ""

    mutating func printTables() {
        output += "air 1\nentry \(function(program.entry))\n\n"
        for (id, site) in program.sites.enumerated() { printSite(site, SiteID(id)) }
        if !program.assumptions.isEmpty { output += "\n" }
        for (id, assumption) in program.assumptions.enumerated() {
            output += "assumption #\(id) \(assumption.kind.name) \(quoted(assumption.statement))"
            if assumption.site != -1 { output += " @\(assumption.site)" }
            output += "\n"
        }
        if !program.objects.isEmpty { output += "\n" }
        for (id, object) in program.objects.enumerated() { printObject(object, ObjectID(id)) }
    }

    private mutating func printSite(_ site: Site, _ id: SiteID) {
        output += "site @\(id) \(quoted(string(site.file))):\(site.line):\(site.column)"
        if site.spellingFile != site.file || site.spellingLine != site.line || site.spellingColumn != site.column {
            output += " spelling \(quoted(string(site.spellingFile))):\(site.spellingLine):\(site.spellingColumn)"
        }
        for (word, text) in [("macro", site.macro), ("expression", site.expression), ("model", site.model)]
        where text != 0 {
            output += " \(word) \(quoted(string(text)))"
        }
        output += "\n"
    }

    private mutating func printObject(_ object: Object, _ id: ObjectID) {
        output += "object \(declaration("$\(id)", object.name)) \(TextNames.objects[Int(object.kind.rawValue)])"
        output += " size \(object.size) align \(object.alignment)"
        if object.owner != -1 { output += " owner \(function(object.owner))" }
        output += " @\(object.site)"
        if !object.initializer.isEmpty {
            output += " {\n"
            for run in object.initializer { printRun(run) }
            output += "}"
        }
        output += "\n"
    }

    private mutating func printRun(_ run: InitialRun) {
        output += "  bit \(run.position)"
        if run.stride != 0 { output += " step \(run.stride)" }
        output += " \(TextNames.type(run.type)) ["
        let valuesPerLine = 24
        for (index, value) in run.values.enumerated() {
            if index > 0 { output += index.isMultiple(of: valuesPerLine) ? ",\n    " : ", " }
            switch value {
            case .integer(let value): output += "\(value)"
            case .float(let bits): output += float(bits)
            case .null: output += "null"
            case .object(let id, let offset):
                output += object(id)
                if offset != 0 { output += " \(offset < 0 ? "-" : "+") \(offset.magnitude)" }
            case .function(let id): output += function(id)
            case .unknown: output += "unknown"
            }
        }
        output += "]\n"
    }

    // MARK: Words

    func string(_ place: Int32) -> String {
        program.strings.indices.contains(Int(place)) ? program.strings[Int(place)] : ""
    }

    func quoted(_ text: String) -> String { "\"\(TextNames.escaped(text))\"" }

    /// A number with its name, where it is declared.
    func declaration(_ number: String, _ name: String) -> String {
        if TextNames.isName(name) { return "\(number).\(name)" }
        return name.isEmpty ? number : "\(number) \(quoted(name))"
    }

    /// A number with its name, where it is used.
    private func reference(_ number: String, _ name: String?) -> String {
        guard let name, TextNames.isName(name) else { return number }
        return "\(number).\(name)"
    }

    func object(_ id: ObjectID) -> String {
        reference("$\(id)", program.objects.indices.contains(Int(id)) ? program.objects[Int(id)].name : nil)
    }

    func function(_ id: FunctionID) -> String {
        reference("&\(id)", program.functions.indices.contains(Int(id)) ? program.functions[Int(id)].name : nil)
    }

    func register(_ register: Register, _ function: Function) -> String {
        let names = function.registerNames
        return reference("%\(register)", names.indices.contains(Int(register)) ? names[Int(register)] : nil)
    }

    /// The shortest decimal form that gives the number back; it has a point, an exponent or is `inf`.
    func float(_ bits: UInt64) -> String {
        let value = Double(bitPattern: bits)
        return value.isNaN ? "nan:\(String(bits, radix: 16))" : "\(value)"
    }

    func integer(_ place: Int32) -> String {
        program.integers.indices.contains(Int(place)) ? "\(program.integers[Int(place)])" : "?\(place)"
    }

    func operand(_ operand: Operand, _ function: Function) -> String {
        switch operand.kind {
        case .none: "none"
        case .register: register(operand.index, function)
        case .integer: integer(operand.index)
        case .float:
            program.floats.indices.contains(Int(operand.index))
                ? float(program.floats[Int(operand.index)]) : "?\(operand.index)"
        case .object: object(operand.index)
        case .function: self.function(operand.index)
        case .null: "null"
        }
    }

    /// A stretch of a pool, as far as it is one.
    func slice<Element>(_ pool: [Element], _ range: PoolRange) -> ArraySlice<Element> {
        guard range.start >= 0, range.count >= 0, Int(range.start) + Int(range.count) <= pool.count else { return [] }
        return pool[Int(range.start)..<Int(range.start) + Int(range.count)]
    }
}
