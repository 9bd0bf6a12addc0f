// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import LibraryModels
import ProgramIR

/// The state of lowering a whole program: what has got an id, and what is still to be lowered.
final class ProgramLowering {
    var builder = ProgramPools()
    let units: [TranslationUnit]
    let options: LoweringOptions
    /// Whether the program is to be executed as it runs natively, not to be analysed.
    var isExecuted: Bool { !options.providedFunctions.isEmpty }
    let symbols: SymbolTable
    var unsupported: [UnsupportedConstruct] = []
    private var unsupportedSeen: Set<UnsupportedConstruct> = []
    /// Labels as values: object and number.
    var labelAddresses: [Declaration: (object: ObjectID, index: Int64)] = [:]

    let models: ModelLibrary
    let sourceText = SourceText()
    /// Library functions whose models are in the program.
    var usedModels: Set<String> = []
    /// The copies of models that pointers lead to.
    var sharedCopies: [String: FunctionID] = [:]
    /// Functions without definition; what they do is known when all else is.
    var externals: [ExternalFunction] = []
    /// Whether the program could install a signal handler.
    private(set) lazy var installsHandlers = units.contains { unit in
        unit.declarations.contains {
            $0.kind == .function && LibraryModels.model(named: $0.name)?.traits.contains(.installsHandler) == true
        }
    }

    /// External functions that some unit declares _Noreturn.
    private(set) lazy var symbolsThatNeverReturn = Set(
        units.flatMap(\.declarations).filter { $0.kind == .function && $0.linkage == .external && $0.isNoReturn }
            .map(\.symbol))

    /// The declarations that give functions their C types; of library functions the program's, not the model's.
    var functionDeclarations: [FunctionID: Declaration] = [:]
    /// The types that calls through pointers call, and their numbers from 1.
    var calledTypes: [CalledType] = []
    var calledTypeNumbers: [CalledType: Int64] = [:]

    private var functionIDs: [FunctionKey: FunctionID] = [:]
    private var functionNames: Set<String> = []
    private var pending: [(id: FunctionID, declaration: Declaration, call: SiteID?)] = []
    private var objectIDs: [EntityKey: ObjectID] = [:]
    private var literalIDs: [Node: ObjectID] = [:]
    var tableIDs: [Node: ObjectID] = [:]
    var labelObjects: [FunctionID: ObjectID] = [:]
    /// Structures that are passed as variable arguments, by name and size.
    var aggregateNumbers: [String: Int] = [:]

    init(units: [TranslationUnit], options: LoweringOptions) throws(LoweringError) {
        guard !units.isEmpty else { throw .noUnits }
        self.units = units
        self.options = options
        models = ModelLibrary(isExact: !options.providedFunctions.isEmpty)
        symbols = try SymbolTable(units: units)
    }

    func run() throws(LoweringError) -> LoweredProgram {
        recordGeneralAssumptions()
        guard
            let main = symbols.functions.first(where: { $0.name == options.entry && $0.linkage == .external })
                ?? symbols.functions.first(where: { $0.name == options.entry })
        else {
            throw .noEntry(
                options.entry, defined: symbols.functions.filter { $0.linkage == .external }.map(\.name))
        }
        let entry = builder.reserveFunction("(entry)", site: builder.site(main.location))
        let callee = function(main)
        for item in startupFunctions + shutdownFunctions { _ = function(item) }
        lowerPending()
        if options.lowersUnreachableFunctions {
            for definition in symbols.functions { _ = function(definition) }
            lowerPending()
        }
        lowerEntry(entry, calling: main, as: callee)
        lowerPending()
        lowerExternalFunctions()
        checkCalledTypes()
        let unreached = symbols.functions.filter {
            functionIDs[FunctionKey(entity: key(of: symbols.resolve($0) ?? $0), call: nil)] == nil
        }
        return LoweredProgram(
            program: builder.program,
            externals: Dictionary(
                externals.map { ($0.id, LibraryModels.canonicalName(of: $0.name)) },
                uniquingKeysWith: { first, _ in first }),
            unsupported: unsupported, linkProblems: symbols.problems,
            unreachedFunctions: unreached.map {
                UnreachedFunction(
                    name: $0.name, file: $0.location.expansion.file, line: $0.location.expansion.line)
            })
    }

    private func lowerPending() {
        while let next = pending.popLast() {
            FunctionLowering.lower(next.declaration, id: next.id, call: next.call, in: self)
        }
    }

    // MARK: Entities

    /// Identity across units: by symbol if external, else by unit and declaration.
    private enum EntityKey: Hashable {
        case external(String)
        case local(Declaration)
    }

    private func key(of item: Declaration) -> EntityKey {
        item.linkage == .external ? .external(item.symbol) : .local(item)
    }

    /// A model has one copy for each call from the program: its obligations are reported at that call.
    private struct FunctionKey: Hashable {
        var entity: EntityKey
        var call: SiteID?
    }

