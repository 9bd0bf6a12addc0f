// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import LibraryModels

/// The models of the C library, parsed when they are first needed.
final class ModelLibrary {
    private var units: [String: TranslationUnit?] = [:]
    private var definitions: [ObjectIdentifier: [String: Declaration]] = [:]

    /// Why a model could not be parsed, by file.
    private(set) var failures: [String: String] = [:]

    /// Whether what calls the program back is to be as exact as an execution needs it.
    private let isExact: Bool

    init(isExact: Bool) { self.isExact = isExact }

    private static let folder = "/ai-check-models/"

    /// The model that stands for an external name no unit defines: a library function, or what models share.
    func definition(of name: String) -> Declaration? {
        if let model = LibraryModels.model(named: name), model.format == nil {
            let isReplaced = isExact && LibraryModels.exactFunctions.contains(model.name)
            return definition(of: model.name, in: isReplaced ? LibraryModels.exactFile : model.file)
        }
        if isExact, LibraryModels.exactFunctions.contains(name) {
            return definition(of: name, in: LibraryModels.exactFile)
        }
        if let file = LibraryModels.file(defining: name) { return definition(of: name, in: file) }
        // Names of models only models know: all of them begin alike.
        guard name.hasPrefix("__ai_") else { return nil }
        for file in LibraryModels.files where file.isSource && mentions(name, file) {
            if let found = definition(of: name, in: file.name) { return found }
        }
        return nil
    }

    func contains(_ unit: TranslationUnit) -> Bool { definitions[ObjectIdentifier(unit)] != nil }

    private func mentions(_ name: String, _ file: ModelFile) -> Bool { file.text.contains(name) }

    private func definition(of name: String, in file: String) -> Declaration? {
        guard let unit = unit(file) else { return nil }
        return definitions[ObjectIdentifier(unit)]?[name]
    }

    private func unit(_ file: String) -> TranslationUnit? {
        if let known = units[file] { return known }
        let command = CompileCommand(
            file: Self.folder + file, flags: LibraryModels.compilerArguments, directory: "/")
        let files = LibraryModels.files.map { VirtualFile(path: Self.folder + $0.name, contents: $0.bytes) }
        do {
            let unit = try parseTranslationUnit(command, virtualFiles: files)
            var names: [String: Declaration] = [:]
            for item in unit.topLevel where item.linkage == .external && item.definition != .declared {
                names[item.symbol] = item
            }
            definitions[ObjectIdentifier(unit)] = names
            units[file] = unit
            return unit
        } catch {
            failures[file] = error.description
            units[file] = .some(nil)
            return nil
        }
    }
}
