// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// One function of the C library with a model, and what using that model assumes.
public struct LibraryModel: Sendable, Hashable {
    /// The function's name as programs call it.
    public let name: String
    /// The model file that defines it, for instance `string.c`; for a function with a format, the file of its helpers.
    public let file: String
    /// The header that declares it, for instance `string.h`.
    public let header: String
    /// What is assumed of the function, in plain English: the statement of the `library-model` assumption that every
    /// use of the model records.
    public let assumption: String
    public let traits: Traits
    /// How a call is lowered when the function takes a format; `nil` for all other functions, whose model is the C
    /// function called `name`.
    public let format: FormatCall?

    /// What the lowering must know of a model beyond its code.
    public struct Traits: OptionSet, Sendable, Hashable {
        public let rawValue: Int
        public init(rawValue: Int) { self.rawValue = rawValue }

        /// The function never returns.
        public static let neverReturns = Traits(rawValue: 1)
        /// The function calls a function that it got as an argument, or that the program registered before.
        public static let callsBack = Traits(rawValue: 2)
        /// The function installs a handler that a signal may start at any time. The model runs it only where it is
        /// installed or raised: the lowering records a `concurrency` assumption as well.
        public static let installsHandler = Traits(rawValue: 4)
    }

    init(
        _ name: String, file: String, header: String, assumption: String, traits: Traits = [],
        format: FormatCall? = nil
    ) {
        self.name = name
        self.file = file
        self.header = header
        self.assumption = assumption
        self.traits = traits
        self.format = format
    }
}

extension [LibraryModel] {
    /// The models of one file: each function's name with the predicate of its assumption ("copies n bytes").
    init(file: String, header: String, _ entries: KeyValuePairs<String, String>) {
        self = entries.map { name, predicate in
            LibraryModel(name, file: file, header: header, assumption: "\(name) \(predicate).")
        }
    }

    /// The same models, those named with these traits added.
    func with(_ traits: LibraryModel.Traits, on names: Set<String>) -> [LibraryModel] {
        map { model in
            guard names.contains(model.name) else { return model }
            return LibraryModel(
                model.name, file: model.file, header: model.header, assumption: model.assumption,
                traits: model.traits.union(traits), format: model.format)
        }
    }
}
