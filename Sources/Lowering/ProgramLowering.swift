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
    let symbols: SymbolTable
    var unsupported: [UnsupportedConstruct] = []
    /// Labels as values: object and number.
    var labelAddresses: [Declaration: (object: ObjectID, index: Int64)] = [:]

    let models = ModelLibrary()

    private var functionIDs: [FunctionKey: FunctionID] = [:]
    private var functionNames: Set<String> = []
    private var pending: [(id: FunctionID, declaration: Declaration, call: SiteID?)] = []
    private var objectIDs: [EntityKey: ObjectID] = [:]
    private var literalIDs: [Node: ObjectID] = [:]
    var tableIDs: [Node: ObjectID] = [:]
    var labelObjects: [FunctionID: ObjectID] = [:]

    init(units: [TranslationUnit], options: LoweringOptions) throws(LoweringError) {
        guard !units.isEmpty else { throw .noUnits }
        self.units = units
        self.options = options
        symbols = try SymbolTable(units: units)
    }

    func run() throws(LoweringError) -> LoweredProgram {
        recordGeneralAssumptions()
        guard let main = symbols.functions.first(where: { $0.name == options.entry && $0.linkage == .external })
            ?? symbols.functions.first(where: { $0.name == options.entry })
        else { throw .noEntry(options.entry) }
        lowerEntry(calling: main)
        lowerPending()
        if options.lowersUnreachableFunctions {
            for definition in symbols.functions { _ = function(definition) }
            lowerPending()
        }
        let unreached = symbols.functions.filter { functionIDs[FunctionKey(entity: key(of: symbols.resolve($0) ?? $0), call: nil)] == nil }
        return LoweredProgram(
            program: builder.program, unsupported: unsupported, linkProblems: symbols.problems,
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

    /// The definition a declaration means; a library function without one is its model.
    func definition(of declaration: Declaration) -> Declaration? {
        let own = symbols.resolve(declaration)
        guard options.usesLibraryModels, declaration.linkage == .external, own == nil || own?.isInlineOnly == true
        else { return own }
        return models.definition(of: declaration.symbol) ?? models.definition(of: declaration.name) ?? own
    }

    func isModel(_ declaration: Declaration) -> Bool { models.contains(declaration.unit) }

    /// The place of the obligations of a model's copy: the user's call.
    func modelSite(_ call: SiteID, name: String) -> SiteID {
        var site = builder.program.sites[Int(call)]
        site.model = builder.string(LibraryModels.canonicalName(of: name))
        return builder.site(site)
    }

    func recordModel(_ name: String, site: SiteID) {
        guard let model = LibraryModels.model(named: name) else { return }
        _ = builder.assumption(.libraryModel, model.assumption)
        if model.traits.contains(.installsHandler) {
            _ = builder.assumption(
                .concurrency, "The handler that '\(model.name)' installs runs only where it is installed or raised.")
        }
    }

    /// The function a declaration means. Without a definition it is a function of unknown effect.
    /// `call`: the place of the call that a copy of a model is for.
    func function(_ declaration: Declaration, call: SiteID? = nil) -> FunctionID {
        let target = definition(of: declaration) ?? declaration
        let call = isModel(target) ? call : nil
        let key = FunctionKey(entity: key(of: target), call: call)
        if let id = functionIDs[key] { return id }
        let id = builder.reserveFunction(uniqueName(of: target), site: call ?? builder.site(target.location))
        functionIDs[key] = id
        if isModel(target) { recordModel(target.name, site: builder.site(target.location)) }
        if target.body != nil {
            pending.append((id, target, call))
            setSignature(of: target, id: id)
        } else {
            builder.setFunction(externalFunction(target, id: id), id)
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

    private func uniqueName(of declaration: Declaration) -> String {
        let name = declaration.name
        if functionNames.insert(name).inserted { return name }
        let file = declaration.location.expansion.file.split(separator: "/").last.map(String.init) ?? ""
        var candidate = "\(file):\(name)", number = 2
        while !functionNames.insert(candidate).inserted {
            candidate = "\(file):\(name)#\(number)"
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
        let runs = StaticInitializer(program: self, type: type).runs(of: target)
        builder.setInitializer(runs, of: id)
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
        let initializer = StaticInitializer(program: self, type: type)
        builder.setInitializer(isString ? initializer.runs(ofString: node) : initializer.runs(of: node.child(0)), of: id)
        return id
    }

    func noteUnsupported(_ construct: String, at location: Location) {
        let place = location.expansion
        let entry = UnsupportedConstruct(
            construct: construct, file: place.file, line: place.line, column: place.column)
        if !unsupported.contains(entry) { unsupported.append(entry) }
    }
}
