// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// The program's pools: equal constants, sites and assumptions are entered once.
struct ProgramPools {
    private(set) var program = Program()
    private var strings: [String: Int32] = [:]
    private var integers: [Int128: Int32] = [:]
    private var floats: [UInt64: Int32] = [:]
    /// By the place alone: the expression is the longest of the nodes there.
    private var sites: [Site: SiteID] = [:]
    /// By node, as the text is looked up once.
    private var nodeSites: [Node: SiteID] = [:]
    private var assumptions: [Assumption: AssumptionID] = [:]

    init() { _ = string("") }

    mutating func string(_ text: String) -> Int32 {
        if let id = strings[text] { return id }
        let id = Int32(program.strings.count)
        program.strings.append(text)
        strings[text] = id
        return id
    }

    mutating func integer(_ value: Int128) -> Int32 {
        if let id = integers[value] { return id }
        let id = Int32(program.integers.count)
        program.integers.append(value)
        integers[value] = id
        return id
    }

    mutating func float(_ bits: UInt64) -> Int32 {
        if let id = floats[bits] { return id }
        let id = Int32(program.floats.count)
        program.floats.append(bits)
        floats[bits] = id
        return id
    }

    func integerValue(_ id: Int32) -> Int128 { program.integers[Int(id)] }
    func floatBits(_ id: Int32) -> UInt64 { program.floats[Int(id)] }

    mutating func site(_ location: Location) -> SiteID {
        let (seen, spelled) = (location.expansion, location.spelling)
        return site(
            Site(
                file: string(seen.file), line: Int32(seen.line), column: Int32(seen.column),
                spellingFile: string(spelled.file), spellingLine: Int32(spelled.line),
                spellingColumn: Int32(spelled.column), macro: string(location.macro ?? "")))
    }

    /// The place of a node, with its text.
    mutating func site(_ node: Node, text: SourceText) -> SiteID {
        if let id = nodeSites[node] { return id }
        let id = site(node.location), expression = text.expression(node)
        nodeSites[node] = id
        if expression.count > program.strings[Int(program.sites[Int(id)].expression)].count {
            program.sites[Int(id)].expression = string(expression)
        }
        return id
    }

    mutating func site(_ site: Site) -> SiteID {
        var place = site
        place.expression = 0
        if let id = sites[place] { return id }
        let id = SiteID(program.sites.count)
        program.sites.append(site)
        sites[place] = id
        return id
    }

    /// The place of code that no source text stands for.
    mutating func siteWithoutSource() -> SiteID {
        site(
            Site(file: 0, line: 0, column: 0, spellingFile: 0, spellingLine: 0, spellingColumn: 0))
    }

    mutating func assumption(_ kind: AssumptionKind, _ statement: String, site: SiteID = -1) -> AssumptionID {
        let assumption = Assumption(kind: kind, statement: statement, site: site)
        if let id = assumptions[assumption] { return id }
        let id = AssumptionID(program.assumptions.count)
        program.assumptions.append(assumption)
        assumptions[assumption] = id
        return id
    }

    mutating func addObject(_ object: Object) -> ObjectID {
        program.objects.append(object)
        return ObjectID(program.objects.count - 1)
    }

    mutating func setInitializer(_ runs: [InitialRun], of object: ObjectID) {
        program.objects[Int(object)].initializer = runs
    }

    func object(_ id: ObjectID) -> Object { program.objects[Int(id)] }

    mutating func reserveFunction(_ name: String, site: SiteID) -> FunctionID {
        program.functions.append(Function(name: name, site: site))
        return FunctionID(program.functions.count - 1)
    }

    mutating func setFunction(_ function: Function, _ id: FunctionID) { program.functions[Int(id)] = function }
    func function(_ id: FunctionID) -> Function { program.functions[Int(id)] }
    mutating func setEntry(_ id: FunctionID) { program.entry = id }
}