    /// The function a declaration means. Without a definition it is a function of unknown effect.
    /// `call`: the place of the call that a copy of a model is for.
    func function(_ declaration: Declaration, call: SiteID? = nil) -> FunctionID {
        let target = definition(of: declaration) ?? declaration
        let call = isModel(target) ? call : nil
        let key = FunctionKey(entity: key(of: target), call: call)
        if let id = functionIDs[key] { return id }
        let id = builder.reserveFunction(
            uniqueName(of: target, call: call), site: call ?? builder.site(target.location))
        functionIDs[key] = id
        functionDeclarations[id] = target
        if isModel(target) { recordModel(target.name) }
        if target.body != nil {
            pending.append((id, target, call))
            setSignature(of: target, id: id)
        } else {
            setSignature(of: target, id: id)
            externals.append(ExternalFunction(id: id, name: target.name, isNoReturn: target.isNoReturn))
        }
        return id
    }

    /// Calls are lowered before the callee: its parameters must be known.
    private func setSignature(of declaration: Declaration, id: FunctionID) {
        guard let signature = Signature(of: declaration) else { return }
        var function = builder.function(id)
        function.registers = signature.registers
        function.registerNames = signature.registers.map { _ in "" }
        function.parameterCount = signature.registers.count
        function.result = signature.result
        function.isVariadic = signature.isVariadic
        builder.setFunction(function, id)
    }

    /// Functions have their own names where these differ; copies of models also name the call they are for.
    private func uniqueName(of declaration: Declaration, call: SiteID?) -> String {
        let prefix: String
        if let call {
            let site = builder.program.sites[Int(call)]
            let file = builder.program.strings[Int(site.file)].split(separator: "/").last ?? ""
            prefix = "\(declaration.name)@\(file):\(site.line):\(site.column)"
        } else if functionNames.insert(declaration.name).inserted {
            return declaration.name
        } else {
            let file = declaration.location.expansion.file.split(separator: "/").last ?? ""
            prefix = "\(file):\(declaration.name)"
        }
        var candidate = prefix, number = 2
        while !functionNames.insert(candidate).inserted {
            candidate = "\(prefix)#\(number)"
            number += 1
        }
        return candidate
    }

    /// The object with static storage a declaration means.
    func staticObject(_ declaration: Declaration) -> ObjectID {
        let target = definition(of: declaration) ?? declaration
        if let id = objectIDs[key(of: target)] { return id }
        let isDefined = target.definition != .declared
        let type = target.type
        let site = builder.site(target.location)
        let id = builder.addObject(
            Object(
                name: target.name, kind: isDefined ? (isReadOnly(type) ? .constant : .global) : .external,
                size: objectSize(of: target), alignment: UInt16(clamping: max(1, target.objectAlignment)), site: site))
        objectIDs[key(of: target)] = id
        if !isDefined {
            _ = builder.assumption(
                .externalFunction,
                "The object '\(target.name)' is defined outside of the program, has its declared type and size, and holds any value.",
                site: site)
        }
        // What an external object holds is unknown: it has no initial runs.
        if isDefined {
            builder.setInitializer(StaticInitializer(program: self, type: type, site: site).runs(of: target), of: id)
        }
        return id
    }

    /// An array without length is one element long (C11 6.9.2p5); a flexible array member is as long as its initialiser.
    private func objectSize(of declaration: Declaration) -> Int64 {
        let type = declaration.type
        if type.kind == .incompleteArray { return declaration.definition == .declared ? 0 : type.element.size }
        return max(type.size, StaticInitializer.extent(of: declaration))
    }

    func isReadOnly(_ type: CType) -> Bool {
        if type.isVolatile { return false }
        if type.isArray { return type.isConst || isReadOnly(type.element) }
        return type.isConst
    }

    /// The object of a string literal or a compound literal with static storage duration.
    func literal(_ node: Node) -> ObjectID {
        if let id = literalIDs[node] { return id }
        let type = node.type
        let isString = node.kind == .stringLiteral
        let id = builder.addObject(
            Object(
                name: isString ? "string literal" : "compound literal",
                kind: isString || isReadOnly(type) ? .constant : .global, size: type.size,
                alignment: type.accessAlignment, site: builder.site(node.location)))
        literalIDs[node] = id
        let initializer = StaticInitializer(program: self, type: type, site: builder.site(node.location))
        builder.setInitializer(
            isString ? initializer.runs(ofString: node) : initializer.runs(of: node.child(0)), of: id)
        return id
    }

    func noteUnsupported(_ construct: String, at location: Location) {
        noteUnsupported(construct, at: builder.site(location))
    }

    func noteUnsupported(_ construct: String, at id: SiteID) {
        let site = builder.program.sites[Int(id)]
        let entry = UnsupportedConstruct(
            construct: construct, file: builder.program.strings[Int(site.file)], line: Int(site.line),
            column: Int(site.column))
        if unsupportedSeen.insert(entry).inserted { unsupported.append(entry) }
    }
}
