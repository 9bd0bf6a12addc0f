// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Why a builder cannot deliver what it was asked for: its client left something open.
public enum BuilderFailure: Error, Hashable, Sendable {
    /// The block has code or is a target, but does not end.
    case unterminatedBlock(function: String, block: BlockID)
    /// The function was declared, never defined.
    case undefinedFunction(name: String)
    /// No entry function was named.
    case missingEntry
}

/// Collects a program: interns what the pools hold once, and hands out ids before the bodies exist.
///
/// A class, because all the function builders of a program share it.
public final class ProgramBuilder {
    private var program = Program()
    private var strings = Numbering<ExactText>()
    private var integers = Numbering<Int128>()
    private var floats = Numbering<UInt64>()
    private var sites = Numbering<Site>()
    private var assumptions = Numbering<Assumption>()
    private var isDefined: [Bool] = []

    public init() {
        _ = string("")
    }

    /// The place of a string; the empty string is 0.
    public func string(_ text: String) -> Int32 {
        strings.place(of: ExactText(text))
    }

    /// An integer constant.
    public func integer(_ value: Int128) -> Operand {
        Operand(.integer, integerPlace(value))
    }

    /// The place of an integer in the pool, as a case range needs it.
    public func integerPlace(_ value: Int128) -> Int32 {
        integers.place(of: value)
    }

    /// A float constant, also of a narrower format: binary64 holds those exactly.
    public func float(_ value: Double) -> Operand {
        float(bits: value.bitPattern)
    }

    /// A float constant by its bits in binary64.
    public func float(bits: UInt64) -> Operand {
        Operand(.float, floats.place(of: bits))
    }

    /// Equal sites are one site: they share their obligations.
    public func site(_ site: Site) -> SiteID {
        sites.place(of: site)
    }

    /// A site whose text was written where it stands, or at `spelling` inside of a macro.
    public func site(
        file: String, line: Int, column: Int, spelling: (file: String, line: Int, column: Int)? = nil,
        macro: String = "", expression: String = "", model: String = ""
    ) -> SiteID {
        let written = spelling ?? (file, line, column)
        return site(
            Site(
                file: string(file), line: Int32(clamping: line), column: Int32(clamping: column),
                spellingFile: string(written.file), spellingLine: Int32(clamping: written.line),
                spellingColumn: Int32(clamping: written.column), macro: string(macro),
                expression: string(expression), model: string(model)))
    }

    /// Equal assumptions are one assumption.
    public func assumption(_ assumption: Assumption) -> AssumptionID {
        assumptions.place(of: assumption)
    }

    /// A new object. A `local` one must also be given to its function's builder (`FunctionBuilder.local`).
    public func object(_ object: Object) -> ObjectID {
        program.objects.append(object)
        return ObjectID(program.objects.count - 1)
    }

    /// An object's description, for instance to add an initialiser that names objects declared later.
    public subscript(object id: ObjectID) -> Object {
        get { program.objects[Int(id)] }
        set { program.objects[Int(id)] = newValue }
    }

    /// A function that will be defined later; calls can name it at once.
    public func declareFunction(_ name: String, site: SiteID) -> FunctionID {
        program.functions.append(Function(name: name, site: site))
        isDefined.append(false)
        return FunctionID(program.functions.count - 1)
    }

    /// Gives a declared function its body.
    public func define(_ id: FunctionID, as function: Function) {
        program.functions[Int(id)] = function
        isDefined[Int(id)] = true
    }

    public func isDefined(_ id: FunctionID) -> Bool { isDefined[Int(id)] }

    /// A declared or defined function.
    public func function(_ id: FunctionID) -> Function { program.functions[Int(id)] }

    public var functionCount: Int { program.functions.count }
    public var objectCount: Int { program.objects.count }

    /// The program, in normal form. Whether it is well formed is the verifier's question.
    public func finish(entry: FunctionID) throws(BuilderFailure) -> Program {
        guard program.functions.indices.contains(Int(entry)) else { throw .missingEntry }
        if let id = isDefined.firstIndex(of: false) {
            throw .undefinedFunction(name: program.functions[id].name)
        }
        program.entry = entry
        program.strings = strings.values.map(\.text)
        program.integers = integers.values
        program.floats = floats.values
        program.sites = sites.values
        program.assumptions = assumptions.values
        return program.normalized()
    }
}
