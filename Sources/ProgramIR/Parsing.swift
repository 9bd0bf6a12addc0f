// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension Program {
    /// Reads the text form; the result is in normal form. Whether it is well formed is the verifier's question.
    public init(parsing text: String) throws(ParseFailure) {
        var parser = Parser(text)
        self = try parser.parse()
    }
}

struct Parser {
    var reader: TextReader
    var program = Program()
    var strings = Numbering<ExactText>()
    var integers = Numbering<Int128>()
    var floats = Numbering<UInt64>()
    /// Names that stood behind numbers of objects and functions, which may be declared later.
    private var claims: [Claim] = []

    private struct Claim {
        var offset: Int
        var isFunction: Bool
        var number: Int32
        var name: String
    }

    init(_ text: String) {
        reader = TextReader(text)
        _ = strings.place(of: ExactText(""))
    }

    mutating func parse() throws(ParseFailure) -> Program {
        try reader.expectWord("air")
        guard try reader.number(Int.self) == 1 else { throw reader.failure("only version 1 is known") }
        try reader.expectWord("entry")
        program.entry = try function()
        while !reader.isAtEnd() {
            if reader.takeWord("site") {
                try parseSite()
            } else if reader.takeWord("assumption") {
                try parseAssumption()
            } else if reader.takeWord("object") {
                try parseObject()
            } else if reader.takeWord("func") {
                try parseFunction()
            } else {
                throw reader.failure("'site', 'assumption', 'object' or 'func' is expected")
            }
        }
        try checkNames()
        program.strings = strings.values.map(\.text)
        program.integers = integers.values
        program.floats = floats.values
        return program
    }

    /// A number that is given in order.
    mutating func next(_ mark: StaticString, after count: Int) throws(ParseFailure) {
        try reader.expect(mark)
        let start = reader.offset
        guard try reader.number(Int.self) == count else {
            throw reader.failure("the number \(count) is expected", at: start)
        }
    }

    private mutating func text() throws(ParseFailure) -> Int32 {
        strings.place(of: ExactText(try reader.quotation()))
    }

    private mutating func parseSite() throws(ParseFailure) {
        try next("@", after: program.sites.count)
        let file = try text()
        try reader.expect(":")
        let line = try reader.number(Int32.self)
        try reader.expect(":")
        let column = try reader.number(Int32.self)
        var site = Site(
            file: file, line: line, column: column, spellingFile: file, spellingLine: line, spellingColumn: column)
        if reader.takeWord("spelling") {
            site.spellingFile = try text()
            try reader.expect(":")
            site.spellingLine = try reader.number()
            try reader.expect(":")
            site.spellingColumn = try reader.number()
        }
        if reader.takeWord("macro") { site.macro = try text() }
        if reader.takeWord("expression") { site.expression = try text() }
        if reader.takeWord("model") { site.model = try text() }
        program.sites.append(site)
    }

    private mutating func parseAssumption() throws(ParseFailure) {
        try next("#", after: program.assumptions.count)
        let kind = AssumptionKind.allCases[Int(try reader.choice(TextNames.assumptions, "kind of an assumption"))]
        let statement = try reader.quotation()
        let site = reader.take("@") ? try reader.number(Int32.self) : -1
        program.assumptions.append(Assumption(kind: kind, statement: statement, site: site))
    }

    private mutating func parseObject() throws(ParseFailure) {
        try next("$", after: program.objects.count)
        let name = try declaredName()
        let kind = Object.Kind.allCases[Int(try reader.choice(TextNames.objects, "kind of an object"))]
        try reader.expectWord("size")
        let size = try reader.number(Int64.self)
        try reader.expectWord("align")
        let alignment = try reader.number(UInt16.self)
        let owner = reader.takeWord("owner") ? try function() : -1
        var object = Object(name: name, kind: kind, size: size, alignment: alignment, owner: owner, site: try site())
        if reader.take("{") {
            while !reader.take("}") { object.initializer.append(try initialRun()) }
        }
        program.objects.append(object)
    }

    private mutating func initialRun() throws(ParseFailure) -> InitialRun {
        try reader.expectWord("bit")
        let position = try reader.number(Int64.self)
        let stride = reader.takeWord("step") ? try reader.number(Int64.self) : 0
        var run = InitialRun(position: position, stride: stride, type: try type(), values: [])
        try reader.expect("[")
        while !reader.take("]") {
            if !run.values.isEmpty { try reader.expect(",") }
            run.values.append(try initialValue())
        }
        return run
    }

    private mutating func initialValue() throws(ParseFailure) -> InitialValue {
        if let bits = reader.float() { return .float(bits) }
        if reader.takeWord("null") { return .null }
        if reader.takeWord("unknown") { return .unknown }
        reader.skipSpace()
        switch reader.peek() {
        case UInt8(ascii: "$"):
            let id = try object()
            if reader.take("+") { return .object(id, offset: try reader.number()) }
            guard reader.take("-") else { return .object(id, offset: 0) }
            let start = reader.offset
            guard let offset = Int64(exactly: -Int128(try reader.number(UInt64.self))) else {
                throw reader.failure("the number is out of range", at: start)
            }
            return .object(id, offset: offset)
        case UInt8(ascii: "&"): return .function(try function())
        default: return .integer(try reader.number())
        }
    }

    // MARK: Words

    /// The name behind a number that is declared.
    mutating func declaredName() throws(ParseFailure) -> String {
        if let name = reader.suffix() { return name }
        reader.skipSpace()
        return reader.peek() == UInt8(ascii: "\"") ? try reader.quotation() : ""
    }

    mutating func site() throws(ParseFailure) -> SiteID {
        try reader.expect("@")
        return try reader.number()
    }

    mutating func object() throws(ParseFailure) -> ObjectID {
        try reader.expect("$")
        return try reference(isFunction: false)
    }

    mutating func function() throws(ParseFailure) -> FunctionID {
        try reader.expect("&")
        return try reference(isFunction: true)
    }

    private mutating func reference(isFunction: Bool) throws(ParseFailure) -> Int32 {
        let offset = reader.offset
        let number = try reader.number(Int32.self)
        if let name = reader.suffix() {
            claims.append(Claim(offset: offset, isFunction: isFunction, number: number, name: name))
        }
        return number
    }

    private func checkNames() throws(ParseFailure) {
        for claim in claims {
            let index = Int(claim.number)
            let name =
                claim.isFunction
                ? (program.functions.indices.contains(index) ? program.functions[index].name : nil)
                : (program.objects.indices.contains(index) ? program.objects[index].name : nil)
            guard name == claim.name else {
                let what = claim.isFunction ? "function" : "object"
                throw reader.failure("\(what) \(index) is not \(claim.name)", at: claim.offset)
            }
        }
    }

    mutating func type() throws(ParseFailure) -> ScalarType {
        reader.skipSpace()
        let start = reader.offset
        guard let type = TextNames.type(named: reader.word()) else {
            throw reader.failure("a type is expected", at: start)
        }
        return type
    }
}
