// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// Lowers linked translation units to one program of the audit IR. FORMAT.md section 2 gives the result its meaning.
///
/// Order of evaluation is left to right wherever C leaves it open; the program's assumptions say so.
public func lower(
    units: [TranslationUnit], options: LoweringOptions = LoweringOptions()
) throws(LoweringError) -> LoweredProgram {
    let lowering = try ProgramLowering(units: units, options: options)
    return try lowering.run()
}

public struct LoweringOptions: Sendable {
    /// The function that execution starts with.
    public var entry = "main"
    /// Lower every function defined in the units, not only those that the entry can reach.
    public var lowersUnreachableFunctions = false
    /// Assume that malloc and kin never return null.
    public var assumesAllocationSucceeds = false

    /// Let the models of the C library stand for library functions that no unit defines.
    public var usesLibraryModels = true

    /// Library functions and builtins that whoever executes the program provides, by their canonical names. Calls of
    /// them stay calls of functions without definition. Empty: the program is to be analysed, and models stand for all.
    public var providedFunctions: Set<String> = []

    public init() {}
}

public struct LoweredProgram: Sendable {
    public var program: Program
    /// Functions that nothing defines, by their canonical names.
    public var externals: [FunctionID: String]
    /// Constructs that became any effect at all, one entry for each place.
    public var unsupported: [UnsupportedConstruct]
    /// What does not fit between translation units.
    public var linkProblems: [LinkProblem]
    /// Functions defined in the units that the entry cannot reach, by name and place.
    public var unreachedFunctions: [UnreachedFunction]
}

public struct UnsupportedConstruct: Sendable, Hashable {
    public var construct: String
    public var file: String
    public var line: Int
    public var column: Int
}

public struct LinkProblem: Sendable, Hashable {
    public var symbol: String
    public var message: String
}

public struct UnreachedFunction: Sendable, Hashable {
    public var name: String
    public var file: String
    public var line: Int
}

public enum LoweringError: Error, Sendable, Hashable, CustomStringConvertible {
    case noUnits
    /// The functions that could be the entry: those with external linkage and a body.
    case noEntry(String, defined: [String])
    case multipleDefinitions(symbol: String, places: [String])

    public var description: String {
        switch self {
        case .noUnits: "there is nothing to analyse"
        case .noEntry(let name, _): "there is no function '\(name)' to start with"
        case .multipleDefinitions(let symbol, let places):
            "'\(symbol)' is defined more than once: \(places.joined(separator: ", "))"
        }
    }
}
