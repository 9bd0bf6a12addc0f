// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax

/// The link step: which definition each name of each unit means (C11 6.2.2, 6.9).
struct SymbolTable {
    /// The definition of each external symbol; of a variable that is only tentatively defined, one of these.
    private(set) var definitions: [String: Declaration] = [:]
    private(set) var problems: [LinkProblem] = []
    /// Definitions in the order of units and source: the order in which everything is lowered.
    private(set) var functions: [Declaration] = []

    init(units: [TranslationUnit]) throws(LoweringError) {
        for unit in units {
            for item in unit.topLevel {
                if item.kind == .function, item.body != nil { functions.append(item) }
                if item.linkage == .external { try enter(item) }
            }
        }
        for unit in units { reportClashes(in: unit) }
    }

    private mutating func enter(_ item: Declaration) throws(LoweringError) {
        guard item.definition != .declared || item.aliasTarget != nil else { return }
        guard let known = definitions[item.symbol] else {
            definitions[item.symbol] = item
            return
        }
        switch (Strength(known), Strength(item)) {
        case (let old, let new) where new > old: definitions[item.symbol] = item
        case (.strong, .strong):
            throw .multipleDefinitions(
                symbol: item.symbol, places: [known.location.description, item.location.description])
        case (.tentative, .tentative) where item.type.size > known.type.size:
            // The linker allots the largest of several common symbols.
            definitions[item.symbol] = item
        default: break
        }
    }

    private enum Strength: Int, Comparable {
        case inlineOnly, tentative, weak, strong

        init(_ item: Declaration) {
            if item.isInlineOnly {
                self = .inlineOnly
            } else if item.isWeak {
                self = .weak
            } else if item.definition == .tentative {
                self = .tentative
            } else {
                self = .strong
            }
        }

        static func < (left: Strength, right: Strength) -> Bool { left.rawValue < right.rawValue }
    }

    /// What a declaration means: itself if internal, else the definition of its symbol; nil if no unit defines it.
    func resolve(_ item: Declaration) -> Declaration? {
        var target = item
        for _ in 0..<64 {
            if let alias = target.aliasTarget, !target.isIndirectFunction {
                guard let next = definition(of: alias, in: target.unit) else { return nil }
                target = next
                continue
            }
            if target.linkage == .external {
                // A block-scope extern of a static variable of the same unit has that variable's linkage already.
                return definitions[target.symbol].flatMap { $0 == target || $0.aliasTarget == nil ? $0 : resolve($0) }
            }
            if target.kind == .function && target.body == nil { return nil }
            return target
        }
        return nil
    }

    private func definition(of symbol: String, in unit: TranslationUnit) -> Declaration? {
        unit.topLevel.first { $0.symbol == symbol && $0.aliasTarget == nil } ?? definitions[symbol]
    }

    /// C11 6.2.7p2: all declarations of an object or function must have compatible types.
    private mutating func reportClashes(in unit: TranslationUnit) {
        for item in unit.declarations where item.linkage == .external {
            guard item.kind == .function || item.kind == .variable, let definition = definitions[item.symbol],
                definition.unit !== unit
            else { continue }
            if !TypeComparison.areCompatible(item.type, definition.type) {
                problems.append(
                    LinkProblem(
                        symbol: item.symbol,
                        message:
                            "declared as \(item.type) at \(item.location), defined as \(definition.type) at \(definition.location)"
                    ))
            }
        }
    }
}
