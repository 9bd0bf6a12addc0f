// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import LibraryModels
import ProgramIR

/// How models of the C library take part in a program. LibraryModels/Models/README.md says how a model is lowered.
extension ProgramLowering {
    /// The definition a declaration means; a library function without one is its model.
    func definition(of declaration: Declaration) -> Declaration? {
        let own = symbols.resolve(declaration)
        guard declaration.linkage == .external, own == nil || own?.isInlineOnly == true else { return own }
        guard let found = model(named: declaration.symbol) ?? model(named: declaration.name),
            found.kind == declaration.kind
        else { return own }
        return found
    }

    func model(named name: String) -> Declaration? {
        options.usesLibraryModels && !isProvided(name) ? models.definition(of: name) : nil
    }

    /// Whether who executes the program provides the function.
    func isProvided(_ name: String) -> Bool {
        isExecuted && options.providedFunctions.contains(LibraryModels.canonicalName(of: name))
    }

    func isModel(_ declaration: Declaration) -> Bool { models.contains(declaration.unit) }

    /// The place of the obligations of a model's copy: the user's call.
    func modelSite(_ call: SiteID, name: String) -> SiteID {
        var site = builder.program.sites[Int(call)]
        site.model = builder.string(LibraryModels.canonicalName(of: name))
        return builder.site(site)
    }

    /// The library function whose model has its obligations at a place.
    func modelName(at site: SiteID) -> String { builder.program.strings[Int(builder.program.sites[Int(site)].model)] }

    /// What a model narrows its choices by.
    func modelAssumption(of call: SiteID) -> AssumptionID {
        if let model = LibraryModels.model(named: modelName(at: call)) {
            return builder.assumption(.libraryModel, model.assumption)
        }
        return builder.assumption(.entryState, LibraryModels.entryAssumption)
    }

    func recordModel(_ name: String) {
        guard let model = LibraryModels.model(named: name) else { return }
        usedModels.insert(model.name)
        _ = builder.assumption(.libraryModel, model.assumption)
        if model.traits.contains(.installsHandler) {
            _ = builder.assumption(
                .concurrency, "The handler that '\(model.name)' installs runs only where it is installed or raised.")
        }
    }

    /// Whether a definition in the program takes the place of an intrinsic of that name.
    func isOverridable(_ name: String) -> Bool { name != "reach_error" && !name.hasPrefix("__ai_") }

    /// The function whose address is taken at a place. Of a model there is one copy for all calls through pointers.
    func addressTakenFunction(_ declaration: Declaration, at site: @autoclosure () -> SiteID) -> FunctionID {
        guard let target = definition(of: declaration), isModel(target) else { return function(declaration) }
        if let known = sharedCopies[target.symbol] { return known }
        let id = function(target, call: modelSite(site(), name: target.name))
        sharedCopies[target.symbol] = id
        functionDeclarations[id] = declaration
        return id
    }
}
